//! Text → sentences, tokens, lemmas, part-of-speech tags and Universal Dependencies. Knows English; knows no politics.
//!
//! Three stages, each optional for a sentence, so that only what can matter pays for the next: [`tokenize()`] the whole text,
//! then [`Model::tag`] and [`Model::parse`] the sentences that are worth it.

mod encoder;
mod features;
mod format;
mod kernels;
mod lemma;
mod model;
mod net;
mod parser;
mod tokenize;
pub mod train;
mod transition;
mod types;

pub use encoder::Scratch;
pub use format::ModelError;
pub use model::Model;
pub use parser::{Contexts, Parser};
pub use tokenize::{LONGEST_SENTENCE, tokenize};
pub use types::{Deprel, Document, Sentence, SentenceKind, Token, Upos};
