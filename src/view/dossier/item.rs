//! One event of a dossier, in words.

use super::Names;
use crate::graph::{ClaimRow, EventKind, EventRow, LeaderRow, PartyRow};
use crate::view::words::{self, Standing, Tone};
use chrono::NaiveDate;
use serde::Serialize;

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
    /// `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.
    pub date: Option<String>,
    /// What the date rests on.
    pub date_basis: Option<String>,
    /// The date in words.
    pub when: String,
    /// Probability by all articles together, 0–1.
    pub confidence: f64,
    /// The sentences, in the order of publication.
    pub sources: Vec<Source>,
}

/// A sentence behind an event.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Source {
    /// IRI of the claim.
    pub claim: String,
    /// The sentence.
    pub quote: String,
    /// Article id.
    pub article: String,
    /// Headline; the id where there is none.
    pub headline: String,
    /// Outlet.
    pub outlet: Option<String>,
    /// Address.
    pub url: Option<String>,
    /// Day of publication.
    pub published: Option<NaiveDate>,
    /// Who is said to have said so.
    pub attributed_to: Option<String>,
    /// Frame and construction that saw it.
    pub rule: String,
    /// Probability, 0–1.
    pub confidence: f64,
}

impl Item {
    pub(super) fn new(event: &EventRow, claims: &[ClaimRow], between: &[PartyRow; 2], names: &Names) -> Self {
        Self {
            event: event.iri.clone(),
            kind: event.kind,
            event_type: event.event_type.clone(),
            status: event.status.clone(),
            standing: Standing::of(event),
            background: event.background,
            tone: Tone::of(&event.quad_class),
            title: title(event, names),
            marks: marks(event),
            details: details(event, between, names),
            date: event.date.clone(),
            date_basis: event.date_basis.clone(),
            when: when(event, claims),
            confidence: event.confidence,
            sources: sources(claims),
        }
    }
}

fn title(event: &EventRow, names: &Names) -> String {
    let what = words::type_title(&event.event_type);
    if let (EventKind::Act, Some(actor), Some(recipient)) = (event.kind, &event.actor, &event.recipient) {
        let (actor, recipient) = (names.party(actor), names.party(recipient));
        return format!("{} {} {recipient}", words::capitalized(actor), words::act_verb(&event.event_type));
    }
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

fn details(event: &EventRow, between: &[PartyRow; 2], names: &Names) -> Vec<String> {
    let mut details = Vec::new();
    if let Some(status) = &event.status
        && Standing::of(event) == Standing::Done
        // That an encounter took place goes without saying.
        && status != "held"
    {
        details.push(status.replace('-', " "));
    }
    let others: Vec<String> = event
        .parties
        .iter()
        .filter(|code| between.iter().all(|p| p.code != **code))
        .map(|code| names.party(code).to_owned())
        .collect();
    if !others.is_empty() {
        details.push(format!("with {}", words::listed(&others)));
    }
    for (verb, leaders) in [("signed by", &event.signatories), ("", &event.participants)] {
        if !leaders.is_empty() {
            let people: Vec<String> = leaders.iter().map(|l| person(l, names)).collect();
            details.push(format!("{verb} {}", words::listed(&people)).trim().to_owned());
        }
    }
    if !event.sectors.is_empty() {
        details.push(event.sectors.iter().map(|s| names.sector(s).to_owned()).collect::<Vec<_>>().join(", "));
    }
    details
}

fn person(leader: &LeaderRow, names: &Names) -> String {
    match &leader.party {
        Some(party) => format!("{} ({})", flat(&leader.name), names.party(party)),
        None => flat(&leader.name),
    }
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

fn sources(claims: &[ClaimRow]) -> Vec<Source> {
    let mut claims: Vec<&ClaimRow> = claims.iter().collect();
    claims.sort_by_key(|c| (c.published.is_none(), c.published, &c.article, c.start, &c.iri));
    let mut sources: Vec<Source> = Vec::new();
    for claim in claims {
        let quote = flat(&claim.quote);
        if sources.iter().any(|s| s.article == claim.article && s.quote == quote) {
            continue;
        }
        let headline = flat(&claim.title);
        sources.push(Source {
            claim: claim.iri.clone(),
            quote,
            headline: if headline.is_empty() { claim.article.clone() } else { headline },
            article: claim.article.clone(),
            outlet: claim.source.clone(),
            url: claim.url.clone(),
            published: claim.published,
            attributed_to: claim.attributed_to.clone(),
            rule: claim.rule.clone(),
            confidence: claim.confidence,
        });
    }
    sources
}

impl Source {
    /// Outlet and day of publication, as far as they are known.
    pub(super) fn origin(&self) -> String {
        let day = self.published.map(words::day);
        self.outlet.iter().cloned().chain(day).collect::<Vec<_>>().join(", ")
    }
}

/// The text in one line.
fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
