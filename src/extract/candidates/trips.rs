//! Trips: who goes where, by the verb or the noun of the journey, by "visiting", and by where a person is.

use super::acts::governor;
use super::encounters::{Places, add, missing_side, possessor, usable};
use super::places::{dateline_party, goal_party};
use super::{EncounterCandidate, Place, hosts, parties_of, traps};
use crate::extract::actors::{self, Actor, How};
use crate::extract::factuality::Reality;
use crate::extract::names::Party;
use crate::knowledge::vocab::EncounterType;
use crate::nlp::{Deprel, Upos};

/// States to which one clause sends people, at most.
const MOST_SENT: usize = 4;

/// Visitors and the country they go to, one visit for each country.
pub(super) fn visits(at: &Place<'_, '_>, places: Places<'_>) -> Vec<(&'static str, Vec<Actor>, Option<Party>)> {
    let (visitors, goals, construction) = if at.verb { verb_visit(at) } else { noun_visit(at) };
    let visitors: Vec<Actor> = visitors.into_iter().filter(|a| a.how != How::People).take(4).collect();
    let own = parties_of(&visitors);
    // "when they go to Nauru": two states travel nowhere, and nobody of theirs is meant.
    let nobody = own.len() > 1 && visitors.iter().all(|a| a.how == How::Collective && a.person.is_none());
    if visitors.is_empty() || nobody {
        return Vec::new();
    }
    let mut hosts: Vec<Party> = Vec::new();
    // "visited members Gabon, Algeria and Libya"
    let named = |g: usize| {
        let below = at.tree.kids_by(g, &[Deprel::Appos, Deprel::Flat]).flat_map(|k| at.tree.with_conjuncts(k));
        let group = at.scene.at(at.s, g).is_none() && at.tree.tok(g).pos == Upos::Noun;
        at.tree.with_conjuncts(g).into_iter().chain(below.filter(|_| group).collect::<Vec<_>>()).collect::<Vec<_>>()
    };
    for head in goals.into_iter().flat_map(named) {
        if let Some(party) = goal_party(at, head, places)
            && !own.contains(&party)
            && !hosts.contains(&party)
        {
            hosts.push(party);
        }
    }
    if hosts.is_empty() && hosts::says_here(at) {
        hosts.extend(dateline_party(at.scene, places).filter(|p| !own.contains(p)));
    }
    if hosts.is_empty() {
        return if own.len() > 1 || at.verb { Vec::new() } else { vec![(construction, visitors, None)] };
    }
    // "sent missions to" a dozen states: no visit of note to each.
    if construction == "sends" && hosts.len() > MOST_SENT {
        return Vec::new();
    }
    hosts
        .into_iter()
        .map(|party| {
            let host = Actor { party, person: None, how: How::Name };
            (construction, visitors.iter().copied().chain([host]).collect(), Some(party))
        })
        .collect()
}

/// "the visiting Kenyan minister": the visitor, and where he is: in the country of the dateline, else the other one's.
pub(super) fn visiting(at: &Place<'_, '_>, places: Places<'_>) -> Option<(Vec<Actor>, Party)> {
    let tree = at.tree;
    let before_noun = matches!(tree.tok(at.i).deprel, Deprel::Amod | Deprel::Compound)
        && tree.form(at.i).eq_ignore_ascii_case("visiting");
    let head = tree.head(at.i).filter(|h| before_noun && *h > at.i)?;
    let goes = |a: &Actor| a.person.is_some() || matches!(a.how, How::Official | How::Title);
    let visitors: Vec<Actor> = usable(actors::of_phrase(at.scene, at.s, head)).into_iter().filter(goes).collect();
    let own = parties_of(&visitors);
    let [one] = own.as_slice() else { return None };
    let host = dateline_party(at.scene, places)
        .filter(|d| d != one)
        .or_else(|| at.scene.home.filter(|h| h != one))
        .or_else(|| missing_side(at, *one).map(|m| m.0))?;
    Some((visitors, host))
}

type Journey = (Vec<Actor>, Vec<usize>, &'static str);

fn verb_visit(at: &Place<'_, '_>) -> Journey {
    let (scene, tree, s, i) = (at.scene, at.tree, at.s, at.i);
    // "will send a team to Oslo": those who are sent act for the sender.
    if traps::sends(at) {
        let sent = tree.patients(i);
        let named = usable(actors::of_phrases(scene, s, &sent)).into_iter().filter(|a| a.person.is_some());
        let sender = usable(actors::of_phrases(scene, s, &tree.agents(i))).into_iter();
        let visitors: Vec<Actor> = named.chain(sender.map(|a| Actor { person: None, ..a })).collect();
        let to = tree.obliques(i).into_iter().chain(sent.iter().flat_map(|p| tree.obliques(*p)));
        return (visitors, to.filter(|o| o.0 == "to").map(|o| o.1).collect(), "sends");
    }
    let visitors = usable(actors::of_phrases(scene, s, &tree.agents(i)));
    let mut goals = tree.patients(i);
    goals.extend(
        tree.obliques(i)
            .into_iter()
            .filter(|(p, _)| matches!(*p, "to" | "in" | "for" | "into" | "at" | "from"))
            .map(|o| o.1),
    );
    (visitors, goals, "verb")
}

fn noun_visit(at: &Place<'_, '_>) -> Journey {
    let (scene, tree, s, i) = (at.scene, at.tree, at.s, at.i);
    let mut visitors = Vec::new();
    let mut goals = Vec::new();
    let mut how = "noun";
    for h in tree.kids_by(i, &[Deprel::NmodPoss, Deprel::Compound, Deprel::Amod, Deprel::NmodUnmarked]) {
        let pronoun = matches!(tree.lemma(h), "his" | "her" | "their");
        visitors.extend(if pronoun { possessor(at, h) } else { actors::of_phrase(scene, s, h) });
    }
    for (prep, head) in tree.obliques(i) {
        match prep {
            "by" | "of" => visitors.extend(usable(actors::of_phrase(scene, s, head))),
            "to" | "in" | "from" => goals.push(head),
            _ => {}
        }
    }
    if let Some(g) = governor(tree, i) {
        if visitors.is_empty() {
            how = "noun-governed";
            // "was greeted on arrival by": who is received has come.
            let received =
                tree.passive(g) && matches!(tree.lemma(g), "greet" | "receive" | "welcome" | "host" | "meet");
            let who = if received { tree.kids_by(g, &[Deprel::NsubjPass]).collect() } else { tree.agents(g) };
            visitors.extend(usable(actors::of_phrases(scene, s, &who)));
        }
        if goals.is_empty() {
            let near = tree.obliques(g).into_iter().filter(|(p, h)| matches!(*p, "to" | "in" | "for") && *h != i);
            goals.extend(near.map(|o| o.1));
            if tree.tok(i).deprel != Deprel::Obj {
                goals.extend(tree.patients(g).into_iter().filter(|p| *p != i));
            }
        }
    }
    (visitors, goals, how)
}

/// "Baldrige will be in Peking from April 21", "who is here for talks", "is due in Oslo": who is in another state's city has
/// gone there.
pub(super) fn presence(at: &Place<'_, '_>, places: Places<'_>, out: &mut Vec<EncounterCandidate>) {
    let (scene, tree, s, i) = (at.scene, at.tree, at.s, at.i);
    let here = tree.lemma(i) == "here";
    if !here && !matches!(tree.case_of(i), Some("in" | "at")) {
        return;
    }
    let copula = tree.kids_by(i, &[Deprel::Cop]).next().is_some();
    let due = tree.head(i).filter(|h| !copula && tree.lemma(*h) == "due" && !tree.verbal(*h));
    if !copula && due.is_none() {
        return;
    }
    let host = if here { dateline_party(scene, places) } else { goal_party(at, i, places) };
    let Some(host) = host else { return };
    let subjects = tree.agents(due.unwrap_or(i));
    let goes = |a: &Actor| a.person.is_some() || matches!(a.how, How::Official | How::Title);
    let visitors: Vec<Actor> = actors::of_phrases(scene, s, &subjects)
        .into_iter()
        .filter(|a| goes(a) && a.party != host && !a.person.is_some_and(|p| hosts::resides(scene, p)))
        .collect();
    if visitors.is_empty() {
        return;
    }
    let sides: Vec<Actor> = visitors.into_iter().chain([Actor { party: host, person: None, how: How::Name }]).collect();
    let reality = match due.is_some() || tree.auxiliaries(i).iter().any(|a| matches!(*a, "will" | "'ll")) {
        true => Reality::Planned,
        false => Reality::Present,
    };
    let construction = if due.is_some() { "due" } else { "presence" };
    add(at, EncounterType::Visit, reality, construction, (sides, Some(host)), places, out);
}
