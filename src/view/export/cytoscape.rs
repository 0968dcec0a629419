//! A network → the JSON of Cytoscape (`.cyjs`), as Cytoscape, Cytoscape.js and networkx read it.

use super::json::object;
use crate::view::network::Network;
use petgraph::visit::EdgeRef;
use serde_json::{Map, Value, json};
use std::io::{self, Write};

/// Writes the network, ended by a line break.
///
/// # Errors
/// What `out` reports.
pub fn write_cytoscape(out: &mut dyn Write, network: &Network) -> io::Result<()> {
    let nodes = network.graph.node_weights().map(|node| {
        // Cytoscape shows `name`; networkx takes `value` for the node itself.
        let own = [("id", &node.id), ("value", &node.id), ("name", &node.label), ("label", &node.label)];
        data(object(own.map(|(name, text)| (name, json!(text))), &node.attributes()))
    });
    let edges = network.graph.edge_references().enumerate().map(|(at, edge)| {
        let [source, target] = [edge.source(), edge.target()].map(|n| json!(network.graph[n].id));
        let link = edge.weight();
        let own = [
            ("id", json!(format!("e{at}"))),
            ("key", json!(at)),
            ("source", source),
            ("target", target),
            ("interaction", json!(link.label())),
            ("label", json!(link.label())),
            ("weight", json!(link.weight())),
        ];
        data(object(own, &link.attributes()))
    });
    let whole = json!({
        "format_version": "1.0",
        "generated_by": concat!("entente-", env!("CARGO_PKG_VERSION")),
        "target_cytoscapejs_version": "~2.1",
        "directed": network.directed(),
        "multigraph": true,
        "data": {
            "name": network.caption.title,
            "shared_name": network.caption.title,
            "description": network.caption.line(),
        },
        "elements": { "nodes": nodes.collect::<Value>(), "edges": edges.collect::<Value>() },
    });
    serde_json::to_writer_pretty(&mut *out, &whole)?;
    writeln!(out)
}

fn data(attributes: Map<String, Value>) -> Value {
    json!({ "data": attributes })
}
