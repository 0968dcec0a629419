//! Ontology, lexicon and gazetteers → validated, compiled [`Knowledge`]. The one place that knows their file formats.

mod acts;
mod compiled;
mod error;
mod gazetteer;
pub mod lexicon;
mod ontology;
mod sectors;
mod table;
mod turtle;
mod types;
pub mod vocab;

pub use acts::{ActCode, Acts};
pub use compiled::Knowledge;
pub use error::KnowledgeError;
pub use ontology::ONTOLOGY;
pub use sectors::Sectors;
pub use types::{
    Country, Gazetteer, LeaderTerm, NameForm, NameKind, Organization, PartialDate, Place, PlaceKind, Tenure, Trap,
};
