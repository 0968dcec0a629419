//! A network of parties → how two of them are tied: the shortest chains of ties, the strongest first.
//!
//! A chain is as strong as its weakest tie. Of all chains of the fewest steps the best few are kept at every party, so that
//! the time is that of one search, however many chains there are.

use super::network::{Link, Network};
use petgraph::graph::NodeIndex;
use petgraph::visit::EdgeRef;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// A chain of ties from one party to another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Chain {
    /// The codes along it, both ends included.
    pub parties: Vec<String>,
    /// Events of its weakest tie.
    pub weakest: usize,
    /// Events of all its ties.
    pub events: usize,
}

/// What a chain must be like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ChainRule {
    /// How many chains to give.
    pub most: usize,
    /// Leave the tie between the two themselves out, and say who stands between them.
    pub indirect: bool,
    /// Lead through countries alone, not through organizations.
    pub countries_only: bool,
}

/// The shortest chains between two codes, the strongest first; none where nothing ties them.
#[must_use]
pub fn chains(network: &Network, from: &str, to: &str, rule: ChainRule) -> Vec<Chain> {
    let find = |code: &str| network.graph.node_indices().find(|at| network.graph[*at].id == code);
    let (Some(start), Some(goal)) = (find(from), find(to)) else { return Vec::new() };
    if start == goal {
        return Vec::new();
    }
    let neighbors = neighbors(network, [start, goal], rule);
    let steps = steps(&neighbors, start);
    let mut order: Vec<(usize, NodeIndex)> = steps.iter().map(|(node, n)| (*n, *node)).collect();
    order.sort_unstable();
    let mut best: BTreeMap<NodeIndex, Vec<Found>> = BTreeMap::new();
    best.insert(start, vec![Found { path: vec![start], weakest: usize::MAX, events: 0 }]);
    for (distance, node) in order.into_iter().skip(1) {
        let before = neighbors.get(&node).into_iter().flatten().filter(|(n, _)| steps.get(n) == Some(&(distance - 1)));
        let mut found: Vec<Found> =
            before.flat_map(|(n, weight)| best.get(n).into_iter().flatten().map(|f| f.then(node, *weight))).collect();
        let code = |f: &Found| f.path.iter().map(|n| network.graph[*n].id.clone()).collect::<Vec<_>>();
        found.sort_by_cached_key(|f| (std::cmp::Reverse((f.weakest, f.events)), code(f)));
        found.truncate(rule.most.max(1));
        best.insert(node, found);
    }
    let chain = |f: Found| Chain {
        parties: f.path.iter().map(|n| network.graph[*n].id.clone()).collect(),
        weakest: f.weakest,
        events: f.events,
    };
    best.remove(&goal).unwrap_or_default().into_iter().map(chain).collect()
}

/// A chain under way.
#[derive(Debug, Clone)]
struct Found {
    path: Vec<NodeIndex>,
    weakest: usize,
    events: usize,
}

impl Found {
    fn then(&self, node: NodeIndex, weight: usize) -> Self {
        let path = self.path.iter().copied().chain([node]).collect();
        Self { path, weakest: self.weakest.min(weight), events: self.events + weight }
    }
}

type Neighbors = BTreeMap<NodeIndex, BTreeMap<NodeIndex, usize>>;

/// Who may follow whom, with the events between them.
fn neighbors(network: &Network, ends: [NodeIndex; 2], rule: ChainRule) -> Neighbors {
    let graph = &network.graph;
    let may = |at: NodeIndex| !rule.countries_only || ends.contains(&at) || graph[at].class() == "country";
    let mut out = Neighbors::new();
    for edge in graph.edge_references().filter(|e| may(e.source()) && may(e.target())) {
        let pair = [edge.source(), edge.target()];
        if (rule.indirect && pair.iter().all(|n| ends.contains(n))) || matches!(edge.weight(), Link::Role(_)) {
            continue;
        }
        for (here, there) in [(pair[0], pair[1]), (pair[1], pair[0])] {
            *out.entry(here).or_default().entry(there).or_default() += edge.weight().weight();
        }
    }
    out
}

/// Steps from the start to all that it reaches.
fn steps(neighbors: &Neighbors, start: NodeIndex) -> BTreeMap<NodeIndex, usize> {
    let mut steps = BTreeMap::from([(start, 0)]);
    let mut seen = BTreeSet::from([start]);
    let mut queue = VecDeque::from([(start, 0)]);
    while let Some((node, distance)) = queue.pop_front() {
        for next in neighbors.get(&node).into_iter().flat_map(BTreeMap::keys) {
            if seen.insert(*next) {
                steps.insert(*next, distance + 1);
                queue.push_back((*next, distance + 1));
            }
        }
    }
    steps
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::EventKind;
    use crate::view::{Rows, Selection, View, project, sample};

    const RULE: ChainRule = ChainRule { most: 5, indirect: false, countries_only: false };

    /// A–B–D (weak in the second step), A–C–D (even), A–E–D by way of APEC is as short; F stands apart.
    #[track_caller]
    fn check(from: &str, to: &str, rule: ChainRule, expected: &[&str]) {
        let pairs = ["A B", "A B", "A B", "B D", "A C", "A C", "C D", "C D", "A APEC", "APEC D", "F G"];
        let event = |(n, pair): (usize, &&str)| {
            let parties: Vec<&str> = pair.split(' ').collect();
            sample::event(n, EventKind::Encounter, "meeting", "held", "2020-01-01", &parties)
        };
        let events: Vec<_> = pairs.iter().enumerate().map(event).collect();
        let ties = sample::ties(&events);
        let parties = [sample::party("APEC")];
        let rows = Rows { events: &events, ties: &ties, parties: &parties };
        let network = project(View::Ties, rows, &Selection::default());
        let found = chains(&network, from, to, rule);
        let told: Vec<String> = found.iter().map(|c| format!("{} {}", c.parties.join("-"), c.weakest)).collect();
        assert_eq!(told, expected);
    }

    #[test]
    fn the_chain_with_the_strongest_weakest_tie_is_first() {
        check("A", "D", RULE, &["A-C-D 2", "A-B-D 1", "A-APEC-D 1"]);
        check("A", "D", ChainRule { most: 1, ..RULE }, &["A-C-D 2"]);
        check("A", "D", ChainRule { countries_only: true, ..RULE }, &["A-C-D 2", "A-B-D 1"]);
    }

    #[test]
    fn a_direct_tie_may_be_left_out() {
        check("A", "B", RULE, &["A-B 3"]);
        check("A", "B", ChainRule { indirect: true, ..RULE }, &["A-C-D-B 1", "A-APEC-D-B 1"]);
    }

    #[test]
    fn who_is_not_tied_has_no_chain() {
        check("A", "F", RULE, &[]);
        check("A", "A", RULE, &[]);
        check("A", "Nowhere", RULE, &[]);
    }
}
