//! Coreference, entity linking, dates, dyads, factuality → the facts of one article.
//!
//! [`propose`] merges what the frames read into [`Drafts`], each with the features that speak for and against it; [`decide`]
//! lets the [`Judge`] give each its confidence and keeps what is likely enough.

mod acts;
mod agreements;
pub mod drafts;
mod encounters;
pub mod judge;
mod leaders;
pub mod sectors;
mod when;

use crate::extract::candidates::{Candidates, Features};
use crate::extract::scene::Scene;
use chrono::NaiveDate;
use drafts::{ActDraft, AgreementDraft, Drafts, EncounterDraft, LeaderDraft};
use judge::{Judge, Judged};
use sectors::SectorIndex;
use std::collections::BTreeSet;

/// Merges the candidates of one article into drafts.
#[must_use]
pub fn propose(
    scene: &Scene<'_>,
    candidates: &Candidates,
    sectors: &SectorIndex,
    published: Option<NaiveDate>,
) -> Drafts {
    let encounters = encounters::merge(scene, &candidates.encounters, published);
    let agreements = agreements::merge(scene, &candidates.agreements, sectors, published);
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

/// Judges the drafts; `min` raises the bar of every kind.
#[must_use]
pub fn decide(drafts: Drafts, judge: &Judge, min: f32) -> Resolved {
    let passes = |kind: Judged, features: &Features| {
        let weights = judge.of(kind);
        let p = weights.probability(features);
        (p >= weights.threshold.max(min)).then_some(p)
    };
    let mut out = Resolved::default();
    for mut fact in drafts.encounters {
        if let Some(confidence) = passes(Judged::Encounter, &fact.features) {
            let parts = judge.of(Judged::Participant);
            fact.participants.retain(|(_, f)| confidence * parts.probability(f) >= parts.threshold);
            out.encounters.push(Sure { fact, confidence });
        }
    }
    for mut fact in drafts.agreements {
        if let Some(confidence) = passes(Judged::Agreement, &fact.features) {
            let parts = judge.of(Judged::Sector);
            fact.sectors.retain(|(_, f)| confidence * parts.probability(f) >= parts.threshold);
            out.agreements.push(Sure { fact, confidence });
        }
    }
    for fact in drafts.acts {
        if let Some(confidence) = passes(Judged::Act, &fact.features) {
            out.acts.push(Sure { fact, confidence });
        }
    }
    let taking_part: BTreeSet<usize> =
        out.encounters.iter().flat_map(|e| e.fact.participants.iter().map(|p| p.0)).collect();
    for fact in drafts.leaders {
        let p = judge.of(Judged::Leader).probability(&fact.features);
        // Who takes part in a told encounter is a leader of the article.
        if p >= judge.of(Judged::Leader).threshold.max(min) || taking_part.contains(&fact.person) {
            out.leaders.push(Sure { fact, confidence: p });
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
