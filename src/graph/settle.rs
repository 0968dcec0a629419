//! Claims → events → ties: whatever waits for its rebuild is rebuilt whole from what it rests on.
//!
//! What waits is written in the store (`ent:pending`) in the transaction that made it wait, and crossed out in the one that
//! rebuilds it; so a program that is cut off leaves nothing half done that the next one does not finish. First buckets of
//! claims become events, then pairs of parties get their ties, then names their descriptions.

use super::bonds::bind;
use super::cluster::groups;
use super::curation::Verdicts;
use super::error::StoreError;
use super::event::Event;
use super::ledger::{Ledger, Open, Remembers};
use super::near::scope;
use super::people::Said;
use super::sheet::{Sheet, difference};
use super::step::PART;
use super::store::{Store, subject, value};
use super::telling::{self, Sources, Telling};
use super::totals::Totals;
use super::vocab::{ent, graphs};
use super::waiting::{Appearance, Part, parts, pending, waits};
use super::{mint, people, tally, ties};
use crate::knowledge::Acts;
use crate::knowledge::vocab::{ActType, QuadClass};
use oxigraph::model::{LiteralRef, NamedNode, NamedNodeRef, Quad};
use rustc_hash::FxHashMap;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// Quads beyond which a transaction may be none: see [`Store::change`].
const LARGE: usize = 5_000;
/// Events of one transaction that are few: the ties that they touch are counted by difference.
const FEW_EVENTS: usize = 200;

/// How many events came and went.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Turnover {
    came: usize,
    went: usize,
}

impl Turnover {
    /// How many fewer there are.
    pub(super) fn lost(self) -> usize {
        self.went.saturating_sub(self.came)
    }
}

/// What all buckets are rebuilt with.
pub(super) struct Judges {
    acts: Acts,
    verdicts: Verdicts,
}

impl Judges {
    /// With the decisions of a store.
    pub(super) fn of(store: &Store) -> Result<Self, StoreError> {
        let acts =
            Acts::builtin().map_err(|e| StoreError::Ontology { file: "acts.ttl".into(), message: e.to_string() })?;
        Ok(Self { acts, verdicts: Verdicts::of(store)? })
    }

    fn quad_class(&self, act: ActType) -> Option<QuadClass> {
        self.acts.of(act).map(|code| code.quad)
    }
}

/// Tellings, their groups by places, and what was said of their claims.
type Grouping<'t> = (&'t [Telling], Vec<Vec<usize>>, Vec<Quad>);

impl Store {
    /// Rebuilds the events and ties that added, replaced or forgotten articles touch. Cheap where nothing waits.
    ///
    /// # Errors
    /// Those of reading and writing.
    pub fn settle(&mut self) -> Result<(), StoreError> {
        self.settle_all().map(drop)
    }

    /// The same; tells how many events came and went.
    pub(super) fn settle_all(&mut self) -> Result<Turnover, StoreError> {
        self.write_out()?;
        let mut turnover = Turnover::default();
        let waiting = pending(self)?;
        let ledger = match std::mem::replace(&mut self.remembers, Remembers::Nothing) {
            Remembers::All(ledger) => Some(ledger),
            untried => {
                self.remembers = untried;
                None
            }
        };
        if waiting.is_empty() {
            return Ok(turnover);
        }
        let judges = Judges::of(self)?;
        let parts = parts(&waiting);
        // Where something waits finely, not all that is there was made of what the ledger has.
        let mut events = Events { ledger: ledger.filter(|_| parts.is_empty()), ..Events::default() };
        self.settle_buckets(&judges, &mut events, &mut turnover)?;
        self.settle_parts(&judges, &parts, &mut turnover)?;
        self.drain("pair ", |store, change, pair| store.rebuild_pair(change, &mut events, pair))?;
        // First who they are, all of them, then whom they met: sides are read from the descriptions.
        self.drain("appears ", |store, change, iri| match Appearance::read(store, iri)? {
            Some(found) if !found.is_described(store)? || !people::is_fixed(store, &found.who)? => {
                store.rebuild_leader(change, &mut events, &found.who)
            }
            _ => Ok(()),
        })?;
        self.drain("lost ", |store, change, note| match Appearance::parse(note) {
            Some(gone) if !people::is_fixed(store, &gone.who)? || !gone.is_said_elsewhere(store)? => {
                store.rebuild_leader(change, &mut events, &gone.who)
            }
            _ => Ok(()),
        })?;
        self.drain("name ", |store, change, name| store.rebuild_name(change, &mut events, name))?;
        let mut sides = BTreeMap::new();
        self.drain("meetings ", |store, change, who| store.rebuild_meetings(change, &mut events, &mut sides, who))?;
        self.drain("met ", |store, change, both| store.rebuild_met(change, &mut events, &mut sides, both))?;
        Ok(turnover)
    }

    /// Buckets that wait whole.
    fn settle_buckets(
        &mut self,
        judges: &Judges,
        events: &mut Events,
        turnover: &mut Turnover,
    ) -> Result<(), StoreError> {
        let (mut sources, mut open, mut done) = (Sources::default(), Open::default(), BTreeSet::new());
        let by_part = events.ledger.as_ref().is_some_and(|ledger| ledger.large);
        self.drain_by(
            "bucket ",
            |bucket| if by_part { Ledger::part(bucket) } else { 0 },
            |store, change, bucket| {
                if events.ledger.is_some() {
                    return store.make_bucket(change, (&mut sources, &mut open), judges, bucket, events, turnover);
                }
                if done.contains(bucket) {
                    return Ok(());
                }
                let buckets = judges.verdicts.buckets(bucket);
                store.rebuild_buckets(change, &mut sources, judges, &buckets, turnover)?;
                done.extend(buckets);
                Ok(())
            },
        )
    }

    /// Buckets of which little changed.
    fn settle_parts(
        &mut self,
        judges: &Judges,
        parts: &BTreeMap<String, Part>,
        turnover: &mut Turnover,
    ) -> Result<(), StoreError> {
        let mut classes: BTreeMap<BTreeSet<String>, Part> = BTreeMap::new();
        for (bucket, part) in parts {
            let class = judges.verdicts.buckets(bucket);
            classes.entry(class).or_default().append(part.clone());
        }
        let (mut sources, mut change) = (Sources::default(), Change::new());
        for (buckets, part) in classes {
            match scope(self, &mut sources, &judges.verdicts, &buckets, &part)? {
                None => self.rebuild_buckets(&mut change, &mut sources, judges, &buckets, turnover)?,
                Some(scope) => {
                    let asserted = scope.settled.iter().filter(|quad| quad.predicate.as_ref() == ent::ASSERTS);
                    let mut old = BTreeMap::new();
                    for event in asserted.map(|quad| value(&quad.object)).chain(part.events.iter().map(String::as_str))
                    {
                        old.insert(event.to_owned(), self.quads_of_event(event)?);
                    }
                    old.retain(|_, quads| !quads.is_empty());
                    self.put_events(
                        &mut change,
                        judges,
                        (&scope.tellings, scope.groups, scope.settled),
                        &old,
                        turnover,
                    );
                }
            }
            part.notes.iter().for_each(|note| change.crossed_out.text(&mint::store(), ent::PENDING, note));
            if change.size() > LARGE {
                self.apply(std::mem::replace(&mut change, Change::new()))?;
            }
        }
        self.apply(change)
    }

    /// Makes the events of a bucket of a store that had none.
    fn make_bucket(
        &self,
        change: &mut Change,
        (sources, open): (&mut Sources, &mut Open),
        judges: &Judges,
        bucket: &str,
        events: &mut Events,
        turnover: &mut Turnover,
    ) -> Result<(), StoreError> {
        let Some(tellings) = events.ledger.as_mut().and_then(|ledger| ledger.tellings(open, bucket).ok()) else {
            events.ledger = None;
            return self.rebuild_buckets(change, sources, judges, &BTreeSet::from([bucket.to_owned()]), turnover);
        };
        let groups = groups(&self.items(sources, &tellings)?, &judges.verdicts);
        let before = change.turned.len();
        self.put_events(change, judges, (&tellings, groups, Vec::new()), &BTreeMap::new(), turnover);
        let mut made = change.turned[before..].iter().filter_map(|(_, after)| after.as_ref());
        if let Some(ledger) = &mut events.ledger
            && made.any(|event| ledger.event(event).is_err())
        {
            // They will be read back.
            events.ledger = None;
        }
        Ok(())
    }

    /// Rebuilds all that waits and begins with `prefix`, many in one transaction.
    fn drain(
        &mut self,
        prefix: &str,
        rebuild: impl FnMut(&Self, &mut Change, &str) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        self.drain_by(prefix, |_| 0, rebuild)
    }

    /// The same, in the order of a number.
    fn drain_by(
        &mut self,
        prefix: &str,
        number: impl Fn(&str) -> usize,
        mut rebuild: impl FnMut(&Self, &mut Change, &str) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        let mut change = Change::new();
        let mut waiting: Vec<String> = pending(self)?.into_iter().filter(|what| what.starts_with(prefix)).collect();
        waiting.sort_by_cached_key(|what| number(&what[prefix.len()..]));
        for what in waiting {
            let Some(rest) = what.strip_prefix(prefix) else { continue };
            rebuild(self, &mut change, rest)?;
            change.crossed_out.text(&mint::store(), ent::PENDING, &what);
            if change.size() > PART {
                self.apply(std::mem::replace(&mut change, Change::new()))?;
                if self.should_end_step() {
                    self.end_step()?;
                }
            }
        }
        self.apply(change)?;
        self.end_step()
    }

    fn apply(&mut self, mut change: Change) -> Result<(), StoreError> {
        let by_difference = self.tie(&mut change)?;
        change.removed.append(&mut change.crossed_out.quads);
        change.added.append(&mut change.waiting.quads);
        // A difference that was taken cannot be taken again after a cut.
        if by_difference {
            self.change_at_once(&change.removed, &change.added)
        } else {
            self.change_in_step(change.removed, change.added)
        }
    }

    /// What ties the events of a change make: by difference where they are few and all before them can be read, which it says,
    /// else the pairs and people wait.
    fn tie(&self, change: &mut Change) -> Result<bool, StoreError> {
        let turned = std::mem::take(&mut change.turned);
        if turned.is_empty() {
            return Ok(false);
        }
        let (mut old, mut new) = tally::direct(self, &turned)?;
        let few = turned.len() <= FEW_EVENTS && change.size() <= LARGE && !self.is_in_step();
        if few && !waits(self, "pair ")? {
            let (mut gone, mut came) = tally::difference(self, &turned)?;
            old.append(&mut gone);
            new.append(&mut came);
            change.replace(old, new);
            let met = tally::met(self, &turned)?;
            change.wait(&met);
            return Ok(true);
        }
        change.replace(old, new);
        let mut waiting = BTreeSet::new();
        for event in turned.iter().flat_map(|(before, after)| [before, after]).flatten() {
            waiting.extend(event.pairs().iter().map(|(pair, _, _)| format!("pair {}", pair.as_str())));
            waiting.extend(event.participants.iter().map(|who| format!("name {who}")));
        }
        change.wait(&waiting);
        Ok(false)
    }

    pub(super) fn rebuild_buckets(
        &self,
        change: &mut Change,
        sources: &mut Sources,
        judges: &Judges,
        buckets: &BTreeSet<String>,
        turnover: &mut Turnover,
    ) -> Result<(), StoreError> {
        let (tellings, settled) = telling::of_buckets(self, sources, buckets)?;
        let kept: Vec<usize> =
            (0..tellings.len()).filter(|&at| judges.verdicts.is_compared(&tellings[at].fact)).collect();
        let compared: Vec<Telling> = kept.iter().map(|&at| tellings[at].clone()).collect();
        let groups = groups(&self.items(sources, &compared)?, &judges.verdicts);
        let groups = groups.into_iter().map(|group| group.into_iter().map(|at| kept[at]).collect()).collect();
        let mut old = BTreeMap::new();
        for bucket in buckets {
            old.append(&mut self.events_in(bucket)?);
        }
        self.put_events(change, judges, (&tellings, groups, settled), &old, turnover);
        Ok(())
    }

    /// Puts the events of some groups of tellings in the place of those that these tellings were of.
    fn put_events(
        &self,
        change: &mut Change,
        judges: &Judges,
        (tellings, mut groups, old_settled): Grouping<'_>,
        old: &BTreeMap<String, Vec<Quad>>,
        turnover: &mut Turnover,
    ) {
        let mut new_settled = Vec::new();
        for telling in tellings {
            if let Some(decision) = judges.verdicts.fate(&telling.fact).and_then(|fate| fate.rejected.as_ref()) {
                settled(&mut new_settled, telling, ent::REJECTED_BY, decision);
            }
        }
        let mut new = BTreeMap::new();
        let sayings = bind(tellings, &mut groups, &judges.verdicts);
        for (group, said) in groups.into_iter().zip(&sayings) {
            let group: Vec<&Telling> = group.into_iter().map(|at| &tellings[at]).collect();
            if let Some(event) = Event::merged(&group, &judges.verdicts, said, &|act| judges.quad_class(act)) {
                group.iter().for_each(|telling| settled(&mut new_settled, telling, ent::ASSERTS, &event.iri));
                new.insert(event.iri.clone(), event.quads());
            }
        }
        change.replace(old_settled, new_settled);
        for iri in old.keys().chain(new.keys()).collect::<BTreeSet<_>>() {
            let quads = |of: &BTreeMap<String, Vec<Quad>>| of.get(iri).cloned().unwrap_or_default();
            let (before, after) = (quads(old), quads(&new));
            let read = |quads: &[Quad]| Event::read(iri, quads);
            let turn = (read(&before), read(&after));
            turnover.went += usize::from(turn.0.is_some());
            turnover.came += usize::from(turn.1.is_some());
            if change.replace(before, after) {
                change.turned.push(turn);
            }
        }
    }

    /// The events of a bucket as they stand, by IRI.
    fn events_in(&self, bucket: &str) -> Result<BTreeMap<String, Vec<Quad>>, StoreError> {
        let key = LiteralRef::new_simple_literal(bucket);
        let mut events = BTreeMap::new();
        for found in self.quads(None, Some(ent::BUCKET), Some(key.into()), Some(graphs::EVENTS))? {
            let iri = subject(&found).to_owned();
            let quads = self.quads_of_event(&iri)?;
            events.insert(iri, quads);
        }
        Ok(events)
    }

    /// The quads of an event, of its steps, and of its parties that lead to it; none where it is gone.
    fn quads_of_event(&self, iri: &str) -> Result<Vec<Quad>, StoreError> {
        let mut quads = self.quads(Some(NamedNodeRef::new_unchecked(iri)), None, None, Some(graphs::EVENTS))?;
        let steps: Vec<Quad> = quads.iter().filter(|q| q.predicate.as_ref() == ent::STEP).cloned().collect();
        for step in steps {
            let step = NamedNode::new_unchecked(value(&step.object));
            quads.extend(self.quads(Some(step.as_ref()), None, None, Some(graphs::EVENTS))?);
        }
        quads.extend(self.quads(None, None, Some(NamedNodeRef::new_unchecked(iri).into()), Some(graphs::EVENTS))?);
        Ok(quads)
    }

    pub(super) fn rebuild_pair(&self, change: &mut Change, events: &mut Events, dyad: &str) -> Result<(), StoreError> {
        let node = NamedNode::new_unchecked(dyad);
        let common = events.with(self, ent::DYAD, &node)?;
        let members = common.iter().flat_map(|e| e.pairs()).find(|(pair, _, _)| *pair == node);
        let mut counted = ties::count(common.iter().map(AsRef::as_ref));
        counted.retain(|tie| tie.dyad == node);
        let mut described = members.map(|(_, a, b)| ties::dyad(&node, a, b)).unwrap_or_default();
        described.append(&mut Totals::of(&counted).quads(&node));
        let new = counted.iter().flat_map(ties::Tie::quads).collect();
        if events.ledger.is_some() {
            // Nothing was there.
            for new in [described, new, super::produced::of_pair(&common, &node)] {
                change.replace(Vec::new(), new);
            }
            return Ok(());
        }
        change.replace(self.quads(Some(node.as_ref()), None, None, Some(graphs::EVENTS))?, described);
        let mut old = Vec::new();
        for quad in self.quads(Some(node.as_ref()), Some(ent::TIE), None, Some(graphs::TIES))? {
            let tie = NamedNode::new_unchecked(value(&quad.object));
            old.push(quad);
            old.extend(self.quads(Some(tie.as_ref()), None, None, Some(graphs::TIES))?);
        }
        change.replace(old, new);
        let mut old = Vec::new();
        for event in &common {
            let made = NamedNode::new_unchecked(&*event.iri);
            let made = self.quads(Some(made.as_ref()), Some(ent::PRODUCED), None, Some(graphs::TIES))?;
            let here = |quad: &Quad| super::produced::is_told_by(&common, quad, &node);
            old.extend(made.into_iter().filter(here));
        }
        change.replace(old, super::produced::of_pair(&common, &node));
        Ok(())
    }

    pub(super) fn rebuild_name(&self, change: &mut Change, events: &mut Events, who: &str) -> Result<(), StoreError> {
        self.rebuild_leader(change, events, who)?;
        if mint::code_of(who).is_none() {
            change.wait(&BTreeSet::from([format!("meetings {who}")]));
        }
        Ok(())
    }

    /// The description of a leader or learned party, and whom the meetings of must be looked at for another side.
    fn rebuild_leader(&self, change: &mut Change, events: &mut Events, who: &str) -> Result<(), StoreError> {
        let (old, new) = match events.ledger.as_ref().and_then(|ledger| ledger.said(who)) {
            Some(said) => people::description(self, who, said)?,
            None => people::description(self, who, &Said::read(self, who)?)?,
        };
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
        // In a store that had no articles the meetings of all wait.
        if changed_sides && events.ledger.is_none() {
            let common = events.with(self, ent::PARTICIPANT, &NamedNode::new_unchecked(who))?;
            let mut waiting = BTreeSet::from([format!("meetings {who}")]);
            // Whether the others met somebody of another side has changed too, and who came along to a visit.
            for event in common.iter().filter(|event| event.came_about()) {
                let others = event.participants.iter().filter(|other| *other != who);
                match event.event_type.as_str() {
                    "meeting" | "call" => waiting.extend(others.map(|other| format!("met {other} {who}"))),
                    "visit" => {
                        let to = others.flat_map(|other| event.parties.iter().map(move |party| (other, party)));
                        waiting.extend(to.map(|(other, party)| format!("met {other} {party}")));
                    }
                    _ => {}
                }
            }
            change.wait(&waiting);
        }
        Ok(())
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
pub(super) struct Change {
    removed: Vec<Quad>,
    pub(super) added: Vec<Quad>,
    crossed_out: Sheet,
    waiting: Sheet,
    /// Events that change, as they were and as they will be.
    pub(super) turned: Vec<tally::Turn>,
}

impl Change {
    pub(super) fn new() -> Self {
        let sheet = || Sheet::new(graphs::STORE.into_owned());
        let (removed, added, turned) = (Vec::new(), Vec::new(), Vec::new());
        Self { removed, added, crossed_out: sheet(), waiting: sheet(), turned }
    }

    fn size(&self) -> usize {
        self.removed.len() + self.added.len()
    }

    /// Puts `new` in the place of `old`; whether they differ.
    pub(super) fn replace(&mut self, old: Vec<Quad>, new: Vec<Quad>) -> bool {
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

/// Events read last, so that few of many pairs are read twice.
#[derive(Default)]
pub(super) struct Events {
    known: BTreeMap<String, Option<Rc<Event>>>,
    /// What all of them are in, where the store had none before.
    pub(super) ledger: Option<Box<Ledger>>,
    /// Events of the ledger, by number.
    numbered: FxHashMap<u32, Rc<Event>>,
}

impl Events {
    /// The events with `object` as the value of `predicate`, by IRI.
    pub(super) fn with(
        &mut self,
        store: &Store,
        predicate: NamedNodeRef<'_>,
        object: &NamedNode,
    ) -> Result<Vec<Rc<Event>>, StoreError> {
        let mut found = BTreeMap::new();
        if let Some(ledger) = &mut self.ledger {
            for number in ledger.events(object.as_str()).to_vec() {
                if !self.numbered.contains_key(&number) {
                    if self.numbered.len() >= telling::KEPT {
                        self.numbered.clear();
                    }
                    let event = ledger.event_of(number).map_err(|e| store.unreadable(e))?;
                    self.numbered.insert(number, Rc::new(event));
                }
                if let Some(event) = self.numbered.get(&number) {
                    found.insert(event.iri.clone(), Rc::clone(event));
                }
            }
            return Ok(found.into_values().collect());
        }
        for quad in store.quads(None, Some(predicate), Some(object.as_ref().into()), Some(graphs::EVENTS))? {
            let iri = subject(&quad);
            if let Some(event) = self.one(store, iri)? {
                found.insert(iri.to_owned(), event);
            }
        }
        Ok(found.into_values().collect())
    }

    /// The event of this IRI.
    pub(super) fn one(&mut self, store: &Store, iri: &str) -> Result<Option<Rc<Event>>, StoreError> {
        if !self.known.contains_key(iri) {
            let node = NamedNodeRef::new_unchecked(iri);
            let quads = store.quads(Some(node), None, None, Some(graphs::EVENTS))?;
            if self.known.len() >= telling::KEPT {
                self.known.clear();
            }
            self.known.insert(iri.to_owned(), Event::read(iri, &quads).map(Rc::new));
        }
        Ok(self.known.get(iri).and_then(Clone::clone))
    }
}
