//! A model with its working memory: whole documents tagged, and the sentences that are worth it parsed.

use super::encoder::Scratch;
use super::model::Model;
use super::types::Document;

/// Context vectors kept of one document, in words; longer documents compute the rest again (results never depend on it).
const KEPT_WORDS: usize = 8192;

/// Tags and parses document after document; what it learns of frequent words makes the next document cheaper, never other.
#[derive(Debug, Clone)]
pub struct Parser {
    model: &'static Model,
    scratch: Scratch,
    /// Memory of contexts that are done with.
    spare: Contexts,
}

/// What tagging left behind that parsing needs again.
#[derive(Debug, Clone, Default)]
pub struct Contexts {
    /// `h2` of the sentences, one after the other.
    vectors: Vec<f32>,
    /// Where those of each sentence end; they are empty where they were not kept.
    ends: Vec<usize>,
}

impl Parser {
    /// A parser that has seen nothing yet.
    #[must_use]
    pub fn new(model: &'static Model) -> Self {
        Self { model, scratch: Scratch::new(), spare: Contexts::default() }
    }

    /// Fills `pos` and `lemma` of every token.
    pub fn tag(&mut self, doc: &mut Document<'_>) -> Contexts {
        let mut contexts = std::mem::take(&mut self.spare);
        contexts.vectors.clear();
        contexts.ends.clear();
        let mut words = 0;
        for sent in &mut doc.sentences {
            let kept = (words < KEPT_WORDS).then_some(&mut contexts.vectors);
            self.model.tag_keeping(doc.text, sent, &mut self.scratch, kept);
            words += sent.tokens.len();
            contexts.ends.push(contexts.vectors.len());
        }
        contexts
    }

    /// Fills `head` and `deprel` of every token of the sentences of `which`, by their index, in the document that gave `contexts`.
    pub fn parse(&mut self, doc: &mut Document<'_>, which: impl Iterator<Item = usize>, contexts: Contexts) {
        for nth in which {
            if let Some(sent) = doc.sentences.get_mut(nth) {
                self.model.parse_keeping(doc.text, sent, &mut self.scratch, contexts.of(nth));
            }
        }
        self.spare = contexts;
    }
}

impl Contexts {
    /// The vectors of a sentence, empty where they were not kept.
    fn of(&self, nth: usize) -> &[f32] {
        let start = nth.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or_default();
        let end = self.ends.get(nth).copied().unwrap_or(start);
        &self.vectors[start..end]
    }
}

#[cfg(test)]
mod tests {
    use super::super::tokenize;
    use super::*;

    #[test]
    fn a_document_read_after_others_is_as_if_read_alone() {
        let long = "The envoy of Kenya met, in Lima, the minister of Peru. ".repeat(900);
        let texts = ["Kenya signed a trade agreement with Peru.", &long, "Two ministers met; they left on Monday."];
        let model = Model::embedded();
        let mut parser = Parser::new(model);
        for text in texts {
            let (mut doc, mut alone) = (tokenize(text, None), tokenize(text, None));
            let contexts = parser.tag(&mut doc);
            parser.parse(&mut doc, 0..alone.sentences.len(), contexts);
            for sent in &mut alone.sentences {
                let mut scratch = Scratch::new();
                model.tag(text, sent, &mut scratch);
                model.parse(text, sent, &mut scratch);
            }
            assert_eq!(doc, alone);
        }
    }
}
