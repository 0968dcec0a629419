//! What little changed in a big bucket → the tellings whose grouping may change with it.
//!
//! Tellings are grouped along likely pairs, so the groups of tellings that no chain of likely pairs connects do not depend
//! on each other. What is rebuilt is all that is connected with what came, and with what was of one event with what went.

use super::cluster::grouped;
use super::curation::Verdicts;
use super::error::StoreError;
use super::identity::{Item, Outline, is_near, likeness};
use super::rows::EventKind;
use super::store::{Store, value};
use super::telling::{self, Sources, Telling};
use super::topics::Topic;
use super::vocab::{ent, oa};
use super::waiting::{self, Part};
use crate::knowledge::PartialDate;
use chrono::NaiveDate;
use oxigraph::model::{NamedNode, NamedNodeRef, Quad};
use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};

/// Claims of a bucket that is rebuilt whole.
const FEW_CLAIMS: usize = if cfg!(test) { 2 } else { 100 };

/// Tellings that are rebuilt together.
pub(super) struct Scope {
    /// In their order.
    pub(super) tellings: Vec<Telling>,
    /// Groups of them, by their places.
    pub(super) groups: Vec<Vec<usize>>,
    /// What settling has said of their claims.
    pub(super) settled: Vec<Quad>,
}

/// A claim of the bucket, read as far as needed.
struct Node<'n> {
    claim: NamedNode,
    outline: Outline,
    telling: OnceCell<Option<(Telling, Vec<Quad>)>>,
    item: OnceCell<Item<'n>>,
}

/// What must be rebuilt of some buckets with the decisions on them; nothing where that is about all.
pub(super) fn scope(
    store: &Store,
    sources: &mut Sources,
    verdicts: &Verdicts,
    buckets: &BTreeSet<String>,
    part: &Part,
) -> Result<Option<Scope>, StoreError> {
    let mut claims = Vec::new();
    for bucket in buckets {
        claims.append(&mut telling::claims_in(store, bucket)?);
    }
    let changed = part.claims(store, buckets)?;
    if claims.len() < FEW_CLAIMS || changed.len() * 4 > claims.len() {
        return Ok(None);
    }
    let kind = buckets.first().and_then(|bucket| EventKind::from_word(bucket.split('/').next().unwrap_or_default()));
    let mut outlines =
        Outlines { store, kind, published: BTreeMap::new(), names: names(store, sources, &claims, buckets)? };
    let mut nodes = Vec::with_capacity(claims.len());
    for claim in claims {
        let outline = outlines.of(&claim)?;
        nodes.push(Node { claim, outline, telling: OnceCell::new(), item: OnceCell::new() });
    }
    let at: BTreeMap<&str, usize> = nodes.iter().enumerate().map(|(at, node)| (node.claim.as_str(), at)).collect();
    let mut search = Search { store, sources, verdicts, kind, nodes: &nodes, at, pairs: Vec::new() };
    let reached = search.connected(&changed)?;
    Ok(Some(search.scope(&reached)))
}

/// The words of the names of the parties, where all claims have the same: of agreements, whose topics are compared.
fn names(
    store: &Store,
    sources: &mut Sources,
    claims: &[NamedNode],
    buckets: &BTreeSet<String>,
) -> Result<Vec<String>, StoreError> {
    let mut words = Vec::new();
    if let ([claim, ..], 1) = (claims, buckets.len()) {
        for party in store.quads(Some(claim.as_ref()), Some(ent::PARTY), None, None)? {
            words.extend(store.name_words(sources, value(&party.object))?.iter().cloned());
        }
    }
    Ok(words)
}

struct Outlines<'s> {
    store: &'s Store,
    kind: Option<EventKind>,
    published: BTreeMap<String, Option<NaiveDate>>,
    names: Vec<String>,
}

impl Outlines<'_> {
    fn of(&mut self, claim: &NamedNode) -> Result<Outline, StoreError> {
        let one = |predicate: NamedNodeRef<'_>| -> Result<Option<String>, StoreError> {
            let found = self.store.quads(Some(claim.as_ref()), Some(predicate), None, None)?;
            Ok(found.first().map(|quad| value(&quad.object).to_owned()))
        };
        let date = one(ent::DATE)?.and_then(|date| PartialDate::parse(&date));
        let mut outline = Outline { days: date.and_then(|d| d.earliest().zip(d.latest())), ..Outline::default() };
        if outline.days.is_none() {
            let (background, article) = (one(ent::BACKGROUND)?, one(oa::HAS_SOURCE)?);
            outline.published = article.map_or(Ok(None), |article| self.published(article))?;
            if background.as_deref() != Some("true") {
                outline.days = outline.published.map(|day| (day, day));
            }
        }
        if self.kind == Some(EventKind::Agreement) {
            outline.topic = one(ent::TOPIC)?.map(|text| Topic::new(&text, &self.names)).unwrap_or_default();
        }
        Ok(outline)
    }

    fn published(&mut self, article: String) -> Result<Option<NaiveDate>, StoreError> {
        if let Some(known) = self.published.get(&article) {
            return Ok(*known);
        }
        let node = NamedNodeRef::new_unchecked(&article);
        let found = self.store.quads(Some(node), Some(ent::PUBLISHED), None, None)?;
        let day = found.first().and_then(|quad| value(&quad.object).parse().ok());
        self.published.insert(article, day);
        Ok(day)
    }
}

struct Search<'n, 's> {
    store: &'s Store,
    sources: &'s mut Sources,
    verdicts: &'s Verdicts,
    kind: Option<EventKind>,
    nodes: &'n [Node<'n>],
    at: BTreeMap<&'n str, usize>,
    /// Likely pairs, by the places of the nodes.
    pairs: Vec<(i64, usize, usize)>,
}

impl<'n> Search<'n, '_> {
    /// The places of all nodes that are connected with those of some claims.
    fn connected(&mut self, claims: &BTreeSet<String>) -> Result<BTreeSet<usize>, StoreError> {
        let mut waiting: Vec<usize> = claims.iter().filter_map(|claim| self.at.get(claim.as_str()).copied()).collect();
        let mut reached = BTreeSet::new();
        while let Some(place) = waiting.pop() {
            if !reached.insert(place) {
                continue;
            }
            let item = self.item(place)?;
            waiting.extend(self.of_one_event(place)?);
            for other in 0..self.nodes.len() {
                if !reached.contains(&other) && self.is_linked(place, other)? {
                    waiting.push(other);
                }
                if !reached.contains(&other)
                    && is_near(self.kind, &self.nodes[place].outline, &self.nodes[other].outline)
                {
                    let (Some(item), Some(theirs)) = (item, self.item(other)?) else { continue };
                    // In one direction, whichever of the two was reached first.
                    let forward = (item.days, item.telling.order()) <= (theirs.days, theirs.telling.order());
                    let score = if forward { likeness(item, theirs) } else { likeness(theirs, item) };
                    if let Some(score) = score {
                        self.pairs.push((score, place, other));
                        waiting.push(other);
                    }
                }
            }
        }
        Ok(reached)
    }

    /// Whether people say something of two claims at once.
    fn is_linked(&self, one: usize, other: usize) -> Result<bool, StoreError> {
        let Some((telling, _)) = self.nodes[one].telling.get().and_then(Option::as_ref) else { return Ok(false) };
        if !self.verdicts.is_decided(&telling.fact) {
            return Ok(false);
        }
        let claim = self.nodes[other].claim.as_ref();
        let facts = self.store.quads(Some(claim), Some(ent::FACT), None, None)?;
        Ok(facts.iter().any(|quad| self.verdicts.linked(&telling.fact, value(&quad.object))))
    }

    /// The places of the claims that a claim shares an event with, as settled last.
    fn of_one_event(&self, place: usize) -> Result<Vec<usize>, StoreError> {
        let mut places = Vec::new();
        if let Some((_, settled)) = self.nodes[place].telling.get().and_then(Option::as_ref) {
            for quad in settled.iter().filter(|quad| quad.predicate.as_ref() == ent::ASSERTS) {
                let claims = waiting::claims_of(self.store, value(&quad.object))?;
                places.extend(claims.iter().filter_map(|claim| self.at.get(claim.as_str()).copied()));
            }
        }
        Ok(places)
    }

    /// The telling at a place; nothing where it is not compared with others.
    fn item(&mut self, place: usize) -> Result<Option<&'n Item<'n>>, StoreError> {
        let node = &self.nodes[place];
        if node.telling.get().is_none() {
            let read = telling::of_claim(self.store, self.sources, &node.claim)?;
            _ = node.telling.set(read);
        }
        let Some(Some((telling, _))) = node.telling.get() else { return Ok(None) };
        if !self.verdicts.is_compared(&telling.fact) {
            return Ok(None);
        }
        if node.item.get().is_none() {
            let item = self.store.items(self.sources, std::slice::from_ref(telling))?.pop();
            if let Some(item) = item {
                _ = node.item.set(item);
            }
        }
        Ok(node.item.get())
    }

    /// The tellings that were reached, each once though several claims tell it, and their groups.
    fn scope(self, reached: &BTreeSet<usize>) -> Scope {
        let mut first: BTreeMap<&str, usize> = BTreeMap::new();
        let mut settled = Vec::new();
        for &place in reached {
            if let Some(Some((telling, said))) = self.nodes[place].telling.get() {
                first.entry(&telling.fact).or_insert_with(|| {
                    settled.extend(said.iter().cloned());
                    place
                });
            }
        }
        let mut tellings: Vec<&Telling> = Vec::new();
        for place in first.values() {
            tellings.extend(self.nodes[*place].telling.get().and_then(Option::as_ref).map(|(telling, _)| telling));
        }
        tellings.sort_by(|a, b| a.order().cmp(&b.order()));
        let kept: Vec<&Telling> = tellings.iter().copied().filter(|t| self.verdicts.is_compared(&t.fact)).collect();
        let items: Vec<Item<'_>> =
            kept.iter().filter_map(|t| self.nodes[first[t.fact.as_str()]].item.get().cloned()).collect();
        let order: BTreeMap<&str, usize> = kept.iter().enumerate().map(|(at, t)| (t.fact.as_str(), at)).collect();
        let fact = |place: usize| self.nodes[place].item.get().and_then(|item| order.get(&*item.telling.fact)).copied();
        let pairs: BTreeSet<(i64, usize, usize)> = self
            .pairs
            .iter()
            .filter_map(|&(score, a, b)| Some((score, fact(a)?, fact(b)?)))
            .map(|(score, a, b)| (score, a.min(b), a.max(b)))
            .collect();
        let groups = grouped(&items, pairs.into_iter().collect(), self.verdicts);
        // Rejected ones are told too, so that what is said of them is written again.
        let place_of = |t: &&Telling| tellings.iter().position(|other| other.fact == t.fact);
        let places: Vec<usize> = kept.iter().filter_map(place_of).collect();
        let groups = groups.into_iter().map(|group| group.into_iter().map(|at| places[at]).collect()).collect();
        Scope { tellings: tellings.into_iter().cloned().collect(), groups, settled }
    }
}
