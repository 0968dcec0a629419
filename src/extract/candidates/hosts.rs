//! Who is met and where: what a meeting's counterpart is, in which states talks take place, whether a journey leaves home.

use super::encounters::{person_like, usable};
use super::places::goal_party;
use super::{Features, Place, parties_of};
use crate::extract::actors;
use crate::extract::names::Party;
use crate::extract::scene::{At, Scene};
use crate::knowledge::vocab::Office;
use crate::nlp::{Deprel, Upos};

type Places<'p> = &'p dyn Fn(&str) -> Option<Party>;

/// "meet the criteria", "met its commitments", "meeting demand": what is fulfilled, not who is met.
pub(super) fn meets_a_thing(at: &Place<'_, '_>) -> bool {
    let (tree, i) = (at.tree, at.i);
    if tree.lemma(i) != "meet" && !tree.form(i).eq_ignore_ascii_case("meeting") {
        return false;
    }
    let object = |k: usize| {
        matches!(tree.tok(k).pos, Upos::Noun | Upos::Propn)
            && matches!(
                tree.lemma(k),
                "criterion"
                    | "criteria"
                    | "commitment"
                    | "demand"
                    | "target"
                    | "deadline"
                    | "need"
                    | "requirement"
                    | "obligation"
                    | "goal"
                    | "challenge"
                    | "standard"
                    | "cost"
                    | "condition"
                    | "objective"
                    | "expectation"
                    | "quota"
                    | "pledge"
                    | "payment"
                    | "shortfall"
                    | "threat"
                    | "resistance"
                    | "opposition"
                    | "definition"
                    | "benchmark"
                    | "deficit"
                    | "bill"
                    | "debt"
                    | "test"
            )
    };
    // The object, before any preposition or verb.
    let phrase = (i + 1..tree.len()).take(7).take_while(|k| {
        !matches!(tree.tok(*k).pos, Upos::Adp | Upos::Punct | Upos::Sconj | Upos::Aux)
            && (tree.tok(*k).pos != Upos::Verb || tree.form(*k).ends_with("ing") || tree.form(*k).ends_with("ed"))
    });
    // "the meeting demand that": a noun's own verb follows it.
    let own = |k: usize| tree.head(k) == Some(i) || tree.tok(k).deprel == Deprel::Obj;
    phrase.into_iter().any(|k| object(k) && own(k))
}

/// "boat arrivals", "a warning on travel", "the deputy chief of mission": many people, or an office, and no leader's journey.
pub(super) fn tells_of_a_crowd(at: &Place<'_, '_>) -> bool {
    let (tree, i) = (at.tree, at.i);
    let plural = tree.form(i).ends_with('s');
    match tree.lemma(i) {
        "arrival" | "gathering" => plural,
        "mission" => !tree.obliques(i).iter().any(|(p, _)| *p == "to"),
        "travel" => {
            let mut up = tree.head(i);
            if tree.tok(i).deprel == Deprel::Conj {
                up = up.and_then(|h| tree.head(h));
            }
            let about = |h: usize| {
                matches!(
                    tree.lemma(h),
                    "warning"
                        | "ban"
                        | "restriction"
                        | "advice"
                        | "advisory"
                        | "document"
                        | "curb"
                        | "industry"
                        | "agent"
                        | "agency"
                        | "bubble"
                        | "lane"
                        | "insurance"
                        | "resumption"
                        | "resume"
                        | "restrict"
                        | "cost"
                        | "allowance"
                )
            };
            let kind =
                |c: usize| matches!(tree.lemma(c), "cross-border" | "air" | "rail" | "leisure" | "international");
            up.is_some_and(about) || tree.kids(i).any(kind)
        }
        _ => false,
    }
}

/// A body of one state that sits or is met by its own: "a party meeting", "the cabinet met".
pub(super) fn own_body(at: &Place<'_, '_>) -> bool {
    let (tree, i) = (at.tree, at.i);
    let body = |k: usize| {
        matches!(
            tree.lemma(k).to_lowercase().as_str(),
            "party" | "cabinet" | "politburo" | "board" | "caucus" | "parliament" | "shareholder" | "staff" | "senate"
        )
    };
    if at.verb {
        counterparts(at).is_empty() && tree.lemma(i) == "meet" && tree.agents(i).into_iter().any(body)
    } else {
        let mut of = tree.obliques(i).into_iter().filter(|o| o.0 == "of").map(|o| o.1);
        tree.kids_by(i, &[Deprel::Compound, Deprel::Amod, Deprel::NmodPoss]).any(body) || of.any(body)
    }
}

/// Words that tell of an encounter only where their own sides are read: "welcomed the move", "goes to show", "boat arrivals",
/// "the mission", "negotiated a loan".
pub(super) fn tells_little(at: &Place<'_, '_>) -> bool {
    let lemma = at.tree.lemma(at.i);
    if matches!(at.frame.name.as_str(), "meet" | "gather") && own_body(at) {
        return true;
    }
    match at.frame.name.as_str() {
        "host" => matches!(lemma, "welcome" | "receive" | "greet"),
        "visit" => matches!(lemma, "go" | "come" | "head" | "arrival" | "mission" | "send" | "dispatch"),
        "meet" => lemma == "negotiate" && at.verb,
        _ => false,
    }
}

/// "addressed the need", "join the alliance": no gathering is the object.
pub(super) fn addresses_a_thing(at: &Place<'_, '_>) -> bool {
    let (tree, i) = (at.tree, at.i);
    if !at.verb || !matches!(tree.lemma(i), "address" | "join") || tree.passive(i) {
        return false;
    }
    let patients = tree.patients(i);
    let gathering = |h: &usize| {
        matches!(at.scene.at(at.s, *h), Some(At::Person(_) | At::Title(_)))
            || matches!(
                tree.lemma(*h).to_lowercase().as_str(),
                "meeting"
                    | "conference"
                    | "summit"
                    | "session"
                    | "assembly"
                    | "forum"
                    | "parliament"
                    | "congress"
                    | "seminar"
                    | "symposium"
                    | "workshop"
                    | "ceremony"
                    | "rally"
                    | "audience"
                    | "gathering"
                    | "reception"
                    | "dinner"
                    | "luncheon"
                    | "lunch"
                    | "banquet"
                    | "roundtable"
                    | "talk"
                    | "talks"
                    | "delegate"
                    | "leader"
                    | "president"
                    | "minister"
                    | "counterpart"
                    | "event"
                    | "call"
                    | "council"
                    | "group"
                    | "briefing"
                    | "exercise"
                    | "dialogue"
            )
    };
    !patients.is_empty() && !patients.iter().flat_map(|h| tree.with_conjuncts(*h)).any(|h| gathering(&h))
}

/// "Congress", "the Immigration Reception Centre": a word of a name that tells of no gathering.
pub(super) fn part_of_a_name(at: &Place<'_, '_>) -> bool {
    let (tree, i) = (at.tree, at.i);
    if tree.tok(i).pos != Upos::Propn || tree.sent.kind == crate::nlp::SentenceKind::Headline {
        return false;
    }
    let lemma = tree.lemma(i).to_lowercase();
    let modified = tree.kids_by(i, &[Deprel::Compound, Deprel::Amod, Deprel::Flat]).next().is_some();
    if lemma == "congress" && !modified {
        return true;
    }
    let inside = matches!(tree.tok(i).deprel, Deprel::Compound | Deprel::Flat);
    let head = tree.head(i).filter(|h| inside && *h > i && tree.tok(*h).pos == Upos::Propn);
    head.is_some_and(|h| {
        matches!(
            tree.lemma(h).to_lowercase().as_str(),
            "centre"
                | "center"
                | "room"
                | "hall"
                | "house"
                | "office"
                | "secretariat"
                | "committee"
                | "building"
                | "hotel"
                | "authority"
                | "agency"
                | "board"
                | "bureau"
                | "department"
                | "company"
                | "group"
                | "service"
                | "director"
                | "secretary"
                | "chief"
                | "commissioner"
                | "coordinator"
                | "corporation"
                | "association"
                | "industry"
        )
    })
}

/// The phrases that tell with whom: objects of a verb, what stands behind "with" and "between".
fn counterparts(at: &Place<'_, '_>) -> Vec<usize> {
    let (tree, i) = (at.tree, at.i);
    let with = |k: usize| {
        let list = tree.obliques(k).into_iter();
        list.filter(|(p, h)| matches!(*p, "with" | "between" | "among") && *h != i).map(|o| o.1).collect::<Vec<_>>()
    };
    let mut out = with(i);
    if at.verb && !matches!(tree.lemma(i), "discuss" | "hold" | "have" | "exchange" | "negotiate" | "convene" | "speak")
    {
        out.extend(tree.patients(i));
    }
    if !at.verb
        && let Some(g) = super::acts::governor(tree, i)
        && matches!(tree.tok(i).deprel, Deprel::Obj | Deprel::Obl | Deprel::NsubjPass)
    {
        out.extend(with(g));
    }
    out.retain(|h| {
        !crate::extract::dates::is_calendar_word(tree.form(*h))
            && !at.scene.dates.iter().any(|d| d.sent == at.s && d.first <= *h && *h <= d.last)
    });
    out
}

/// What the other side of a meeting is told to be: a party, officials, others, nobody.
pub(super) fn counterpart(at: &Place<'_, '_>) -> &'static str {
    let list = counterparts(at);
    if list.is_empty() {
        return "none";
    }
    if list.iter().any(|h| !usable(actors::of_phrase(at.scene, at.s, *h)).is_empty()) {
        return "party";
    }
    let official = |h: usize| person_like(at, h) && !private(at.tree.lemma(h));
    let all: Vec<usize> = list.iter().flat_map(|h| at.tree.with_conjuncts(*h)).collect();
    if all.iter().any(|h| official(*h)) {
        "official"
    } else if all.iter().any(|h| at.tree.tok(*h).pos == Upos::Propn) {
        "name"
    } else {
        "other"
    }
}

/// People who speak for no state.
fn private(lemma: &str) -> bool {
    matches!(
        lemma,
        "bank" | "community" | "people" | "citizen" | "source" | "aid" | "plan" | "effort" | "taxpayer" | "policy"
    )
}

/// The states, other than `own`, in which talks take place whose other side is not named: "will meet ministers and officials
/// in Jordan, Syria and Iran", "will visit Oslo and Riga for talks".
pub(super) fn of_talks(at: &Place<'_, '_>, own: &[Party], places: Places<'_>) -> Vec<Party> {
    let (tree, i) = (at.tree, at.i);
    if matches!(counterpart(at), "party" | "other") {
        return Vec::new();
    }
    let inside = |k: usize| {
        let list = tree.obliques(k).into_iter();
        list.filter(|(p, h)| *p == "in" && *h != i).map(|o| o.1).collect::<Vec<_>>()
    };
    let mut heads = inside(i);
    for c in counterparts(at).into_iter().flat_map(|c| tree.with_conjuncts(c)) {
        heads.extend(inside(c));
    }
    if let Some(g) = super::acts::governor(tree, i).filter(|_| !at.verb) {
        heads.extend(inside(g));
        if matches!(tree.lemma(g), "visit" | "tour" | "travel" | "go" | "fly" | "head" | "leave" | "come" | "arrive") {
            heads.extend(tree.patients(g).into_iter().filter(|p| *p != i));
            let goals = tree.obliques(g).into_iter().filter(|(p, h)| matches!(*p, "to" | "for" | "into") && *h != i);
            heads.extend(goals.map(|o| o.1));
        }
    }
    let mut out: Vec<Party> = Vec::new();
    for h in heads.into_iter().flat_map(|h| tree.with_conjuncts(h)) {
        let there = goal_party(at, h, places).filter(|p| matches!(p, Party::Country(_)));
        out.extend(there.filter(|p| !own.contains(p) && !out.contains(p)).into_iter().collect::<Vec<_>>());
    }
    out
}

/// "The finance, industry and trade ministers met": all of one state, and nobody else is told.
pub(super) fn among_themselves(at: &Place<'_, '_>) -> bool {
    if !at.verb || !counterparts(at).is_empty() || at.tree.lemma(at.i) != "meet" {
        return false;
    }
    let agents = actors::of_phrases(at.scene, at.s, &at.tree.agents(at.i));
    let persons: Vec<_> = agents.iter().filter(|a| a.person.is_some() && a.how == actors::How::Person).collect();
    persons.len() > 1 && persons.len() == agents.len() && parties_of(&agents).len() == 1
}

/// A visit within the visitor's own state: every place that is told to be visited lies there, or is none of a state.
pub(super) fn stays_at_home(at: &Place<'_, '_>, places: Places<'_>) -> bool {
    let (tree, i) = (at.tree, at.i);
    let (visitors, mut goals) = if at.verb {
        (tree.agents(i), tree.patients(i))
    } else {
        let whose = tree.kids_by(i, &[Deprel::NmodPoss]).collect();
        (whose, Vec::new())
    };
    if matches!(tree.lemma(i), "leave" | "depart" | "return") {
        return false;
    }
    let to = |p: &str| matches!(p, "to" | "in" | "into" | "for");
    goals.extend(tree.obliques(i).into_iter().filter(|(p, _)| to(p)).map(|o| o.1));
    if goals.is_empty() {
        return false;
    }
    let own = parties_of(&actors::of_phrases(at.scene, at.s, &visitors));
    let mut local = false;
    for h in goals.into_iter().flat_map(|g| tree.with_conjuncts(g)) {
        match goal_party(at, h, places) {
            Some(party) if own.contains(&party) && own.len() == 1 => local = true,
            Some(_) => return false,
            None if site(tree.lemma(h)) && actors::modifiers(at.scene, tree, at.s, h).is_empty() => local = true,
            None => return false,
        }
    }
    local
}

/// Places of a town, which say nothing of a state.
fn site(lemma: &str) -> bool {
    matches!(
        lemma,
        "school"
            | "hospital"
            | "factory"
            | "plant"
            | "mill"
            | "farm"
            | "university"
            | "shrine"
            | "mosque"
            | "church"
            | "temple"
            | "museum"
            | "town"
            | "village"
            | "suburb"
            | "shop"
            | "market"
            | "mine"
            | "mausoleum"
            | "cemetery"
            | "electorate"
            | "station"
            | "site"
            | "house"
            | "home"
            | "stadium"
            | "college"
    )
}

/// "are regularly held": no one encounter is told.
pub(super) fn habitual(at: &Place<'_, '_>) -> bool {
    let often = |k: usize| {
        let mut kids = at.tree.kids(k);
        kids.any(|c| {
            matches!(
                at.tree.lemma(c),
                "regularly" | "regular" | "usually" | "normally" | "annually" | "often" | "traditionally" | "routinely"
            )
        })
    };
    often(at.i) || super::acts::governor(at.tree, at.i).is_some_and(|g| !at.verb && often(g))
}

/// How good a guess the other side is that the words do not name: `guess` is the one that is told and the one that is guessed.
pub(super) fn guess_features(at: &Place<'_, '_>, guess: (Party, Party), places: Places<'_>, f: &mut Features) {
    let (scene, tree, s, i) = (at.scene, at.tree, at.s, at.i);
    let (own, other) = guess;
    let named = scene.parties.iter().filter(|m| m.party == other).map(|m| m.sent);
    let spoken = scene.people.mentions.iter().filter(|m| scene.people.persons[m.person].party == Some(other));
    let near = named.chain(spoken.map(|m| m.sent)).map(|m| m.abs_diff(s)).min().unwrap_or(99);
    let near = match near {
        0 => "here",
        1 => "beside",
        2..=3 => "near",
        _ => "far",
    };
    let weight = scene.salience(other);
    let weight = [0.2, 0.4, 0.6, 0.8].iter().filter(|w| weight >= **w).count();
    let officials = scene.people.persons.iter().filter(|p| p.party == Some(other) && p.office.is_some()).count();
    let kind = if at.verb { "verb" } else { "noun" };
    f.put(format_args!("guess-near={near}"));
    f.put(format_args!("guess-near={}+{near}", at.frame.name));
    f.put(format_args!("guess-weight={weight}"));
    f.put(format_args!("guess-weight={}+{weight}", at.frame.name));
    f.put(format_args!("guess-officials={}", officials.min(2)));
    f.put(format_args!("guess-officials={kind}+{}", officials.min(2)));
    f.put(format_args!("guess-ruled={}", scene.ruled_by_dyad()));
    f.put(format_args!("guess-near+weight={near}+{weight}"));
    // Where it takes place: at home, abroad, at a place that no list has.
    let mut from = vec![i];
    from.extend(super::acts::governor(tree, i));
    let goals: Vec<usize> = (from.into_iter().flat_map(|k| tree.obliques(k)))
        .filter(|(p, h)| matches!(*p, "in" | "to" | "at") && tree.tok(*h).pos == Upos::Propn)
        .map(|o| o.1)
        .collect();
    for h in goals {
        let place = match goal_party(at, h, places) {
            Some(party) if party == own => "own",
            Some(party) if party == other => "other",
            Some(_) => "third",
            None => "unknown",
        };
        f.put(format_args!("guess-place={place}"));
        f.put(format_args!("guess-place={}+{place}", at.frame.name));
    }
}

/// Whether "here" belongs to the trigger or to its verb.
pub(super) fn says_here(at: &Place<'_, '_>) -> bool {
    let says = |k: usize| at.tree.kids(k).any(|c| at.tree.lemma(c) == "here");
    says(at.i) || super::acts::governor(at.tree, at.i).is_some_and(|g| !at.verb && says(g))
}

/// Whether a person lives where he represents his state: an ambassador is no visitor there.
pub(super) fn resides(scene: &Scene<'_>, person: usize) -> bool {
    let person = &scene.people.persons[person];
    let title = person.title.as_deref().unwrap_or("").to_lowercase();
    person.office == Some(Office::AmbassadorEnvoy)
        && ["ambassador", "high commissioner", "chargé", "charge", "consul"].iter().any(|t| title.contains(t))
        && !title.contains("at large")
        && !title.contains("at-large")
}
