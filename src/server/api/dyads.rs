//! Pairs of parties.

use super::page::{self, Window};
use super::wire::{self, EventWire, LeaderWire, Named, SectorWire, Summary};
use super::{Ask, Filter, Problem, Reply, json};
use crate::graph::{EventKind, EventRow, serving};
use crate::server::snapshot::{DyadLine, Entry, Snapshot, forms, key_of};
use serde::Serialize;
use std::collections::BTreeMap;

/// A pair, as lists show it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct DyadWire {
    pub(super) id: String,
    pub(super) a: Named,
    pub(super) b: Named,
    pub(super) events: usize,
    /// Mean conflict–cooperation score of what came about.
    pub(super) score: Option<f64>,
    /// Day of the latest dated event.
    pub(super) last: Option<chrono::NaiveDate>,
}

/// Pairs with events that pass the filter, the liveliest first.
pub(super) fn liveliest(ask: &Ask<'_>, filter: &Filter) -> Vec<DyadWire> {
    let line = |(id, line): (&String, &DyadLine)| {
        let entries = ask.passing(&line.events, filter);
        (!entries.is_empty()).then(|| wire(ask.now, id, &line.codes, &entries))
    };
    let mut dyads: Vec<DyadWire> = ask.now.dyads.iter().filter_map(line).collect();
    dyads.sort_by(|a, b| b.events.cmp(&a.events).then_with(|| b.last.cmp(&a.last)).then_with(|| a.id.cmp(&b.id)));
    dyads
}

fn wire(now: &Snapshot, id: &str, [a, b]: &[String; 2], entries: &[&Entry]) -> DyadWire {
    let scores: Vec<f64> = entries.iter().filter_map(|e| e.score).collect();
    DyadWire {
        id: id.to_owned(),
        a: wire::party(now, a),
        b: wire::party(now, b),
        events: entries.len(),
        score: wire::mean(&scores),
        last: entries.iter().filter_map(|e| e.row.latest).max(),
    }
}

/// `GET /dyads`; `q` narrows: each word begins a word of a name of one of the two.
pub(super) fn list(ask: &Ask<'_>) -> Result<Reply, Problem> {
    let (words, knowledge) = (page::words(ask.call)?, ask.app.extractor.knowledge());
    let names = |named: &Named| ask.now.parties.get(&named.id).map(|party| forms(party, knowledge)).unwrap_or_default();
    let mut dyads = liveliest(ask, &ask.filter()?);
    if !words.is_empty() {
        dyads.retain(|dyad| words.fit(&format!("{} {}", names(&dyad.a), names(&dyad.b))));
    }
    Ok(json(&Window::of(ask.call)?.page(&dyads, Clone::clone)))
}

/// The pair of an id, in any order and with small letters too.
fn find<'a>(ask: &Ask<'a>, id: &str) -> Result<(String, &'a DyadLine), Problem> {
    let exact = |id: &str| ask.now.dyads.get_key_value(id).map(|(id, line)| (id.clone(), line));
    let turned = || {
        let cuts = id.match_indices('-').map(|(at, _)| (&id[..at], &id[at + 1..]));
        cuts.into_iter().find_map(|(a, b)| exact(&serving::dyad_id(&a.to_uppercase(), &b.to_uppercase())))
    };
    exact(id).or_else(turned).ok_or_else(|| Problem::missing(format!("no event ties the pair `{id}`")))
}

#[derive(Serialize)]
struct Whole {
    #[serde(flatten)]
    dyad: DyadWire,
    summary: Summary,
    /// In the order of time, at most [`TIMELINE`], the latest.
    timeline: Vec<EventWire>,
    tone: Vec<Month>,
    sectors: Vec<SectorWire>,
    agreements_by_status: Vec<StatusCount>,
    people: Vec<LeaderWire>,
}

/// Events of a timeline; more are at `/dyads/{id}/events`.
const TIMELINE: usize = 500;

#[derive(Serialize)]
struct StatusCount {
    status: String,
    count: usize,
}

/// The events of one month that came about, by quad class.
#[derive(Debug, Default, Clone, PartialEq, Serialize)]
pub(super) struct Month {
    month: String,
    /// Mean score.
    score: Option<f64>,
    verbal_coop: usize,
    material_coop: usize,
    verbal_conf: usize,
    material_conf: usize,
}

/// `GET /dyads/{id}`.
pub(super) fn one(ask: &Ask<'_>, id: &str) -> Result<Reply, Problem> {
    let (id, line) = find(ask, id)?;
    let entries = ask.passing(&line.events, &ask.filter()?);
    let rows: Vec<&EventRow> = entries.iter().map(|e| &e.row).collect();
    let mut timeline: Vec<&&Entry> = entries.iter().take(TIMELINE).collect();
    timeline.sort_by_key(|e| e.day);
    Ok(json(&Whole {
        dyad: wire(ask.now, &id, &line.codes, &entries),
        summary: wire::summary(&rows),
        timeline: timeline.into_iter().map(|e| wire::event(ask.now, e)).collect(),
        tone: months(&entries),
        sectors: wire::sectors(ask.now, rows.iter().copied()),
        agreements_by_status: statuses(&rows),
        people: people(ask.now, &rows, &line.codes),
    }))
}

/// `GET /dyads/{id}/events`.
pub(super) fn events(ask: &Ask<'_>, id: &str) -> Result<Reply, Problem> {
    let (_, line) = find(ask, id)?;
    ask.page_of(&ask.passing(&line.events, &ask.filter()?))
}

/// What came about, month by month; events whose date is only a year are left out.
pub(super) fn months(entries: &[&Entry]) -> Vec<Month> {
    let mut by: BTreeMap<String, (Month, Vec<f64>)> = BTreeMap::new();
    for entry in entries {
        let (Some(score), Some(month)) = (entry.score, entry.row.date.as_deref().and_then(|d| d.get(..7))) else {
            continue;
        };
        let (counts, scores) = by.entry(month.to_owned()).or_default();
        scores.push(score);
        *match entry.row.quad_class.as_str() {
            "verbal-cooperation" => &mut counts.verbal_coop,
            "material-cooperation" => &mut counts.material_coop,
            "verbal-conflict" => &mut counts.verbal_conf,
            _ => &mut counts.material_conf,
        } += 1;
    }
    let month =
        |(month, (counts, scores)): (String, (Month, Vec<f64>))| Month { month, score: wire::mean(&scores), ..counts };
    by.into_iter().map(month).collect()
}

fn statuses(rows: &[&EventRow]) -> Vec<StatusCount> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for row in rows.iter().filter(|row| row.kind == EventKind::Agreement) {
        *counts.entry(row.status.as_deref().unwrap_or("unknown")).or_default() += 1;
    }
    counts.into_iter().map(|(status, count)| StatusCount { status: status.to_owned(), count }).collect()
}

/// The leaders of the two in these events, the busiest first.
fn people(now: &Snapshot, rows: &[&EventRow], codes: &[String; 2]) -> Vec<LeaderWire> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for row in rows {
        let mut of_event: Vec<&str> = (row.participants.iter().chain(&row.signatories))
            .filter(|l| l.party.as_ref().is_some_and(|p| codes.contains(p)))
            .map(|l| key_of(&l.iri))
            .collect();
        of_event.sort_unstable();
        of_event.dedup();
        for id in of_event {
            *counts.entry(id).or_default() += 1;
        }
    }
    let line = |(id, count): (&str, usize)| now.leaders.get(id).map(|line| wire::leader(now, id, line, count));
    let mut people: Vec<LeaderWire> = counts.into_iter().filter_map(line).collect();
    people.sort_by(|a, b| b.events.cmp(&a.events).then_with(|| a.name.cmp(&b.name)));
    people
}
