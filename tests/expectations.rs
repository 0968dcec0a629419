//! The notation itself: what it accepts, what it refuses, when a fact agrees, and what the list of known gaps says.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod notation;

use entente::evaluate::notation::{Expectation, holds};
use entente::facts::Facts;
use notation::gaps::verdict;

/// The facts of one article, with some of the lists filled.
fn facts(lists: serde_json::Value) -> Facts {
    let mut object = serde_json::json!({"article": {"id": "a", "title": "", "published": null, "source": null,
        "language": "en", "sha256": ""}});
    for (key, value) in lists.as_object().unwrap() {
        object[key] = value.clone();
    }
    serde_json::from_value(object).unwrap()
}

fn agreement(background: bool) -> Facts {
    facts(serde_json::json!({"agreements": [{"id": "a1", "type": "mou", "parties": ["FIN", "KEN"], "status": "signed",
        "topic": null, "sectors": ["agriculture", "trade"], "signatories": [], "date": "2024-03-12",
        "background": background, "confidence": 0.9, "evidence": []}]}))
}

fn meeting() -> Facts {
    let leader = |id: &str, name: &str, country: &str| serde_json::json!({"id": id, "name": name, "country": country, "office": "foreign-minister", "mentions": []});
    facts(serde_json::json!({
        "leaders": [leader("a", "Nasser bin Hamad Al Khater", "QAT"), leader("b", "José Pérez", "PER")],
        "encounters": [{"id": "e1", "type": "meeting", "participants": ["a"], "countries": ["PER", "QAT"],
            "place": "Doha", "date": "2024-03", "status": "held", "background": false, "confidence": 0.9, "evidence": []}],
        "acts": [{"actor": "PER", "recipient": "QAT", "type": "CONSULT", "background": false, "confidence": 0.9,
            "evidence": []}, {"actor": "PER", "recipient": "QAT", "type": "AID", "background": false,
            "confidence": 0.9, "evidence": []}]}))
}

#[track_caller]
fn check(facts: &Facts, line: &str, expected: bool) {
    let expectation: Expectation = line.parse().unwrap();
    assert_eq!(holds(&expectation, facts), expected, "{line}");
}

#[track_caller]
fn check_refused(line: &str, why: &str) {
    let fault = line.parse::<Expectation>().unwrap_err();
    assert!(fault.contains(why), "{fault}");
}

#[test]
fn agreements_agree_by_the_keys_given() {
    let signed = agreement(false);
    check(&signed, "agreement: type=mou parties=FIN,KEN status=signed sectors=agriculture date=2024-03", true);
    check(&signed, "agreement: parties=FIN,KEN,UGA", false);
    check(&signed, "agreement: sectors=energy", false);
    check(&signed, "agreement: date=2024-03-1", false);
    check(&signed, "agreement: background=true", false);
    check(&signed, "not agreement: type=fta", true);
    check(&signed, "not agreement", false);
    check(&signed, "not encounter", true);
    check(&signed, "none", false);
}

#[test]
fn what_is_recalled_is_no_news() {
    let recalled = agreement(true);
    check(&recalled, "agreement: parties=FIN,KEN background=true", true);
    check(&recalled, "not agreement: parties=FIN,KEN", true);
}

#[test]
fn people_are_known_by_a_word_of_their_name_and_mutual_acts_have_no_direction() {
    let met = meeting();
    check(&met, "encounter: type=meeting participants=\"Al Khater\" place=Doha date=2024", true);
    check(&met, "encounter: participants=\"Khater, Perez\"", false);
    check(&met, "encounter: date=2024-03-05", false);
    check(&met, "leader: \"Jose Perez\" PER foreign-minister", true);
    check(&met, "leader: \"Jose Perez\" PER head-of-state", false);
    check(&met, "not leader: \"Khalid bin Al Thani\"", true);
    check(&met, "act: QAT CONSULT PER", true);
    check(&met, "act: QAT AID PER", false);
    check(&met, "not act: PER AID QAT", false);
}

#[test]
fn a_line_that_does_not_fit_is_refused() {
    check_refused("agreemnt: type=mou", "`agreemnt` is none of");
    check_refused("agreement: type=moo", "did you mean `mou`?");
    check_refused("agreement: place=Oslo", "unknown key `place`");
    check_refused("agreement: type=mou type=fta", "given twice");
    check_refused("agreement: parties=KEN,FIN", "alphabetical order");
    check_refused("agreement: parties=Kenya", "no code");
    check_refused("agreement: date=2024-13", "no date");
    check_refused("agreement: sectors=defense", "no sector");
    check_refused("agreement:", "nothing after the colon");
    check_refused("agreement", "needs a colon");
    check_refused("not agreement: background=true", "has no place");
    check_refused("encounter: participants=\"Ann", "not closed");
    check_refused("act: NOR AGREES KEN", "did you mean `AGREE`?");
    check_refused("act: NOR KEN", "ACTOR TYPE RECIPIENT");
    check_refused("leader: Ann Berg NOR", "quotation marks");
    check_refused("leader: \"Ann Berg\"", "COUNTRY");
    check_refused("not none", "is none of");
}

#[test]
fn the_list_of_gaps_must_tell_the_truth() {
    let broken = [String::from("act: NOR AGREE KEN")];
    let told = |listed: Option<&[&str]>, broken: &[String]| {
        let listed = listed.map(|l| l.iter().map(ToString::to_string).collect());
        verdict(listed.as_ref(), broken, "gaps.txt", "spec").unwrap_or_else(|e| panic!("{e}"));
    };
    told(None, &[]);
    told(Some(&["act: NOR AGREE KEN"]), &broken);
    let listed = vec![String::from("none")];
    assert!(
        verdict(Some(&listed), &[], "gaps.txt", "spec").unwrap_err().contains("now passes: remove it from gaps.txt")
    );
    assert!(verdict(Some(&listed), &broken, "gaps.txt", "spec").unwrap_err().contains("fails otherwise"));
    assert_eq!(verdict(None, &broken, "gaps.txt", "spec").unwrap_err(), "does not hold");
}
