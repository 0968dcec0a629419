//! The notation of expected facts, in which the specification and the examples of the lexicon are written: a line such as
//! `agreement: type=mou parties=FIN,KEN status=signed` → an [`Expectation`], and whether facts hold to it. The reference is
//! `tests/spec/README.md`.

mod agree;
mod expect;

pub use agree::{broken, holds};
pub use expect::{Expectation, Fault, Keys, What};
