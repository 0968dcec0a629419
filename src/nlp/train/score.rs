//! How well a model does on gold sentences with gold tokens.

use super::super::encoder::Scratch;
use super::super::model::Model;
use super::super::transition::ROOT;
use super::super::types::{Deprel, Sentence, SentenceKind, Token, Upos};
use super::conllu::Gold;
use crate::text::Span;
use compact_str::CompactString;

/// Shares in percent; attachment scores leave punctuation out.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Score {
    /// Right tags.
    pub upos: f64,
    /// Right lemmas, case ignored.
    pub lemma: f64,
    /// Right heads.
    pub uas: f64,
    /// Right heads with right relations.
    pub las: f64,
}

/// Tags and parses every sentence and compares.
#[must_use]
pub fn score(model: &Model, gold: &[Gold]) -> Score {
    let mut scratch = Scratch::new();
    let (mut words, mut arcs) = (0usize, 0usize);
    let mut right = [0usize; 4];
    for sentence in gold {
        let (text, mut parsed) = untagged(sentence);
        model.tag(&text, &mut parsed, &mut scratch);
        model.parse(&text, &mut parsed, &mut scratch);
        for (i, token) in parsed.tokens.iter().enumerate() {
            words += 1;
            right[0] += usize::from(token.pos == sentence.tags[i]);
            right[1] += usize::from(token.lemma.to_lowercase() == sentence.lemmas[i].to_lowercase());
            if sentence.labels[i] != Deprel::Punct {
                arcs += 1;
                let gold_head = if sentence.heads[i] == ROOT { i as u32 } else { sentence.heads[i] };
                right[2] += usize::from(token.head == gold_head);
                right[3] += usize::from(token.head == gold_head && token.deprel == sentence.labels[i]);
            }
        }
    }
    let share = |n: usize, of: usize| 100.0 * n as f64 / of.max(1) as f64;
    Score {
        upos: share(right[0], words),
        lemma: share(right[1], words),
        uas: share(right[2], arcs),
        las: share(right[3], arcs),
    }
}

/// A sentence of gold tokens, with its text.
pub(crate) fn untagged(gold: &Gold) -> (String, Sentence) {
    let mut text = String::new();
    let mut tokens = Vec::with_capacity(gold.forms.len());
    for form in &gold.forms {
        if !text.is_empty() {
            text.push(' ');
        }
        let start = text.len();
        text.push_str(form);
        tokens.push(Token {
            span: Span::new(start, text.len()),
            lemma: CompactString::default(),
            pos: Upos::X,
            head: 0,
            deprel: Deprel::Dep,
        });
    }
    let sentence = Sentence {
        span: Span::new(0, text.len()),
        dateline: None,
        paragraph: 0,
        kind: SentenceKind::Body,
        tokens,
        tagged: false,
        parsed: false,
    };
    (text, sentence)
}
