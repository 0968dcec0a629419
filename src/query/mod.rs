//! The catalogue in `queries/`, parameters bound as values, result formats.
//!
//! A question is a SPARQL file with a header that names what it answers, its parameters and its columns; see
//! [`Question::parse`]. What a person gives for a parameter becomes an RDF term ([`Kind`]) and takes the place of the value
//! in the parameter's block. Answers are written as tables or in the SPARQL result formats ([`write()`]).

mod catalogue;
mod compact;
mod error;
mod examples;
mod header;
mod kind;
mod place;
mod question;
mod results;
mod table;
mod theme;
mod value;

pub use catalogue::{BUILTIN, Catalogue};
pub use compact::compact;
pub use error::{QuestionError, QuestionFileError, ValueError};
pub use examples::write_examples;
pub use header::{Column, Header, Parameter};
pub use kind::Kind;
pub use place::parties;
pub use question::Question;
pub use results::{Format, Width, WriteError, write};
pub use theme::Theme;
pub use value::free_value;
