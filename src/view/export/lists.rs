//! A network → lists of its nodes and of its edges, each a table.

use super::{Cells, Column, Kind, edge_columns, node_columns, text};
use crate::view::network::{Attributes, Network, Node, NodeKind, Value, View};
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

/// Attributes that a list of nodes has in any case, so that a network of few has the columns of one of many.
const NODE_ATTRIBUTES: [(&str, Kind); 16] = [
    ("class", Kind::Text),
    ("region", Kind::Text),
    ("iso3", Kind::Text),
    ("iso2", Kind::Text),
    ("iso_numeric", Kind::Text),
    ("cow", Kind::Count),
    ("gw", Kind::Count),
    ("wikidata", Kind::Text),
    ("degree", Kind::Count),
    ("weighted_degree", Kind::Count),
    ("component", Kind::Count),
    ("community", Kind::Count),
    ("core", Kind::Count),
    ("betweenness", Kind::Real),
    ("eigenvector", Kind::Real),
    ("articulation", Kind::Flag),
];

/// The same for edges.
fn edge_attributes(view: View) -> &'static [(&'static str, Kind)] {
    match view {
        View::Ties | View::Ego => &[
            ("tone", Kind::Text),
            ("kinds", Kind::Text),
            ("acts_forward", Kind::Count),
            ("acts_backward", Kind::Count),
            ("articles", Kind::Count),
            ("first", Kind::Day),
            ("last", Kind::Day),
            ("bridge", Kind::Flag),
        ],
        View::Dyads => &[
            ("cooperation", Kind::Count),
            ("conflict", Kind::Count),
            ("agreements", Kind::Count),
            ("encounters", Kind::Count),
            ("acts", Kind::Count),
            ("articles", Kind::Count),
            ("first", Kind::Day),
            ("last", Kind::Day),
            ("bridge", Kind::Flag),
        ],
        View::Events | View::Agreements | View::Encounters => &[("role", Kind::Text)],
    }
}

/// The given columns first, then the found ones that are not among them.
fn joined(given: &[(&'static str, Kind)], found: Vec<Column>) -> Vec<Column> {
    let mut columns = heads(given);
    columns.extend(found.into_iter().filter(|c| given.iter().all(|(name, _)| *name != c.name)));
    columns
}

fn heads(columns: &[(&'static str, Kind)]) -> Vec<Column> {
    columns.iter().map(|(name, kind)| Column { name, kind: *kind }).collect()
}

/// The nodes: id, label, then their attributes.
#[must_use]
pub fn node_list(network: &Network) -> Table {
    let own = joined(&NODE_ATTRIBUTES, node_columns(network));
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
    let own = joined(edge_attributes(network.view), edge_columns(network));
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

#[cfg(test)]
mod tests {
    use super::super::super::project::{Selection, project};
    use super::super::super::sample;
    use super::*;

    /// The headings that a network of everything, and one of nothing, give.
    #[track_caller]
    fn check_same_columns(view: View) {
        let sample = sample::rows();
        let nobody = Selection { countries: vec!["NOR".to_owned()], ..Selection::default() };
        let (all, none) = (project(view, sample.rows(), &Selection::default()), project(view, sample.rows(), &nobody));
        assert_eq!(edge_list(&all).columns, edge_list(&none).columns);
        assert!(edge_list(&all).rows.iter().all(|row| row.len() == edge_list(&all).columns.len()));
        assert!(none.graph.edge_count() == 0 && edge_list(&none).rows.is_empty());
        let codes = node_list(&none).columns;
        assert_eq!(node_list(&all).columns.get(..codes.len()), Some(codes.as_slice()));
    }

    #[test]
    fn columns_do_not_depend_on_what_matches() {
        check_same_columns(View::Ties);
        check_same_columns(View::Dyads);
        check_same_columns(View::Events);
    }
}
