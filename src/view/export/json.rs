//! A network → node-link JSON: `networkx.node_link_graph(data, edges="links")` and D3 read it as it is.

use crate::view::network::{Attributes, Network, Value};
use petgraph::visit::EdgeRef;
use serde_json::{Map, json};
use std::io::{self, Write};

/// Writes the network, ended by a line break.
///
/// # Errors
/// What `out` reports.
pub fn write_json(out: &mut dyn Write, network: &Network) -> io::Result<()> {
    let nodes: Vec<_> = network
        .graph
        .node_weights()
        .map(|n| object([("id", json!(n.id)), ("label", json!(n.label))], &n.attributes()))
        .collect();
    let links: Vec<_> = network
        .graph
        .edge_references()
        .enumerate()
        .map(|(key, edge)| {
            let [source, target] = [edge.source(), edge.target()].map(|n| json!(network.graph[n].id));
            let link = edge.weight();
            let own = [
                ("source", source),
                ("target", target),
                ("key", json!(key)),
                ("weight", json!(link.weight())),
                ("label", json!(link.label())),
            ];
            object(own, &link.attributes())
        })
        .collect();
    let caption = &network.caption;
    let whole = json!({
        "directed": network.directed(),
        "multigraph": true,
        "graph": {
            "title": caption.title,
            "first": caption.period.map(|p| p.0),
            "last": caption.period.map(|p| p.1),
            "events": caption.events,
            "articles": caption.articles,
            "filters": caption.filters,
        },
        "nodes": nodes,
        "links": links,
    });
    serde_json::to_writer_pretty(&mut *out, &whole)?;
    writeln!(out)
}

pub(super) fn object<const N: usize>(
    own: [(&str, serde_json::Value); N],
    attributes: &Attributes,
) -> Map<String, serde_json::Value> {
    let more = attributes.iter().map(|(name, value)| {
        let value = match value {
            Value::Text(text) => json!(text),
            Value::Count(count) => json!(count),
            Value::Real(real) => json!(real),
            Value::Flag(flag) => json!(flag),
            Value::Day(day) => json!(day),
        };
        (*name, value)
    });
    own.into_iter().chain(more).map(|(name, value)| (name.to_owned(), value)).collect()
}
