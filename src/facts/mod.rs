//! The JSON contract: what `entente extract --format json` prints, one object an article.
//!
//! These are wire types: offsets are **Unicode scalar values** into the article's stored text, half-open; every quote equals
//! the text at its offsets. The engine's own types live in `resolve`; the graph is built from these.

mod extractor;
mod wire;

pub use extractor::{EngineError, Extractor};

use crate::knowledge::vocab::{
    ActType, AgreementStatus, AgreementType, DateBasis, EncounterStatus, EncounterType, Office,
};
use serde::{Deserialize, Serialize};

/// All facts of one article.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Facts {
    /// The article's metadata.
    pub article: ArticleRef,
    /// States and territories named, by ISO 3166-1 alpha-3.
    #[serde(default)]
    pub countries: Vec<CountryFact>,
    /// Intergovernmental organizations named.
    #[serde(default)]
    pub organizations: Vec<OrganizationFact>,
    /// People who act or speak for a state or organization.
    #[serde(default)]
    pub leaders: Vec<LeaderFact>,
    /// Instruments and commitments between two or more parties.
    #[serde(default)]
    pub agreements: Vec<AgreementFact>,
    /// Meetings, visits, calls, gatherings.
    #[serde(default)]
    pub encounters: Vec<EncounterFact>,
    /// Directed acts by PLOVER type.
    #[serde(default)]
    pub acts: Vec<ActFact>,
    /// The triples spelled out (`signed`, `attended`, `visited` …), derived from the lists above.
    #[serde(default)]
    pub relations: Vec<RelationFact>,
    /// What the reader or the engine wants to say about this article.
    #[serde(default)]
    pub diagnostics: Vec<Diagnostic>,
}

/// The article as the contract names it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ArticleRef {
    /// Article id (see [`crate::article::Article::id`]).
    pub id: String,
    /// Headline.
    pub title: String,
    /// `YYYY-MM-DD`.
    pub published: Option<String>,
    /// Outlet.
    pub source: Option<String>,
    /// Address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// ISO 639-1.
    pub language: String,
    /// Hex SHA-256 of the text.
    pub sha256: String,
}

/// A country and where it is mentioned (`[start, end]` in Unicode scalar values).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CountryFact {
    /// ISO 3166-1 alpha-3 (former states: SUN, YUG, CSK, DDR).
    pub id: String,
    /// Common English name.
    pub name: String,
    /// Mentions.
    pub mentions: Vec<[usize; 2]>,
}

/// An intergovernmental organization.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrganizationFact {
    /// Usual acronym.
    pub id: String,
    /// Full name.
    pub name: String,
    /// Mentions.
    pub mentions: Vec<[usize; 2]>,
}

/// A leader.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeaderFact {
    /// The name in lower-case kebab.
    pub id: String,
    /// The fullest form in the text, without title.
    pub name: String,
    /// ISO3 or organization acronym.
    pub country: String,
    /// Office at the article's date.
    pub office: Office,
    /// The title as written, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Wikidata id, where known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wikidata: Option<String>,
    /// Whether the leader was learned from this text only (no list has the name).
    #[serde(default)]
    pub learned: bool,
    /// Mentions.
    pub mentions: Vec<[usize; 2]>,
}

/// The words that say so, and the rule that read them.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Evidence {
    /// First Unicode scalar value of the sentence.
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// The text at `start..end`.
    pub quote: String,
    /// Name of the frame or construction, such as `agree/to-establish`.
    pub rule: String,
    /// Who the text says said so ("according to …"), where it is attributed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attributed_to: Option<String>,
}

/// An instrument or commitment.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AgreementFact {
    /// `a1`, `a2` … within the article.
    pub id: String,
    /// Kind of instrument.
    #[serde(rename = "type")]
    pub kind: AgreementType,
    /// ISO3 codes and organization acronyms, sorted.
    pub parties: Vec<String>,
    /// How far it has come.
    pub status: AgreementStatus,
    /// The shortest phrase of the text that names it.
    pub topic: Option<String>,
    /// Sector slugs of `ontology/sectors.ttl` (top concepts), sorted.
    pub sectors: Vec<String>,
    /// Ids of leaders who signed.
    pub signatories: Vec<String>,
    /// `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.
    pub date: Option<String>,
    /// What the date rests on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date_basis: Option<DateBasis>,
    /// Only recalled by the article.
    pub background: bool,
    /// Calibrated probability that the fact is right, 0–1.
    pub confidence: f64,
    /// The sentences.
    pub evidence: Vec<Evidence>,
}

/// A meeting, visit, call or gathering.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct EncounterFact {
    /// `e1`, `e2` … within the article.
    pub id: String,
    /// Kind of encounter.
    #[serde(rename = "type")]
    pub kind: EncounterType,
    /// Leader ids.
    pub participants: Vec<String>,
    /// ISO3 codes and organization acronyms, sorted.
    pub countries: Vec<String>,
    /// City or venue.
    pub place: Option<String>,
    /// First day, or month.
    pub date: Option<String>,
    /// What the date rests on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date_basis: Option<DateBasis>,
    /// Whether it took place.
    pub status: EncounterStatus,
    /// Only recalled by the article.
    pub background: bool,
    /// Calibrated probability, 0–1.
    pub confidence: f64,
    /// The sentences.
    pub evidence: Vec<Evidence>,
}

/// Who did what to whom.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ActFact {
    /// ISO3 or acronym.
    pub actor: String,
    /// ISO3 or acronym.
    pub recipient: String,
    /// PLOVER type.
    #[serde(rename = "type")]
    pub kind: ActType,
    /// When, where the text tells.
    #[serde(default)]
    pub date: Option<String>,
    /// What the date rests on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date_basis: Option<DateBasis>,
    /// Only recalled by the article.
    pub background: bool,
    /// Calibrated probability, 0–1.
    pub confidence: f64,
    /// The sentences.
    pub evidence: Vec<Evidence>,
}

/// One triple of the article: subject and object are ids of this object's lists or country codes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RelationFact {
    /// Leader id, country code or organization acronym.
    pub subject: String,
    /// `signed`, `agreed-to`, `attended`, `met`, `visited`, `hosted`, `party-to`, `covers-sector`, `holds-office`, `represents` …
    pub predicate: String,
    /// Leader id, code, agreement or encounter id, sector slug, office.
    pub object: String,
    /// Confidence of the fact it is spelled out from.
    pub confidence: f64,
    /// The sentences.
    pub evidence: Vec<Evidence>,
}

/// A remark as data; rendered elsewhere.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagnostic {
    /// Kebab-case kind, such as `no-date` or `not-english`.
    pub id: String,
    /// One sentence for a person.
    pub message: String,
    /// Where, in Unicode scalar values.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub span: Option<[usize; 2]>,
}
