//! Reads `tests/clusters`, and scores what is put together against what belongs together.

use entente::article::{ReadOptions, read_paths};
use entente::facts::{Extractor, Facts};
use entente::graph::{EventFilter, RdfFormat, RunInfo, Store};
use entente::knowledge::Knowledge;
use entente::resolve::judge::Judge;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::path::Path;

/// One report: which event it is of, and what it tells.
#[derive(Debug, Clone)]
pub(crate) struct Report {
    /// The event.
    pub(crate) key: String,
    /// Whether the event is easily taken for another.
    pub(crate) confusable: bool,
    /// Article id.
    pub(crate) id: String,
    /// Kind of event.
    pub(crate) kind: String,
    line: String,
}

fn read(file: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/clusters").join(file)).unwrap()
}

/// The reports with which the rules were made.
pub(crate) const SEEN: [&str; 3] = ["claims-agreements.md", "claims-encounters.md", "claims-acts.md"];
/// The reports that were written after them.
pub(crate) const UNSEEN: [&str; 1] = ["claims-unseen.md"];

/// The reports of these files.
pub(crate) fn claims(files: &[&str]) -> Vec<Report> {
    let mut reports = Vec::new();
    for file in files {
        let (mut key, mut confusable, mut number) = (String::new(), false, 0);
        for line in read(file).lines() {
            if let Some(heading) = line.strip_prefix("## ") {
                let (name, rest) = heading.split_once(" (").unwrap_or((heading, ""));
                (key, confusable, number) = (name.to_owned(), rest.starts_with("confusable"), 0);
            } else if let Some(claim) = line.strip_prefix("- ") {
                number += 1;
                let cells: Vec<&str> = claim.split('|').map(str::trim).collect();
                assert!(cells.len() == 6, "{file}: {line}");
                let kind = cells[1].split(' ').next().unwrap().to_owned();
                let own = format!("{key}#{number}");
                let id = values(cells[4]).get("in").cloned().unwrap_or(own);
                reports.push(Report { key: key.clone(), confusable, id, kind, line: claim.to_owned() });
            }
        }
    }
    reports
}

fn values(cell: &str) -> BTreeMap<String, String> {
    let pairs = cell.split(';').filter_map(|part| part.trim().split_once('='));
    pairs.map(|(key, value)| (key.to_owned(), value.to_owned())).collect()
}

/// The facts of an article for each report.
pub(crate) fn claims_of(reports: &[Report]) -> Vec<Facts> {
    let mut by_article: BTreeMap<&str, Vec<&Report>> = BTreeMap::new();
    for report in reports {
        by_article.entry(&report.id).or_default().push(report);
    }
    by_article.into_values().map(|reports| facts_of(&reports)).collect()
}

fn facts_of(reports: &[&Report]) -> Facts {
    let mut facts = json!({"agreements": [], "encounters": [], "acts": [], "leaders": []});
    let mut published = String::new();
    for (at, report) in reports.iter().enumerate() {
        let cells: Vec<&str> = report.line.split('|').map(str::trim).collect();
        let values = values(cells[4]);
        published = cells[0].to_owned();
        let words: Vec<&str> = cells[1].split(' ').collect();
        let parties: Vec<&str> = cells[2].split(' ').collect();
        let mut sorted = parties.clone();
        sorted.sort_unstable();
        let (date, basis) = cells[3].split_once(' ').map_or((None, None), |(d, b)| (Some(d), Some(b)));
        let list = |key: &str| -> Vec<String> {
            values.get(key).map(|v| v.split(',').map(|s| s.trim().to_owned()).collect()).unwrap_or_default()
        };
        let mut who = Vec::new();
        for person in list("who") {
            let parts: Vec<&str> = person.split('/').collect();
            let id = parts[0].to_lowercase().replace([' ', '.'], "-");
            push(
                &mut facts,
                "leaders",
                json!({"id": id, "name": parts[0], "country": parts[1], "office": parts[2],
                "mentions": []}),
            );
            who.push(id);
        }
        let start = 1000 * at;
        let evidence = json!([{"start": start, "end": start + cells[5].chars().count(), "quote": cells[5],
            "rule": "test/claim"}]);
        let mut fact = json!({"id": "x", "type": words[1], "date": date, "date_basis": basis, "confidence": 0.8,
            "background": values.contains_key("recalled"), "evidence": evidence});
        let more = match words[0] {
            "agreement" => json!({"parties": sorted, "status": words[2], "topic": values.get("topic"),
                "sectors": list("sectors"), "signatories": []}),
            "encounter" => json!({"countries": sorted, "status": words[2], "participants": who,
                "place": values.get("place")}),
            _ => json!({"actor": parties[0], "recipient": parties[1]}),
        };
        fact.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        push(&mut facts, &format!("{}s", words[0]), fact);
    }
    facts["article"] = json!({"id": reports[0].id, "title": reports[0].id, "published": published, "source": null,
        "language": "en", "sha256": "0".repeat(64)});
    serde_json::from_value(facts).unwrap_or_else(|e| panic!("{}: {e}", reports[0].line))
}

fn push(facts: &mut Value, list: &str, value: Value) {
    facts[list].as_array_mut().unwrap().push(value);
}

/// The articles of `articles.md`, read by the extractor.
pub(crate) fn articles() -> Vec<(Report, Facts)> {
    let extractor = Extractor::new(Knowledge::builtin().unwrap(), Judge::builtin().unwrap());
    let text = read("articles.md");
    let folder = tempfile::tempdir().unwrap();
    let mut out = Vec::new();
    for (at, part) in text.split("\n### ").skip(1).enumerate() {
        let (heading, body) = part.split_once('\n').unwrap();
        let (key, kind) = heading.split_once(' ').unwrap();
        let file = folder.path().join(format!("{key}-{at}.txt"));
        std::fs::write(&file, body.trim_start()).unwrap();
        let article = read_paths(&[file], ReadOptions::default()).next().unwrap().unwrap();
        let (id, facts) = (article.id.clone(), extractor.facts(&article));
        out.push((
            Report { key: key.to_owned(), confusable: false, id, kind: kind.trim().to_owned(), line: String::new() },
            facts,
        ));
    }
    out
}

/// A store of these articles, with the lists of parties and leaders.
pub(crate) fn store_of(facts: &[Facts]) -> Store {
    let mut store = Store::in_memory().unwrap();
    store.refer(&Knowledge::builtin().unwrap()).unwrap();
    let run = RunInfo { version: "1".into(), knowledge: "k".into(), settings: String::new() };
    for facts in facts {
        store.add(facts, &run).unwrap();
    }
    store.settle().unwrap();
    store
}

/// The whole store as text.
pub(crate) fn dump(store: &Store) -> String {
    let mut out = Vec::new();
    store.dump(RdfFormat::NQuads, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

/// The events of each article; where `reports` are given, only those of the kind that they name.
pub(crate) fn events_of(store: &Store, reports: Option<&[Report]>) -> BTreeMap<String, Vec<String>> {
    let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for event in store.events(&EventFilter::default()).unwrap() {
        for article in event.articles {
            let kind = reports.and_then(|all| all.iter().find(|r| r.id == article)).map(|r| r.kind.as_str());
            if kind.is_none_or(|kind| kind == event.kind.as_str()) {
                found.entry(article).or_default().push(event.iri.clone());
            }
        }
    }
    found
}

/// How well reports are put together.
#[derive(Debug, Default)]
pub(crate) struct Score {
    clusters: usize,
    reports: usize,
    right: usize,
    /// Pairs that are put together and do not belong so.
    pub(crate) wrong: Vec<(String, String)>,
    /// Pairs that belong together and are not.
    pub(crate) missed: Vec<(String, String)>,
    cubed: (f64, f64),
}

impl Score {
    /// Over all pairs of reports.
    pub(crate) fn of(reports: &[Report], found: &BTreeMap<String, Vec<String>>) -> Self {
        let keys: BTreeSet<&String> = reports.iter().map(|r| &r.key).collect();
        let mut score = Self { clusters: keys.len(), reports: reports.len(), ..Self::default() };
        let events = |r: &Report| found.get(&r.id).cloned().unwrap_or_default();
        let together = |a: &Report, b: &Report| {
            let theirs = events(b);
            a.id == b.id || events(a).iter().any(|event| theirs.contains(event))
        };
        for (at, a) in reports.iter().enumerate() {
            for b in &reports[at + 1..] {
                match (a.key == b.key, together(a, b)) {
                    (true, true) => score.right += 1,
                    (true, false) => score.missed.push((a.id.clone(), b.id.clone())),
                    (false, true) => score.wrong.push((a.id.clone(), b.id.clone())),
                    (false, false) => {}
                }
            }
            let put: Vec<&Report> = reports.iter().filter(|b| together(a, b)).collect();
            let own = reports.iter().filter(|b| a.key == b.key).count();
            let right = put.iter().filter(|b| a.key == b.key).count();
            score.cubed.0 += ratio(right, put.len());
            score.cubed.1 += ratio(right, own);
        }
        score
    }

    /// Of the pairs put together, how many belong so.
    pub(crate) fn precision(&self) -> f64 {
        ratio(self.right, self.right + self.wrong.len())
    }

    /// Of the pairs that belong together, how many are put so.
    pub(crate) fn recall(&self) -> f64 {
        ratio(self.right, self.right + self.missed.len())
    }
}

#[allow(clippy::cast_precision_loss, reason = "a few hundred")]
fn ratio(part: usize, all: usize) -> f64 {
    if all == 0 { 1.0 } else { part as f64 / all as f64 }
}

impl fmt::Display for Score {
    #[allow(clippy::cast_precision_loss, reason = "a few hundred")]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (p, r) = (self.precision(), self.recall());
        let (bp, br) = (self.cubed.0 / self.reports as f64, self.cubed.1 / self.reports as f64);
        write!(
            f,
            "{} reports of {} events: pairs P {p:.3} R {r:.3} ({} right, {} wrong, {} missed); B³ P {bp:.3} R {br:.3}",
            self.reports,
            self.clusters,
            self.right,
            self.wrong.len(),
            self.missed.len()
        )
    }
}
