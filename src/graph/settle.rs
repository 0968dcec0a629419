//! Claims → events → ties: whatever waits for its rebuild is rebuilt whole from what it rests on.
//!
//! What waits is written in the store (`ent:pending`) in the transaction that made it wait, and crossed out in the one that
//! rebuilds it; so a program that is cut off leaves nothing half done that the next one does not finish. First buckets of
//! claims become events, then pairs of parties get their ties, then names their descriptions.

use super::cluster::groups;
use super::curation::Verdicts;
use super::error::StoreError;
use super::event::Event;
use super::identity::Item;
use super::sheet::{Sheet, difference};
use super::store::{Store, subject, value};
use super::telling::{self, Sources, Telling};
use super::topics::Topic;
use super::vocab::{ent, graphs};
use super::{mint, people, produced, ties};
use crate::knowledge::Acts;
use oxigraph::model::vocab::rdfs;
use oxigraph::model::{LiteralRef, NamedNode, NamedNodeRef, Quad};
use std::collections::{BTreeMap, BTreeSet};

/// Quads of one transaction, about.
const BATCH: usize = 100_000;

/// What a quad of an article's graph makes wait when it comes or goes.
pub(super) fn waits_for(quad: &Quad) -> Option<String> {
    match quad.predicate.as_ref() {
        ent::BUCKET => Some(format!("bucket {}", value(&quad.object))),
        ent::APPEARS => Some(format!("name {}", value(&quad.object))),
        _ => None,
    }
}

/// Everything that waits.
pub(super) fn pending(store: &Store) -> Result<BTreeSet<String>, StoreError> {
    let quads = store.quads(Some(mint::store().as_ref()), Some(ent::PENDING), None, Some(graphs::STORE))?;
    Ok(quads.iter().map(|quad| value(&quad.object).to_owned()).collect())
}

impl Store {
    /// Rebuilds the events and ties that added, replaced or forgotten articles touch. Cheap where nothing waits.
    ///
    /// # Errors
    /// Those of reading and writing.
    pub fn settle(&mut self) -> Result<(), StoreError> {
        self.write_out()?;
        if pending(self)?.is_empty() {
            return Ok(());
        }
        let acts =
            Acts::builtin().map_err(|e| StoreError::Ontology { file: "acts.ttl".into(), message: e.to_string() })?;
        let mut sources = Sources::default();
        let verdicts = Verdicts::of(self)?;
        let mut done = BTreeSet::new();
        self.drain("bucket ", |store, change, bucket| {
            if done.contains(bucket) {
                return Ok(());
            }
            let buckets = verdicts.buckets(bucket);
            store.rebuild_buckets(change, &mut sources, &acts, &verdicts, &buckets)?;
            done.extend(buckets);
            Ok(())
        })?;
        let mut events = Events::default();
        self.drain("pair ", |store, change, pair| store.rebuild_pair(change, &mut events, pair))?;
        // First who they are, all of them, then whom they met: sides are read from the descriptions.
        self.drain("name ", |store, change, name| store.rebuild_name(change, &mut events, name))?;
        let mut sides = BTreeMap::new();
        self.drain("meetings ", |store, change, who| store.rebuild_meetings(change, &mut events, &mut sides, who))
    }

    /// Rebuilds all that waits and begins with `prefix`, many in one transaction.
    fn drain(
        &mut self,
        prefix: &str,
        mut rebuild: impl FnMut(&Self, &mut Change, &str) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        let mut change = Change::new();
        for what in pending(self)? {
            let Some(rest) = what.strip_prefix(prefix) else { continue };
            rebuild(self, &mut change, rest)?;
            change.crossed_out.text(&mint::store(), ent::PENDING, &what);
            if change.size() > BATCH {
                self.apply(std::mem::replace(&mut change, Change::new()))?;
            }
        }
        self.apply(change)
    }

    fn apply(&mut self, mut change: Change) -> Result<(), StoreError> {
        change.removed.append(&mut change.crossed_out.quads);
        change.added.append(&mut change.waiting.quads);
        self.change(&change.removed, &change.added)
    }

    fn rebuild_buckets(
        &self,
        change: &mut Change,
        sources: &mut Sources,
        acts: &Acts,
        verdicts: &Verdicts,
        buckets: &BTreeSet<String>,
    ) -> Result<(), StoreError> {
        let (mut tellings, old_settled) = telling::of_buckets(self, sources, buckets)?;
        let mut new_settled = Vec::new();
        for telling in &tellings {
            if let Some(decision) = verdicts.fate(&telling.fact).and_then(|fate| fate.rejected.as_ref()) {
                settled(&mut new_settled, telling, ent::REJECTED_BY, decision);
            }
        }
        tellings.retain(|telling| verdicts.fate(&telling.fact).is_none_or(|fate| fate.rejected.is_none()));
        let events = self.events_of(&tellings, acts, verdicts)?;
        for (event, group) in &events {
            group.iter().for_each(|telling| settled(&mut new_settled, telling, ent::ASSERTS, &event.iri));
        }
        change.replace(old_settled, new_settled);
        let mut old = BTreeMap::new();
        for bucket in buckets {
            old.append(&mut self.events_in(bucket)?);
        }
        let new = events.iter().map(|(event, _)| (event.iri.clone(), event.quads())).collect::<BTreeMap<_, _>>();
        let mut touched = BTreeSet::new();
        for iri in old.keys().chain(new.keys()).collect::<BTreeSet<_>>() {
            let (before, after) =
                (old.get(iri).cloned().unwrap_or_default(), new.get(iri).cloned().unwrap_or_default());
            if change.replace(before.clone(), after.clone()) {
                for quad in before.iter().chain(&after) {
                    let text = value(&quad.object);
                    match quad.predicate.as_ref() {
                        ent::DYAD => _ = touched.insert(format!("pair {text}")),
                        ent::PARTICIPANT => _ = touched.insert(format!("name {text}")),
                        _ => {}
                    }
                }
                let node = NamedNodeRef::new_unchecked(iri);
                let mut before = self.quads(None, None, Some(node.into()), Some(graphs::TIES))?;
                before.retain(|quad| quad.predicate.as_ref() != ent::BASED_ON);
                before.extend(self.quads(Some(node), Some(ent::PRODUCED), None, Some(graphs::TIES))?);
                let after = Event::read(iri, &after).map(|e| ties::direct(&e)).unwrap_or_default();
                change.replace(before, after);
            }
        }
        change.wait(&touched);
        Ok(())
    }

    /// The events of some tellings, each with its own.
    fn events_of<'t>(
        &self,
        tellings: &'t [Telling],
        acts: &Acts,
        verdicts: &Verdicts,
    ) -> Result<Vec<(Event, Vec<&'t Telling>)>, StoreError> {
        let items = self.items(tellings)?;
        let quad_class = |act| acts.of(act).map(|code| code.quad);
        let merged = groups(&items, verdicts).into_iter().filter_map(|group| {
            let group: Vec<&Telling> = group.into_iter().map(|i| &tellings[i]).collect();
            Some((Event::merged(&group, verdicts, &quad_class)?, group))
        });
        Ok(merged.collect())
    }

    /// The tellings with what their comparison needs.
    pub(super) fn items<'t>(&self, tellings: &'t [Telling]) -> Result<Vec<Item<'t>>, StoreError> {
        let mut names = BTreeMap::new();
        for party in tellings.iter().flat_map(|t| &t.parties) {
            if !names.contains_key(party) {
                names.insert(party.clone(), self.name_words(party)?);
            }
        }
        let item = |telling: &'t Telling| {
            let Telling { parties, topic, quotes, event_type, .. } = telling;
            let words: Vec<String> = parties.iter().filter_map(|party| names.get(party)).flatten().cloned().collect();
            let topic = topic.as_deref().map(|text| Topic::new(text, &words)).unwrap_or_default();
            let sentences: Vec<&str> = quotes.iter().map(String::as_str).collect();
            // "Sanctioned" speaks for no one sanction.
            let people = telling.article.names.values().flat_map(|name| super::names::words(name));
            let words: Vec<String> = words.into_iter().chain([event_type.to_lowercase()]).chain(people).collect();
            Item::new(telling, topic, Topic::new(&sentences.join(" "), &words))
        };
        Ok(tellings.iter().map(item).collect())
    }

    /// The words of a party's name and code, in lower case. Only listed parties have a name here, because the names of the
    /// others change with the articles.
    fn name_words(&self, party: &str) -> Result<Vec<String>, StoreError> {
        let code = mint::code(party);
        let mut words = vec![code.to_lowercase()];
        if self.listed.contains_key(&code) {
            let node = NamedNodeRef::new_unchecked(party);
            for quad in self.quads(Some(node), Some(rdfs::LABEL), None, Some(graphs::REFERENCE))? {
                let name = value(&quad.object).to_lowercase();
                words.extend(name.split(|c: char| !c.is_alphanumeric()).map(str::to_owned));
            }
        }
        Ok(words)
    }

    /// The events of a bucket as they stand, by IRI.
    fn events_in(&self, bucket: &str) -> Result<BTreeMap<String, Vec<Quad>>, StoreError> {
        let key = LiteralRef::new_simple_literal(bucket);
        let mut events = BTreeMap::new();
        for found in self.quads(None, Some(ent::BUCKET), Some(key.into()), Some(graphs::EVENTS))? {
            let node = NamedNode::new_unchecked(subject(&found));
            let mut quads = self.quads(Some(node.as_ref()), None, None, Some(graphs::EVENTS))?;
            let steps: Vec<Quad> = quads.iter().filter(|q| q.predicate.as_ref() == ent::STEP).cloned().collect();
            for step in steps {
                let step = NamedNode::new_unchecked(value(&step.object));
                quads.extend(self.quads(Some(step.as_ref()), None, None, Some(graphs::EVENTS))?);
            }
            events.insert(node.into_string(), quads);
        }
        Ok(events)
    }

    fn rebuild_pair(&self, change: &mut Change, events: &mut Events, dyad: &str) -> Result<(), StoreError> {
        let node = NamedNode::new_unchecked(dyad);
        let common = events.with(self, ent::DYAD, &node)?;
        let members = common.iter().flat_map(|e| e.pairs()).find(|(pair, _, _)| *pair == node);
        let described = members.map(|(_, a, b)| ties::dyad(&node, a, b)).unwrap_or_default();
        change.replace(self.quads(Some(node.as_ref()), None, None, Some(graphs::EVENTS))?, described);
        let mut old = Vec::new();
        for quad in self.quads(Some(node.as_ref()), Some(ent::TIE), None, Some(graphs::TIES))? {
            let tie = NamedNode::new_unchecked(value(&quad.object));
            old.push(quad);
            old.extend(self.quads(Some(tie.as_ref()), None, None, Some(graphs::TIES))?);
        }
        let counted = ties::count(common.iter().map(AsRef::as_ref));
        let new = counted.iter().filter(|tie| tie.dyad == node).flat_map(ties::Tie::quads).collect();
        change.replace(old, new);
        let mut old = Vec::new();
        for event in &common {
            let made = NamedNode::new_unchecked(&*event.iri);
            let made = self.quads(Some(made.as_ref()), Some(ent::PRODUCED), None, Some(graphs::TIES))?;
            let here = |quad: &Quad| produced::is_told_by(&common, quad, &node);
            old.extend(made.into_iter().filter(here));
        }
        change.replace(old, produced::of_pair(&common, &node));
        Ok(())
    }

    fn rebuild_name(&self, change: &mut Change, events: &mut Events, who: &str) -> Result<(), StoreError> {
        let (old, new) = people::description(self, who)?;
        let sides = |quads: &[Quad]| -> BTreeSet<String> {
            let sides = quads.iter().filter(|quad| quad.predicate.as_ref() == ent::REPRESENTS);
            sides.map(|quad| value(&quad.object).to_owned()).collect()
        };
        let changed_sides = sides(&old) != sides(&new);
        change.replace(old, new);
        if mint::code_of(who).is_some() {
            return Ok(());
        }
        let own = self.rules.leader(who);
        if own != who {
            self.rebuild_name(change, events, own)?;
        }
        let mut waiting = BTreeSet::from([format!("meetings {who}")]);
        if changed_sides {
            // Whether the others met somebody of another side has changed too.
            let common = events.with(self, ent::PARTICIPANT, &NamedNode::new_unchecked(who))?;
            waiting.extend(common.iter().flat_map(|e| &e.participants).map(|other| format!("meetings {other}")));
        }
        change.wait(&waiting);
        Ok(())
    }

    fn rebuild_meetings(
        &self,
        change: &mut Change,
        events: &mut Events,
        sides: &mut BTreeMap<String, BTreeSet<String>>,
        who: &str,
    ) -> Result<(), StoreError> {
        let node = NamedNode::new_unchecked(who);
        let common = events.with(self, ent::PARTICIPANT, &node)?;
        for leader in common.iter().flat_map(|e| &e.participants) {
            if !sides.contains_key(leader) {
                sides.insert(leader.clone(), self.sides_of(leader)?);
            }
        }
        let side = |leader: &str| sides.get(leader).cloned().unwrap_or_default();
        let mut old = Vec::new();
        for predicate in [ent::MET_WITH, ent::SPOKE_WITH, ent::VISITED] {
            old.extend(self.quads(Some(node.as_ref()), Some(predicate), None, Some(graphs::TIES))?);
        }
        change.replace(old, ties::of_leader(who, common.iter().map(AsRef::as_ref), &side));
        Ok(())
    }

    /// The parties for which a leader appears in the articles, by the description.
    fn sides_of(&self, leader: &str) -> Result<BTreeSet<String>, StoreError> {
        let node = NamedNodeRef::new_unchecked(leader);
        let found = self.quads(Some(node), Some(ent::REPRESENTS), None, Some(graphs::REFERENCE))?;
        Ok(found.iter().map(|quad| value(&quad.object).to_owned()).collect())
    }
}

/// What settling says of all claims of a telling.
fn settled(quads: &mut Vec<Quad>, telling: &Telling, predicate: NamedNodeRef<'_>, object: &str) {
    let mut sheet = Sheet::new(telling::graph_of(telling));
    for claim in &telling.claims {
        sheet.add(&NamedNode::new_unchecked(&**claim), predicate, NamedNode::new_unchecked(object));
    }
    quads.append(&mut sheet.quads);
}

/// What one transaction will do.
struct Change {
    removed: Vec<Quad>,
    added: Vec<Quad>,
    crossed_out: Sheet,
    waiting: Sheet,
}

impl Change {
    fn new() -> Self {
        let sheet = || Sheet::new(graphs::STORE.into_owned());
        Self { removed: Vec::new(), added: Vec::new(), crossed_out: sheet(), waiting: sheet() }
    }

    fn size(&self) -> usize {
        self.removed.len() + self.added.len()
    }

    /// Puts `new` in the place of `old`; whether they differ.
    fn replace(&mut self, old: Vec<Quad>, new: Vec<Quad>) -> bool {
        let (mut removed, mut added) = difference(old, new);
        let differ = !removed.is_empty() || !added.is_empty();
        self.removed.append(&mut removed);
        self.added.append(&mut added);
        differ
    }

    fn wait(&mut self, what: &BTreeSet<String>) {
        for text in what {
            self.waiting.text(&mint::store(), ent::PENDING, text);
        }
    }
}

/// Events read so far, so that one of many pairs is read once.
#[derive(Default)]
struct Events(BTreeMap<String, Option<std::rc::Rc<Event>>>);

impl Events {
    /// The events with `object` as the value of `predicate`, by IRI.
    fn with(
        &mut self,
        store: &Store,
        predicate: NamedNodeRef<'_>,
        object: &NamedNode,
    ) -> Result<Vec<std::rc::Rc<Event>>, StoreError> {
        let mut found = BTreeMap::new();
        for quad in store.quads(None, Some(predicate), Some(object.as_ref().into()), Some(graphs::EVENTS))? {
            let iri = subject(&quad);
            if !self.0.contains_key(iri) {
                let node = NamedNodeRef::new_unchecked(iri);
                let quads = store.quads(Some(node), None, None, Some(graphs::EVENTS))?;
                self.0.insert(iri.to_owned(), Event::read(iri, &quads).map(std::rc::Rc::new));
            }
            if let Some(Some(event)) = self.0.get(iri) {
                found.insert(iri.to_owned(), std::rc::Rc::clone(event));
            }
        }
        Ok(found.into_values().collect())
    }
}
