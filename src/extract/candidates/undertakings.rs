//! Joint undertakings without an instrument: what two sides agree to do, what one pledges the other, what talks are about.

use super::acts::governor;
use super::agreements::{shared, surround, together};
use super::topics::topic;
use super::{AgreementCandidate, Place, parties_of};
use crate::extract::actors::{self, Actor, How};
use crate::extract::factuality::{self, Reality};
use crate::extract::names::Party;
use crate::knowledge::vocab::{AgreementStatus, AgreementType};
use crate::nlp::{Deprel, Upos};

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
    let head = if at.verb { Some(at.i) } else { governor(at.tree, at.i) };
    if told == Undertaking::Aid {
        return gift(at, head, out);
    }
    if !at.has_needed() {
        return;
    }
    let complement = match told {
        Undertaking::Talks => {
            let holds = |v: &usize| {
                matches!(
                    at.tree.lemma(*v),
                    "hold" | "begin" | "start" | "open" | "resume" | "continue" | "have" | "launch" | "conduct" | "end"
                )
            };
            let below = head.filter(|_| !at.verb).filter(holds);
            let about = about(at.tree, at.i).or_else(|| below.and_then(|v| about(at.tree, v)));
            let general = |k: &usize| is_general(at.tree.lemma(*k)) && at.tree.kids(*k).all(|c| c < *k);
            let Some(about) = about.filter(|k| !general(k)) else { return };
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
    let mut sides: Vec<Actor> = between(at);
    // "welcomed the agreement between Oman and Kenya": who speaks of what two others have agreed has no part in it.
    let settled = parties_of(&sides).len() > 1;
    if let Some(v) = head.filter(|_| !settled) {
        sides.extend(actors::of_phrases(scene, s, &tree.agents(v)));
        let with: Vec<usize> =
            tree.obliques(v).into_iter().filter(|(p, _)| matches!(*p, "with" | "between")).map(|o| o.1).collect();
        sides.extend(actors::of_phrases(scene, s, &with));
    }
    if !at.verb && !settled {
        for (prep, h) in tree.obliques(i) {
            if matches!(prep, "with" | "of") {
                sides.extend(actors::of_phrase(scene, s, h));
            }
        }
        // "Kenya is in talks with Oman": the noun has a subject of its own.
        let own = [Deprel::NmodPoss, Deprel::Compound, Deprel::Amod, Deprel::NmodUnmarked, Deprel::Nsubj];
        for h in tree.kids_by(i, &own) {
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
        let given = complement.filter(|c| tree.nominal(*c));
        let mut inside = given.map(|c| recipients(at, &[i, c], &parties)).unwrap_or_default();
        if inside.is_empty() {
            inside = complement.map(|c| parties_of(&actors::in_subtree(scene, tree, s, c))).unwrap_or_default();
            inside.retain(|p| *p != parties[0]);
        }
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
    if parties.len() < 2
        || parties.len() > 6
        || construction != "joint" && says_little(at, construction)
        || construction == "joint" && is_stance(at, complement, &parties)
        || matches!(told, Undertaking::Commitment(_)) && is_opinion(at, complement)
    {
        return;
    }
    // "Kenya is in talks with Oman and with Qatar": two talks.
    let with = if told == Undertaking::Talks { counterparts(at, head) } else { Vec::new() };
    if let ([a, b, c], [_, _]) = (parties.as_slice(), with.as_slice())
        && let Some(own) = [*a, *b, *c].into_iter().find(|p| !with.contains(p))
    {
        for other in with {
            let pair = vec![own.min(other), own.max(other)];
            out.push(candidate(at, read, construction, &sides, pair));
        }
        return;
    }
    out.push(candidate(at, read, construction, &sides, parties));
}

/// With whom talks are held: the parties of the phrases "with …" beside the trigger and its verb.
fn counterparts(at: &Place<'_, '_>, head: Option<usize>) -> Vec<Party> {
    let phrases = [Some(at.i), head.filter(|h| *h != at.i)].into_iter().flatten().flat_map(|k| at.tree.obliques(k));
    let heads: Vec<usize> = phrases.filter(|(p, _)| *p == "with").map(|o| o.1).collect();
    let found = actors::of_phrases(at.scene, at.s, &heads).into_iter().filter(|a| a.how != How::Other);
    parties_of(&found.collect::<Vec<_>>())
}

/// Steps from an undertaking up to the verb that undertakes it, at most.
const MOST_STEPS: usize = 6;

/// The verb that undertakes what is read at `i`: of "committed to working together and boosting trade" the commitment.
fn root(at: &Place<'_, '_>) -> usize {
    let tree = at.tree;
    let commits = |k: usize| {
        at.lexicon
            .verb_triggers(tree.lemma(k))
            .iter()
            .any(|t| t.rest.is_empty() && at.lexicon.frames[t.frame].name == "commit")
    };
    let (mut k, mut root) = (at.i, at.i);
    for _ in 0..MOST_STEPS {
        let Some(h) = tree.head(k) else { break };
        let below = matches!(
            tree.tok(k).deprel,
            Deprel::Xcomp
                | Deprel::Ccomp
                | Deprel::Advcl
                | Deprel::Acl
                | Deprel::Conj
                | Deprel::Obj
                | Deprel::Obl
                | Deprel::Nmod
        );
        if !below {
            break;
        }
        if commits(h) {
            root = h;
        }
        k = h;
    }
    root
}

/// Aid of one side to another: "donated vaccines to Panama", "a contribution of five million dollars to the World Food Programme".
fn gift(at: &Place<'_, '_>, head: Option<usize>, out: &mut Vec<AgreementCandidate>) {
    let (scene, tree, s, i) = (at.scene, at.tree, at.s, at.i);
    let named = |heads: &[usize]| -> Vec<Actor> {
        actors::of_phrases(scene, s, heads).into_iter().filter(|a| a.how != How::Other).collect()
    };
    let own: Vec<usize> = if at.verb {
        Vec::new()
    } else {
        let by = tree.obliques(i).into_iter().filter(|(p, _)| matches!(*p, "by" | "from")).map(|o| o.1);
        tree.kids_by(i, &[Deprel::NmodPoss, Deprel::Compound, Deprel::Amod]).chain(by).collect()
    };
    let mut givers = named(&own);
    if givers.is_empty() {
        givers = head.map(|v| named(&tree.agents(v))).unwrap_or_default();
    }
    let mut from = parties_of(&givers);
    let given =
        if at.verb { tree.patients(i).into_iter().find(|p| tree.tok(*p).deprel != Deprel::Iobj) } else { Some(i) };
    // "The Government would provide wheat", "One million dollars will be provided to the fund", in a release of a government.
    let own_government =
        |v: usize| tree.passive(v) || tree.agents(v).iter().any(|a| tree.lemma(*a).eq_ignore_ascii_case("government"));
    if let Some(home) = scene.home.filter(|_| from.is_empty() && head.is_some_and(own_government)) {
        from = vec![home];
    }
    if from.is_empty() || from.len() > 2 {
        return;
    }
    // "two million for Oman and one million for Kenya": each amount has its own.
    let amounts = given.map(|g| tree.with_conjuncts(g)).unwrap_or_default();
    let sought: Vec<usize> = [Some(i), head].into_iter().flatten().chain(amounts).collect();
    let object = given.filter(|_| at.verb).map(|g| named(&[g])).unwrap_or_default();
    let to_object = !object.is_empty();
    let mut to = if to_object { parties_of(&object) } else { recipients(at, &sought, &from) };
    to.retain(|p| !from.contains(p));
    let material = given.is_some_and(|g| is_material(at, g))
        || to_object && tree.obliques(i).into_iter().any(|(p, h)| p == "with" && is_material(at, h));
    if to.is_empty() || at.verb && !material && !to_object || !material && !at.has_needed() {
        return;
    }
    if to.len() > MOST_RECIPIENTS {
        return;
    }
    let content = if to_object { undertaken(tree, i).filter(|c| Some(*c) != given).or(given) } else { given };
    let read = Read { told: Undertaking::Aid, head, complement: content };
    // What several are given are as many gifts.
    for party in to {
        let mut parties: Vec<Party> = from.iter().copied().chain([party]).collect();
        parties.sort_unstable();
        let mut one = candidate(at, &read, "one-sided", &givers, parties);
        one.features.put(format_args!("material={material}"));
        announce(at, head, &mut one);
        out.push(one);
    }
}

/// Recipients of one gift, at most.
const MOST_RECIPIENTS: usize = 5;

/// The status of a gift that is only announced.
fn announce(at: &Place<'_, '_>, head: Option<usize>, one: &mut AgreementCandidate) {
    let tree = at.tree;
    // "announced a grant": what is announced is still to be given.
    let to_come = head.filter(|_| !at.verb).is_some_and(|v| {
        matches!(tree.lemma(v), "announce" | "pledge" | "promise" | "offer" | "approve" | "plan" | "propose" | "commit")
    });
    if to_come {
        one.status = AgreementStatus::Negotiating;
    }
}

/// To whom something is given: whom "to", else "for", else "in" names beside one of these words.
fn recipients(at: &Place<'_, '_>, beside: &[usize], givers: &[Party]) -> Vec<Party> {
    let tree = at.tree;
    let phrases: Vec<(&str, usize)> = beside.iter().flat_map(|h| tree.obliques(*h)).collect();
    let indirect: Vec<usize> = beside.iter().flat_map(|h| tree.kids_by(*h, &[Deprel::Iobj])).collect();
    let others = |heads: &[usize], people: bool| {
        let found = actors::of_phrases(at.scene, at.s, heads);
        let fits = |a: &Actor| (people || a.how != How::Other) && !givers.contains(&a.party);
        parties_of(&found.into_iter().filter(fits).collect::<Vec<_>>())
    };
    for people in [false, true] {
        let told = others(&indirect, people);
        if !told.is_empty() {
            return told;
        }
        for prep in ["to", "for", "in"] {
            let heads: Vec<usize> = phrases.iter().filter(|(p, _)| *p == prep).map(|o| o.1).collect();
            let told = others(&heads, people);
            if !told.is_empty() {
                return told;
            }
        }
    }
    Vec::new()
}

/// Whether a phrase names money or goods: an amount, or a word of those that aid consists of.
fn is_material(at: &Place<'_, '_>, noun: usize) -> bool {
    let tree = at.tree;
    tree.subtree(noun).into_iter().filter(|k| !tree.in_clause_below(noun, *k)).any(|k| {
        let lemma = tree.lemma(k);
        tree.tok(k).pos == Upos::Sym
            || matches!(
                lemma,
                "$" | "£" | "€" | "dlr" | "dlrs" | "dollar" | "euro" | "tonne" | "ton" | "million" | "billion"
            )
            || !matches!(lemma, "support" | "help" | "team" | "teams") && at.frame.needs.iter().any(|n| n == lemma)
    })
}

/// "expressed appreciation", "shared views", "agreed that the talks had been useful": what two sides think or feel binds none.
fn is_opinion(at: &Place<'_, '_>, complement: Option<usize>) -> bool {
    let tree = at.tree;
    let Some(c) = complement else { return at.verb && at.frame.name == "commit" };
    // "agreed that the law is a model": of what is so, and not of what they will do.
    if tree.tok(c).deprel == Deprel::Ccomp && !tree.infinitive(c) {
        let wills = ["will", "would", "should", "shall", "must", "'ll"];
        let aux = tree.auxiliaries(c);
        // "agreed that the pact could play a role", "agreed that peace must be kept": what may or ought to be.
        if aux.iter().any(|a| matches!(*a, "can" | "could" | "may" | "might")) {
            return true;
        }
        let willed = aux.iter().any(|a| wills.contains(a));
        let subjects: Vec<usize> = tree.kids_by(c, &[Deprel::Nsubj, Deprel::NsubjPass]).collect();
        let own = subjects.iter().all(|k| !actors::of_phrase(at.scene, at.s, *k).is_empty());
        if aux.iter().any(|a| matches!(*a, "must" | "should")) && !subjects.is_empty() && !own {
            return true;
        }
        return !willed && !subjects.is_empty() && (!own || !tree.verbal(c) || is_state(tree.lemma(c)));
    }
    // "has no intention of"
    if !at.verb && tree.kids_by(at.i, &[Deprel::Det]).any(|d| tree.lemma(d) == "no") {
        return true;
    }
    at.verb
        && matches!(
            tree.lemma(c),
            "appreciation"
                | "gratitude"
                | "thanks"
                | "view"
                | "concern"
                | "hope"
                | "condolence"
                | "sympathy"
                | "satisfaction"
                | "confidence"
                | "desire"
                | "interest"
                | "regret"
                | "importance"
                | "need"
                | "opinion"
                | "condition"
                | "admiration"
                | "progress"
                | "solidarity"
        )
}

/// "shared their support for a third": a stance of both towards others.
fn is_stance(at: &Place<'_, '_>, complement: Option<usize>, parties: &[Party]) -> bool {
    let Some(c) = complement else { return false };
    let noun = matches!(
        at.tree.lemma(c),
        "support" | "solidarity" | "sovereignty" | "integrity" | "condemnation" | "opposition" | "respect"
    );
    noun && parties_of(&actors::in_subtree(at.scene, at.tree, at.s, c)).iter().any(|p| !parties.contains(p))
}

/// Verbs for what is, rather than for what is done.
fn is_state(lemma: &str) -> bool {
    matches!(lemma, "be" | "have" | "remain" | "need" | "share" | "face" | "know" | "believe" | "enjoy" | "want")
}

/// "discussed bilateral issues", "exchanged views on regional developments": about everything, so about nothing.
fn is_general(lemma: &str) -> bool {
    matches!(
        lemma,
        "issue"
            | "issues"
            | "topic"
            | "topics"
            | "matter"
            | "matters"
            | "development"
            | "developments"
            | "view"
            | "prospect"
            | "situation"
            | "event"
            | "vision"
            | "relation"
            | "relations"
            | "relationship"
            | "agenda"
    )
}

/// The parties of the phrases "between …" below a noun.
fn between(at: &Place<'_, '_>) -> Vec<Actor> {
    let phrases = at.tree.obliques(at.i).into_iter().filter(|(p, _)| !at.verb && matches!(*p, "between" | "among"));
    phrases.flat_map(|(_, h)| actors::of_phrase(at.scene, at.s, h)).filter(|a| a.how != How::Other).collect()
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
    f.put(format_args!("complement={}", complement.map_or("none", |c| tree.tok(c).deprel.as_str())));
    f.put(format_args!("complement-head={}", complement.map_or("none", |c| tree.lemma(c))));
    f.put(format_args!("construction+trigger={construction}+{}", tree.lemma(i)));
    super::explicit_features(at, &parties, &mut f);
    together(&mut f);
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
        recalled: super::timing::recalls(tree, i),
        source: at.source(construction),
        root: root(at),
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
            && !is_occasion(tree.lemma(*h))
            && !tree.kids(*h).any(|k| crate::extract::dates::is_calendar_word(tree.form(k)))
    });
    let object = || {
        let direct = matches!(tree.lemma(i), "discuss" | "negotiate");
        tree.kids_by(i, &[Deprel::Obj]).find(|c| direct && *c > i)
    };
    // "talks on resuming flights"
    let doing = || {
        let clauses = tree.kids_by(i, &[Deprel::Advcl, Deprel::Acl]).filter(|c| *c > i);
        clauses.into_iter().find(|c| tree.markers(*c).iter().any(|m| matches!(*m, "on" | "over" | "about")))
    };
    on.map(|o| o.1)
        .or_else(doing)
        .or_else(object)
        .or_else(|| tree.kids_by(i, &[Deprel::Acl, Deprel::Xcomp]).find(|c| *c > i && tree.infinitive(*c)))
        // "held talks to reschedule debts"
        .or_else(|| {
            let opens = matches!(tree.lemma(i), "hold" | "begin" | "start" | "open" | "resume" | "launch");
            tree.kids_by(i, &[Deprel::Advcl]).find(|c| opens && *c > i && tree.infinitive(*c))
        })
}

/// What talks are held "on" without being about it.
fn is_occasion(lemma: &str) -> bool {
    matches!(
        lemma,
        "basis"
            | "sideline"
            | "sidelines"
            | "eve"
            | "margin"
            | "margins"
            | "occasion"
            | "weekend"
            | "day"
            | "condition"
            | "phone"
            | "week"
    )
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
    after(&[Deprel::Xcomp]).or_else(|| after(&[Deprel::Ccomp])).or_else(|| after(&[Deprel::Obj])).or_else(on).or_else(
        || {
            let on = |c: &usize| tree.markers(*c).iter().any(|m| matches!(*m, "on" | "to" | "in" | "for"));
            tree.kids_by(i, &[Deprel::Acl, Deprel::Advcl]).filter(|c| *c > i && (tree.infinitive(*c) || on(c))).min()
        },
    )
}
