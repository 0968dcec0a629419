//! Encounters → whom leaders met, spoke with, and which countries they visited: of one leader, or of one and another.

use super::error::StoreError;
use super::settle::{Change, Events};
use super::store::{Store, subject, value};
use super::vocab::{ent, graphs};
use super::{mint, ties};
use oxigraph::model::{NamedNode, NamedNodeRef, Quad};
use std::collections::{BTreeMap, BTreeSet};

const MEETINGS: [NamedNodeRef<'static>; 3] = [ent::MET_WITH, ent::SPOKE_WITH, ent::VISITED];

/// The parties that leaders represent, by leader, read so far.
pub(super) type Sides = BTreeMap<String, BTreeSet<String>>;

impl Store {
    /// All meetings and visits of a leader.
    pub(super) fn rebuild_meetings(
        &self,
        change: &mut Change,
        events: &mut Events,
        sides: &mut Sides,
        who: &str,
    ) -> Result<(), StoreError> {
        let node = NamedNode::new_unchecked(who);
        let common = events.with(self, ent::PARTICIPANT, &node)?;
        for leader in common.iter().flat_map(|e| &e.participants) {
            self.add_sides(sides, leader)?;
        }
        let side = |leader: &str| sides.get(leader).cloned().unwrap_or_default();
        let mut old = Vec::new();
        // In a store that had no articles nobody has met anybody yet.
        for predicate in MEETINGS.into_iter().filter(|_| events.ledger.is_none()) {
            old.extend(self.quads(Some(node.as_ref()), Some(predicate), None, Some(graphs::TIES))?);
        }
        change.replace(old, ties::of_leader(who, common.iter().map(AsRef::as_ref), &side));
        Ok(())
    }

    /// What of `who`'s meetings and visits is about one other leader, or one country: `both` is `WHO OTHER`.
    pub(super) fn rebuild_met(
        &self,
        change: &mut Change,
        events: &mut Events,
        sides: &mut Sides,
        both: &str,
    ) -> Result<(), StoreError> {
        let Some((who, other)) = both.split_once(' ') else { return Ok(()) };
        let node = NamedNodeRef::new_unchecked(who);
        let mut old =
            self.quads(Some(node), None, Some(NamedNodeRef::new_unchecked(other).into()), Some(graphs::TIES))?;
        old.retain(|quad| MEETINGS.contains(&quad.predicate.as_ref()));
        self.add_sides(sides, who)?;
        self.add_sides(sides, other)?;
        let country = mint::code_of(other).is_some();
        // Nobody visits the own country, or meets somebody of the own side: no need to read whom they did.
        let none = if country { sides[who].contains(other) } else { !sides[who].is_disjoint(&sides[other]) };
        let mut common = Vec::new();
        for iri in if none { BTreeSet::new() } else { self.common(who, other, country)? } {
            common.extend(events.one(self, &iri)?);
        }
        for leader in common.iter().flat_map(|e| &e.participants) {
            self.add_sides(sides, leader)?;
        }
        let side = |leader: &str| sides.get(leader).cloned().unwrap_or_default();
        let mut new = ties::of_leader(who, common.iter().map(AsRef::as_ref), &side);
        new.retain(|quad| value(&quad.object) == other);
        change.replace(old, new);
        Ok(())
    }

    /// Events with a leader and another, or the leader's visits with a country: found along the shorter list.
    fn common(&self, who: &str, other: &str, country: bool) -> Result<BTreeSet<String>, StoreError> {
        let role = if country { ent::PARTY } else { ent::PARTICIPANT };
        let (a, b) = (NamedNodeRef::new_unchecked(who), NamedNodeRef::new_unchecked(other));
        let (few, but, predicate) =
            if country || self.is_rarer(a, b)? { (a, b, role) } else { (b, a, ent::PARTICIPANT) };
        let mut found = BTreeSet::new();
        for quad in self.quads(None, Some(ent::PARTICIPANT), Some(few.into()), Some(graphs::EVENTS))? {
            let event = NamedNode::new_unchecked(subject(&quad));
            let with = Quad::new(event.clone(), predicate, but.into_owned(), graphs::EVENTS);
            if self.holds(&with)? {
                found.insert(event.into_string());
            }
        }
        Ok(found)
    }

    /// Whether the first takes part in no more events than the second.
    fn is_rarer(&self, a: NamedNodeRef<'_>, b: NamedNodeRef<'_>) -> Result<bool, StoreError> {
        let of = |who: NamedNodeRef<'_>| {
            self.inner().quads_for_pattern(None, Some(ent::PARTICIPANT), Some(who.into()), Some(graphs::EVENTS.into()))
        };
        let (mut one, mut two) = (of(a), of(b));
        loop {
            match (one.next().transpose()?, two.next().transpose()?) {
                (None, _) => return Ok(true),
                (_, None) => return Ok(false),
                _ => {}
            }
        }
    }

    fn add_sides(&self, sides: &mut Sides, leader: &str) -> Result<(), StoreError> {
        if !sides.contains_key(leader) {
            let node = NamedNodeRef::new_unchecked(leader);
            let found = self.quads(Some(node), Some(ent::REPRESENTS), None, Some(graphs::REFERENCE))?;
            sides.insert(leader.to_owned(), found.iter().map(|quad| value(&quad.object).to_owned()).collect());
        }
        Ok(())
    }
}
