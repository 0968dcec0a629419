//! Encounter frames: who met, visited, called, attended.

use super::acts::governor;
use super::places::{clause_place, dateline_party, names_the_venue, place_of, place_party, venue_before};
use super::sittings::{separate_sides, with_phrases};
use super::trips::{visiting, visits};
use super::{EncounterCandidate, Features, Place, actor_features, hosts, loose, parties_of, remote, timing, traps};
use crate::extract::actors::{self, Actor, How};
use crate::extract::dates::DateMention;
use crate::extract::factuality::{self, Reality};
use crate::extract::names::Party;
use crate::extract::scene::{At, date_case};
use crate::knowledge::NameKind;
use crate::knowledge::vocab::EncounterType;
use crate::nlp::{Deprel, Upos};
use compact_str::CompactString;
use std::collections::BTreeSet;

pub(super) type Places<'p> = &'p dyn Fn(&str) -> Option<Party>;

/// Reads the encounters that a trigger tells: by its frame's roles, loosely where those give nothing.
pub(super) fn read(at: &Place<'_, '_>, kind: EncounterType, places: Places<'_>, out: &mut Vec<EncounterCandidate>) {
    let kind = remote::kind(at, traps::of_a_dialogue(at, kind));
    // "calls for reform", "called on Iran to stop": a demand, no encounter.
    if at.tree.lemma(at.i) == "call" && demands(at) {
        return;
    }
    // "Visit our homepage": told to the reader.
    if at.verb && at.i == 0 && at.tree.form(0) == "Visit" && at.tree.agents(0).is_empty() {
        return;
    }
    if !at.verb && (hosts::tells_of_a_crowd(at) || hosts::part_of_a_name(at)) {
        return;
    }
    // "calls on the minister": a visit of courtesy, read elsewhere.
    let calls_on = at.frame.name == "call"
        && at.tree.lemma(at.i) == "call"
        && at.i + 1 < at.tree.len()
        && matches!(at.tree.lemma(at.i + 1), "on" | "upon" | "off");
    if calls_on {
        return;
    }
    if at.frame.name == "gather" && (hosts::addresses_a_thing(at) || traps::joined_by(at) || remote::joins_a_call(at)) {
        return;
    }
    if traps::takes_part_in_a_thing(at) || traps::spoken_of(at) || traps::standing(at) || traps::with_whom_is_unsaid(at)
    {
        return;
    }
    if remote::speaks_to_hearers(at)
        || traps::asks_readers(at)
        || traps::left_behind(at)
        || traps::of_a_board(at)
        || traps::rumoured(at)
    {
        return;
    }
    if at.frame.name == "gather" && at.verb && traps::crowd_goes(at) || traps::is_a_chance(at) {
        return;
    }
    if kind == EncounterType::Visit
        && (traps::crowd_goes(at) || traps::turns_to_a_body(at) || traps::sends(at) && !traps::sends_people(at))
    {
        return;
    }
    if hosts::meets_a_thing(at) || kind == EncounterType::Visit && hosts::stays_at_home(at, places) {
        return;
    }
    let first = out.len();
    by_roles(at, kind, places, out);
    // "talks with bankers": the other side is told, and is no state.
    let others = || hosts::among_themselves(at) || hosts::counterpart(at) == "other" || of_one_state(at);
    let silent = hosts::tells_little(at) || kind == EncounterType::Meeting && others();
    if out.len() == first && !silent {
        by_company(at, kind, out);
    }
}

/// Whether a "call" is one for something, or on somebody to do it.
fn demands(at: &Place<'_, '_>) -> bool {
    let (tree, i) = (at.tree, at.i);
    let with = tree.obliques(i).iter().any(|(p, _)| matches!(*p, "with" | "between"));
    let wants = tree.obliques(i).iter().any(|(p, _)| *p == "for")
        || tree.kids(i).any(|k| tree.verbal(k) && tree.infinitive(k))
        || tree.sent.tokens.get(i + 1).is_some() && tree.lemma(i + 1) == "for";
    wants && !with
}

/// The parties of the trigger's sentence, whatever their roles; the text's home or main dyad where it names one or none.
fn by_company(at: &Place<'_, '_>, kind: EncounterType, out: &mut Vec<EncounterCandidate>) {
    let scene = at.scene;
    let (mut named, unnamed): (Vec<_>, Vec<_>) =
        loose::standings(at).into_iter().partition(|l| !l.role.starts_with("absent"));
    // "talks in London between Togo and Chad": where others meet takes no part by that.
    if kind != EncounterType::Visit {
        let there = |l: &loose::Standing| l.how == How::Name && only_a_venue(at, l.party);
        if named.iter().filter(|l| !there(l)).count() > 1 {
            named.retain(|l| !there(l));
        }
    }
    // A gathering or a call in which less than two sides are named is most often one of another kind: a rally, a call for help.
    let spoken = matches!(at.tree.lemma(at.i), "conference" | "briefing" | "session" | "assembly" | "congress");
    if at.frame.name == "gather" && spoken && !joint(at) {
        return;
    }
    let loosely = match at.frame.name.as_str() {
        "gather" => joint(at),
        "call" => !matches!(at.tree.lemma(at.i), "call" | "conversation"),
        _ => true,
    };
    if named.len() < 2 && !loosely {
        return;
    }
    if at.frame.name == "call"
        && !loosely
        && !at.tree.kids(at.i).any(|k| matches!(at.tree.lemma(k), "phone" | "telephone" | "video" | "with" | "between"))
    {
        return;
    }
    let mut sets: Vec<(Vec<Party>, &str)> = Vec::new();
    // "the minister's visit to Togo and Chad": the visitor is of neither.
    let goal =
        |l: &loose::Standing| matches!(l.role.as_str(), "object" | "object-sub" | "to" | "to-sub" | "in" | "in-sub");
    if kind == EncounterType::Visit && named.len() > 1 && named.iter().all(goal) && scene.home.is_some() {
        let home = unnamed.iter().find(|u| u.role == "absent-home");
        sets.extend(home.into_iter().flat_map(|h| named.iter().map(|l| (vec![h.party, l.party], "each"))));
    }
    match named.as_slice() {
        _ if !sets.is_empty() => {}
        [] => {
            if let Some((a, b)) = scene.main_dyad().filter(|_| scene.ruled_by_dyad()) {
                sets.push((vec![a, b], "none"));
            }
        }
        [one] => sets.extend(unnamed.first().map(|u| (vec![one.party, u.party], "one"))),
        [a, b] => sets.push((vec![a.party, b.party], "two")),
        all => {
            sets.push((all.iter().map(|l| l.party).collect(), "many"));
            sets.push((all[..2].iter().map(|l| l.party).collect(), "first-two"));
        }
    }
    let reality = timing::reality(at);
    for (mut parties, company) in sets {
        parties.sort_unstable();
        let persons: BTreeSet<usize> = (0..at.tree.len())
            .filter_map(|k| match scene.at(at.s, k) {
                Some(At::Person(m)) => Some(scene.people.mentions[m].person),
                _ => None,
            })
            .filter(|p| scene.people.persons[*p].party.is_some_and(|party| parties.contains(&party)))
            .collect();
        let sides: Vec<Actor> = named
            .iter()
            .filter(|l| parties.contains(&l.party))
            .map(|l| Actor { party: l.party, person: None, how: l.how })
            .collect();
        let mut f = features(at, kind, reality, "company", &sides, "", &parties);
        f.add("loose");
        f.put(format_args!("company={company}"));
        f.put(format_args!("company+trigger={company}+{}", at.tree.lemma(at.i)));
        f.put(format_args!("company+frame={company}+{}", at.frame.name));
        f.put(format_args!("in-sentence={}", persons.len().min(3)));
        for l in named.iter().filter(|l| parties.contains(&l.party)).take(2) {
            f.put(format_args!("role={}", l.role));
        }
        super::explicit_features(at, &parties, &mut f);
        surround(at, kind, &parties, &mut f);
        out.push(EncounterCandidate {
            kind,
            parties,
            persons: persons.into_iter().collect(),
            place: place_of(at),
            host: None,
            reality,
            date: scene.date_for(at.s, at.i).copied(),
            source: at.source("company"),
            features: f,
        });
    }
}

/// Whether a state stands in the sentence only as the one whose city is a place: "in London".
fn only_a_venue(at: &Place<'_, '_>, party: Party) -> bool {
    let stands: Vec<usize> = (0..at.tree.len()).filter(|k| at.scene.party_at(at.s, *k) == Some(party)).collect();
    let venue = |k: usize| {
        matches!(at.scene.at(at.s, k), Some(At::Party(m))
            if matches!(at.scene.parties[m].kind, NameKind::Capital | NameKind::City))
            && matches!(at.tree.case_of(k), Some("in" | "at" | "near" | "outside"))
    };
    let name = |k: &usize| !at.tree.head(*k).is_some_and(|h| stands.contains(&h));
    stands.iter().filter(|k| name(k)).all(|k| venue(*k))
}

/// The construction of sittings that are told as separate ones.
const EACH: &str = "verb-with-each";

fn by_roles(at: &Place<'_, '_>, kind: EncounterType, places: Places<'_>, out: &mut Vec<EncounterCandidate>) {
    let reality = timing::reality(at);
    if kind == EncounterType::Visit {
        if let Some((mut sides, host)) = visiting(at, places) {
            sides.push(Actor { party: host, person: None, how: How::Name });
            add(at, kind, Reality::Present, "visiting", (sides, Some(host)), places, out);
            return;
        }
        for (construction, sides, host) in visits(at, places) {
            add(at, kind, reality, construction, (sides, host), places, out);
        }
        return;
    }
    let apart = if kind == EncounterType::Meeting { separate_sides(at) } else { Vec::new() };
    if apart.len() > 1 {
        for sides in apart {
            if let Some(meeting) = add(at, kind, reality, EACH, (sides, None), places, out) {
                journey(at, &meeting, places, out);
            }
        }
        return;
    }
    let found = if at.verb { verb_sides(at) } else { noun_sides(at) };
    let Some((construction, sides)) = found else { return };
    // "will meet officials in Jordan, Syria and Iran": talks with each, most likely.
    if kind == EncounterType::Meeting && parties_of(&sides).len() == 1 {
        for host in hosts::of_talks(at, &parties_of(&sides), places) {
            let there = Actor { party: host, person: None, how: How::Capital };
            let both = sides.iter().copied().chain([there]).collect();
            add(at, kind, reality, "in-place", (both, None), places, out);
            // A place in another one of the states is not this one's.
            if let Some(new) = out.last_mut()
                && new.place.as_deref().and_then(|p| place_party(at, p, places)).is_some_and(|p| p != host)
            {
                new.place = None;
            }
        }
    }
    if let Some(meeting) = add(at, kind, reality, construction, (sides, None), places, out)
        && kind != EncounterType::Call
    {
        journey(at, &meeting, places, out);
    }
}

/// Completes the sides, of which one may be the host, and adds the candidate.
pub(super) fn add(
    at: &Place<'_, '_>,
    kind: EncounterType,
    reality: Reality,
    construction: &'static str,
    (mut sides, mut host): (Vec<Actor>, Option<Party>),
    places: Places<'_>,
    out: &mut Vec<EncounterCandidate>,
) -> Option<EncounterCandidate> {
    let mut seen = BTreeSet::new();
    sides.retain(|a| seen.insert((a.party, a.person)));
    let mut parties = parties_of(&sides);
    let mut completed = "";
    let mut body = false;
    let mut guessed = None;
    if parties.len() == 1 {
        // A president who meets his own party's leaders: both sides are known, and are one state's.
        let persons = sides.iter().filter(|a| a.person.is_some()).count();
        if persons > 1
            && kind != EncounterType::Visit
            && (construction.ends_with("with") || hosts::counterpart(at) == "party")
        {
            return None;
        }
        // "told a briefing", "attended a ceremony": only what is held jointly has another state in it.
        if at.frame.name == "gather" && !joint(at) {
            return None;
        }
        // "talks with creditors": the other side is told, and is no state.
        if kind == EncounterType::Meeting && (hosts::counterpart(at) == "other" || hosts::own_body(at)) {
            return None;
        }
        // "talks between Oman and the rebels": both are told.
        if construction == "noun-between" && told_between(at) > 1 {
            return None;
        }
        let (other, how) = missing_side(at, parties[0])?;
        completed = how;
        if matches!(parties[0], Party::Organization(_)) {
            // "the Community's finance ministers' meeting", "the ASEAN summit": of its members.
            if how == "dyad" && !at.verb && matches!(construction, "noun-modified" | "noun-of") {
                return None;
            }
            body = true;
        }
        guessed = Some((parties[0], other));
        if kind == EncounterType::Visit {
            host = Some(other);
        } else if how.starts_with("home")
            && let Some(person) = at.scene.protagonist()
        {
            sides.push(Actor { party: other, person: Some(person), how: How::Collective });
        }
        parties.push(other);
        parties.sort_unstable();
    }
    if parties.len() < 2 || parties.len() > 12 {
        return None;
    }
    let persons: BTreeSet<usize> = sides.iter().filter_map(|a| a.person).collect();
    let mut features = features(at, kind, reality, construction, &sides, completed, &parties);
    if unresolved_agent(at) {
        features.add("unresolved-agent");
    }
    // "the Community's summit": most often its own members'.
    if body {
        features.put(format_args!("completed-body={construction}"));
        features.put(format_args!("completed-body={}", at.frame.name));
    }
    if let Some(guessed) = guessed {
        hosts::guess_features(at, guessed, places, &mut features);
    }
    super::explicit_features(at, &parties, &mut features);
    // Whom a pronoun or "the two sides" means stands in the sentence all the same.
    let meant = |p: &Party| {
        let by = |a: &&Actor| a.party == *p && !matches!(a.how, How::Name | How::Other);
        sides.iter().filter(by).count() > 0 && guessed.is_none_or(|g| g.1 != *p) && !at.names(*p)
    };
    let told: Vec<Party> = parties.iter().copied().filter(|p| !meant(p)).collect();
    for a in sides.iter().filter(|a| !told.contains(&a.party)) {
        features.put(format_args!("c:side={kind}+meant-{}", a.how.as_str()));
        features.put(format_args!("c:side=meant-{}", a.how.as_str()));
    }
    surround(at, kind, &told, &mut features);
    let off = factuality::called_off_by(at.tree, at.i).filter(|_| reality == Reality::Cancelled);
    let candidate = EncounterCandidate {
        kind,
        parties,
        persons: persons.into_iter().collect(),
        place: place_of(at).or_else(|| clause_place(at, places)).or_else(|| venue_before(at)),
        host,
        reality,
        date: match off {
            // The day of the cancellation is not the day of the visit.
            Some(verb) => own_date(at, verb),
            None => (at.scene.date_for(at.s, at.i))
                .or_else(|| governor(at.tree, at.i).and_then(|g| at.scene.date_for(at.s, g)))
                .copied(),
        },
        source: at.source(construction),
        features,
    };
    out.push(candidate.clone());
    if let Some(date) = off.and_then(|verb| new_date(at, verb)) {
        let mut features = features_of_the_new(&candidate.features);
        features.add("put-off");
        out.push(EncounterCandidate { reality: Reality::Planned, date: Some(date), features, ..candidate.clone() });
    }
    Some(candidate)
}

/// "The Danish envoy met the Danish minister": both sides are told, and are one state's.
fn of_one_state(at: &Place<'_, '_>) -> bool {
    let found = if at.verb { verb_sides(at) } else { noun_sides(at) };
    let one = |sides: &[Actor]| {
        parties_of(sides).len() == 1 && sides.iter().filter_map(|a| a.person).collect::<BTreeSet<_>>().len() > 1
    };
    hosts::counterpart(at) == "party" && found.is_some_and(|(_, sides)| one(&sides))
}

/// How many are named behind "between".
fn told_between(at: &Place<'_, '_>) -> usize {
    let mut between = at.tree.obliques(at.i).into_iter().filter(|o| matches!(o.0, "between" | "among"));
    between.next().map_or(0, |o| at.tree.with_conjuncts(o.1).len())
}

/// The date that stands below the noun: "the visit planned for May", "Thursday's meeting".
fn own_date(at: &Place<'_, '_>, verb: usize) -> Option<DateMention> {
    // Between the noun and its verb stands what tells of the noun: "the visit planned for May was cancelled".
    let of_noun = |d: &&DateMention| at.tree.dominates(at.i, d.first) || at.i < d.first && d.first < verb;
    let own = |d: &&DateMention| of_noun(d) && !is_new(at, verb, d);
    at.scene.dates_of(at.s).find(own).copied()
}

/// The day to which something is put off: "postponed to 5 December", "delayed until May", "rescheduled for Friday".
fn new_date(at: &Place<'_, '_>, verb: usize) -> Option<DateMention> {
    let mut dates = at.scene.dates_of(at.s).filter(|d| at.tree.dominates(verb, d.first));
    dates.find(|d| is_new(at, verb, d)).copied()
}

fn is_new(at: &Place<'_, '_>, verb: usize, date: &DateMention) -> bool {
    let to = match date_case(at.tree, date) {
        Some("to" | "until" | "till") => true,
        Some("for") => !at.tree.dominates(at.i, date.first),
        _ => false,
    };
    to && date.first > verb && factuality::puts_off(at.tree, verb)
}

/// The features of what is put off, as of what is planned.
fn features_of_the_new(old: &Features) -> Features {
    let (was, is) = (Reality::Cancelled.as_str(), Reality::Planned.as_str());
    let told = |f: &str| f.contains("reality=") && f.ends_with(was);
    old.iter().map(|f| if told(f) { f.replace(was, is).into() } else { CompactString::from(f) }).collect()
}

/// "a joint press conference", "their summit", "the bilateral forum".
fn joint(at: &Place<'_, '_>) -> bool {
    at.tree.kids(at.i).any(|k| {
        matches!(at.tree.lemma(k), "joint" | "bilateral" | "their" | "they" | "trilateral" | "annual" | "signing")
    })
}

/// Somebody acts whom the scene does not know: "the company met investors".
fn unresolved_agent(at: &Place<'_, '_>) -> bool {
    let v = if at.verb { Some(at.i) } else { governor(at.tree, at.i) };
    v.is_some_and(|v| super::unresolved_agent(at, v))
}

/// A leader who is shown in the other side's country has also made a visit there.
fn journey(at: &Place<'_, '_>, meeting: &EncounterCandidate, places: Places<'_>, out: &mut Vec<EncounterCandidate>) {
    let scene = at.scene;
    let (party, how) = match meeting.place.as_deref().and_then(|p| place_party(at, p, places)) {
        Some(party) => (party, "place"),
        None => match dateline_party(scene, places) {
            Some(party) if !elsewhere(at, meeting, party) => (party, "dateline"),
            _ => return,
        },
    };
    // "the two sides plan to meet next in Oslo": who will travel is not told.
    let unnamed = meeting.persons.is_empty() && meeting.reality == Reality::Planned && !at.verb;
    if !meeting.parties.contains(&party) || unnamed {
        return;
    }
    // Who has left the place of the dateline is not met there.
    let party = match meeting.parties.as_slice() {
        [a, b] if how == "dateline" && leaves(meeting, scene, out) == Some(party) => {
            if *a == party {
                *b
            } else {
                *a
            }
        }
        _ => party,
    };
    for visitor in meeting.parties.iter().filter(|p| **p != party && matches!(p, Party::Country(_))) {
        let theirs = |p: &usize| scene.people.persons[*p].party == Some(*visitor);
        let persons: Vec<usize> =
            meeting.persons.iter().copied().filter(|p| theirs(p) && !hosts::resides(scene, *p)).collect();
        if persons.is_empty() && (how == "dateline" || meeting.persons.iter().any(theirs)) {
            continue;
        }
        let mut parties = vec![*visitor, party];
        parties.sort_unstable();
        let sides: Vec<Actor> =
            persons.iter().map(|p| Actor { party: *visitor, person: Some(*p), how: How::Person }).collect();
        let mut features = features(at, EncounterType::Visit, meeting.reality, how, &sides, "", &parties);
        surround(at, EncounterType::Visit, &parties, &mut features);
        features.put(format_args!("journey={how}+{}", meeting.reality.as_str()));
        features.put(format_args!("journey-from={}", meeting.kind));
        out.push(EncounterCandidate {
            kind: EncounterType::Visit,
            parties,
            persons,
            host: Some(party),
            features,
            source: at.source(if how == "place" { "journey-place" } else { "journey-dateline" }),
            ..meeting.clone()
        });
    }
}

/// Whether the sentence names a city of another one who meets: "will visit Oslo for talks".
fn elsewhere(at: &Place<'_, '_>, meeting: &EncounterCandidate, party: Party) -> bool {
    let city = |m: &crate::extract::mentions::PartyMention| {
        m.sent == at.s && matches!(m.kind, NameKind::Capital | NameKind::City)
    };
    let stands = |k: usize| matches!(at.tree.tok(k).deprel, Deprel::Obl | Deprel::Nmod | Deprel::Obj);
    let mut cities = at.scene.parties.iter().filter(|m| city(m) && m.first < at.tree.len() && stands(m.first));
    cities.any(|m| m.party != party && meeting.parties.contains(&m.party))
}

/// "WASHINGTON - Secretary Hall leaves tomorrow on a tour. He will meet Peru's president": who travels is told already.
fn leaves(
    meeting: &EncounterCandidate,
    scene: &crate::extract::scene::Scene<'_>,
    out: &[EncounterCandidate],
) -> Option<Party> {
    let mut trips = out.iter().filter(|e| e.kind == EncounterType::Visit && !e.features.contains("loose"));
    let theirs = |e: &&EncounterCandidate| {
        e.persons.iter().any(|p| meeting.persons.contains(p) && scene.people.persons[*p].party != e.host)
    };
    trips.find(theirs).and_then(|e| e.persons.iter().find_map(|p| scene.people.persons[*p].party))
}

fn features(
    at: &Place<'_, '_>,
    kind: EncounterType,
    reality: Reality,
    construction: &str,
    sides: &[Actor],
    completed: &str,
    parties: &[Party],
) -> Features {
    let mut f = at.features(reality);
    f.put(format_args!("type={kind}"));
    f.put(format_args!("construction={construction}"));
    f.put(format_args!("type+construction={kind}+{construction}"));
    f.put(format_args!("type+reality={kind}+{}", reality.as_str()));
    f.put(format_args!("parties={}", parties.len().min(5)));
    if !completed.is_empty() {
        f.put(format_args!("completed={completed}"));
        f.put(format_args!("completed+type={completed}+{kind}"));
        f.put(format_args!("completed+construction={completed}+{construction}"));
    }
    let persons = sides.iter().filter(|a| a.person.is_some()).count();
    f.put(format_args!("persons={}", persons.min(3)));
    if kind == EncounterType::Meeting {
        let counterpart = hosts::counterpart(at);
        f.put(format_args!("counterpart={counterpart}"));
        f.put(format_args!("counterpart+construction={counterpart}+{construction}"));
        f.put(format_args!("counterpart+completed={counterpart}+{completed}"));
    }
    for (role, a) in ["first", "second"].iter().zip(sides) {
        actor_features(at.scene, role, a, &mut f);
    }
    let worst = parties.iter().map(|p| at.scene.rank(*p)).max().unwrap_or(0).min(5);
    f.put(format_args!("worst-rank={worst}"));
    if let Some(g) = governor(at.tree, at.i).filter(|_| !at.verb) {
        f.put(format_args!("governor={}", at.tree.lemma(g)));
        f.put(format_args!("role={}", at.tree.tok(at.i).deprel.as_str()));
        // "spoke after a session held to prepare for talks": how many nouns lie between it and its verb.
        let mut up = at.tree.head(at.i);
        let climb = std::iter::from_fn(|| {
            let k = up.filter(|k| *k != g)?;
            up = at.tree.head(k);
            Some(k)
        });
        f.put(format_args!("climb={}", climb.count().min(3)));
    }
    if at.scene.date_for(at.s, at.i).is_some() {
        f.add("dated");
    }
    if at.verb {
        f.put(format_args!("tense={}", tense(at)));
        f.put(format_args!("tense+type={kind}+{}", tense(at)));
    }
    if at.tree.kids_by(at.i, &[Deprel::Nummod]).next().is_some() {
        f.add("counted");
    }
    let next =
        |k: usize| matches!(at.tree.lemma(k), "next" | "future" | "follow-up") && at.tree.tok(k).deprel == Deprel::Amod;
    if !at.verb && at.tree.kids(at.i).any(next) {
        f.add("next-one");
    }
    if hosts::habitual(at) {
        f.add("habitual");
    }
    if at.tree.form(at.i).ends_with('s') && !at.verb && !matches!(at.tree.lemma(at.i), "talk" | "talks") {
        f.add("plural");
    }
    f
}

/// The form of the trigger's verb: "had met", "has met", "met", "meets", "to meet".
fn tense(at: &Place<'_, '_>) -> &'static str {
    let aux = at.tree.kids_by(at.i, &[Deprel::Aux]).map(|a| at.tree.form(a).to_lowercase()).collect::<Vec<_>>();
    let has = |w: &str| aux.iter().any(|a| a == w);
    let form = at.tree.form(at.i).to_lowercase();
    if has("had") {
        "had"
    } else if has("has") || has("have") || has("'ve") {
        "has"
    } else if has("will") || has("shall") {
        "will"
    } else if !aux.is_empty() && !has("to") && !has("is") && !has("are") && !has("was") && !has("were") {
        "modal"
    } else if at.tree.infinitive(at.i) {
        "infinitive"
    } else if form.ends_with("ing") {
        "ing"
    } else if form == at.tree.lemma(at.i) || form.ends_with('s') {
        "present"
    } else if at.tree.passive(at.i) {
        "passive"
    } else {
        "past"
    }
}

/// The words around, and how the first parties stand to the trigger.
fn surround(at: &Place<'_, '_>, kind: EncounterType, parties: &[Party], f: &mut Features) {
    let slots: Vec<(&str, Party)> = parties.iter().take(4).map(|p| ("side", *p)).collect();
    super::context::add(at, kind.as_str(), &slots, f);
}

/// The other side where only one is said, and on what the guess rests: the home of the text, else the other one of the
/// article's main dyad.
pub(super) fn missing_side(at: &Place<'_, '_>, party: Party) -> Option<(Party, &'static str)> {
    let (a, b) = at.scene.main_dyad()?;
    let found = match at.scene.home {
        Some(home) if home != party && (home == a || home == b) => Some((home, "home")),
        // A readout of a trip through two states tells more of them than of its own.
        Some(home) if home != party => Some((home, "home-far")),
        _ if party == a => Some((b, "dyad")),
        _ if party == b => Some((a, "dyad")),
        _ => None,
    };
    found.filter(|f| f.1.starts_with("home") || !is_but_a_place(at, f.0))
}

/// Whether the article names a state only by cities in which something is, or which stand before a noun: "the Paris talks".
fn is_but_a_place(at: &Place<'_, '_>, party: Party) -> bool {
    let scene = at.scene;
    let acts = |m: &crate::extract::mentions::PartyMention| {
        if !matches!(m.kind, NameKind::Capital | NameKind::City) {
            return true;
        }
        let Some(tree) = scene.trees.get(m.sent).and_then(Option::as_ref) else { return false };
        let k = m.last.min(tree.len() - 1);
        matches!(tree.tok(k).deprel, Deprel::Nsubj | Deprel::NsubjPass | Deprel::NmodPoss | Deprel::Conj | Deprel::Obj)
    };
    let own = |p: &usize| scene.people.persons[*p].party == Some(party);
    !scene.parties.iter().filter(|m| m.party == party).any(acts) && !(0..scene.people.persons.len()).any(|p| own(&p))
}

pub(super) fn usable(list: Vec<Actor>) -> Vec<Actor> {
    list.into_iter().filter(|a| !matches!(a.how, How::Other)).collect()
}

fn verb_sides(at: &Place<'_, '_>) -> Option<(&'static str, Vec<Actor>)> {
    let (tree, s, v) = (at.tree, at.s, at.i);
    let agents = usable(actors::of_phrases(at.scene, s, &tree.agents(v)));
    let patients = tree.patients(v);
    let mut others = usable(actors::of_phrases(at.scene, s, &patients));
    let mut with: Vec<usize> = tree
        .obliques(v)
        .into_iter()
        .filter(|(p, _)| matches!(*p, "with" | "between" | "by" | "alongside" | "to"))
        .map(|o| o.1)
        .collect();
    with.extend(with_phrases(at, v).into_iter().filter(|h| !with.contains(h)).collect::<Vec<_>>());
    others.extend(usable(actors::of_phrases(at.scene, s, &with)));
    if agents.is_empty() && others.len() < 2 {
        return None;
    }
    // "Officials met with the ministers of Togo and Chad": those who are met by somebody unknown do not meet each other.
    let unknown = agents.is_empty() && !tree.agents(v).is_empty() && !tree.passive(v);
    if unknown && at.frame.name == "meet" && parties_of(&others).len() > 1 {
        return None;
    }
    // To welcome a decision or to receive a report is no encounter; nor to call on people to stay at home.
    let personal = at.frame.name == "host" || at.frame.verbs.iter().any(|f| f == "call on") && tree.lemma(v) == "call";
    if personal && !others.iter().any(|a| a.person.is_some() || matches!(a.how, How::Title | How::Official)) {
        return None;
    }
    let met: Vec<usize> = patients
        .iter()
        .copied()
        .chain(
            tree.obliques(v)
                .into_iter()
                .filter(|(p, h)| {
                    // "met on Thursday" names nobody; "called on the minister" does.
                    (matches!(*p, "with" | "to") || *p == "on" && tree.lemma(v) == "call")
                        && !crate::extract::dates::is_calendar_word(tree.form(*h))
                })
                .map(|o| o.1),
        )
        .filter(|h| !at.scene.dates.iter().any(|d| d.sent == s && d.first <= *h && *h <= d.last))
        .collect();
    let discusses = matches!(tree.lemma(v), "discuss" | "exchange" | "negotiate" | "hold");
    if others.is_empty() && !discusses && met.iter().any(|p| !person_like(at, *p)) && at.frame.name != "gather" {
        return None;
    }
    if discusses && parties_of(&agents).len() + parties_of(&others).len() < 2 {
        return None;
    }
    let construction = if others.is_empty() { "verb-together" } else { "verb-with" };
    let sides: Vec<Actor> = agents.into_iter().chain(others).collect();
    (!sides.is_empty()).then_some((construction, sides))
}

/// Whether a phrase can stand for people who are met: a person, a title, an official, a collective.
pub(super) fn person_like(at: &Place<'_, '_>, h: usize) -> bool {
    // "Government Ministers": taggers take capitals for names and leave the plural.
    let lemma = at.tree.lemma(h).to_lowercase();
    let lemma = if at.tree.tok(h).pos == Upos::Propn { lemma.trim_end_matches('s') } else { lemma.as_str() };
    at.scene.at(at.s, h).is_some()
        || actors::speaks_for_state(lemma)
        || matches!(lemma, "counterpart" | "leader" | "official" | "minister" | "him" | "her" | "they" | "he" | "she")
}

fn noun_sides(at: &Place<'_, '_>) -> Option<(&'static str, Vec<Actor>)> {
    let (scene, tree, s, n) = (at.scene, at.tree, at.s, at.i);
    let mut sides: Vec<Actor> = Vec::new();
    let mut construction = "noun-bare";
    for (prep, head) in tree.obliques(n) {
        if matches!(prep, "between" | "with" | "of" | "among" | "involving" | "by") {
            let mut found = usable(actors::of_phrases(scene, s, head_list(head).as_slice()));
            // "a meeting of the Oman-Kenya Working Group": those for whom the body is named sit in it.
            if found.is_empty() && prep == "of" && traps::joint_body(tree.lemma(head)) {
                let parties = actors::modifiers(scene, tree, s, head);
                if parties.len() > 1 {
                    found.extend(parties.into_iter().map(|party| Actor { party, person: None, how: How::Official }));
                }
            }
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
        if names_the_venue(at, h) {
            continue;
        }
        let pronoun = matches!(tree.lemma(h), "his" | "her" | "their" | "our" | "its");
        let found = if pronoun { possessor(at, h) } else { actors::of_phrase(scene, s, h) };
        if !found.is_empty() {
            if construction == "noun-bare" {
                construction = "noun-modified";
            }
            sides.extend(found);
        }
    }
    // "Oman is in talks with Kenya": who is so takes part.
    if tree.kids_by(n, &[Deprel::Cop]).next().is_some() && tree.case_of(n) == Some("in") {
        let subjects: Vec<usize> = tree.kids_by(n, &[Deprel::Nsubj]).collect();
        let found = usable(actors::of_phrases(scene, s, &subjects));
        // Those with whom somebody talks who is not known do not talk with each other.
        if found.is_empty() && construction == "noun-with" && parties_of(&sides).len() > 1 {
            return None;
        }
        sides.extend(found);
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
pub(super) fn possessor(at: &Place<'_, '_>, h: usize) -> Vec<Actor> {
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
