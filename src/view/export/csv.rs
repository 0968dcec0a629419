//! Tables: the edges of a network, or one row an event.

use super::edge_columns;
use crate::graph::{ClaimRow, EventRow, LeaderRow};
use crate::view::network::Network;
use petgraph::visit::EdgeRef;
use std::collections::BTreeMap;
use std::io::{self, Write};

const EVENT_COLUMNS: [&str; 22] = [
    "event",
    "kind",
    "type",
    "status",
    "date",
    "date_basis",
    "earliest",
    "latest",
    "parties",
    "actor",
    "recipient",
    "participants",
    "signatories",
    "topic",
    "sectors",
    "place",
    "background",
    "quad_class",
    "confidence",
    "articles",
    "sentence",
    "url",
];

/// The edges: source, target, their names, weight, label, then the edges' own attributes.
///
/// # Errors
/// What `out` reports.
pub fn write_edges(out: &mut dyn Write, network: &Network) -> io::Result<()> {
    let columns = edge_columns(network);
    let mut table = ::csv::Writer::from_writer(out);
    let fixed = ["source", "target", "source_name", "target_name", "weight", "label"];
    table.write_record(fixed.into_iter().chain(columns.iter().map(|c| c.name)))?;
    for edge in network.graph.edge_references() {
        let (from, to, link) = (&network.graph[edge.source()], &network.graph[edge.target()], edge.weight());
        let attributes = link.attributes();
        let cell = |name: &str| attributes.iter().find(|(n, _)| *n == name).map(|(_, v)| v.to_string());
        let fixed = [
            from.id.clone(),
            to.id.clone(),
            from.label.clone(),
            to.label.clone(),
            link.weight().to_string(),
            link.label(),
        ];
        table.write_record(fixed.into_iter().chain(columns.iter().map(|c| cell(c.name).unwrap_or_default())))?;
    }
    table.flush()
}

/// The events, each with the sentence that its surest claim rests on. Lists within a cell are parted by semicolons.
///
/// # Errors
/// What `out` reports.
pub fn write_events(
    out: &mut dyn Write,
    events: &[EventRow],
    claims: &BTreeMap<String, Vec<ClaimRow>>,
) -> io::Result<()> {
    let mut table = ::csv::Writer::from_writer(out);
    table.write_record(EVENT_COLUMNS)?;
    for event in events {
        let claim = claims.get(&event.iri).and_then(|c| surest(c));
        let text = |t: &Option<String>| t.clone().unwrap_or_default();
        let day = |d: Option<chrono::NaiveDate>| d.map(|d| d.to_string()).unwrap_or_default();
        table.write_record([
            event.iri.clone(),
            event.kind.as_str().to_owned(),
            event.event_type.clone(),
            text(&event.status),
            text(&event.date),
            text(&event.date_basis),
            day(event.earliest),
            day(event.latest),
            event.parties.join(";"),
            text(&event.actor),
            text(&event.recipient),
            names(&event.participants),
            names(&event.signatories),
            flat(event.topic.as_deref().unwrap_or_default()),
            event.sectors.join(";"),
            flat(event.place.as_deref().unwrap_or_default()),
            event.background.to_string(),
            event.quad_class.clone(),
            format!("{:.3}", event.confidence),
            event.articles.join(";"),
            claim.map(|c| flat(&c.quote)).unwrap_or_default(),
            claim.and_then(|c| c.url.clone()).unwrap_or_default(),
        ])?;
    }
    table.flush()
}

/// The claim to quote where there is room for one.
pub(super) fn surest(claims: &[ClaimRow]) -> Option<&ClaimRow> {
    claims.iter().reduce(|best, claim| if claim.confidence > best.confidence { claim } else { best })
}

/// The text in one line, without tabs.
pub(super) fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn names(leaders: &[LeaderRow]) -> String {
    leaders.iter().map(|l| flat(&l.name)).collect::<Vec<_>>().join(";")
}
