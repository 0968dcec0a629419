//! Events, parties, leaders and sectors as the API writes them.

use super::Ask;
use crate::graph::{EventRow, LeaderRow};
use crate::server::snapshot::{Entry, LeaderLine, Snapshot, key_of};
use crate::view::words::{Standing, Tone};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// Something with a name, by its id.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub(super) struct Named {
    /// Code, or id of a leader.
    pub(super) id: String,
    /// Name for people.
    pub(super) name: String,
}

/// A sector, and how many agreements it has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct SectorWire {
    pub(super) id: String,
    pub(super) label: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) count: Option<usize>,
}

/// An event, short.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct EventWire {
    pub(super) id: String,
    pub(super) kind: &'static str,
    pub(super) r#type: String,
    /// One phrase.
    pub(super) name: String,
    pub(super) status: Option<String>,
    /// Whether it came about.
    pub(super) standing: Standing,
    /// Cooperation or conflict.
    pub(super) tone: Tone,
    pub(super) quad_class: String,
    /// Conflict–cooperation score, −10 to 10, of what came about.
    pub(super) score: Option<f64>,
    pub(super) date: Option<String>,
    pub(super) date_basis: Option<String>,
    pub(super) countries: Vec<Named>,
    pub(super) leaders: Vec<Named>,
    pub(super) sectors: Vec<SectorWire>,
    pub(super) topic: Option<String>,
    pub(super) place: Option<String>,
    /// Code of who acts.
    pub(super) actor: Option<String>,
    /// Code of who is acted upon.
    pub(super) recipient: Option<String>,
    pub(super) background: bool,
    pub(super) confidence: f64,
    /// How many articles report it.
    pub(super) articles: usize,
    /// The surest sentence.
    pub(super) sentence: Option<String>,
    /// The outlet of that sentence.
    pub(super) source: Option<String>,
}

/// An event, short.
pub(super) fn event(now: &Snapshot, entry: &Entry) -> EventWire {
    let row = &entry.row;
    let people: BTreeSet<Named> = row.participants.iter().chain(&row.signatories).map(person).collect();
    let (sentence, source) = entry.sentence.clone().unzip();
    EventWire {
        id: entry.id.clone(),
        kind: row.kind.as_str(),
        r#type: row.event_type.clone(),
        name: entry.title.clone(),
        status: row.status.clone(),
        standing: Standing::of(row),
        tone: Tone::of(&row.quad_class),
        quad_class: row.quad_class.clone(),
        score: entry.score,
        date: row.date.clone(),
        date_basis: row.date_basis.clone(),
        countries: row.parties.iter().map(|code| party(now, code)).collect(),
        leaders: people.into_iter().collect(),
        sectors: row.sectors.iter().map(|slug| sector(now, slug, None)).collect(),
        topic: row.topic.clone(),
        place: row.place.clone(),
        actor: row.actor.clone(),
        recipient: row.recipient.clone(),
        background: row.background,
        confidence: row.confidence,
        articles: row.articles.len(),
        sentence,
        source: source.flatten(),
    }
}

/// A party by its code.
pub(super) fn party(now: &Snapshot, code: &str) -> Named {
    Named { id: code.to_owned(), name: now.names.parties.get(code).cloned().unwrap_or_else(|| code.to_owned()) }
}

/// A sector by its slug.
pub(super) fn sector(now: &Snapshot, slug: &str, count: Option<usize>) -> SectorWire {
    let label = now.names.sectors.get(slug).cloned().unwrap_or_else(|| slug.to_owned());
    SectorWire { id: slug.to_owned(), label, count }
}

fn person(leader: &LeaderRow) -> Named {
    Named { id: key_of(&leader.iri).to_owned(), name: leader.name.clone() }
}

/// A leader, as lists show one.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct LeaderWire {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) country: Option<Named>,
    pub(super) title: Option<String>,
    pub(super) events: usize,
}

/// A leader who has `events` of those that are asked for.
pub(super) fn leader(now: &Snapshot, id: &str, line: &LeaderLine, events: usize) -> LeaderWire {
    LeaderWire {
        id: id.to_owned(),
        name: line.name.clone(),
        country: line.party.as_deref().map(|code| party(now, code)),
        title: line.title.clone(),
        events,
    }
}

/// Events, counted.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub(super) struct Summary {
    pub(super) agreements: usize,
    pub(super) encounters: usize,
    pub(super) acts: usize,
    pub(super) articles: usize,
    /// First and last day of the dated events.
    pub(super) first: Option<chrono::NaiveDate>,
    pub(super) last: Option<chrono::NaiveDate>,
}

/// Counts events.
pub(super) fn summary(rows: &[&EventRow]) -> Summary {
    let of = |kind| rows.iter().filter(|row| row.kind == kind).count();
    let articles: BTreeSet<&String> = rows.iter().flat_map(|row| &row.articles).collect();
    Summary {
        agreements: of(crate::graph::EventKind::Agreement),
        encounters: of(crate::graph::EventKind::Encounter),
        acts: of(crate::graph::EventKind::Act),
        articles: articles.len(),
        first: rows.iter().filter_map(|row| row.earliest).min(),
        last: rows.iter().filter_map(|row| row.latest).max(),
    }
}

/// The sectors of events, the most frequent first.
pub(super) fn sectors<'r>(now: &Snapshot, rows: impl Iterator<Item = &'r EventRow>) -> Vec<SectorWire> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for slug in rows.flat_map(|row| &row.sectors) {
        *counts.entry(slug).or_default() += 1;
    }
    let mut sectors: Vec<SectorWire> = counts.into_iter().map(|(slug, n)| sector(now, slug, Some(n))).collect();
    sectors.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.id.cmp(&b.id)));
    sectors
}

/// The mean of scores; nothing where there are none.
pub(super) fn mean(scores: &[f64]) -> Option<f64> {
    #[expect(clippy::cast_precision_loss, reason = "counts of events")]
    let mean = |n: usize| scores.iter().sum::<f64>() / n as f64;
    (!scores.is_empty()).then(|| (mean(scores.len()) * 100.0).round() / 100.0)
}

impl<'a> Ask<'a> {
    /// The events at these places that pass the filter.
    pub(super) fn passing(&self, places: &[usize], filter: &super::Filter) -> Vec<&'a Entry> {
        places.iter().filter_map(|at| self.now.events.get(*at)).filter(|e| filter.passes(&e.row)).collect()
    }

    /// A page of events.
    pub(super) fn page_of(&self, entries: &[&Entry]) -> Result<crate::server::reply::Reply, super::Problem> {
        let window = super::page::Window::of(self.call)?;
        Ok(crate::server::reply::json(&window.page(entries, |entry| event(self.now, entry))))
    }
}
