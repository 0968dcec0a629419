//! What a person is told about the reading of inputs: each problem once, its way out once a kind, and a summary.

use super::context::Context;
use super::exit::Exit;
use crate::article::{Article, ReadError};
use crate::facts::Facts;
use rustc_hash::FxHashMap;
use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;
use std::time::Duration;

/// Messages of one kind that are shown; more of them say nothing new.
const SHOWN_A_KIND: u64 = 20;

/// What was read, and what was found.
#[derive(Debug, Default, Clone)]
pub(super) struct Tally {
    /// Articles read and handed on.
    pub(super) articles: u64,
    /// Bytes of their text.
    pub(super) bytes: u64,
    /// Inputs left out on purpose, by kind (`not-english` …).
    pub(super) skipped: BTreeMap<&'static str, u64>,
    /// Inputs that could not be read, by kind.
    pub(super) failed: BTreeMap<&'static str, u64>,
    /// Facts by kind, such as `agreements`.
    pub(super) facts: BTreeMap<&'static str, u64>,
    /// From start to end.
    pub(super) elapsed: Duration,
    /// Articles with characters that could not be decoded.
    undecoded: u64,
    /// The articles so far: the first half of the SHA-256 of the id → that of the text (a million articles are 50 MB).
    ids: FxHashMap<u128, u128>,
    /// Articles that had to be given another id.
    renamed: u64,
}

impl Tally {
    /// Counts an article and its facts.
    pub(super) fn count(&mut self, article: &Article, facts: &Facts) {
        self.articles += 1;
        self.bytes += article.text.len() as u64;
        for (kind, count) in [
            ("leaders", facts.leaders.len()),
            ("agreements", facts.agreements.len()),
            ("encounters", facts.encounters.len()),
            ("acts", facts.acts.len()),
        ] {
            *self.facts.entry(kind).or_default() += count as u64;
        }
    }

    /// Gives an article another id where a different one of this run has had its id, so that neither is lost: the id and the
    /// first digits of the text's hash.
    pub(super) fn tell_apart(&mut self, article: &mut Article, facts: &mut Facts, ctx: &Context) {
        let text = article.sha256.get(..32).and_then(|half| u128::from_str_radix(half, 16).ok()).unwrap_or_default();
        if *self.ids.entry(half_of_sha256(&article.id)).or_insert(text) == text {
            return;
        }
        let id = format!("{}~{}", article.id, article.sha256.get(..8).unwrap_or("2"));
        self.renamed += 1;
        if self.renamed <= SHOWN_A_KIND {
            ctx.note(format!(
                "note: two different articles have the id `{}`; the second is kept as `{id}`\n  hint: give them ids of their own (file names, or `id` in JSON)",
                article.id
            ));
        }
        facts.article.id.clone_from(&id);
        article.id = id;
    }

    /// Says once an article that some of its characters are lost.
    pub(super) fn notice_lost_characters(&mut self, article: &Article, ctx: &Context) {
        let lost = article.text.matches(char::REPLACEMENT_CHARACTER).count();
        if lost > 0 {
            self.undecoded += 1;
            if self.undecoded <= SHOWN_A_KIND {
                ctx.note(format!(
                    "note: {}: {lost} character(s) could not be decoded and show as \u{fffd}",
                    article.id
                ));
            }
        }
    }

    /// Counts an input that gave no article, and says why: the first few of a kind, the way out with the first.
    pub(super) fn report(&mut self, error: &ReadError, ctx: &Context) {
        let list = if error.is_skip() { &mut self.skipped } else { &mut self.failed };
        let count = list.entry(error.kind()).or_default();
        *count += 1;
        // A folder may hold thousands of pictures; the summary counts them.
        if error.kind() == "other-file" {
            return;
        }
        let word = if error.is_skip() { "skipped" } else { "cannot read" };
        let mut lines = match *count {
            1 => format!("{word}: {error}\n  hint: {}", error.hint()),
            2..=SHOWN_A_KIND => format!("{word}: {error}"),
            _ => return,
        };
        if *count == SHOWN_A_KIND {
            lines.push_str(&format!("\n  (more of kind {} are counted, not shown)", error.kind()));
        }
        if error.is_skip() { ctx.note(lines) } else { ctx.complain(lines) }
    }

    /// `Done`; `Findings` where an input could not be read, or no article was left; `Failed` where no input could be read.
    pub(super) fn exit(&self) -> Exit {
        match (self.articles, self.failed.is_empty()) {
            (0, false) if self.skipped.is_empty() => Exit::Failed,
            (0, _) | (_, false) => Exit::Findings,
            (_, true) => Exit::Done,
        }
    }

    /// Two or three lines: articles and speed, what was left out and why, facts by kind.
    pub(super) fn summary(&self) -> String {
        let seconds = self.elapsed.as_secs_f64();
        let rate = if seconds > 0.0 { (self.articles as f64 / seconds).round() as u64 } else { 0 };
        let mut lines = vec![format!(
            "{} read in {seconds:.1} s ({} articles a second)",
            counted(self.articles, "article"),
            grouped(rate)
        )];
        for (word, kinds) in [("skipped", &self.skipped), ("could not be read", &self.failed)] {
            if !kinds.is_empty() {
                lines.push(format!("{} {word}: {}", grouped(kinds.values().sum()), listed(kinds)));
            }
        }
        lines.push(format!("facts: {}", listed(&self.facts)));
        lines.join("\n")
    }
}

fn half_of_sha256(text: &str) -> u128 {
    Sha256::digest(text.as_bytes()).iter().take(16).fold(0, |half, byte| half << 8 | u128::from(*byte))
}

fn listed(kinds: &BTreeMap<&'static str, u64>) -> String {
    let parts: Vec<String> = kinds.iter().map(|(kind, count)| format!("{} {kind}", grouped(*count))).collect();
    if parts.is_empty() { "none".to_owned() } else { parts.join(", ") }
}

/// `1 article`, `31,307 articles`.
pub(super) fn counted(count: u64, noun: &str) -> String {
    format!("{} {noun}{}", grouped(count), if count == 1 { "" } else { "s" })
}

/// `31,307`.
pub(super) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// `leader/Q18` of a whole IRI.
pub(super) fn local(iri: &str) -> &str {
    iri.rsplit_once("/id/").map_or(iri, |(_, local)| local)
}

/// `event/0f3a1b2c3d4e` of a whole IRI: enough of the hash to be the only one.
pub(super) fn brief(iri: &str) -> &str {
    let local = local(iri);
    local.find('/').and_then(|at| local.get(..at + 13)).unwrap_or(local)
}

/// The text in one line.
pub(super) fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped() {
        assert_eq!([0, 999, 1000, 31307, 1234567].map(grouped), ["0", "999", "1,000", "31,307", "1,234,567"]);
        assert_eq!(counted(1, "article"), "1 article");
    }

    #[test]
    fn the_exit_code_tells_how_the_reading_went() {
        let tally = |articles, skipped, failed| {
            let kinds = |n: u64| if n > 0 { BTreeMap::from([("kind", n)]) } else { BTreeMap::new() };
            Tally { articles, skipped: kinds(skipped), failed: kinds(failed), ..Tally::default() }.exit()
        };
        assert_eq!(tally(3, 0, 0), Exit::Done);
        assert_eq!(tally(3, 2, 0), Exit::Done);
        assert_eq!(tally(3, 0, 1), Exit::Findings);
        assert_eq!(tally(0, 2, 0), Exit::Findings);
        assert_eq!(tally(0, 0, 1), Exit::Failed);
    }

    #[test]
    fn the_summary_says_what_was_left_out_and_why() {
        let tally = Tally {
            articles: 1200,
            skipped: BTreeMap::from([("not-english", 2)]),
            facts: BTreeMap::from([("acts", 40), ("agreements", 7)]),
            elapsed: Duration::from_millis(500),
            ..Tally::default()
        };
        let expected = "1,200 articles read in 0.5 s (2,400 articles a second)\n2 skipped: 2 not-english\n\
                        facts: 40 acts, 7 agreements";
        assert_eq!(tally.summary(), expected);
    }
}
