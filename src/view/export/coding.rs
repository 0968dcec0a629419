//! Events → what event data sets code: who did what to whom, by PLOVER type and mode, a pair a row; on demand at most one a
//! day.
//!
//! Only what makes ties is coded: nothing planned, called off, under negotiation or merely recalled, nothing that is more
//! likely wrong than right; and nothing that has no date. An event of more than two parties is coded once a pair.

use crate::graph::{EventKind, EventRow, TIE_CONFIDENCE};
use crate::knowledge::vocab::ActType;
use crate::view::words::Standing;
use chrono::NaiveDate;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// One event between two parties.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Coded<'e> {
    /// First day that the date can mean.
    pub day: NaiveDate,
    /// PLOVER type.
    pub act: ActType,
    /// PLOVER mode (`visit`, `phone` …), or nothing.
    pub mode: &'static str,
    /// Code of who acts; of what both do, the first in order.
    pub actor: &'e str,
    /// Code of who is acted upon.
    pub recipient: &'e str,
}

/// What each event is coded as, by its IRI.
#[derive(Debug, Clone, Default)]
pub struct Codings<'e>(BTreeMap<&'e str, Vec<Coded<'e>>>);

impl<'e> Codings<'e> {
    /// Codes the events. With `one_a_day`, of several of one type between the same two parties (in the same direction) on one
    /// day only the surest stays: the one of the highest confidence, then of the most articles, then the first by IRI.
    #[must_use]
    pub fn of(events: &'e [EventRow], one_a_day: bool) -> Self {
        let mut all: BTreeMap<&str, Vec<Coded<'e>>> = BTreeMap::new();
        let mut taken = BTreeSet::new();
        let mut order: Vec<&EventRow> = events.iter().collect();
        order.sort_by(|a, b| {
            let sure = |e: &EventRow| Reverse(e.articles.len());
            b.confidence.total_cmp(&a.confidence).then_with(|| (sure(a), &a.iri).cmp(&(sure(b), &b.iri)))
        });
        for event in order {
            let mut coded = code(event);
            coded.retain(|c| !one_a_day || taken.insert((c.actor, c.recipient, c.act, c.day, event.latest)));
            all.insert(&event.iri, coded);
        }
        Self(all)
    }

    /// The rows of an event; none where it is not coded.
    #[must_use]
    pub fn get(&self, event: &EventRow) -> &[Coded<'e>] {
        self.0.get(event.iri.as_str()).map(Vec::as_slice).unwrap_or_default()
    }

    /// Whether the event is coded, but only repeats others.
    #[must_use]
    pub fn repeats(&self, event: &EventRow) -> bool {
        self.get(event).is_empty() && !code(event).is_empty()
    }
}

/// The events without those that repeat another of the same type, day and parties, as in [`Codings::of`]. What is not coded
/// stays, and so does an event of several pairs of which one is new.
#[must_use]
pub fn one_a_day(events: Vec<EventRow>) -> Vec<EventRow> {
    let codings = Codings::of(&events, true);
    let repeats: Vec<bool> = events.iter().map(|event| codings.repeats(event)).collect();
    events.into_iter().zip(repeats).filter(|(_, repeats)| !repeats).map(|(event, _)| event).collect()
}

fn code(event: &EventRow) -> Vec<Coded<'_>> {
    let came_about = Standing::of(event) == Standing::Done && !event.background && event.confidence >= TIE_CONFIDENCE;
    let (true, Some(day), Some((act, mode))) = (came_about, event.earliest, kind(event)) else { return Vec::new() };
    let coded = |(actor, recipient)| Coded { day, act, mode, actor, recipient };
    pairs(event).into_iter().map(coded).collect()
}

/// PLOVER type and mode.
pub(in crate::view) fn kind(event: &EventRow) -> Option<(ActType, &'static str)> {
    match (event.kind, event.event_type.as_str(), event.status.as_deref()) {
        (EventKind::Act, code, _) => code.parse().ok().map(|act| (act, "")),
        (EventKind::Agreement, _, Some("signed" | "in-force")) => Some((ActType::Support, "sign")),
        (EventKind::Agreement, ..) => Some((ActType::Agree, "")),
        (EventKind::Encounter, "visit", _) => Some((ActType::Consult, "visit")),
        (EventKind::Encounter, "call", _) => Some((ActType::Consult, "phone")),
        (EventKind::Encounter, "gathering", _) => Some((ActType::Consult, "multilateral")),
        (EventKind::Encounter, ..) => Some((ActType::Consult, "")),
    }
}

/// Who and whom: of an act as it is, otherwise each pair in the order of codes.
fn pairs(event: &EventRow) -> Vec<(&str, &str)> {
    if let (Some(actor), Some(recipient)) = (&event.actor, &event.recipient) {
        return vec![(actor, recipient)];
    }
    let parties = &event.parties;
    let others = |at: usize| parties.iter().skip(at + 1);
    parties.iter().enumerate().flat_map(|(at, a)| others(at).map(move |b| (a.as_str(), b.as_str()))).collect()
}

#[cfg(test)]
mod tests {
    use super::super::super::sample::{self, event};
    use super::*;

    fn coded(events: &[EventRow], one_a_day: bool) -> Vec<String> {
        let codings = Codings::of(events, one_a_day);
        let show = |c: &Coded<'_>| format!("{} {} {}/{} {}", c.day, c.actor, c.act, c.mode, c.recipient);
        events.iter().flat_map(|e| codings.get(e).iter().map(show).collect::<Vec<_>>()).collect()
    }

    #[test]
    fn what_came_about_on_a_day_is_coded() {
        let rows = coded(&sample::rows().events, false);
        assert_eq!(rows.len(), 9);
        assert_eq!(rows[0], "2025-11-02 KOR AGREE/ KOR".replace("/ KOR", "/ SGP"));
        assert_eq!(rows[1], "2025-11-02 KOR SUPPORT/sign SGP");
        assert_eq!(rows[3], "2025-11-02 SGP SUPPORT/ KOR");
    }

    #[test]
    fn one_a_day_keeps_the_surest() {
        let act = |n, day, parties: &[&str]| event(n, EventKind::Act, "ACCUSE", "", day, parties);
        let mut events = vec![
            act(1, "2024-03-01", &["KOR", "PRK"]),
            act(2, "2024-03-01", &["KOR", "PRK"]),
            act(3, "2024-03-01", &["PRK", "KOR"]),
            act(4, "2024-03-02", &["KOR", "PRK"]),
            event(5, EventKind::Encounter, "meeting", "planned", "2024-03-01", &["KOR", "PRK"]),
        ];
        events[1].confidence = 0.95;
        assert_eq!(coded(&events, false).len(), 4);
        assert_eq!(coded(&events, true).len(), 3);
        let kept: Vec<String> = one_a_day(events).into_iter().map(|e| e.iri).collect();
        assert_eq!(kept, ["2", "3", "4", "5"].map(|n| format!("https://w3id.org/entente/id/event/{n}")));
    }
}
