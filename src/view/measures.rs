//! A measured network → tables: parties with their measures, communities with their members.

use super::network::{Link, Network, NodeKind};
use super::words::Tone;
use petgraph::visit::EdgeRef;
use serde::Serialize;
use std::collections::BTreeMap;

/// A node with its measures; see [`super::Node`] for what they mean.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MeasureRow {
    /// Code of a party, IRI of others.
    pub id: String,
    /// Name.
    pub name: String,
    /// `country`, `organization`, `leader` …
    pub class: &'static str,
    /// Neighbors.
    pub degree: usize,
    /// Events of all its edges.
    pub strength: usize,
    /// Those of cooperation.
    pub cooperation: usize,
    /// Those of conflict.
    pub conflict: usize,
    /// Share of shortest paths that lead through it.
    pub betweenness: Option<f64>,
    /// Eigenvector centrality by events.
    pub eigenvector: Option<f64>,
    /// Core number.
    pub core: usize,
    /// Community, 1 the biggest.
    pub community: usize,
    /// Connected part, 1 the biggest.
    pub component: usize,
    /// Whether the network falls apart without it.
    pub articulation: bool,
}

/// By what a table of measures is ordered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// Events.
    Strength,
    /// Neighbors.
    Degree,
    /// Betweenness.
    Betweenness,
    /// Eigenvector centrality.
    Eigenvector,
    /// Core number.
    Core,
    /// Conflict.
    Conflict,
    /// Name.
    Name,
}

/// The nodes that are no events with their measures, the highest first; equal ones in the order of ids.
#[must_use]
pub fn measures(network: &Network, order: Order) -> Vec<MeasureRow> {
    let mut tones: BTreeMap<usize, [usize; 2]> = BTreeMap::new();
    for edge in network.graph.edge_references() {
        let weight = edge.weight().weight();
        let cooperation = edge.weight().cooperation();
        for end in [edge.source(), edge.target()] {
            let sums = tones.entry(end.index()).or_default();
            sums[0] += cooperation;
            sums[1] += weight - cooperation;
        }
    }
    let nodes = network.graph.node_weights().enumerate().filter(|(_, n)| !matches!(n.kind, NodeKind::Event(_)));
    let mut rows: Vec<MeasureRow> = nodes
        .map(|(at, node)| {
            let [cooperation, conflict] = tones.get(&at).copied().unwrap_or_default();
            MeasureRow {
                id: node.id.clone(),
                name: node.label.clone(),
                class: node.class(),
                degree: node.degree,
                strength: node.weighted_degree,
                cooperation,
                conflict,
                betweenness: node.betweenness,
                eigenvector: node.eigenvector,
                core: node.core,
                community: node.community,
                component: node.component,
                articulation: node.articulation,
            }
        })
        .collect();
    let key = |row: &MeasureRow| match order {
        Order::Strength => row.strength as f64,
        Order::Degree => row.degree as f64,
        Order::Betweenness => row.betweenness.unwrap_or(-1.0),
        Order::Eigenvector => row.eigenvector.unwrap_or(-1.0),
        Order::Core => row.core as f64,
        Order::Conflict => row.conflict as f64,
        Order::Name => 0.0,
    };
    rows.sort_by(|a, b| {
        let named = || if order == Order::Name { a.name.cmp(&b.name) } else { a.id.cmp(&b.id) };
        key(b).total_cmp(&key(a)).then_with(named)
    });
    rows
}

/// A community.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Community {
    /// Its number, 1 the biggest.
    pub community: usize,
    /// (id, name) of its members, the most strongly tied first.
    pub members: Vec<(String, String)>,
    /// Events of cooperation between its members.
    pub inside: usize,
    /// Events of cooperation with others.
    pub outside: usize,
    /// Events of conflict between its members.
    pub conflict: usize,
}

/// The communities of two members or more.
#[must_use]
pub fn groups(network: &Network) -> Vec<Community> {
    let mut found: BTreeMap<usize, Community> = BTreeMap::new();
    for row in measures(network, Order::Strength) {
        let empty = Community { community: row.community, members: Vec::new(), inside: 0, outside: 0, conflict: 0 };
        found.entry(row.community).or_insert(empty).members.push((row.id, row.name));
    }
    for edge in network.graph.edge_references() {
        let [a, b] = [edge.source(), edge.target()].map(|n| network.graph[n].community);
        let cooperation = edge.weight().cooperation();
        let conflict = edge.weight().weight() - cooperation;
        for group in [a, b].into_iter().take(if a == b { 1 } else { 2 }) {
            let Some(community) = found.get_mut(&group) else { continue };
            *(if a == b { &mut community.inside } else { &mut community.outside }) += cooperation;
            community.conflict += if a == b { conflict } else { 0 };
        }
    }
    found.into_values().filter(|c| c.members.len() > 1).collect()
}

/// A pair whose tie alone holds two parts of the network together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Bridge {
    /// Id and name of one end.
    pub first: (String, String),
    /// Id and name of the other.
    pub second: (String, String),
    /// Events between them.
    pub events: usize,
}

/// The bridges, in the order of ids.
#[must_use]
pub fn bridges(network: &Network) -> Vec<Bridge> {
    let mut found: BTreeMap<(String, String), Bridge> = BTreeMap::new();
    for edge in network.graph.edge_references() {
        let bridge = match edge.weight() {
            Link::Tie(tie) => tie.bridge,
            Link::Dyad(total) => total.bridge,
            Link::Role(_) => false,
        };
        if bridge {
            let [a, b] = [edge.source(), edge.target()].map(|n| &network.graph[n]);
            let ends = [a, b].map(|n| (n.id.clone(), n.label.clone()));
            let [first, second] = ends;
            let entry = found.entry((a.id.clone(), b.id.clone()));
            entry.or_insert(Bridge { first, second, events: 0 }).events += edge.weight().weight();
        }
    }
    found.into_values().collect()
}

/// The tone of a word of the command line or of an attribute.
impl std::str::FromStr for Tone {
    type Err = String;

    fn from_str(word: &str) -> Result<Self, String> {
        let known = [Self::Cooperation, Self::Conflict].into_iter().find(|tone| tone.as_str() == word);
        known.ok_or_else(|| format!("`{word}` is neither cooperation nor conflict"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::{Selection, View, project, sample};

    fn network() -> Network {
        project(View::Ties, sample::rows().rows(), &Selection::default())
    }

    #[test]
    fn parties_are_ordered_by_a_measure() {
        let ids = |order| measures(&network(), order).into_iter().map(|r| r.id).collect::<Vec<_>>().join(" ");
        assert_eq!(ids(Order::Strength), "KOR PRK SGP JPN");
        assert_eq!(ids(Order::Name), "JPN PRK SGP KOR");
        let rows = measures(&network(), Order::Conflict);
        assert_eq!((rows[0].id.as_str(), rows[0].cooperation, rows[0].conflict), ("KOR", 6, 3));
    }

    #[test]
    fn communities_know_what_is_inside() {
        let found = groups(&network());
        assert!(!found.is_empty());
        let all: usize = found.iter().map(|c| 2 * c.inside + c.outside).sum();
        let edges: usize = network().graph.edge_weights().map(Link::cooperation).sum();
        assert!(all <= 2 * edges, "{found:?}");
    }

    #[test]
    fn bridges_are_pairs() {
        let found = bridges(&network());
        let told: Vec<String> = found.iter().map(|b| format!("{}-{} {}", b.first.0, b.second.0, b.events)).collect();
        assert_eq!(told, ["JPN-KOR 1", "KOR-PRK 4", "KOR-SGP 4"]);
        assert_eq!("conflict".parse(), Ok(Tone::Conflict));
        assert!("war".parse::<Tone>().is_err());
    }
}
