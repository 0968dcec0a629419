//! What the article says of an act elsewhere: whether the other side did it, what else is told of the two, how often they are
//! named together.

use super::acts::{Key, key};
use super::drafts::{AgreementDraft, Basis, EncounterDraft};
use crate::extract::candidates::{ActCandidate, EXACT, Features};
use crate::extract::factuality::Reality;
use crate::extract::names::Party;
use crate::extract::scene::Scene;
use crate::knowledge::vocab::ActType;
use crate::nlp::SentenceKind;
use compact_str::format_compact;
use std::collections::{BTreeMap, BTreeSet};

/// The exact readings of all acts of an article, and the parties of its sentences.
pub(super) struct Context {
    exact: BTreeMap<Key, usize>,
    sentences: Vec<(bool, BTreeSet<Party>)>,
    /// The party whose opposition the article speaks for.
    opposed: Option<Party>,
    /// The agreements and encounters, with their parties.
    ties: Vec<(Basis, Vec<Party>)>,
}

impl Context {
    pub(super) fn new(
        scene: &Scene<'_>,
        candidates: &[ActCandidate],
        agreements: &[AgreementDraft],
        encounters: &[EncounterDraft],
    ) -> Self {
        let mut exact = BTreeMap::new();
        let told = |c: &&ActCandidate| matches!(c.reality, Reality::Held | Reality::Present | Reality::Planned);
        for c in candidates.iter().filter(told).filter(|c| c.features.contains(EXACT)) {
            *exact.entry(key(scene, c.actor, c.recipient, c.kind)).or_default() += 1;
        }
        let mut sentences: Vec<(bool, BTreeSet<Party>)> =
            scene.doc.sentences.iter().map(|s| (s.kind == SentenceKind::Headline, BTreeSet::new())).collect();
        for m in scene.parties {
            sentences[m.sent].1.insert(m.party);
        }
        for m in &scene.people.mentions {
            sentences[m.sent].1.extend(scene.people.persons[m.person].party);
        }
        let opposed = scene.home.filter(|_| speaks_for_opposition(scene.doc.text));
        let agreements = agreements.iter().enumerate().map(|(i, a)| (Basis::Agreement(i), a.parties.clone()));
        let encounters = encounters.iter().enumerate().map(|(i, e)| (Basis::Encounter(i), e.parties.clone()));
        Self { exact, sentences, opposed, ties: agreements.chain(encounters).collect() }
    }

    /// The agreements and encounters of the two but those on which the act rests.
    pub(super) fn beside(&self, a: Party, b: Party, rests: &[Basis]) -> Vec<Basis> {
        let of_both = self.ties.iter().filter(|t| t.1.contains(&a) && t.1.contains(&b));
        of_both.map(|t| t.0).filter(|t| !rests.contains(t)).collect()
    }

    /// Adds what the article says elsewhere.
    pub(super) fn add(&self, scene: &Scene<'_>, k: &Key, f: &mut Features) {
        let (actor, recipient, kind) = *k;
        let count = |k: &Key| self.exact.get(k).copied().unwrap_or(0);
        let own = count(k);
        f.put(format_args!("w:own={}", own.min(3)));
        f.put(format_args!("w:own={kind}+{}", own.min(3)));
        let own = own > 0;
        if !kind.is_mutual() {
            let mirror = count(&(recipient, actor, kind)) > 0;
            f.put(format_args!("w:mirror={own}+{mirror}"));
            f.put(format_args!("w:mirror={kind}+{own}+{mirror}"));
        }
        let same = |o: &&Key| {
            o.2 != kind && (o.0 == actor && o.1 == recipient || o.2.is_mutual() && o.0 == recipient && o.1 == actor)
        };
        let others: BTreeSet<ActType> = self.exact.keys().filter(same).map(|o| o.2).collect();
        f.put(format_args!("w:others={own}+{}", others.len().min(3)));
        f.extend(others.iter().map(|o| format_compact!("w:other={kind}+{o}")));
        let targets = self.exact.keys().filter(|o| o.0 == actor && o.2 == kind && o.1 != recipient).count();
        f.put(format_args!("w:targets={own}+{}", targets.min(3)));
        let body = |p: Party| matches!(p, Party::Organization(_));
        f.put(format_args!("w:bodies={kind}+{}+{}", body(actor), body(recipient)));
        if let Some(home) = self.opposed {
            f.put(format_args!("w:opposition={}", actor == home));
            f.put(format_args!("w:opposition={kind}+{}", actor == home));
        }
        for (place, org, of) in [("actor", recipient, actor), ("recipient", actor, recipient)] {
            if belongs(scene, org, of) {
                f.put(format_args!("w:member={place}"));
                f.put(format_args!("w:member={kind}+{place}"));
                f.put(format_args!("w:member={}", org.code(scene.gazetteer)));
            }
        }
        let both = |s: &&(bool, BTreeSet<Party>)| s.1.contains(&actor) && s.1.contains(&recipient);
        let together = self.sentences.iter().filter(both).count();
        f.put(format_args!("w:together={}", together.min(5)));
        f.put(format_args!("w:together={kind}+{}", together.min(3)));
        let head = self.sentences.iter().filter(|s| s.0);
        let in_head = |p: Party| head.clone().any(|s| s.1.contains(&p));
        f.put(format_args!("w:headline={}+{}", in_head(actor), in_head(recipient)));
    }
}

/// Whether a state is a member of an organization.
fn belongs(scene: &Scene<'_>, organization: Party, state: Party) -> bool {
    let (Party::Organization(i), Party::Country(_)) = (organization, state) else { return false };
    let code = state.code(scene.gazetteer);
    scene.gazetteer.organizations.get(i as usize).is_some_and(|o| o.members.iter().any(|m| m == code))
}

/// Letters at the head of a press release that say whose it is.
const HEAD: usize = 1500;

/// Whether a press release is one of the opposition: its head names the office or party of those who do not govern.
fn speaks_for_opposition(text: &str) -> bool {
    let end = text.char_indices().nth(HEAD).map_or(text.len(), |c| c.0);
    let head = text[..end].to_lowercase();
    let words = [
        "shadow minister",
        "shadow secretary",
        "shadow treasurer",
        "shadow attorney",
        "shadow foreign",
        "opposition leader",
        "leader of the opposition",
        "opposition spokes",
        "greens senator",
        "greens spokes",
        "greens leader",
        "australian greens",
        "australian democrats",
        "democrats senator",
        "democrats leader",
        "democrats spokes",
    ];
    words.iter().any(|w| head.contains(w))
}
