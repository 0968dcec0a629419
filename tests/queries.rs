//! Every question of the catalogue on a small graph: the table it gives, and whether another SPARQL engine, which reads the
//! file itself, gives the same rows.
//!
//! `tests/queries/NAME.txt` holds for each question the values given (`> country=SGP`) and the table expected.
//! `UPDATE_QUERIES=1` rewrites them; read the difference before you keep it.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod python;

use entente::graph::sparql::{Answer, Dump, Prepared};
use entente::knowledge::Gazetteer;
use entente::query::{Catalogue, Format, Question, Width, write};
use oxrdf::Term;
use python::{ask, engine, python};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::LazyLock;

const WORLD: &str = include_str!("queries/world.trig");

static GAZETTEER: LazyLock<Gazetteer> = LazyLock::new(|| Gazetteer::builtin().unwrap());

/// One asking of a question, and the table expected.
struct Case {
    question: Question,
    settings: Vec<(String, String)>,
    expected: String,
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn file(name: &str) -> PathBuf {
    root().join("tests/queries").join(format!("{name}.txt"))
}

/// The cases of a question; one without values where its file is not there yet.
fn cases(question: &Question) -> Vec<Case> {
    let text = std::fs::read_to_string(file(&question.name)).unwrap_or_else(|_| "> \n".to_owned());
    let mut cases: Vec<Case> = Vec::new();
    for line in text.lines() {
        if let Some(given) = line.strip_prefix('>') {
            let settings = given.split(';').filter_map(|s| s.trim().split_once('='));
            let settings = settings.map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
            cases.push(Case { question: question.clone(), settings, expected: String::new() });
        } else if let Some(case) = cases.last_mut() {
            case.expected.push_str(line);
            case.expected.push('\n');
        }
    }
    cases
}

fn all_cases() -> Vec<Case> {
    Catalogue::all(&GAZETTEER).unwrap().iter().flat_map(cases).collect()
}

impl Case {
    fn prepared(&self) -> Prepared {
        self.question.prepare(&self.settings, &GAZETTEER).unwrap_or_else(|e| panic!("{}: {e}", self.question.name))
    }

    fn given(&self) -> String {
        self.settings.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("; ")
    }

    fn table(&self) -> String {
        let answer = Dump::from_trig(WORLD).unwrap().ask(&self.prepared()).unwrap();
        let mut out = anstream::StripStream::new(Vec::new());
        write(answer, Format::Table(Width::Free), &mut out).unwrap();
        String::from_utf8(out.into_inner()).unwrap()
    }

    /// The file itself with its values exchanged, as a person would do it by hand in another engine.
    fn by_hand(&self) -> String {
        let mut text = self.question.sparql.clone();
        for slot in self.prepared().slots() {
            let begin = format!("VALUES ?{} {{", slot.name);
            let value = slot.value.map_or("UNDEF".to_owned(), |v| v.to_string());
            let parts: Vec<&str> = text.split(&begin).collect();
            let mut changed = parts[0].to_owned();
            for part in &parts[1..] {
                let (_, rest) = part.split_once('}').unwrap();
                let _ = write!(changed, "{begin} {value} }}{rest}");
            }
            text = changed;
        }
        for (_, limit) in self.settings.iter().filter(|(name, _)| name == "limit") {
            let parameter = self.question.header.parameters.iter().find(|p| p.name == "limit").unwrap();
            let default = format!("LIMIT {}\n", parameter.default.as_ref().unwrap());
            text = text.replace(&default, &format!("LIMIT {limit}\n"));
        }
        text
    }

    fn rows(&self) -> Vec<Vec<Option<Term>>> {
        match Dump::from_trig(WORLD).unwrap().ask(&self.prepared()).unwrap() {
            Answer::Boolean(value) => vec![vec![Some(oxrdf::Literal::from(value).into())]],
            Answer::Solutions(rows) => rows.map(|row| row.unwrap()).collect(),
            Answer::Triples(triples) => triples
                .map(|t| t.unwrap())
                .map(|t| vec![Some(t.subject.into()), Some(t.predicate.into()), Some(t.object)])
                .collect(),
        }
    }
}

#[test]
fn every_question_gives_its_table() {
    let update = std::env::var_os("UPDATE_QUERIES").is_some();
    let mut wrong = String::new();
    for question in Catalogue::all(&GAZETTEER).unwrap() {
        let mut written = String::new();
        for case in cases(&question) {
            let found = case.table();
            let given = case.given();
            let expected = case.expected.trim_end();
            if !update && found.trim_end() != expected {
                let _ = write!(wrong, "\n{} > {given}\nexpected:\n{expected}\nfound:\n{found}", question.name);
            }
            let _ = writeln!(written, "{}\n{found}", format!("> {given}").trim_end());
        }
        if update {
            std::fs::write(file(&question.name), written.trim_end().to_owned() + "\n").unwrap();
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn every_question_finds_something_and_leaves_something_out() {
    let mut found = BTreeSet::new();
    for case in all_cases() {
        if !case.rows().is_empty() {
            found.insert(case.question.name.clone());
        }
    }
    assert_eq!(found.into_iter().collect::<Vec<_>>(), Catalogue::names().collect::<Vec<_>>());
}

#[test]
fn every_file_of_a_table_belongs_to_a_question() {
    for entry in std::fs::read_dir(root().join("tests/queries")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|e| e == "txt") {
            let name = path.file_stem().unwrap().to_str().unwrap();
            assert!(Catalogue::names().any(|known| known == name), "{} has no question", path.display());
        }
    }
}

/// A term, so that equal values of different engines are equal: numbers by value, texts without a datatype.
fn normal(term: &Value) -> String {
    if term.is_null() {
        return "UNDEF".to_owned();
    }
    let part = |key: &str| term[key].as_str().unwrap_or_default();
    let (value, datatype) = (part("value"), part("datatype").rsplit('#').next().unwrap_or_default());
    match datatype {
        "integer" | "decimal" | "double" => format!("number {}", value.parse::<f64>().unwrap()),
        "string" | "" => format!("{} {value} {}", part("type"), part("lang")),
        _ => format!("{datatype} {value}"),
    }
}

fn json_term(term: Option<&Term>) -> Value {
    match term {
        None => Value::Null,
        Some(Term::Literal(l)) => {
            json!({"type": "literal", "value": l.value(), "datatype": l.datatype().as_str(), "lang": l.language()})
        }
        Some(Term::NamedNode(n)) => json!({"type": "uri", "value": n.as_str()}),
        Some(Term::BlankNode(_)) => json!({"type": "bnode"}),
    }
}

/// Rows of either engine, sorted: where a query's order leaves ties, engines may differ.
fn sorted(mut rows: Vec<Vec<String>>) -> Vec<Vec<String>> {
    for row in &mut rows {
        for cell in row.iter_mut() {
            // `literal TEXT LANG` of a string has no language; that of a language string has one.
            *cell = cell.trim_end().to_owned();
        }
    }
    rows.sort();
    rows
}

/// Asks every case of another engine, by a program that reads the task on stdin and prints the answers; fails where the
/// answers differ.
fn check_engine(program: &str, arguments: &[&Path]) {
    let cases = all_cases();
    let queries: Vec<String> = cases.iter().map(Case::by_hand).collect();
    let answers = ask(program, arguments, &json!({"trig": WORLD, "queries": queries}));
    let answers = answers.as_array().unwrap();
    assert_eq!(answers.len(), cases.len());
    let mut wrong = String::new();
    for (case, answer) in cases.iter().zip(answers) {
        let own = case.rows().iter().map(|r| r.iter().map(|t| normal(&json_term(t.as_ref()))).collect()).collect();
        let own = sorted(own);
        let (name, given) = (&case.question.name, case.given());
        let Some(rows) = answer["rows"].as_array() else {
            let _ = write!(wrong, "\n{name} > {given}: {}", answer["error"]);
            continue;
        };
        let other = rows.iter().map(|r| r.as_array().unwrap().iter().map(normal).collect()).collect();
        let other = sorted(other);
        if own != other {
            let _ = write!(wrong, "\n{name} > {given}\nhere:  {own:#?}\nthere: {other:#?}");
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
    assert!(cases.len() >= Catalogue::names().count());
}

/// Whether this machine's node finds Comunica (`NODE_PATH` names the folder of its packages).
fn has_comunica() -> bool {
    let probe = ["-e", "require('@comunica/query-sparql-rdfjs'); require('n3')"];
    Command::new("node").args(probe).stderr(Stdio::null()).status().is_ok_and(|status| status.success())
}

#[test]
fn comunica_gives_the_same_rows() {
    if has_comunica() {
        check_engine("node", &[&engine("comunica_engine.cjs")]);
    } else {
        let _ = writeln!(std::io::stderr(), "skipped: no node with @comunica/query-sparql-rdfjs and n3 in NODE_PATH");
    }
}

#[test]
fn rdflib_gives_the_same_rows() {
    if let Some(python) = python("rdflib") {
        check_engine(&python, &[&engine("rdflib_engine.py")]);
    }
}
