//! Settling spread over many machines, by engines that are made for that: the graph that [`Store::settle`] makes, without a
//! store that holds all of it.
//!
//! ```text
//! article ──▶ bucket … ──▶ pair …
//!    │           ├───────▶ name … ──▶ meetings …
//!    └───────────┼────────▶ ┘            ▲
//!                └───────────────────────┘
//! round 0        1           2           3
//! ```
//!
//! Work is cut by **key**. A **piece** tells one key what an article, an event or a leader means for it, as N-Quads. Whoever
//! brings all pieces of a key together (a shuffle), in three rounds, has the whole graph: all quads that come out. A key
//! sees what [`Store::settle`] would look up for it, and is rebuilt by the same code; so the graph is the same, quad for quad.
//! People's decisions bind keys together and are no part of this: load the graph into a store and decide there.

use super::dump::{RdfFormat, line};
use super::error::StoreError;
use super::runs::RunInfo;
use super::settle::{Change, Events, Judges, Turnover};
use super::store::{Store, subject, value};
use super::telling::Sources;
use super::vocab::{ent, graphs};
use super::waiting::waits_for;
use super::{claims, mint, tally};
use crate::facts::Facts;
use crate::knowledge::Knowledge;
use oxigraph::io::RdfParser;
use oxigraph::model::vocab::rdfs;
use oxigraph::model::{NamedNode, NamedNodeRef, Quad};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// What one article, event or leader means for a key.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Piece {
    /// The round in which the key is settled, from 1 to 3.
    pub round: u8,
    /// What it is: `bucket agreement/KOR+SGP`, `pair …`, `name …`, `meetings …`.
    pub key: String,
    /// N-Quads.
    pub quads: String,
}

/// What comes of an article, or of some keys.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Outcome {
    /// Canonical N-Quads of the graph that nothing else gives.
    pub quads: String,
    /// Canonical N-Quads of the graph that others may give too.
    pub shared: String,
    /// For the rounds that follow.
    pub pieces: Vec<Piece>,
}

/// Cuts articles into pieces, and settles keys of which it is given all pieces.
pub struct Spread {
    /// A store without articles.
    fixed: Store,
    judges: Judges,
    /// The names of the listed parties.
    labels: Vec<Quad>,
}

impl Spread {
    /// With the parties and leaders of this knowledge.
    ///
    /// # Errors
    /// Built-in knowledge that cannot be read.
    pub fn new(knowledge: &Knowledge) -> Result<Self, StoreError> {
        let mut fixed = Store::in_memory()?;
        fixed.refer(knowledge)?;
        Self::of(fixed)
    }

    /// On top of a store without articles.
    pub(super) fn of(fixed: Store) -> Result<Self, StoreError> {
        let judges = Judges::of(&fixed)?;
        let labels = fixed.quads(None, Some(rdfs::LABEL), None, Some(graphs::REFERENCE))?;
        let labels = labels.into_iter().filter(|quad| mint::code_of(subject(quad)).is_some()).collect();
        Ok(Self { fixed, judges, labels })
    }

    /// The canonical N-Quads of the graph that are there whatever the articles say.
    ///
    /// # Errors
    /// None in practice.
    pub fn fixed(&self) -> Result<String, StoreError> {
        let mut out = Vec::new();
        self.fixed.dump(RdfFormat::NQuads, &mut out)?;
        String::from_utf8(out).map_err(|e| StoreError::Damaged(e.to_string()))
    }

    /// The canonical N-Quads by which [`Store::log_call`] notes that `articles` were stored by a run that began `at` this time
    /// (`xsd:dateTime`).
    #[must_use]
    pub fn call(&self, run: &RunInfo, at: &str, articles: usize) -> String {
        run.call(at, articles).quads.iter().map(line).collect()
    }

    /// The article's own quads, and the pieces for the keys that it touches.
    #[must_use]
    pub fn article(&self, facts: &Facts, run: &RunInfo) -> Outcome {
        let quads = claims::quads(facts, &run.iri(), &self.fixed.listed, self.fixed.terms.as_deref());
        let mut shared = run.quads().quads;
        shared.append(&mut self.fixed.held_in(facts));
        let mut nodes: BTreeMap<&str, Vec<&Quad>> = BTreeMap::new();
        for quad in &quads {
            nodes.entry(subject(quad)).or_default().push(quad);
        }
        // A telling knows its article by these.
        let head = |quad: &&Quad| matches!(quad.predicate.as_ref(), ent::ARTICLE_ID | ent::PUBLISHED);
        let sided = |node: &&Vec<&Quad>| node.iter().any(|quad| quad.predicate.as_ref() == ent::REPRESENTS);
        let source: String =
            quads.iter().filter(head).chain(nodes.values().filter(sided).flatten().copied()).map(line).collect();
        let mut pieces: BTreeMap<String, String> = BTreeMap::new();
        for node in nodes.values() {
            for key in node.iter().filter_map(|quad| waits_for(quad)) {
                let begin = if key.starts_with("bucket ") { source.as_str() } else { "" };
                let piece = pieces.entry(key).or_insert_with(|| begin.to_owned());
                piece.extend(node.iter().copied().map(line));
            }
        }
        Outcome { quads: text(&quads), shared: text(&shared), pieces: listed(pieces) }
    }

    /// Settles the keys of these pieces, of one round. All pieces of each key must be among them: those of articles, and
    /// those of the rounds before.
    ///
    /// # Errors
    /// Pieces that are none.
    pub fn settle<'p>(&self, pieces: impl IntoIterator<Item = (&'p str, &'p str)>) -> Result<Outcome, StoreError> {
        let mut quads = self.labels.clone();
        let mut keys = BTreeSet::new();
        for (key, piece) in pieces {
            keys.insert(key);
            for quad in RdfParser::from_format(RdfFormat::NQuads.of_oxigraph()).for_slice(piece) {
                quads.push(quad.map_err(|e| StoreError::Rdf(e.to_string()))?);
            }
        }
        let mut store = Store::empty()?;
        store.listed.clone_from(&self.fixed.listed);
        store.terms = self.fixed.terms.as_ref().map(Arc::clone);
        store.change(&[], quads)?;
        let mut work = Work { store, judges: &self.judges, events: Events::default(), sources: Sources::default() };
        let (mut outcome, mut pieces) = (Outcome::default(), BTreeMap::new());
        for key in keys {
            work.settle(key, &mut outcome, &mut pieces)?;
        }
        outcome.pieces = listed(pieces);
        Ok(outcome)
    }
}

/// Keys under way.
struct Work<'a> {
    store: Store,
    judges: &'a Judges,
    events: Events,
    sources: Sources,
}

impl Work<'_> {
    fn settle(
        &mut self,
        key: &str,
        outcome: &mut Outcome,
        pieces: &mut BTreeMap<String, String>,
    ) -> Result<(), StoreError> {
        let (store, events, mut change) = (&self.store, &mut self.events, Change::new());
        match key.split_once(' ').unwrap_or_default() {
            ("bucket", bucket) => {
                let (bucket, mut turnover) = (BTreeSet::from([bucket.to_owned()]), Turnover::default());
                store.rebuild_buckets(&mut change, &mut self.sources, self.judges, &bucket, &mut turnover)?;
                tell_of_events(&change.added, pieces);
                change.added.append(&mut tally::direct(store, &change.turned)?.1);
            }
            ("pair", pair) => store.rebuild_pair(&mut change, events, pair)?,
            ("name", who) => {
                store.rebuild_name(&mut change, events, who)?;
                let sides = change.added.iter().filter(|quad| quad.predicate.as_ref() == ent::REPRESENTS);
                let sides: String = sides.map(line).collect();
                let common = events.with(store, ent::PARTICIPANT, &NamedNode::new_unchecked(who))?;
                for other in common.iter().flat_map(|event| &event.participants).collect::<BTreeSet<_>>() {
                    pieces.entry(format!("meetings {other}")).or_default().push_str(&sides);
                }
                // Terms of office came with the articles already.
                change.added.retain(|quad| subject(quad) == who);
            }
            ("meetings", who) => store.rebuild_meetings(&mut change, events, &mut BTreeMap::new(), who)?,
            _ => return Err(StoreError::Damaged(format!("`{key}` is no key of a piece"))),
        }
        outcome.quads.extend(change.added.iter().map(line));
        Ok(())
    }
}

/// Tells the pairs and people of new events of them.
fn tell_of_events(quads: &[Quad], pieces: &mut BTreeMap<String, String>) {
    let mut events: BTreeMap<&str, Vec<&Quad>> = BTreeMap::new();
    for quad in quads.iter().filter(|quad| quad.graph_name == graphs::EVENTS.into_owned().into()) {
        events.entry(subject(quad)).or_default().push(quad);
    }
    for event in events.values() {
        let of = |predicate: NamedNodeRef<'static>| {
            event.iter().filter(move |quad| quad.predicate.as_ref() == predicate).map(|quad| value(&quad.object))
        };
        let described: String = event.iter().copied().map(line).collect();
        let pairs = of(ent::DYAD).map(|pair| format!("pair {pair}"));
        let people = of(ent::PARTICIPANT).flat_map(|who| [format!("name {who}"), format!("meetings {who}")]);
        pairs.chain(people).for_each(|key| pieces.entry(key).or_default().push_str(&described));
    }
}

fn text(quads: &[Quad]) -> String {
    quads.iter().map(line).collect()
}

fn listed(pieces: BTreeMap<String, String>) -> Vec<Piece> {
    let round = |key: &str| match key.split(' ').next() {
        Some("bucket") => 1,
        Some("pair" | "name") => 2,
        _ => 3,
    };
    pieces.into_iter().map(|(key, quads)| Piece { round: round(&key), key, quads }).collect()
}
