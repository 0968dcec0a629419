//! Few events that come, go or change → what that changes in the ties, counted by difference.
//!
//! A tie of thousands of events is not counted anew for one: its numbers are corrected. The result is that of counting all
//! (`ties::count`, `produced::of_pair`), which the tests see to; it is written in the transaction that changes the events.

use super::error::StoreError;
use super::event::Event;
use super::produced::{self, Made};
use super::rows::EventKind;
use super::sheet::Sheet;
use super::store::{Store, subject, value};
use super::ties::{self, Tie};
use super::totals::Totals;
use super::vocab::{ent, graphs};
use crate::knowledge::PartialDate;
use chrono::NaiveDate;
use oxigraph::model::{NamedNode, NamedNodeRef, Quad};
use std::collections::{BTreeMap, BTreeSet};

/// An event before and after a change; nothing where it is not there.
pub(super) type Turn = (Option<Event>, Option<Event>);

/// The direct triples of the events, as they are (with the links of `ent:produced`) and as they will be (without).
pub(super) fn direct(store: &Store, turned: &[Turn]) -> Result<(Vec<Quad>, Vec<Quad>), StoreError> {
    let (mut old, mut new) = (Vec::new(), Vec::new());
    for (before, after) in turned {
        if let Some(event) = before {
            let node = NamedNodeRef::new_unchecked(&event.iri);
            let mut found = store.quads(None, None, Some(node.into()), Some(graphs::TIES))?;
            found.retain(|quad| quad.predicate.as_ref() != ent::BASED_ON);
            old.append(&mut found);
            old.append(&mut store.quads(Some(node), Some(ent::PRODUCED), None, Some(graphs::TIES))?);
        }
        new.extend(after.iter().flat_map(ties::direct));
    }
    Ok((old, new))
}

/// The counted ties, the dyads and the links of `ent:produced`: what goes and what comes. The links that [`direct`] takes
/// away are not among what goes.
pub(super) fn difference(store: &Store, turned: &[Turn]) -> Result<(Vec<Quad>, Vec<Quad>), StoreError> {
    let (mut old, mut new) = (Vec::new(), Vec::new());
    let mut shifts: BTreeMap<String, Shift<'_>> = BTreeMap::new();
    for (before, after) in turned {
        for (event, came) in before.iter().map(|e| (e, false)).chain(after.iter().map(|e| (e, true))) {
            for tie in ties::count([event]) {
                let shift = shifts.entry(tie.iri.clone()).or_insert_with(|| Shift::of(tie));
                if came { &mut shift.came } else { &mut shift.gone }.push(event);
            }
        }
    }
    for shift in shifts.values_mut() {
        shift.write(store, &mut old, &mut new)?;
    }
    dyads(store, turned, &shifts, &mut old, &mut new)?;
    new.append(&mut links(store, turned)?);
    Ok((old, new))
}

/// Events that come to a tie or leave it; one that changes does both.
struct Shift<'e> {
    tie: Tie,
    node: NamedNode,
    gone: Vec<&'e Event>,
    came: Vec<&'e Event>,
    /// The first and last day that the tie will have.
    days: [Option<NaiveDate>; 2],
}

impl<'e> Shift<'e> {
    fn of(tie: Tie) -> Self {
        Self { node: NamedNode::new_unchecked(&*tie.iri), tie, gone: Vec::new(), came: Vec::new(), days: [None; 2] }
    }

    fn write(&mut self, store: &Store, old: &mut Vec<Quad>, new: &mut Vec<Quad>) -> Result<(), StoreError> {
        let counted = self.number(store, ent::COUNT)?;
        if counted <= self.gone.len() {
            // None of the old events is left.
            old.extend(store.quads(Some(self.node.as_ref()), None, None, Some(graphs::TIES))?);
            old.extend(store.quads(None, Some(ent::TIE), Some(self.node.as_ref().into()), Some(graphs::TIES))?);
            let only = ties::count(self.came.iter().copied());
            if let Some(tie) = only.iter().find(|tie| tie.iri == self.tie.iri) {
                self.days = [tie.first, tie.last];
                new.append(&mut tie.quads());
            }
            return Ok(());
        }
        for predicate in [ent::COUNT, ent::ARTICLE_COUNT, ent::FIRST_DATE, ent::LAST_DATE] {
            old.extend(store.quads(Some(self.node.as_ref()), Some(predicate), None, Some(graphs::TIES))?);
        }
        let mut sheet = Sheet::new(graphs::TIES.into_owned());
        sheet.number(&self.node, ent::COUNT, counted + self.came.len() - self.gone.len());
        sheet.number(&self.node, ent::ARTICLE_COUNT, self.articles(store)?);
        self.days = [self.edge(store, Edge::First)?, self.edge(store, Edge::Last)?];
        sheet.day(&self.node, ent::FIRST_DATE, self.days[0]);
        sheet.day(&self.node, ent::LAST_DATE, self.days[1]);
        new.append(&mut sheet.quads);
        let based_on = |events: &[&Event]| -> Vec<Quad> {
            let mut sheet = Sheet::new(graphs::TIES.into_owned());
            events.iter().for_each(|e| sheet.add(&self.node, ent::BASED_ON, NamedNode::new_unchecked(&*e.iri)));
            sheet.quads
        };
        old.append(&mut based_on(&self.gone));
        new.append(&mut based_on(&self.came));
        Ok(())
    }

    fn one(&self, store: &Store, predicate: NamedNodeRef<'_>) -> Result<Option<String>, StoreError> {
        let found = store.quads(Some(self.node.as_ref()), Some(predicate), None, Some(graphs::TIES))?;
        Ok(found.first().map(|quad| value(&quad.object).to_owned()))
    }

    fn number(&self, store: &Store, predicate: NamedNodeRef<'_>) -> Result<usize, StoreError> {
        Ok(self.one(store, predicate)?.and_then(|text| text.parse().ok()).unwrap_or(0))
    }

    fn leaves(&self, iri: &str) -> bool {
        self.gone.iter().any(|event| event.iri == iri)
    }

    /// How many articles will support the tie.
    fn articles(&self, store: &Store) -> Result<usize, StoreError> {
        let mut count = self.number(store, ent::ARTICLE_COUNT)?;
        let of = |events: &[&'e Event]| events.iter().flat_map(|e| &e.articles).collect::<BTreeSet<_>>();
        let (before, after) = (of(&self.gone), of(&self.came));
        for article in before.symmetric_difference(&after) {
            let node = NamedNodeRef::new_unchecked(article);
            let stays =
                store.finds((None, Some(ent::REPORTED_IN), Some(node.into()), Some(graphs::EVENTS)), |quad| {
                    let event = subject(quad);
                    let tied =
                        Quad::new(self.node.clone(), ent::BASED_ON, NamedNode::new_unchecked(event), graphs::TIES);
                    Ok(!self.leaves(event) && store.holds(&tied)?)
                })?;
            if !stays {
                count = if after.contains(*article) { count + 1 } else { count.saturating_sub(1) };
            }
        }
        Ok(count)
    }

    /// The first or last day: of all the events again only where one that held it goes.
    fn edge(&self, store: &Store, edge: Edge) -> Result<Option<NaiveDate>, StoreError> {
        let known = self.one(store, edge.of_tie())?.and_then(|text| text.parse().ok());
        if let Some(day) = edge.moved(known, &[self]) {
            return Ok(day);
        }
        let mut days: BTreeSet<NaiveDate> = edge.days(&self.came).collect();
        for quad in store.quads(Some(self.node.as_ref()), Some(ent::BASED_ON), None, Some(graphs::TIES))? {
            let event = NamedNodeRef::new_unchecked(value(&quad.object));
            if !self.leaves(event.as_str()) {
                let found = store.quads(Some(event), Some(edge.of_event()), None, Some(graphs::EVENTS))?;
                days.extend(found.iter().filter_map(|quad| value(&quad.object).parse::<NaiveDate>().ok()));
            }
        }
        Ok(edge.outer(days))
    }
}

/// One end of the days of a tie or a pair.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Edge {
    First,
    Last,
}

impl Edge {
    fn of_tie(self) -> NamedNodeRef<'static> {
        if self == Self::First { ent::FIRST_DATE } else { ent::LAST_DATE }
    }

    fn of_event(self) -> NamedNodeRef<'static> {
        if self == Self::First { ent::EARLIEST } else { ent::LATEST }
    }

    /// The days of events at this end.
    fn days(self, events: &[&Event]) -> impl Iterator<Item = NaiveDate> {
        let day = move |date: PartialDate| if self == Self::First { date.earliest() } else { date.latest() };
        events.iter().filter_map(move |event| event.date.and_then(day))
    }

    /// The outermost of some days.
    fn outer(self, days: impl IntoIterator<Item = NaiveDate>) -> Option<NaiveDate> {
        let days = days.into_iter();
        if self == Self::First { days.min() } else { days.max() }
    }

    /// What a known day becomes by events that come and go; nothing where all that stays must be looked at, because the day
    /// was that of one that goes and none that comes is further out.
    #[expect(clippy::option_option, reason = "no day and no answer are two things")]
    fn moved(self, known: Option<NaiveDate>, shifts: &[&Shift<'_>]) -> Option<Option<NaiveDate>> {
        let came = self.outer(shifts.iter().flat_map(|shift| self.days(&shift.came)));
        let outer = self.outer(came.into_iter().chain(known));
        let lost = shifts.iter().flat_map(|shift| self.days(&shift.gone)).any(|day| Some(day) == known);
        (!lost || outer == came).then_some(outer)
    }
}

/// Pairs of parties that have their first event, or lose their last one, and the figures of those whose ties change.
fn dyads(
    store: &Store,
    turned: &[Turn],
    shifts: &BTreeMap<String, Shift<'_>>,
    old: &mut Vec<Quad>,
    new: &mut Vec<Quad>,
) -> Result<(), StoreError> {
    let iris: BTreeSet<&str> =
        turned.iter().flat_map(|(before, after)| [before, after]).flatten().map(|event| event.iri.as_str()).collect();
    let mut pairs: BTreeMap<String, Option<Vec<Quad>>> = BTreeMap::new();
    for (before, after) in turned {
        for (dyad, _, _) in before.iter().flat_map(Event::pairs) {
            pairs.entry(dyad.into_string()).or_default();
        }
        for (dyad, a, b) in after.iter().flat_map(Event::pairs) {
            pairs.insert(dyad.as_str().to_owned(), Some(ties::dyad(&dyad, a, b)));
        }
    }
    let mut by_pair: BTreeMap<&str, Vec<&Shift<'_>>> = BTreeMap::new();
    for shift in shifts.values() {
        by_pair.entry(shift.tie.dyad.as_str()).or_default().push(shift);
    }
    for (dyad, described) in pairs {
        let node = NamedNode::new_unchecked(&*dyad);
        let is = store.quads(Some(node.as_ref()), None, None, Some(graphs::EVENTS))?;
        let known = Totals::read(&is);
        let stays = described.is_some()
            || store.finds((None, Some(ent::DYAD), Some(node.as_ref().into()), Some(graphs::EVENTS)), |quad| {
                Ok(!iris.contains(subject(quad)))
            })?;
        if stays {
            let shifts = by_pair.remove(&*dyad).unwrap_or_default();
            new.append(&mut totals(store, &node, known.clone(), &shifts)?.quads(&node));
        }
        match described {
            Some(described) if is.is_empty() => new.extend(described),
            _ if stays => old.append(&mut known.quads(&node)),
            _ => old.extend(is),
        }
    }
    Ok(())
}

/// The figures that a pair will have.
fn totals(store: &Store, dyad: &NamedNode, known: Totals, shifts: &[&Shift<'_>]) -> Result<Totals, StoreError> {
    let mut totals = known;
    for shift in shifts {
        totals.shift(&shift.tie, shift.came.len(), shift.gone.len());
    }
    for (edge, at) in [(Edge::First, 0), (Edge::Last, 1)] {
        let of_pair = if at == 0 { &mut totals.first } else { &mut totals.last };
        if let Some(day) = edge.moved(*of_pair, shifts) {
            *of_pair = day;
            continue;
        }
        let mut days: BTreeSet<NaiveDate> = shifts.iter().filter_map(|shift| shift.days[at]).collect();
        for quad in store.quads(Some(dyad.as_ref()), Some(ent::TIE), None, Some(graphs::TIES))? {
            let tie = NamedNodeRef::new_unchecked(value(&quad.object));
            if shifts.iter().all(|shift| shift.node.as_ref() != tie) {
                let found = store.quads(Some(tie), Some(edge.of_tie()), None, Some(graphs::TIES))?;
                days.extend(found.iter().filter_map(|quad| value(&quad.object).parse::<NaiveDate>().ok()));
            }
        }
        *of_pair = edge.outer(days);
    }
    Ok(totals)
}

/// The links of the events after the change.
fn links(store: &Store, turned: &[Turn]) -> Result<Vec<Quad>, StoreError> {
    let iris: BTreeSet<&str> =
        turned.iter().flat_map(|(before, after)| [before, after]).flatten().map(|event| event.iri.as_str()).collect();
    let after: Vec<&Event> = turned.iter().filter_map(|(_, after)| after.as_ref()).collect();
    let mut made = Made::default();
    for (at, event) in after.iter().enumerate() {
        for other in &after[at + 1..] {
            made.link(event, other);
            made.link(other, event);
        }
        for day in produced::days_of_others(event) {
            for iri in near(store, event, day, &iris)? {
                let quads = store.quads(Some(NamedNodeRef::new_unchecked(&iri)), None, None, Some(graphs::EVENTS))?;
                if let Some(other) = Event::read(&iri, &quads) {
                    made.link(event, &other);
                    made.link(&other, event);
                }
            }
        }
    }
    Ok(made.quads())
}

/// Events of a day that share a pair with the event, but for some.
fn near(store: &Store, event: &Event, day: NaiveDate, but: &BTreeSet<&str>) -> Result<BTreeSet<String>, StoreError> {
    let mut sheet = Sheet::new(graphs::EVENTS.into_owned());
    sheet.day(&NamedNode::new_unchecked(&*event.iri), ent::DATE, Some(day));
    let pairs = event.pairs();
    let mut found = BTreeSet::new();
    for date in &sheet.quads {
        for quad in store.quads(None, Some(ent::DATE), Some(date.object.as_ref()), Some(graphs::EVENTS))? {
            let iri = subject(&quad);
            for (dyad, _, _) in pairs.iter().filter(|_| !but.contains(iri)) {
                let shared = Quad::new(NamedNode::new_unchecked(iri), ent::DYAD, dyad.clone(), graphs::EVENTS);
                if store.holds(&shared)? {
                    found.insert(iri.to_owned());
                    break;
                }
            }
        }
    }
    Ok(found)
}

/// Whose meetings with whom, and visits to where, must be looked at: `met LEADER OTHER`.
pub(super) fn met(store: &Store, turned: &[Turn]) -> Result<BTreeSet<String>, StoreError> {
    let mut waiting = BTreeSet::new();
    for (before, after) in turned {
        let (before, after) = (before.as_ref().and_then(encounter), after.as_ref().and_then(encounter));
        if before == after {
            continue;
        }
        for (_, leader, other) in before.into_iter().flat_map(|met| met.links()) {
            waiting.insert(format!("met {leader} {other}"));
        }
        for (predicate, leader, other) in after.into_iter().flat_map(|met| met.links()) {
            let (from, to) = (NamedNode::new_unchecked(leader), NamedNode::new_unchecked(other));
            if !store.holds(&Quad::new(from, predicate, to, graphs::TIES))? {
                waiting.insert(format!("met {leader} {other}"));
            }
        }
    }
    Ok(waiting)
}

/// What an encounter says of who met whom.
#[derive(PartialEq)]
struct Met<'e> {
    predicate: NamedNodeRef<'static>,
    leaders: &'e BTreeSet<String>,
    parties: &'e BTreeSet<String>,
}

fn encounter(event: &Event) -> Option<Met<'_>> {
    let predicate = match event.event_type.as_str() {
        "meeting" => ent::MET_WITH,
        "call" => ent::SPOKE_WITH,
        "visit" => ent::VISITED,
        _ => return None,
    };
    let is = event.kind == EventKind::Encounter && event.came_about();
    is.then_some(Met { predicate, leaders: &event.participants, parties: &event.parties })
}

impl<'e> Met<'e> {
    fn links(&self) -> Vec<(NamedNodeRef<'static>, &'e str, &'e str)> {
        let others = if self.predicate == ent::VISITED { self.parties } else { self.leaders };
        let pairs = self.leaders.iter().flat_map(|leader| others.iter().map(move |other| (leader, other)));
        let pairs = pairs.filter(|(leader, other)| leader != other);
        pairs.map(|(leader, other)| (self.predicate, leader.as_str(), other.as_str())).collect()
    }
}
