//! Text → sentences, tokens, lemmas, part-of-speech tags and Universal Dependencies. Knows English; knows no politics.
//!
//! Three stages, each optional for a sentence, so that only what can matter pays for the next: [`tokenize`] the whole text,
//! then [`Model::tag`] and [`Model::parse`] the sentences that are worth it.

mod types;

pub use types::{Deprel, Document, Sentence, SentenceKind, Token, Upos};
