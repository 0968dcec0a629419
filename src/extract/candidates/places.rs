//! Where an encounter takes place: cities and venues of its clause, the state in which they lie, the city of the dateline.

use super::Place;
use super::acts::governor;
use super::encounters::Places;
use crate::extract::actors;
use crate::extract::names::Party;
use crate::extract::scene::At;
use crate::knowledge::NameKind;
use crate::nlp::{Deprel, Upos};

/// The state in which a place lies that the text names.
pub(super) fn place_party(at: &Place<'_, '_>, place: &str, places: Places<'_>) -> Option<Party> {
    let scene = at.scene;
    scene
        .parties
        .iter()
        .find(|m| names_place(m.span.of(scene.doc.text), place) && m.kind != NameKind::Adjective)
        .map(|m| m.party)
        .or_else(|| places(place))
        .filter(|p| matches!(p, Party::Country(_)))
}

/// Whether a mention is the name of a place, or begins with it: "Washington, D.C.".
pub(crate) fn names_place(mention: &str, place: &str) -> bool {
    mention.strip_prefix(place).is_some_and(|rest| rest.is_empty() || rest.starts_with(','))
}

/// The state from which the article is filed ("PEKING, April 13 -").
pub(super) fn dateline_party(scene: &crate::extract::scene::Scene<'_>, places: Places<'_>) -> Option<Party> {
    let line = scene.doc.sentences.iter().find_map(|s| s.dateline)?.of(scene.doc.text);
    let city: String = line.split([',', '(', '-', '–', '—', '/']).next().unwrap_or("").trim().to_owned();
    let title = titled(&city);
    // Of a former state and those after it, the one of which the article speaks.
    let mut capitals: Vec<(bool, Party)> = Vec::new();
    for (i, c) in scene.gazetteer.countries.iter().enumerate() {
        if c.forms.iter().any(|f| f.kind == NameKind::Capital && f.text == title)
            && let Ok(i) = u16::try_from(i)
        {
            capitals.push((c.until.is_none(), Party::Country(i)));
        }
    }
    let told = capitals.iter().filter(|c| scene.salience(c.1) > 0.0).max_by_key(|c| std::cmp::Reverse(scene.rank(c.1)));
    let now = capitals.iter().find(|c| c.0);
    told.or(now).map(|c| c.1).or_else(|| places(&title))
}

/// "MEXICO CITY" → "Mexico City".
pub(super) fn titled(city: &str) -> String {
    city.split_whitespace().map(capitalized).collect::<Vec<_>>().join(" ")
}

pub(super) fn capitalized(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map(|c| c.to_uppercase().chain(chars.flat_map(char::to_lowercase)).collect()).unwrap_or_default()
}

/// "the Paris talks": a city before the noun, by itself, is where they are held.
pub(super) fn names_the_venue(at: &Place<'_, '_>, h: usize) -> bool {
    let city = matches!(at.scene.at(at.s, h), Some(At::Party(m))
        if matches!(at.scene.parties[m].kind, NameKind::Capital | NameKind::City));
    city && matches!(at.tree.tok(h).deprel, Deprel::Compound | Deprel::Amod | Deprel::NmodUnmarked)
        && actors::modifiers(at.scene, at.tree, at.s, at.i).len() == 1
}

/// The city of "the Paris talks".
pub(super) fn venue_before(at: &Place<'_, '_>) -> Option<String> {
    let mut kids = at.tree.kids_by(at.i, &[Deprel::Compound, Deprel::Amod, Deprel::NmodUnmarked]);
    kids.find(|h| !at.verb && names_the_venue(at, *h)).and_then(|h| place_at(at, "in", h))
}

/// The country that a goal lies in: its name, its capital, a city.
pub(super) fn goal_party(at: &Place<'_, '_>, h: usize, places: Places<'_>) -> Option<Party> {
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

pub(super) fn place_text(at: &Place<'_, '_>, h: usize) -> Option<String> {
    let (first, last) = place_tokens(at, h)?;
    Some(at.tree.tok(first).span.join(at.tree.tok(last).span).of(at.tree.text).to_owned())
}

/// The first and last token of the name of a place.
pub(super) fn place_tokens(at: &Place<'_, '_>, h: usize) -> Option<(usize, usize)> {
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
    Some((first, last))
}

/// First words of names of places, which taggers take for adjectives: "the White House", "New Delhi".
const EPITHETS: [&str; 9] = ["White", "Blue", "New", "Saudi", "United", "South", "North", "East", "West"];

/// City or venue: "in Seoul", "at the White House", "at the presidential office in Seoul", of the trigger or the verb above it.
pub(super) fn place_of(at: &Place<'_, '_>) -> Option<String> {
    let mut from = vec![at.i];
    from.extend(governor(at.tree, at.i));
    // "attending the summit held in Gyeongju"
    let told = at.tree.patients(at.i).into_iter().chain([at.i]);
    let clauses: Vec<usize> =
        told.flat_map(|n| at.tree.kids_by(n, &[Deprel::Acl, Deprel::AclRelcl]).collect::<Vec<_>>()).collect();
    from.extend(clauses);
    let mut venues = Vec::new();
    for k in from {
        for (prep, head) in at.tree.obliques(k) {
            if matches!(prep, "in" | "at" | "to") {
                if let Some(text) = place_at(at, prep, head) {
                    return Some(text);
                }
                venues.push(head);
            }
        }
    }
    venues.into_iter().find_map(|v| {
        let inside = at.tree.obliques(v).into_iter().filter(|(p, _)| matches!(*p, "in" | "at" | "of"));
        inside.into_iter().find_map(|(p, h)| place_at(at, p, h))
    })
}

/// A city in the trigger's clause, on whatever word the parser has hung it: "met the minister on Friday in Oslo".
pub(super) fn clause_place(at: &Place<'_, '_>, places: Places<'_>) -> Option<String> {
    let tree = at.tree;
    let top = if at.verb { at.i } else { governor(tree, at.i).unwrap_or(at.i) };
    let stays = |k: usize| {
        tree.head(k).is_some_and(|h| {
            matches!(at.scene.at(at.s, h), Some(At::Title(_)))
                || matches!(
                    tree.lemma(h),
                    "ambassador" | "embassy" | "envoy" | "correspondent" | "office" | "mission" | "born"
                )
        })
    };
    let inside = |k: &usize| {
        tree.tok(*k).pos == Upos::Propn
            && tree.case_of(*k) == Some("in")
            && tree.dominates(top, *k)
            && !tree.in_clause_below(top, *k)
            && !stays(*k)
    };
    let city = |k: &usize| match at.scene.at(at.s, *k) {
        Some(At::Party(m)) => matches!(at.scene.parties[m].kind, NameKind::Capital | NameKind::City),
        Some(_) => false,
        None => goal_party(at, *k, places).is_some(),
    };
    (0..tree.len()).filter(inside).find(city).and_then(|k| place_at(at, "in", k))
}

/// Names that are of bodies and occasions, and are no place that one can be in.
pub(super) fn no_place(lemma: &str) -> bool {
    let lemma = lemma.to_lowercase();
    matches!(
        lemma.as_str(),
        "group"
            | "government"
            | "peace"
            | "summit"
            | "conference"
            | "forum"
            | "meeting"
            | "dialogue"
            | "commission"
            | "committee"
            | "council"
            | "bank"
            | "fund"
            | "organization"
            | "organisation"
            | "union"
            | "community"
            | "association"
            | "program"
            | "programme"
            | "initiative"
            | "partnership"
            | "alliance"
            | "agreement"
            | "treaty"
            | "act"
            | "minister"
            | "ministers"
            | "president"
            | "secretary"
            | "delegation"
            | "board"
            | "agency"
            | "company"
            | "corporation"
            | "talks"
            | "democracy"
            | "cabinet"
            | "authority"
            | "plan"
            | "exchange"
            | "mechanism"
    )
}

pub(super) fn place_at(at: &Place<'_, '_>, prep: &str, head: usize) -> Option<String> {
    if at.tree.tok(head).pos != Upos::Propn || matches!(at.scene.at(at.s, head), Some(At::Person(_) | At::Title(_))) {
        return None;
    }
    let named_state = matches!(at.scene.at(at.s, head), Some(At::Party(m))
        if matches!(at.scene.parties[m].kind, NameKind::Name | NameKind::Adjective | NameKind::Noun));
    // "discussed the situation in Kenya": what is spoken of is no place.
    let spoken_of = named_state && matches!(at.tree.lemma(at.i), "discuss" | "discussion" | "exchange");
    if named_state && prep == "to" || spoken_of || no_place(at.tree.lemma(head)) {
        return None;
    }
    let (mut first, mut last) = place_tokens(at, head)?;
    let tree = at.tree;
    // "the Department of State", not its first word.
    let office =
        matches!(tree.form(last), "Department" | "Ministry" | "Office" | "Palace" | "House" | "Embassy" | "University");
    let named = |k: usize| tree.tok(k).pos == Upos::Propn && tree.form(k).starts_with(char::is_uppercase);
    if office && last + 2 < tree.len() && tree.form(last + 1) == "of" && named(last + 2) {
        last += 2;
        while last + 1 < tree.len() && named(last + 1) {
            last += 1;
        }
    }
    // "Peace in Kenya": a name ends before a small word.
    if let Some(small) =
        (first + 1..=last).find(|k| matches!(tree.form(*k), "in" | "for" | "on" | "with" | "to" | "and"))
    {
        last = small - 1;
    }
    while first > 0 && EPITHETS.contains(&tree.tok(first - 1).span.of(tree.text)) {
        first -= 1;
    }
    let text = tree.tok(first).span.join(tree.tok(last).span).of(tree.text);
    (!crate::extract::dates::is_calendar_word(text)).then(|| text.to_owned())
}
