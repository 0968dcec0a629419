//! Whether a person took part in an encounter: what the judge is told of it.

use crate::extract::candidates::{EncounterCandidate, Features, names_place};
use crate::extract::names::Party;
use crate::extract::persons::PersonMention;
use crate::extract::scene::Scene;
use crate::extract::syntax::Tree;
use crate::knowledge::NameKind;
use crate::knowledge::vocab::{EncounterStatus, EncounterType};
use crate::nlp::{Deprel, Upos};
use compact_str::format_compact;
use std::collections::BTreeSet;

/// Verbs of a sentence that become features, at most.
const MOST_VERBS: usize = 8;

/// Features of a person's part in the encounter that `members` tell of; `others` tell of the article's other encounters.
pub(super) fn features(
    scene: &Scene<'_>,
    members: &[&EncounterCandidate],
    others: &[&[&EncounterCandidate]],
    status: EncounterStatus,
    person: usize,
) -> Features {
    let mut f = Features::new();
    let p = &scene.people.persons[person];
    let told = members.iter().filter(|m| m.persons.contains(&person)).count();
    let nearest = nearest(scene, members, person);
    let how = match (told, nearest.map_or(usize::MAX, |n| n.1.unsigned_abs())) {
        (0, 0) => "sentence",
        (0, 1) => "beside",
        (0, _) => "article",
        (n, _) if n == members.len() => "all",
        _ => "some",
    };
    let kind = members.first().map_or(EncounterType::Meeting, |m| m.kind);
    f.put(format_args!("how={how}"));
    f.put(format_args!("how+type={how}+{kind}"));
    f.put(format_args!("how+status={how}+{status}"));
    f.put(format_args!("how+type+status={how}+{kind}+{status}"));
    if let Some(m) = members.iter().find(|m| m.persons.contains(&person)).or(members.first()) {
        f.put(format_args!("how+rule={how}+{}", m.source.rule));
    }
    let mentions = mentions_of(scene, person);
    let same_party = |o: &usize| scene.people.persons[*o].party == p.party;
    let officials: Vec<usize> = (0..scene.people.persons.len())
        .filter(|o| same_party(o) && scene.people.persons[*o].office.is_some())
        .collect();
    let rank = officials.iter().filter(|o| mentions_of(scene, **o) > mentions).count();
    f.put(format_args!("how+rank={how}+{}", rank.min(3)));
    let first = scene.people.mentions.iter().find(|m| m.person == person).map_or(99, |m| m.sent);
    f.put(format_args!(
        "how+first={how}+{}",
        match first {
            0 => "headline",
            1..=3 => "lead",
            4..=8 => "early",
            _ => "late",
        }
    ));
    f.put(format_args!("office+type={}+{kind}", p.office.map_or("none", |o| o.as_str())));
    f.put(format_args!("office={}", p.office.map_or("none", |o| o.as_str())));
    f.put(format_args!("entry={:?}", p.entry));
    f.put(format_args!("of-party={}", officials.len().min(4)));
    f.put(format_args!("how+mentions={how}+{}", mentions.min(3)));
    let named: BTreeSet<usize> = members.iter().flat_map(|m| m.persons.iter().copied()).collect();
    let same_side = named.iter().any(|o| same_party(o) && *o != person);
    f.put(format_args!("how+same-side-named={how}+{same_side}+{kind}"));
    if kind == EncounterType::Visit {
        let host = members.iter().all(|m| !m.persons.iter().any(same_party));
        f.put(format_args!("host-side={host}+{how}"));
    }
    if scene.home == p.party {
        f.put(format_args!("home+{how}"));
    }
    // Visitors are not at home.
    if let Some(place) = members.iter().find_map(|m| place_party(scene, m.place.as_deref()?)) {
        let home = p.party == Some(place);
        f.put(format_args!("at-home={home}+{kind}"));
        f.put(format_args!("at-home={home}+{kind}+{how}"));
    }
    elsewhere(members, others, person, how, &mut f);
    if let Some((mention, distance)) = nearest {
        f.put(format_args!("distance={}", distance.clamp(-4, 4)));
        context(scene, mention, &named, how, kind, &mut f);
    }
    f
}

/// In how many other encounters of the article the person is named: who travels with the visitor meets whom the visitor meets.
fn elsewhere(
    members: &[&EncounterCandidate],
    others: &[&[&EncounterCandidate]],
    person: usize,
    how: &str,
    f: &mut Features,
) {
    let parties = |m: &&EncounterCandidate| m.parties.clone();
    let mine = members.first().map(parties);
    let with = |o: &&&[&EncounterCandidate]| o.iter().any(|m| m.persons.contains(&person));
    let count = others.iter().filter(with).count();
    let same = others.iter().filter(with).filter(|o| o.first().map(parties) == mine).count();
    f.put(format_args!("elsewhere={how}+{}", count.min(3)));
    f.put(format_args!("elsewhere-same={how}+{}", same.min(2)));
    if !others.is_empty() && count == others.len() {
        f.put(format_args!("everywhere={how}"));
    }
}

/// The person's mention that stands nearest to the sentences that tell of the encounter, and how many sentences after them.
fn nearest<'s>(
    scene: &Scene<'s>,
    members: &[&EncounterCandidate],
    person: usize,
) -> Option<(&'s PersonMention, isize)> {
    let mine = scene.people.mentions.iter().filter(|m| m.person == person);
    mine.flat_map(|m| members.iter().map(move |t| (m, m.sent.cast_signed() - t.source.sent.cast_signed())))
        .min_by_key(|(_, distance)| distance.unsigned_abs())
}

/// The words around the person's name.
fn context(
    scene: &Scene<'_>,
    mention: &PersonMention,
    named: &BTreeSet<usize>,
    how: &str,
    kind: EncounterType,
    f: &mut Features,
) {
    let beside = scene.people.mentions.iter().filter(|m| m.sent == mention.sent && m.person != mention.person);
    let beside: BTreeSet<usize> = beside.map(|m| m.person).collect();
    let party = scene.people.persons[mention.person].party;
    let own = beside.iter().filter(|o| scene.people.persons[**o].party == party).count();
    f.put(format_args!("list={how}+{}", own.min(3)));
    f.put(format_args!("beside-named={how}+{}", beside.intersection(named).count().min(2)));
    let Some(tree) = scene.trees.get(mention.sent).and_then(Option::as_ref) else {
        f.put(format_args!("c:unparsed={how}"));
        return;
    };
    let (top, listed) = top(tree, mention);
    if listed {
        f.put(format_args!("c:listed={how}+{kind}"));
    }
    let (rel, case) = (tree.tok(top).deprel.as_str(), tree.case_of(top).unwrap_or("-"));
    f.put(format_args!("c:rel={how}+{rel}+{case}"));
    f.put(format_args!("c:rel={kind}+{rel}+{case}"));
    if let Some(governor) = tree.head(top) {
        f.put(format_args!("c:governor={}+{rel}", tree.lemma(governor)));
        f.put(format_args!("c:governor={how}+{}", tree.lemma(governor)));
    }
    let mut up = tree.head(top);
    for _ in 0..8 {
        let Some(u) = up else { break };
        if tree.verbal(u) {
            f.put(format_args!("c:verb={kind}+{}", tree.lemma(u)));
            f.put(format_args!("c:verb={how}+{}+{case}", tree.lemma(u)));
            break;
        }
        up = tree.head(u);
    }
    let verbs = (0..tree.len()).filter(|k| tree.tok(*k).pos == Upos::Verb).take(MOST_VERBS);
    f.extend(verbs.map(|k| format_compact!("c:said={how}+{}", tree.lemma(k))));
    if (0..tree.len()).any(|k| tree.lemma(k) == "delegation") {
        f.put(format_args!("c:delegation={how}+{kind}"));
    }
}

/// The word of a name by which its sentence governs it, above titles and lists that it stands in; and whether in a list.
fn top(tree: &Tree<'_>, mention: &PersonMention) -> (usize, bool) {
    let last = tree.len().saturating_sub(1);
    let (from, to) = (mention.first.min(last), mention.last.min(last));
    let mut at = (from..=to).find(|k| tree.head(*k).is_none_or(|h| h < from || h > to)).unwrap_or(from);
    let mut listed = false;
    for _ in 0..12 {
        let rel = tree.tok(at).deprel;
        if !matches!(rel, Deprel::Conj | Deprel::Appos | Deprel::Flat | Deprel::Compound) {
            break;
        }
        let Some(h) = tree.head(at) else { break };
        listed |= rel == Deprel::Conj;
        at = h;
    }
    (at, listed)
}

/// The state in which a place lies that the text names.
fn place_party(scene: &Scene<'_>, place: &str) -> Option<Party> {
    let named =
        scene.parties.iter().find(|m| names_place(m.span.of(scene.doc.text), place) && m.kind != NameKind::Adjective);
    named.map(|m| m.party)
}

fn mentions_of(scene: &Scene<'_>, person: usize) -> usize {
    scene.people.mentions.iter().filter(|m| m.person == person).count()
}
