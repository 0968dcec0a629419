//! Networks and events → the files of other programs.

mod csv;
mod dot;
mod gexf;
mod graphml;
mod json;
mod polecat;
mod xml;

pub use self::csv::{write_edges, write_events};
pub use dot::write_dot;
pub use gexf::write_gexf;
pub use graphml::write_graphml;
pub use json::write_json;
pub use polecat::write_polecat;
pub(in crate::view) use xml::escape;

use super::network::{Attributes, Network, Value};

/// A column of a table of attributes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Column {
    name: &'static str,
    kind: Kind,
}

/// The type of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Text,
    Count,
    Real,
    Flag,
}

fn kind_of(value: &Value) -> Kind {
    match value {
        Value::Text(_) => Kind::Text,
        Value::Count(_) => Kind::Count,
        Value::Real(_) => Kind::Real,
        Value::Flag(_) => Kind::Flag,
    }
}

/// The columns that any of the attributes need, in the order in which they come up.
fn columns(all: impl Iterator<Item = Attributes>) -> Vec<Column> {
    let mut columns: Vec<Column> = Vec::new();
    for (name, value) in all.flatten() {
        if columns.iter().all(|c| c.name != name) {
            columns.push(Column { name, kind: kind_of(&value) });
        }
    }
    columns
}

fn node_columns(network: &Network) -> Vec<Column> {
    columns(network.graph.node_weights().map(super::network::Node::attributes))
}

fn edge_columns(network: &Network) -> Vec<Column> {
    columns(network.graph.edge_weights().map(super::network::Link::attributes))
}
