//! The scope of the command line → what to read from the store; and who is who for people.

use super::args::ScopeArgs;
use super::party;
use crate::graph::{ClaimRow, EventFilter, EventRow, PartyCodes, PartyRow, Store, StoreError};
use crate::knowledge::{Gazetteer, Knowledge};
use crate::view::dossier::Scope;
use crate::view::words;
use std::collections::BTreeMap;

/// The scope that was asked for; without a limit.
pub(super) fn scope(args: &ScopeArgs, knowledge: &Knowledge) -> anyhow::Result<Scope> {
    let sectors = args.sectors.iter().map(|s| party::sector_of(knowledge, s)).collect::<Result<Vec<_>, _>>()?;
    Ok(Scope { since: args.since, until: args.until, sectors, min_confidence: args.min_confidence, limit: None })
}

/// The store's filter for a scope.
pub(super) fn filter(scope: &Scope, any_of: Vec<String>, all_of: Vec<String>) -> EventFilter {
    EventFilter { any_of, all_of, sectors: scope.sectors.clone(), since: scope.since, until: scope.until }
}

/// The events within a scope.
pub(super) fn events(store: &Store, filter: &EventFilter, scope: &Scope) -> Result<Vec<EventRow>, StoreError> {
    let mut events = store.events(filter)?;
    events.retain(|event| event.confidence >= scope.min_confidence);
    Ok(events)
}

/// The sentences behind events.
pub(super) fn claims(store: &Store, events: &[EventRow]) -> Result<BTreeMap<String, Vec<ClaimRow>>, StoreError> {
    events.iter().map(|event| Ok((event.iri.clone(), store.claims(&event.iri)?))).collect()
}

/// What a caption says of a scope.
pub(super) fn told(scope: &Scope, knowledge: &Knowledge) -> Vec<String> {
    let label = |slug: &String| {
        let known = knowledge.sectors.labels().find(|(s, _)| s == slug);
        known.map_or_else(|| slug.clone(), |(_, label)| label.to_owned())
    };
    let mut told: Vec<String> = Vec::new();
    if !scope.sectors.is_empty() {
        let labels: Vec<String> = scope.sectors.iter().map(label).collect();
        told.push(format!("sector: {}", words::listed(&labels)));
    }
    told.extend(scope.since.map(|day| format!("since {}", words::day(day))));
    told.extend(scope.until.map(|day| format!("until {}", words::day(day))));
    told.extend((scope.min_confidence > 0.0).then(|| format!("confidence at least {:.2}", scope.min_confidence)));
    told
}

/// A party as the gazetteer knows it.
pub(super) fn described(gazetteer: &Gazetteer, code: String) -> PartyRow {
    let codes = PartyCodes::default();
    let row = |name, country, region| PartyRow { name, country, region, codes, code: code.clone() };
    match (gazetteer.country(&code), gazetteer.organization(&code)) {
        (Some(c), _) => row(c.name.clone(), true, Some(c.region.clone())),
        (None, Some(o)) => row(o.name.clone(), false, None),
        (None, None) => row(code.clone(), false, None),
    }
}

/// The width of the terminal, or what the shell tells it is, within what can be read.
pub(super) fn columns() -> usize {
    /// Where nothing says how many there are.
    const COLUMNS: usize = 100;
    let told = std::env::var("COLUMNS").ok().and_then(|c| c.parse().ok());
    let seen = || terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
    told.or_else(seen).unwrap_or(COLUMNS).clamp(50, 120)
}
