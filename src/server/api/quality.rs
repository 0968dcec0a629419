//! What a person should look at: faults, doubtful merges, missed merges, what was decided.

use super::events::{DecisionWire, decision};
use super::wire::{self, EventWire};
use super::{Ask, Problem, Reply, bytes, json};
use crate::graph::{Finding, Side, StoreError, Suggestion, Suspicion};
use crate::server::snapshot::{Snapshot, key_of};
use bytes::Bytes;
use hyper::StatusCode;
use serde::Serialize;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, PoisonError};
use std::time::Duration;

#[derive(Serialize)]
struct Quality {
    /// Whether the whole store was looked at.
    complete: bool,
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

/// How long a request waits for the look at the whole store; on a large one it takes minutes, and who asks comes again.
/// It keeps a thread, so it is not long.
const WAIT: Duration = Duration::from_secs(2);

/// What is known of a look at the whole store.
#[derive(Debug, Default)]
pub(in crate::server) enum Look {
    /// Nobody asked for it yet.
    #[default]
    Unasked,
    /// It is under way.
    Begun,
    /// What it found, or why it failed.
    Done(Result<Bytes, String>),
}

/// `GET /quality`. The first call after a change begins a look at the whole store; what is not seen yet is left out, and
/// `complete` says so.
pub(super) fn quality(ask: &Ask<'_>) -> Result<Reply, Problem> {
    let now = ask.app.snapshot();
    let (look, changed) = &now.quality;
    let mut known = look.lock().unwrap_or_else(PoisonError::into_inner);
    // One look at a time, whatever is written meanwhile: it is much work.
    if matches!(*known, Look::Unasked) && !ask.app.looking.swap(true, Ordering::AcqRel) {
        *known = Look::Begun;
        let (of, looking) = (Arc::clone(&now), Arc::clone(&ask.app.looking));
        std::thread::spawn(move || {
            let _done = Done(looking);
            let found = whole(&of).map_err(|error| error.to_string());
            *of.quality.0.lock().unwrap_or_else(PoisonError::into_inner) = Look::Done(found);
            of.quality.1.notify_all();
        });
    }
    let begun = |look: &mut Look| matches!(look, Look::Begun);
    (known, _) = changed.wait_timeout_while(known, WAIT, begun).unwrap_or_else(PoisonError::into_inner);
    match &*known {
        Look::Done(Ok(found)) => Ok(bytes("application/json", found.clone())),
        Look::Done(Err(why)) => Err(Problem::new(StatusCode::INTERNAL_SERVER_ERROR, why.clone())),
        _ => {
            let decisions = decisions(&now);
            Ok(json(&Quality { complete: false, checks: Vec::new(), suggestions: Vec::new(), decisions }))
        }
    }
}

/// Says that nobody looks any more, whatever came of the look.
struct Done(Arc<AtomicBool>);

impl Drop for Done {
    fn drop(&mut self) {
        self.0.store(false, Ordering::Release);
    }
}

/// What a look at the whole store finds.
fn whole(now: &Snapshot) -> Result<Bytes, StoreError> {
    let suggestions = now.store.suggestions(SUGGESTIONS)?;
    let quality = Quality {
        complete: true,
        checks: checks(now.store.check()?),
        suggestions: suggestions.iter().map(|s| suspect(now, s)).collect(),
        decisions: decisions(now),
    };
    Ok(serde_json::to_vec(&quality).unwrap_or_default().into())
}

fn decisions(now: &Snapshot) -> Vec<DecisionWire> {
    now.store.decisions().iter().rev().map(decision).collect()
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

fn suspect(now: &Snapshot, s: &Suggestion) -> Suspect {
    let event = |side: &Side| now.event(key_of(&side.event)).map(|e| wire::event(now, e));
    let told = |side: &Side| Told {
        article: now.article_of_id(&side.article).map_or_else(String::new, |a| key_of(&a.iri).to_owned()),
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
