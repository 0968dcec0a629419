//! Countries and organizations.

use super::page::{self, Window};
use super::wire::{self, EventWire, LeaderWire, Named, SectorWire, Summary};
use super::{Ask, Filter, Problem, Reply, json};
use crate::graph::{EventRow, PartyCodes, PartyRow};
use crate::knowledge::NameKind;
use crate::server::snapshot::{Entry, forms};
use serde::Serialize;
use std::collections::BTreeMap;

#[derive(Clone, Serialize)]
struct Line {
    id: String,
    name: String,
    /// `country` or `organization`.
    r#type: &'static str,
    iso2: Option<String>,
    region: Option<String>,
    events: usize,
}

/// `GET /countries`: parties with events that pass the filter, the liveliest first; `type=country|organization`
/// and `q` narrow.
pub(super) fn list(ask: &Ask<'_>) -> Result<Reply, Problem> {
    let filter = ask.filter_without_type()?;
    let wanted = ask.call.one("type").filter(|t| !t.is_empty());
    let (words, knowledge) = (page::words(ask.call)?, ask.app.extractor.knowledge());
    let all = ask.now.parties.values().filter(|p| wanted.is_none_or(|t| t == class(p)));
    let all = all.filter(|p| words.is_empty() || words.fit(&forms(p, knowledge)));
    let mut lines: Vec<Line> =
        all.map(|party| line(ask, party, count(ask, &party.code, &filter))).filter(|l| l.events > 0).collect();
    lines.sort_by(|a, b| b.events.cmp(&a.events).then_with(|| a.name.cmp(&b.name)));
    Ok(json(&Window::of(ask.call)?.page(&lines, Clone::clone)))
}

fn class(party: &PartyRow) -> &'static str {
    if party.country { "country" } else { "organization" }
}

fn line(ask: &Ask<'_>, party: &PartyRow, events: usize) -> Line {
    let country = ask.app.extractor.knowledge().gazetteer.country(&party.code);
    Line {
        id: party.code.clone(),
        name: party.name.clone(),
        r#type: class(party),
        iso2: country.map(|c| c.iso2.to_string()).filter(|iso2| !iso2.is_empty()),
        region: party.region.clone(),
        events,
    }
}

fn places<'a>(ask: &Ask<'a>, code: &str) -> &'a [usize] {
    ask.now.by_party.get(code).map_or(&[], Vec::as_slice)
}

fn count(ask: &Ask<'_>, code: &str, filter: &Filter) -> usize {
    if filter.is_open() { places(ask, code).len() } else { ask.passing(places(ask, code), filter).len() }
}

/// The party of a code, in small letters too; one that the lists know has a page even where nothing is told of it.
fn find(ask: &Ask<'_>, code: &str) -> Result<PartyRow, Problem> {
    let gazetteer = &ask.app.extractor.knowledge().gazetteer;
    let upper = code.to_uppercase();
    let told = ask.now.parties.get(code).or_else(|| ask.now.parties.get(&upper)).cloned();
    let listed = || {
        let country = gazetteer.country(&upper)?;
        let (code, name, region) = (upper.clone(), country.name.clone(), Some(country.region.clone()));
        Some(PartyRow { code, name, country: true, region, codes: PartyCodes::default() })
    };
    told.or_else(listed).ok_or_else(|| Problem::missing(format!("there is no country or organization `{code}`")))
}

/// Who has something in common with a party.
#[derive(Serialize)]
struct Partner {
    id: String,
    name: String,
    events: usize,
    /// Mean conflict–cooperation score of what came about.
    score: Option<f64>,
}

#[derive(Serialize)]
struct Whole {
    #[serde(flatten)]
    line: Line,
    capital: Option<String>,
    summary: Summary,
    partners: Vec<Partner>,
    leaders: Vec<LeaderWire>,
    sectors: Vec<SectorWire>,
    tone: Vec<super::dyads::Month>,
    newest: Vec<EventWire>,
}

/// Items of each list on a party's page.
const SHOWN: usize = 30;
/// Newest events on a party's page.
const NEWEST: usize = 20;

/// `GET /countries/{code}`.
pub(super) fn one(ask: &Ask<'_>, code: &str) -> Result<Reply, Problem> {
    let party = find(ask, code)?;
    let entries = ask.passing(places(ask, &party.code), &ask.filter()?);
    let rows: Vec<&EventRow> = entries.iter().map(|e| &e.row).collect();
    let capital = ask.app.extractor.knowledge().gazetteer.country(&party.code).and_then(|country| {
        country.forms.iter().find(|form| form.kind == NameKind::Capital).map(|form| form.text.clone())
    });
    Ok(json(&Whole {
        line: line(ask, &party, entries.len()),
        capital,
        summary: wire::summary(&rows),
        partners: partners(ask, &entries, &party.code),
        leaders: leaders(ask, &party.code),
        sectors: wire::sectors(ask.now, rows.iter().copied()),
        tone: super::dyads::months(&entries),
        newest: entries.iter().take(NEWEST).map(|e| wire::event(ask.now, e)).collect(),
    }))
}

/// `GET /countries/{code}/events`.
pub(super) fn events(ask: &Ask<'_>, code: &str) -> Result<Reply, Problem> {
    let party = find(ask, code)?;
    ask.page_of(&ask.passing(places(ask, &party.code), &ask.filter()?))
}

fn partners(ask: &Ask<'_>, entries: &[&Entry], code: &str) -> Vec<Partner> {
    let mut by: BTreeMap<&str, (usize, Vec<f64>)> = BTreeMap::new();
    for entry in entries {
        for other in entry.row.parties.iter().filter(|p| *p != code) {
            let (count, scores) = by.entry(other).or_default();
            *count += 1;
            scores.extend(entry.score);
        }
    }
    let partner = |(code, (events, scores)): (&str, (usize, Vec<f64>))| {
        let Named { id, name } = wire::party(ask.now, code);
        Partner { id, name, events, score: wire::mean(&scores) }
    };
    let mut partners: Vec<Partner> = by.into_iter().map(partner).collect();
    partners.sort_by(|a, b| b.events.cmp(&a.events).then_with(|| a.id.cmp(&b.id)));
    partners.truncate(SHOWN);
    partners
}

/// Those who spoke for the party, the busiest first.
fn leaders(ask: &Ask<'_>, code: &str) -> Vec<LeaderWire> {
    let own = ask.now.leaders.iter().filter(|(_, line)| line.party.as_deref() == Some(code));
    let mut leaders: Vec<LeaderWire> =
        own.map(|(id, line)| wire::leader(ask.now, id, line, line.events.len())).collect();
    leaders.sort_by(|a, b| b.events.cmp(&a.events).then_with(|| a.name.cmp(&b.name)));
    leaders.truncate(SHOWN);
    leaders
}
