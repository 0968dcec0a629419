//! Visits that meetings imply: who is met in the other side's country has gone there. One visit is proposed for each pair of
//! states that meet and of which no frame has read a visit; where the sides were is told by the places that the text names.

use super::{EncounterCandidate, Features, Place, Source, hosts, places as sites};
use crate::extract::factuality::Reality;
use crate::extract::names::Party;
use crate::extract::scene::Scene;
use crate::knowledge::lexicon::Lexicon;
use crate::knowledge::vocab::EncounterType;
use crate::nlp::{Deprel, Upos};
use compact_str::format_compact;
use std::collections::{BTreeMap, BTreeSet};

type Places<'p> = &'p dyn Fn(&str) -> Option<Party>;

/// Appends the implied visits.
pub(super) fn imply(scene: &Scene<'_>, lexicon: &Lexicon, places: Places<'_>, out: &mut Vec<EncounterCandidate>) {
    let visited: BTreeSet<Vec<Party>> =
        out.iter().filter(|e| e.kind == EncounterType::Visit).map(|e| e.parties.clone()).collect();
    let mut pairs: BTreeMap<Vec<Party>, Vec<usize>> = BTreeMap::new();
    for (i, e) in out.iter().enumerate() {
        let states = e.parties.iter().all(|p| matches!(p, Party::Country(_)));
        let meets = matches!(e.kind, EncounterType::Meeting | EncounterType::Gathering);
        if meets && states && e.parties.len() == 2 && !visited.contains(&e.parties) {
            pairs.entry(e.parties.clone()).or_default().push(i);
        }
    }
    if pairs.is_empty() {
        return;
    }
    let present = presences(scene, lexicon, places);
    let dateline = sites::dateline_party(scene, places);
    for (parties, meetings) in pairs {
        // The clearest reading of the meeting lends the visit its sentence and its date.
        let Some(best) =
            meetings.iter().min_by_key(|m| (out[**m].features.contains("loose"), **m)).map(|m| out[*m].clone())
        else {
            continue;
        };
        let near = |p: Party| present.iter().any(|(s, q)| *q == p && s.abs_diff(best.source.sent) <= 1);
        let far = |p: Party| present.iter().any(|(_, q)| *q == p);
        let there = |p: Party| {
            if near(p) {
                "near"
            } else if far(p) {
                "far"
            } else {
                "no"
            }
        };
        let (a, b) = (parties[0], parties[1]);
        // Where no place of either state is told, nothing says that somebody travelled.
        if !far(a) && !far(b) && dateline.is_none_or(|d| d != a && d != b)
            || best.features.contains("loose") && !near(a) && !near(b)
        {
            continue;
        }
        // The host is where the text is; failing that, the home of a press release is where visitors come from.
        let score = |p: Party| 2 * u8::from(near(p)) + u8::from(far(p)) + u8::from(dateline == Some(p));
        let host = match score(a).cmp(&score(b)) {
            std::cmp::Ordering::Greater => a,
            std::cmp::Ordering::Less => b,
            std::cmp::Ordering::Equal if scene.home == Some(a) => b,
            std::cmp::Ordering::Equal => a,
        };
        let visitor = if host == a { b } else { a };
        let persons = travellers(scene, visitor, best.source.sent, meetings.iter().flat_map(|m| &out[*m].persons));
        let mut f: Features = best
            .features
            .iter()
            .filter(|f| {
                ["frame=", "reality=", "construction=", "place=", "named-here=", "ruled=", "spread="]
                    .iter()
                    .any(|k| f.starts_with(k))
            })
            .map(|f| format_compact!("met-{f}"))
            .collect();
        f.add("loose");
        f.add("implied-visit");
        f.put(format_args!("type={}", EncounterType::Visit));
        f.put(format_args!("meeting-loose={}", best.features.contains("loose")));
        f.put(format_args!("there={}+{}", there(host), there(visitor)));
        f.put(format_args!("host-home={}", scene.home == Some(host)));
        f.put(format_args!("visitor-home={}", scene.home == Some(visitor)));
        f.put(format_args!("host-home+there={}+{}", scene.home == Some(host), there(host)));
        f.put(format_args!("dateline-host={}", dateline == Some(host)));
        f.put(format_args!("visitors={}", persons.len().min(2)));
        f.put(format_args!("met-type={}", best.kind));
        let mut source = best.source.clone();
        source.rule = "visit/implied".into();
        out.push(EncounterCandidate {
            kind: EncounterType::Visit,
            persons,
            host: Some(host),
            features: f,
            source,
            ..best
        });
    }
}

/// Who of the visiting state has travelled: whom the meetings name, else its officials who are named beside them.
fn travellers<'p>(scene: &Scene<'_>, visitor: Party, sent: usize, met: impl Iterator<Item = &'p usize>) -> Vec<usize> {
    let goes = |p: &usize| scene.people.persons[*p].party == Some(visitor) && !hosts::resides(scene, *p);
    let named: BTreeSet<usize> = met.copied().filter(goes).collect();
    if !named.is_empty() {
        return named.into_iter().collect();
    }
    let near = scene.people.mentions.iter().filter(|m| m.sent.abs_diff(sent) <= 2).map(|m| m.person);
    let officials: BTreeSet<usize> =
        near.filter(|p| goes(p) && scene.people.persons[*p].office.is_some()).take(2).collect();
    officials.into_iter().collect()
}

/// "OSLO, May 3 - Chilean Trade Minister Ana Soto said": who speaks where the report is filed has gone there.
pub(super) fn speakers(scene: &Scene<'_>, places: Places<'_>, out: &mut Vec<EncounterCandidate>) {
    let Some(host) = sites::dateline_party(scene, places) else { return };
    let mut seen: BTreeSet<Party> = out
        .iter()
        .filter(|e| e.kind == EncounterType::Visit && e.parties.contains(&host))
        .flat_map(|e| e.parties.iter().copied())
        .collect();
    let here = scene.doc.sentences.iter().flat_map(|s| &s.tokens).filter(|t| t.lemma == "here").count();
    for m in scene.people.mentions.iter().filter(|m| m.sent <= LEAD) {
        let person = &scene.people.persons[m.person];
        let (Some(party @ Party::Country(_)), Some(office)) = (person.party, person.office) else { continue };
        let Some(tree) = scene.trees[m.sent].as_ref() else { continue };
        let subject = (m.from..=m.to.min(tree.len().saturating_sub(1)))
            .find(|k| matches!(tree.tok(*k).deprel, Deprel::Nsubj | Deprel::NsubjOuter));
        let Some((k, verb)) = subject.and_then(|k| Some((k, tree.head(k)?))) else { continue };
        if party == host || hosts::resides(scene, m.person) || !seen.insert(party) {
            continue;
        }
        let mut parties = vec![party, host];
        parties.sort_unstable();
        let meets = out.iter().filter(|e| e.parties == parties).count();
        let city = scene.doc.sentences.iter().find_map(|s| s.dateline).map_or("", |d| d.of(scene.doc.text));
        let seat = ["GENEVA", "BRUSSELS", "NEW YORK", "VIENNA", "UNITED NATIONS", "LUXEMBOURG", "STRASBOURG"];
        let seat = seat.iter().any(|c| city.starts_with(c));
        let hosts = scene.people.persons.iter().filter(|p| p.party == Some(host) && p.office.is_some()).count();
        let local = |s: &crate::nlp::Sentence| s.tokens.iter().any(|t| t.lemma == "here");
        let mut f = Features::new();
        f.add("loose");
        f.add("dateline-speaker");
        f.put(format_args!("type={}", EncounterType::Visit));
        for (name, value) in [
            ("verb", tree.lemma(verb).to_owned()),
            ("office", office.to_string()),
            ("entry", format!("{:?}", person.entry)),
            ("sent", m.sent.to_string()),
            ("here", here.min(2).to_string()),
            ("here-said", local(&scene.doc.sentences[m.sent]).to_string()),
            ("seat", seat.to_string()),
            ("meets", meets.min(2).to_string()),
            ("hosts", hosts.min(2).to_string()),
            ("hosts+meets", format!("{}+{}", hosts.min(1), meets.min(1))),
            ("rank", format!("{}+{}", scene.rank(party).min(3), scene.rank(host).min(3))),
            ("home", (scene.home == Some(party)).to_string()),
        ] {
            f.put(format_args!("speaker-{name}={value}"));
        }
        let at = Source { sent: m.sent, tok: k, rule: "visit/dateline-speaker".into() };
        let place = city.split([',', '(']).next().map(|c| sites::titled(c.trim()));
        out.push(EncounterCandidate {
            kind: EncounterType::Visit,
            parties,
            persons: vec![m.person],
            place: place.filter(|p| !p.is_empty()),
            host: Some(host),
            reality: Reality::Present,
            date: scene.date_for(m.sent, verb).copied(),
            source: at,
            features: f,
        });
    }
}

/// The last sentence in which a speaker is looked for.
const LEAD: usize = 2;

/// The sentences in which something is "in" or "at" a place of a state, with that state.
fn presences(scene: &Scene<'_>, lexicon: &Lexicon, places: Places<'_>) -> Vec<(usize, Party)> {
    let Some(frame) = lexicon.frames.iter().find(|f| f.name == "visit") else { return Vec::new() };
    let mut out = Vec::new();
    for (s, tree) in scene.trees.iter().enumerate().filter_map(|(s, t)| t.as_ref().map(|t| (s, t))) {
        for i in 0..tree.len() {
            if tree.tok(i).pos == Upos::Propn && matches!(tree.case_of(i), Some("in" | "at" | "to")) {
                let at = Place { scene, tree, s, i, frame, lexicon, verb: false };
                let all = tree.with_conjuncts(i);
                out.extend(all.into_iter().filter_map(|k| sites::goal_party(&at, k, places)).map(|p| (s, p)));
            }
        }
    }
    out
}
