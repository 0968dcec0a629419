//! Joint undertakings without an instrument: what two sides agree to do, what one pledges the other, what talks are about.

use super::acts::governor;
use super::agreements::{shared, surround, topic};
use super::{AgreementCandidate, Place, parties_of};
use crate::extract::actors::{self, Actor, How};
use crate::extract::factuality::{self, Reality};
use crate::extract::names::Party;
use crate::knowledge::vocab::{AgreementStatus, AgreementType};
use crate::nlp::Deprel;
use compact_str::format_compact;

/// How a joint undertaking without an instrument is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Undertaking {
    /// "agreed to deepen ties": a commitment.
    Commitment(AgreementStatus),
    /// "talks on resuming flights": an agreement being negotiated.
    Talks,
    /// "donated vaccines to Panama": a pledge of one side that is carried out or announced.
    Aid,
}

/// A commitment verb with joint agents, a pledge of one side to another, or what talks are about.
pub(super) fn undertaking(at: &Place<'_, '_>, told: Undertaking, out: &mut Vec<AgreementCandidate>) {
    if !at.has_needed() {
        return;
    }
    let head = if at.verb { Some(at.i) } else { governor(at.tree, at.i) };
    let complement = match told {
        Undertaking::Talks => {
            let about = about(at.tree, at.i).or_else(|| head.filter(|_| !at.verb).and_then(|v| about(at.tree, v)));
            let Some(about) = about else { return };
            Some(about)
        }
        _ => undertaken(at.tree, at.i),
    };
    let read = Read { told, head, complement };
    by_roles(at, &read, out);
}

/// What was read of an undertaking before its parties were settled.
struct Read {
    told: Undertaking,
    /// The verb that tells it.
    head: Option<usize>,
    /// What is undertaken.
    complement: Option<usize>,
}

/// An undertaking between the parties that its verb or noun gives it.
fn by_roles(at: &Place<'_, '_>, read: &Read, out: &mut Vec<AgreementCandidate>) {
    let (scene, tree, s, i) = (at.scene, at.tree, at.s, at.i);
    let Read { told, head, complement } = *read;
    let mut sides: Vec<Actor> = Vec::new();
    if let Some(v) = head {
        sides.extend(actors::of_phrases(scene, s, &tree.agents(v)));
        let with: Vec<usize> =
            tree.obliques(v).into_iter().filter(|(p, _)| matches!(*p, "with" | "between")).map(|o| o.1).collect();
        sides.extend(actors::of_phrases(scene, s, &with));
    }
    if !at.verb {
        for (prep, h) in tree.obliques(i) {
            if matches!(prep, "between" | "with" | "of") {
                sides.extend(actors::of_phrase(scene, s, h));
            }
        }
        for h in tree.kids_by(i, &[Deprel::NmodPoss, Deprel::Compound, Deprel::Amod, Deprel::NmodUnmarked]) {
            sides.extend(actors::of_phrase(scene, s, h));
        }
    }
    sides.retain(|a| a.how != How::Other);
    let mut parties = parties_of(&sides);
    if parties.is_empty()
        && told == Undertaking::Talks
        && let Some((a, b)) = scene.dyad_at(s, i)
    {
        parties = vec![a.min(b), a.max(b)];
    }
    let mut construction = if parties.len() > 1 { "joint" } else { "one-sided" };
    if parties.len() == 1 {
        // "pledged to help Kenya": the other side stands in the complement.
        let mut inside: Vec<Party> =
            complement.map(|c| parties_of(&actors::in_subtree(scene, tree, s, c))).unwrap_or_default();
        inside.retain(|p| *p != parties[0]);
        match inside.as_slice() {
            [other, ..] => parties.push(*other),
            [] => {
                let Some((a, b)) = scene.main_dyad().filter(|(a, b)| parties[0] == *a || parties[0] == *b) else {
                    return;
                };
                parties = vec![a, b];
                construction = "one-sided-dyad";
            }
        }
        parties.sort_unstable();
    }
    if parties.len() < 2 || parties.len() > 6 || construction != "joint" && says_little(at, construction) {
        return;
    }
    if told == Undertaking::Aid && construction == "one-sided-dyad" {
        return;
    }
    out.push(candidate(at, read, construction, &sides, parties));
}

/// The candidate of an undertaking between these parties.
fn candidate(
    at: &Place<'_, '_>,
    read: &Read,
    mut construction: &'static str,
    sides: &[Actor],
    parties: Vec<Party>,
) -> AgreementCandidate {
    let (scene, tree, s, i) = (at.scene, at.tree, at.s, at.i);
    let Read { told, head, complement } = *read;
    let reality = factuality::of(tree, head.unwrap_or(i));
    let status = match (told, construction, reality) {
        (Undertaking::Commitment(_), "joint", Reality::Hypothetical | Reality::Negated) => AgreementStatus::Negotiating,
        (Undertaking::Commitment(status), "joint", _) => status,
        (Undertaking::Aid, _, Reality::Held | Reality::Present) => AgreementStatus::InForce,
        _ => AgreementStatus::Negotiating,
    };
    let content = complement.unwrap_or(i);
    let (topic, words, own_words) = topic(at, content);
    let (kind, told) = match told {
        Undertaking::Commitment(_) => (AgreementType::Commitment, "commitment"),
        Undertaking::Talks => (AgreementType::Agreement, "talks"),
        Undertaking::Aid => (AgreementType::Commitment, "aid"),
    };
    if told != "commitment" {
        construction = match (told, construction) {
            ("talks", "joint") => "talks",
            ("talks", _) => "talks-one-sided",
            _ => "aid",
        };
    }
    let mut f = shared(at, kind, status, reality, construction, sides, false, &parties);
    f.insert(format_compact!("complement={}", complement.map_or("none", |c| tree.tok(c).deprel.as_str())));
    f.insert(format_compact!("complement-head={}", complement.map_or("none", |c| tree.lemma(c))));
    f.insert(format_compact!("construction+trigger={construction}+{}", tree.lemma(i)));
    super::explicit_features(at, &parties, &mut f);
    surround(at, kind, &parties, &mut f);
    AgreementCandidate {
        kind,
        parties,
        signatories: Vec::new(),
        status,
        topic,
        words,
        own_words,
        reality,
        date: scene.date_for(s, i).copied(),
        source: at.source(construction),
        features: f,
    }
}

/// "expressed full support", "noted potential for collaboration": of one side alone, no undertaking.
fn says_little(at: &Place<'_, '_>, construction: &str) -> bool {
    let voiced = matches!(
        at.tree.lemma(at.i),
        "express"
            | "emphasize"
            | "emphasise"
            | "underscore"
            | "recognize"
            | "affirm"
            | "confirm"
            | "reiterate"
            | "concur"
    );
    at.verb && voiced && at.frame.name == "commit"
        || !at.verb && at.frame.name == "cooperate" && construction == "one-sided-dyad"
}

/// What talks are on: "talks on", "negotiated a", "negotiations to".
fn about(tree: &crate::extract::syntax::Tree<'_>, i: usize) -> Option<usize> {
    let on = tree.obliques(i).into_iter().find(|(p, h)| {
        matches!(*p, "on" | "over" | "about" | "regarding")
            && *h > i
            && !crate::extract::dates::is_calendar_word(tree.form(*h))
            && !tree.kids(*h).any(|k| crate::extract::dates::is_calendar_word(tree.form(k)))
    });
    let object = || {
        let direct = matches!(tree.lemma(i), "discuss" | "negotiate");
        tree.kids_by(i, &[Deprel::Obj]).find(|c| direct && *c > i)
    };
    on.map(|o| o.1)
        .or_else(object)
        .or_else(|| tree.kids_by(i, &[Deprel::Acl, Deprel::Xcomp]).find(|c| *c > i && tree.infinitive(*c)))
}

/// What is undertaken: the clause after the verb first, then its object, then what it is "in" or "on".
fn undertaken(tree: &crate::extract::syntax::Tree<'_>, i: usize) -> Option<usize> {
    let after = |rels: &[Deprel]| tree.kids_by(i, rels).filter(|c| *c > i).min();
    let on = || {
        tree.obliques(i)
            .into_iter()
            .filter(|(p, h)| matches!(*p, "in" | "on" | "for" | "to" | "across" | "over" | "against" | "of") && *h > i)
            .map(|o| o.1)
            .min()
    };
    after(&[Deprel::Xcomp])
        .or_else(|| after(&[Deprel::Ccomp]))
        .or_else(|| after(&[Deprel::Obj]))
        .or_else(on)
        .or_else(|| after(&[Deprel::Acl, Deprel::Advcl]).filter(|c| tree.infinitive(*c)))
}
