//! The specification: every case of `tests/spec/*.md` as a test of its own, against the whole engine.
//!
//! Cases that fail today stand in `tests/spec/known-gaps.txt` with the lines that do not hold, so that every change of
//! behavior, for better or worse, shows as a change of that file. Rewrite it with
//! `UPDATE_KNOWN_GAPS=1 cargo test --release --test spec`.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod notation;

use entente::evaluate::cases::read_spec;
use notation::{Case, Suite};
use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    let mut suite = Suite { test: "spec", gaps: "tests/spec/known-gaps.txt", ..Suite::default() };
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/spec");
    let names = std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<String> = names.filter(|n| n.ends_with(".md") && n != "README.md").collect();
    names.sort();
    for name in names {
        read_file(&name, &mut suite);
    }
    suite.run()
}

/// Adds the cases of a file to the suite, and what is wrong with it.
fn read_file(name: &str, suite: &mut Suite) {
    let file = format!("tests/spec/{name}");
    let text = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(&file)).unwrap();
    let (cases, faults) = read_spec(name, &text);
    suite.faults.extend(faults.into_iter().map(|(line, fault)| format!("{file}:{line}: {fault}")));
    for case in cases {
        let place = format!("{file}:{}", case.line);
        if suite.cases.iter().any(|c| c.told.id == case.id) {
            suite.faults.push(format!("{place}: there are two cases of this name"));
        } else {
            suite.cases.push(Case { group: name.into(), place, told: case });
        }
    }
}
