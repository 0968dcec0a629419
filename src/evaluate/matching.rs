//! When a fact told and a gold fact are the same one: the fits of the gold folder's `score.py`, and the pairing by them.

use crate::facts::{ActFact, AgreementFact, EncounterFact, LeaderFact};
use crate::knowledge::vocab::{AgreementStatus, AgreementType, EncounterStatus, EncounterType};
use std::collections::BTreeSet;
use unicode_normalization::UnicodeNormalization;

/// Whether two names share a word of three letters or more.
#[must_use]
pub fn shares_a_word(a: &str, b: &str) -> bool {
    !long_words(a).is_disjoint(&long_words(b))
}

/// The same country and a shared name word of three letters or more.
#[must_use]
pub fn same_leader(g: &LeaderFact, p: &LeaderFact) -> bool {
    shares_a_word(&g.name, &p.name) && (g.country.is_empty() || g.country == p.country)
}

/// Actor, recipient and type; the two of a mutual act in alphabetical order.
#[must_use]
pub fn act_key(a: &ActFact) -> (String, String, &'static str) {
    let (x, y) = (a.actor.clone(), a.recipient.clone());
    if a.kind.is_mutual() && x > y { (y, x, a.kind.as_str()) } else { (x, y, a.kind.as_str()) }
}

pub(super) fn sorted(list: &[String]) -> Vec<String> {
    list.iter().cloned().collect::<BTreeSet<_>>().into_iter().collect()
}

fn words(text: &str) -> BTreeSet<String> {
    let ascii: String = text.nfkd().filter(char::is_ascii).collect::<String>().to_lowercase();
    ascii.split(|c: char| !c.is_ascii_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_owned).collect()
}

fn long_words(name: &str) -> BTreeSet<String> {
    let all = words(name);
    let long: BTreeSet<String> = all.iter().filter(|w| w.len() > 2).cloned().collect();
    if long.is_empty() { all } else { long }
}

/// `part` of `whole`, 0 where there is no whole.
#[expect(clippy::cast_precision_loss, reason = "counts of facts stay far below 2^52")]
pub(super) fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

fn overlap<T: Ord>(x: &BTreeSet<T>, y: &BTreeSet<T>) -> f64 {
    share(x.intersection(y).count(), x.union(y).count())
}

/// Types that annotators mix in good faith.
fn class(kind: AgreementType) -> &'static str {
    match kind {
        AgreementType::Treaty
        | AgreementType::Agreement
        | AgreementType::Protocol
        | AgreementType::Mou
        | AgreementType::Contract
        | AgreementType::Loan => "instrument",
        AgreementType::Plan | AgreementType::Commitment => "commitment",
        AgreementType::Declaration => "declaration",
        AgreementType::Partnership => "partnership",
        AgreementType::Fta => "fta",
        AgreementType::Ceasefire => "ceasefire",
    }
}

pub(super) fn status_class(status: AgreementStatus) -> &'static str {
    match status {
        AgreementStatus::Signed | AgreementStatus::Agreed | AgreementStatus::InForce => "done",
        AgreementStatus::Negotiating | AgreementStatus::Planned => "open",
        AgreementStatus::Broken => "broken",
    }
}

const STOP: &str = "the a an of on in for to and with between by at from their its two new both cooperation agreement deal pact memorandum understanding mou treaty accord joint bilateral countries";

fn topic_words(topic: Option<&str>) -> BTreeSet<String> {
    words(topic.unwrap_or("")).into_iter().filter(|w| !STOP.split(' ').any(|s| s == w)).collect()
}

/// 0 = different agreements; higher = likelier the same one.
#[must_use]
pub fn agreement_fit(g: &AgreementFact, p: &AgreementFact) -> f64 {
    let set = |a: &AgreementFact| a.parties.iter().cloned().collect::<BTreeSet<String>>();
    let (gp, pp) = (set(g), set(p));
    if gp != pp && !(gp.len().max(pp.len()) > 2 && overlap(&gp, &pp) >= 0.6) {
        return 0.0;
    }
    let (cg, cp) = (class(g.kind), class(p.kind));
    let kin = [
        ("instrument", "commitment"),
        ("instrument", "fta"),
        ("partnership", "commitment"),
        ("declaration", "commitment"),
        ("instrument", "ceasefire"),
        ("instrument", "declaration"),
    ];
    if cg != cp && !kin.iter().any(|(a, b)| (cg, cp) == (*a, *b) || (cp, cg) == (*a, *b)) {
        return 0.0;
    }
    let (tg, tp) = (topic_words(g.topic.as_deref()), topic_words(p.topic.as_deref()));
    let sectors = |a: &AgreementFact| a.sectors.iter().cloned().collect::<BTreeSet<String>>();
    let (topic, sector) = (overlap(&tg, &tp), overlap(&sectors(g), &sectors(p)));
    let bare = (tg.is_empty() || tp.is_empty()) && (g.sectors.is_empty() || p.sectors.is_empty());
    if topic == 0.0 && sector == 0.0 && !bare {
        return 0.0;
    }
    let bonus = |b: bool, w: f64| if b { w } else { 0.0 };
    0.1 + topic
        + sector
        + bonus(g.kind == p.kind, 0.5)
        + bonus(cg == cp, 0.3)
        + bonus(status_class(g.status) == status_class(p.status), 0.3)
}

/// 0 = different encounters; higher = likelier the same one.
#[must_use]
pub fn encounter_fit(g: &EncounterFact, p: &EncounterFact) -> f64 {
    let same = g.kind == p.kind;
    let mixed = matches!(
        (g.kind, p.kind),
        (EncounterType::Meeting, EncounterType::Gathering) | (EncounterType::Gathering, EncounterType::Meeting)
    );
    if !same && !mixed {
        return 0.0;
    }
    let set = |e: &EncounterFact| e.countries.iter().cloned().collect::<BTreeSet<String>>();
    let o = overlap(&set(g), &set(p));
    if o < 0.5 || (g.status == EncounterStatus::Cancelled) != (p.status == EncounterStatus::Cancelled) {
        return 0.0;
    }
    let bonus = |b: bool, w: f64| if b { w } else { 0.0 };
    o + bonus(same, 0.5) + bonus(g.status == p.status, 0.5) + bonus(g.date.is_some() && g.date == p.date, 0.3)
}

/// Greedy one-to-one assignment by descending fit (ties: earlier gold, then earlier told): (gold, told) indexes.
pub fn pair_up(gold: usize, told: usize, fit: impl Fn(usize, usize) -> f64) -> Vec<(usize, usize)> {
    let mut scored: Vec<(f64, usize, usize)> = (0..gold)
        .flat_map(|i| (0..told).map(move |j| (i, j)))
        .map(|(i, j)| (fit(i, j), i, j))
        .filter(|s| s.0 > 0.0)
        .collect();
    scored.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)).then(a.2.cmp(&b.2)));
    let (mut used_g, mut used_p) = (BTreeSet::new(), BTreeSet::new());
    scored
        .into_iter()
        .filter(|(_, i, j)| {
            let free = !used_g.contains(i) && !used_p.contains(j);
            if free {
                used_g.insert(*i);
                used_p.insert(*j);
            }
            free
        })
        .map(|(_, i, j)| (i, j))
        .collect()
}
