//! A network → GEXF 1.3 for Gephi, with the days of events for its timeline: an edge has a spell for each of its dated
//! events, an event node one; what has none is always there.

use super::xml::verbatim;
use super::{Column, Kind, edge_columns, node_columns};
use crate::view::network::{Attributes, Link, Network, Node, NodeKind};
use chrono::NaiveDate;
use petgraph::visit::EdgeRef;
use std::io::{self, Write};

/// Writes the network.
///
/// # Errors
/// What `out` reports.
pub fn write_gexf(out: &mut dyn Write, network: &Network) -> io::Result<()> {
    let (nodes, edges) = (node_columns(network), edge_columns(network));
    writeln!(out, r#"<?xml version="1.0" encoding="UTF-8"?>"#)?;
    writeln!(out, r#"<gexf xmlns="http://gexf.net/1.3" version="1.3">"#)?;
    let about = format!("{}: {}", network.caption.title, network.caption.line());
    writeln!(
        out,
        "  <meta>\n    <creator>entente</creator>\n    <description>{}</description>\n  </meta>",
        verbatim(&about)
    )?;
    let direction = if network.directed() { "directed" } else { "undirected" };
    writeln!(
        out,
        r#"  <graph mode="dynamic" timeformat="date" timerepresentation="interval" defaultedgetype="{direction}">"#
    )?;
    declare(out, "node", &nodes)?;
    declare(out, "edge", &edges)?;
    writeln!(out, "    <nodes>")?;
    for node in network.graph.node_weights() {
        writeln!(out, r#"      <node id="{}" label="{}">"#, verbatim(&node.id), verbatim(&node.label))?;
        values(out, &nodes, &node.attributes())?;
        spells(out, &of_node(node))?;
        writeln!(out, "      </node>")?;
    }
    writeln!(out, "    </nodes>\n    <edges>")?;
    for (at, edge) in network.graph.edge_references().enumerate() {
        let ends = [edge.source(), edge.target()].map(|n| verbatim(&network.graph[n].id));
        let (weight, label, kind) = (edge.weight().weight(), verbatim(&edge.weight().label()), kind(edge.weight()));
        writeln!(
            out,
            r#"      <edge id="{at}" source="{}" target="{}" weight="{weight}" kind="{kind}" label="{label}">"#,
            ends[0], ends[1]
        )?;
        values(out, &edges, &edge.weight().attributes())?;
        let days = match edge.weight() {
            // Who takes part in an event does so while it lasts.
            Link::Role(_) => of_node(&network.graph[edge.source()]),
            link => link.spells(),
        };
        spells(out, &days)?;
        writeln!(out, "      </edge>")?;
    }
    writeln!(out, "    </edges>\n  </graph>\n</gexf>")
}

fn declare(out: &mut dyn Write, of: &str, columns: &[Column]) -> io::Result<()> {
    writeln!(out, r#"    <attributes class="{of}">"#)?;
    for (at, Column { name, kind }) in columns.iter().enumerate() {
        let kind = match kind {
            Kind::Text | Kind::Day => "string",
            Kind::Count => "integer",
            Kind::Real => "double",
            Kind::Flag => "boolean",
        };
        writeln!(out, r#"      <attribute id="{at}" title="{name}" type="{kind}"/>"#)?;
    }
    writeln!(out, "    </attributes>")
}

/// Gephi keeps parallel edges apart by their kind.
fn kind(link: &Link) -> &'static str {
    match link {
        Link::Tie(tie) => tie.tone.as_str(),
        Link::Dyad(_) => "dyad",
        Link::Role(role) => role,
    }
}

fn of_node(node: &Node) -> Vec<(NaiveDate, NaiveDate)> {
    match &node.kind {
        NodeKind::Event(event) => event.earliest.zip(event.latest).into_iter().collect(),
        NodeKind::Party(_) | NodeKind::Leader(_) => Vec::new(),
    }
}

/// Spells that overlap are one; both days count.
fn spells(out: &mut dyn Write, days: &[(NaiveDate, NaiveDate)]) -> io::Result<()> {
    let mut merged: Vec<(NaiveDate, NaiveDate)> = Vec::new();
    for (first, last) in days {
        match merged.last_mut() {
            Some((_, end)) if first <= end => *end = *last.max(end),
            _ => merged.push((*first, *last)),
        }
    }
    if merged.is_empty() {
        return Ok(());
    }
    writeln!(out, "        <spells>")?;
    for (first, last) in merged {
        writeln!(out, r#"          <spell start="{first}" end="{last}"/>"#)?;
    }
    writeln!(out, "        </spells>")
}

fn values(out: &mut dyn Write, columns: &[Column], attributes: &Attributes) -> io::Result<()> {
    writeln!(out, "        <attvalues>")?;
    for (name, value) in attributes {
        if let Some(at) = columns.iter().position(|c| c.name == *name) {
            writeln!(out, r#"          <attvalue for="{at}" value="{}"/>"#, verbatim(&value.to_string()))?;
        }
    }
    writeln!(out, "        </attvalues>")
}
