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
    /// Of what a person asserts: the place of the decision among all.
    pub(in crate::graph) asserted: usize,
    /// Of what a person asserts: which values only repeat those of the event.
    pub(in crate::graph) repeats: BTreeSet<String>,
    /// The decisions that make it what it is: what is asserted or named of its event is a [`Bond`].
    pub(in crate::graph) decisions: BTreeSet<String>,
}

/// What somebody says of the event of some reports: values, or a name. It makes no reports one event; where they are of
/// several, it holds of the one that most of them are of.
#[derive(Debug, Default)]
pub(in crate::graph) struct Bond {
    /// IRI of the decision.
    pub(in crate::graph) decision: String,
    /// The facts of the reports.
    of: BTreeSet<String>,
    /// The fact that holds the values.
    pub(in crate::graph) gives: Option<String>,
    /// The name.
    pub(in crate::graph) name: Option<String>,
}

/// The decisions of a store on the facts that it holds now. A later decision overrules an earlier one: a merge a split, a
/// split a merge, and what is merged or asserted anew is rejected no more.
#[derive(Debug, Default)]
pub(in crate::graph) struct Verdicts {
    fates: BTreeMap<String, Fate>,
    /// In order of time.
    pub(in crate::graph) bonds: Vec<Bond>,
    /// Places in the list by the facts of a bond, its own among them.
    bound: BTreeMap<String, BTreeSet<usize>>,
    /// Pairs of facts, with the decision.
    together: BTreeMap<(String, String), String>,
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
        let find = |marks: &[Mark]| -> Result<Vec<Found>, StoreError> {
            let found: Result<Vec<_>, _> = marks.iter().map(|mark| store.find_mark(mark)).collect();
            Ok(found?.into_iter().flatten().collect())
        };
        match &decision.verdict {
            Verdict::Merge { reports } => {
                let found = find(reports)?;
                self.decided(&found, &iri);
                self.join(&found, &iri);
            }
            Verdict::Assert { fact } => {
                let (own, found) = ((record::fact_of(decision), record::bucket(fact)), find(&fact.of)?);
                self.rebuild_together(found.iter().chain([&own]));
                found.iter().for_each(|(fact, _)| self.pardon(fact));
                let fate = self.fates.entry(own.0.clone()).or_default();
                fate.rejected = None;
                fate.decisions.insert(iri.clone());
                fate.asserted = at;
                fate.repeats = fact.repeats.iter().cloned().collect();
                if !fact.of.is_empty() {
                    self.bind(found, Bond { decision: iri, gives: Some(own.0), ..Bond::default() });
                }
            }
            Verdict::Split { reports, from } => {
                let (out, kept) = (find(reports)?, find(from)?);
                self.decided(out.iter().chain(&kept), &iri);
                for (a, _) in &out {
                    for (b, _) in kept.iter().filter(|(b, _)| b != a) {
                        self.together.remove(&pair(a, b));
                        self.apart.insert(pair(a, b));
                    }
                }
            }
            Verdict::Reject { reports } => {
                let found = find(reports)?;
                self.decided(&found, &iri);
                for (fact, _) in found {
                    self.fates.entry(fact).or_default().rejected = Some(iri.clone());
                }
            }
            Verdict::Rename { reports, name } => {
                let found = find(reports)?;
                self.rebuild_together(&found);
                self.bind(found, Bond { decision: iri, name: Some(name.clone()), ..Bond::default() });
            }
            Verdict::MergeLeaders { .. } | Verdict::RenameAgent { .. } => {}
        }
        Ok(())
    }

    /// Notes a decision with the facts that it is about.
    fn decided<'f>(&mut self, found: impl IntoIterator<Item = &'f Found>, decision: &str) {
        for (fact, _) in found {
            self.fates.entry(fact.clone()).or_default().decisions.insert(decision.to_owned());
        }
    }

    /// What is merged or asserted anew is rejected no more.
    fn pardon(&mut self, fact: &str) {
        if let Some(fate) = self.fates.get_mut(fact) {
            fate.rejected = None;
        }
    }

    fn bind(&mut self, found: Vec<Found>, bond: Bond) {
        let of: BTreeSet<String> = found.into_iter().map(|(fact, _)| fact).collect();
        for fact in of.iter().chain(&bond.gives) {
            self.bound.entry(fact.clone()).or_default().insert(self.bonds.len());
        }
        self.bonds.push(Bond { of, ..bond });
    }

    fn join(&mut self, found: &[Found], decision: &str) {
        for (at, (a, _)) in found.iter().enumerate() {
            self.pardon(a);
            for (b, _) in found[at + 1..].iter().filter(|(b, _)| b != a) {
                self.apart.remove(&pair(a, b));
                self.together.insert(pair(a, b), decision.to_owned());
            }
        }
        self.rebuild_together(found);
    }

    fn rebuild_together<'f>(&mut self, found: impl IntoIterator<Item = &'f Found>) {
        let mut class: BTreeSet<String> = found.into_iter().map(|(_, bucket)| bucket.clone()).collect();
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

    /// Whether a fact is compared with others: it is neither rejected nor bound to the event of others.
    pub(in crate::graph) fn is_compared(&self, fact: &str) -> bool {
        !self.is_rejected(fact) && !self.is_bound(fact)
    }

    /// Whether somebody says that two facts are of one event.
    pub(in crate::graph) fn together(&self, a: &str, b: &str) -> bool {
        self.merged_by(a, b).is_some()
    }

    /// The decision that says so, by IRI.
    pub(in crate::graph) fn merged_by(&self, a: &str, b: &str) -> Option<&str> {
        if self.together.is_empty() { None } else { self.together.get(&pair(a, b)).map(String::as_str) }
    }

    /// Whether a fact holds what somebody says of an event: it goes where its reports are, and no report goes to it.
    pub(in crate::graph) fn is_bound(&self, fact: &str) -> bool {
        self.bond_of(fact).is_some()
    }

    /// The bond by which a fact holds values of an event.
    pub(in crate::graph) fn bond_of(&self, fact: &str) -> Option<&Bond> {
        let bonds = self.bound.get(fact)?.iter().map(|&at| &self.bonds[at]);
        bonds.into_iter().find(|bond| bond.gives.as_deref() == Some(fact))
    }

    /// Whether a fact must be looked at where another is, by what somebody says.
    pub(in crate::graph) fn linked(&self, a: &str, b: &str) -> bool {
        let both = || self.bound.get(a).zip(self.bound.get(b)).is_some_and(|(a, b)| !a.is_disjoint(b));
        self.together(a, b) || both()
    }

    /// Whether any decision is about a fact.
    pub(in crate::graph) fn is_decided(&self, fact: &str) -> bool {
        self.fates.contains_key(fact) || self.bound.contains_key(fact)
    }

    /// Whether a bond is about a fact: one of its reports, or one that was put together with its values, and not taken from
    /// them.
    pub(in crate::graph) fn binds(&self, bond: &Bond, fact: &str) -> bool {
        let own = bond.gives.as_deref();
        (bond.of.contains(fact) || own.is_some_and(|own| self.together(own, fact)))
            && !own.is_some_and(|own| own == fact || self.apart(own, fact))
    }

    /// Whether somebody says that they are not.
    pub(in crate::graph) fn apart(&self, a: &str, b: &str) -> bool {
        !self.apart.is_empty() && self.apart.contains(&pair(a, b))
    }
}

/// A fact and its bucket.
type Found = (String, String);

fn pair(a: &str, b: &str) -> (String, String) {
    if a < b { (a.to_owned(), b.to_owned()) } else { (b.to_owned(), a.to_owned()) }
}
