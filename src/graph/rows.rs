//! What the store tells its readers: events, claims, ties and parties as plain rows, free of RDF. The view and the program
//! are built on these; [`super::Store`] fills them.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The three kinds of events.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum EventKind {
    /// An instrument or a joint commitment.
    Agreement,
    /// A meeting, visit, call or gathering.
    Encounter,
    /// What one party did to another.
    Act,
}

impl EventKind {
    /// The word of the graph: `agreement`, `encounter`, `act`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Agreement => "agreement",
            Self::Encounter => "encounter",
            Self::Act => "act",
        }
    }

    /// The kind of a word of the graph.
    pub(super) fn from_word(word: &str) -> Option<Self> {
        [Self::Agreement, Self::Encounter, Self::Act].into_iter().find(|kind| kind.as_str() == word)
    }
}

/// A country or organization.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct PartyRow {
    /// ISO 3166-1 alpha-3, or acronym.
    pub code: String,
    /// Usual English name.
    pub name: String,
    /// Whether it is a state or territory (otherwise an organization).
    pub country: bool,
    /// Region of the United Nations' scheme, of a country.
    pub region: Option<String>,
    /// Codes of other schemes.
    pub codes: PartyCodes,
}

impl PartyRow {
    /// A party that the store does not describe: taken for a country, with its code for a name.
    #[must_use]
    pub fn undescribed(code: &str) -> Self {
        Self { code: code.to_owned(), name: code.to_owned(), country: true, region: None, codes: PartyCodes::default() }
    }
}

/// What other lists call a country or organization, as far as they know it.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct PartyCodes {
    /// ISO 3166-1 alpha-2.
    pub iso2: Option<String>,
    /// ISO 3166-1 numeric, three digits.
    pub iso_numeric: Option<String>,
    /// Correlates of War number.
    pub cow: Option<u16>,
    /// Gleditsch–Ward number.
    pub gw: Option<u16>,
    /// Wikidata item.
    pub wikidata: Option<String>,
}

/// A leader who takes part in an event or signs.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct LeaderRow {
    /// IRI.
    pub iri: String,
    /// Name, without title.
    pub name: String,
    /// Code of the party represented.
    pub party: Option<String>,
    /// Kind of office, as in the contract.
    pub office: Option<String>,
    /// Title as an article writes it.
    pub title: Option<String>,
    /// Wikidata item, where known.
    pub wikidata: Option<String>,
}

/// One sentence behind an event.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ClaimRow {
    /// IRI.
    pub iri: String,
    /// Article id as in the contract.
    pub article: String,
    /// Headline.
    pub title: String,
    /// Outlet.
    pub source: Option<String>,
    /// Address.
    pub url: Option<String>,
    /// Day of publication.
    pub published: Option<NaiveDate>,
    /// First Unicode scalar value of the quote in the article's text.
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// The sentence.
    pub quote: String,
    /// Frame and construction that saw it.
    pub rule: String,
    /// Who is said to have said so.
    pub attributed_to: Option<String>,
    /// Where the sentence names the parties and leaders: first Unicode scalar value in the article's text, and one past the
    /// last.
    pub words: Vec<[usize; 2]>,
    /// What this article alone makes of the event: type, status and date as it tells them.
    pub event_type: String,
    /// Status that this article tells.
    pub status: Option<String>,
    /// Date that this article tells.
    pub date: Option<String>,
    /// Probability, 0–1.
    pub confidence: f64,
}

/// An event, merged over its articles.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct EventRow {
    /// IRI.
    pub iri: String,
    /// Agreement, encounter or act.
    pub kind: EventKind,
    /// `mou`, `meeting`, `SUPPORT` …
    pub event_type: String,
    /// `signed`, `held` …; acts have none.
    pub status: Option<String>,
    /// Codes, sorted; of an act both actor and recipient.
    pub parties: Vec<String>,
    /// Code of who acts, of an act.
    pub actor: Option<String>,
    /// Code of who is acted upon, of an act.
    pub recipient: Option<String>,
    /// Leaders who take part, sorted.
    pub participants: Vec<LeaderRow>,
    /// Leaders who signed, sorted.
    pub signatories: Vec<LeaderRow>,
    /// Phrase that names an agreement; of any event, the name that a person gave it.
    pub topic: Option<String>,
    /// Sector slugs, sorted.
    pub sectors: Vec<String>,
    /// City or venue.
    pub place: Option<String>,
    /// `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.
    pub date: Option<String>,
    /// What the date rests on.
    pub date_basis: Option<String>,
    /// First day that the date can mean.
    pub earliest: Option<NaiveDate>,
    /// Last day that the date can mean.
    pub latest: Option<NaiveDate>,
    /// Only recalled, by every article.
    pub background: bool,
    /// `verbal-cooperation`, `material-cooperation`, `verbal-conflict`, `material-conflict`.
    pub quad_class: String,
    /// Probability by all articles together, 0–1.
    pub confidence: f64,
    /// Ids of the articles that report it, sorted.
    pub articles: Vec<String>,
}

/// All events of one kind between two parties that came about, counted.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TieRow {
    /// IRI.
    pub iri: String,
    /// Code: the first in order, or who acts.
    pub from: String,
    /// Code: the second in order, or who is acted upon.
    pub to: String,
    /// `agreement`, an encounter type, or an act type.
    pub kind: String,
    /// Whether one acts upon the other.
    pub directed: bool,
    /// Events behind it.
    pub count: usize,
    /// Articles behind it.
    pub articles: usize,
    /// As in [`EventRow::quad_class`].
    pub quad_class: String,
    /// First day of its dated events.
    pub first: Option<NaiveDate>,
    /// Last day of its dated events.
    pub last: Option<NaiveDate>,
    /// IRIs of its events, sorted.
    pub events: Vec<String>,
}

/// Which events to read. The default asks for all. Of ties, the codes are held against the two that are tied.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EventFilter {
    /// Codes: only events with one of these among their parties.
    pub any_of: Vec<String>,
    /// Codes: only events with all of these among their parties.
    pub all_of: Vec<String>,
    /// Only agreements of one of these sectors (slugs); empty: events of any sector or none.
    pub sectors: Vec<String>,
    /// Leave out what ended before this day; what has no date stays out too.
    pub since: Option<NaiveDate>,
    /// Leave out what began after this day; what has no date stays out too.
    pub until: Option<NaiveDate>,
}

/// An article of the store.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ArticleRow {
    /// IRI.
    pub iri: String,
    /// Id as in the contract.
    pub id: String,
    /// Headline.
    pub title: String,
    /// Day of publication.
    pub published: Option<NaiveDate>,
    /// Outlet.
    pub source: Option<String>,
    /// Address.
    pub url: Option<String>,
}

/// What a store holds, counted.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Articles.
    pub articles: usize,
    /// Claims: sentences behind facts.
    pub claims: usize,
    /// Events by kind and type.
    pub events: BTreeMap<&'static str, BTreeMap<String, usize>>,
    /// Events that more than one article reports.
    pub merged: usize,
    /// Events by status; acts have none.
    pub statuses: BTreeMap<String, usize>,
    /// Agreements by sector; one may have several.
    pub sectors: BTreeMap<String, usize>,
    /// Counted ties between two parties.
    pub ties: usize,
    /// Pairs of parties with common events.
    pub dyads: usize,
    /// Parties that take part in some event.
    pub parties: usize,
    /// Leaders that appear in some article.
    pub leaders: usize,
    /// First day of the dated events.
    pub first: Option<NaiveDate>,
    /// Last day of the dated events.
    pub last: Option<NaiveDate>,
    /// Quads in all graphs.
    pub quads: usize,
}

impl Counts {
    /// Events of all kinds.
    #[must_use]
    pub fn all_events(&self) -> usize {
        self.events.values().flat_map(BTreeMap::values).sum()
    }
}
