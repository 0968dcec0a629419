//! Ids of events that are no more → what has become of them.
//!
//! The id of an event is made of a bucket and the first report in it. So every report tells the id of the event that it would
//! be the first of: an event that became one with an earlier one, or that was rejected, is found by the report that it was
//! named after, and no list of old ids is kept.

use super::cluster::groups;
use super::curation::Verdicts;
use super::error::StoreError;
use super::mint;
use super::store::{Store, subject, value};
use super::telling::{self, Sources, Telling};
use super::vocab::{ent, graphs};
use oxigraph::model::{NamedNodeRef, Quad};
use std::collections::{BTreeMap, BTreeSet};

/// Letters of a short id, at least.
const SHORTEST: usize = 4;

/// An event that is no more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Former {
    /// Its first report is of another event now.
    Event {
        /// IRI that it had.
        iri: String,
        /// IRI of the event that it has become.
        now: String,
    },
    /// Somebody rejected it.
    Rejected {
        /// IRI that it had.
        iri: String,
        /// IRI of the decision.
        by: String,
        /// IRIs of its claims.
        claims: Vec<String>,
    },
}

impl Former {
    /// The IRI under which it is found now: that of an event, or its own where it is rejected.
    pub(super) fn now(&self) -> &str {
        match self {
            Self::Event { now, .. } => now,
            Self::Rejected { iri, .. } => iri,
        }
    }
}

impl Store {
    /// The IRI of the event that the event of an id has become, where the store has no event of that id and the other way
    /// round only one that it may be.
    ///
    /// # Errors
    /// Those of reading.
    pub fn became(&self, id: &str) -> Result<Option<String>, StoreError> {
        if !self.candidates(id)?.is_empty() {
            return Ok(None);
        }
        Ok(match self.former(id)?.as_slice() {
            [Former::Event { now, .. }] => Some(now.clone()),
            _ => None,
        })
    }

    /// The events that had this IRI, or whose hash began so (`0f3a`, `event/0f3a`): each thing that one has become, once.
    pub(super) fn former(&self, id: &str) -> Result<Vec<Former>, StoreError> {
        let (kind, prefix) = id.rsplit_once('/').unwrap_or(("event", id));
        let is_hash = prefix.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
        if prefix.len() < SHORTEST || !is_hash || kind.rsplit('/').next() != Some("event") {
            return Ok(Vec::new());
        }
        let mut buckets: BTreeMap<String, String> = BTreeMap::new();
        for quad in self.quads(None, Some(ent::BUCKET), None, None)? {
            if quad.graph_name.as_ref() != graphs::EVENTS.into() {
                buckets.insert(subject(&quad).to_owned(), value(&quad.object).to_owned());
            }
        }
        let (mut found, mut seen) = (Vec::new(), BTreeSet::new());
        for quad in self.quads(None, Some(ent::FACT), None, None)? {
            let (claim, fact) = (subject(&quad), value(&quad.object));
            let Some(bucket) = buckets.get(claim) else { continue };
            let hash = mint::hash(["event", bucket, fact]);
            if hash.starts_with(prefix) {
                let former = self.became_of(mint::thing("event", &hash).into_string(), claim, fact, bucket)?;
                found.extend(former.filter(|former| seen.insert(former.now().to_owned())));
            }
        }
        Ok(found)
    }

    fn became_of(&self, iri: String, claim: &str, fact: &str, bucket: &str) -> Result<Option<Former>, StoreError> {
        let settled = self.quads(Some(NamedNodeRef::new_unchecked(claim)), None, None, None)?;
        let one = |p: NamedNodeRef<'_>| {
            settled.iter().find(|quad: &&Quad| quad.predicate.as_ref() == p).map(|quad| value(&quad.object).to_owned())
        };
        if let Some(now) = one(ent::ASSERTS) {
            return Ok(Some(Former::Event { iri, now }));
        }
        let Some(by) = one(ent::REJECTED_BY) else { return Ok(None) };
        let claims = self.rejected_with(fact, bucket, &by)?;
        Ok(Some(Former::Rejected { iri, by, claims }))
    }

    /// The claims of the event that a rejected fact would be of, were what the decision rejects not rejected.
    fn rejected_with(&self, fact: &str, bucket: &str, decision: &str) -> Result<Vec<String>, StoreError> {
        let (verdicts, mut sources) = (Verdicts::of(self)?, Sources::default());
        let (mut tellings, _) = telling::of_buckets(self, &mut sources, &verdicts.buckets(bucket))?;
        let rejected = |t: &Telling| verdicts.fate(&t.fact).is_some_and(|f| f.rejected.as_deref() == Some(decision));
        tellings.retain(|t| rejected(t) && !verdicts.is_bound(&t.fact));
        let groups = groups(&self.items(&mut sources, &tellings)?, &verdicts);
        let own = groups.into_iter().find(|group| group.iter().any(|&at| tellings[at].fact == fact));
        Ok(own.into_iter().flatten().flat_map(|at| tellings[at].claims.iter().cloned()).collect())
    }
}
