//! What a person should look at: events that may be one, and reports that may not be of the event they were put to.

use super::curation::Verdicts;
use super::error::StoreError;
use super::identity::{Item, Objection, likeness, objections, score};
use super::mint;
use super::reasons::reasons;
use super::store::{Store, value};
use super::telling::{self, Sources};
use super::vocab::{ent, graphs};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// What is suspected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Suspicion {
    /// Two events may be one: `entente curate merge`.
    MissedMerge,
    /// Two reports of one event may be of two: `entente curate split`.
    DoubtfulMerge,
    /// Any two reports that were put together, drawn by lot.
    Sample,
}

/// One of two reports.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Side {
    /// IRI of its event.
    pub event: String,
    /// Article id.
    pub article: String,
    /// What it tells: `mou, signed, digital cooperation, 2025-11-02`.
    pub tells: String,
    /// Its sentences.
    pub quotes: Vec<String>,
}

/// A pair to look at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Suggestion {
    /// What is suspected.
    pub suspicion: Suspicion,
    /// Higher is likelier to be one event.
    pub score: i64,
    /// One report.
    pub one: Side,
    /// The other.
    pub other: Side,
    /// What speaks for one event.
    pub together: Vec<String>,
    /// What speaks against it.
    pub apart: Vec<String>,
}

/// Below this score two events are not suspected to be one.
const LEAST: i64 = 500;
/// Tellings of a bucket that are compared with each other; beyond, only those near in time.
const NEAR: usize = 400;

/// Looks at the tellings of a bucket, the IRIs of their events, and the decisions.
type Look<'l> = dyn FnMut(&[Item<'_>], &[String], &Verdicts) + 'l;

impl Store {
    /// The likeliest missed merges (the likeliest first) and the most doubtful merges (the most doubtful first), at most
    /// `most` of each. An event is doubted once, and of events that may all be one no more pairs are given than put them
    /// together.
    ///
    /// # Errors
    /// Those of reading.
    pub fn suggestions(&self, most: usize) -> Result<Vec<Suggestion>, StoreError> {
        let (mut missed, mut doubtful) = (Vec::new(), Vec::new());
        self.each_bucket(&mut |items, events, verdicts| {
            for (a, b) in pairs(items) {
                let (x, y) = (&items[a], &items[b]);
                if events[a] != events[b] {
                    missed.extend(missed_merge(x, y, [&events[a], &events[b]], verdicts));
                }
            }
            doubtful.extend(doubtful_merges(items, events, verdicts));
        })?;
        missed.sort_by(|a, b| b.score.cmp(&a.score).then_with(|| key(a).cmp(&key(b))));
        let mut classes = Classes::default();
        missed.retain(|s: &Suggestion| classes.unite(&s.one.event, &s.other.event));
        doubtful.sort_by(|a, b| a.score.cmp(&b.score).then_with(|| key(a).cmp(&key(b))));
        let mut seen = BTreeSet::new();
        doubtful.retain(|s: &Suggestion| seen.insert(s.one.event.clone()));
        missed.truncate(most);
        doubtful.truncate(most);
        missed.append(&mut doubtful);
        Ok(missed)
    }

    /// `count` pairs of reports of different articles that were put together, drawn by `seed`: the same seed draws the same.
    ///
    /// # Errors
    /// Those of reading.
    pub fn sample_merges(&self, count: usize, seed: u64) -> Result<Vec<Suggestion>, StoreError> {
        let mut drawn: BTreeMap<String, Suggestion> = BTreeMap::new();
        let seed = seed.to_string();
        self.each_bucket(&mut |items, events, _| {
            // One pair an event, so that what many report does not fill the sample.
            let mut of_event: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
            for (at, event) in events.iter().enumerate() {
                if !event.is_empty() {
                    of_event.entry(event).or_default().push(at);
                }
            }
            for (event, members) in of_event {
                let mut draws = Vec::new();
                for (at, &a) in members.iter().enumerate() {
                    for &b in &members[at + 1..] {
                        if items[a].telling.article.id != items[b].telling.article.id {
                            let facts = [&items[a].telling.fact, &items[b].telling.fact];
                            draws.push((mint::hash(["draw", &seed, facts[0], facts[1]]), a, b));
                        }
                    }
                }
                if let Some((_, a, b)) = draws.into_iter().min() {
                    let lot = mint::hash(["lot", &seed, event]);
                    let both = [&events[a], &events[b]];
                    drawn.insert(lot, suggestion(Suspicion::Sample, &items[a], &items[b], both, Vec::new()));
                    if drawn.len() > count {
                        drawn.pop_last();
                    }
                }
            }
        })?;
        Ok(drawn.into_values().collect())
    }

    /// Calls `look` with the tellings of each bucket, the IRIs of their events (empty where rejected, and of what only goes
    /// where other reports are) and the decisions.
    fn each_bucket(&self, look: &mut Look<'_>) -> Result<(), StoreError> {
        let verdicts = Verdicts::of(self)?;
        let found = self.quads(None, Some(ent::BUCKET), None, Some(graphs::EVENTS))?;
        let mut buckets: BTreeSet<String> = found.iter().map(|quad| value(&quad.object).to_owned()).collect();
        let mut sources = Sources::default();
        while let Some(bucket) = buckets.pop_first() {
            let group = verdicts.buckets(&bucket);
            group.iter().for_each(|other| _ = buckets.remove(other));
            let (tellings, settled) = telling::of_buckets(self, &mut sources, &group)?;
            let asserts: BTreeMap<&str, &str> = settled
                .iter()
                .filter(|quad| quad.predicate.as_ref() == ent::ASSERTS)
                .map(|quad| (super::store::subject(quad), value(&quad.object)))
                .collect();
            let event = |t: &telling::Telling| {
                t.claims.iter().find_map(|claim| asserts.get(claim.as_str())).copied().unwrap_or_default().to_owned()
            };
            let events: Vec<String> =
                tellings.iter().map(|t| if verdicts.is_bound(&t.fact) { String::new() } else { event(t) }).collect();
            look(&self.items(&mut sources, &tellings)?, &events, &verdicts);
        }
        Ok(())
    }
}

/// Events that are one once the suggestions so far are followed.
#[derive(Default)]
struct Classes(BTreeMap<String, String>);

impl Classes {
    fn root(&self, event: &str) -> String {
        let mut at = event;
        while let Some(up) = self.0.get(at) {
            at = up;
        }
        at.to_owned()
    }

    /// Puts two together; whether they were not yet.
    fn unite(&mut self, one: &str, other: &str) -> bool {
        let (a, b) = (self.root(one), self.root(other));
        let new = a != b;
        if new {
            self.0.insert(a, b);
        }
        new
    }
}

fn key(s: &Suggestion) -> (&str, &str, &str, &str) {
    (&s.one.event, &s.one.article, &s.other.event, &s.other.article)
}

/// Pairs worth a look: all of a small bucket, the neighbors in the order of publication of a big one.
fn pairs(items: &[Item<'_>]) -> Vec<(usize, usize)> {
    let window = if items.len() <= NEAR { items.len() } else { 30 };
    (0..items.len()).flat_map(|a| (a + 1..items.len().min(a + 1 + window)).map(move |b| (a, b))).collect()
}

/// Two tellings of two events that one thing alone keeps apart, and much speaks for.
fn missed_merge(a: &Item<'_>, b: &Item<'_>, events: [&String; 2], verdicts: &Verdicts) -> Option<Suggestion> {
    if events.iter().any(|event| event.is_empty()) || verdicts.apart(&a.telling.fact, &b.telling.fact) {
        return None;
    }
    let against = objections(a, b);
    let soft = |o: &Objection| matches!(o, Objection::Date | Objection::Type | Objection::People);
    if against.len() > 1 || !against.iter().all(soft) || (against.is_empty() && likeness(a, b).is_some()) {
        return None;
    }
    let mut apart: Vec<String> = against.iter().map(|o| o.text().to_owned()).collect();
    if against.is_empty() {
        apart.push("too little that they share".to_owned());
    }
    let found = suggestion(Suspicion::MissedMerge, a, b, events, apart);
    (found.score >= LEAST).then_some(found)
}

/// Each telling that is least like the others of its event.
fn doubtful_merges(items: &[Item<'_>], events: &[String], verdicts: &Verdicts) -> Vec<Suggestion> {
    let mut of_event: BTreeMap<&String, Vec<usize>> = BTreeMap::new();
    for (at, event) in events.iter().enumerate().filter(|(_, event)| !event.is_empty()) {
        of_event.entry(event).or_default().push(at);
    }
    let mut found = Vec::new();
    for (event, members) in of_event.into_iter().filter(|(_, members)| members.len() > 1) {
        for &b in &members {
            let others = members.iter().copied().filter(|&a| a != b);
            let by_hand = |a: usize| verdicts.together(&items[a].telling.fact, &items[b].telling.fact);
            if others.clone().any(by_hand) {
                continue;
            }
            let Some(a) = others.max_by_key(|&a| (score(&items[a], &items[b]), std::cmp::Reverse(a))) else { continue };
            if a < b || members.len() == 2 {
                let (a, b) = (a.min(b), a.max(b));
                let doubts = doubts(&items[a], &items[b]);
                found.push(suggestion(Suspicion::DoubtfulMerge, &items[a], &items[b], [event, event], doubts));
            }
        }
    }
    found.dedup();
    found.retain(|s: &Suggestion| !s.apart.is_empty());
    found
}

/// What is weak in a merge.
fn doubts(a: &Item<'_>, b: &Item<'_>) -> Vec<String> {
    let mut doubts = Vec::new();
    if a.vague || b.vague {
        doubts.push("a date that no word tells".to_owned());
    }
    if a.telling.event_type != b.telling.event_type {
        doubts.push("two types".to_owned());
    }
    if a.telling.topic.is_some() && b.telling.topic.is_some() && !a.topic.shares(&b.topic) {
        doubts.push("topics that share no word".to_owned());
    }
    let place = |i: &Item<'_>| i.telling.place.clone();
    if let (Some(x), Some(y)) = (place(a), place(b))
        && x != y
    {
        doubts.push(format!("two places ({x}, {y})"));
    }
    let (x, y) = (&a.telling.participants, &b.telling.participants);
    if !x.is_empty() && !y.is_empty() && x.is_disjoint(y) {
        doubts.push("nobody whom both name".to_owned());
    }
    doubts
}

fn suggestion(
    suspicion: Suspicion,
    a: &Item<'_>,
    b: &Item<'_>,
    events: [&String; 2],
    apart: Vec<String>,
) -> Suggestion {
    Suggestion {
        suspicion,
        score: score(a, b),
        one: side(a, events[0]),
        other: side(b, events[1]),
        together: reasons(a, b),
        apart,
    }
}

fn side(item: &Item<'_>, event: &str) -> Side {
    let telling = item.telling;
    let date = telling.date.map(|d| d.to_string());
    let type_of = Some(telling.event_type.clone());
    let parts = [type_of, telling.status.clone(), telling.topic.clone(), telling.place.clone(), date];
    Side {
        event: event.to_owned(),
        article: telling.article.id.clone(),
        tells: parts.into_iter().flatten().collect::<Vec<_>>().join(", "),
        quotes: telling.quotes.iter().cloned().collect(),
    }
}
