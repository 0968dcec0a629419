//! The decisions as the rebuild of events needs them: which facts belong together, which apart, which are out.

use super::{Decision, Mark, Verdict, record};
use crate::graph::error::StoreError;
use crate::graph::store::Store;
use std::collections::{BTreeMap, BTreeSet};

/// What decisions make of one fact.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::graph) struct Fate {
    /// The decision that rejects it.
    pub(in crate::graph) rejected: Option<String>,
    /// The name of its event, and the place of the decision that gives it among all.
    pub(in crate::graph) name: Option<(usize, String)>,
    /// Of what a person asserts: the place of the decision among all.
    pub(in crate::graph) asserted: usize,
    /// Of what a person asserts: which values only repeat those of the event.
    pub(in crate::graph) repeats: BTreeSet<String>,
    /// All decisions about it.
    pub(in crate::graph) decisions: BTreeSet<String>,
}

/// The decisions of a store on the facts that it holds now. A later decision overrules an earlier one: a merge a split, a
/// split a merge, and what is merged or asserted anew is rejected no more.
#[derive(Debug, Default)]
pub(in crate::graph) struct Verdicts {
    fates: BTreeMap<String, Fate>,
    together: BTreeSet<(String, String)>,
    apart: BTreeSet<(String, String)>,
    /// Buckets that are rebuilt together, by each of them.
    joined: BTreeMap<String, BTreeSet<String>>,
}

impl Verdicts {
    pub(in crate::graph) fn of(store: &Store) -> Result<Self, StoreError> {
        let mut verdicts = Self::default();
        for (at, decision) in store.rules.decisions.iter().enumerate() {
            verdicts.apply(store, at, decision)?;
        }
        Ok(verdicts)
    }

    fn apply(&mut self, store: &Store, at: usize, decision: &Decision) -> Result<(), StoreError> {
        let iri = decision.iri();
        let mut find = |marks: &[Mark]| -> Result<Vec<(String, String)>, StoreError> {
            let mut found = Vec::new();
            for mark in marks {
                found.extend(store.find_mark(mark)?);
            }
            for (fact, _) in &found {
                self.fates.entry(fact.clone()).or_default().decisions.insert(iri.clone());
            }
            Ok(found)
        };
        match &decision.verdict {
            Verdict::Merge { reports } => {
                let found = find(reports)?;
                self.join(&found);
            }
            Verdict::Assert { fact } => {
                let mut found = find(&fact.of)?;
                found.push((record::fact_of(decision), record::bucket(fact)));
                let own = self.fates.entry(record::fact_of(decision)).or_default();
                own.decisions.insert(iri);
                own.asserted = at;
                own.repeats = fact.repeats.iter().cloned().collect();
                self.join(&found);
            }
            Verdict::Split { reports, from } => {
                let (out, kept) = (find(reports)?, find(from)?);
                for (a, _) in &out {
                    for (b, _) in kept.iter().filter(|(b, _)| b != a) {
                        self.together.remove(&pair(a, b));
                        self.apart.insert(pair(a, b));
                    }
                }
            }
            Verdict::Reject { reports } => {
                for (fact, _) in find(reports)? {
                    self.fates.entry(fact).or_default().rejected = Some(iri.clone());
                }
            }
            Verdict::Rename { reports, name } => {
                for (fact, _) in find(reports)? {
                    self.fates.entry(fact).or_default().name = Some((at, name.clone()));
                }
            }
            Verdict::MergeLeaders { .. } | Verdict::RenameAgent { .. } => {}
        }
        Ok(())
    }

    fn join(&mut self, found: &[(String, String)]) {
        for (at, (a, _)) in found.iter().enumerate() {
            self.fates.entry(a.clone()).or_default().rejected = None;
            for (b, _) in found[at + 1..].iter().filter(|(b, _)| b != a) {
                self.apart.remove(&pair(a, b));
                self.together.insert(pair(a, b));
            }
        }
        let mut class: BTreeSet<String> = found.iter().map(|(_, bucket)| bucket.clone()).collect();
        let more: Vec<String> = class.iter().filter_map(|b| self.joined.get(b)).flatten().cloned().collect();
        class.extend(more);
        if class.len() > 1 {
            for bucket in class.clone() {
                self.joined.insert(bucket, class.clone());
            }
        }
    }

    /// The buckets that are rebuilt with this one, itself among them.
    pub(in crate::graph) fn buckets(&self, bucket: &str) -> BTreeSet<String> {
        self.joined.get(bucket).cloned().unwrap_or_else(|| BTreeSet::from([bucket.to_owned()]))
    }

    pub(in crate::graph) fn fate(&self, fact: &str) -> Option<&Fate> {
        self.fates.get(fact)
    }

    pub(in crate::graph) fn is_rejected(&self, fact: &str) -> bool {
        self.fate(fact).is_some_and(|fate| fate.rejected.is_some())
    }

    /// Whether somebody says that two facts are of one event.
    pub(in crate::graph) fn together(&self, a: &str, b: &str) -> bool {
        !self.together.is_empty() && self.together.contains(&pair(a, b))
    }

    /// Whether somebody says that they are not.
    pub(in crate::graph) fn apart(&self, a: &str, b: &str) -> bool {
        !self.apart.is_empty() && self.apart.contains(&pair(a, b))
    }
}

fn pair(a: &str, b: &str) -> (String, String) {
    if a < b { (a.to_owned(), b.to_owned()) } else { (b.to_owned(), a.to_owned()) }
}
