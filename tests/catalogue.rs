//! The page of the catalogue, `docs/queries.md`: written from the questions themselves and their answers on the graph of the
//! seed articles, and held to be current.
//!
//! `UPDATE_QUERIES_PAGE=1 cargo test --release --test catalogue` rewrites it.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use entente::article::{ReadOptions, read_paths};
use entente::facts::Extractor;
use entente::graph::sparql::{Answer, Prepared};
use entente::graph::{RunInfo, Store};
use entente::knowledge::Gazetteer;
use entente::query::{Catalogue, Parameter, Question, Theme, compact};
use oxrdf::Term;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// Rows of an answer that are shown.
const ROWS: usize = 4;
/// Characters of a cell that are shown.
const WIDTH: usize = 60;

const INTRODUCTION: &str = "# The catalogue of questions\n\n\
    <!-- written by tests/catalogue.rs from queries/*.rq; change those, then run\n     \
    UPDATE_QUERIES_PAGE=1 cargo test --release --test catalogue -->\n\n\
    Each question is a SPARQL 1.1 file that other engines understand too (they read what `entente export --format trig`\n\
    writes). `entente queries` lists them, `entente queries NAME` shows one, and `entente query NAME --set PARAMETER=VALUE`\n\
    asks it; `entente completions SHELL` has the shell complete names, parameters, and codes of countries. Countries and\n\
    organizations may be given by code, name or demonym. How long each takes on a large store: [benchmarks](benchmarks.md).\n\n\
    The answers below are those of the [seed articles](../seeds/articles) (`entente build seeds/articles`), cut to a few rows\n\
    and to cells of sixty characters.\n";

fn page() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/queries.md")
}

/// The graph that `make demo` builds.
fn seeds() -> Store {
    let extractor = Extractor::builtin().unwrap();
    let mut store = Store::in_memory().unwrap();
    store.refer(extractor.knowledge()).unwrap();
    let run = RunInfo { version: String::new(), knowledge: String::new(), settings: String::new() };
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds/articles");
    for article in read_paths(&[folder], ReadOptions::default()) {
        store.add(&extractor.facts(&article.unwrap()), &run).unwrap();
    }
    store.settle().unwrap();
    store
}

fn cell(term: Option<&Term>) -> String {
    let text = term.map(compact).unwrap_or_default();
    let mut shown: String = text.chars().take(WIDTH).collect();
    if text.chars().count() > WIDTH {
        shown = shown.trim_end().to_owned() + "…";
    }
    shown.replace('|', "\\|").replace('<', "&lt;")
}

fn table(store: &Store, query: &Prepared) -> String {
    let mut out = String::new();
    match store.ask(query).unwrap() {
        Answer::Boolean(value) => writeln!(out, "Answer: {value}").unwrap(),
        Answer::Triples(triples) => writeln!(out, "Answer: {} triples, as Turtle.", triples.count()).unwrap(),
        Answer::Solutions(solutions) => {
            let columns: Vec<String> = solutions.columns().iter().map(|c| c.as_str().to_owned()).collect();
            let rows: Vec<Vec<Option<Term>>> = solutions.map(Result::unwrap).collect();
            if rows.is_empty() {
                return "Answer on the seed articles: none.\n".to_owned();
            }
            writeln!(out, "| {} |\n|{}", columns.join(" | "), "---|".repeat(columns.len())).unwrap();
            for row in rows.iter().take(ROWS) {
                let cells: Vec<String> = row.iter().map(|term| cell(term.as_ref())).collect();
                writeln!(out, "| {} |", cells.join(" | ")).unwrap();
            }
            if rows.len() > ROWS {
                writeln!(out, "\n… of {} rows.", rows.len()).unwrap();
            }
        }
    }
    out
}

fn parameter(parameter: &Parameter) -> String {
    let Parameter { name, kind, open, default, meaning, .. } = parameter;
    let needed = if *open { "needed, or `any`" } else { "needed" };
    let default = default.as_ref().map_or(needed.to_owned(), |d| format!("default `{d}`"));
    let values = kind.values();
    let values = if values.is_empty() || values.len() > 12 {
        String::new()
    } else {
        format!("; one of `{}`", values.join("`, `"))
    };
    format!("- `{name}` ({}, {default}): {meaning}{values}", kind.as_str())
}

fn section(question: &Question, store: &Store, gazetteer: &Gazetteer) -> String {
    let (name, header) = (&question.name, &question.header);
    let mut out = format!("\n### {}\n\n[`{name}`](../queries/{name}.rq): {}\n\n", header.title, header.answers);
    for one in &header.parameters {
        writeln!(out, "{}", parameter(one)).unwrap();
    }
    let query = question.prepare(&question.example_values(), gazetteer).unwrap();
    write!(out, "\n```sh\n{}\n```\n\n{}", question.example(), table(store, &query)).unwrap();
    out
}

fn written() -> String {
    let (store, gazetteer) = (seeds(), Gazetteer::builtin().unwrap());
    let questions = Catalogue::all(&gazetteer).unwrap();
    let about = |theme: Theme| questions.iter().filter(move |q| q.header.theme == Some(theme));
    let mut out = format!("{INTRODUCTION}\n| theme | questions |\n|---|---|\n");
    for theme in Theme::ALL {
        let names: Vec<String> = about(*theme).map(|q| format!("`{}`", q.name)).collect();
        writeln!(out, "| {} (`{}`) | {} |", theme.title(), theme.as_str(), names.join(", ")).unwrap();
    }
    for theme in Theme::ALL {
        writeln!(out, "\n## {}", theme.title()).unwrap();
        about(*theme).for_each(|question| out.push_str(&section(question, &store, &gazetteer)));
    }
    out
}

#[test]
fn the_page_is_that_of_the_questions() {
    let written = written();
    if std::env::var_os("UPDATE_QUERIES_PAGE").is_some() {
        std::fs::write(page(), &written).unwrap();
    }
    let told = std::fs::read_to_string(page()).unwrap_or_default();
    let differs = written.lines().zip(told.lines()).position(|(a, b)| a != b);
    let line = differs.unwrap_or_else(|| written.lines().count().min(told.lines().count())) + 1;
    assert!(
        told == written,
        "docs/queries.md differs from line {line}: run UPDATE_QUERIES_PAGE=1 cargo test --release --test catalogue"
    );
}
