//! The notation of expected facts, shared by the specification and the examples of the lexicon.
//!
//! `entente::evaluate::notation` reads a line such as `agreement: type=mou parties=FIN,KEN status=signed` and says whether
//! an article's facts hold to it; `render` writes facts in the same notation; `gaps` keeps the list of cases known to fail; `harness`
//! runs every case as a test of its own. `tests/spec/README.md` is the reference.

#![allow(dead_code, reason = "each test target uses its part")]

pub(crate) mod gaps;
mod harness;
mod render;

#[allow(unused_imports, reason = "each test target uses its part")]
pub(crate) use harness::{Case, Suite};
