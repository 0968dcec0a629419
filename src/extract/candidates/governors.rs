//! The words that govern an instrument and give it its status: "signed a pact", "talks on a deal", "failed to keep the accord".

use super::Place;
use crate::extract::factuality::Reality;
use crate::knowledge::lexicon::{FrameKind, Lexicon};
use crate::knowledge::vocab::AgreementStatus;
use crate::nlp::Deprel;
use compact_str::CompactString;

/// The governor frame above the instrument: its name, the status it gives, and the word that gives it.
pub(super) fn governing(
    at: &Place<'_, '_>,
    gov: Option<usize>,
    lexicon: &Lexicon,
) -> (CompactString, AgreementStatus, Option<usize>) {
    let tree = at.tree;
    // A governing noun right above: "the signing of an agreement", "talks on a deal".
    let mut k = at.i;
    for _ in 0..3 {
        let Some(h) = tree.head(k) else { break };
        if tree.verbal(h) {
            break;
        }
        for t in lexicon.noun_triggers(&tree.lemma(h).to_lowercase()) {
            if let FrameKind::Governor(status) = lexicon.frames[t.frame].kind
                && t.rest.is_empty()
            {
                return (lexicon.frames[t.frame].name.clone(), status, Some(h));
            }
        }
        k = h;
    }
    // "accused of failing to meet the terms of a pact", "its failure to live up to the accord"
    if let Some(g) = gov.filter(|g| keeps(tree.lemma(*g)))
        && let Some(h) = tree.head(g).filter(|h| fails(tree.lemma(*h)))
        && let Some(frame) = lexicon.frames.iter().find(|f| f.kind == FrameKind::Governor(AgreementStatus::Broken))
    {
        return (frame.name.clone(), AgreementStatus::Broken, Some(h));
    }
    if let Some(g) = gov {
        for t in lexicon.verb_triggers(tree.lemma(g)) {
            if let FrameKind::Governor(status) = lexicon.frames[t.frame].kind
                && super::follows(tree, g, &t.rest)
            {
                return (lexicon.frames[t.frame].name.clone(), status, Some(g));
            }
        }
    }
    // "are scheduled to be signed": the verb that governs passes the question to its infinitive.
    for c in gov.into_iter().flat_map(|g| tree.kids_by(g, &[Deprel::Xcomp])).filter(|c| tree.infinitive(*c)) {
        let own = tree.kids_by(c, &[Deprel::Obj, Deprel::NsubjPass]).next().is_none();
        for t in lexicon.verb_triggers(tree.lemma(c)) {
            if let FrameKind::Governor(status) = lexicon.frames[t.frame].kind
                && own
                && super::follows(tree, c, &t.rest)
            {
                return (lexicon.frames[t.frame].name.clone(), status, Some(c));
            }
        }
    }
    for c in tree.kids(at.i) {
        for t in lexicon.verb_triggers(tree.lemma(c)) {
            if let FrameKind::Governor(status) = lexicon.frames[t.frame].kind
                && matches!(tree.tok(c).deprel, Deprel::Acl | Deprel::AclRelcl | Deprel::Amod)
            {
                return (lexicon.frames[t.frame].name.clone(), status, Some(c));
            }
        }
    }
    ("mention".into(), AgreementStatus::InForce, None)
}

pub(super) fn fails(lemma: &str) -> bool {
    matches!(lemma, "fail" | "failure" | "refuse" | "refusal")
}

/// Verbs for doing what an instrument asks.
fn keeps(lemma: &str) -> bool {
    matches!(
        lemma,
        "meet"
            | "honor"
            | "honour"
            | "comply"
            | "abide"
            | "live"
            | "respect"
            | "observe"
            | "implement"
            | "fulfil"
            | "fulfill"
            | "enforce"
            | "keep"
            | "adhere"
    )
}

/// The status that reality leaves of the governor's: what will be signed is planned, what was not reached is being negotiated.
pub(super) fn settle(status: AgreementStatus, reality: Reality, governed: bool) -> AgreementStatus {
    use AgreementStatus::{Agreed, Broken, InForce, Negotiating, Planned, Signed};
    match (status, reality) {
        (Signed, Reality::Planned) => Planned,
        (Agreed, Reality::Planned) => Negotiating,
        (Signed | Agreed, Reality::Hypothetical | Reality::Negated) => Negotiating,
        (Signed | Agreed, Reality::Cancelled) => Broken,
        (InForce, Reality::Hypothetical | Reality::Planned) if !governed => Negotiating,
        (Broken, Reality::Hypothetical | Reality::Negated | Reality::Planned) => InForce,
        (other, _) => other,
    }
}
