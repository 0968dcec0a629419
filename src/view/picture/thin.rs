//! A network with too many ties to be drawn → the same parties with the ties that matter most: the strongest ones, and
//! for each party the strongest that it has.

use crate::view::network::{Link, Network};
use petgraph::visit::EdgeRef;
use std::collections::BTreeSet;

/// Networks with no more ties than these are drawn whole.
pub const DRAWN_TIES: usize = 140;
/// Ties beyond these for each node are left out of bigger ones.
const BY_NODE: f64 = 1.1;

/// What is drawn of a network: all of it, or the strongest ties, which the caption then says. Sizes and measures of nodes
/// stay those of the whole network.
#[must_use]
pub fn thinned(network: &Network) -> Network {
    let graph = &network.graph;
    let ties: Vec<_> = graph.edge_references().filter(|e| !matches!(e.weight(), Link::Role(_))).collect();
    let most = DRAWN_TIES.max((graph.node_count() as f64 * BY_NODE) as usize);
    if ties.len() <= most {
        return network.clone();
    }
    let mut order: Vec<usize> = (0..ties.len()).collect();
    order.sort_by_key(|at| (usize::MAX - ties[*at].weight().weight(), *at));
    let mut kept = BTreeSet::new();
    let mut seen = BTreeSet::new();
    // The strongest tie of each party first, so that nobody stands alone.
    for at in &order {
        let ends = [ties[*at].source(), ties[*at].target()];
        if ends.iter().any(|end| !seen.contains(end)) {
            seen.extend(ends);
            kept.insert(ties[*at].id());
        }
    }
    for at in order {
        if kept.len() >= most {
            break;
        }
        kept.insert(ties[at].id());
    }
    let (shown, total) = (kept.len(), ties.len());
    let weakest = kept.iter().filter_map(|id| graph.edge_weight(*id)).map(Link::weight).min().unwrap_or(1);
    let mut thin = network.clone();
    thin.graph.retain_edges(|_, edge| kept.contains(&edge));
    let hint = format!("the {shown} strongest of {total} ties (fewer with --min-count {})", weakest + 1);
    thin.caption.filters.push(hint);
    thin
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::EventKind;
    use crate::view::{Rows, Selection, View, project, sample};

    /// A ring of parties, each tied to the next `reach` ones, the nearer the stronger.
    fn ring(count: usize, reach: usize) -> Network {
        let code = |i: usize| format!("C{:03}", i % count);
        let mut events = Vec::new();
        for (a, step) in (0..count).flat_map(|a| (1..=reach).map(move |step| (a, step))) {
            for _ in step..=reach {
                let parties = [code(a), code(a + step)];
                let parties = parties.each_ref().map(String::as_str);
                events.push(sample::event(
                    events.len(),
                    EventKind::Encounter,
                    "meeting",
                    "held",
                    "2020-01-01",
                    &parties,
                ));
            }
        }
        let ties = sample::ties(&events);
        project(View::Ties, Rows { events: &events, ties: &ties, parties: &[] }, &Selection::default())
    }

    #[test]
    fn a_small_network_is_drawn_whole() {
        let network = ring(20, 3);
        let thin = thinned(&network);
        assert_eq!((thin.graph.edge_count(), thin.caption), (60, network.caption));
    }

    #[test]
    fn of_a_big_one_the_strongest_ties_are_drawn_and_the_caption_says_so() {
        let network = ring(200, 4);
        let thin = thinned(&network);
        assert_eq!((network.graph.edge_count(), thin.graph.edge_count()), (800, 220));
        assert!(
            thin.caption.line().ends_with("the 220 strongest of 800 ties (fewer with --min-count 4)"),
            "{}",
            thin.caption.line()
        );
        let strong = thin.graph.edge_weights().filter(|l| l.weight() == 4).count();
        assert_eq!(strong, 200, "all of the strongest are drawn");
        assert!(thin.graph.node_indices().all(|n| thin.graph.neighbors_undirected(n).next().is_some()));
        let sizes = |n: &Network| n.graph.node_weights().map(|n| n.weighted_degree).collect::<Vec<_>>();
        assert_eq!(sizes(&thin), sizes(&network));
    }
}
