//! Words of encounters that tell of none between states: crowds that travel, boards that sit, rumours, bodies that are turned
//! to; and bodies whose names say who sits in them.

use super::Place;
use super::hosts::{self, counterpart};
use crate::extract::actors;
use crate::extract::factuality::{self, Reality};
use crate::extract::names::Party;
use crate::extract::scene::At;
use crate::knowledge::NameKind;
use crate::knowledge::vocab::EncounterType;
use crate::nlp::{Deprel, Upos};

/// "was joined by the ambassador": who is beside whom, at no occasion that is told.
pub(super) fn joined_by(at: &Place<'_, '_>) -> bool {
    let (tree, i) = (at.tree, at.i);
    let occasion = |h: usize| {
        matches!(
            tree.lemma(h).to_lowercase().as_str(),
            "signing"
                | "ceremony"
                | "dinner"
                | "lunch"
                | "luncheon"
                | "talk"
                | "talks"
                | "meeting"
                | "summit"
                | "conference"
                | "event"
                | "reception"
                | "launch"
                | "banquet"
                | "session"
                | "call"
        )
    };
    let at_one =
        tree.obliques(i).iter().any(|(p, h)| matches!(*p, "for" | "at" | "in" | "on" | "during") && occasion(*h));
    at.verb && tree.lemma(i) == "join" && tree.passive(i) && !at_one
}

/// "please visit invest.example": the reader, by a browser.
pub(super) fn asks_readers(at: &Place<'_, '_>) -> bool {
    let tree = at.tree;
    let address = |k: usize| {
        let form = tree.form(k);
        let letters =
            form.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'.' | b'-' | b'/'));
        form.contains("://") || letters && form.split_once('.').is_some_and(|(a, b)| a.len() > 1 && b.len() > 1)
    };
    let near = |k: &usize| *k < tree.len();
    let please = at.i > 0 && tree.form(at.i - 1).eq_ignore_ascii_case("please");
    at.verb && tree.lemma(at.i) == "visit" && (please || (at.i + 1..at.i + 4).filter(near).any(address))
}

/// "left a hole behind": nobody travels.
pub(super) fn left_behind(at: &Place<'_, '_>) -> bool {
    at.verb && at.tree.lemma(at.i) == "leave" && at.tree.kids(at.i).any(|k| at.tree.lemma(k) == "behind")
}

/// "their regular board meeting": of one house, whoever else the sentence names.
pub(super) fn of_a_board(at: &Place<'_, '_>) -> bool {
    let (tree, i) = (at.tree, at.i);
    let house = |k: usize| {
        matches!(
            tree.lemma(k).to_lowercase().as_str(),
            "board" | "cabinet" | "politburo" | "caucus" | "shareholder" | "shareholders" | "creditor" | "bondholder"
        )
    };
    !at.verb
        && matches!(at.frame.name.as_str(), "meet" | "gather")
        && tree.kids_by(i, &[Deprel::Compound, Deprel::Amod, Deprel::NmodPoss]).any(house)
        && counterpart(at) != "party"
}

/// Refugees who arrive, tourists who come, Oman's citizens who travel: people, and none who act for a state.
pub(super) fn crowd_goes(at: &Place<'_, '_>) -> bool {
    let (tree, i) = (at.tree, at.i);
    let heads: Vec<usize> = if sends(at) {
        return false;
    } else if at.verb {
        match tree.passive(i) {
            true => tree.kids_by(i, &[Deprel::NsubjPass]).collect(),
            false => tree.agents(i),
        }
    } else {
        let of = tree.obliques(i).into_iter().filter(|(p, _)| matches!(*p, "of" | "by")).map(|o| o.1);
        tree.kids_by(i, &[Deprel::NmodPoss, Deprel::Compound]).chain(of).collect()
    };
    let own = |k: usize| crowd(&tree.lemma(k).to_lowercase()) || demonym(at, k);
    let whole = |h: usize| own(h) || tree.obliques(h).iter().any(|(p, k)| *p == "of" && own(*k));
    !heads.is_empty() && heads.iter().all(|h| whole(*h))
}

/// "Kenyans", "the French": the people of a state by name.
fn demonym(at: &Place<'_, '_>, k: usize) -> bool {
    matches!(at.scene.at(at.s, k), Some(At::Party(m)) if at.scene.parties[m].kind == NameKind::Noun)
        && at.tree.form(k).ends_with('s')
}

fn crowd(lemma: &str) -> bool {
    matches!(
        lemma,
        "refugee"
            | "refugees"
            | "migrant"
            | "migrants"
            | "immigrant"
            | "seeker"
            | "seekers"
            | "evacuee"
            | "exile"
            | "detainee"
            | "citizen"
            | "national"
            | "people"
            | "tourist"
            | "tourists"
            | "traveller"
            | "traveler"
            | "passenger"
            | "student"
            | "students"
            | "pupil"
            | "pupils"
            | "worker"
            | "family"
            | "families"
            | "child"
            | "resident"
            | "visitor"
            | "boat"
            | "vessel"
            | "ship"
            | "tanker"
            | "aircraft"
            | "plane"
            | "flight"
            | "shipment"
            | "cargo"
            | "convoy"
            | "good"
            | "product"
            | "export"
            | "aid"
            | "patient"
            | "athlete"
            | "fan"
            | "pilgrim"
            | "farmer"
            | "fisherman"
            | "smuggler"
            | "arrival"
            | "community"
            | "money"
            | "investor"
            | "company"
    )
}

/// "went to the Fund for help": who turns to a body visits nobody.
pub(super) fn turns_to_a_body(at: &Place<'_, '_>) -> bool {
    let (tree, i) = (at.tree, at.i);
    let body = |h: usize| {
        matches!(at.scene.at(at.s, h), Some(At::Party(m))
            if matches!(at.scene.parties[m].party, Party::Organization(_)))
    };
    at.verb
        && matches!(tree.lemma(i), "go" | "come" | "turn")
        && tree.obliques(i).iter().any(|(p, h)| *p == "to" && body(*h))
}

/// Bodies and series of talks that are named for their sides: "the Oman-Kenya Working Group".
pub(super) fn joint_body(lemma: &str) -> bool {
    matches!(
        lemma.to_lowercase().as_str(),
        "group"
            | "commission"
            | "committee"
            | "council"
            | "dialogue"
            | "consultation"
            | "consultations"
            | "mechanism"
            | "subcommittee"
            | "talks"
            | "negotiations"
            | "team"
            | "forum"
    )
}

/// "a session of the Oman-Kenya Strategic Dialogue": a sitting of the two sides, no gathering of many.
pub(super) fn of_a_dialogue(at: &Place<'_, '_>, kind: EncounterType) -> EncounterType {
    let (tree, i) = (at.tree, at.i);
    let sits = kind == EncounterType::Gathering && !at.verb && matches!(tree.lemma(i), "session" | "round");
    let two = |h: usize| joint_body(tree.lemma(h)) && actors::modifiers(at.scene, tree, at.s, h).len() == 2;
    let of = || tree.obliques(i).into_iter().filter(|o| o.0 == "of").any(|o| two(o.1));
    if sits && of() { EncounterType::Meeting } else { kind }
}

/// "market talk of wheat purchases": a rumour.
pub(super) fn rumoured(at: &Place<'_, '_>) -> bool {
    let (tree, i) = (at.tree, at.i);
    let about = tree.obliques(i).iter().any(|(p, _)| matches!(*p, "of" | "about"));
    !at.verb
        && tree.form(i).eq_ignore_ascii_case("talk")
        && about
        && !tree.obliques(i).iter().any(|(p, _)| *p == "with")
}

/// "our approach in negotiations", "a policy of dialogue": talks that are spoken of, and none that are held.
pub(super) fn spoken_of(at: &Place<'_, '_>) -> bool {
    let tree = at.tree;
    let about = |h: usize| {
        matches!(
            tree.lemma(h),
            "approach"
                | "policy"
                | "position"
                | "stance"
                | "strategy"
                | "skill"
                | "tactic"
                | "principle"
                | "attitude"
                | "credibility"
                | "interest"
                | "freedom"
                | "basis"
                | "ground"
        )
    };
    // "the presidents discussed the Oman-Kenya dialogue": a subject of theirs.
    let subject = !at.verb
        && tree.tok(at.i).deprel == Deprel::Obj
        && tree.head(at.i).is_some_and(|v| matches!(tree.lemma(v), "discuss" | "review" | "mention" | "reaffirm"))
        && !tree.kids_by(at.i, &[Deprel::AclRelcl]).any(|_| true)
        && factuality::of(tree, at.i) == Reality::Held;
    if subject {
        return true;
    }
    // "welcomed the conclusion of the talks", "the importance of dialogue"
    let part = |h: usize| {
        let weighed =
            matches!(tree.lemma(h), "importance" | "need" | "possibility" | "prospect" | "idea" | "value" | "lack");
        let ended = matches!(tree.lemma(h), "conclusion" | "outcome" | "result" | "success" | "resumption");
        let hailed =
            tree.head(h).is_some_and(|v| matches!(tree.lemma(v), "welcome" | "hail" | "praise" | "await" | "note"));
        weighed || ended && hailed && tree.tok(h).deprel == Deprel::Obj
    };
    if !at.verb && tree.case_of(at.i) == Some("of") && tree.head(at.i).is_some_and(part) {
        return true;
    }
    // "talks of this kind are regularly held": none in particular.
    if hosts::habitual(at) && at.scene.date_for(at.s, at.i).is_none() {
        return true;
    }
    !at.verb
        && at.frame.name == "meet"
        && matches!(tree.case_of(at.i), Some("in" | "of" | "for" | "to" | "towards" | "toward"))
        && tree.head(at.i).is_some_and(about)
}

/// "a process co-chaired by Oman and Kenya": something that goes on for years, of which no sitting is told.
pub(super) fn standing(at: &Place<'_, '_>) -> bool {
    let (tree, i) = (at.tree, at.i);
    let lasting = |h: usize| {
        matches!(
            tree.lemma(h).to_lowercase().as_str(),
            "process"
                | "mechanism"
                | "initiative"
                | "group"
                | "body"
                | "committee"
                | "commission"
                | "partnership"
                | "coalition"
                | "organisation"
                | "organization"
                | "taskforce"
                | "alliance"
        )
    };
    at.verb
        && matches!(tree.lemma(i), "chair" | "co-chair" | "cochair")
        && matches!(tree.tok(i).deprel, Deprel::Acl | Deprel::AclRelcl)
        && tree.head(i).is_some_and(lasting)
}

/// "The territory is in talks with Oman and Kenya": who talks is not known, and it is not the two with each other.
pub(super) fn with_whom_is_unsaid(at: &Place<'_, '_>) -> bool {
    let (tree, n) = (at.tree, at.i);
    if at.verb || at.frame.name != "meet" || tree.case_of(n) != Some("in") {
        return false;
    }
    let subjects: Vec<usize> = tree.kids_by(n, &[Deprel::Nsubj]).collect();
    let with: Vec<usize> = tree.obliques(n).into_iter().filter(|o| o.0 == "with").map(|o| o.1).collect();
    let sides = |list: &[usize]| super::parties_of(&actors::of_phrases(at.scene, at.s, list)).len();
    !subjects.is_empty() && sides(&subjects) == 0 && sides(&with) > 1
}

/// "send", "dispatch": of a visit, where people are sent.
pub(super) fn sends(at: &Place<'_, '_>) -> bool {
    at.verb && at.frame.name == "visit" && matches!(at.tree.lemma(at.i), "send" | "dispatch")
}

/// "sent an envoy to Oslo": people who speak for the sender, not troops or letters.
pub(super) fn sends_people(at: &Place<'_, '_>) -> bool {
    let tree = at.tree;
    let speaks = |h: usize| {
        matches!(at.scene.at(at.s, h), Some(At::Person(_) | At::Title(_)))
            || matches!(
                tree.lemma(h).to_lowercase().as_str(),
                "delegation"
                    | "team"
                    | "envoy"
                    | "official"
                    | "mission"
                    | "minister"
                    | "negotiator"
                    | "diplomat"
                    | "representative"
                    | "emissary"
                    | "delegate"
                    | "secretary"
                    | "ambassador"
            )
    };
    tree.patients(at.i).into_iter().any(speaks)
}

/// "took part in a drill", "participate in the market": no gathering.
pub(super) fn takes_part_in_a_thing(at: &Place<'_, '_>) -> bool {
    let (tree, i) = (at.tree, at.i);
    if !at.verb || at.frame.name != "gather" {
        return false;
    }
    let within = tree.obliques(i).into_iter().filter(|o| o.0 == "in").map(|o| o.1);
    let what: Vec<usize> = tree.patients(i).into_iter().filter(|p| tree.lemma(*p) != "part").chain(within).collect();
    let thing = |h: &usize| {
        matches!(
            tree.lemma(*h).to_lowercase().as_str(),
            "exercise"
                | "exercises"
                | "drill"
                | "manoeuvre"
                | "maneuver"
                | "operation"
                | "program"
                | "programme"
                | "project"
                | "market"
                | "campaign"
                | "survey"
                | "auction"
                | "trade"
                | "fight"
                | "war"
                | "force"
                | "effort"
                | "agreement"
                | "pact"
                | "scheme"
                | "production"
                | "development"
                | "mission"
                | "economy"
                | "election"
                | "alliance"
        )
    };
    !what.is_empty() && what.iter().all(thing)
}

/// "provides a forum for ideas": a chance to speak, and no session.
pub(super) fn is_a_chance(at: &Place<'_, '_>) -> bool {
    let (tree, i) = (at.tree, at.i);
    let offered =
        tree.head(i).is_some_and(|v| matches!(tree.lemma(v), "provide" | "offer" | "serve" | "give" | "use" | "act"));
    !at.verb && tree.lemma(i) == "forum" && tree.tok(i).pos == Upos::Noun && (offered || tree.case_of(i) == Some("as"))
}
