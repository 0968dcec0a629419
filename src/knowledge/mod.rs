//! Ontology, lexicon and gazetteers → validated, compiled [`Knowledge`]. The one place that knows their file formats.

mod types;
pub mod lexicon;
pub mod vocab;

pub use types::{Country, Gazetteer, LeaderTerm, NameForm, NameKind, Organization, PartialDate};
