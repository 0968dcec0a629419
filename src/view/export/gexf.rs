//! A network → GEXF 1.3 for Gephi, with the years of edges and events for its timeline.

use super::xml::escape;
use super::{Column, Kind, edge_columns, node_columns};
use crate::view::network::{Attributes, Network};
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
        escape(&about)
    )?;
    let direction = if network.directed() { "directed" } else { "undirected" };
    writeln!(out, r#"  <graph mode="static" defaultedgetype="{direction}">"#)?;
    declare(out, "node", &nodes)?;
    declare(out, "edge", &edges)?;
    writeln!(out, "    <nodes>")?;
    for node in network.graph.node_weights() {
        writeln!(out, r#"      <node id="{}" label="{}">"#, escape(&node.id), escape(&node.label))?;
        values(out, &nodes, &node.attributes())?;
        writeln!(out, "      </node>")?;
    }
    writeln!(out, "    </nodes>\n    <edges>")?;
    for (at, edge) in network.graph.edge_references().enumerate() {
        let ends = [edge.source(), edge.target()].map(|n| escape(&network.graph[n].id));
        let (weight, label) = (edge.weight().weight(), escape(&edge.weight().label()));
        writeln!(
            out,
            r#"      <edge id="{at}" source="{}" target="{}" weight="{weight}" label="{label}">"#,
            ends[0], ends[1]
        )?;
        values(out, &edges, &edge.weight().attributes())?;
        writeln!(out, "      </edge>")?;
    }
    writeln!(out, "    </edges>\n  </graph>\n</gexf>")
}

fn declare(out: &mut dyn Write, of: &str, columns: &[Column]) -> io::Result<()> {
    writeln!(out, r#"    <attributes class="{of}">"#)?;
    for (at, Column { name, kind }) in columns.iter().enumerate() {
        let kind = match kind {
            Kind::Text => "string",
            Kind::Count => "integer",
            Kind::Real => "double",
            Kind::Flag => "boolean",
        };
        writeln!(out, r#"      <attribute id="{at}" title="{name}" type="{kind}"/>"#)?;
    }
    writeln!(out, "    </attributes>")
}

fn values(out: &mut dyn Write, columns: &[Column], attributes: &Attributes) -> io::Result<()> {
    writeln!(out, "        <attvalues>")?;
    for (name, value) in attributes {
        if let Some(at) = columns.iter().position(|c| c.name == *name) {
            writeln!(out, r#"          <attvalue for="{at}" value="{}"/>"#, escape(&value.to_string()))?;
        }
    }
    writeln!(out, "        </attvalues>")
}
