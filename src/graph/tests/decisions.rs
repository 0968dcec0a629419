//! Decisions beside each other: later ones overrule earlier ones, what they leave behind is sound, and each can go.

use super::curation::{AT, assertion, check, events, marks, mou, of_article};
use super::*;
use crate::graph::{Assertion, Decision, EventFilter, Mark, Severity, Verdict};

/// No violation is found, by shapes and by queries, in a store that knows the lists.
#[track_caller]
fn check_clean(store: &Store) {
    let found = store.check().unwrap();
    assert_eq!(found.into_iter().filter(|f| f.severity == Severity::Violation).collect::<Vec<_>>(), []);
}

/// A store that knows the lists, with some articles.
fn knowing(articles: &[Facts]) -> Store {
    let mut store = Store::in_memory().unwrap();
    store.refer(&crate::knowledge::Knowledge::builtin().unwrap()).unwrap();
    for facts in articles {
        store.add(facts, &run()).unwrap();
    }
    store.settle().unwrap();
    store
}

fn at(second: &str, verdict: Verdict) -> Decision {
    Decision::new("Ada", "because", &format!("2025-11-20T09:30:{second}Z"), verdict)
}

#[track_caller]
fn enact(store: &mut Store, decisions: &[Decision]) {
    assert_eq!(store.decide(decisions).unwrap(), decisions.len());
    store.settle().unwrap();
    check_clean(store);
}

#[test]
fn a_leader_put_together_with_another_is_still_described() {
    let held = |name: &str, day: &str| meeting("held", Some(day), None, &[(name, "KOR"), ("wong", "SGP")]);
    let mut signed = article("c", "2025-11-22", held("jeong", "2025-11-22"));
    let agreed = mou("c", "2025-11-22", "fisheries").agreements;
    signed.agreements = agreed;
    signed.agreements[0].signatories = vec!["jeong".into()];
    signed.agreements[0].evidence[0].start = 100;
    signed.agreements[0].evidence[0].end = 109;
    let articles = [
        article("a", "2025-11-02", held("chung", "2025-11-02")),
        article("b", "2025-11-12", held("jeong", "2025-11-12")),
        signed,
    ];
    let mut store = knowing(&articles);
    let (plain, leaders) = (dump(&store), store.counts().unwrap().leaders);
    let korean = |name: &str| store.find_leaders(&format!("Mr {name}")).unwrap().pop_first().unwrap();
    let both = [korean("chung"), korean("jeong")];
    let merge = at("00", Verdict::MergeLeaders { leaders: both.to_vec() });
    enact(&mut store, std::slice::from_ref(&merge));
    assert_eq!(store.counts().unwrap().leaders, leaders - 1);
    let own = store.find_leaders(&both[0]).unwrap();
    assert_eq!(own, store.find_leaders(&both[1]).unwrap());
    assert_eq!(own, store.find_leaders("Mr jeong").unwrap());
    assert!(events(&store).iter().flat_map(|e| &e.participants).all(|l| l.name != "Mr jeong" || own.contains(&l.iri)));
    // The articles of either go.
    for gone in ["a", "b"] {
        let mut store = knowing(&articles);
        store.decide(std::slice::from_ref(&merge)).unwrap();
        store.forget(&[gone]).unwrap();
        store.settle().unwrap();
        check_clean(&store);
    }
    store.undo(&merge.hash()).unwrap();
    store.settle().unwrap();
    assert_eq!(dump(&store), plain);
}

#[test]
fn what_no_list_has_is_no_country_for_its_three_capitals() {
    let mut store = knowing(&[]);
    let mut fact = assertion(Vec::new());
    fact.parties = vec!["KOR".into(), "ZZQ".into()];
    enact(&mut store, &[at("00", Verdict::Assert { fact })]);
    let parties = store.parties().unwrap();
    let told: Vec<(&str, bool)> = parties.iter().map(|party| (party.code.as_str(), party.country)).collect();
    assert_eq!(told, [("KOR", true), ("ZZQ", false)]);
}

#[test]
fn what_only_a_person_tells_is_sound() {
    let mut store = knowing(&[]);
    let mut signed = assertion(Vec::new());
    signed.status = Some("signed".into());
    enact(&mut store, &[at("00", Verdict::Assert { fact: signed.clone() })]);
    assert_eq!(store.ties(&EventFilter::default()).unwrap()[0].articles, 0);
    // What is said of articles rests while they are gone, even with a party that they alone named.
    let mut odd = mou("a", "2025-11-02", "fisheries");
    odd.agreements[0].parties = ["KOR", "Odd Forum"].map(str::to_owned).into();
    let mut store = knowing(&[odd.clone(), mou("b", "2025-11-02", "trade")]);
    let assert = |article: &str, parties: [&str; 2]| {
        let fact =
            Assertion { parties: parties.map(str::to_owned).into(), of: of_article(&store, article), ..signed.clone() };
        at("00", Verdict::Assert { fact })
    };
    let decisions = [assert("a", ["KOR", "Odd Forum"]), assert("b", ["KOR", "SGP"])];
    enact(&mut store, &decisions);
    let before = dump(&store);
    store.forget(&["a", "b"]).unwrap();
    store.settle().unwrap();
    check_clean(&store);
    check(&store, &[]);
    store.add(&odd, &run()).unwrap();
    store.add(&mou("b", "2025-11-02", "trade"), &run()).unwrap();
    store.settle().unwrap();
    assert_eq!(dump(&store), before);
}

#[test]
fn what_people_assert_replaces_what_articles_tell() {
    let mut told = mou("a", "2025-11-02", "fisheries");
    told.agreements[0].sectors = vec!["trade".into()];
    let articles = [told, article("b", "2025-11-02", act("SUPPORT", Some("2025-11-02")))];
    let mut store = knowing(&articles);
    let mut fact = assertion(of_article(&store, "a"));
    fact.parties = ["KOR", "VNM"].map(str::to_owned).into();
    fact.sectors = vec!["energy".into()];
    let agreed = at("00", Verdict::Assert { fact: fact.clone() });
    let act_fact = Assertion {
        about: "act".into(),
        event_type: "SUPPORT".into(),
        parties: ["JPN", "KOR"].map(str::to_owned).into(),
        status: None,
        of: of_article(&store, "b"),
        ..assertion(Vec::new())
    };
    enact(&mut store, &[agreed.clone(), at("00", Verdict::Assert { fact: act_fact })]);
    let of = |store: &Store, article: &str| events(store).into_iter().find(|e| e.articles == [article]).unwrap();
    assert_eq!(
        (of(&store, "a").parties, of(&store, "a").sectors),
        (vec!["KOR".into(), "VNM".into()], vec!["energy".into()])
    );
    assert_eq!((of(&store, "b").actor.as_deref(), of(&store, "b").recipient.as_deref()), (Some("JPN"), Some("KOR")));
    assert_eq!(of(&store, "b").parties, ["JPN", "KOR"]);
    // A later one goes before it, but what it only repeats does not.
    fact.parties = ["KOR", "THA"].map(str::to_owned).into();
    fact.sectors.clear();
    fact.status = Some("agreed".into());
    fact.repeats = vec!["parties".into(), "type".into()];
    let repeating = at("02", Verdict::Assert { fact: fact.clone() });
    enact(&mut store, std::slice::from_ref(&repeating));
    assert_eq!(
        (of(&store, "a").parties, of(&store, "a").status.as_deref()),
        (vec!["KOR".into(), "VNM".into()], Some("agreed"))
    );
    store.undo(&agreed.hash()).unwrap();
    store.settle().unwrap();
    assert_eq!(of(&store, "a").parties, ["KOR", "SGP"]);
    for (second, status) in [("03", "signed"), ("04", "broken"), ("05", "in-force"), ("06", "negotiating")] {
        fact.status = Some(status.into());
        enact(&mut store, &[at(second, Verdict::Assert { fact: fact.clone() })]);
        assert_eq!(of(&store, "a").status.as_deref(), Some(status));
    }
}

#[test]
fn of_one_second_the_later_decision_counts() {
    let mut store = knowing(&[mou("a", "2025-11-02", "fisheries"), mou("b", "2025-11-02", "fisheries")]);
    let reports = of_article(&store, "a");
    for turn in 0..8 {
        let (out, from): (Vec<Mark>, Vec<Mark>) = reports.iter().cloned().partition(|mark| mark.article == "b");
        let split = turn % 2 == 0;
        let verdict =
            if split { Verdict::Split { reports: out, from } } else { Verdict::Merge { reports: reports.clone() } };
        let moment = store.moment(AT);
        enact(&mut store, &[Decision::new("Ada", &format!("turn {turn}"), &moment, verdict)]);
        check(&store, if split { &[&["a"], &["b"]] } else { &[&["a", "b"]] });
    }
    let why: Vec<&str> = store.decisions().iter().map(|d| d.why.as_str()).collect();
    assert_eq!(why, (0..8).map(|turn| format!("turn {turn}")).collect::<Vec<_>>());
    assert_eq!(store.decisions()[7].at, "2025-11-20T09:30:00.000007Z");
    assert_eq!(store.moment("2025-11-19T00:00:00Z"), "2025-11-19T00:00:00Z");
    assert_eq!(store.moment("2025-11-20T09:30:00.000007Z"), "2025-11-20T09:30:00.000008Z");
    // Carried to another store, they keep their order.
    let mut other = knowing(&[mou("a", "2025-11-02", "fisheries"), mou("b", "2025-11-02", "fisheries")]);
    let mut told = store.decisions().to_vec();
    told.reverse();
    enact(&mut other, &told);
    assert_eq!(dump(&other), dump(&store));
}

#[test]
fn an_assertion_taken_back_frees_what_was_put_to_it() {
    let mut report = mou("b", "2025-11-02", "fisheries");
    report.agreements[0].parties = ["KOR", "VNM"].map(str::to_owned).into();
    let mut store = knowing(std::slice::from_ref(&report));
    let asserted = at("00", Verdict::Assert { fact: assertion(Vec::new()) });
    enact(&mut store, std::slice::from_ref(&asserted));
    let own = events(&store).into_iter().find(|e| e.articles.is_empty()).unwrap();
    let reports = [marks(&store, &own.iri), of_article(&store, "b")].concat();
    let merge = at("01", Verdict::Merge { reports });
    enact(&mut store, std::slice::from_ref(&merge));
    check(&store, &[&["b"]]);
    let merged = dump(&store);
    store.undo(&asserted.hash()).unwrap();
    store.settle().unwrap();
    let mut without = knowing(&[report]);
    enact(&mut without, &[merge]);
    assert_eq!(dump(&store), dump(&without));
    // And back.
    enact(&mut store, &[asserted]);
    assert_eq!(dump(&store), merged);
}

#[test]
fn what_is_merged_later_is_rejected_no_more() {
    let mut store = knowing(&[mou("a", "2025-11-02", "fisheries"), mou("b", "2025-11-02", "trade")]);
    let (a, b) = (of_article(&store, "a"), of_article(&store, "b"));
    let merge = |second| at(second, Verdict::Merge { reports: [a.clone(), b.clone()].concat() });
    enact(&mut store, &[merge("00"), at("01", Verdict::Reject { reports: a.clone() })]);
    check(&store, &[&["b"]]);
    enact(&mut store, &[merge("02")]);
    check(&store, &[&["a", "b"]]);
    store.undo(&merge("02").hash()).unwrap();
    store.settle().unwrap();
    check(&store, &[&["b"]]);
}

#[test]
fn an_act_that_people_assert_is_that_of_the_reports() {
    let consulted = |id: &str, quote: &str| {
        let mut facts = article(id, "2025-11-02", act("CONSULT", Some("2025-11-02")));
        facts.acts[0].evidence[0].quote = quote.into();
        facts.acts[0].evidence[0].end = quote.len();
        (facts.acts[0].actor, facts.acts[0].recipient) = ("KOR".into(), "SGP".into());
        facts
    };
    let mut store = knowing(&[
        consulted("a", "The ministers discussed fishing grounds and quotas."),
        consulted("b", "Envoys debated nuclear submarines behind closed doors."),
    ]);
    check(&store, &[&["a"], &["b"]]);
    let plain = dump(&store);
    let asserted = |date: &str| Assertion {
        about: "act".into(),
        event_type: "CONSULT".into(),
        status: None,
        date: Some(date.into()),
        ..assertion(Vec::new())
    };
    // It is one with a report, and does not make the two one.
    let same = at("00", Verdict::Assert { fact: asserted("2025-11-02") });
    enact(&mut store, std::slice::from_ref(&same));
    check(&store, &[&["a"], &["b"]]);
    enact(&mut store, &[at("01", Verdict::Assert { fact: asserted("2025-11-03") })]);
    check(&store, &[&[], &["a"], &["b"]]);
    for decision in store.decisions().to_vec() {
        store.undo(&decision.hash()).unwrap();
    }
    store.settle().unwrap();
    assert_eq!(dump(&store), plain);
}
