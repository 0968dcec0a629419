//! The examples of the lexicon: each sentence gives the facts it claims, each near miss gives none, one test each.
//!
//! Sentences that fail today stand in `tests/lexicon-gaps.txt`; rewrite it with
//! `UPDATE_KNOWN_GAPS=1 cargo test --release --test lexicon`.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod notation;

use chrono::NaiveDate;
use entente::knowledge::lexicon::{Frame, FrameKind, Lexicon};
use notation::{Case, Expectation, Suite};
use std::process::ExitCode;

fn main() -> ExitCode {
    let mut suite = Suite { test: "lexicon", gaps: "tests/lexicon-gaps.txt", ..Suite::default() };
    for (name, text) in Lexicon::builtin_files() {
        let file = format!("ontology/lexicon/{name}");
        for frame in &Lexicon::from_files([(*name, *text)]).unwrap().frames {
            add(frame, &file, text, &mut suite);
        }
    }
    suite.run()
}

/// Adds the sentences of a frame, and what it lacks.
fn add(frame: &Frame, file: &str, text: &str, suite: &mut Suite) {
    let at = |words: &str| format!("{file}:{}", text.lines().position(|l| l.contains(words)).map_or(1, |n| n + 1));
    let place = at(&format!("name = \"{}\"", frame.name));
    let needs_examples = !matches!(frame.kind, FrameKind::Instrument(_));
    if needs_examples && (frame.examples.len() < 2 || frame.near_misses.is_empty()) {
        suite.faults.push(format!("{place}: `{}` needs two examples and a near miss", frame.name));
    }
    let case = |sentence: &str, expected| Case {
        id: format!("{}#{sentence}", frame.name),
        group: file.to_owned(),
        place: at(sentence),
        title: String::new(),
        body: sentence.to_owned(),
        // A Wednesday: weekdays before and after it lie in the same week.
        published: NaiveDate::from_ymd_opt(2024, 5, 15).unwrap(),
        expected,
    };
    for example in &frame.examples {
        match example.expect.iter().map(|line| line.parse()).collect::<Result<Vec<Expectation>, _>>() {
            Ok(expected) if expected.is_empty() => {
                suite.faults.push(format!("{}: nothing is expected", at(&example.text)))
            }
            Ok(expected) => suite.cases.push(case(&example.text, expected)),
            Err(fault) => suite.faults.push(format!("{}: {fault}", at(&example.text))),
        }
    }
    for sentence in &frame.near_misses {
        suite.cases.push(case(sentence, vec!["none".parse().unwrap()]));
    }
}
