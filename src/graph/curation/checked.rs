//! Whether a decision can be: what comes from a file or a command line is checked whole before anything is written.

use super::{Assertion, Decision, Mark, Verdict, instant, text, written};
use crate::graph::mint;
use crate::graph::rows::EventKind;
use crate::knowledge::PartialDate;
use crate::knowledge::vocab::{ActType, AgreementStatus, AgreementType, EncounterStatus, EncounterType, SECTORS};
use chrono::Timelike as _;
use std::collections::BTreeSet;
use std::fmt::Display;

/// Hexadecimal digits of the hash of a fact or decision.
const DIGITS: usize = 20;

/// What is wrong with a decision.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum DecisionError {
    /// A text that must not be empty is.
    #[error("`{0}` must not be empty")]
    Empty(&'static str),
    /// The time is none.
    #[error("`{0}` is no time; expected a day and time such as 2025-11-02T09:30:00Z")]
    Time(String),
    /// The decision is about too few things.
    #[error("`{word}` needs at least {least} {of}")]
    TooFew {
        /// `merge`, `reject` …
        word: &'static str,
        /// How many it needs.
        least: usize,
        /// Of what.
        of: &'static str,
    },
    /// A report is named in a way that no report is.
    #[error("a report has {what} `{found}`; expected {expected}")]
    Mark {
        /// Which part of it.
        what: &'static str,
        /// What is there.
        found: String,
        /// What can be.
        expected: &'static str,
    },
    /// An agreement and an encounter, say, are to be one event.
    #[error("agreements, encounters and acts are never one event")]
    Kinds,
    /// A report is to leave and to stay.
    #[error("the report `{0}` cannot leave the event and stay with it")]
    Both(String),
    /// An IRI that is none of a leader or party.
    #[error("`{iri}` is the IRI of no {of}")]
    Iri {
        /// The IRI.
        iri: String,
        /// `leader` or `leader or party`.
        of: &'static str,
    },
    /// The event is of no kind.
    #[error("`{0}` is no kind of event; the kinds are agreement, encounter and act")]
    Kind(String),
    /// A text cannot stand among others.
    #[error("`{what}` {flaw}")]
    Text {
        /// Which.
        what: &'static str,
        /// What is wrong with it.
        flaw: String,
    },
    /// A word is not of its vocabulary.
    #[error("`{word}` is no {what}; there are {}", .known.join(", "))]
    Term {
        /// The word.
        word: String,
        /// `status of an agreement`.
        what: &'static str,
        /// The words that can be.
        known: Vec<String>,
    },
    /// A value that events of this kind do not have.
    #[error("an {about} has no {what}")]
    Unfit {
        /// Kind of the event.
        about: String,
        /// Which value.
        what: &'static str,
    },
    /// Not the parties that such a fact needs.
    #[error("an {about} needs {needs}, not {}", if .found.is_empty() { "none".to_owned() } else { .found.join(", ") })]
    Parties {
        /// Kind of the event.
        about: String,
        /// What it needs.
        needs: &'static str,
        /// The codes given.
        found: Vec<String>,
    },
    /// No date.
    #[error("`{0}` is no date: YYYY, YYYY-MM or YYYY-MM-DD")]
    Date(String),
    /// No sector.
    #[error("`{slug}` is no sector; the sectors are {}", SECTORS.join(", "))]
    Sector {
        /// What is given as one.
        slug: String,
    },
    /// Not `parties` or `type`.
    #[error("`{0}` is nothing that an assertion can repeat: parties or type")]
    Repeats(String),
}

impl Decision {
    /// The decision, with its lists in order and its time in UTC, where it can be one.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn checked(self) -> Result<Self, DecisionError> {
        plain("by", &self.by, text::NAME)?;
        plain("why", &self.why, text::REASON)?;
        // A leap second is none of `xsd:dateTime`.
        let at = instant(&self.at).filter(|time| time.nanosecond() < 1_000_000_000);
        let at = at.map(written).ok_or(DecisionError::Time(self.at))?;
        let decision = Self::new(&self.by, &self.why, &at, self.verdict);
        check(&decision.verdict)?;
        Ok(decision)
    }
}

fn check(verdict: &Verdict) -> Result<(), DecisionError> {
    let few = |least, of| DecisionError::TooFew { word: verdict.word(), least, of };
    let least = |marks: &[Mark], number| if marks.len() < number { Err(few(number, "reports")) } else { Ok(()) };
    verdict.marks().into_iter().try_for_each(mark)?;
    match verdict {
        Verdict::Merge { reports } => {
            least(reports, 2)?;
            one_kind(reports.iter().map(|mark| mark.about.as_str()))
        }
        Verdict::Split { reports, from } => {
            least(reports, 1)?;
            least(from, 1)?;
            let both = reports.iter().find(|mark| from.iter().any(|kept| kept.fact == mark.fact));
            both.map_or(Ok(()), |mark| Err(DecisionError::Both(mark.fact.clone())))
        }
        Verdict::Reject { reports } => least(reports, 1),
        Verdict::Rename { reports, name } => {
            least(reports, 1)?;
            named(name)
        }
        Verdict::MergeLeaders { leaders } => match leaders.iter().find(|iri| !is_leader(iri)) {
            Some(iri) => Err(DecisionError::Iri { iri: iri.clone(), of: "leader" }),
            None if leaders.len() < 2 => Err(few(2, "leaders")),
            None => Ok(()),
        },
        Verdict::RenameAgent { agent, name } => {
            let is_party =
                mint::code_of(agent).is_some_and(|(code, country)| mint::party(&code, country).as_str() == agent);
            if !is_party && !is_leader(agent) {
                return Err(DecisionError::Iri { iri: agent.clone(), of: "leader or party" });
            }
            named(name)
        }
        Verdict::Assert { fact } => {
            one_kind(fact.of.iter().map(|mark| mark.about.as_str()).chain([fact.about.as_str()]))?;
            assertion(fact)
        }
    }
}

fn named(name: &str) -> Result<(), DecisionError> {
    plain("name", name, text::NAME)
}

/// A text that is there, and can stand in a line among others.
fn plain(what: &'static str, given: &str, most: usize) -> Result<(), DecisionError> {
    if given.trim().is_empty() {
        return Err(DecisionError::Empty(what));
    }
    text::flaw(given.trim(), most).map_or(Ok(()), |flaw| Err(DecisionError::Text { what, flaw }))
}

fn one_kind<'a>(kinds: impl Iterator<Item = &'a str>) -> Result<(), DecisionError> {
    if kinds.collect::<BTreeSet<_>>().len() > 1 { Err(DecisionError::Kinds) } else { Ok(()) }
}

fn is_leader(iri: &str) -> bool {
    mint::local(iri, "leader")
        .is_some_and(|local| !local.is_empty() && local.bytes().all(|b| b.is_ascii_alphanumeric()))
}

fn is_hash(text: &str) -> bool {
    text.len() == DIGITS && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
}

fn mark(mark: &Mark) -> Result<(), DecisionError> {
    let wrong = |what, found: String, expected| Err(DecisionError::Mark { what, found, expected });
    if mark.article.is_empty() || mark.article.strip_prefix("decision/").is_some_and(|hash| !is_hash(hash)) {
        return wrong("the article", mark.article.clone(), "an article's id, or decision/ and twenty digits");
    }
    if EventKind::from_word(&mark.about).is_none() {
        return Err(DecisionError::Kind(mark.about.clone()));
    }
    if !is_hash(&mark.fact) {
        return wrong("the fact", mark.fact.clone(), "twenty hexadecimal digits");
    }
    if mark.start > mark.end {
        return wrong("the place", format!("{}-{}", mark.start, mark.end), "a start before its end");
    }
    Ok(())
}

/// Terms of the closed vocabularies, dates of the calendar, and only values that events of the kind have.
fn assertion(fact: &Assertion) -> Result<(), DecisionError> {
    let (kind, status) = (fact.event_type.as_str(), fact.status.as_deref());
    match EventKind::from_word(&fact.about) {
        Some(EventKind::Agreement) => {
            term("type of agreement", Some(kind), AgreementType::ALL)?;
            term("status of an agreement", status, AgreementStatus::ALL)?;
        }
        Some(EventKind::Encounter) => {
            term("type of encounter", Some(kind), EncounterType::ALL)?;
            term("status of an encounter", status, EncounterStatus::ALL)?;
        }
        Some(EventKind::Act) => term("type of act", Some(kind), ActType::ALL)?,
        None => return Err(DecisionError::Kind(fact.about.clone())),
    }
    let about = fact.about.as_str();
    for (what, given, kind) in [
        ("topic", fact.topic.is_some(), "agreement"),
        ("sectors", !fact.sectors.is_empty(), "agreement"),
        ("place", fact.place.is_some(), "encounter"),
    ] {
        if given && about != kind {
            return Err(DecisionError::Unfit { about: about.to_owned(), what });
        }
    }
    if about == "act" && status.is_some() {
        return Err(DecisionError::Unfit { about: about.to_owned(), what: "status" });
    }
    for (what, given) in [("topic", &fact.topic), ("place", &fact.place)] {
        given.as_ref().map_or(Ok(()), |given| plain(what, given, text::NAME))?;
    }
    if let Some(date) = fact.date.as_deref().filter(|date| PartialDate::parse(date).is_none()) {
        return Err(DecisionError::Date(date.to_owned()));
    }
    if let Some(sector) = fact.sectors.iter().find(|slug| !SECTORS.contains(&slug.as_str())) {
        return Err(DecisionError::Sector { slug: sector.clone() });
    }
    if let Some(odd) = fact.repeats.iter().find(|what| !matches!(what.as_str(), "parties" | "type")) {
        return Err(DecisionError::Repeats(odd.clone()));
    }
    parties(fact)
}

/// Whether a word, where there is one, is of its vocabulary.
fn term<T: Copy + Display>(what: &'static str, word: Option<&str>, all: &[T]) -> Result<(), DecisionError> {
    let known = || all.iter().map(ToString::to_string);
    match word.filter(|word| known().all(|term| term != *word)) {
        None => Ok(()),
        Some(word) => Err(DecisionError::Term { word: word.to_owned(), what, known: known().collect() }),
    }
}

fn parties(fact: &Assertion) -> Result<(), DecisionError> {
    fact.parties.iter().try_for_each(|code| plain("parties", code, text::NAME))?;
    let distinct: BTreeSet<&String> = fact.parties.iter().collect();
    // An encounter that an article tells of may name one party only.
    let repeated = fact.about == "encounter" && fact.repeats.iter().any(|what| what == "parties");
    let (enough, needs) = match fact.about.as_str() {
        "act" => (distinct.len() == 2 && fact.parties.len() == 2, "two different parties"),
        _ => (distinct.len() >= if repeated { 1 } else { 2 }, "at least two different parties"),
    };
    if enough {
        return Ok(());
    }
    let found = distinct.into_iter().cloned().collect();
    Err(DecisionError::Parties { about: fact.about.clone(), needs, found })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The record with this verdict and time, as it comes from a file.
    fn told(at: &str, verdict: &str) -> Result<Decision, DecisionError> {
        let text = format!("{{\"by\":\"Ada\",\"why\":\"so\",\"at\":\"{at}\",{verdict}}}");
        serde_json::from_str::<Decision>(&text).unwrap().checked()
    }

    const AT: &str = "2025-11-20T09:30:00Z";

    fn mark(article: &str, about: &str, fact: &str) -> String {
        format!(r#"{{"article":"{article}","about":"{about}","fact":"{fact}","start":0,"end":9}}"#)
    }

    fn reports(word: &str, marks: &[String]) -> String {
        format!(r#""decides":"{word}","reports":[{}]"#, marks.join(","))
    }

    fn fact(about: &str, kind: &str, parties: &str, more: &str) -> String {
        format!(r#""decides":"assert","fact":{{"about":"{about}","event_type":"{kind}","parties":[{parties}]{more}}}"#)
    }

    #[track_caller]
    fn refused(verdict: &str, message: &str) {
        let error = told(AT, verdict).unwrap_err().to_string();
        assert!(error.contains(message), "{error}");
    }

    const A: &str = "aaaaaaaaaaaaaaaaaaaa";
    const B: &str = "bbbbbbbbbbbbbbbbbbbb";

    #[test]
    fn what_can_be_decided_passes() {
        let two = [mark("a", "act", A), mark(&format!("decision/{B}"), "act", B)];
        told(AT, &reports("merge", &two)).unwrap();
        let agreed = fact("agreement", "mou", r#""KOR","SGP""#, r#","status":"signed","sectors":["trade"]"#);
        told(AT, &agreed).unwrap();
        told(AT, &fact("act", "SUPPORT", r#""SGP","KOR""#, "")).unwrap();
        told(AT, r#""decides":"rename-agent","agent":"https://w3id.org/entente/id/organization/A%2BB","name":"x""#)
            .unwrap();
        assert_eq!(told("2025-11-20T18:30:00.5+09:00", &agreed).unwrap().at, "2025-11-20T09:30:00.500Z");
    }

    #[test]
    fn a_bad_time_is_told() {
        for at in ["yesterday", "2025-11-20", "", "2025-13-01T00:00:00Z", "2016-12-31T23:59:60Z"] {
            let error = told(at, &reports("reject", &[mark("a", "act", A)])).unwrap_err();
            assert_eq!(error, DecisionError::Time(at.into()));
        }
    }

    #[test]
    fn marks_and_iris_are_checked() {
        refused(&reports("merge", &[]), "`merge` needs at least 2 reports");
        refused(&reports("merge", &[mark("a", "act", A), mark("a", "act", A)]), "`merge` needs at least 2 reports");
        refused(&reports("reject", &[]), "`reject` needs at least 1 reports");
        refused(&reports("merge", &[mark("a", "act", A), mark("a", "encounter", B)]), "never one event");
        refused(&reports("reject", &[mark("a", "deed", A)]), "`deed` is no kind of event");
        refused(&reports("reject", &[mark("decision/> <x", "act", A)]), "decision/ and twenty digits");
        refused(&reports("reject", &[mark("a", "act", "x y")]), "twenty hexadecimal digits");
        refused(r#""decides":"merge-leaders","leaders":["urn:a b>","urn:c"]"#, "`urn:a b>` is the IRI of no leader");
        refused(r#""decides":"rename-agent","agent":"no iri","name":"x""#, "no leader or party");
        refused(
            r#""decides":"rename-agent","agent":"https://w3id.org/entente/id/country/A B","name":"x""#,
            "no leader or party",
        );
    }

    #[test]
    fn facts_are_checked() {
        let two = r#""KOR","SGP""#;
        refused(&fact("deed", "mou", two, ""), "`deed` is no kind of event");
        refused(&fact("agreement", "mou", two, r#","status":"held""#), "held");
        refused(&fact("agreement", "mou", two, r#","place":"Seoul""#), "an agreement has no place");
        refused(&fact("encounter", "visit", two, r#","topic":"x""#), "an encounter has no topic");
        refused(&fact("act", "SUPPORT", two, r#","status":"signed""#), "an act has no status");
        refused(&fact("agreement", "mou", two, r#","date":"June""#), "`June` is no date");
        refused(&fact("agreement", "mou", two, r#","sectors":["a b>"]"#), "`a b>` is no sector");
        refused(&fact("agreement", "mou", r#""KOR","KOR""#, ""), "at least two different parties, not KOR");
        refused(&fact("act", "CONSULT", r#""KOR","KOR""#, ""), "two different parties, not KOR");
        refused(&fact("encounter", "visit", "", ""), "not none");
    }

    #[test]
    fn an_unknown_word_is_told_with_those_that_can_be() {
        let signed = fact("agreement", "mou", r#""KOR","SGP""#, r#","status":"held""#);
        refused(&signed, "`held` is no status of an agreement; there are signed, agreed, in-force, ");
        refused(&fact("encounter", "picnic", r#""KOR","SGP""#, ""), "no type of encounter; there are meeting, ");
    }

    #[test]
    fn texts_that_would_change_what_is_around_them_are_refused() {
        let rename = |name: &str| {
            format!(r#""decides":"rename-agent","agent":"https://w3id.org/entente/id/organization/A","name":"{name}""#)
        };
        told(AT, &rename("Forum — “X”")).unwrap();
        refused(&rename("a\\nb"), "`name` has a line break (U+000A) as its character 2");
        refused(&rename("a\\u202eb"), "`name` has a sign that turns the direction");
        refused(&rename(&"x".repeat(301)), "`name` has 301 characters, of which at most 300");
        let by = |by: &str, why: &str| {
            let fact = fact("act", "SUPPORT", r#""SGP","KOR""#, "");
            let text = format!(r#"{{"by":"{by}","why":"{why}","at":"{AT}",{fact}}}"#);
            serde_json::from_str::<Decision>(&text).unwrap().checked().map(drop).map_err(|e| e.to_string())
        };
        assert_eq!(by("Ada", "so"), Ok(()));
        assert!(by("Eve\\nBob", "so").unwrap_err().starts_with("`by` has a line break"));
        assert!(by("Ada", "\\u001b[2J").unwrap_err().starts_with("`why` has a control character"));
        assert!(by("Ada", &"x".repeat(2_001)).unwrap_err().contains("at most 2000"));
    }

    #[test]
    fn what_both_do_has_no_first() {
        let consult = |parties| told(AT, &fact("act", "CONSULT", parties, "")).unwrap().verdict;
        assert_eq!(consult(r#""SGP","KOR""#), consult(r#""KOR","SGP""#));
    }
}
