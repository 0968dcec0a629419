//! What people say of events holds of one event each, makes no reports one, and rests while none of them is there.

use super::curation::{assertion, check, events, mou, of_article};
use super::*;
use crate::graph::{Assertion, Decision, EventRow, Explanation, Severity, Suspicion, Target, Verdict, Wish};

fn at(second: &str, why: &str, verdict: Verdict) -> Decision {
    Decision::new("Ada", why, &format!("2025-11-20T09:30:{second}Z"), verdict)
}

#[track_caller]
fn enact(store: &mut Store, decision: &Decision) {
    assert_eq!(store.decide(std::slice::from_ref(decision)).unwrap(), 1);
    store.settle().unwrap();
    check_clean(store);
}

#[track_caller]
fn undo(store: &mut Store, decision: &Decision) {
    assert!(store.undo(&decision.hash()).unwrap().is_some());
    store.settle().unwrap();
    check_clean(store);
}

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

#[track_caller]
fn of(store: &Store, article: &str) -> EventRow {
    events(store).into_iter().find(|e| e.articles.contains(&article.to_owned())).unwrap()
}

/// Values that only add a status.
fn status(store: &Store, article: &str, status: &str) -> Verdict {
    let repeats = vec!["parties".into(), "type".into()];
    let marks = of_article(store, article);
    let fact = Assertion { status: Some(status.into()), date: None, repeats, ..assertion(marks) };
    Verdict::Assert { fact }
}

/// Three reports that nothing but a person puts together.
fn three() -> [Facts; 3] {
    [mou("a", "2025-11-02", "fisheries"), mou("b", "2025-11-20", "sea borders"), mou("c", "2025-12-20", "trade")]
}

fn merge(store: &Store, articles: &[&str]) -> Verdict {
    Verdict::Merge { reports: articles.iter().flat_map(|article| of_article(store, article)).collect() }
}

#[test]
fn what_is_said_of_an_event_makes_no_reports_one() {
    let mut store = knowing(&three());
    let merged = at("00", "one signing", merge(&store, &["a", "b"]));
    enact(&mut store, &merged);
    let ended = at("01", "told on the phone", status(&store, "a", "broken"));
    enact(&mut store, &ended);
    let reports = of_article(&store, "a");
    let named = at("02", "its name", Verdict::Rename { reports, name: "Jeju accord".into() });
    enact(&mut store, &named);
    check(&store, &[&["a", "b"], &["c"]]);
    assert_eq!(
        (of(&store, "b").status.as_deref(), of(&store, "b").topic.as_deref()),
        (Some("broken"), Some("Jeju accord"))
    );
    let decided = dump(&store);

    undo(&mut store, &merged);
    check(&store, &[&["a"], &["b"], &["c"]]);
    // Of two events that have as many of the reports, it holds of the first.
    let (a, b) = (of(&store, "a"), of(&store, "b"));
    assert_eq!((a.status.as_deref(), a.topic.as_deref()), (Some("broken"), Some("Jeju accord")));
    assert_eq!((b.status.as_deref(), b.topic.as_deref()), (Some("signed"), Some("sea borders")));
    let Some(Explanation::Event { story, .. }) = store.explain(&a.iri).unwrap() else { panic!() };
    assert_eq!(story.decisions, [ended, named]);
    assert_eq!(story.reports[1].same_because, ["Ada said so of this event on 2025-11-20: told on the phone"]);
    let Some(Explanation::Event { story, .. }) = store.explain(&b.iri).unwrap() else { panic!() };
    assert_eq!(story.decisions, []);
    // Nobody but the undone merge put them together.
    let Some(Explanation::Event { story, .. }) = store.explain(&a.iri).unwrap() else { panic!() };
    assert!(story.reports.iter().flat_map(|r| &r.same_because).all(|reason| !reason.contains("put them together")));
    enact(&mut store, &merged);
    assert_eq!(dump(&store), decided);
}

#[test]
fn what_most_of_the_reports_tell_is_what_is_said_of() {
    let articles =
        [mou("a", "2025-11-02", "trade"), mou("b", "2025-11-20", "fisheries"), mou("c", "2025-11-20", "fisheries")];
    let mut store = knowing(&articles);
    check(&store, &[&["a"], &["b", "c"]]);
    let merged = at("00", "one signing", merge(&store, &["a", "b"]));
    enact(&mut store, &merged);
    let ended = at("01", "told on the phone", status(&store, "a", "broken"));
    enact(&mut store, &ended);
    undo(&mut store, &merged);
    check(&store, &[&["a"], &["b", "c"]]);
    assert_eq!(
        (of(&store, "a").status.as_deref(), of(&store, "b").status.as_deref()),
        (Some("signed"), Some("broken"))
    );
    // In any order of arrival.
    let mut other = knowing(&[]);
    other.decide(&[ended]).unwrap();
    for facts in articles.iter().rev() {
        other.add(facts, &run()).unwrap();
        other.settle().unwrap();
        check_clean(&other);
    }
    assert_eq!(dump(&other), dump(&store));
}

#[test]
fn what_is_said_of_an_event_rests_while_no_report_of_it_is_there() {
    let mut store = knowing(&three());
    let dated = Assertion {
        repeats: vec!["parties".into(), "type".into()],
        status: None,
        ..assertion(of_article(&store, "a"))
    };
    enact(&mut store, &at("00", "seen", Verdict::Assert { fact: dated }));
    assert_eq!(of(&store, "a").date.as_deref(), Some("2025-12-01"));
    let said = dump(&store);
    store.forget(&["a"]).unwrap();
    store.settle().unwrap();
    check_clean(&store);
    check(&store, &[&["b"], &["c"]]);
    let decision = &store.decisions()[0];
    assert!(store.account(&decision.verdict, Some(decision)).unwrap().rests);
    store.add(&mou("a", "2025-11-02", "fisheries"), &run()).unwrap();
    store.settle().unwrap();
    check_clean(&store);
    assert_eq!(dump(&store), said);
}

#[test]
fn a_split_is_no_reason_for_one_event() {
    let same = ["a", "b", "c"].map(|id| mou(id, "2025-11-02", "fisheries"));
    let mut store = knowing(&same);
    let (reports, from) = of_article(&store, "a").into_iter().partition(|mark| mark.article == "c");
    enact(&mut store, &at("00", "another day", Verdict::Split { reports, from }));
    let again = merge(&store, &["a"]);
    enact(&mut store, &at("01", "one signing", again));
    check(&store, &[&["a", "b"], &["c"]]);
    let Some(Explanation::Event { story, .. }) = store.explain(&of(&store, "a").iri).unwrap() else { panic!() };
    assert_eq!(story.reports[1].same_because, ["Ada put them together on 2025-11-20: one signing"]);
}

#[test]
fn an_event_is_found_by_the_id_that_it_had() {
    let mut store = knowing(&three());
    let old = of(&store, "b").iri;
    assert_eq!(store.became(&old).unwrap(), None);
    let merged = at("00", "one signing", merge(&store, &["a", "b"]));
    enact(&mut store, &merged);
    let now = of(&store, "a").iri;
    let short = format!("event/{}", &old[old.len() - 20..][..8]);
    for id in [&old, &short] {
        assert_eq!(store.became(id).unwrap().as_deref(), Some(&*now));
        match store.explain(id).unwrap() {
            Some(Explanation::Event { story, formerly }) => {
                assert_eq!((&story.event.iri, formerly.as_ref()), (&now, Some(&old)));
            }
            other => panic!("{other:?}"),
        }
        assert_eq!(store.target(id).unwrap(), store.target(&now).unwrap());
    }
    undo(&mut store, &merged);
    assert_eq!(store.became(&old).unwrap(), None);
    assert_eq!(store.explain("event/ffffffff").unwrap(), None);
}

#[test]
fn a_rejected_event_can_be_named_and_put_to_another() {
    let mut store =
        knowing(&[mou("a", "2025-11-02", "fisheries"), mou("b", "2025-11-02", "fisheries"), three()[2].clone()]);
    let (old, reports) = (of(&store, "a").iri, of_article(&store, "a"));
    enact(&mut store, &at("00", "a joke", Verdict::Reject { reports: reports.clone() }));
    check(&store, &[&["c"]]);
    let Some(Explanation::Rejected { decision, claims, .. }) = store.explain(&old).unwrap() else { panic!() };
    assert_eq!((decision.why.as_str(), claims.len()), ("a joke", 2));
    assert_eq!(store.target(&old).unwrap(), Some(Target::Reports { iri: old.clone(), marks: reports }));
    let wish = Wish::Merge { ids: vec![old, of(&store, "c").iri] };
    let verdict = store.verdict(&wish).unwrap();
    enact(&mut store, &at("01", "no joke", verdict));
    check(&store, &[&["a", "b", "c"]]);
}

#[test]
fn what_is_decided_already_is_known() {
    let mut store = knowing(&three());
    let merged = at("00", "one signing", merge(&store, &["a", "b"]));
    assert_eq!(store.decided(&merged.verdict), None);
    enact(&mut store, &merged);
    assert_eq!(store.decided(&merged.verdict), Some(&merged));
    // Said again of an event that has what was said of it among its reports.
    let ended = at("01", "told", status(&store, "a", "broken"));
    enact(&mut store, &ended);
    assert_eq!(store.decided(&status(&store, "a", "broken")), Some(&ended));
    assert_eq!(store.decided(&status(&store, "a", "in-force")), None);
    // What a later decision is about too may have another outcome.
    let other = status(&store, "a", "in-force");
    enact(&mut store, &at("02", "no", other));
    assert_eq!(store.decided(&status(&store, "a", "broken")), None);
    // A fact of a person's own that was rejected can be asserted anew.
    let own = at(
        "03",
        "seen",
        Verdict::Assert { fact: Assertion { status: Some("signed".into()), ..assertion(Vec::new()) } },
    );
    enact(&mut store, &own);
    assert_eq!(store.decided(&own.verdict), Some(&own));
    let event = events(&store).into_iter().find(|e| e.articles.is_empty()).unwrap();
    let reject = store.verdict(&Wish::Reject { ids: vec![event.iri] }).unwrap();
    enact(&mut store, &at("04", "no", reject));
    assert_eq!(store.decided(&own.verdict), None);
}

#[test]
fn steps_without_a_date_stand_where_they_are_told() {
    let plan =
        |id: &str, day: &str, date: Option<&str>| article(id, day, agreement("mou", "planned", "fisheries", date));
    let mut store = knowing(&[plan("a", "2025-11-02", Some("2025-11-03")), plan("b", "2025-11-09", None)]);
    let both: Vec<_> = ["a", "b"].iter().flat_map(|id| of_article(&store, id)).collect();
    store.decide(&[at("00", "one plan", Verdict::Merge { reports: both })]).unwrap();
    store.settle().unwrap();
    let Some(Explanation::Event { story, .. }) = store.explain(&of(&store, "a").iri).unwrap() else { panic!() };
    let told: Vec<&str> = story.steps.iter().map(|step| step.articles[0].as_str()).collect();
    assert_eq!(told, ["a", "b"]);
}

#[test]
fn suggestions_name_an_event_as_often_as_it_takes() {
    // Three events of one topic, too far apart in time: two merges make them one.
    let days = ["2025-01-02", "2025-03-02", "2025-05-02"];
    let store = store_of(&days.map(|day| mou(day, day, "fishing quotas in the Yellow Sea")));
    let missed = store.suggestions(20).unwrap();
    assert_eq!(missed.iter().filter(|s| s.suspicion == Suspicion::MissedMerge).count(), 2, "{missed:#?}");
    // An event of many reports of two types is doubted once.
    let typed = |id: &str, kind: &str| {
        article(id, "2025-11-02", agreement(kind, "signed", "fishing quotas", Some("2025-11-02")))
    };
    let store = store_of(&[typed("a", "agreement"), typed("b", "mou"), typed("c", "agreement"), typed("d", "mou")]);
    check(&store, &[&["a", "b", "c", "d"]]);
    let doubtful = store.suggestions(20).unwrap();
    assert!(doubtful.iter().filter(|s| s.suspicion == Suspicion::DoubtfulMerge).count() <= 1, "{doubtful:#?}");
    // What somebody says of an event is no report of it.
    let mut store = knowing(&three());
    let broken = status(&store, "a", "broken");
    enact(&mut store, &at("00", "told", broken));
    let all = store.suggestions(20).unwrap();
    assert!(
        all.iter().all(|s| ![&s.one, &s.other].iter().any(|side| side.article.starts_with("decision/"))),
        "{all:#?}"
    );
}

#[test]
fn leaders_whose_names_are_spelled_differently_are_suggested() {
    let held = |name: &str, day: &str| meeting("held", Some(day), None, &[(name, "KOR"), ("wong", "SGP")]);
    let store = store_of(&[
        article("a", "2025-11-02", held("qolbaev", "2025-11-02")),
        article("b", "2025-11-12", held("qolbayev", "2025-11-12")),
        article("c", "2025-11-22", held("kim", "2025-11-22")),
    ]);
    let found = store.namesakes(20).unwrap();
    let told: Vec<_> =
        found.iter().map(|p| (p.party.as_str(), [&p.one, &p.other].map(|side| side.names[0].as_str()))).collect();
    assert_eq!(told.len(), 1, "{found:#?}");
    let mut names = told[0].1;
    names.sort_unstable();
    assert_eq!((told[0].0, names), ("KOR", ["Mr qolbaev", "Mr qolbayev"]));
    assert!(found[0].together.iter().any(|reason| reason == "the same office (head-of-state)"), "{found:#?}");
    assert!(found[0].together.iter().any(|reason| reason == "named 10 days apart"), "{found:#?}");
    assert!(!found[0].one.quotes.is_empty() && found[0].apart.is_empty(), "{found:#?}");
}

#[test]
fn an_id_of_several_things_is_told_with_what_they_are() {
    let held = |party: &str, day: &str| meeting("held", Some(day), None, &[("lee", party)]);
    let store = store_of(&[
        article("a", "2025-11-02", held("KOR", "2025-11-02")),
        article("b", "2025-11-12", held("SGP", "2025-11-12")),
    ]);
    let error = store.verdict(&Wish::Rename { id: "Mr lee".into(), name: "Lee".into() }).unwrap_err();
    let told = error.to_string();
    assert!(told.starts_with("`Mr lee` may be any of\n    leader/"), "{told}");
    assert_eq!(told.matches("  Mr lee").count(), 2, "{told}");
}
