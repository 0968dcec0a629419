//! Measures of a network, written onto its nodes and edges: degree, strength, connected component, community, core number,
//! betweenness, eigenvector centrality, articulation points, bridges. All but the first three and the communities come
//! from rustworkx-core, over one undirected graph with a single edge a pair of neighbors. The same network gives the same
//! figures: nothing here draws lots or depends on the number of threads.

use super::communities::communities;
use super::network::{Link, Network};
use petgraph::graph::{NodeIndex, UnGraph};
use petgraph::unionfind::UnionFind;
use petgraph::visit::EdgeRef;
use rustworkx_core::centrality::{betweenness_centrality, eigenvector_centrality};
use rustworkx_core::connectivity::{articulation_points, bridges, core_number};
use std::collections::BTreeMap;
use std::convert::Infallible;

/// Betweenness takes time by nodes × edges; in networks of more nodes than these it is left out.
pub const BETWEENNESS_NODES: usize = 3000;
/// Rounds of the power iteration, and the change by node at which it ends.
const ROUNDS: usize = 2000;
const TOLERANCE: f64 = 1e-8;

/// What joins two neighbors, over all edges between them.
#[derive(Debug, Clone, Copy, Default)]
struct Bond {
    events: f64,
    cooperation: f64,
}

type Simple = UnGraph<(), Bond>;

/// Measures every node and marks the bridges.
pub(super) fn measure(network: &mut Network) {
    let simple = simple(network);
    let components = ranked(&labels(&simple));
    let groups = ranked(&communities(&simple.map(|_, ()| (), |_, bond| bond.cooperation)));
    let cores = core_number(simple.clone());
    let central = eigenvectors(&simple);
    let between = betweenness(&simple);
    let joints = articulation_points(&simple, None);
    for (index, node) in network.graph.node_weights_mut().enumerate() {
        let at = NodeIndex::new(index);
        node.degree = simple.neighbors(at).count();
        node.weighted_degree = simple.edges(at).map(|e| e.weight().events as usize).sum();
        node.component = components.get(index).copied().unwrap_or_default();
        node.community = groups.get(index).copied().unwrap_or_default();
        node.core = cores.get(&at).copied().unwrap_or_default();
        node.betweenness = between.get(index).copied().flatten();
        node.eigenvector = central.get(index).copied();
        node.articulation = joints.contains(&at);
    }
    let bridges = bridges(&simple);
    let ends = |graph: &petgraph::graph::DiGraph<_, Link>, edge| graph.edge_endpoints(edge);
    for edge in network.graph.edge_indices() {
        let bridge =
            ends(&network.graph, edge).is_some_and(|(a, b)| bridges.contains(&(a, b)) || bridges.contains(&(b, a)));
        if let Some(link) = network.graph.edge_weight_mut(edge).filter(|_| bridge) {
            link.set_bridge();
        }
    }
}

/// The connected part of each node, by its edges as they are now: 1 is the biggest.
pub(super) fn parts(network: &Network) -> Vec<usize> {
    ranked(&labels(&simple(network)))
}

/// The modularity of the communities (Newman), −0.5 to 1; `None` where there is no cooperation.
#[must_use]
pub fn modularity(network: &Network) -> Option<f64> {
    let mut inside: BTreeMap<usize, f64> = BTreeMap::new();
    let mut degrees: BTreeMap<usize, f64> = BTreeMap::new();
    let mut total = 0.0;
    for edge in network.graph.edge_references() {
        let weight = edge.weight().cooperation() as f64;
        let [a, b] = [edge.source(), edge.target()].map(|n| network.graph[n].community);
        total += weight;
        *inside.entry(a).or_default() += if a == b { weight } else { 0.0 };
        *degrees.entry(a).or_default() += weight;
        *degrees.entry(b).or_default() += weight;
    }
    let share = |(group, degree): (&usize, &f64)| {
        inside.get(group).copied().unwrap_or_default() / total - (degree / (2.0 * total)).powi(2)
    };
    (total > 0.0).then(|| degrees.iter().map(share).sum())
}

/// The same nodes with one edge a pair of neighbors; loops are left out.
fn simple(network: &Network) -> Simple {
    let mut bonds: BTreeMap<(usize, usize), Bond> = BTreeMap::new();
    for edge in network.graph.edge_references() {
        let (a, b) = (edge.source().index(), edge.target().index());
        let bond = bonds.entry((a.min(b), a.max(b))).or_default();
        bond.events += edge.weight().weight() as f64;
        bond.cooperation += edge.weight().cooperation() as f64;
    }
    let mut graph = Simple::with_capacity(network.graph.node_count(), bonds.len());
    for _ in network.graph.node_indices() {
        graph.add_node(());
    }
    for ((a, b), bond) in bonds.into_iter().filter(|((a, b), _)| a != b) {
        graph.add_edge(NodeIndex::new(a), NodeIndex::new(b), bond);
    }
    graph
}

fn labels(graph: &Simple) -> Vec<usize> {
    let mut parts = UnionFind::<usize>::new(graph.node_count());
    for edge in graph.edge_references() {
        parts.union(edge.source().index(), edge.target().index());
    }
    parts.into_labeling()
}

fn betweenness(graph: &Simple) -> Vec<Option<f64>> {
    if graph.node_count() > BETWEENNESS_NODES {
        return Vec::new();
    }
    // One thread: sums of several would differ in their last digits from run to run.
    let found = betweenness_centrality(graph, false, true, usize::MAX);
    found.into_iter().map(|b| b.filter(|b| b.is_finite()).map(rounded)).collect()
}

/// By events; empty where the iteration does not come to rest, or nothing is tied.
fn eigenvectors(graph: &Simple) -> Vec<f64> {
    let weight = |edge: petgraph::graph::EdgeReference<'_, Bond>| Ok::<f64, Infallible>(edge.weight().events);
    let found = if graph.edge_count() == 0 {
        None
    } else {
        let Ok(found) = eigenvector_centrality(graph, weight, Some(ROUNDS), Some(TOLERANCE));
        found
    };
    found.unwrap_or_default().into_iter().map(rounded).collect()
}

/// Six digits: more are noise, and would differ between machines.
fn rounded(measure: f64) -> f64 {
    (measure * 1e6).round() / 1e6
}

/// Labels of parts → their ranks: 1 is the biggest part, equal ones in the order of their first nodes.
fn ranked(labels: &[usize]) -> Vec<usize> {
    let mut sizes: BTreeMap<usize, (usize, usize)> = BTreeMap::new();
    for (at, label) in labels.iter().enumerate() {
        sizes.entry(*label).or_insert((0, at)).0 += 1;
    }
    let mut order: Vec<(usize, usize, usize)> =
        sizes.into_iter().map(|(label, (size, first))| (usize::MAX - size, first, label)).collect();
    order.sort_unstable();
    let ranks: BTreeMap<usize, usize> =
        order.into_iter().enumerate().map(|(at, (.., label))| (label, at + 1)).collect();
    labels.iter().filter_map(|label| ranks.get(label).copied()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::EventKind;
    use crate::view::{Rows, Selection, View, project, sample};

    /// Two triangles, ABC and DEF, that only C–D joins.
    fn network() -> Network {
        let pairs = ["AB", "BC", "AC", "CD", "DE", "EF", "DF"];
        let event = |(n, pair): (usize, &&str)| {
            let (a, b) = pair.split_at(1);
            sample::event(n, EventKind::Encounter, "meeting", "held", "2020-01-01", &[a, b])
        };
        let events: Vec<_> = pairs.iter().enumerate().map(event).collect();
        let ties = sample::ties(&events);
        project(View::Ties, Rows { events: &events, ties: &ties, parties: &[] }, &Selection::default())
    }

    #[test]
    fn the_biggest_part_is_first() {
        assert_eq!(ranked(&[4, 1, 1, 7, 1, 7]), [3, 1, 1, 2, 1, 2]);
        assert_eq!(ranked(&[2, 0]), [1, 2]);
        assert!(ranked(&[]).is_empty());
    }

    #[test]
    fn figures_are_those_of_two_joined_triangles() {
        let network = network();
        let node = |id: &str| network.graph.node_weights().find(|n| n.id == id).unwrap();
        // Through C lead the paths from A and B to D, E and F: 6 of the 10 pairs of others.
        assert_eq!(node("C").betweenness, Some(0.6));
        assert_eq!(node("A").betweenness, Some(0.0));
        assert!(node("C").eigenvector > node("A").eigenvector);
        assert!(network.graph.node_weights().all(|n| n.core == 2 && n.component == 1));
        let joints: Vec<&str> =
            network.graph.node_weights().filter(|n| n.articulation).map(|n| n.id.as_str()).collect();
        assert_eq!(joints, ["C", "D"]);
        let groups: Vec<usize> = network.graph.node_weights().map(|n| n.community).collect();
        assert_eq!(groups, [1, 1, 1, 2, 2, 2]);
        // 6 of 7 edges lie inside; each half has half of all ends: 6/7 − 2 (1/2)².
        assert!((modularity(&network).unwrap() - (6.0 / 7.0 - 0.5)).abs() < 1e-9);
    }

    #[test]
    fn only_the_joint_is_a_bridge() {
        let network = network();
        let bridges: Vec<String> = network
            .graph
            .edge_references()
            .filter(|e| matches!(e.weight(), Link::Tie(tie) if tie.bridge))
            .map(|e| format!("{}{}", network.graph[e.source()].id, network.graph[e.target()].id))
            .collect();
        assert_eq!(bridges, ["CD"]);
    }

    #[test]
    fn nothing_has_no_measures() {
        let nothing = Rows { events: &[], ties: &[], parties: &[] };
        let network = project(View::Ties, nothing, &Selection::default());
        assert_eq!(modularity(&network), None);
    }
}
