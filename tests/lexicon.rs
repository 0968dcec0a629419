//! The examples of the lexicon: each sentence gives the facts it claims, each near miss gives none, one test each.
//!
//! Sentences that fail today stand in `tests/lexicon-gaps.txt`; rewrite it with
//! `UPDATE_KNOWN_GAPS=1 cargo test --release --test lexicon`.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod notation;

use entente::evaluate::cases::of_frame;
use entente::knowledge::lexicon::{Frame, FrameKind, Lexicon};
use notation::{Case, Suite};
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
    let (cases, faults) = of_frame(frame);
    suite.faults.extend(faults.into_iter().map(|(sentence, fault)| format!("{}: {fault}", at(&sentence))));
    suite.cases.extend(cases.into_iter().map(|told| Case { group: file.to_owned(), place: at(&told.body), told }));
}
