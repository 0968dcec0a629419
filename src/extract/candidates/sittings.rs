//! Separate sittings that one clause tells of, and with whom each was: "met with A and, in another meeting, with B".

use super::acts::governor;
use super::encounters::usable;
use super::{Place, parties_of};
use crate::extract::actors::{self, Actor, How};
use crate::extract::names::Party;
use crate::extract::syntax::Tree;
use crate::nlp::Deprel;
use std::collections::BTreeSet;

/// "The visit will include discussions with Togo and Chad": of a press release's own side with each.
fn with_each(at: &Place<'_, '_>) -> Vec<Vec<Actor>> {
    let (scene, tree, s) = (at.scene, at.tree, at.s);
    let with: Vec<usize> = tree.obliques(at.i).into_iter().filter(|o| o.0 == "with").map(|o| o.1).collect();
    let theirs = usable(actors::of_phrases(scene, s, &with));
    let agents = governor(tree, at.i).map(|g| tree.agents(g)).unwrap_or_default();
    let unknown = usable(actors::of_phrases(scene, s, &agents)).is_empty();
    let own = tree.kids_by(at.i, &[Deprel::NmodPoss, Deprel::Amod, Deprel::Compound]);
    let modified = own.into_iter().any(|k| scene.party_at(s, k).is_some());
    let Some(home) = scene.home.filter(|_| unknown && !modified) else { return Vec::new() };
    let parties = parties_of(&theirs);
    if parties.len() < 2 || parties.contains(&home) {
        return Vec::new();
    }
    let ours = Actor { party: home, person: scene.protagonist(), how: How::Collective };
    let of = |p: &Party| theirs.iter().copied().filter(|a| a.party == *p).chain([ours]).collect::<Vec<_>>();
    parties.iter().map(of).collect()
}

/// What stands behind "with", also where the parser has hung it on the place or the day: "met in Oslo on Friday with".
pub(super) fn with_phrases(at: &Place<'_, '_>, v: usize) -> Vec<usize> {
    let tree = at.tree;
    let mut out = Vec::new();
    for (p, h) in tree.obliques(v) {
        if p == "with" {
            out.push(h);
        } else if matches!(p, "in" | "at" | "on") {
            out.extend(tree.obliques(h).into_iter().filter(|o| o.0 == "with").map(|o| o.1));
        }
    }
    out
}

/// The list at `h`, parted where "with" is said again: "with A and B; with C".
fn groups(tree: &Tree<'_>, h: usize) -> Vec<Vec<usize>> {
    let mut all = tree.with_conjuncts(h);
    all.sort_unstable();
    let mut out: Vec<Vec<usize>> = Vec::new();
    for k in all {
        match out.last_mut() {
            Some(group) if k == h || tree.case_of(k) != Some("with") => group.push(k),
            _ => out.push(vec![k]),
        }
    }
    out
}

/// "met the president of Togo and, separately, with the ministers of Chad", "met with A, B and C in separate meetings": the sides
/// of each sitting.
pub(super) fn separate_sides(at: &Place<'_, '_>) -> Vec<Vec<Actor>> {
    let (scene, tree, s, v) = (at.scene, at.tree, at.s, at.i);
    if !at.verb {
        return with_each(at);
    }
    if matches!(tree.lemma(v), "discuss" | "exchange" | "negotiate") {
        return Vec::new();
    }
    let heads = tree.agents(v);
    let mut agents = usable(actors::of_phrases(scene, s, &heads));
    if agents.is_empty() && !heads.is_empty() {
        agents.extend(scene.home.map(|party| Actor { party, person: scene.protagonist(), how: How::Title }));
    }
    let own = parties_of(&agents);
    if own.len() != 1 {
        return Vec::new();
    }
    let theirs = |group: Vec<usize>| -> Vec<Actor> {
        let found = usable(group.into_iter().flat_map(|h| actors::of_one(scene, s, h)).collect()).into_iter();
        found.filter(|a| !own.contains(&a.party)).collect()
    };
    let heads = with_phrases(at, v);
    let with: Vec<Vec<Actor>> =
        heads.into_iter().flat_map(|h| groups(tree, h)).map(theirs).filter(|l| !l.is_empty()).collect();
    let both = |other: &Vec<Actor>| agents.iter().chain(other).copied().collect::<Vec<_>>();
    let sets: BTreeSet<Vec<Party>> = with.iter().map(|l| parties_of(l)).collect();
    if with.len() > 1 && sets.len() == with.len() && with.iter().all(|l| parties_of(l).len() == 1) {
        return with.iter().map(both).collect();
    }
    let apart = (0..tree.len())
        .any(|k| matches!(tree.lemma(k).to_lowercase().as_str(), "separate" | "separately") && tree.dominates(v, k));
    let patients = tree.patients(v).into_iter().map(|p| tree.with_conjuncts(p));
    let all: Vec<Actor> = patients.flat_map(theirs).chain(with.into_iter().flatten()).collect();
    let people: Vec<Actor> = all.iter().copied().filter(|a| a.person.is_some() && a.how == How::Person).collect();
    if apart && people.len() > 1 && parties_of(&all).len() == 1 {
        return people.into_iter().map(|p| both(&vec![p])).collect();
    }
    Vec::new()
}
