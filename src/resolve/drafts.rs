//! Drafts: what an article seems to say, merged within the article and not yet judged.

use crate::extract::candidates::{Features, Source};
use crate::extract::names::Party;
use crate::knowledge::PartialDate;
use crate::knowledge::vocab::{ActType, AgreementStatus, AgreementType, DateBasis, EncounterStatus, EncounterType};

/// When, and on what that rests.
pub type When = Option<(PartialDate, DateBasis)>;

/// One reading of a draft.
#[derive(Debug, Clone, PartialEq)]
pub struct Told {
    /// Features of the place.
    pub features: Features,
    /// Where it was read.
    pub sources: Vec<Source>,
}

/// A person as a leader.
#[derive(Debug, Clone, PartialEq)]
pub struct LeaderDraft {
    /// Index into the persons.
    pub person: usize,
    /// Features.
    pub features: Features,
}

/// An agreement.
#[derive(Debug, Clone, PartialEq)]
pub struct AgreementDraft {
    /// Type.
    pub kind: AgreementType,
    /// Parties, sorted.
    pub parties: Vec<Party>,
    /// Status.
    pub status: AgreementStatus,
    /// What it is where the text does not say surely enough that it was signed.
    pub unsigned: AgreementStatus,
    /// The confidence from which on it may be told as signed.
    pub signed_from: f32,
    /// Phrase that names it.
    pub topic: String,
    /// Sectors with the features of each.
    pub sectors: Vec<(String, Features)>,
    /// Persons who signed.
    pub signatories: Vec<usize>,
    /// Date of the status.
    pub when: When,
    /// Only recalled.
    pub background: bool,
    /// Where it was read.
    pub sources: Vec<Source>,
    /// Features, those of its readings among them.
    pub features: Features,
    /// Features of the whole alone.
    pub whole: Features,
    /// Features of each reading.
    pub members: Vec<Told>,
}

/// An encounter.
#[derive(Debug, Clone, PartialEq)]
pub struct EncounterDraft {
    /// Type.
    pub kind: EncounterType,
    /// States and organizations, sorted.
    pub parties: Vec<Party>,
    /// Persons with the features of their part.
    pub participants: Vec<(usize, Features)>,
    /// City or venue.
    pub place: Option<String>,
    /// First day.
    pub when: When,
    /// Status.
    pub status: EncounterStatus,
    /// Only recalled.
    pub background: bool,
    /// Where it was read.
    pub sources: Vec<Source>,
    /// Features of the whole.
    pub features: Features,
    /// Features of each reading of it; the likeliest one speaks for it.
    pub members: Vec<Told>,
}

/// A draft of the same article that implies an act: a meeting a consultation, a signature support.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Basis {
    /// Index into the agreements.
    Agreement(usize),
    /// Index into the encounters.
    Encounter(usize),
}

/// An act.
#[derive(Debug, Clone, PartialEq)]
pub struct ActDraft {
    /// Who acts.
    pub actor: Party,
    /// Towards whom.
    pub recipient: Party,
    /// Type.
    pub kind: ActType,
    /// What implies it.
    pub rests: Vec<Basis>,
    /// What else the two are told to have agreed or where they met.
    pub beside: Vec<Basis>,
    /// When.
    pub when: When,
    /// Only recalled.
    pub background: bool,
    /// Where it was read.
    pub sources: Vec<Source>,
    /// Features of the whole.
    pub features: Features,
    /// Features of each reading of it; the likeliest one speaks for it.
    pub members: Vec<Told>,
}

/// All drafts of an article.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Drafts {
    /// Leaders.
    pub leaders: Vec<LeaderDraft>,
    /// Agreements.
    pub agreements: Vec<AgreementDraft>,
    /// Encounters.
    pub encounters: Vec<EncounterDraft>,
    /// Acts.
    pub acts: Vec<ActDraft>,
}
