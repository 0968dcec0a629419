//! The README: its table of relations is the lexicon's, it stays short, and what it names is there.
//!
//! `UPDATE_README=1 cargo test --release --test readme` rewrites the table.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use entente::knowledge::lexicon::{Frame, FrameKind, Lexicon};
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

const BEGIN: &str = "<!-- relations: written by tests/readme.rs -->\n";
const END: &str = "<!-- end of relations -->\n";

fn file() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")
}

/// One row for each kind of relation: what it is, and the first words of its frames.
fn table() -> String {
    let lexicon = Lexicon::from_files(Lexicon::builtin_files().iter().copied()).unwrap();
    let mut rows: Vec<(String, Vec<&Frame>)> = Vec::new();
    for frame in &lexicon.frames {
        let name = match frame.kind {
            FrameKind::Act(kind) => format!("act `{kind}`"),
            FrameKind::Encounter(kind) => format!("encounter `{kind}`"),
            FrameKind::Instrument(kind) => format!("agreement `{kind}`"),
            FrameKind::Governor(status) => format!("agreement is `{status}`"),
            FrameKind::Commitment(_) => "agreement `commitment`".to_owned(),
        };
        match rows.iter_mut().find(|r| r.0 == name) {
            Some(row) => row.1.push(frame),
            None => rows.push((name, vec![frame])),
        }
    }
    let mut out = String::from("| relation | told by words such as |\n|---|---|\n");
    for (name, frames) in rows {
        let verbs = frames.iter().flat_map(|f| &f.verbs).take(5);
        let nouns = frames.iter().flat_map(|f| &f.nouns);
        // A noun that is the verb, and a second way to spell a word, tell nothing more.
        let plain = |word: &str| word.replace('-', "").replace("ise", "ize").replace('é', "e");
        let mut told = BTreeSet::new();
        let words = verbs.chain(nouns).map(ToString::to_string).filter(|word| told.insert(plain(word)));
        let words: Vec<String> = words.take(8).collect();
        writeln!(out, "| {name} | {} |", words.join(", ")).unwrap();
    }
    out
}

#[test]
fn the_relations_are_those_of_the_lexicon() {
    let text = std::fs::read_to_string(file()).unwrap();
    let (before, rest) = text.split_once(BEGIN).expect("the README marks where the table begins");
    let (told, after) = rest.split_once(END).expect("the README marks where the table ends");
    let table = table();
    if std::env::var_os("UPDATE_README").is_some() {
        std::fs::write(file(), format!("{before}{BEGIN}{table}{END}{after}")).unwrap();
        return;
    }
    assert_eq!(told, table, "run UPDATE_README=1 cargo test --release --test readme");
}

#[test]
fn it_is_short_and_its_files_are_there() {
    let text = std::fs::read_to_string(file()).unwrap();
    assert!(text.lines().count() <= 200, "{} lines", text.lines().count());
    let root = file().parent().unwrap().to_owned();
    let links = text.split("](").skip(1).filter_map(|rest| rest.split_once(')')).map(|(link, _)| link);
    for link in links.filter(|l| !l.contains("://") && !l.starts_with('#')) {
        assert!(root.join(link).exists(), "the README points to {link}, which is not there");
    }
}
