//! A network → GraphML, with typed attributes, as Gephi, yEd and networkx read it.

use super::xml::verbatim;
use super::{Column, Kind, edge_columns, node_columns};
use crate::view::network::{Attributes, Network};
use petgraph::visit::EdgeRef;
use std::io::{self, Write};

/// Writes the network.
///
/// # Errors
/// What `out` reports.
pub fn write_graphml(out: &mut dyn Write, network: &Network) -> io::Result<()> {
    let (nodes, edges) = (node_columns(network), edge_columns(network));
    writeln!(out, r#"<?xml version="1.0" encoding="UTF-8"?>"#)?;
    writeln!(
        out,
        r#"<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">"#
    )?;
    writeln!(out, r#"  <key id="n.label" for="node" attr.name="label" attr.type="string"/>"#)?;
    keys(out, "node", "n", &nodes)?;
    writeln!(out, r#"  <key id="e.label" for="edge" attr.name="label" attr.type="string"/>"#)?;
    writeln!(out, r#"  <key id="e.weight" for="edge" attr.name="weight" attr.type="double"/>"#)?;
    keys(out, "edge", "e", &edges)?;
    let direction = if network.directed() { "directed" } else { "undirected" };
    writeln!(out, r#"  <graph id="entente" edgedefault="{direction}">"#)?;
    writeln!(out, "    <desc>{}</desc>", verbatim(&format!("{}: {}", network.caption.title, network.caption.line())))?;
    for node in network.graph.node_weights() {
        writeln!(out, r#"    <node id="{}">"#, verbatim(&node.id))?;
        writeln!(out, r#"      <data key="n.label">{}</data>"#, verbatim(&node.label))?;
        data(out, "n", &node.attributes())?;
        writeln!(out, "    </node>")?;
    }
    for (at, edge) in network.graph.edge_references().enumerate() {
        let ends = [edge.source(), edge.target()].map(|n| verbatim(&network.graph[n].id));
        writeln!(out, r#"    <edge id="e{at}" source="{}" target="{}">"#, ends[0], ends[1])?;
        writeln!(out, r#"      <data key="e.label">{}</data>"#, verbatim(&edge.weight().label()))?;
        writeln!(out, r#"      <data key="e.weight">{}</data>"#, edge.weight().weight())?;
        data(out, "e", &edge.weight().attributes())?;
        writeln!(out, "    </edge>")?;
    }
    writeln!(out, "  </graph>\n</graphml>")
}

fn keys(out: &mut dyn Write, of: &str, prefix: &str, columns: &[Column]) -> io::Result<()> {
    for Column { name, kind } in columns {
        let kind = match kind {
            Kind::Text | Kind::Day => "string",
            Kind::Count => "int",
            Kind::Real => "double",
            Kind::Flag => "boolean",
        };
        writeln!(out, r#"  <key id="{prefix}.{name}" for="{of}" attr.name="{name}" attr.type="{kind}"/>"#)?;
    }
    Ok(())
}

fn data(out: &mut dyn Write, prefix: &str, attributes: &Attributes) -> io::Result<()> {
    for (name, value) in attributes {
        writeln!(out, r#"      <data key="{prefix}.{name}">{}</data>"#, verbatim(&value.to_string()))?;
    }
    Ok(())
}
