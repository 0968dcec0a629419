//! Ontology, lexicon and gazetteers → validated, compiled knowledge. The one place that knows their file formats.

mod error;
mod gazetteer;
mod table;
mod types;
pub mod lexicon;
pub mod vocab;

pub use error::KnowledgeError;
pub use types::{
    Country, Gazetteer, LeaderTerm, NameForm, NameKind, Organization, PartialDate, Place, PlaceKind, Tenure, Trap,
};
