//! Networks and events → the files of other programs.
//!
//! ```text
//! Network ──▶ dot, graphml, gexf, node-link JSON, Cytoscape JSON
//! Network ──▶ Table of nodes, Table of edges ─┐
//! EventRow ─▶ EventTable (events, POLECAT, ICEWS) ─┼─▶ Sheet: CSV, TSV, Parquet
//! EventRow ─▶ Panel (dyads by month or year) ──────┘
//! ```

mod coding;
mod cytoscape;
mod dot;
mod events;
mod gexf;
mod graphml;
mod icews;
mod json;
mod lists;
mod panel;
mod parquet;
mod polecat;
mod sheet;
mod xml;

pub(in crate::view) use coding::kind as plover;
pub use coding::{Coded, Codings, one_a_day};
pub use cytoscape::write_cytoscape;
pub use dot::write_dot;
pub use events::{EventTable, Lookup};
pub use gexf::write_gexf;
pub use graphml::write_graphml;
pub use json::write_json;
pub use lists::{Table, edge_list, node_list};
pub use panel::{Panel, Period};
pub use sheet::{Sheet, SheetFormat};
pub(in crate::view) use xml::escape;

use super::network::{Attributes, Network, Value};

/// A column of a table, or an attribute of nodes or edges.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// Its heading.
    pub name: &'static str,
    /// What its cells hold.
    pub kind: Kind,
}

/// The type of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Text.
    Text,
    /// A count or a whole number.
    Count,
    /// A number.
    Real,
    /// Yes or no.
    Flag,
    /// A day.
    Day,
}

/// A row of a table: a cell a column; what is not known is `None`.
pub type Cells = Vec<Option<Value>>;

fn kind_of(value: &Value) -> Kind {
    match value {
        Value::Text(_) => Kind::Text,
        Value::Count(_) => Kind::Count,
        Value::Real(_) => Kind::Real,
        Value::Flag(_) => Kind::Flag,
        Value::Day(_) => Kind::Day,
    }
}

/// A cell of text; empty text is nothing.
fn text(text: impl Into<String>) -> Option<Value> {
    Some(text.into()).filter(|t| !t.is_empty()).map(Value::Text)
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
