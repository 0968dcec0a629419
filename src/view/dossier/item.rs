//! One entry of a dossier, in words: an event, and the acts that its sentences imply.

use super::source::{Source, sources};
use super::{Names, Subject};
use crate::graph::{ClaimRow, EventKind, EventRow, LeaderRow};
use crate::view::words::{self, Standing, Tone};
use chrono::NaiveDate;
use serde::Serialize;

/// More parties or people than these are counted rather than named.
const NAMED: usize = 6;

/// An event as the dossier tells it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Item {
    /// IRI.
    pub event: String,
    /// Agreement, encounter or act.
    pub kind: EventKind,
    /// `mou`, `meeting`, `SUPPORT` …
    #[serde(rename = "type")]
    pub event_type: String,
    /// `signed`, `held` …
    pub status: Option<String>,
    /// Whether it came about.
    pub standing: Standing,
    /// Only recalled, by every article.
    pub background: bool,
    /// Cooperation or conflict.
    pub tone: Tone,
    /// One phrase: "Memorandum of understanding: digital cooperation".
    pub title: String,
    /// What is to be seen at once: `planned`, `cancelled`, `background` …
    pub marks: Vec<String>,
    /// Who signed, who took part, in which sectors: one phrase each.
    pub details: Vec<String>,
    /// Codes of the parties.
    pub parties: Vec<String>,
    /// Sector slugs.
    pub sectors: Vec<String>,
    /// `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.
    pub date: Option<String>,
    /// What the date rests on.
    pub date_basis: Option<String>,
    /// The date in words.
    pub when: String,
    /// Probability by all articles together, 0–1.
    pub confidence: f64,
    /// Acts that the same sentences tell, and that are therefore no entries of their own.
    pub implied: Vec<Implied>,
    /// Place in `sources` of the sentence to quote: the surest one that no earlier entry quotes; none where all are quoted.
    pub lead: Option<usize>,
    /// The sentences, in the order of publication.
    pub sources: Vec<Source>,
}

/// An act that stands under another entry.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Implied {
    /// IRI.
    pub event: String,
    /// PLOVER type.
    #[serde(rename = "type")]
    pub event_type: String,
    /// "Singapore supported South Korea".
    pub title: String,
    /// Probability, 0–1.
    pub confidence: f64,
}

impl Item {
    /// An event in words, with the sentences behind it; not numbered yet.
    #[must_use]
    pub fn new(event: &EventRow, claims: &[ClaimRow], subject: &Subject, names: &Names) -> Self {
        let own = subject.codes();
        let others: Vec<String> = event
            .parties
            .iter()
            .filter(|code| !own.contains(&code.as_str()))
            .map(|code| words::visible(names.party(code)))
            .collect();
        let with = (!others.is_empty()).then(|| format!("with {}", listed(&others)));
        let titled = event.kind != EventKind::Act && !matches!(subject, Subject::Dyad { .. });
        let mut title = title(event, names);
        if let Some(with) = with.as_ref().filter(|_| titled) {
            title = format!("{title} {with}");
        }
        let with = with.filter(|_| !titled && event.kind != EventKind::Act);
        Self {
            event: event.iri.clone(),
            kind: event.kind,
            event_type: event.event_type.clone(),
            status: event.status.clone(),
            standing: Standing::of(event),
            background: event.background,
            tone: Tone::of(&event.quad_class),
            title,
            marks: marks(event),
            details: details(event, with, names),
            parties: event.parties.clone(),
            sectors: event.sectors.clone(),
            date: event.date.clone(),
            date_basis: event.date_basis.clone(),
            when: when(event, claims),
            confidence: event.confidence,
            implied: Vec::new(),
            lead: None,
            sources: sources(claims),
        }
    }

    /// The sentence to quote.
    #[must_use]
    pub fn quoted(&self) -> Option<&Source> {
        self.lead.and_then(|at| self.sources.get(at))
    }

    /// The first day of publication.
    pub(super) fn reported(&self) -> Option<NaiveDate> {
        self.sources.iter().filter_map(|s| s.published).min()
    }

    /// Articles that report it.
    #[must_use]
    pub fn articles(&self) -> usize {
        self.sources.iter().map(|s| &s.article).collect::<std::collections::BTreeSet<_>>().len()
    }
}

/// "A, B and C", "A, B, C and 12 others".
pub(super) fn listed(names: &[String]) -> String {
    if names.len() <= NAMED {
        return words::listed(names);
    }
    let few: Vec<String> = names.iter().take(NAMED - 2).cloned().collect();
    format!("{} and {} others", few.join(", "), names.len() - few.len())
}

/// One phrase that names an event: "Memorandum of understanding: digital cooperation", "South Korea praises Singapore".
#[must_use]
pub fn title(event: &EventRow, names: &Names) -> String {
    let what = words::type_title(&event.event_type);
    if let (EventKind::Act, Some(actor), Some(recipient)) = (event.kind, &event.actor, &event.recipient) {
        let act = act_title(&[names.party(actor).to_owned()], &event.event_type, &[names.party(recipient).to_owned()]);
        return event.topic.as_ref().map_or(act.clone(), |name| format!("{act}: {}", words::visible(name)));
    }
    let flat = words::visible;
    match (&event.topic, &event.place) {
        (None, Some(place)) if event.kind == EventKind::Encounter => {
            let to = if event.event_type == "visit" { "to" } else { "in" };
            format!("{what} {to} {}", flat(place))
        }
        (Some(topic), _) if says_type(topic, &event.event_type) => words::capitalized(&flat(topic)),
        (Some(topic), _) => format!("{what}: {}", flat(topic)),
        (None, _) => what,
    }
}

/// "Singapore supported South Korea", "Canada and Japan sanctioned Russia".
pub(super) fn act_title(actors: &[String], event_type: &str, recipients: &[String]) -> String {
    let [actors, recipients] =
        [actors, recipients].map(|list| listed(&list.iter().map(|n| words::visible(n)).collect::<Vec<_>>()));
    format!("{} {} {recipients}", words::capitalized(&actors), words::act_verb(event_type))
}

/// Whether the topic says itself what it is: "strategic partnership", "memorandums of understanding on shipping".
fn says_type(topic: &str, event_type: &str) -> bool {
    let word = match event_type {
        "mou" => "memorand",
        "fta" => "free trade",
        other => other,
    };
    topic.to_lowercase().contains(word)
}

/// The status where it says that the event did not come about, and `background`.
fn marks(event: &EventRow) -> Vec<String> {
    let status = event.status.clone().filter(|_| Standing::of(event) != Standing::Done);
    status.into_iter().chain(event.background.then(|| "background".to_owned())).collect()
}

fn details(event: &EventRow, with: Option<String>, names: &Names) -> Vec<String> {
    let mut details = Vec::new();
    if let Some(status) = &event.status
        && Standing::of(event) == Standing::Done
        // That an encounter took place goes without saying.
        && status != "held"
    {
        details.push(status.replace('-', " "));
    }
    details.extend(with);
    for (verb, leaders) in [("signed by", &event.signatories), ("", &event.participants)] {
        if !leaders.is_empty() {
            let people: Vec<String> = leaders.iter().map(|l| person(l, names)).collect();
            details.push(format!("{verb} {}", listed(&people)).trim().to_owned());
        }
    }
    if !event.sectors.is_empty() {
        details.push(event.sectors.iter().map(|s| names.sector(s).to_owned()).collect::<Vec<_>>().join(", "));
    }
    details
}

fn person(leader: &LeaderRow, names: &Names) -> String {
    let name = words::visible(&leader.name);
    leader.party.as_ref().map_or_else(|| name.clone(), |party| format!("{name} ({})", names.party(party)))
}

/// The date; it is said where it is no more than a guess. Without one, when it was first reported.
fn when(event: &EventRow, claims: &[ClaimRow]) -> String {
    let date = words::date(event.date.as_deref());
    match (event.date_basis.as_deref(), claims.iter().filter_map(|c| c.published).min()) {
        (Some("publication"), _) if event.date.is_some() => format!("{date} (date of publication)"),
        (_, Some(day)) if event.date.is_none() => format!("{date}, reported {}", words::day(day)),
        _ => date,
    }
}
