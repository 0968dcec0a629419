//! Sittings of the ministers of a body's members, told by what they did there: "Community farm ministers failed to agree".

use super::{EncounterCandidate, Features, Source, places as sites};
use crate::extract::actors;
use crate::extract::factuality::{self, Reality};
use crate::extract::names::Party;
use crate::extract::scene::Scene;
use crate::extract::syntax::Tree;
use crate::knowledge::NameKind;
use crate::knowledge::vocab::{EncounterType, Office};
use crate::nlp::{Deprel, SentenceKind};
use std::collections::{BTreeMap, BTreeSet};

/// States whose part is told, at most: of more the body stands for all.
const MOST: usize = 8;

/// Appends the sittings, one a body.
pub(super) fn imply(scene: &Scene<'_>, out: &mut Vec<EncounterCandidate>) {
    let mut best: BTreeMap<Party, (u8, usize, usize, usize)> = BTreeMap::new();
    for (s, tree) in scene.trees.iter().enumerate().filter_map(|(s, t)| t.as_ref().map(|t| (s, t))) {
        for k in 0..tree.len() {
            let Some((body, verb)) = sitting(scene, tree, s, k) else { continue };
            // What was done shows a sitting best; what they might do shows none.
            let clear = match factuality::of(tree, verb) {
                Reality::Held | Reality::Negated => 0,
                Reality::Present => 1,
                Reality::Planned => 2,
                Reality::Hypothetical | Reality::Cancelled => continue,
            };
            let found = (clear, s, k, verb);
            best.entry(body).and_modify(|b| *b = found.min(*b)).or_insert(found);
        }
    }
    for (body, (_, s, k, verb)) in best {
        let states = members_that_act(scene, body);
        if let Some(tree) = scene.trees[s].as_ref().filter(|_| !states.is_empty() && states.len() <= MOST) {
            out.push(candidate(scene, tree, (s, k, verb), body, &states));
        }
    }
}

/// "EC finance ministers agreed": the body and the verb.
fn sitting(scene: &Scene<'_>, tree: &Tree<'_>, s: usize, k: usize) -> Option<(Party, usize)> {
    let who = tree.lemma(k).to_lowercase();
    let sits = matches!(who.as_str(), "minister" | "ministers" | "leader" | "leaders" | "governor" | "governors");
    if !sits
        || !tree.form(k).ends_with('s')
        || !matches!(tree.tok(k).deprel, Deprel::Nsubj | Deprel::NsubjPass | Deprel::Nmod)
    {
        return None;
    }
    let bodies = actors::modifiers(scene, tree, s, k);
    let [body @ Party::Organization(_)] = bodies.as_slice() else { return None };
    let mut verb = tree.head(k)?;
    // "a meeting of EC farm ministers broke up"
    if tree.tok(k).deprel == Deprel::Nmod {
        let session = matches!(tree.lemma(verb), "meeting" | "session" | "gathering" | "council" | "talks" | "talk");
        verb = if session { tree.head(verb).unwrap_or(verb) } else { return None };
    }
    let does = matches!(
        tree.lemma(verb),
        "agree"
            | "fail"
            | "decide"
            | "approve"
            | "adopt"
            | "discuss"
            | "consider"
            | "meet"
            | "debate"
            | "reject"
            | "endorse"
            | "back"
            | "begin"
            | "end"
            | "resume"
            | "hold"
            | "gather"
            | "attend"
            | "open"
            | "break"
            | "accept"
            | "ask"
            | "call"
            | "reach"
            | "try"
            | "continue"
            | "start"
            | "seek"
            | "conclude"
            | "review"
            | "study"
            | "clear"
    );
    does.then_some((*body, verb))
}

/// The members of a body that act or speak in the article, by name or by their ministers.
fn members_that_act(scene: &Scene<'_>, body: Party) -> BTreeSet<Party> {
    let Party::Organization(b) = body else { return BTreeSet::new() };
    let Some(organization) = scene.gazetteer.organizations.get(b as usize) else { return BTreeSet::new() };
    let member = |p: Party| {
        matches!(p, Party::Country(_)) && organization.members.iter().any(|m| m.as_str() == p.code(scene.gazetteer))
    };
    let acts = |s: usize, from: usize, to: usize| {
        let tree = scene.trees.get(s).and_then(Option::as_ref);
        tree.is_some_and(|t| {
            (from..=to.min(t.len().saturating_sub(1)))
                .any(|k| matches!(t.tok(k).deprel, Deprel::Nsubj | Deprel::NsubjPass | Deprel::Conj | Deprel::OblAgent))
        })
    };
    let names = scene.parties.iter().filter(|m| member(m.party));
    let mut out: BTreeSet<Party> = names
        .filter(|m| matches!(m.kind, NameKind::Name | NameKind::Capital) && acts(m.sent, m.first, m.last))
        .map(|m| m.party)
        .collect();
    let ministers = scene.people.persons.iter().filter(|p| p.office.is_some_and(|o| o != Office::Former));
    out.extend(ministers.filter_map(|p| p.party).filter(|p| member(*p)));
    out
}

fn candidate(
    scene: &Scene<'_>,
    tree: &Tree<'_>,
    (s, k, verb): (usize, usize, usize),
    body: Party,
    states: &BTreeSet<Party>,
) -> EncounterCandidate {
    let mut parties: Vec<Party> = states.iter().copied().chain([body]).collect();
    parties.sort_unstable();
    let persons: Vec<usize> = (0..scene.people.persons.len())
        .filter(|p| {
            let person = &scene.people.persons[*p];
            person.party.is_some_and(|q| states.contains(&q)) && person.office.is_some_and(|o| o != Office::Former)
        })
        .collect();
    let reality = match factuality::of(tree, verb) {
        Reality::Negated => Reality::Held,
        told => told,
    };
    let line = scene.doc.sentences.iter().find_map(|s| s.dateline).map_or("", |d| d.of(scene.doc.text));
    let city = line.split([',', '(']).next().unwrap_or("").trim();
    let seats = ["BRUSSELS", "LUXEMBOURG", "STRASBOURG", "VIENNA", "GENEVA"];
    let sits = |t: &crate::nlp::Token| {
        matches!(t.lemma.as_str(), "meeting" | "council" | "session" | "talk" | "talks" | "summit")
    };
    let spoken = scene.doc.sentences.iter().take(6).flat_map(|s| &s.tokens).any(sits);
    let lead = match (scene.doc.sentences[s].kind, s) {
        (SentenceKind::Headline, _) => "headline",
        (_, 0..=2) => "lead",
        _ => "later",
    };
    let mut f = Features::new();
    f.add("loose");
    f.add("council");
    f.put(format_args!("type={}", EncounterType::Gathering));
    for (name, value) in [
        ("verb", tree.lemma(verb).to_owned()),
        ("reality", reality.as_str().to_owned()),
        ("states", states.len().min(5).to_string()),
        ("persons", persons.len().min(3).to_string()),
        ("seat", seats.iter().any(|c| city.starts_with(c)).to_string()),
        ("body", body.code(scene.gazetteer).to_owned()),
        ("sitting", spoken.to_string()),
        ("lead", lead.to_owned()),
        ("of", (tree.tok(k).deprel == Deprel::Nmod).to_string()),
    ] {
        f.put(format_args!("council-{name}={value}"));
    }
    let place = Some(sites::titled(city)).filter(|p| !p.is_empty() && seats.iter().any(|c| city.starts_with(c)));
    EncounterCandidate {
        kind: EncounterType::Gathering,
        parties,
        persons,
        place,
        host: None,
        reality,
        date: scene.date_for(s, verb).copied(),
        source: Source { sent: s, tok: k, rule: "gather/council".into() },
        features: f,
    }
}
