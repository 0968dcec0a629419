//! What a person should look at: faults, doubtful merges, missed merges, what was decided.

use super::events::{DecisionWire, decision};
use super::wire::{self, EventWire};
use super::{Ask, Problem, Reply, bytes};
use crate::graph::{Finding, Side, Suggestion, Suspicion};
use crate::server::snapshot::key_of;
use bytes::Bytes;
use serde::Serialize;
use std::collections::BTreeMap;
use std::sync::PoisonError;

#[derive(Serialize)]
struct Quality {
    checks: Vec<Check>,
    suggestions: Vec<Suspect>,
    decisions: Vec<DecisionWire>,
}

/// What one check found.
#[derive(Serialize)]
struct Check {
    id: String,
    label: String,
    severity: crate::graph::Severity,
    count: usize,
    examples: Vec<Example>,
}

#[derive(Serialize)]
struct Example {
    about: String,
    values: Vec<String>,
}

/// Two reports that may or may not be of one event.
#[derive(Serialize)]
struct Suspect {
    id: String,
    /// `merge`: two events may be one; `doubt`: two reports of one event may be of two.
    kind: &'static str,
    a: Option<EventWire>,
    b: Option<EventWire>,
    one: Told,
    other: Told,
    /// What speaks for one event.
    why: Vec<String>,
    /// What speaks against it.
    against: Vec<String>,
    score: i64,
}

#[derive(Serialize)]
struct Told {
    article: String,
    tells: String,
    quotes: Vec<String>,
}

/// Examples of a check, and suggestions of a kind.
const EXAMPLES: usize = 5;
const SUGGESTIONS: usize = 25;

/// `GET /quality`. The first call after a change looks at the whole store.
pub(super) fn quality(ask: &Ask<'_>) -> Result<Reply, Problem> {
    let mut known = ask.now.quality.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = known.as_ref() {
        return Ok(bytes("application/json", known.clone()));
    }
    let store = &ask.now.store;
    let suggestions = store.suggestions(SUGGESTIONS)?;
    let quality = Quality {
        checks: checks(store.check()?),
        suggestions: suggestions.iter().map(|s| suspect(ask, s)).collect(),
        decisions: store.decisions().iter().rev().map(decision).collect(),
    };
    let found = Bytes::from(serde_json::to_vec(&quality).unwrap_or_default());
    *known = Some(found.clone());
    Ok(bytes("application/json", found))
}

fn checks(findings: Vec<Finding>) -> Vec<Check> {
    let mut by: BTreeMap<(String, String), Check> = BTreeMap::new();
    for finding in findings {
        let check = by.entry((finding.check.clone(), finding.message.clone())).or_insert_with(|| Check {
            id: finding.check.clone(),
            label: finding.message.clone(),
            severity: finding.severity,
            count: 0,
            examples: Vec::new(),
        });
        check.count += 1;
        if check.examples.len() < EXAMPLES {
            check.examples.push(Example { about: finding.about, values: finding.values });
        }
    }
    by.into_values().collect()
}

fn suspect(ask: &Ask<'_>, s: &Suggestion) -> Suspect {
    let event = |side: &Side| ask.now.event(key_of(&side.event)).map(|e| wire::event(ask.now, e));
    let told = |side: &Side| Told {
        article: ask.now.article_of_id(&side.article).map_or_else(String::new, |a| key_of(&a.iri).to_owned()),
        tells: side.tells.clone(),
        quotes: side.quotes.clone(),
    };
    Suspect {
        id: format!("{}-{}", key_of(&s.one.event), key_of(&s.other.event)),
        kind: if s.suspicion == Suspicion::MissedMerge { "merge" } else { "doubt" },
        a: event(&s.one),
        b: event(&s.other),
        one: told(&s.one),
        other: told(&s.other),
        why: s.together.clone(),
        against: s.apart.clone(),
        score: s.score,
    }
}
