//! Rows → figures of pairs: what is between two parties, whole or by period, sector or tone.

use super::project::Rows;
use super::tone::Mood;
use super::words::Tone;
use crate::graph::{EventKind, EventRow, PartyRow};
use crate::knowledge::Acts;
use chrono::{Datelike as _, NaiveDate};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// How the figures of a pair are split.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Split {
    /// Not at all.
    Whole,
    /// By year of the first day that the event's date can mean.
    Year,
    /// By quarter.
    Quarter,
    /// By month.
    Month,
    /// By sector of its agreements; an agreement of two sectors counts in both, other events in none.
    Sector,
    /// Cooperation apart from conflict.
    Tone,
}

impl Split {
    /// The parts that an event belongs to; `undated` where it has no date.
    #[must_use]
    pub fn parts(self, event: &EventRow) -> Vec<String> {
        let dated = |show: &dyn Fn(NaiveDate) -> String| vec![event.earliest.map_or("undated".to_owned(), show)];
        match self {
            Self::Whole => vec![String::new()],
            Self::Year => dated(&|day| day.format("%Y").to_string()),
            Self::Quarter => dated(&|day| format!("{}-Q{}", day.format("%Y"), day.month0() / 3 + 1)),
            Self::Month => dated(&|day| day.format("%Y-%m").to_string()),
            Self::Sector => event.sectors.clone(),
            Self::Tone => vec![Tone::of(&event.quad_class).as_str().to_owned()],
        }
    }
}

/// What is between two parties (in one part, where the figures are split).
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DyadFigures {
    /// The first in the order of codes.
    pub first: PartyRow,
    /// The other.
    pub second: PartyRow,
    /// Year, quarter, month, sector or tone; `None` where the figures are not split.
    pub part: Option<String>,
    /// Events of any kind.
    pub events: usize,
    /// Agreements among them.
    pub agreements: usize,
    /// Encounters among them.
    pub encounters: usize,
    /// Acts among them.
    pub acts: usize,
    /// Articles that report them.
    pub articles: usize,
    /// The events by quad class, and their mean score.
    #[serde(flatten)]
    pub mood: Mood,
    /// First day of the dated events.
    pub earliest: Option<NaiveDate>,
    /// Last day of the dated events.
    pub latest: Option<NaiveDate>,
}

/// The events of pairs: codes in order → events that tie them.
pub(super) type Pairs<'r> = BTreeMap<(&'r str, &'r str), BTreeMap<&'r str, &'r EventRow>>;

/// The events that tie each pair.
pub(super) fn pairs<'r>(rows: Rows<'r>) -> Pairs<'r> {
    let known: BTreeMap<&str, &EventRow> = rows.events.iter().map(|e| (e.iri.as_str(), e)).collect();
    let mut pairs = Pairs::new();
    for tie in rows.ties.iter().filter(|t| t.from != t.to) {
        let (a, b) = (tie.from.as_str().min(&tie.to), tie.from.as_str().max(&tie.to));
        for event in tie.events.iter().filter_map(|iri| known.get(iri.as_str()).copied()) {
            pairs.entry((a, b)).or_default().insert(&event.iri, event);
        }
    }
    pairs
}

/// The figures of every pair that has any, in the order of codes and parts.
#[must_use]
pub fn dyads(rows: Rows<'_>, split: Split, acts: &Acts) -> Vec<DyadFigures> {
    let mut out = Vec::new();
    for ((a, b), events) in pairs(rows) {
        let mut parts: BTreeMap<String, Vec<&EventRow>> = BTreeMap::new();
        for event in events.into_values() {
            for part in split.parts(event) {
                parts.entry(part).or_default().push(event);
            }
        }
        for (part, events) in parts {
            let part = (split != Split::Whole).then_some(part);
            out.push(figures([party(rows.parties, a), party(rows.parties, b)], part, &events, acts));
        }
    }
    out
}

/// A party by its code; one that the store does not describe is called by its code.
pub(super) fn party(parties: &[PartyRow], code: &str) -> PartyRow {
    parties.iter().find(|p| p.code == code).cloned().unwrap_or_else(|| PartyRow::undescribed(code))
}

fn figures([first, second]: [PartyRow; 2], part: Option<String>, events: &[&EventRow], acts: &Acts) -> DyadFigures {
    let of = |kind| events.iter().filter(|e| e.kind == kind).count();
    DyadFigures {
        first,
        second,
        part,
        events: events.len(),
        agreements: of(EventKind::Agreement),
        encounters: of(EventKind::Encounter),
        acts: of(EventKind::Act),
        articles: events.iter().flat_map(|e| &e.articles).collect::<BTreeSet<_>>().len(),
        mood: Mood::of(events.iter().copied(), acts),
        earliest: events.iter().filter_map(|e| e.earliest).min(),
        latest: events.iter().filter_map(|e| e.latest).max(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::sample;

    #[track_caller]
    fn check(split: Split, expected: &[(&str, &str, usize)]) {
        let (sample, acts) = (sample::rows(), Acts::builtin().unwrap());
        let found = dyads(sample.rows(), split, &acts);
        let told: Vec<(String, &str, usize)> = found
            .iter()
            .map(|d| (format!("{}-{}", d.first.code, d.second.code), d.part.as_deref().unwrap_or(""), d.events))
            .collect();
        let expected: Vec<(String, &str, usize)> = expected.iter().map(|(a, b, n)| ((*a).to_owned(), *b, *n)).collect();
        assert_eq!(told, expected);
    }

    #[test]
    fn pairs_have_figures_by_period_sector_and_tone() {
        check(Split::Whole, &[("JPN-KOR", "", 1), ("KOR-PRK", "", 4), ("KOR-SGP", "", 4)]);
        check(
            Split::Year,
            &[("JPN-KOR", "2023", 1), ("KOR-PRK", "2018", 2), ("KOR-PRK", "2024", 2), ("KOR-SGP", "2025", 4)],
        );
        check(Split::Sector, &[("KOR-SGP", "defence", 1), ("KOR-SGP", "digital", 1), ("KOR-SGP", "trade", 2)]);
        let tones = [
            ("JPN-KOR", "cooperation", 1),
            ("KOR-PRK", "conflict", 3),
            ("KOR-PRK", "cooperation", 1),
            ("KOR-SGP", "cooperation", 4),
        ];
        check(Split::Tone, &tones);
        assert_eq!(Split::Quarter.parts(&sample::rows().events[0]), ["2025-Q4"]);
        assert_eq!(Split::Month.parts(&sample::rows().events[9]), ["undated"]);
    }
}
