//! A network → lists of its nodes and of its edges, each a table.

use super::{Cells, Column, Kind, edge_columns, node_columns, text};
use crate::view::network::{Attributes, Network, Node, NodeKind, Value};
use petgraph::visit::EdgeRef;

/// A table: headings and rows.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// Its columns.
    pub columns: Vec<Column>,
    /// Its rows, a cell a column.
    pub rows: Vec<Cells>,
}

const EDGE_COLUMNS: [(&str, Kind); 14] = [
    ("source", Kind::Text),
    ("target", Kind::Text),
    ("source_name", Kind::Text),
    ("target_name", Kind::Text),
    ("weight", Kind::Count),
    ("label", Kind::Text),
    ("source_class", Kind::Text),
    ("target_class", Kind::Text),
    ("source_iso_numeric", Kind::Text),
    ("target_iso_numeric", Kind::Text),
    ("source_cow", Kind::Count),
    ("target_cow", Kind::Count),
    ("source_gw", Kind::Count),
    ("target_gw", Kind::Count),
];

fn heads(columns: &[(&'static str, Kind)]) -> Vec<Column> {
    columns.iter().map(|(name, kind)| Column { name, kind: *kind }).collect()
}

/// The nodes: id, label, then their attributes.
#[must_use]
pub fn node_list(network: &Network) -> Table {
    let own = node_columns(network);
    let row = |node: &Node| {
        let mut cells = vec![text(&*node.id), text(&*node.label)];
        cells.extend(picked(&own, &node.attributes()));
        cells
    };
    let mut columns = heads(&[("id", Kind::Text), ("label", Kind::Text)]);
    columns.extend(&own);
    Table { columns, rows: network.graph.node_weights().map(row).collect() }
}

/// The edges: source, target, their names, weight, label, classes and codes of both ends, then the edges' own attributes.
#[must_use]
pub fn edge_list(network: &Network) -> Table {
    let own = edge_columns(network);
    let mut columns = heads(&EDGE_COLUMNS);
    columns.extend(&own);
    let rows = network.graph.edge_references().map(|edge| {
        let (from, to, link) = (&network.graph[edge.source()], &network.graph[edge.target()], edge.weight());
        let mut cells = vec![
            text(&*from.id),
            text(&*to.id),
            text(&*from.label),
            text(&*to.label),
            Some(Value::Count(link.weight())),
            text(link.label()),
            text(from.class()),
            text(to.class()),
        ];
        for code in [iso_numeric, cow, gw] {
            cells.extend([code(from), code(to)]);
        }
        cells.extend(picked(&own, &link.attributes()));
        cells
    });
    Table { columns, rows: rows.collect() }
}

/// The attributes in the order of the columns.
fn picked(columns: &[Column], attributes: &Attributes) -> Cells {
    let value = |name: &str| attributes.iter().find(|(n, _)| *n == name).map(|(_, v)| v.clone());
    columns.iter().map(|column| value(column.name)).collect()
}

fn iso_numeric(node: &Node) -> Option<Value> {
    let NodeKind::Party(party) = &node.kind else { return None };
    party.codes.iso_numeric.clone().map(Value::Text)
}

fn cow(node: &Node) -> Option<Value> {
    let NodeKind::Party(party) = &node.kind else { return None };
    party.codes.cow.map(|n| Value::Count(n.into()))
}

fn gw(node: &Node) -> Option<Value> {
    let NodeKind::Party(party) = &node.kind else { return None };
    party.codes.gw.map(|n| Value::Count(n.into()))
}
