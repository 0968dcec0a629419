//! Events and the sentences behind them → a dossier of two parties, of a country or of a leader: figures, agreements,
//! encounters, acts, partners, people, tone by month, timeline, sources. The model is plain data that serializes to JSON as
//! it is (`docs/dossiers.md` describes it); the renderers say the same in text, Markdown and HTML.

mod figures;
mod group;
mod html;
mod item;
mod markdown;
mod plots;
mod series;
mod source;
mod subject;
mod tables;
mod text;

pub use figures::{Counts, Month, Partner, Person, SectorCount, StatusCount};
pub use html::write_html;
pub use item::{Implied, Item, title};
pub use markdown::write_markdown;
pub use source::{Article, Sentence, Source};
pub use subject::{Scope, Subject};
pub use text::write_text;

use super::project;
use super::words::{Standing, Tone};
use crate::graph::{ClaimRow, EventKind, EventRow};
use crate::knowledge::{Acts, Knowledge};
use chrono::NaiveDate;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// What there is to tell of a subject.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Dossier {
    /// Whom it is about.
    pub subject: Subject,
    /// "South Korea and Singapore".
    pub title: String,
    /// What of the graph it tells.
    pub scope: Scope,
    /// First and last day of what came about and has a date.
    pub period: Option<(NaiveDate, NaiveDate)>,
    /// Entries, counted.
    pub counts: Counts,
    /// Agreements by status, most frequent first.
    pub statuses: Vec<StatusCount>,
    /// Agreements by sector, most frequent first.
    pub sectors: Vec<SectorCount>,
    /// The tone of every month that has events.
    pub tone: Vec<Month>,
    /// Of a country or leader: with whom they have to do, most events first.
    pub partners: Vec<Partner>,
    /// Who took part, most events first.
    pub people: Vec<Person>,
    /// Agreements, encounters, acts, what others took part in too, what is uncertain. Empty ones are left out.
    pub sections: Vec<Section>,
    /// Every dated entry that is told as fact, in the order of time.
    pub timeline: Vec<Moment>,
    /// The articles that the entries cite, numbered.
    pub sources: Vec<Article>,
}

/// What a section holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum SectionKind {
    /// Agreements.
    Agreements,
    /// Encounters.
    Encounters,
    /// Acts of cooperation that no agreement or encounter implies.
    Cooperation,
    /// Acts of conflict.
    Conflict,
    /// Of two parties: what others took part in too.
    WithOthers,
    /// What is more likely wrong than right.
    Uncertain,
}

impl SectionKind {
    /// All, in the order of the dossier.
    pub const ALL: [Self; 6] =
        [Self::Agreements, Self::Encounters, Self::Cooperation, Self::Conflict, Self::WithOthers, Self::Uncertain];

    /// The heading.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Agreements => "Agreements",
            Self::Encounters => "Encounters",
            Self::Cooperation => "Acts of cooperation",
            Self::Conflict => "Acts of conflict",
            Self::WithOthers => "Together with others",
            Self::Uncertain => "Uncertain",
        }
    }
}

/// Entries of one kind.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Section {
    /// What it holds.
    pub kind: SectionKind,
    /// Heading.
    pub title: &'static str,
    /// How many entries there are; more than `items` where [`Scope::limit`] is smaller.
    pub total: usize,
    /// The entries, the latest first; one without a date stands where it was first reported.
    pub items: Vec<Item>,
}

/// A line of the timeline.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Moment {
    /// `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.
    pub date: String,
    /// What happened.
    pub title: String,
    /// Agreement, encounter or act.
    pub kind: EventKind,
    /// Whether it came about.
    pub standing: Standing,
    /// `planned`, `cancelled`, `background` …
    pub marks: Vec<String>,
    /// Cooperation or conflict.
    pub tone: Tone,
    /// IRI of the event.
    pub event: String,
    /// Whether the entry is among the items of its section.
    pub told: bool,
}

/// What the names of codes are.
#[derive(Debug, Clone, Default)]
pub struct Names {
    /// Parties, by code.
    pub parties: BTreeMap<String, String>,
    /// Codes of those that are countries.
    pub countries: BTreeSet<String>,
    /// Sectors, by slug.
    pub sectors: BTreeMap<String, String>,
}

impl Names {
    /// The names that the knowledge has.
    #[must_use]
    pub fn of(knowledge: &Knowledge) -> Self {
        let gazetteer = &knowledge.gazetteer;
        let countries = || gazetteer.countries.iter().map(|c| (c.id.to_string(), c.name.clone()));
        let organizations = gazetteer.organizations.iter().map(|o| (o.id.to_string(), o.name.clone()));
        Self {
            parties: countries().chain(organizations).collect(),
            countries: countries().map(|(code, _)| code).collect(),
            sectors: knowledge.sectors.labels().map(|(slug, label)| (slug.to_owned(), label.to_owned())).collect(),
        }
    }

    /// The name of a party; its code where it has none.
    #[must_use]
    pub fn party<'n>(&'n self, code: &'n str) -> &'n str {
        self.parties.get(code).map_or(code, String::as_str)
    }

    fn sector<'n>(&'n self, slug: &'n str) -> &'n str {
        self.sectors.get(slug).map_or(slug, String::as_str)
    }
}

impl Dossier {
    /// The dossier of a subject. `events` are those within the scope (of others the dossier takes no notice), `claims` the
    /// sentences behind them, by event.
    #[must_use]
    pub fn new(
        subject: Subject,
        scope: Scope,
        events: &[EventRow],
        claims: &BTreeMap<String, Vec<ClaimRow>>,
        names: &Names,
        acts: &Acts,
    ) -> Self {
        let events: Vec<&EventRow> = events.iter().filter(|e| subject.concerns(e)).collect();
        let (mut sections, implied) = sections(&subject, &events, claims, names);
        let counts = figures::count(&sections, implied, &events);
        let mut timeline = timeline(&sections);
        if let Some(limit) = scope.limit {
            sections.iter_mut().for_each(|section| shorten(&mut section.items, limit));
        }
        sections.retain(|s| !s.items.is_empty());
        let told: BTreeSet<&String> = sections.iter().flat_map(|s| s.items.iter().map(|i| &i.event)).collect();
        timeline.iter_mut().for_each(|moment| moment.told = told.contains(&moment.event));
        choose_quotes(sections.iter_mut().flat_map(|s| &mut s.items));
        let sources = source::numbered(sections.iter_mut().flat_map(|s| &mut s.items));
        let done = figures::certain(&events);
        Self {
            title: subject.title(),
            period: project::period(&done),
            counts,
            statuses: figures::statuses(&events),
            sectors: figures::sectors(&events, names),
            tone: figures::months(&done, acts),
            partners: figures::partners(&subject, &done, names, acts),
            people: figures::persons(&subject, &done),
            timeline,
            sources,
            sections,
            subject,
            scope,
        }
    }

    /// Whether there is nothing to tell.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.sections.is_empty()
    }

    /// What came about; what is planned or called off; the sectors; the scope: one line each, where there is something to
    /// say.
    #[must_use]
    pub fn summary(&self) -> Vec<String> {
        figures::summary(self)
    }

    /// The name of a sector for people.
    fn label(&self, slug: &str) -> String {
        self.sectors.iter().find(|s| s.sector == slug).map_or_else(|| slug.to_owned(), |s| s.label.clone())
    }
}

/// The sections, each with its entries from the latest to the first; and how many acts stand under other entries.
fn sections(
    subject: &Subject,
    events: &[&EventRow],
    claims: &BTreeMap<String, Vec<ClaimRow>>,
    names: &Names,
) -> (Vec<Section>, usize) {
    // What is uncertain stands by itself, and never under what is certain.
    let (certain, doubtful): (Vec<&EventRow>, Vec<&EventRow>) = events.iter().partition(|e| figures::is_certain(e));
    let by_iri: BTreeMap<&str, &EventRow> = events.iter().map(|e| (e.iri.as_str(), *e)).collect();
    let (told, implied) = group::entries(&certain, claims, subject, names);
    let (unsure, _) = group::entries(&doubtful, claims, subject, names);
    let mut items: Vec<Item> = told.into_iter().chain(unsure).collect();
    // What has no date stands where it was first reported.
    items.sort_by_cached_key(|item| {
        let event = by_iri.get(item.event.as_str());
        let day = event.and_then(|e| e.earliest).or_else(|| item.reported());
        (std::cmp::Reverse(day), item.date.is_none(), item.kind, item.event.clone())
    });
    let mut sections: Vec<Section> = SectionKind::ALL
        .map(|kind| Section { kind, title: kind.title(), total: 0, items: Vec::new() })
        .into_iter()
        .collect();
    for item in items {
        let kind = by_iri.get(item.event.as_str()).map_or(SectionKind::Uncertain, |event| section(subject, event));
        if let Some(section) = sections.iter_mut().find(|s| s.kind == kind) {
            section.total += 1;
            section.items.push(item);
        }
    }
    (sections, implied)
}

/// The heading under which an event is told.
fn section(subject: &Subject, event: &EventRow) -> SectionKind {
    match (event.kind, Tone::of(&event.quad_class)) {
        _ if !figures::is_certain(event) => SectionKind::Uncertain,
        _ if subject.with_others(event) => SectionKind::WithOthers,
        (EventKind::Agreement, _) => SectionKind::Agreements,
        (EventKind::Encounter, _) => SectionKind::Encounters,
        (EventKind::Act, Tone::Cooperation) => SectionKind::Cooperation,
        (EventKind::Act, Tone::Conflict) => SectionKind::Conflict,
    }
}

/// Keeps the best attested items, in their order.
fn shorten(items: &mut Vec<Item>, limit: usize) {
    let mut weights: Vec<_> =
        items.iter().enumerate().map(|(at, i)| (std::cmp::Reverse(figures::weight(i)), at)).collect();
    weights.sort_unstable();
    let kept: BTreeSet<usize> = weights.into_iter().take(limit).map(|(_, at)| at).collect();
    let mut at = 0;
    items.retain(|_| {
        at += 1;
        kept.contains(&(at - 1))
    });
}

/// Chooses the sentence that each entry quotes, so that none is quoted twice.
fn choose_quotes<'i>(items: impl Iterator<Item = &'i mut Item>) {
    let mut quoted: BTreeSet<(String, String)> = BTreeSet::new();
    for item in items {
        let free =
            item.sources.iter().enumerate().filter(|(_, s)| !quoted.contains(&(s.article.clone(), s.quote.clone())));
        item.lead =
            free.max_by(|(i, a), (j, b)| a.confidence.total_cmp(&b.confidence).then(j.cmp(i))).map(|(at, _)| at);
        quoted.extend(item.quoted().map(|s| (s.article.clone(), s.quote.clone())));
    }
}

fn timeline(sections: &[Section]) -> Vec<Moment> {
    let dated = |item: &Item| {
        Some(Moment {
            date: item.date.clone()?,
            title: item.title.clone(),
            kind: item.kind,
            standing: item.standing,
            marks: item.marks.clone(),
            tone: item.tone,
            event: item.event.clone(),
            told: true,
        })
    };
    let certain = sections.iter().filter(|s| s.kind != SectionKind::Uncertain);
    let mut moments: Vec<Moment> = certain.flat_map(|s| s.items.iter().filter_map(dated)).collect();
    // "2025" stands before "2025-11" and that before "2025-11-02".
    moments.sort_by(|a, b| (&a.date, a.kind).cmp(&(&b.date, b.kind)));
    moments
}

#[cfg(test)]
mod tests;
