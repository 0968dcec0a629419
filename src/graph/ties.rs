//! Events → ties: the direct triples between parties, leaders and events, and the counted ties of each pair.

use super::event::Event;
use super::mint;
use super::rows::EventKind;
use super::sheet::Sheet;
use super::vocab::{ent, graphs};
use crate::knowledge::PartialDate;
use chrono::NaiveDate;
use oxigraph::model::vocab::{rdf, rdfs};
use oxigraph::model::{NamedNode, NamedNodeRef, Quad};
use std::collections::{BTreeMap, BTreeSet};

/// All events of one kind between two parties that came about, counted.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Tie {
    pub(super) iri: String,
    pub(super) dyad: NamedNode,
    pub(super) from: String,
    pub(super) to: String,
    pub(super) kind: String,
    pub(super) directed: bool,
    pub(super) quad_class: String,
    pub(super) articles: BTreeSet<String>,
    pub(super) first: Option<NaiveDate>,
    pub(super) last: Option<NaiveDate>,
    pub(super) events: BTreeSet<String>,
}

/// The ties that events make, by IRI.
pub(super) fn count<'e>(events: impl IntoIterator<Item = &'e Event>) -> Vec<Tie> {
    let mut ties: BTreeMap<String, Tie> = BTreeMap::new();
    for event in events.into_iter().filter(|e| e.came_about()) {
        let kind = if event.kind == EventKind::Agreement { "agreement" } else { event.event_type.as_str() };
        let directed = event.kind == EventKind::Act && !event.is_mutual();
        for (dyad, a, b) in event.pairs() {
            let acts = directed.then_some(()).and(event.actor.as_deref().zip(event.recipient.as_deref()));
            let (from, to) = acts.unwrap_or((a, b));
            let iri = mint::thing("tie", &mint::hash(["tie", from, to, kind])).into_string();
            let tie = ties.entry(iri.clone()).or_insert_with(|| Tie {
                iri,
                dyad,
                from: from.to_owned(),
                to: to.to_owned(),
                kind: kind.to_owned(),
                directed,
                quad_class: event.quad_class.clone(),
                articles: BTreeSet::new(),
                first: None,
                last: None,
                events: BTreeSet::new(),
            });
            tie.articles.extend(event.articles.iter().cloned());
            let (first, last) = (event.date.and_then(PartialDate::earliest), event.date.and_then(PartialDate::latest));
            tie.first = tie.first.into_iter().chain(first).min();
            tie.last = tie.last.max(last);
            tie.events.insert(event.iri.clone());
        }
    }
    ties.into_values().collect()
}

impl Tie {
    /// Its quads in the graph of ties, the dyad's mention of it too.
    pub(super) fn quads(&self) -> Vec<Quad> {
        let (node, mut sheet) = (NamedNode::new_unchecked(&*self.iri), Sheet::new(graphs::TIES.into_owned()));
        sheet.add(&self.dyad, ent::TIE, node.clone());
        sheet.add(&node, rdf::TYPE, ent::CLASS_TIE);
        sheet.add(&node, ent::FROM, NamedNode::new_unchecked(&*self.from));
        sheet.add(&node, ent::TO, NamedNode::new_unchecked(&*self.to));
        sheet.text(&node, ent::TIE_KIND, &self.kind);
        sheet.flag(&node, ent::DIRECTED, self.directed);
        sheet.text(&node, ent::QUAD_CLASS, &self.quad_class);
        sheet.number(&node, ent::COUNT, self.events.len());
        sheet.number(&node, ent::ARTICLE_COUNT, self.articles.len());
        sheet.day(&node, ent::FIRST_DATE, self.first);
        sheet.day(&node, ent::LAST_DATE, self.last);
        for event in &self.events {
            sheet.add(&node, ent::BASED_ON, NamedNode::new_unchecked(&**event));
        }
        sheet.quads
    }
}

/// What the dyad of two parties is, for the graph of events, but for its `totals`.
pub(super) fn dyad(node: &NamedNode, a: &str, b: &str) -> Vec<Quad> {
    let mut sheet = Sheet::new(graphs::EVENTS.into_owned());
    sheet.add(node, rdf::TYPE, ent::CLASS_DYAD);
    sheet.text(node, rdfs::LABEL, format!("{}–{}", mint::code(a), mint::code(b)));
    for party in [a, b] {
        sheet.add(node, ent::MEMBER, NamedNode::new_unchecked(party));
    }
    sheet.quads
}

/// The direct triples from parties and leaders to the event, where it came about.
pub(super) fn direct(event: &Event) -> Vec<Quad> {
    let (node, mut sheet) = (NamedNode::new_unchecked(&*event.iri), Sheet::new(graphs::TIES.into_owned()));
    if !event.came_about() {
        return sheet.quads;
    }
    let mut tie = |list: &BTreeSet<String>, predicate: NamedNodeRef<'_>| {
        for iri in list {
            sheet.add(&NamedNode::new_unchecked(&**iri), predicate, node.clone());
        }
    };
    match event.kind {
        EventKind::Agreement => {
            tie(&event.parties, ent::AGREED_TO);
            tie(&event.parties, ent::PARTY_TO);
            // An agreement in force was signed, or joined in another way: only what is told to be signed is.
            if event.status.as_deref() == Some("signed") {
                tie(&event.parties, ent::SIGNED);
            }
            if matches!(event.status.as_deref(), Some("signed" | "in-force")) {
                tie(&event.signatories, ent::SIGNED);
            }
        }
        EventKind::Encounter => {
            tie(&event.parties, ent::ATTENDED);
            tie(&event.participants, ent::ATTENDED);
        }
        EventKind::Act => {}
    }
    sheet.quads
}

/// The triples from one leader to others and to countries, by all events with the leader. `side` tells the parties that a
/// leader represents.
pub(super) fn of_leader<'e>(
    leader: &str,
    events: impl IntoIterator<Item = &'e Event>,
    side: &dyn Fn(&str) -> BTreeSet<String>,
) -> Vec<Quad> {
    let mut found: BTreeSet<(NamedNodeRef<'static>, String)> = BTreeSet::new();
    let own = side(leader);
    for event in events.into_iter().filter(|e| e.kind == EventKind::Encounter && e.came_about()) {
        let predicate = match event.event_type.as_str() {
            "meeting" => ent::MET_WITH,
            "call" => ent::SPOKE_WITH,
            "visit" => {
                // The visitors are of one side; where leaders of both are named, the text leaves open who came.
                let visitors: BTreeSet<String> = event.participants.iter().flat_map(|p| side(p)).collect();
                if visitors.is_disjoint(&event.parties) || visitors.intersection(&event.parties).count() > 1 {
                    continue;
                }
                let hosts = event.parties.difference(&visitors);
                let country = |iri: &&String| mint::code_of(iri).is_some_and(|(_, country)| country);
                found.extend(hosts.filter(country).map(|host| (ent::VISITED, host.clone())));
                continue;
            }
            _ => continue,
        };
        let others = event.participants.iter().filter(|p| p.as_str() != leader);
        found.extend(others.filter(|p| side(p).is_disjoint(&own)).map(|p| (predicate, p.clone())));
    }
    let mut sheet = Sheet::new(graphs::TIES.into_owned());
    for (predicate, iri) in found {
        sheet.add(&NamedNode::new_unchecked(leader), predicate, NamedNode::new_unchecked(iri));
    }
    sheet.quads
}
