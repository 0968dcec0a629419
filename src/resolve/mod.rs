//! Coreference, entity linking, dates, dyads, factuality → the facts of one article.
//!
//! [`propose`] merges what the frames read into [`Drafts`], each with the features that speak for and against it; [`decide`]
//! lets the [`Judge`] give each its confidence and keeps what is likely enough.

mod acts;
mod agreements;
mod among;
pub mod drafts;
mod encounters;
pub mod judge;
mod leaders;
mod parts;
pub mod sectors;
mod when;

use crate::extract::candidates::{Candidates, Features, Source};
use crate::extract::scene::Scene;
use crate::knowledge::vocab::AgreementStatus;
use chrono::NaiveDate;
use compact_str::format_compact;
use drafts::{ActDraft, AgreementDraft, Basis, Drafts, EncounterDraft, LeaderDraft};
use judge::{Judge, Judged};
use sectors::SectorIndex;
use std::collections::{BTreeMap, BTreeSet};

/// Merges the candidates of one article into drafts.
#[must_use]
pub fn propose(
    scene: &Scene<'_>,
    candidates: &Candidates,
    sectors: &SectorIndex,
    published: Option<NaiveDate>,
) -> Drafts {
    let mut encounters = encounters::merge(scene, &candidates.encounters, published);
    let mut agreements = agreements::merge(scene, &candidates.agreements, sectors, published);
    encounters::inherit(&mut encounters, &mut agreements);
    let acts = acts::merge(scene, &candidates.acts, &agreements, &encounters, published);
    let leaders = leaders::draft(scene, &agreements, &encounters, &candidates.acts);
    Drafts { leaders, agreements, encounters, acts }
}

/// A draft with its confidence.
#[derive(Debug, Clone, PartialEq)]
pub struct Sure<T> {
    /// The draft.
    pub fact: T,
    /// Probability that it is right, 0–1.
    pub confidence: f32,
}

/// The facts of one article, judged.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Resolved {
    /// Leaders.
    pub leaders: Vec<Sure<LeaderDraft>>,
    /// Agreements; their `sectors` are those that passed.
    pub agreements: Vec<Sure<AgreementDraft>>,
    /// Encounters; their `participants` are those that passed.
    pub encounters: Vec<Sure<EncounterDraft>>,
    /// Acts.
    pub acts: Vec<Sure<ActDraft>>,
}

/// What the confidence of the agreements and encounters on which an act rests says of it, as features.
#[must_use]
pub fn resting(act: &ActDraft, agreements: &[f32], encounters: &[f32]) -> Features {
    let mut f = Features::new();
    let (mut agreement, mut encounter) = (None::<f32>, None::<f32>);
    let most = |a: Option<f32>, list: &[f32], i: usize| list.get(i).map(|p| a.unwrap_or(0.0).max(*p)).or(a);
    for basis in &act.rests {
        match basis {
            Basis::Agreement(i) => agreement = most(agreement, agreements, *i),
            Basis::Encounter(i) => encounter = most(encounter, encounters, *i),
        }
    }
    let kind = act.kind;
    let most = |list: Vec<f32>| list.into_iter().reduce(f32::max);
    let of = |b: &Basis, wanted: bool| match b {
        Basis::Agreement(i) if wanted => agreements.get(*i).copied(),
        Basis::Encounter(i) if !wanted => encounters.get(*i).copied(),
        _ => None,
    };
    for (name, wanted) in [("agreement", true), ("encounter", false)] {
        let Some(p) = most(act.beside.iter().filter_map(|b| of(b, wanted)).collect()) else { continue };
        for step in [0.35, 0.65] {
            if p >= step {
                f.put(format_args!("beside-{name}>={step}"));
                f.put(format_args!("type+beside-{name}={kind}>={step}"));
            }
        }
    }
    for (name, p) in [("agreement", agreement), ("encounter", encounter)] {
        let Some(p) = p else { continue };
        for step in [0.2, 0.35, 0.5, 0.65, 0.8] {
            if p >= step {
                f.put(format_args!("rests-on-{name}>={step}"));
                f.put(format_args!("type+rests-on-{name}={kind}>={step}"));
            }
        }
    }
    f
}

/// How likely each draft and each of its parts is, in the order of the drafts.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Chances {
    /// Leaders.
    pub leaders: Vec<f32>,
    /// Agreements, each with its sectors.
    pub agreements: Vec<(f32, Vec<f32>)>,
    /// Encounters, each with its participants.
    pub encounters: Vec<(f32, Vec<f32>)>,
    /// Acts.
    pub acts: Vec<f32>,
}

/// Asks the judge about every draft.
#[must_use]
pub fn weigh(drafts: &Drafts, judge: &Judge) -> Chances {
    let p = |kind: Judged, f: &Features| judge.of(kind).probability(f);
    let agreements: Vec<f32> =
        drafts.agreements.iter().map(|a| judge.of(Judged::Agreement).best(&[&a.whole], &a.members)).collect();
    let encounters: Vec<f32> =
        drafts.encounters.iter().map(|e| judge.of(Judged::Encounter).best(&[&e.features], &e.members)).collect();
    let act = |a: &ActDraft| {
        let resting = resting(a, &agreements, &encounters);
        judge.of(Judged::Act).best(&[&a.features, &resting], &a.members)
    };
    Chances {
        leaders: drafts.leaders.iter().map(|l| p(Judged::Leader, &l.features)).collect(),
        acts: drafts.acts.iter().map(act).collect(),
        agreements: (drafts.agreements.iter().zip(&agreements))
            .map(|(a, whole)| (*whole, a.sectors.iter().map(|s| whole * p(Judged::Sector, &s.1)).collect()))
            .collect(),
        encounters: (drafts.encounters.iter().zip(&encounters))
            .map(|(e, whole)| (*whole, e.participants.iter().map(|x| whole * p(Judged::Participant, &x.1)).collect()))
            .collect(),
    }
}

/// Judges the drafts; what is less sure than `min` is left out too.
#[must_use]
pub fn decide(drafts: Drafts, judge: &Judge, min: f32) -> Resolved {
    let chances = weigh(&drafts, judge);
    let bar = |kind: Judged| judge.of(kind).threshold;
    let sure = |kind: Judged, chance: f32| {
        let confidence = judge.of(kind).calibration.confidence(chance);
        (chance >= bar(kind) && confidence >= min).then_some(confidence)
    };
    let first = |list: &[(f32, Vec<f32>)]| -> Vec<f32> { list.iter().map(|c| c.0).collect() };
    let (agreements, encounters) = (first(&chances.agreements), first(&chances.encounters));
    let mut out = Resolved::default();
    // What is told, with its sentence: it shows the acts that rest on it.
    let mut shown: BTreeMap<Basis, (f32, Source)> = BTreeMap::new();
    for (i, (mut fact, (chance, parts))) in drafts.encounters.into_iter().zip(chances.encounters).enumerate() {
        if let Some(confidence) = sure(Judged::Encounter, chance) {
            fact.sources = judge.of(Judged::Encounter).speaking(&[&fact.features], &fact.members);
            shown.extend(fact.sources.first().map(|s| (Basis::Encounter(i), (chance, s.clone()))));
            let mut parts = parts.into_iter();
            fact.participants.retain(|_| parts.next().is_some_and(|p| p >= bar(Judged::Participant)));
            out.encounters.push(Sure { fact, confidence });
        }
    }
    for (i, (mut fact, (chance, parts))) in drafts.agreements.into_iter().zip(chances.agreements).enumerate() {
        if let Some(confidence) = sure(Judged::Agreement, chance) {
            let mut parts = parts.into_iter();
            fact.sectors.retain(|_| parts.next().is_some_and(|p| p >= bar(Judged::Sector)));
            if fact.status == AgreementStatus::Signed && chance < fact.signed_from {
                fact.status = fact.unsigned;
                fact.signatories.clear();
            }
            let status = format_compact!("status={}", fact.status);
            fact.sources = judge.of(Judged::Agreement).supporting(&fact.members, |f| f.contains(&status));
            shown.extend(fact.sources.first().map(|s| (Basis::Agreement(i), (chance, s.clone()))));
            out.agreements.push(Sure { fact, confidence });
        }
    }
    for (mut fact, chance) in drafts.acts.into_iter().zip(chances.acts) {
        if let Some(confidence) = sure(Judged::Act, chance) {
            let resting = resting(&fact, &agreements, &encounters);
            fact.sources = judge.of(Judged::Act).speaking(&[&fact.features, &resting], &fact.members);
            let best = fact.rests.iter().filter_map(|b| shown.get(b)).max_by(|a, b| a.0.total_cmp(&b.0));
            if let Some((_, source)) = best.filter(|b| b.0 >= 0.5) {
                fact.sources.retain(|s| s != source);
                fact.sources.insert(0, source.clone());
            }
            out.acts.push(Sure { fact, confidence });
        }
    }
    let taking_part: BTreeSet<usize> = (out.encounters.iter().flat_map(|e| e.fact.participants.iter().map(|p| p.0)))
        .chain(out.agreements.iter().flat_map(|a| a.fact.signatories.iter().copied()))
        .collect();
    for (fact, confidence) in drafts.leaders.into_iter().zip(chances.leaders) {
        // Who takes part in a told encounter, or signs a told agreement, is a leader of the article.
        if sure(Judged::Leader, confidence).is_some() || taking_part.contains(&fact.person) {
            out.leaders.push(Sure { fact, confidence });
        }
    }
    let known: BTreeSet<usize> = out.leaders.iter().map(|l| l.fact.person).collect();
    for e in &mut out.encounters {
        e.fact.participants.retain(|p| known.contains(&p.0));
    }
    for a in &mut out.agreements {
        a.fact.signatories.retain(|p| known.contains(p));
    }
    out
}
