//! Two parties' events and the sentences behind them → a dossier: summary, agreements, encounters, acts, what they did
//! together with others, timeline. The renderers say the same in text, Markdown and HTML; JSON is the dossier itself.

mod html;
mod item;
mod markdown;
mod text;

pub use html::write_html;
pub use item::{Item, Source};
pub use markdown::write_markdown;
pub use text::write_text;

use super::project;
use super::words::{self, Standing, Tone};
use crate::graph::{ClaimRow, EventKind, EventRow, PartyRow, TIE_CONFIDENCE};
use chrono::NaiveDate;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// What there is to tell of two parties.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Dossier {
    /// The two.
    pub parties: [PartyRow; 2],
    /// First and last day of what came about and has a date.
    pub period: Option<(NaiveDate, NaiveDate)>,
    /// What came about, counted.
    pub counts: Counts,
    /// Sectors of the agreements, most frequent first.
    pub sectors: Vec<SectorCount>,
    /// Agreements, encounters, acts, what others took part in too, what is uncertain; each in the order of time. Empty ones are left out.
    pub sections: Vec<Section>,
    /// Every dated event that is told as fact, in the order of time.
    pub timeline: Vec<Moment>,
}

/// Events by what became of them. Planned and cancelled ones are in no other number.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Agreements that the two reached.
    pub agreements: usize,
    /// Encounters that took place.
    pub encounters: usize,
    /// Acts of cooperation.
    pub cooperation: usize,
    /// Acts of conflict.
    pub conflict: usize,
    /// Events to come, or under negotiation.
    pub planned: usize,
    /// Events called off, agreements that no longer hold.
    pub cancelled: usize,
    /// Events that others took part in too; in no other number.
    pub with_others: usize,
    /// Events that are more likely wrong than right; in no other number.
    pub uncertain: usize,
    /// Articles that report any of it.
    pub articles: usize,
}

/// How many agreements belong to a sector.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SectorCount {
    /// Slug.
    pub sector: String,
    /// Name for people.
    pub label: String,
    /// Agreements, planned and cancelled ones too.
    pub count: usize,
}

/// Events of one kind.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Section {
    /// Heading.
    pub title: &'static str,
    /// Its events in the order of time; one without a date stands where it was first reported.
    pub items: Vec<Item>,
}

/// A line of the timeline.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Moment {
    /// `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.
    pub date: String,
    /// What happened.
    pub title: String,
    /// `planned`, `cancelled`, `background` …
    pub marks: Vec<String>,
    /// Cooperation or conflict.
    pub tone: Tone,
    /// IRI of the event.
    pub event: String,
}

/// What the names of codes are.
#[derive(Debug, Clone, Default)]
pub struct Names {
    /// Parties, by code.
    pub parties: BTreeMap<String, String>,
    /// Sectors, by slug.
    pub sectors: BTreeMap<String, String>,
}

impl Names {
    fn party<'n>(&'n self, code: &'n str) -> &'n str {
        self.parties.get(code).map_or(code, String::as_str)
    }

    fn sector<'n>(&'n self, slug: &'n str) -> &'n str {
        self.sectors.get(slug).map_or(slug, String::as_str)
    }
}

const AGREEMENTS: &str = "Agreements";
const ENCOUNTERS: &str = "Encounters";
const COOPERATION: &str = "Acts of cooperation";
const CONFLICT: &str = "Acts of conflict";
const WITH_OTHERS: &str = "Together with others";
const UNCERTAIN: &str = "Uncertain";

impl Dossier {
    /// The dossier of two parties. `events` are those that both are party to; `claims` the sentences behind them, by event.
    #[must_use]
    pub fn new(
        parties: [PartyRow; 2],
        events: &[EventRow],
        claims: &BTreeMap<String, Vec<ClaimRow>>,
        names: &Names,
    ) -> Self {
        let both = |e: &&EventRow| parties.iter().all(|p| e.parties.contains(&p.code));
        let mut events: Vec<&EventRow> = events.iter().filter(both).collect();
        // What has no date stands where it was first reported.
        let reported = |e: &EventRow| claims.get(&e.iri).and_then(|c| c.iter().filter_map(|c| c.published).min());
        events.sort_by_key(|e| {
            let day = e.earliest.or_else(|| reported(e));
            (day.is_none(), day, e.earliest.is_none(), e.latest, e.kind, &e.iri)
        });
        let item = |e: &&EventRow| Item::new(e, claims.get(&e.iri).map_or(&[], Vec::as_slice), &parties, names);
        let sections = [AGREEMENTS, ENCOUNTERS, COOPERATION, CONFLICT, WITH_OTHERS, UNCERTAIN]
            .map(|title| Section { title, items: events.iter().filter(|e| section(e) == title).map(item).collect() });
        Self {
            period: period(&events),
            counts: count(&events),
            sectors: sectors(&events, names),
            timeline: timeline(&sections),
            sections: sections.into_iter().filter(|s| !s.items.is_empty()).collect(),
            parties,
        }
    }

    /// Whether the two have nothing in common.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.sections.is_empty()
    }

    /// "South Korea and Singapore".
    #[must_use]
    pub fn title(&self) -> String {
        self.parties.iter().map(|p| p.name.as_str()).collect::<Vec<_>>().join(" and ")
    }

    /// What came about; what is planned or called off; the sectors: one line each, where there is something to say.
    #[must_use]
    pub fn summary(&self) -> Vec<String> {
        let counts = &self.counts;
        let mut done = Vec::new();
        for (count, one, rest) in [
            (counts.agreements, "agreement", ""),
            (counts.encounters, "encounter", ""),
            (counts.cooperation, "act", " of cooperation"),
            (counts.conflict, "act", " of conflict"),
        ] {
            if count > 0 {
                done.push(format!("{}{rest}", words::number_of(count, one)));
            }
        }
        let mut lines = Vec::new();
        let articles = words::number_of(counts.articles, "article");
        let when = match self.period {
            Some((first, last)) if first == last => format!(", on {}", words::day(first)),
            Some((first, last)) => format!(", from {} to {}", words::day(first), words::day(last)),
            None => String::new(),
        };
        let done =
            if done.is_empty() { "Nothing that came about between the two alone".into() } else { words::listed(&done) };
        lines.push(format!("{done}, in {articles}{when}."));
        if counts.with_others > 0 {
            lines.push(format!("{} together with others.", words::number_of(counts.with_others, "event")));
        }
        let mut rest = Vec::new();
        if counts.planned > 0 {
            rest.push(format!("{} planned or under negotiation", counts.planned));
        }
        if counts.cancelled > 0 {
            rest.push(format!("{} cancelled or no longer in force", counts.cancelled));
        }
        if !rest.is_empty() {
            lines.push(format!("{}.", words::capitalized(&rest.join("; "))));
        }
        if counts.uncertain > 0 {
            let events = words::number_of(counts.uncertain, "event");
            lines.push(format!("{events} of a confidence below {TIE_CONFIDENCE}, told at the end as uncertain."));
        }
        if !self.sectors.is_empty() {
            let sectors: Vec<String> = self.sectors.iter().map(|s| format!("{} ({})", s.label, s.count)).collect();
            lines.push(format!("Sectors of agreements: {}.", sectors.join(", ")));
        }
        lines
    }
}

/// The heading under which an event is told.
fn section(event: &EventRow) -> &'static str {
    match (event.kind, Tone::of(&event.quad_class)) {
        _ if !is_certain(event) => UNCERTAIN,
        _ if event.parties.len() > 2 => WITH_OTHERS,
        (EventKind::Agreement, _) => AGREEMENTS,
        (EventKind::Encounter, _) => ENCOUNTERS,
        (EventKind::Act, Tone::Cooperation) => COOPERATION,
        (EventKind::Act, Tone::Conflict) => CONFLICT,
    }
}

/// Whether an event is told as fact: the bar that ties have to pass.
fn is_certain(event: &EventRow) -> bool {
    event.confidence >= TIE_CONFIDENCE
}

fn period(events: &[&EventRow]) -> Option<(NaiveDate, NaiveDate)> {
    let done: Vec<&EventRow> =
        events.iter().copied().filter(|e| Standing::of(e) == Standing::Done && is_certain(e)).collect();
    project::period(&done)
}

fn count(events: &[&EventRow]) -> Counts {
    let articles: BTreeSet<&String> = events.iter().flat_map(|e| &e.articles).collect();
    let mut counts = Counts { articles: articles.len(), ..Counts::default() };
    for event in events {
        let number = match (Standing::of(event), section(event)) {
            (_, UNCERTAIN) => &mut counts.uncertain,
            (Standing::Planned, _) => &mut counts.planned,
            (Standing::Cancelled, _) => &mut counts.cancelled,
            (Standing::Done, AGREEMENTS) => &mut counts.agreements,
            (Standing::Done, ENCOUNTERS) => &mut counts.encounters,
            (Standing::Done, COOPERATION) => &mut counts.cooperation,
            (Standing::Done, CONFLICT) => &mut counts.conflict,
            (Standing::Done, _) => &mut counts.with_others,
        };
        *number += 1;
    }
    counts
}

fn sectors(events: &[&EventRow], names: &Names) -> Vec<SectorCount> {
    let mut counts: BTreeMap<&String, usize> = BTreeMap::new();
    for sector in events.iter().filter(|e| is_certain(e)).flat_map(|e| &e.sectors) {
        *counts.entry(sector).or_default() += 1;
    }
    let count = |(sector, count): (&String, usize)| SectorCount {
        sector: sector.clone(),
        label: names.sector(sector).to_owned(),
        count,
    };
    let mut sectors: Vec<SectorCount> = counts.into_iter().map(count).collect();
    sectors.sort_by(|a, b| b.count.cmp(&a.count).then(a.sector.cmp(&b.sector)));
    sectors
}

fn timeline(sections: &[Section]) -> Vec<Moment> {
    let dated = |item: &Item| {
        let date = item.date.clone()?;
        let (title, marks, event) = (item.title.clone(), item.marks.clone(), item.event.clone());
        Some(Moment { date, title, marks, tone: item.tone, event })
    };
    let mut moments: Vec<Moment> =
        sections.iter().filter(|s| s.title != UNCERTAIN).flat_map(|s| s.items.iter().filter_map(dated)).collect();
    // "2025" stands before "2025-11" and that before "2025-11-02".
    moments.sort_by(|a, b| a.date.cmp(&b.date));
    moments
}

#[cfg(test)]
mod tests;
