//! Measures of a network, written onto its nodes: degree, weighted degree, connected component.

use super::network::Network;
use petgraph::graph::NodeIndex;
use petgraph::unionfind::UnionFind;
use petgraph::visit::{EdgeRef, NodeIndexable};
use std::collections::{BTreeMap, BTreeSet};

/// Measures every node.
pub(super) fn measure(network: &mut Network) {
    let graph = &network.graph;
    let mut neighbors: Vec<BTreeSet<NodeIndex>> = vec![BTreeSet::new(); graph.node_count()];
    let mut weights = vec![0; graph.node_count()];
    let mut parts = UnionFind::<usize>::new(graph.node_count());
    for edge in graph.edge_references() {
        let (a, b) = (edge.source(), edge.target());
        for (here, there) in [(a, b), (b, a)] {
            if let Some(set) = neighbors.get_mut(here.index()) {
                set.insert(there);
            }
            if let Some(weight) = weights.get_mut(here.index()) {
                *weight += edge.weight().weight();
            }
        }
        parts.union(graph.to_index(a), graph.to_index(b));
    }
    let components = ranked(&parts.into_labeling());
    for (index, node) in network.graph.node_weights_mut().enumerate() {
        node.degree = neighbors.get(index).map_or(0, BTreeSet::len);
        node.weighted_degree = weights.get(index).copied().unwrap_or_default();
        node.component = components.get(index).copied().unwrap_or_default();
    }
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
    labels.iter().map(|label| order.iter().position(|(.., l)| l == label).map_or(0, |rank| rank + 1)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_biggest_part_is_first() {
        assert_eq!(ranked(&[4, 1, 1, 7, 1, 7]), [3, 1, 1, 2, 1, 2]);
        assert_eq!(ranked(&[2, 0]), [1, 2]);
        assert!(ranked(&[]).is_empty());
    }
}
