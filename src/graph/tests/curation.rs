//! What people decide holds through every rebuild, and goes without a trace when it is taken back.

use super::*;
use crate::graph::{Assertion, Decision, EventFilter, EventRow, Explanation, Mark, Target, Verdict};

pub(super) const AT: &str = "2025-11-20T09:30:00Z";

fn decision(verdict: Verdict) -> Decision {
    Decision::new("Ada", "because", AT, verdict)
}

pub(super) fn mou(id: &str, day: &str, topic: &str) -> Facts {
    article(id, day, agreement("mou", "signed", topic, Some(day)))
}

pub(super) fn events(store: &Store) -> Vec<EventRow> {
    store.events(&EventFilter::default()).unwrap()
}

pub(super) fn marks(store: &Store, id: &str) -> Vec<Mark> {
    match store.target(id).unwrap() {
        Some(Target::Reports { marks, .. }) => marks,
        other => panic!("{id}: {other:?}"),
    }
}

/// The marks of the event that an article reports.
pub(super) fn of_article(store: &Store, article: &str) -> Vec<Mark> {
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
pub(super) fn check(store: &Store, expected: &[&[&str]]) {
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
    let Some(Explanation::Event { story, .. }) = store.explain(&event.iri).unwrap() else { panic!() };
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
    // Whoever has a new name is still found by the old one.
    assert_eq!(store.find_leaders("Mr Lee").unwrap(), store.find_leaders("Lee the Great").unwrap());
    let marks = of_article(&store_of(&articles), "b");
    let encounter = decide(&mut store, Verdict::Rename { reports: marks, name: "Jeju summit".into() });
    let named = events(&store).into_iter().find(|e| e.articles == ["b"]).unwrap();
    assert_eq!(named.topic.as_deref(), Some("Jeju summit"));
    check_lasting(&articles, &[rename, agent, encounter]);
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
    // The decision still tells which names it is about.
    let mut names = store.account(&merge.verdict, Some(&merge)).unwrap().names;
    names.sort();
    assert_eq!(names, ["Mr chung", "Mr jeong"]);
    for id in &leaders {
        let Some(Explanation::Leader { person, events }) = store.explain(id).unwrap() else { panic!("{id}") };
        assert_eq!((person.spellings.len(), events.len()), (2, 2));
        assert!(person.same_because.iter().any(|r| r.contains("Ada")), "{:?}", person.same_because);
    }
    check_lasting(&articles, &[merge]);
}

pub(super) fn assertion(of: Vec<Mark>) -> Assertion {
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
    let Some(Explanation::Event { story, .. }) = store.explain(&event.iri).unwrap() else { panic!() };
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
