//! A weighted graph → communities, by Louvain's method: nodes move to the neighboring community that raises modularity
//! most, then communities become nodes, until nothing moves. Nodes are visited in their order and equal gains go to the
//! community with the smaller number, so that the same graph gives the same communities (the usual implementations shuffle).
//!
//! Source: Blondel, Guillaume, Lambiotte and Lefebvre, "Fast unfolding of communities in large networks", 2008.

use petgraph::graph::UnGraph;
use petgraph::visit::EdgeRef;
use std::collections::BTreeMap;

/// Passes over the nodes of a level; it comes to rest long before.
const PASSES: usize = 200;
/// A gain that is more than the noise of sums.
const GAIN: f64 = 1e-9;

/// The community of each node, as a number that says nothing but who is together. Edges of no weight join nobody.
pub(super) fn communities(graph: &UnGraph<(), f64>) -> Vec<usize> {
    let mut level = Level::of(graph);
    let mut member: Vec<usize> = (0..graph.node_count()).collect();
    loop {
        let groups = level.settle();
        let count = groups.iter().max().map_or(0, |m| m + 1);
        for place in &mut member {
            *place = groups.get(*place).copied().unwrap_or_default();
        }
        if count == level.links.len() {
            return member;
        }
        level = level.merged(&groups, count);
    }
}

/// A graph whose nodes may hold edges inside.
struct Level {
    links: Vec<BTreeMap<usize, f64>>,
    /// Twice the weight inside each node.
    inside: Vec<f64>,
}

impl Level {
    fn of(graph: &UnGraph<(), f64>) -> Self {
        let mut links = vec![BTreeMap::new(); graph.node_count()];
        for edge in graph.edge_references().filter(|e| *e.weight() > 0.0) {
            let (a, b) = (edge.source().index(), edge.target().index());
            for (here, there) in [(a, b), (b, a)] {
                if let Some(list) = links.get_mut(here) {
                    *list.entry(there).or_insert(0.0) += edge.weight();
                }
            }
        }
        Self { inside: vec![0.0; links.len()], links }
    }

    fn degree(&self, node: usize) -> f64 {
        self.inside[node] + self.links[node].values().sum::<f64>()
    }

    /// The community of each node after all have moved to where they gain most, numbered from 0 in the order of nodes.
    fn settle(&self) -> Vec<usize> {
        let degrees: Vec<f64> = (0..self.links.len()).map(|node| self.degree(node)).collect();
        let total: f64 = degrees.iter().sum();
        let mut group: Vec<usize> = (0..self.links.len()).collect();
        let mut sums = degrees.clone();
        for _ in 0..PASSES {
            let mut moved = false;
            for node in 0..group.len() {
                let own = group[node];
                sums[own] -= degrees[node];
                let mut near: BTreeMap<usize, f64> = BTreeMap::from([(own, 0.0)]);
                for (neighbor, weight) in &self.links[node] {
                    *near.entry(group[*neighbor]).or_insert(0.0) += weight;
                }
                let gain = |to: usize, weight: f64| weight - sums[to] * degrees[node] / total.max(f64::MIN_POSITIVE);
                let mut best = (own, gain(own, near[&own]));
                for (to, weight) in &near {
                    let gained = gain(*to, *weight);
                    if gained > best.1 + GAIN {
                        best = (*to, gained);
                    }
                }
                sums[best.0] += degrees[node];
                group[node] = best.0;
                moved |= best.0 != own;
            }
            if !moved {
                break;
            }
        }
        numbered(&group)
    }

    /// The graph of the communities.
    fn merged(&self, groups: &[usize], count: usize) -> Self {
        let mut next = Self { links: vec![BTreeMap::new(); count], inside: vec![0.0; count] };
        for (node, links) in self.links.iter().enumerate() {
            let here = groups[node];
            next.inside[here] += self.inside[node];
            for (neighbor, weight) in links {
                let there = groups[*neighbor];
                if here == there {
                    next.inside[here] += weight;
                } else {
                    *next.links[here].entry(there).or_insert(0.0) += weight;
                }
            }
        }
        next
    }
}

/// Labels numbered from 0 in the order in which they come up.
fn numbered(labels: &[usize]) -> Vec<usize> {
    let mut numbers: BTreeMap<usize, usize> = BTreeMap::new();
    let mut number = |label: &usize| {
        let next = numbers.len();
        *numbers.entry(*label).or_insert(next)
    };
    labels.iter().map(&mut number).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn graph(nodes: usize, edges: &[(usize, usize, f64)]) -> UnGraph<(), f64> {
        let mut graph = UnGraph::new_undirected();
        let at: Vec<_> = (0..nodes).map(|_| graph.add_node(())).collect();
        for (a, b, weight) in edges {
            graph.add_edge(at[*a], at[*b], *weight);
        }
        graph
    }

    #[test]
    fn a_ring_of_cliques_falls_into_its_cliques() {
        let mut edges = Vec::new();
        for clique in 0..6 {
            let first = clique * 5;
            for a in first..first + 5 {
                edges.extend((a + 1..first + 5).map(|b| (a, b, 1.0)));
            }
            edges.push((first + 4, (first + 5) % 30, 1.0));
        }
        let found = communities(&graph(30, &edges));
        assert_eq!(found, (0..30).map(|n| n / 5).collect::<Vec<_>>());
    }

    #[test]
    fn strong_ties_bind_more_than_many_weak_ones() {
        let edges = [(0, 1, 9.0), (2, 3, 9.0), (0, 2, 1.0), (0, 3, 1.0), (1, 2, 1.0), (1, 3, 1.0)];
        assert_eq!(communities(&graph(4, &edges)), [0, 0, 1, 1]);
    }

    #[test]
    fn who_is_tied_to_nobody_is_alone() {
        assert_eq!(communities(&graph(3, &[(0, 1, 0.0)])), [0, 1, 2]);
        assert!(communities(&graph(0, &[])).is_empty());
    }
}
