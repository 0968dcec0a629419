//! What people decide holds through every rebuild, and goes without a trace when it is taken back.

use super::*;
use crate::graph::{Assertion, Decision, EventFilter, EventRow, Explanation, Mark, Severity, Target, Verdict};

const AT: &str = "2025-11-20T09:30:00Z";

fn decision(verdict: Verdict) -> Decision {
    Decision::new("Ada", "because", AT, verdict)
}

fn mou(id: &str, day: &str, topic: &str) -> Facts {
    article(id, day, agreement("mou", "signed", topic, Some(day)))
}

fn events(store: &Store) -> Vec<EventRow> {
    store.events(&EventFilter::default()).unwrap()
}

fn marks(store: &Store, id: &str) -> Vec<Mark> {
    match store.target(id).unwrap() {
        Some(Target::Reports { marks, .. }) => marks,
        other => panic!("{id}: {other:?}"),
    }
}

/// The marks of the event that an article reports.
fn of_article(store: &Store, article: &str) -> Vec<Mark> {
    let event = events(store).into_iter().find(|e| e.articles.contains(&article.to_owned())).unwrap();
    marks(store, &event.iri)
}

#[track_caller]
fn decide(store: &mut Store, verdict: Verdict) -> Decision {
    let decision = decision(verdict);
    assert_eq!(store.decide(std::slice::from_ref(&decision)).unwrap(), 1);
    store.settle().unwrap();
    assert_eq!(
        store.check().unwrap().iter().filter(|f| f.check.starts_with("query")).collect::<Vec<_>>(),
        [] as [&crate::graph::Finding; 0]
    );
    decision
}

#[track_caller]
fn check(store: &Store, expected: &[&[&str]]) {
    let mut found: Vec<Vec<String>> = events(store).into_iter().map(|e| e.articles).collect();
    found.sort();
    assert_eq!(found, expected.iter().map(|ids| ids.to_vec()).collect::<Vec<_>>());
}

/// With these decisions any order of articles and decisions gives the same graph, and without them the graph of before.
#[track_caller]
fn check_lasting(articles: &[Facts], decisions: &[Decision]) {
    let plain = dump(&store_of(articles));
    let mut store = store_of(articles);
    store.decide(decisions).unwrap();
    store.settle().unwrap();
    let decided = dump(&store);
    assert_ne!(decided, plain);
    // Decisions first, and the articles one by one, last first.
    let mut other = Store::in_memory().unwrap();
    other.decide(decisions).unwrap();
    for facts in articles.iter().rev() {
        other.add(facts, &run()).unwrap();
        other.settle().unwrap();
    }
    assert_eq!(dump(&other), decided);
    // Each article goes and comes back.
    for facts in articles {
        store.forget(&[&facts.article.id]).unwrap();
        store.add(facts, &run()).unwrap();
        store.settle().unwrap();
        assert_eq!(dump(&store), decided, "{}", facts.article.id);
    }
    for decision in decisions {
        assert!(store.undo(&decision.hash()).unwrap().is_some());
        store.settle().unwrap();
    }
    assert_eq!(dump(&store), plain);
}

#[test]
fn events_that_people_put_together_are_one() {
    let articles =
        [mou("a", "2025-11-02", "fisheries"), mou("b", "2025-11-20", "sea borders"), mou("c", "2025-11-20", "trade")];
    let mut store = store_of(&articles);
    check(&store, &[&["a"], &["b"], &["c"]]);
    let reports = [of_article(&store, "a"), of_article(&store, "b")].concat();
    let merge = decide(&mut store, Verdict::Merge { reports });
    check(&store, &[&["a", "b"], &["c"]]);
    // A third report, like one of the two, comes to them.
    store.add(&mou("d", "2025-11-03", "fisheries"), &run()).unwrap();
    store.settle().unwrap();
    check(&store, &[&["a", "b", "d"], &["c"]]);
    let event = &events(&store).into_iter().find(|e| e.articles.len() == 3).unwrap();
    let Some(Explanation::Event { story }) = store.explain(&event.iri).unwrap() else { panic!() };
    let said = story.reports.iter().flat_map(|r| &r.same_because).find(|r| r.contains("Ada"));
    assert_eq!(said.map(String::as_str), Some("Ada put them together on 2025-11-20: because"));
    assert_eq!(story.decisions, std::slice::from_ref(&merge));
    check_lasting(&articles, &[merge]);
}

#[test]
fn events_of_other_parties_or_types_can_be_put_together() {
    let mut other = mou("b", "2025-11-02", "fisheries");
    other.agreements[0].parties = ["KOR", "SGP", "VNM"].map(str::to_owned).into();
    let articles = [mou("a", "2025-11-02", "fisheries"), other];
    let mut store = store_of(&articles);
    check(&store, &[&["a"], &["b"]]);
    let reports = [of_article(&store, "a"), of_article(&store, "b")].concat();
    let merge = decide(&mut store, Verdict::Merge { reports });
    check(&store, &[&["a", "b"]]);
    assert_eq!(events(&store)[0].parties, ["KOR", "SGP", "VNM"]);
    check_lasting(&articles, &[merge]);
}

#[test]
fn reports_that_people_take_apart_are_two_events() {
    let articles =
        [mou("a", "2025-11-02", "fisheries"), mou("b", "2025-11-02", "fisheries"), mou("c", "2025-11-03", "fisheries")];
    let mut store = store_of(&articles);
    check(&store, &[&["a", "b", "c"]]);
    let all = of_article(&store, "a");
    let (out, from): (Vec<Mark>, Vec<Mark>) = all.into_iter().partition(|mark| mark.article == "b");
    let split = decide(&mut store, Verdict::Split { reports: out, from });
    check(&store, &[&["a", "c"], &["b"]]);
    check_lasting(&articles, std::slice::from_ref(&split));
    // The later decision counts.
    let mut store = store_of(&articles);
    let reports = of_article(&store, "a");
    let again = Decision::new("Bo", "no", "2025-11-21T00:00:00Z", Verdict::Merge { reports });
    store.decide(&[again, split]).unwrap();
    store.settle().unwrap();
    check(&store, &[&["a", "b", "c"]]);
}

#[test]
fn what_people_reject_is_no_event() {
    let articles = [mou("a", "2025-11-02", "fisheries"), mou("b", "2025-11-20", "trade")];
    let mut store = store_of(&articles);
    let reports = of_article(&store, "a");
    let reject = decide(&mut store, Verdict::Reject { reports });
    check(&store, &[&["b"]]);
    assert_eq!(store.ties(&EventFilter::default()).unwrap()[0].count, 1);
    check_lasting(&articles, &[reject]);
}

#[test]
fn a_decision_holds_for_an_article_that_is_read_anew() {
    let mut store = store_of(&[mou("a", "2025-11-02", "fisheries")]);
    let reports = of_article(&store, "a");
    decide(&mut store, Verdict::Reject { reports });
    // Other rules tell of another date and topic, in the same sentence.
    let mut anew = mou("a", "2025-11-02", "fishing");
    anew.agreements[0].date = Some("2025-11-01".into());
    store.add(&anew, &run()).unwrap();
    store.settle().unwrap();
    check(&store, &[]);
    // Another sentence is another matter.
    anew.agreements[0].evidence[0].start = 50;
    anew.agreements[0].evidence[0].end = 59;
    store.add(&anew, &run()).unwrap();
    store.settle().unwrap();
    check(&store, &[&["a"]]);
}

#[test]
fn people_give_names() {
    let held = meeting("held", Some("2025-11-02"), None, &[("lee", "KOR"), ("wong", "SGP")]);
    let articles = [mou("a", "2025-11-02", "fisheries"), article("b", "2025-11-02", held)];
    let mut store = store_of(&articles);
    let rename = decide(
        &mut store,
        Verdict::Rename { reports: of_article(&store_of(&articles), "a"), name: "Jeju accord".into() },
    );
    let named = events(&store).into_iter().find(|e| e.articles == ["a"]).unwrap();
    assert_eq!(named.topic.as_deref(), Some("Jeju accord"));
    let leader = events(&store).into_iter().find(|e| e.articles == ["b"]).unwrap().participants[0].clone();
    let agent = decide(&mut store, Verdict::RenameAgent { agent: leader.iri.clone(), name: "Lee the Great".into() });
    let names: Vec<String> = events(&store).into_iter().flat_map(|e| e.participants).map(|l| l.name).collect();
    assert!(names.contains(&"Lee the Great".to_owned()), "{names:?}");
    check_lasting(&articles, &[rename, agent]);
}

#[test]
fn two_spellings_become_one_person() {
    let held = |name: &str, day: &str| meeting("held", Some(day), None, &[(name, "KOR"), ("wong", "SGP")]);
    let articles = [
        article("a", "2025-11-02", held("chung", "2025-11-02")),
        article("b", "2025-11-12", held("jeong", "2025-11-12")),
    ];
    let mut store = store_of(&articles);
    let of_korea = |store: &Store| -> Vec<String> {
        let all = events(store).into_iter().flat_map(|e| e.participants);
        let iris = all.filter(|l| l.party.as_deref() == Some("KOR")).map(|l| l.iri);
        iris.collect::<std::collections::BTreeSet<_>>().into_iter().collect()
    };
    let leaders = of_korea(&store);
    assert_eq!(leaders.len(), 2);
    let merge = decide(&mut store, Verdict::MergeLeaders { leaders: leaders.clone() });
    assert_eq!(of_korea(&store).len(), 1);
    for id in &leaders {
        let Some(Explanation::Leader { person, events }) = store.explain(id).unwrap() else { panic!("{id}") };
        assert_eq!((person.spellings.len(), events.len()), (2, 2));
        assert!(person.same_because.iter().any(|r| r.contains("Ada")), "{:?}", person.same_because);
    }
    check_lasting(&articles, &[merge]);
}

fn assertion(of: Vec<Mark>) -> Assertion {
    Assertion {
        about: "agreement".into(),
        event_type: "mou".into(),
        parties: vec!["SGP".into(), "KOR".into()],
        status: Some("broken".into()),
        date: Some("2025-12-01".into()),
        topic: None,
        place: None,
        sectors: Vec::new(),
        repeats: Vec::new(),
        of,
    }
}

#[test]
fn what_people_assert_is_an_event_or_corrects_one() {
    let articles = [mou("a", "2025-11-02", "fisheries")];
    let mut store = store_of(&articles);
    let new = decide(&mut store, Verdict::Assert { fact: assertion(Vec::new()) });
    check(&store, &[&[], &["a"]]);
    store.undo(&new.hash()[..6]).unwrap();
    let of = of_article(&store, "a");
    let better = decide(&mut store, Verdict::Assert { fact: assertion(of) });
    check(&store, &[&["a"]]);
    let event = &events(&store)[0];
    assert_eq!((event.status.as_deref(), event.date.as_deref()), (Some("broken"), Some("2025-12-01")));
    let Some(Explanation::Event { story }) = store.explain(&event.iri).unwrap() else { panic!() };
    let steps: Vec<&str> = story.steps.iter().map(|s| s.status.as_str()).collect();
    assert_eq!(steps, ["signed", "broken"]);
    assert_eq!(story.reports[1].claims[0].attributed_to.as_deref(), Some("Ada"));
    check_lasting(&articles, &[new]);
    check_lasting(&articles, &[better]);
}

#[test]
fn decisions_travel_as_json() {
    let articles = [mou("a", "2025-11-02", "fisheries"), mou("b", "2025-11-20", "trade")];
    let mut store = store_of(&articles);
    let reports = [of_article(&store, "a"), of_article(&store, "b")].concat();
    decide(&mut store, Verdict::Merge { reports });
    decide(&mut store, Verdict::Assert { fact: assertion(Vec::new()) });
    let text = serde_json::to_string(store.decisions()).unwrap();
    let read: Vec<Decision> = serde_json::from_str(&text).unwrap();
    let mut other = store_of(&articles);
    assert_eq!(other.decide(&read).unwrap(), 2);
    assert_eq!(other.decide(&read).unwrap(), 0);
    other.settle().unwrap();
    assert_eq!(dump(&other), dump(&store));
    assert_eq!(store.undo("").unwrap(), None);
    assert_eq!(store.undo("zz").unwrap(), None);
}

#[test]
fn decisions_live_in_the_folder() {
    let dir = tempfile::tempdir().unwrap();
    let mut store = Store::open(dir.path()).unwrap();
    store.add(&mou("a", "2025-11-02", "fisheries"), &run()).unwrap();
    store.settle().unwrap();
    let reports = of_article(&store, "a");
    decide(&mut store, Verdict::Reject { reports });
    store.flush().unwrap();
    let before = dump(&store);
    drop(store);
    let mut store = Store::open(dir.path()).unwrap();
    assert_eq!(store.decisions().len(), 1);
    store.add(&mou("a", "2025-11-02", "fisheries"), &run()).unwrap();
    store.settle().unwrap();
    assert_eq!(dump(&store), before);
}

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
fn what_only_a_person_tells_is_sound() {
    let mut store = knowing(&[]);
    let mut signed = assertion(Vec::new());
    signed.status = Some("signed".into());
    enact(&mut store, &[at("00", Verdict::Assert { fact: signed.clone() })]);
    assert_eq!(store.ties(&EventFilter::default()).unwrap()[0].articles, 0);
    // Of articles that are gone, even with a party that they alone named.
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
    check(&store, &[&[], &[]]);
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
