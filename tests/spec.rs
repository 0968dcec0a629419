//! The specification: every case of `tests/spec/*.md` as a test of its own, against the whole engine.
//!
//! Cases that fail today stand in `tests/spec/known-gaps.txt` with the lines that do not hold, so that every change of
//! behavior, for better or worse, shows as a change of that file. Rewrite it with
//! `UPDATE_KNOWN_GAPS=1 cargo test --release --test spec`.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod notation;

use chrono::NaiveDate;
use notation::{Case, Expectation, Fault, Suite};
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
    let lines: Vec<(usize, &str)> = text.lines().enumerate().map(|(i, line)| (i + 1, line)).collect();
    let starts: Vec<usize> = (0..lines.len()).filter(|i| lines[*i].1.starts_with("## ")).collect();
    if !text.starts_with("# ") || starts.is_empty() {
        suite.faults.push(format!("{file}:1: expected a title (`# …`) and cases (`## …`)"));
    }
    for (n, start) in starts.iter().enumerate() {
        let end = starts.get(n + 1).copied().unwrap_or(lines.len());
        match read_case(name, &lines[*start..end]) {
            Ok(case) if suite.cases.iter().any(|c| c.id == case.id) => {
                suite.faults.push(format!("{}: there are two cases of this name", case.place));
            }
            Ok(case) => suite.cases.push(case),
            Err((line, fault)) => suite.faults.push(format!("{file}:{line}: {fault}")),
        }
    }
}

/// One case: heading, prose, quoted lines, list, in this order.
fn read_case(file: &str, lines: &[(usize, &str)]) -> Result<Case, (usize, Fault)> {
    let (start, heading) = lines[0];
    let mut quoted = Vec::new();
    let mut expected: Vec<Expectation> = Vec::new();
    for &(n, line) in &lines[1..] {
        if let Some(text) = line.strip_prefix('>') {
            if !expected.is_empty() {
                return Err((n, "the text stands before the list".into()));
            }
            if !text.is_empty() && !text.starts_with(' ') {
                return Err((n, "a space is missing after `>`".into()));
            }
            quoted.push((n, text.trim()));
        } else if let Some(item) = line.strip_prefix("- ") {
            expected.push(item.parse().map_err(|fault| (n, fault))?);
        } else if !line.trim().is_empty() && (!quoted.is_empty() || !expected.is_empty()) {
            return Err((n, format!("neither text (`> …`) nor expectation (`- …`): `{line}`")));
        }
    }
    if expected.is_empty() {
        return Err((start, "nothing is expected".into()));
    }
    let (published, title, body) = read_text(start, &quoted)?;
    let id = format!("{file}#{}", heading[3..].trim());
    Ok(Case { id, group: file.into(), place: format!("tests/spec/{file}:{start}"), title, body, published, expected })
}

/// The quoted lines: date of publication, headline, paragraphs.
fn read_text(start: usize, quoted: &[(usize, &str)]) -> Result<(NaiveDate, String, String), (usize, Fault)> {
    let (&(n, first), rest) = quoted.split_first().ok_or((start, "there is no text".to_owned()))?;
    let date = first.strip_prefix("date: ").and_then(|d| d.parse().ok());
    let published = date.ok_or_else(|| (n, format!("expected `date: YYYY-MM-DD`, found `{first}`")))?;
    let (title, rest) = match rest.split_first() {
        Some(((_, line), after)) if line.starts_with("# ") => (line[2..].trim().to_owned(), after),
        _ => (String::new(), rest),
    };
    if let Some((n, _)) = rest.iter().find(|(_, line)| line.starts_with('#')) {
        return Err((*n, "the headline is the first line of the text".into()));
    }
    let body = rest.iter().map(|(_, line)| *line).collect::<Vec<_>>().join("\n").trim().to_owned();
    if title.is_empty() && body.is_empty() {
        return Err((n, "there is no text after the date".into()));
    }
    Ok((published, title, body))
}
