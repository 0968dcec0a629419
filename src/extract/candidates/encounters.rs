//! Encounter frames: who met, visited, called, attended.

use super::acts::governor;
use super::{EncounterCandidate, Features, Place, actor_features, parties_of};
use crate::extract::actors::{self, Actor, How};
use crate::extract::factuality::{self, Reality};
use crate::extract::names::Party;
use crate::extract::scene::At;
use crate::knowledge::NameKind;
use crate::knowledge::vocab::EncounterType;
use crate::nlp::{Deprel, Upos};
use compact_str::format_compact;
use std::collections::BTreeSet;

type Places<'p> = &'p dyn Fn(&str) -> Option<Party>;

pub(super) fn read(at: &Place<'_, '_>, kind: EncounterType, places: Places<'_>, out: &mut Vec<EncounterCandidate>) {
    let reality = factuality::of(at.tree, at.i);
    let found = if kind == EncounterType::Visit {
        visit(at, places)
    } else if at.verb {
        verb_sides(at, kind)
    } else {
        noun_sides(at)
    };
    let Some((construction, sides)) = found else { return };
    let mut sides = sides;
    let mut seen = BTreeSet::new();
    sides.retain(|a| seen.insert((a.party, a.person)));
    let mut parties = parties_of(&sides);
    let mut completed = false;
    if parties.len() == 1 {
        let Some(other) = missing_side(at, parties[0]) else { return };
        parties.push(other);
        parties.sort_unstable();
        completed = true;
    }
    if parties.len() < 2 || parties.len() > 12 {
        return;
    }
    let persons: BTreeSet<usize> = sides.iter().filter_map(|a| a.person).collect();
    let place = place_of(at);
    let features = features(at, kind, reality, construction, &sides, completed, &parties);
    out.push(EncounterCandidate {
        kind,
        parties,
        persons: persons.into_iter().collect(),
        place,
        reality,
        date: at
            .scene
            .date_for(at.s, at.i)
            .copied()
            .or_else(|| governor(at.tree, at.i).and_then(|g| at.scene.date_for(at.s, g)).copied()),
        source: at.source(construction),
        features,
    });
}

fn features(
    at: &Place<'_, '_>,
    kind: EncounterType,
    reality: Reality,
    construction: &str,
    sides: &[Actor],
    completed: bool,
    parties: &[Party],
) -> Features {
    let mut f = at.features(reality);
    f.insert(format_compact!("type={kind}"));
    f.insert(format_compact!("construction={construction}"));
    f.insert(format_compact!("type+construction={kind}+{construction}"));
    f.insert(format_compact!("type+reality={kind}+{}", reality.as_str()));
    f.insert(format_compact!("parties={}", parties.len().min(5)));
    if completed {
        f.insert(format_compact!("completed={kind}"));
    }
    let persons = sides.iter().filter(|a| a.person.is_some()).count();
    f.insert(format_compact!("persons={}", persons.min(3)));
    for (role, a) in ["first", "second"].iter().zip(sides) {
        actor_features(at.scene, role, a, &mut f);
    }
    let worst = parties.iter().map(|p| at.scene.rank(*p)).max().unwrap_or(0).min(5);
    f.insert(format_compact!("worst-rank={worst}"));
    if let Some(g) = governor(at.tree, at.i).filter(|_| !at.verb) {
        f.insert(format_compact!("governor={}", at.tree.lemma(g)));
        f.insert(format_compact!("role={}", at.tree.tok(at.i).deprel.as_str()));
    }
    if at.scene.date_for(at.s, at.i).is_some() {
        f.insert("dated".into());
    }
    if at.tree.form(at.i).ends_with('s') && !at.verb && !matches!(at.tree.lemma(at.i), "talk" | "talks") {
        f.insert("plural".into());
    }
    f
}

/// The other side where only one is said: the other one of the article's main dyad, if this one belongs to it.
fn missing_side(at: &Place<'_, '_>, party: Party) -> Option<Party> {
    let (a, b) = at.scene.main_dyad()?;
    if party == a {
        Some(b)
    } else if party == b {
        Some(a)
    } else {
        None
    }
}

fn usable(list: Vec<Actor>) -> Vec<Actor> {
    list.into_iter().filter(|a| !matches!(a.how, How::Other)).collect()
}

fn verb_sides(at: &Place<'_, '_>, _kind: EncounterType) -> Option<(&'static str, Vec<Actor>)> {
    let (tree, s, v) = (at.tree, at.s, at.i);
    let agents = usable(actors::of_phrases(at.scene, s, &tree.agents(v)));
    let mut others = usable(actors::of_phrases(at.scene, s, &tree.patients(v)));
    let with: Vec<usize> = tree
        .obliques(v)
        .into_iter()
        .filter(|(p, _)| matches!(*p, "with" | "between" | "by" | "alongside" | "to"))
        .map(|o| o.1)
        .collect();
    others.extend(usable(actors::of_phrases(at.scene, s, &with)));
    if agents.is_empty() && others.len() < 2 {
        return None;
    }
    // "meet demand", "address the issue", "join the club": something must be met.
    if others.is_empty()
        && parties_of(&agents).len() < 2
        && tree.patients(v).iter().any(|p| !tree.nominal(*p) || !person_like(at, *p))
    {
        return None;
    }
    let construction = if others.is_empty() { "verb-together" } else { "verb-with" };
    let sides: Vec<Actor> = agents.into_iter().chain(others).collect();
    (!sides.is_empty()).then_some((construction, sides))
}

/// Whether a phrase can stand for people who are met: a person, a title, an official, a collective.
fn person_like(at: &Place<'_, '_>, h: usize) -> bool {
    at.scene.at(at.s, h).is_some()
        || actors::speaks_for_state(at.tree.lemma(h))
        || matches!(
            at.tree.lemma(h),
            "counterpart" | "leader" | "official" | "minister" | "him" | "her" | "they" | "he" | "she"
        )
}

fn noun_sides(at: &Place<'_, '_>) -> Option<(&'static str, Vec<Actor>)> {
    let (scene, tree, s, n) = (at.scene, at.tree, at.s, at.i);
    let mut sides: Vec<Actor> = Vec::new();
    let mut construction = "noun-bare";
    for (prep, head) in tree.obliques(n) {
        if matches!(prep, "between" | "with" | "of" | "among" | "involving" | "by") {
            let found = usable(actors::of_phrases(scene, s, head_list(head).as_slice()));
            if !found.is_empty() {
                construction = match prep {
                    "between" | "among" => "noun-between",
                    "with" => "noun-with",
                    _ => "noun-of",
                };
                sides.extend(found);
            }
        }
    }
    for h in tree.kids_by(n, &[Deprel::NmodPoss, Deprel::Compound, Deprel::Amod, Deprel::NmodUnmarked]) {
        let pronoun = matches!(tree.lemma(h), "his" | "her" | "their" | "our" | "its");
        let found = if pronoun { possessor(at, h) } else { actors::of_phrase(scene, s, h) };
        if !found.is_empty() {
            if construction == "noun-bare" {
                construction = "noun-modified";
            }
            sides.extend(found);
        }
    }
    let distinct = parties_of(&sides).len();
    if let Some(g) = governor(tree, n) {
        // "held talks with", "opened talks", "attended the summit": who does that takes part.
        let direct = matches!(
            tree.tok(n).deprel,
            Deprel::Obj | Deprel::Obl | Deprel::NsubjPass | Deprel::Conj | Deprel::Xcomp | Deprel::Nmod
        );
        if direct {
            let agents = usable(actors::of_phrases(scene, s, &tree.agents(g)));
            let with: Vec<usize> = tree
                .obliques(g)
                .into_iter()
                .filter(|(p, h)| matches!(*p, "with" | "between" | "by") && *h != n)
                .map(|o| o.1)
                .collect();
            let more = usable(actors::of_phrases(scene, s, &with));
            if distinct < 2 {
                if !agents.is_empty() {
                    construction = if tree.tok(n).deprel == Deprel::Obl { "governor-obl" } else { "governor" };
                }
                sides.extend(agents);
                sides.extend(more);
            } else if tree.tok(n).deprel == Deprel::Obj {
                sides.extend(agents.into_iter().filter(|a| a.person.is_some()));
            }
        }
    }
    // A name in apposition to the summit, "the US-EU summit": both are modifiers already.
    (!sides.is_empty()).then_some((construction, sides))
}

fn head_list(h: usize) -> [usize; 1] {
    [h]
}

/// Whom "his", "their", "our" means.
fn possessor(at: &Place<'_, '_>, h: usize) -> Vec<Actor> {
    let (scene, tree, s) = (at.scene, at.tree, at.s);
    match tree.lemma(h) {
        "his" | "her" => scene
            .last_person(s, h)
            .and_then(|m| {
                scene.people.persons[m.person].party.map(|party| Actor {
                    party,
                    person: Some(m.person),
                    how: How::Pronoun,
                })
            })
            .into_iter()
            .collect(),
        "their" | "our" => scene
            .dyad_at(s, h)
            .map(|(a, b)| [a, b].into_iter().map(|party| Actor { party, person: None, how: How::Collective }).collect())
            .unwrap_or_default(),
        _ => Vec::new(),
    }
}

/// Visitors and the country they go to.
fn visit(at: &Place<'_, '_>, places: Places<'_>) -> Option<(&'static str, Vec<Actor>)> {
    let (scene, tree, s, i) = (at.scene, at.tree, at.s, at.i);
    let mut visitors = Vec::new();
    let mut goals: Vec<usize> = Vec::new();
    let construction;
    if at.verb {
        construction = "verb";
        visitors.extend(usable(actors::of_phrases(scene, s, &tree.agents(i))));
        goals.extend(tree.patients(i));
        goals.extend(
            tree.obliques(i)
                .into_iter()
                .filter(|(p, _)| matches!(*p, "to" | "in" | "for" | "into" | "at" | "from"))
                .map(|o| o.1),
        );
    } else {
        let mut how = "noun";
        for h in tree.kids_by(i, &[Deprel::NmodPoss, Deprel::Compound, Deprel::Amod, Deprel::NmodUnmarked]) {
            let found = if matches!(tree.lemma(h), "his" | "her" | "their") {
                possessor(at, h)
            } else {
                actors::of_phrase(scene, s, h)
            };
            visitors.extend(found);
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
                visitors.extend(usable(actors::of_phrases(scene, s, &tree.agents(g))));
            }
            if goals.is_empty() {
                goals.extend(
                    tree.obliques(g)
                        .into_iter()
                        .filter(|(p, h)| matches!(*p, "to" | "in" | "for") && *h != i)
                        .map(|o| o.1),
                );
                if tree.tok(i).deprel != Deprel::Obj {
                    goals.extend(tree.patients(g).into_iter().filter(|p| *p != i));
                }
            }
        }
        construction = how;
    }
    if visitors.is_empty() {
        return None;
    }
    let mut hosts: Vec<Actor> = Vec::new();
    for g in goals {
        for head in tree.with_conjuncts(g) {
            if let Some(party) = goal_party(at, head, places) {
                hosts.push(Actor { party, person: None, how: How::Name });
            }
        }
    }
    let own = parties_of(&visitors);
    hosts.retain(|h| !own.contains(&h.party));
    // Several stops are several visits; the first one is read here, the others at their own words.
    hosts.truncate(1);
    if hosts.is_empty() && own.len() > 1 {
        return None;
    }
    if at.verb && hosts.is_empty() {
        return None;
    }
    visitors.truncate(4);
    Some((construction, visitors.into_iter().chain(hosts).collect()))
}

/// The country that a goal lies in: its name, its capital, a city.
fn goal_party(at: &Place<'_, '_>, h: usize, places: Places<'_>) -> Option<Party> {
    match at.scene.at(at.s, h) {
        Some(At::Party(m)) if !matches!(at.scene.parties[m].kind, NameKind::Adjective) => {
            Some(at.scene.parties[m].party)
        }
        Some(_) => None,
        None => {
            if at.tree.tok(h).pos == Upos::Propn {
                return place_text(at, h).and_then(|p| places(&p));
            }
            let found = actors::modifiers(at.scene, at.tree, at.s, h);
            match (found.as_slice(), at.tree.lemma(h)) {
                ([one], "capital" | "city" | "republic" | "kingdom" | "island" | "town" | "country" | "port") => {
                    Some(*one)
                }
                _ => None,
            }
        }
    }
}

fn place_text(at: &Place<'_, '_>, h: usize) -> Option<String> {
    let tree = at.tree;
    if tree.tok(h).pos != Upos::Propn && !matches!(at.scene.at(at.s, h), Some(At::Party(_))) {
        return None;
    }
    let mut first = h;
    let mut last = h;
    for k in tree.subtree(h) {
        if tree.tok(k).pos == Upos::Propn && k.abs_diff(h) < 5 {
            if k < first && (k..first).all(|j| tree.tok(j).pos == Upos::Propn) {
                first = k;
            }
            if k > last && (last..=k).all(|j| tree.tok(j).pos == Upos::Propn) {
                last = k;
            }
        }
    }
    Some(tree.tok(first).span.join(tree.tok(last).span).of(tree.text).to_owned())
}

/// City or venue: "in Seoul", "at the White House", of the trigger or the verb above it.
fn place_of(at: &Place<'_, '_>) -> Option<String> {
    let mut from = vec![at.i];
    from.extend(governor(at.tree, at.i));
    for k in from {
        for (prep, head) in at.tree.obliques(k) {
            if !matches!(prep, "in" | "at" | "to") || at.tree.tok(head).pos != Upos::Propn {
                continue;
            }
            let named_state = matches!(at.scene.at(at.s, head), Some(At::Party(m)) if matches!(at.scene.parties[m].kind, NameKind::Name | NameKind::Adjective | NameKind::Noun));
            if named_state && prep == "to" {
                continue;
            }
            if matches!(at.scene.at(at.s, head), Some(At::Person(_) | At::Title(_))) {
                continue;
            }
            if let Some(text) = place_text(at, head)
                && !crate::extract::dates::is_calendar_word(&text)
            {
                return Some(text);
            }
        }
    }
    None
}
