//! Leaders.

use super::page::{self, Window};
use super::wire::{self, EventWire, LeaderWire, Named};
use super::{Ask, Problem, Reply, json};
use crate::graph::EventKind;
use crate::server::snapshot::{Entry, LeaderLine};
use serde::Serialize;

/// `GET /leaders`: those with events that pass the filter, the busiest first; `country` and `q` narrow.
pub(super) fn list(ask: &Ask<'_>) -> Result<Reply, Problem> {
    let filter = ask.filter()?;
    let country = ask.call.one("country").filter(|c| !c.is_empty());
    let words = page::words(ask.call)?;
    let fits = |line: &LeaderLine| {
        let title = line.title.as_deref().unwrap_or_default();
        let named = || words.is_empty() || words.fit(&format!("{} {title}", line.name));
        country.is_none_or(|code| line.party.as_deref() == Some(code)) && named()
    };
    let mut leaders: Vec<LeaderWire> = ask
        .now
        .leaders
        .iter()
        .filter(|(_, line)| fits(line))
        .map(|(id, line)| wire::leader(ask.now, id, line, ask.passing(&line.events, &filter).len()))
        .filter(|leader| leader.events > 0)
        .collect();
    leaders.sort_by(|a, b| b.events.cmp(&a.events).then_with(|| a.name.cmp(&b.name)));
    Ok(json(&Window::of(ask.call)?.page(&leaders, Clone::clone)))
}

#[derive(Serialize)]
struct Whole {
    id: String,
    iri: String,
    name: String,
    /// How articles write the name.
    names: Vec<String>,
    country: Option<Named>,
    offices: Vec<Office>,
    /// Whether no list has the name.
    learned: bool,
    wikidata: Option<String>,
    /// Why all these spellings are held to be one person.
    same_because: Vec<String>,
    encounters: Vec<EventWire>,
    agreements: Vec<EventWire>,
    acts: Vec<EventWire>,
    /// Events of all kinds; the lists above show the newest.
    events: usize,
}

#[derive(Serialize)]
struct Office {
    office: String,
    title: Option<String>,
    country: Named,
    since: Option<String>,
    until: Option<String>,
    /// Whether a list has it, or only articles.
    listed: bool,
}

/// Events of each kind on a leader's page.
const SHOWN: usize = 100;

/// `GET /leaders/{id}`: by id, or by the name in lower-case kebab where one alone has it.
pub(super) fn one(ask: &Ask<'_>, id: &str) -> Result<Reply, Problem> {
    let (id, line) = find(ask, id)?;
    let person = ask.now.store.leader(&line.iri)?;
    let entries = ask.passing(&line.events, &ask.filter()?);
    let of = |kind: EventKind| {
        let own = entries.iter().filter(|e: &&&Entry| e.row.kind == kind);
        own.take(SHOWN).map(|e| wire::event(ask.now, e)).collect::<Vec<_>>()
    };
    let office = |term: crate::graph::Term| Office {
        country: wire::party(ask.now, &term.party),
        office: term.office,
        title: term.title,
        since: term.since,
        until: term.until,
        listed: term.listed,
    };
    let mut names: Vec<String> = person.spellings.into_iter().map(|s| s.name).collect();
    names.sort();
    names.dedup();
    Ok(json(&Whole {
        id: id.to_owned(),
        iri: line.iri.clone(),
        name: person.name,
        names,
        country: line.party.as_deref().map(|code| wire::party(ask.now, code)),
        offices: person.terms.into_iter().map(office).collect(),
        learned: person.learned,
        wikidata: person.wikidata,
        same_because: person.same_because,
        encounters: of(EventKind::Encounter),
        agreements: of(EventKind::Agreement),
        acts: of(EventKind::Act),
        events: entries.len(),
    }))
}

/// A leader by id, or by the name in lower-case kebab where one alone has it.
pub(super) fn find<'a>(ask: &Ask<'a>, id: &str) -> Result<(&'a str, &'a LeaderLine), Problem> {
    if let Some((id, line)) = ask.now.leaders.get_key_value(id) {
        return Ok((id, line));
    }
    let kebab = |name: &str| name.to_lowercase().split_whitespace().collect::<Vec<_>>().join("-");
    let mut named = ask.now.leaders.iter().filter(|(_, line)| kebab(&line.name) == id);
    match (named.next(), named.next()) {
        (Some((id, line)), None) => Ok((id, line)),
        _ => Err(Problem::missing(format!("no leader of an event has the id `{id}`"))),
    }
}
