//! A text → sentences of tokens, by byte spans, in linear time; any string will do.
//!
//! [`lines`] finds what is read by itself, [`dateline`] strips what stands in front of a report, [`words`] finds the tokens,
//! and this module ends the sentences.

mod abbreviations;
mod compounds;
mod dateline;
mod lines;
mod words;

use super::types::{Deprel, Document, Sentence, SentenceKind, Token, Upos};
use crate::text::Span;
use compact_str::CompactString;
use lines::Unit;
use words::{Stop, Word};

/// Longest line without a closing mark, in tokens, that counts as a [`SentenceKind::Fragment`].
const FRAGMENT: usize = 12;
/// Most tokens of a sentence. Nobody writes such; without a bound, work that grows with the square of a sentence would not end.
pub const LONGEST_SENTENCE: usize = 1_000;

/// Splits a text into sentences and tokens. `title_span` is the headline (see [`crate::article::Article::title_span`]).
///
/// A single line break within wrapped text counts as a blank, elsewhere as the end of a unit. Tokens follow UD English; see
/// the crate's notes on hyphens in `tokenize/words.rs`. Nothing is tagged yet.
#[must_use]
pub fn tokenize<'t>(text: &'t str, title_span: Option<Span>) -> Document<'t> {
    let mut sentences = Vec::with_capacity(text.len() / 120 + 1);
    let mut buffer = Vec::new();
    for unit in lines::units(text, title_span) {
        read_unit(text, unit, &mut buffer, &mut sentences);
    }
    Document { text, sentences }
}

fn read_unit(text: &str, unit: Unit, words: &mut Vec<Word>, sentences: &mut Vec<Sentence>) {
    let dateline = if unit.title { None } else { dateline::dateline(unit.span.of(text)) };
    let start = unit.span.start + dateline.unwrap_or(0);
    words.clear();
    words::split(text, Span::new(start, unit.span.end), words);
    let mut from = 0;
    while from < words.len() {
        let to = sentence_end(text, words, from);
        let part = &words[from..to];
        let kind = kind(unit, text, part);
        let mut sentence = sentence(part, unit.paragraph, kind);
        if from == 0 {
            sentence.dateline = dateline.map(|d| {
                let whole = &text[unit.span.start..unit.span.start + d];
                Span::new(unit.span.start, unit.span.start + whole.trim_end().len())
            });
        }
        sentences.push(sentence);
        from = to;
    }
}

fn kind(unit: Unit, text: &str, words: &[Word]) -> SentenceKind {
    if unit.title {
        return SentenceKind::Headline;
    }
    if unit.item {
        return SentenceKind::ListItem;
    }
    let closed = words.iter().rev().take(3).any(|w| w.stop != Stop::No || w.span.of(text) == ":");
    if closed || words.len() > FRAGMENT { SentenceKind::Body } else { SentenceKind::Fragment }
}

fn sentence(words: &[Word], paragraph: usize, kind: SentenceKind) -> Sentence {
    let token = |w: &Word| Token {
        span: w.span,
        lemma: CompactString::const_new(""),
        pos: Upos::X,
        head: 0,
        deprel: Deprel::Dep,
    };
    let span = match (words.first(), words.last()) {
        (Some(first), Some(last)) => first.span.join(last.span),
        _ => Span::default(),
    };
    let tokens = words.iter().map(token).collect();
    Sentence { span, dateline: None, paragraph, kind, tokens, tagged: false, parsed: false }
}

/// Index after the last word of the sentence that begins at `from`.
fn sentence_end(text: &str, words: &[Word], from: usize) -> usize {
    // Straight quotation marks seen so far: an odd number leaves one open.
    let mut quotes = 0usize;
    let longest = words.len().min(from + LONGEST_SENTENCE);
    for i in from..longest {
        let form = words[i].span.of(text);
        quotes += usize::from(form == "\"");
        if words[i].stop == Stop::No {
            continue;
        }
        let close = closers(text, words, i + 1, quotes);
        if close == words.len() || (ends_here(text, words, i, close)) {
            return close;
        }
    }
    longest
}

/// Index after the quotation marks and brackets that close right behind a full stop.
fn closers(text: &str, words: &[Word], from: usize, quotes: usize) -> usize {
    let mut at = from;
    let mut open = quotes % 2 == 1;
    while let Some(word) = words.get(at) {
        let closes = match word.span.of(text) {
            ")" | "]" | "}" | "\u{201d}" | "\u{2019}" | "''" | "»" => !word.spaced,
            "\"" if open => {
                open = false;
                true
            }
            "\"" => !word.spaced && words.get(at + 1).is_none_or(|next| next.spaced),
            "'" => !word.spaced,
            // Notes and further marks: `."[3]`, `.?`.
            _ => word.stop == Stop::Mark && !word.spaced,
        };
        if !closes {
            break;
        }
        at += 1;
    }
    at
}

/// Whether the stop at `words[i]` ends the sentence, where `words[close]` comes next.
fn ends_here(text: &str, words: &[Word], i: usize, close: usize) -> bool {
    let next = &words[close];
    let mut form = next.span.of(text);
    let quoted = matches!(form, "\"" | "\u{201c}" | "\u{2018}" | "'" | "``" | "«" | "(" | "[");
    if quoted {
        form = words.get(close + 1).map_or("", |w| w.span.of(text));
    }
    let first = form.chars().next().unwrap_or(' ');
    let opener = abbreviations::opens_sentence(form);
    match words[i].stop {
        Stop::Abbreviation => {
            (opener && !next_is_name(text, words, close)) || (quoted && first.is_uppercase() && close > i + 1)
        }
        // "Why?" he asked.
        _ if first.is_lowercase() => {
            next.spaced && words[i].span.of(text) == "." && close == i + 1 && !quoted && is_item(form)
        }
        Stop::Ellipsis => next.spaced && first.is_uppercase(),
        _ => first.is_alphanumeric() || quoted || !next.spaced || "-–—•*$€£@#".contains(first),
    }
}

/// Lower-case words that may open a sentence (brand names and the like).
fn is_item(form: &str) -> bool {
    form.as_bytes().get(1).is_some_and(u8::is_ascii_uppercase)
}

/// Whether an opener is itself followed by what makes it part of a name ("U.S. No. 1").
fn next_is_name(text: &str, words: &[Word], at: usize) -> bool {
    matches!(words[at].span.of(text), "No" | "I" | "A") && words.get(at + 1).is_some_and(|w| w.span.of(text) == ".")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let document = tokenize(text, None);
        let got: Vec<&str> = document.sentences.iter().map(|s| s.span.of(text)).collect();
        assert_eq!(got, expected);
    }

    #[test]
    fn sentences_end_at_full_stops_but_not_at_abbreviations() {
        check("Mr. Ito left. He flew home.", &["Mr. Ito left.", "He flew home."]);
        check("The U.S. and Mali agreed. So did Chad.", &["The U.S. and Mali agreed.", "So did Chad."]);
        check("They met in the U.S. The talks failed.", &["They met in the U.S.", "The talks failed."]);
        check("On Nov. 2 Gen. Diaz of No. 4 Corps left.", &["On Nov. 2 Gen. Diaz of No. 4 Corps left."]);
        check("Held talks.The two agreed.", &["Held talks.", "The two agreed."]);
        check("Acme Inc. said so. Acme Corp. of Oslo did not.", &["Acme Inc. said so.", "Acme Corp. of Oslo did not."]);
    }

    #[test]
    fn quotation_marks_stay_with_their_sentence() {
        check("\"We agree.\" The envoy left.", &["\"We agree.\"", "The envoy left."]);
        check("\"Why?\" he asked. \"No.\"", &["\"Why?\" he asked.", "\"No.\""]);
        check("“It is done.” “Good,” he said.", &["“It is done.”", "“Good,” he said."]);
        check("He said so.\"The two left.", &["He said so.", "\"The two left."]);
    }

    #[test]
    fn datelines_lie_outside() {
        let text = "SEOUL, Nov. 2 (Yonhap) -- Two envoys met.";
        let document = tokenize(text, None);
        assert_eq!(document.sentences.len(), 1);
        assert_eq!(document.sentences[0].dateline.unwrap().of(text), "SEOUL, Nov. 2 (Yonhap) --");
        assert_eq!(document.sentences[0].span.of(text), "Two envoys met.");
    }

    #[test]
    fn kinds() {
        let text = "CHAD, MALI SIGN PACT\n\nBy Ann Author\n\nThey signed it.\n\n- Trade\n- Water\n";
        let kinds: Vec<SentenceKind> =
            tokenize(text, Some(Span::new(0, 20))).sentences.iter().map(|s| s.kind).collect();
        use SentenceKind::{Body, Fragment, Headline, ListItem};
        assert_eq!(kinds, [Headline, Fragment, Body, ListItem, ListItem]);
    }

    #[test]
    fn endless_sentences_are_cut() {
        let text = "Peru, ".repeat(LONGEST_SENTENCE);
        let document = tokenize(&text, None);
        assert_eq!(document.sentences.len(), 2);
        assert!(document.sentences.iter().all(|sentence| sentence.tokens.len() == LONGEST_SENTENCE));
    }

    #[test]
    fn huge_words_and_lines_take_linear_time() {
        for text in [
            "a".repeat(1_000_000),
            "a-".repeat(500_000),
            "a.".repeat(500_000),
            "\"".repeat(1_000_000),
            "Mr. A ".repeat(200_000),
        ] {
            assert!(!tokenize(&text, None).sentences.is_empty());
        }
    }

    fn hold(text: &str, title: Option<Span>) {
        let document = tokenize(text, title);
        let mut end = 0;
        for sentence in &document.sentences {
            assert!(!sentence.tokens.is_empty());
            for token in &sentence.tokens {
                assert!(token.span.start >= end && !token.span.is_empty());
                assert!(text.get(token.span.range()).is_some());
                assert!(sentence.span.contains(token.span));
                end = token.span.end;
            }
            if let Some(dateline) = sentence.dateline {
                assert!(text.get(dateline.range()).is_some() && dateline.end <= sentence.span.start);
            }
        }
    }

    proptest! {
        #[test]
        fn any_string_gives_ordered_spans(text in any::<String>(), a in 0usize..40, b in 0usize..40) {
            hold(&text, None);
            hold(&text, Some(Span::new(a, b)));
        }

        #[test]
        fn any_mix_of_news_pieces_gives_ordered_spans(parts in proptest::collection::vec(prop_oneof![
            Just("U.S."), Just("-"), Just(" "), Just("\n"), Just("\n\n"), Just("\""), Just("’s"), Just("SEOUL, Nov. 2 ("), Just(")"),
            Just("--"), Just("http://a.b"), Just("5,000"), Just("."), Just("The"), Just("é"), Just("—"), Just("\t"), Just("• "), Just("n't"), Just("…")
        ], 0..40)) {
            hold(&parts.concat(), None);
        }
    }
}
