//! The store as a whole, on small facts written by hand.

mod checks;
mod curation;
mod decisions;
mod first;
mod history;
mod identity;
pub(in crate::graph) mod life;
mod order;
mod sayings;
mod sequences;
mod spread;

use super::{RdfFormat, RunInfo, Store};
use crate::facts::Facts;
use serde_json::{Value, json};

/// The same configuration for all tests.
fn run() -> RunInfo {
    RunInfo { version: "1".into(), knowledge: "k".into(), settings: String::new() }
}

/// An article published on `day` with these facts; what a fact leaves out is filled in.
fn article(id: &str, day: &str, mut facts: Value) -> Facts {
    let sentence = json!([{"start": 0, "end": 9, "quote": "They did.", "rule": "test/rule"}]);
    let defaults = json!({"id": "x", "background": false, "confidence": 0.8, "sectors": [], "signatories": [],
        "participants": [], "evidence": sentence});
    for kind in ["agreements", "encounters", "acts"] {
        for (at, fact) in listed(&mut facts, kind).enumerate() {
            for (key, value) in defaults.as_object().unwrap() {
                if fact.get(key).is_none() {
                    fact[key] = value.clone();
                }
            }
            // Facts of one article stand in different sentences.
            if fact["evidence"][0]["start"] == 0 {
                fact["evidence"][0]["start"] = json!(10 * at);
                fact["evidence"][0]["end"] = json!(10 * at + 9);
            }
        }
    }
    for leader in listed(&mut facts, "leaders") {
        leader["mentions"] = json!([[0, 5]]);
    }
    facts["article"] = json!({"id": id, "title": format!("Title of {id}"), "published": day, "source": "Herald",
        "language": "en", "sha256": "0".repeat(64)});
    serde_json::from_value(facts).unwrap()
}

fn listed<'v>(facts: &'v mut Value, list: &str) -> impl Iterator<Item = &'v mut Value> {
    facts.get_mut(list).and_then(Value::as_array_mut).into_iter().flatten()
}

fn agreement(kind: &str, status: &str, topic: &str, date: Option<&str>) -> Value {
    json!({"agreements": [{"type": kind, "parties": ["KOR", "SGP"], "status": status, "topic": topic, "date": date,
        "date_basis": date.map(|_| "relative")}]})
}

fn meeting(status: &str, date: Option<&str>, place: Option<&str>, leaders: &[(&str, &str)]) -> Value {
    let list: Vec<Value> = leaders
        .iter()
        .map(|(name, country)| json!({"id": name, "name": format!("Mr {name}"), "country": country, "office": "head-of-state"}))
        .collect();
    let ids: Vec<&str> = leaders.iter().map(|(name, _)| *name).collect();
    json!({"leaders": list, "encounters": [{"type": "meeting", "participants": ids, "countries": ["KOR", "SGP"],
        "place": place, "date": date, "date_basis": date.map(|_| "relative"), "status": status}]})
}

fn act(kind: &str, date: Option<&str>) -> Value {
    json!({"acts": [{"actor": "SGP", "recipient": "KOR", "type": kind, "date": date,
        "date_basis": date.map(|_| "explicit")}]})
}

pub(in crate::graph) fn store_of(articles: &[Facts]) -> Store {
    let mut store = Store::in_memory().unwrap();
    for facts in articles {
        store.add(facts, &run()).unwrap();
    }
    store.settle().unwrap();
    store
}

fn dump(store: &Store) -> String {
    let mut out = Vec::new();
    store.dump(RdfFormat::NQuads, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}
