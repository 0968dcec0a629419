//! Which agreements came out of which meeting, visit or gathering: `ent:produced`.
//!
//! The two must be of the same two parties, both must have come about, and the agreement's day must be that of the encounter
//! or follow it closely. Where more parties are in it, one article must tell of both.

use super::event::Event;
use super::mint;
use super::rows::EventKind;
use super::sheet::Sheet;
use super::store::{subject, value};
use super::vocab::{ent, graphs};
use crate::knowledge::PartialDate;
use chrono::{NaiveDate, TimeDelta};
use oxigraph::model::{NamedNode, Quad};
use std::collections::BTreeSet;
use std::rc::Rc;

/// Days from the first day of an encounter to the agreements that may have come out of it.
fn days_after(encounter: &str) -> i64 {
    match encounter {
        "visit" => MOST_DAYS,
        "gathering" => 3,
        _ => 1,
    }
}

/// Days, at most, from an encounter to what came out of it.
const MOST_DAYS: i64 = 4;

/// Links between events, whatever pairs they share.
#[derive(Debug, Default)]
pub(super) struct Made(BTreeSet<(String, String)>);

impl Made {
    /// Links an encounter to an agreement that came out of it, where they are such.
    pub(super) fn link(&mut self, encounter: &Event, agreement: &Event) {
        let kinds = encounter.kind == EventKind::Encounter && agreement.kind == EventKind::Agreement;
        if kinds
            && encounter.event_type != "call"
            && came_of(encounter, agreement)
            && first_pair(encounter, agreement).is_some()
        {
            self.0.insert((encounter.iri.clone(), agreement.iri.clone()));
        }
    }

    /// The links.
    pub(super) fn quads(&self) -> Vec<Quad> {
        let mut sheet = Sheet::new(graphs::TIES.into_owned());
        for (encounter, agreement) in &self.0 {
            let made = NamedNode::new_unchecked(&**agreement);
            sheet.add(&NamedNode::new_unchecked(&**encounter), ent::PRODUCED, made);
        }
        sheet.quads
    }
}

/// The days of what may have come out of an encounter, or of the encounters that an agreement may have come out of.
pub(super) fn days_of_others(event: &Event) -> Vec<NaiveDate> {
    let (Some(day), true) = (day(event), event.came_about()) else { return Vec::new() };
    let days = match event.kind {
        EventKind::Encounter if event.event_type != "call" => 0..=days_after(&event.event_type),
        EventKind::Agreement => -MOST_DAYS..=0,
        _ => return Vec::new(),
    };
    days.filter_map(|days| day.checked_add_signed(TimeDelta::days(days))).collect()
}

/// The links of the events of a pair of parties. Of those that share several pairs, the first tells it.
pub(super) fn of_pair(common: &[Rc<Event>], pair: &NamedNode) -> Vec<Quad> {
    let mut sheet = Sheet::new(graphs::TIES.into_owned());
    for encounter in common.iter().filter(|e| e.kind == EventKind::Encounter && e.event_type != "call") {
        for agreement in common.iter().filter(|e| e.kind == EventKind::Agreement) {
            if came_of(encounter, agreement) && first_pair(encounter, agreement).as_ref() == Some(pair) {
                let made = NamedNode::new_unchecked(&*agreement.iri);
                sheet.add(&NamedNode::new_unchecked(&*encounter.iri), ent::PRODUCED, made);
            }
        }
    }
    sheet.quads
}

/// Whether a link that is there is one that this pair tells.
pub(super) fn is_told_by(common: &[Rc<Event>], link: &Quad, pair: &NamedNode) -> bool {
    let find = |iri: &str| common.iter().find(|e| e.iri == iri);
    let (Some(encounter), Some(agreement)) = (find(subject(link)), find(value(&link.object))) else { return false };
    first_pair(encounter, agreement).as_ref() == Some(pair)
}

fn first_pair(encounter: &Event, agreement: &Event) -> Option<NamedNode> {
    let pairs = |event: &Event| event.pairs().into_iter().map(|(pair, _, _)| pair).collect::<Vec<_>>();
    let theirs = pairs(agreement);
    pairs(encounter).into_iter().filter(|pair| theirs.contains(pair)).min_by(|a, b| a.as_str().cmp(b.as_str()))
}

fn came_of(encounter: &Event, agreement: &Event) -> bool {
    let (Some(met), Some(made)) = (day(encounter), day(agreement)) else { return false };
    let after = (made - met).num_days();
    let countries = |e: &Event| e.parties.iter().filter(|p| mint::code_of(p).is_some_and(|(_, c)| c)).count();
    let of_two = countries(encounter) <= 2 && countries(agreement) <= 2;
    encounter.came_about()
        && agreement.came_about()
        && (0..=days_after(&encounter.event_type)).contains(&after)
        && ((of_two && after <= 1) || !encounter.articles.is_disjoint(&agreement.articles))
}

/// The day of an event that is dated to the day.
fn day(event: &Event) -> Option<NaiveDate> {
    let date = event.date?;
    date.earliest().filter(|first| date.latest() == Some(*first)).filter(|_| date != PartialDate { day: 0, ..date })
}
