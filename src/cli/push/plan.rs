//! The store's graphs and what the other store is known to hold → the steps that make both equal, in batches.
//!
//! Every step can be done twice: the first of a graph empties it, the others only add. So where it is not known whether a
//! request arrived, it is sent again.

use super::journal::Known;
use crate::graph::{Store, StoreError};
use sha2::{Digest as _, Sha256};
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// Some triples for one graph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Step {
    /// IRI.
    pub(super) graph: String,
    /// Whether what the graph held before goes first.
    pub(super) empties: bool,
    /// N-Triples, a line each; none where the graph is to go.
    pub(super) triples: Vec<String>,
    /// What the other store holds of the graph afterwards.
    pub(super) known: Known,
}

/// What one request brings.
pub(super) type Batch = Vec<Step>;

/// Steps to come.
pub(super) struct Plan<'s> {
    store: &'s Store,
    known: BTreeMap<String, Known>,
    graphs: VecDeque<String>,
    steps: VecDeque<Step>,
    size: usize,
    /// Graphs that the other store holds as they are.
    pub(super) unchanged: u64,
}

impl<'s> Plan<'s> {
    /// For the graphs that are `chosen`; `size` is the number of triples of a batch, about.
    pub(super) fn new(
        store: &'s Store,
        known: BTreeMap<String, Known>,
        chosen: &dyn Fn(&str) -> bool,
        size: usize,
    ) -> Result<Self, StoreError> {
        let mut graphs: BTreeSet<String> = store.graphs()?.into_iter().collect();
        graphs.extend(known.keys().cloned());
        let graphs = graphs.into_iter().filter(|graph| chosen(graph)).collect();
        Ok(Self { store, known, graphs, steps: VecDeque::new(), size, unchanged: 0 })
    }

    /// The next batch; nothing where all is done.
    pub(super) fn next(&mut self) -> Result<Option<Batch>, StoreError> {
        let (mut batch, mut triples) = (Batch::new(), 0);
        while triples < self.size {
            if let Some(step) = self.steps.pop_front() {
                triples += step.triples.len().max(1);
                batch.push(step);
            } else if let Some(graph) = self.graphs.pop_front() {
                let triples = self.store.triples(&graph)?;
                self.steps = self.steps(graph, &triples);
            } else {
                break;
            }
        }
        Ok((!batch.is_empty()).then_some(batch))
    }

    fn steps(&mut self, graph: String, triples: &[String]) -> VecDeque<Step> {
        let known = self.known.get(&graph);
        if triples.is_empty() {
            let gone = Step { graph, empties: true, triples: Vec::new(), known: Known::nothing() };
            return known.filter(|known| **known != Known::nothing()).map(|_| gone).into_iter().collect();
        }
        let hash = hash(triples);
        let mut sent = known.filter(|known| known.hash == hash).map_or(0, |known| known.sent.min(triples.len()));
        self.unchanged += u64::from(sent == triples.len());
        let mut steps = VecDeque::new();
        for some in triples[sent..].chunks(self.size) {
            let empties = sent == 0;
            sent += some.len();
            let known = Known { hash: hash.clone(), sent, all: triples.len() };
            steps.push_back(Step { graph: graph.clone(), empties, triples: some.to_vec(), known });
        }
        steps
    }
}

fn hash(triples: &[String]) -> String {
    let mut hasher = Sha256::new();
    triples.iter().for_each(|line| hasher.update(line));
    hasher.finalize().iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::RdfFormat;

    fn store(text: &str) -> Store {
        let mut store = Store::empty().unwrap();
        store.load_rdf(text, RdfFormat::NQuads).unwrap();
        store
    }

    /// All batches, and what is known after them.
    fn run(store: &Store, known: &BTreeMap<String, Known>, size: usize) -> (Vec<Batch>, BTreeMap<String, Known>) {
        let mut plan = Plan::new(store, known.clone(), &|_| true, size).unwrap();
        let (mut batches, mut known) = (Vec::new(), known.clone());
        while let Some(batch) = plan.next().unwrap() {
            known.extend(batch.iter().map(|step| (step.graph.clone(), step.known.clone())));
            batches.push(batch);
        }
        (batches, known)
    }

    const FIVE: &str = "<urn:s> <urn:p> \"1\" <urn:a> .\n<urn:s> <urn:p> \"2\" <urn:a> .\n<urn:s> <urn:p> \"3\" <urn:a> .\n\
                        <urn:s> <urn:p> \"1\" <urn:b> .\n<urn:s> <urn:p> \"1\" <urn:c> .\n";

    #[test]
    fn a_graph_is_emptied_once_and_filled_in_batches() {
        let (batches, known) = run(&store(FIVE), &BTreeMap::new(), 2);
        let told: Vec<Vec<(&str, bool, usize)>> = batches
            .iter()
            .map(|b| b.iter().map(|s| (s.graph.as_str(), s.empties, s.triples.len())).collect())
            .collect();
        assert_eq!(
            told,
            [vec![("urn:a", true, 2)], vec![("urn:a", false, 1), ("urn:b", true, 1)], vec![("urn:c", true, 1)]]
        );
        assert!(known.values().all(|known| known.sent == known.all));
    }

    #[test]
    fn only_what_changed_is_sent_again_and_what_went_goes() {
        let (_, known) = run(&store(FIVE), &BTreeMap::new(), 2);
        assert_eq!(run(&store(FIVE), &known, 2).0, Vec::<Batch>::new());
        let (batches, after) =
            run(&store("<urn:s> <urn:p> \"4\" <urn:a> .\n<urn:s> <urn:p> \"1\" <urn:b> .\n"), &known, 9);
        let told: Vec<(&str, usize)> = batches.iter().flatten().map(|s| (s.graph.as_str(), s.triples.len())).collect();
        assert_eq!(told, [("urn:a", 1), ("urn:c", 0)]);
        assert!(batches.iter().flatten().all(|step| step.empties));
        assert_eq!(after["urn:c"], Known::nothing());
        assert_eq!(
            run(&store("<urn:s> <urn:p> \"4\" <urn:a> .\n<urn:s> <urn:p> \"1\" <urn:b> .\n"), &after, 9).0.len(),
            0
        );
    }

    #[test]
    fn all_is_sent_again_and_what_is_gone_goes_there_too() {
        let known: BTreeMap<String, Known> =
            ["urn:a", "urn:gone"].map(|graph| (graph.to_owned(), Known::anything())).into();
        let (batches, after) = run(&store(FIVE), &known, 9);
        let told: Vec<(&str, usize)> = batches.iter().flatten().map(|s| (s.graph.as_str(), s.triples.len())).collect();
        assert_eq!(told, [("urn:a", 3), ("urn:b", 1), ("urn:c", 1), ("urn:gone", 0)]);
        assert!(batches.iter().flatten().all(|step| step.empties));
        assert_eq!(after["urn:gone"], Known::nothing());
    }

    #[test]
    fn what_broke_off_within_a_graph_goes_on_there() {
        let all = store(FIVE);
        let mut plan = Plan::new(&all, BTreeMap::new(), &|_| true, 2).unwrap();
        let first = plan.next().unwrap().unwrap();
        let known = first.iter().map(|step| (step.graph.clone(), step.known.clone())).collect();
        let (batches, _) = run(&all, &known, 2);
        assert_eq!((batches[0][0].graph.as_str(), batches[0][0].empties), ("urn:a", false));
        assert_eq!(batches[0][0].triples, ["<urn:s> <urn:p> \"3\" .\n"]);
    }
}
