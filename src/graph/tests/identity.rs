//! Which reports are of one event.

use super::*;
use crate::graph::{EventFilter, EventRow};

/// The events of these articles must be `expected`, each by its articles.
#[track_caller]
fn check(articles: &[Facts], expected: &[&[&str]]) -> Vec<EventRow> {
    let events = store_of(articles).events(&EventFilter::default()).unwrap();
    let mut found: Vec<Vec<&str>> = events.iter().map(|e| e.articles.iter().map(String::as_str).collect()).collect();
    let mut expected: Vec<Vec<&str>> = expected.iter().map(|ids| ids.to_vec()).collect();
    found.sort();
    expected.sort();
    assert_eq!(found, expected);
    // The order in which articles come makes no difference.
    let mut reversed = articles.to_vec();
    reversed.reverse();
    assert_eq!(dump(&store_of(&reversed)), dump(&store_of(articles)));
    events
}

/// Two articles, a day apart; whether their facts are one event.
#[track_caller]
fn check_pair(a: Value, b: Value, one: bool) {
    let articles = [article("a", "2025-11-02", a), article("b", "2025-11-03", b)];
    check(&articles, if one { &[&["a", "b"]] } else { &[&["a"], &["b"]] });
}

const DAY: Option<&str> = Some("2025-11-02");

#[test]
fn agreements_are_one_by_parties_type_topic_and_day() {
    let mou = |topic, date| agreement("mou", "signed", topic, date);
    check_pair(mou("digital cooperation", DAY), mou("MOU on the digital economy", DAY), true);
    check_pair(mou("digital cooperation", DAY), mou("digital cooperation", Some("2025-11-03")), true);
    check_pair(mou("digital cooperation", DAY), mou("digital cooperation", Some("2025-11-05")), false);
    check_pair(mou("digital cooperation", DAY), mou("logistics and shipping", DAY), false);
    check_pair(mou("digital cooperation", DAY), mou("a memorandum", DAY), true);
    check_pair(mou("digital cooperation", DAY), agreement("treaty", "signed", "digital cooperation", DAY), false);
    check_pair(mou("digital cooperation", DAY), agreement("agreement", "signed", "digital cooperation", DAY), true);
    check_pair(mou("digital cooperation", DAY), agreement("agreement", "signed", "fisheries", DAY), false);
}

#[test]
fn a_date_that_is_less_precise_must_hold_the_other() {
    let treaty = |date| agreement("treaty", "signed", "extradition", date);
    check_pair(treaty(DAY), treaty(Some("2025-11")), true);
    check_pair(treaty(DAY), treaty(Some("2025")), true);
    check_pair(treaty(DAY), treaty(Some("2024")), false);
    check_pair(treaty(DAY), treaty(None), true);
    check_pair(meeting("held", DAY, None, &[]), meeting("held", Some("2025-11"), None, &[]), true);
    check_pair(meeting("held", DAY, None, &[]), meeting("held", Some("2025"), None, &[]), false);
    check_pair(act("SUPPORT", DAY), act("SUPPORT", Some("2025")), false);
}

#[test]
fn numbers_keep_events_apart_even_through_a_third_article() {
    let topic = |topic| agreement("plan", "agreed", topic, DAY);
    check_pair(topic("3rd energy roadmap"), topic("4th energy roadmap"), false);
    let articles = [
        article("a", "2025-11-02", topic("3rd energy roadmap")),
        article("b", "2025-11-02", topic("4th energy roadmap")),
        article("c", "2025-11-02", topic("energy roadmap")),
    ];
    let events = store_of(&articles).events(&EventFilter::default()).unwrap();
    assert_eq!(events.len(), 2);
    assert!(events.iter().all(|e| !(e.articles.contains(&"a".into()) && e.articles.contains(&"b".into()))));
}

#[test]
fn two_facts_of_one_article_are_two_events() {
    let two = || {
        json!({"agreements": [
            {"type": "mou", "parties": ["KOR", "SGP"], "status": "signed", "topic": "trade", "date": "2025-11-02"},
            {"type": "mou", "parties": ["KOR", "SGP"], "status": "signed", "topic": "trade", "date": "2025-11-02"}]})
    };
    check(&[article("a", "2025-11-02", two())], &[&["a"], &["a"]]);
    check(&[article("a", "2025-11-02", two()), article("b", "2025-11-02", two())], &[&["a", "b"], &["a", "b"]]);
}

#[test]
fn what_was_planned_and_then_done_is_one_event_with_the_status_reached() {
    let articles = [
        article("a", "2025-10-20", agreement("treaty", "planned", "extradition", None)),
        article("b", "2025-11-02", agreement("treaty", "signed", "extradition treaty", DAY)),
    ];
    let events = check(&articles, &[&["a", "b"]]);
    assert_eq!((events[0].status.as_deref(), events[0].date.as_deref()), (Some("signed"), DAY));
    // Still planned after the signing: another treaty. Planned half a year before: unknown.
    for (day, status) in [("2025-11-20", "planned"), ("2025-05-01", "planned")] {
        let plan = article("a", day, agreement("treaty", status, "extradition", None));
        check(&[plan, articles[1].clone()], &[&["a"], &["b"]]);
    }
}

#[test]
fn what_was_called_off_did_not_take_place() {
    let planned = || article("a", "2025-10-30", meeting("planned", DAY, None, &[]));
    let cancelled = || article("b", "2025-11-01", meeting("cancelled", DAY, None, &[]));
    let held = || article("c", "2025-11-02", meeting("held", DAY, None, &[]));
    assert_eq!(check(&[planned(), cancelled()], &[&["a", "b"]])[0].status.as_deref(), Some("cancelled"));
    assert_eq!(check(&[planned(), held()], &[&["a", "c"]])[0].status.as_deref(), Some("held"));
    check(&[cancelled(), held()], &[&["b"], &["c"]]);
}

#[test]
fn encounters_differ_by_people_and_place() {
    let held = |place, leaders: &[(&str, &str)]| meeting("held", DAY, place, leaders);
    let (lee, wong, cho) = (("lee", "KOR"), ("wong", "SGP"), ("cho", "KOR"));
    check_pair(held(Some("Seoul"), &[lee, wong]), held(Some("Seoul"), &[lee]), true);
    check_pair(held(None, &[lee]), held(Some("Seoul"), &[wong]), true);
    check_pair(held(None, &[lee, wong]), held(None, &[cho, wong]), false);
    check_pair(held(Some("Seoul"), &[]), held(Some("Singapore"), &[]), false);
}

#[test]
fn a_gathering_is_one_whoever_each_report_names() {
    let apec = |parties: &[&str], place: Option<&str>| {
        json!({"encounters": [{"type": "gathering", "countries": parties, "place": place, "date": "2025-10-31",
            "status": "held"}]})
    };
    check_pair(apec(&["APEC", "KOR", "SGP"], None), apec(&["APEC", "SGP"], Some("Gyeongju")), true);
    check_pair(apec(&["KOR", "SGP"], Some("Gyeongju")), apec(&["JPN", "KOR", "SGP"], Some("Gyeongju")), true);
    check_pair(apec(&["KOR", "SGP"], None), apec(&["JPN", "KOR", "SGP"], None), false);
    check_pair(apec(&["APEC", "SGP"], Some("Lima")), apec(&["APEC", "KOR", "SGP"], Some("Gyeongju")), false);
}

#[test]
fn acts_are_one_by_actor_recipient_type_and_day() {
    check_pair(act("SUPPORT", DAY), act("SUPPORT", DAY), true);
    // Each on the day of its paper.
    check_pair(act("SUPPORT", DAY), act("SUPPORT", Some("2025-11-03")), false);
    check_pair(act("SUPPORT", DAY), act("SUPPORT", Some("2025-11-04")), false);
    check_pair(act("SUPPORT", DAY), act("AID", DAY), false);
    let other = json!({"acts": [{"actor": "KOR", "recipient": "SGP", "type": "SUPPORT", "date": "2025-11-02"}]});
    check_pair(act("SUPPORT", DAY), other, false);
}

#[test]
fn days_do_not_chain() {
    let articles: Vec<Facts> = (1..=6)
        .map(|day| {
            let date = format!("2025-11-0{day}");
            article(&format!("a{day}"), &date, act("ACCUSE", Some(&date)))
        })
        .collect();
    for event in store_of(&articles).events(&EventFilter::default()).unwrap() {
        assert!(event.articles.len() <= 2, "{:?}", event.articles);
    }
}

#[test]
fn undated_news_is_near_its_publication_and_what_is_recalled_is_not() {
    check_pair(act("SUPPORT", None), act("SUPPORT", None), true);
    let far = [article("a", "1978-09-18", act("SUPPORT", None)), article("b", "1994-07-26", act("SUPPORT", None))];
    let events = check(&far, &[&["a"], &["b"]]);
    assert!(events.iter().all(|e| e.date.is_none()), "the day of publication is never the date of an event");
    let recalled = |day| {
        let mut facts = article("r", day, agreement("treaty", "signed", "friendship", None));
        facts.agreements[0].background = true;
        facts
    };
    let news = article("n", "2025-11-02", agreement("treaty", "signed", "friendship", DAY));
    check(&[recalled("2025-11-02"), news], &[&["n"], &["r"]]);
}

#[test]
fn more_articles_make_an_event_surer_but_never_certain() {
    let articles: Vec<Facts> =
        ["a", "b", "c", "d", "e", "f"].map(|id| article(id, "2025-11-02", act("AID", DAY))).into();
    let confidence = |n: usize| store_of(&articles[..n]).events(&EventFilter::default()).unwrap()[0].confidence;
    assert_eq!([1, 2, 6].map(confidence), [0.8, 0.96, 0.999]);
}
