//! The figures of a dossier: counts, statuses, sectors, tone by month, partners, people.

use super::item::Item;
use super::subject::{Subject, people};
use super::{Names, Section, SectionKind};
use crate::graph::{EventKind, EventRow, LeaderRow, PartyCodes, PartyRow, TIE_CONFIDENCE};
use crate::knowledge::Acts;
use crate::view::tone::Mood;
use crate::view::words::{self, Standing};
use chrono::NaiveDate;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// Entries by what became of them. Planned and cancelled ones are in no other number.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Agreements reached.
    pub agreements: usize,
    /// Encounters that took place.
    pub encounters: usize,
    /// Acts of cooperation; those that the same sentence tells count once.
    pub cooperation: usize,
    /// Acts of conflict, counted likewise.
    pub conflict: usize,
    /// Acts that the sentences of another entry tell; in no other number.
    pub implied: usize,
    /// Events to come, or under negotiation.
    pub planned: usize,
    /// Events called off, agreements that no longer hold.
    pub cancelled: usize,
    /// Of two parties: events that others took part in too; in no other number.
    pub with_others: usize,
    /// Events that are more likely wrong than right; in no other number.
    pub uncertain: usize,
    /// Articles that report any of it.
    pub articles: usize,
}

/// How many agreements have a status.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StatusCount {
    /// `signed`, `agreed`, `in-force`, `negotiating` …
    pub status: String,
    /// Agreements.
    pub count: usize,
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
    /// Those that were reached.
    pub done: usize,
    /// Those that are planned or under negotiation.
    pub planned: usize,
    /// Those that no longer hold.
    pub cancelled: usize,
}

/// The tone of a month.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Month {
    /// `YYYY-MM`.
    pub month: String,
    /// Its events by quad class, and their mean score.
    #[serde(flatten)]
    pub mood: Mood,
}

/// A party with which the subject has to do.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Partner {
    /// The party.
    #[serde(flatten)]
    pub party: PartyRow,
    /// Agreements reached.
    pub agreements: usize,
    /// Encounters that took place.
    pub encounters: usize,
    /// All events by quad class, and their mean score.
    #[serde(flatten)]
    pub mood: Mood,
    /// Last day of the dated events.
    pub last: Option<NaiveDate>,
}

/// Someone who took part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Person {
    /// The leader as the articles tell of them.
    #[serde(flatten)]
    pub leader: LeaderRow,
    /// Events that they took part in, or signed.
    pub events: usize,
    /// First day of the dated ones.
    pub first: Option<NaiveDate>,
    /// Last day of the dated ones.
    pub last: Option<NaiveDate>,
}

/// Whether an event is told as fact: the bar that ties have to pass.
pub(super) fn is_certain(event: &EventRow) -> bool {
    event.confidence >= TIE_CONFIDENCE
}

/// What came about and is told as fact.
pub(super) fn certain<'e>(events: &[&'e EventRow]) -> Vec<&'e EventRow> {
    events.iter().copied().filter(|e| Standing::of(e) == Standing::Done && is_certain(e)).collect()
}

pub(super) fn count(sections: &[Section], implied: usize, events: &[&EventRow]) -> Counts {
    let articles: BTreeSet<&String> = events.iter().flat_map(|e| &e.articles).collect();
    let mut counts = Counts { articles: articles.len(), implied, ..Counts::default() };
    for section in sections {
        for item in &section.items {
            *match (item.standing, section.kind) {
                (_, SectionKind::Uncertain) => &mut counts.uncertain,
                (Standing::Planned, _) => &mut counts.planned,
                (Standing::Cancelled, _) => &mut counts.cancelled,
                (Standing::Done, SectionKind::Agreements) => &mut counts.agreements,
                (Standing::Done, SectionKind::Encounters) => &mut counts.encounters,
                (Standing::Done, SectionKind::Cooperation) => &mut counts.cooperation,
                (Standing::Done, SectionKind::Conflict) => &mut counts.conflict,
                (Standing::Done, SectionKind::WithOthers) => &mut counts.with_others,
            } += 1;
        }
    }
    counts
}

pub(super) fn statuses(events: &[&EventRow]) -> Vec<StatusCount> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for event in events.iter().filter(|e| e.kind == EventKind::Agreement && is_certain(e)) {
        *counts.entry(event.status.clone().unwrap_or_else(|| "unknown".to_owned())).or_default() += 1;
    }
    let mut rows: Vec<StatusCount> = counts.into_iter().map(|(status, count)| StatusCount { status, count }).collect();
    rows.sort_by_key(|row| std::cmp::Reverse(row.count));
    rows
}

pub(super) fn sectors(events: &[&EventRow], names: &Names) -> Vec<SectorCount> {
    let mut counts: BTreeMap<&String, [usize; 3]> = BTreeMap::new();
    for event in events.iter().filter(|e| is_certain(e)) {
        let at = match Standing::of(event) {
            Standing::Done => 0,
            Standing::Planned => 1,
            Standing::Cancelled => 2,
        };
        for sector in &event.sectors {
            counts.entry(sector).or_default()[at] += 1;
        }
    }
    let count = |(sector, [done, planned, cancelled]): (&String, [usize; 3])| SectorCount {
        sector: sector.clone(),
        label: names.sector(sector).to_owned(),
        count: done + planned + cancelled,
        done,
        planned,
        cancelled,
    };
    let mut sectors: Vec<SectorCount> = counts.into_iter().map(count).collect();
    sectors.sort_by(|a, b| b.count.cmp(&a.count).then(a.sector.cmp(&b.sector)));
    sectors
}

/// The months that have events whose date says the month.
pub(super) fn months(events: &[&EventRow], acts: &Acts) -> Vec<Month> {
    let mut months: BTreeMap<&str, Vec<&EventRow>> = BTreeMap::new();
    for event in events {
        if let Some(month) = event.date.as_deref().and_then(|date| date.get(..7)) {
            months.entry(month).or_default().push(event);
        }
    }
    let month =
        |(month, events): (&str, Vec<&EventRow>)| Month { month: month.to_owned(), mood: Mood::of(events, acts) };
    months.into_iter().map(month).collect()
}

/// The others, those with most events first; none of a dossier of two.
pub(super) fn partners(subject: &Subject, events: &[&EventRow], names: &Names, acts: &Acts) -> Vec<Partner> {
    if matches!(subject, Subject::Dyad { .. }) {
        return Vec::new();
    }
    let own = subject.codes();
    let mut others: BTreeMap<&str, Vec<&EventRow>> = BTreeMap::new();
    for event in events {
        for code in event.parties.iter().filter(|code| !own.contains(&code.as_str())) {
            others.entry(code).or_default().push(event);
        }
    }
    let partner = |(code, events): (&str, Vec<&EventRow>)| Partner {
        party: PartyRow {
            code: code.to_owned(),
            name: names.party(code).to_owned(),
            country: names.countries.contains(code),
            region: None,
            codes: PartyCodes::default(),
        },
        agreements: events.iter().filter(|e| e.kind == EventKind::Agreement).count(),
        encounters: events.iter().filter(|e| e.kind == EventKind::Encounter).count(),
        last: events.iter().filter_map(|e| e.latest).max(),
        mood: Mood::of(events, acts),
    };
    let mut partners: Vec<Partner> = others.into_iter().map(partner).collect();
    partners.sort_by_key(|p| std::cmp::Reverse(p.mood.events()));
    partners
}

/// Who took part, those in most events first; of a leader's dossier the others.
pub(super) fn persons(subject: &Subject, events: &[&EventRow]) -> Vec<Person> {
    let own = if let Subject::Leader { leader } = subject { leader.iri.as_str() } else { "" };
    let mut found: BTreeMap<&str, Person> = BTreeMap::new();
    for event in events {
        for leader in people(event).filter(|l| l.iri != own) {
            let person = found.entry(&leader.iri).or_insert_with(|| Person {
                leader: leader.clone(),
                events: 0,
                first: None,
                last: None,
            });
            person.events += 1;
            person.first = person.first.into_iter().chain(event.earliest).min();
            person.last = person.last.max(event.latest);
            // The latest title that an article gives is what they are now.
            let newer = leader.title.is_some() && person.last == event.latest;
            if newer || (person.leader.title.is_none() && leader.title.is_some()) {
                person.leader.title.clone_from(&leader.title);
            }
        }
    }
    let mut persons: Vec<Person> = found.into_values().collect();
    persons.sort_by(|a, b| b.events.cmp(&a.events).then_with(|| a.leader.name.cmp(&b.leader.name)));
    persons
}

/// The figures in a line or two.
pub(super) fn summary(dossier: &super::Dossier) -> Vec<String> {
    let counts = &dossier.counts;
    let done: Vec<String> = [
        (counts.agreements, "agreement", ""),
        (counts.encounters, "encounter", ""),
        (counts.cooperation, "act", " of cooperation"),
        (counts.conflict, "act", " of conflict"),
    ]
    .into_iter()
    .filter(|(count, ..)| *count > 0)
    .map(|(count, one, rest)| format!("{}{rest}", words::number_of(count, one)))
    .collect();
    let nothing = match dossier.subject {
        Subject::Dyad { .. } => "Nothing that came about between the two alone",
        _ => "Nothing that came about",
    };
    let done = if done.is_empty() { nothing.to_owned() } else { words::listed(&done) };
    let when = match dossier.period {
        Some((first, last)) if first == last => format!(", on {}", words::day(first)),
        Some((first, last)) => format!(", from {} to {}", words::day(first), words::day(last)),
        None => String::new(),
    };
    let mut lines = vec![format!("{done}, in {}{when}.", words::number_of(counts.articles, "article"))];
    if counts.with_others > 0 {
        lines.push(format!("{} together with others.", words::number_of(counts.with_others, "event")));
    }
    let rest: Vec<String> =
        [(counts.planned, "planned or under negotiation"), (counts.cancelled, "cancelled or no longer in force")]
            .into_iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, what)| format!("{} {what}", words::grouped(count)))
            .collect();
    if !rest.is_empty() {
        lines.push(format!("{}.", words::capitalized(&rest.join("; "))));
    }
    if counts.uncertain > 0 {
        let events = words::number_of(counts.uncertain, "event");
        lines.push(format!("{events} of a confidence below {TIE_CONFIDENCE}, told at the end as uncertain."));
    }
    if !dossier.sectors.is_empty() {
        let shown = dossier.sectors.iter().take(8);
        let mut sectors: Vec<String> = shown.map(|s| format!("{} ({})", s.label, s.count)).collect();
        if dossier.sectors.len() > sectors.len() {
            sectors.push(format!("{} more", dossier.sectors.len() - sectors.len()));
        }
        lines.push(format!("Sectors of agreements: {}.", sectors.join(", ")));
    }
    lines.extend(dossier.scope.line(|slug| dossier.label(slug)));
    lines
}

/// The weight by which the entries of a long section are chosen: articles first, then confidence.
pub(super) fn weight(item: &Item) -> (usize, i64) {
    (item.articles(), (item.confidence * 1e6) as i64)
}
