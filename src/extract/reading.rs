//! One article through the linguistic layer and the mention finders: everything that a [`Scene`] borrows.

use super::dates::{self, DateMention};
use super::mentions::{self, PartyMention};
use super::names::{NameIndex, Party};
use super::persons::{self, Entry, People, Person, TitleIndex};
use super::scene::Scene;
use crate::knowledge::vocab::Office;
use crate::knowledge::{Gazetteer, Tenure};
use crate::nlp::{self, Document, Model, Scratch};
use crate::text::Span;
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};

/// The indexes compiled from knowledge.
#[derive(Debug)]
pub struct Indexes {
    /// Names of states, organizations, leaders.
    pub names: NameIndex,
    /// Titles.
    pub titles: TitleIndex,
}

/// An article as the linguistic layer and the mention finders left it.
#[derive(Debug)]
pub struct Reading<'t> {
    /// The document.
    pub doc: Document<'t>,
    /// Mentions of states and organizations.
    pub parties: Vec<PartyMention>,
    /// Persons.
    pub people: People,
    /// Dates.
    pub dates: Vec<DateMention>,
    /// For whom a press release speaks.
    pub home: Option<Party>,
}

impl<'t> Reading<'t> {
    /// Reads a text.
    #[must_use]
    pub fn new(
        text: &'t str,
        title: Option<Span>,
        published: Option<NaiveDate>,
        gazetteer: &Gazetteer,
        indexes: &Indexes,
        model: &Model,
    ) -> Self {
        let mut scratch = Scratch::default();
        let mut doc = nlp::tokenize(text, title);
        for sent in &mut doc.sentences {
            model.tag(text, sent, &mut scratch);
        }
        let (parties, names) = mentions::find(&doc, &indexes.names, gazetteer, published);
        let mut people = persons::find(&doc, &parties, &names, &indexes.titles, &indexes.names, gazetteer, published);
        let home = home(&parties, &people);
        adopt(&mut people, home, &parties, gazetteer, &indexes.titles, published);
        let dates = dates::find(&doc, published);
        let worth: Vec<bool> = worth_parsing(&doc, &parties, &people);
        for (sent, worth) in doc.sentences.iter_mut().zip(worth) {
            if worth {
                model.parse(text, sent, &mut scratch);
            }
        }
        Self { doc, parties, people, dates, home }
    }

    /// The scene over this reading.
    #[must_use]
    pub fn scene<'a>(&'a self, gazetteer: &'a Gazetteer) -> Scene<'a> {
        Scene::new(&self.doc, gazetteer, &self.parties, &self.people, &self.dates, self.home)
    }
}

/// Sentences that name somebody, or refer to both sides.
fn worth_parsing(doc: &Document<'_>, parties: &[PartyMention], people: &People) -> Vec<bool> {
    let mut worth = vec![false; doc.sentences.len()];
    let party = |person: usize| people.persons[person].party;
    // Where only one state is named nothing can be told but who leads it.
    let distinct: BTreeSet<Party> =
        parties.iter().map(|m| m.party).chain((0..people.persons.len()).filter_map(party)).collect();
    if distinct.len() < 2 {
        for m in people.mentions.iter().filter(|m| party(m.person).is_some()) {
            worth[m.sent] = doc.sentences[m.sent].tokens.len() > 2;
        }
        return worth;
    }
    for m in parties {
        worth[m.sent] = true;
    }
    for m in &people.mentions {
        worth[m.sent] = true;
    }
    for (s, sent) in doc.sentences.iter().enumerate() {
        worth[s] |= sent.tokens.iter().any(|t| {
            matches!(t.lemma.as_str(), "both" | "two" | "leader" | "they" | "he" | "she" | "we" | "side" | "minister")
        });
        worth[s] &= sent.tokens.len() > 2;
    }
    worth
}

/// The party of the persons whose title needs no country: those that the gazetteer knows, else the heaviest state.
fn home(parties: &[PartyMention], people: &People) -> Option<Party> {
    let mut votes: BTreeMap<Party, usize> = BTreeMap::new();
    for p in people.persons.iter().filter(|p| !p.party_said && p.entry != Entry::Known) {
        if let Some(party) = p.party {
            *votes.entry(party).or_default() += 3;
        }
    }
    if votes.is_empty() {
        for m in parties.iter().filter(|m| matches!(m.party, Party::Country(_))) {
            *votes.entry(m.party).or_default() += if m.sent < 4 { 2 } else { 1 };
        }
    }
    votes.into_iter().max_by_key(|(p, n)| (*n, std::cmp::Reverse(*p))).map(|v| v.0)
}

/// Persons with a title and no party act for the home state, unless the gazetteer knows that somebody else holds that office
/// there; then for the state that is named nearest to them.
fn adopt(
    people: &mut People,
    home: Option<Party>,
    parties: &[PartyMention],
    g: &Gazetteer,
    titles: &TitleIndex,
    published: Option<NaiveDate>,
) {
    for p in 0..people.persons.len() {
        let person = &people.persons[p];
        if person.party.is_some()
            || person.office.is_none()
            || !matches!(person.entry, Entry::Titled | Entry::Apposition)
        {
            continue;
        }
        let title = person.title.as_deref().unwrap_or("");
        let own = titles.country_of(title).and_then(|code| persons::party_of_code(g, code)).filter(|own| {
            let said = title.to_lowercase().contains("of state");
            said || Some(*own) == home || parties.iter().any(|m| m.party == *own)
        });
        let taken = home.is_some_and(|h| held_by_another(person, h, g, published) || foreign_to(title, h.code(g)));
        people.persons[p].party = match own {
            Some(own) => Some(own),
            None if taken => nearest_other(people, p, home, parties),
            None => home,
        };
    }
}

/// Whether a state has no such title: the United States has secretaries, no ministers.
fn foreign_to(title: &str, code: &str) -> bool {
    let title = title.to_lowercase();
    code == "USA" && (title.contains("minister") || title.contains("premier") || title.contains("chancellor"))
}

/// Whether the gazetteer has a holder of a one-person office on the day, and that is not this person.
fn held_by_another(person: &Person, home: Party, g: &Gazetteer, published: Option<NaiveDate>) -> bool {
    let (Some(office), Some(day)) = (person.office, published) else { return false };
    if !matches!(
        office,
        Office::HeadOfState | Office::HeadOfGovernment | Office::ForeignMinister | Office::DefenceMinister
    ) {
        return false;
    }
    let key = persons::name_key(&person.words);
    let mut holders =
        g.leaders_of(home.code(g)).iter().filter(|t| t.office == office && t.tenure(day) == Tenure::Holds).peekable();
    holders.peek().is_some() && !holders.any(|t| t.name.split_whitespace().map(persons::fold).any(|w| key.contains(&w)))
}

/// The state other than `home` that is named nearest to the person's first mention.
fn nearest_other(people: &People, p: usize, home: Option<Party>, parties: &[PartyMention]) -> Option<Party> {
    let first = people.mentions.iter().find(|m| m.person == p)?;
    parties
        .iter()
        .filter(|m| Some(m.party) != home && matches!(m.party, Party::Country(_)))
        .min_by_key(|m| (m.sent.abs_diff(first.sent), m.first.abs_diff(first.first)))
        .map(|m| m.party)
}
