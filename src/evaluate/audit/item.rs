//! One fact of one article, as a person judges it: what it states, and the sentence that is said to say so.

use crate::facts::{ActFact, AgreementFact, EncounterFact, Evidence, Facts};
use crate::knowledge::vocab::{AgreementStatus, EncounterStatus};
use crate::text::{CharOffsets, Span};
use std::str::FromStr;

/// What is sampled. Nothing of it is background.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Agreements with the status `signed`.
    Signed,
    /// Encounters with the status `held`.
    Encounters,
    /// Acts.
    Acts,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 3] = [Self::Signed, Self::Encounters, Self::Acts];

    /// Its name in files and on the command line.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Signed => "signed",
            Self::Encounters => "encounters",
            Self::Acts => "acts",
        }
    }
}

impl FromStr for Kind {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let known = Self::ALL.into_iter().find(|k| k.as_str() == text);
        known.ok_or_else(|| format!("`{text}` is none of signed, encounters, acts"))
    }
}

/// A fact to judge.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// Article id.
    pub article: String,
    /// Headline.
    pub title: String,
    /// `YYYY-MM-DD`.
    pub published: Option<String>,
    /// The source that the article names.
    pub source: Option<String>,
    /// Hex SHA-256 of the text that the offsets refer to.
    pub sha256: String,
    /// What the fact states, in one line.
    pub statement: String,
    /// Confidence, 0–1.
    pub confidence: f64,
    /// The first sentence behind it and its rule.
    pub evidence: Option<Evidence>,
}

/// The facts of one article that are of a kind, in their order.
#[must_use]
pub fn items(facts: &Facts, kind: Kind) -> Vec<Item> {
    let item = |statement: String, confidence: f64, evidence: &[Evidence]| Item {
        article: facts.article.id.clone(),
        title: facts.article.title.clone(),
        published: facts.article.published.clone(),
        source: facts.article.source.clone(),
        sha256: facts.article.sha256.clone(),
        statement,
        confidence,
        evidence: evidence.first().cloned(),
    };
    match kind {
        Kind::Signed => (facts.agreements.iter())
            .filter(|a| a.status == AgreementStatus::Signed && !a.background)
            .map(|a| item(agreement(a, facts), a.confidence, &a.evidence))
            .collect(),
        Kind::Encounters => (facts.encounters.iter())
            .filter(|e| e.status == EncounterStatus::Held && !e.background)
            .map(|e| item(encounter(e, facts), e.confidence, &e.evidence))
            .collect(),
        Kind::Acts => {
            (facts.acts.iter()).filter(|a| !a.background).map(|a| item(act(a), a.confidence, &a.evidence)).collect()
        }
    }
}

/// `KEN–OMN · mou, signed · “fisheries” · agriculture · signed by Asha Odera · 2024-05-06`.
pub(super) fn agreement(a: &AgreementFact, facts: &Facts) -> String {
    joined([
        a.parties.join("–"),
        format!("{}, {}", a.kind, a.status),
        a.topic.as_ref().map(|t| format!("“{t}”")).unwrap_or_default(),
        a.sectors.join(", "),
        people("signed by ", &a.signatories, facts),
        a.date.clone().unwrap_or_default(),
    ])
}

/// `KEN–OMN · visit, held · Asha Odera · in Muscat · 2024-05-06`.
pub(super) fn encounter(e: &EncounterFact, facts: &Facts) -> String {
    joined([
        e.countries.join("–"),
        format!("{}, {}", e.kind, e.status),
        people("", &e.participants, facts),
        e.place.as_ref().map(|p| format!("in {p}")).unwrap_or_default(),
        e.date.clone().unwrap_or_default(),
    ])
}

/// `KEN → OMN · SUPPORT`; a mutual act has no arrow.
pub(super) fn act(a: &ActFact) -> String {
    let arrow = if a.kind.is_mutual() { "–" } else { " → " };
    joined([format!("{}{arrow}{}", a.actor, a.recipient), a.kind.to_string()])
}

fn joined<const N: usize>(parts: [String; N]) -> String {
    let parts: Vec<String> = parts.into_iter().filter(|p| !p.is_empty()).collect();
    // One line, whatever the text has within a topic.
    parts.join(" · ").split_whitespace().collect::<Vec<_>>().join(" ")
}

fn people(before: &str, ids: &[String], facts: &Facts) -> String {
    let name = |id: &String| facts.leaders.iter().find(|l| l.id == *id).map_or_else(|| id.clone(), |l| l.name.clone());
    let names: Vec<String> = ids.iter().map(name).collect();
    if names.is_empty() { String::new() } else { format!("{before}{}", names.join(", ")) }
}

/// A sentence and what stands around it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Context {
    /// What leads up to it, from the beginning of a paragraph where that is near.
    pub before: String,
    /// The sentence.
    pub sentence: String,
    /// What follows.
    pub after: String,
}

/// Fewest and most bytes of context on one side, about.
const NEAR: usize = 250;
const FAR: usize = 1200;

/// The sentence of `evidence` within its text, or alone where the text is not that which it was found in.
#[must_use]
pub fn context(evidence: &Evidence, text: Option<&str>) -> Context {
    let alone = || Context { sentence: evidence.quote.clone(), ..Context::default() };
    let Some(text) = text else { return alone() };
    let offsets = CharOffsets::new(text);
    let span = Span::new(offsets.byte_of(evidence.start), offsets.byte_of(evidence.end));
    if span.of(text) != evidence.quote {
        return alone();
    }
    let (before, after) = (&text[..span.start], &text[span.end..]);
    // From the nearest beginning of a paragraph that gives enough to read.
    let starts = before.rmatch_indices('\n').map(|(i, _)| i + 1).chain([0]);
    let start = starts.take_while(|s| before.len() - s <= FAR).find(|s| before.len() - s >= NEAR || *s == 0);
    let ends = after.match_indices('\n').map(|(i, _)| i).chain([after.len()]);
    let end = ends.take_while(|e| *e <= FAR).find(|e| *e >= NEAR || *e == after.len());
    let start = start.unwrap_or_else(|| word_border(before, before.len().saturating_sub(FAR)));
    let end = end.unwrap_or_else(|| word_border(after, FAR.min(after.len())));
    let cut = |from: usize| if from > 0 && !before[..from].ends_with('\n') { "… " } else { "" };
    let rest = if after[end..].trim().is_empty() || after[end..].starts_with('\n') { "" } else { " …" };
    Context {
        before: format!("{}{}", cut(start), before[start..].trim_start()),
        sentence: evidence.quote.clone(),
        after: format!("{}{rest}", after[..end].trim_end()),
    }
}

/// The first white space at `at` or after it.
fn word_border(text: &str, at: usize) -> usize {
    let at = (at..=text.len()).find(|i| text.is_char_boundary(*i)).unwrap_or(text.len());
    text[at..].find(char::is_whitespace).map_or(text.len(), |i| at + i)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evaluate::gold::facts_of;

    const FACTS: &str = r#"{"id":"x","leaders":[{"id":"asha-odera","name":"Asha Odera","country":"KEN"}],
        "agreements":[{"type":"mou","parties":["KEN","OMN"],"status":"signed","topic":"fish\nand boats",
          "signatories":["asha-odera"],"date":"2024-05-06"},
          {"type":"mou","parties":["KEN","OMN"],"status":"planned"},
          {"type":"treaty","parties":["KEN","OMN"],"status":"signed","background":true}],
        "encounters":[{"type":"visit","countries":["KEN","OMN"],"status":"held","participants":["asha-odera"],
          "place":"Muscat"},{"type":"call","countries":["KEN","OMN"],"status":"planned"}],
        "acts":[{"actor":"OMN","recipient":"KEN","type":"AID"},{"actor":"KEN","recipient":"OMN","type":"AGREE"},
          {"actor":"KEN","recipient":"OMN","type":"ASSAULT","background":true}]}"#;

    #[test]
    fn only_what_is_done_and_news_is_judged() {
        let facts = facts_of(FACTS);
        let told = |kind| items(&facts, kind).into_iter().map(|i| i.statement).collect::<Vec<_>>();
        assert_eq!(
            told(Kind::Signed),
            ["KEN–OMN · mou, signed · “fish and boats” · signed by Asha Odera · 2024-05-06"]
        );
        assert_eq!(told(Kind::Encounters), ["KEN–OMN · visit, held · Asha Odera · in Muscat"]);
        assert_eq!(told(Kind::Acts), ["OMN → KEN · AID", "KEN–OMN · AGREE"]);
    }

    fn evidence(text: &str, quote: &str) -> Evidence {
        let start = text[..text.find(quote).unwrap()].chars().count();
        let end = start + quote.chars().count();
        Evidence { start, end, quote: quote.to_owned(), rule: "r".to_owned(), attributed_to: None }
    }

    #[test]
    fn a_sentence_stands_in_its_paragraphs() {
        let text = "Ägypten meets Oman\n\nFirst. They met. Last.\n\nNext.";
        let told = context(&evidence(text, "They met."), Some(text));
        assert_eq!(told.before, "Ägypten meets Oman\n\nFirst. ");
        assert_eq!(told.after, " Last.\n\nNext.");
        let alone = Context { sentence: "They met.".to_owned(), ..Context::default() };
        assert_eq!(context(&evidence(text, "They met."), None), alone);
        assert_eq!(context(&evidence(text, "They met."), Some("Another text, They met.")), alone);
    }

    #[test]
    fn a_long_paragraph_is_cut_between_words() {
        let text = format!("{} They met. {}", "é word".repeat(900), "wörd ".repeat(900));
        let told = context(&evidence(&text, "They met."), Some(&text));
        assert!(told.before.starts_with("… ") && told.before.len() < FAR + 20, "{}", told.before);
        assert!(told.after.ends_with(" …") && told.after.len() < FAR + 20, "{}", told.after);
    }

    proptest::proptest! {
        #[test]
        fn any_place_in_any_text_has_a_context(text in "(\\PC|\n|\u{1F600}){0,300}", start in 0..320_usize, length in 0..40_usize) {
            let quote: String = text.chars().skip(start).take(length).collect();
            let end = start + quote.chars().count();
            let evidence = Evidence { start, end, quote: quote.clone(), rule: String::new(), attributed_to: None };
            let told = context(&evidence, Some(&text));
            proptest::prop_assert_eq!(&told.sentence, &quote);
            let all = format!("{}{}{}", told.before.trim_start_matches("… "), quote, told.after.trim_end_matches(" …"));
            proptest::prop_assert!(text.contains(&all) || told.before.is_empty() && told.after.is_empty(), "{:?}", told);
        }
    }
}
