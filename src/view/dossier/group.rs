//! Events → entries: acts that only the sentences of an agreement, encounter or other act tell stand under it, so that a
//! sentence is not told again for everything that it implies.

use super::item::{Implied, Item, act_title};
use super::{Names, Subject};
use crate::graph::{ClaimRow, EventKind, EventRow};
use std::collections::{BTreeMap, BTreeSet};

/// Article, begin and end of each sentence behind an event.
type Sentences<'c> = BTreeSet<(&'c str, usize, usize)>;

/// The entries that tell the events, in their order; the number of acts that stand under others.
pub(super) fn entries(
    events: &[&EventRow],
    claims: &BTreeMap<String, Vec<ClaimRow>>,
    subject: &Subject,
    names: &Names,
) -> (Vec<Item>, usize) {
    let of = |event: &EventRow| claims.get(&event.iri).map_or(&[][..], Vec::as_slice);
    let sentences: Vec<Sentences<'_>> =
        events.iter().map(|e| of(e).iter().map(|c| (c.article.as_str(), c.start, c.end)).collect()).collect();
    let hosts = hosts(events, &sentences);
    let mut acts: BTreeMap<usize, Vec<&EventRow>> = BTreeMap::new();
    let (mut items, mut implied) = (Vec::new(), 0);
    for (at, event) in events.iter().enumerate() {
        acts.entry(hosts[at]).or_default().push(event);
    }
    for (at, event) in events.iter().enumerate().filter(|(at, _)| hosts[*at] == *at) {
        let mut item = Item::new(event, of(event), subject, names);
        let told = acts.remove(&at).unwrap_or_default();
        implied += told.len() - 1;
        let (same, others): (Vec<_>, Vec<_>) =
            told.into_iter().partition(|e| event.kind == EventKind::Act && e.event_type == event.event_type);
        if let Some(title) = joint_title(&same, names) {
            item.title = title;
            item.parties = same.iter().flat_map(|e| e.parties.clone()).collect::<BTreeSet<_>>().into_iter().collect();
        }
        item.implied = implications(others.iter().copied().filter(|e| e.iri != event.iri), names);
        items.push(item);
    }
    (items, implied)
}

/// The event under which each stands: mostly itself.
fn hosts(events: &[&EventRow], sentences: &[Sentences<'_>]) -> Vec<usize> {
    // Who tells a sentence: only these can be hosts of an act that rests on it.
    let mut tellers: BTreeMap<(&str, usize, usize), Vec<usize>> = BTreeMap::new();
    for (at, told) in sentences.iter().enumerate() {
        for sentence in told {
            tellers.entry(*sentence).or_default().push(at);
        }
    }
    let rank = |at: usize| (events[at].kind, std::cmp::Reverse((events[at].confidence * 1e6) as i64), at);
    let host = |at: usize| {
        let act = events[at];
        let Some(first) = sentences[at].first().filter(|_| act.kind == EventKind::Act) else { return at };
        let may = |other: &usize| {
            let host = events[*other];
            let same = sentences[at] == sentences[*other];
            let parties = || act.parties.iter().all(|p| host.parties.contains(p));
            match host.kind {
                EventKind::Act => same && host.quad_class == act.quad_class && host.date == act.date,
                _ => sentences[at].is_subset(&sentences[*other]) && parties(),
            }
        };
        let close = tellers.get(first).into_iter().flatten().copied().filter(may);
        close.min_by_key(|other| rank(*other)).unwrap_or(at)
    };
    let hosts: Vec<usize> = (0..events.len()).map(host).collect();
    // An act under an act that stands under an agreement stands under the agreement.
    let follow = |at: usize| {
        let host = hosts[at];
        hosts[host]
    };
    (0..events.len()).map(follow).collect()
}

/// One title for acts of one type: "A sanctioned B and C", "A and B sanctioned C", "A and B consulted each other".
fn joint_title(acts: &[&EventRow], names: &Names) -> Option<String> {
    let first = acts.first().filter(|_| acts.len() > 1)?;
    let set = |pick: fn(&EventRow) -> Option<&String>| acts.iter().filter_map(|e| pick(e)).collect::<BTreeSet<_>>();
    let (actors, recipients) = (set(|e| e.actor.as_ref()), set(|e| e.recipient.as_ref()));
    let named = |codes: &BTreeSet<&String>| codes.iter().map(|c| names.party(c).to_owned()).collect::<Vec<_>>();
    if actors == recipients {
        return Some(act_title(&named(&actors), &first.event_type, &["each other".to_owned()]));
    }
    // Only where each did it to each is the sum of the acts what the title says.
    let whole = actors.len() * recipients.len() == acts.len();
    whole.then(|| act_title(&named(&actors), &first.event_type, &named(&recipients)))
}

/// Acts under an entry: those of one type that can be told in one phrase are.
fn implications<'e>(acts: impl Iterator<Item = &'e EventRow>, names: &Names) -> Vec<Implied> {
    let mut types: BTreeMap<&str, Vec<&EventRow>> = BTreeMap::new();
    for act in acts {
        types.entry(&act.event_type).or_default().push(act);
    }
    let single = |act: &EventRow| {
        let name = |code: &Option<String>| code.as_deref().map(|c| names.party(c).to_owned()).unwrap_or_default();
        act_title(&[name(&act.actor)], &act.event_type, &[name(&act.recipient)])
    };
    let mut out = Vec::new();
    for acts in types.into_values() {
        let joint = joint_title(&acts, names);
        for act in acts {
            let title = joint.clone().unwrap_or_else(|| single(act));
            let (event, event_type) = (act.iri.clone(), act.event_type.clone());
            out.push(Implied { event, event_type, title, confidence: act.confidence });
        }
    }
    out
}
