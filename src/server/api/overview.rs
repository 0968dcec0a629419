//! What the store holds, what is lively in it, what is found in it.

use super::dyads::{DyadWire, liveliest};
use super::filter::Filter;
use super::network::{Graph, whole_network};
use super::wire::{self, EventWire};
use super::{Ask, Problem, Reply, bytes, json, page};
use crate::graph::{Counts, EventRow};
use crate::server::snapshot::{Entry, Kind, key_of};
use crate::view::words;
use serde::Serialize;
use std::sync::PoisonError;

#[derive(Serialize)]
pub(super) struct About {
    name: &'static str,
    version: &'static str,
    store: Totals,
    writable: bool,
    /// Hash of the rules, lists and weights with which this program reads.
    knowledge: String,
}

#[derive(Serialize)]
struct Totals {
    articles: usize,
    events: usize,
    ties: usize,
    dyads: usize,
    countries: usize,
    leaders: usize,
    quads: usize,
    first: Option<chrono::NaiveDate>,
    last: Option<chrono::NaiveDate>,
}

fn totals(ask: &Ask<'_>) -> Totals {
    let counts = &ask.now.counts;
    Totals {
        articles: counts.articles,
        events: ask.now.events.len(),
        ties: counts.ties,
        dyads: counts.dyads,
        countries: ask.now.parties.values().filter(|p| p.country).count(),
        leaders: counts.leaders,
        quads: counts.quads,
        first: counts.first,
        last: counts.last,
    }
}

/// `GET /`.
pub(super) fn about(ask: &Ask<'_>) -> About {
    About {
        name: "entente",
        version: env!("CARGO_PKG_VERSION"),
        store: totals(ask),
        writable: ask.app.settings.token.is_some(),
        knowledge: ask.app.knowledge.clone(),
    }
}

#[derive(Serialize)]
struct Overview<'a> {
    counts: &'a Counts,
    summary: wire::Summary,
    dyads: Vec<DyadWire>,
    newest: Vec<EventWire>,
    network: Graph,
}

/// Pairs, events and nodes of an overview.
const DYADS: usize = 20;
const NEWEST: usize = 20;
const NODES: usize = 40;

/// `GET /overview`. The first view, which has no filter, is kept.
pub(super) fn overview(ask: &Ask<'_>) -> Result<Reply, Problem> {
    let filter = ask.filter()?;
    if !ask.call.query.is_empty() {
        return Ok(json(&overview_of(ask, &filter)));
    }
    let mut known = ask.now.overview.lock().unwrap_or_else(PoisonError::into_inner);
    let found = match known.as_ref() {
        Some(found) => found.clone(),
        None => known.insert(serde_json::to_vec(&overview_of(ask, &filter)).unwrap_or_default().into()).clone(),
    };
    Ok(bytes("application/json", found))
}

fn overview_of<'a>(ask: &Ask<'a>, filter: &Filter) -> Overview<'a> {
    let entries: Vec<&Entry> = ask.now.events.iter().filter(|e| filter.passes(&e.row)).collect();
    let rows: Vec<&EventRow> = entries.iter().map(|e| &e.row).collect();
    let mut dyads = liveliest(ask, filter);
    dyads.truncate(DYADS);
    Overview {
        counts: &ask.now.counts,
        summary: wire::summary(&rows),
        dyads,
        newest: entries.iter().take(NEWEST).map(|e| wire::event(ask.now, e)).collect(),
        network: whole_network(ask, filter, NODES),
    }
}

#[derive(Serialize)]
struct Hits {
    items: Vec<Hit>,
}

#[derive(Serialize)]
struct Hit {
    r#type: &'static str,
    id: String,
    label: String,
    detail: String,
    sentence: Option<String>,
}

/// Things found where nothing is said, and at most.
const FOUND: usize = 20;
const MOST_FOUND: usize = 100;

/// `GET /search?q=&type=`.
pub(super) fn search(ask: &Ask<'_>) -> Result<Reply, Problem> {
    let question = page::question(ask.call)?;
    let limit = match ask.call.one("limit") {
        None => FOUND,
        Some(text) => text
            .parse()
            .ok()
            .filter(|n| (1..=MOST_FOUND).contains(n))
            .ok_or_else(|| Problem::bad(format!("`limit` is a number from 1 to {MOST_FOUND}")))?,
    };
    let word = ask.call.one("type").filter(|t| !t.is_empty());
    let found = ask.now.search.find(question, word, limit);
    Ok(json(&Hits { items: found.into_iter().filter_map(|kind| hit(ask, kind)).collect() }))
}

fn hit(ask: &Ask<'_>, kind: &Kind) -> Option<Hit> {
    let now = ask.now;
    let of = |id: &str, label: String, detail: String, sentence: Option<String>| Hit {
        r#type: kind.word(),
        id: id.to_owned(),
        label,
        detail,
        sentence,
    };
    let events = |count: usize| words::number_of(count, "event");
    Some(match kind {
        Kind::Country(code) | Kind::Organization(code) => {
            let count = now.by_party.get(code).map_or(0, Vec::len);
            of(code, wire::party(now, code).name, events(count), None)
        }
        Kind::Leader(id) => {
            let line = now.leaders.get(id)?;
            let party = line.party.as_deref().map(|code| wire::party(now, code).name);
            let parts: Vec<String> = line.title.clone().into_iter().chain(party).collect();
            of(id, line.name.clone(), parts.join(", "), None)
        }
        Kind::Sector(slug) => {
            let count = now.counts.sectors.get(slug).copied().unwrap_or_default();
            of(slug, wire::sector(now, slug, None).label, words::number_of(count, "agreement"), None)
        }
        Kind::Event(at) => event_hit(ask, kind, *at, None)?,
        Kind::Sentence(at, sentence) => event_hit(ask, kind, *at, Some(sentence.clone()))?,
        Kind::Article(at) => {
            let article = now.articles.get(*at)?;
            let day = article.published.map(words::day);
            let parts: Vec<String> = article.source.clone().into_iter().chain(day).collect();
            of(key_of(&article.iri), article.title.clone(), parts.join(", "), None)
        }
    })
}

fn event_hit(ask: &Ask<'_>, kind: &Kind, at: usize, sentence: Option<String>) -> Option<Hit> {
    let entry = ask.now.events.get(at)?;
    let parties: Vec<String> = entry.row.parties.iter().map(|code| wire::party(ask.now, code).name).collect();
    let detail = format!("{}, {}", words::listed(&parties), words::date(entry.row.date.as_deref()));
    let sentence = sentence.or_else(|| entry.sentence.as_ref().map(|(quote, _)| quote.clone()));
    Some(Hit { r#type: kind.word(), id: entry.id.clone(), label: entry.title.clone(), detail, sentence })
}

/// `GET /sectors`.
pub(super) fn sectors(ask: &Ask<'_>) -> Result<Reply, Problem> {
    let count = |slug: &str| ask.now.counts.sectors.get(slug).copied().unwrap_or_default();
    let all: Vec<wire::SectorWire> =
        ask.now.names.sectors.keys().map(|slug| wire::sector(ask.now, slug, Some(count(slug)))).collect();
    #[derive(Serialize)]
    struct Sectors {
        items: Vec<wire::SectorWire>,
    }
    Ok(json(&Sectors { items: all }))
}
