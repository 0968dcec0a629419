//! What an event has come through, what its reports say differently, what came of it, and who is who.

use super::*;
use crate::graph::{EventFilter, EventKind, Explanation, Story};

fn story_of(store: &Store, article: &str, kind: EventKind) -> Story {
    let events = store.events(&EventFilter::default()).unwrap();
    let event = events.iter().find(|e| e.kind == kind && e.articles.contains(&article.to_owned())).unwrap();
    match store.explain(&event.iri).unwrap() {
        Some(Explanation::Event { story, .. }) => *story,
        other => panic!("{other:?}"),
    }
}

fn steps(story: &Story) -> Vec<(&str, Option<&str>, Vec<&str>)> {
    story
        .steps
        .iter()
        .map(|s| (s.status.as_str(), s.date.as_deref(), s.articles.iter().map(String::as_str).collect()))
        .collect()
}

#[test]
fn an_agreement_has_a_history_with_an_article_behind_each_step() {
    let treaty = |status: &str, date: Option<&str>| agreement("treaty", status, "extradition of prisoners", date);
    let store = store_of(&[
        article("a", "2025-10-20", treaty("planned", None)),
        article("b", "2025-11-02", treaty("signed", Some("2025-11-02"))),
        article("c", "2026-05-01", treaty("in-force", Some("2026-05-01"))),
        article("d", "2026-05-02", treaty("in-force", Some("2026-05-01"))),
    ]);
    let story = story_of(&store, "a", EventKind::Agreement);
    assert_eq!(
        steps(&story),
        [
            ("planned", None, vec!["a"]),
            ("signed", Some("2025-11-02"), vec!["b"]),
            ("in-force", Some("2026-05-01"), vec!["c", "d"])
        ]
    );
    assert_eq!((story.event.status.as_deref(), story.differences), (Some("in-force"), Vec::new()));
    let text = dump(&store);
    assert_eq!(text.matches("ontology#reached> \"signed\"").count(), 1, "{text}");
}

#[test]
fn a_meeting_that_was_called_off_keeps_its_plan() {
    let met = |status: &str| meeting(status, Some("2025-11-02"), None, &[("cho", "KOR")]);
    let store = store_of(&[article("a", "2025-10-20", met("planned")), article("b", "2025-11-01", met("cancelled"))]);
    let story = story_of(&store, "b", EventKind::Encounter);
    assert_eq!(steps(&story).iter().map(|s| s.0).collect::<Vec<_>>(), ["planned", "cancelled"]);
    assert_eq!(story.event.status.as_deref(), Some("cancelled"));
    assert_eq!(store.ties(&EventFilter::default()).unwrap(), []);
}

#[test]
fn conflicting_reports_stand_side_by_side() {
    let mous = |topic: &str, date: &str| agreement("mou", "signed", topic, Some(date));
    let store = store_of(&[
        article("a", "2025-11-03", mous("five MOUs on border trade", "2025-11-02")),
        article("b", "2025-11-03", mous("six MOUs on border trade", "2025-11-03")),
    ]);
    let story = story_of(&store, "a", EventKind::Agreement);
    assert_eq!(story.event.articles, ["a", "b"]);
    let told = |what: &str| -> Vec<(String, Vec<String>)> {
        let found = story.differences.iter().find(|d| d.what == what);
        found.map(|d| d.versions.clone()).unwrap_or_default()
    };
    let version = |v: &str, article: &str| (v.to_owned(), vec![article.to_owned()]);
    assert_eq!(told("date"), [version("2025-11-02", "a"), version("2025-11-03", "b")]);
    assert_eq!(told("number"), [version("5", "a"), version("6", "b")]);
    let text = dump(&store);
    assert!(text.contains("ontology#alsoDated>") && text.contains("ontology#alsoNamed>"), "{text}");
}

#[test]
fn stages_and_less_precise_dates_are_no_conflict() {
    let treaty = |status: &str, date: &str| agreement("treaty", status, "extradition of prisoners", Some(date));
    let differ = |articles: &[Facts]| {
        let story = story_of(&store_of(articles), "a", EventKind::Agreement);
        assert_eq!(story.event.articles.len(), articles.len());
        story.differences.iter().map(|d| d.what).collect::<Vec<_>>()
    };
    let signed = || article("a", "1979-02-01", treaty("signed", "1979-01-31"));
    assert_eq!(differ(&[signed(), article("b", "1979-02-02", treaty("signed", "1979-01"))]), [] as [&str; 0]);
    assert_eq!(differ(&[signed(), article("b", "1979-01-20", treaty("planned", "1979-01-29"))]), [] as [&str; 0]);
    assert_eq!(differ(&[signed(), article("b", "1979-02-02", treaty("signed", "1979-01-30"))]), ["date"]);
}

#[test]
fn a_pair_is_found_in_any_order_and_case() {
    let store = store_of(&[article("a", "2025-11-02", agreement("mou", "signed", "trade", Some("2025-11-02")))]);
    for id in ["KOR-SGP", "SGP-KOR", "kor-sgp", "dyad/sgp-kor", "https://w3id.org/entente/id/dyad/SGP-KOR"] {
        let Some(Explanation::Dyad { parties, ties }) = store.explain(id).unwrap() else { panic!("{id}") };
        assert_eq!((parties, ties.len()), (["KOR".to_owned(), "SGP".to_owned()], 1));
    }
    for id in ["KOR-XXX", "KOR-KOR", "-", "KOR-", "SGP-KOR-SGP"] {
        assert_eq!(store.explain(id).unwrap(), None, "{id}");
    }
}

#[test]
fn encounters_are_linked_to_the_agreements_they_produced() {
    let visit = |date: &str, status: &str| {
        let mut facts = meeting(status, Some(date), Some("Seoul"), &[("wong", "SGP")]);
        facts["encounters"][0]["type"] = json!("visit");
        facts
    };
    let signed = |date: &str| agreement("mou", "signed", "fisheries", Some(date));
    let link = |articles: &[Facts]| {
        let store = store_of(articles);
        let story = story_of(&store, "m", EventKind::Agreement);
        let back = story.came_of.first().map(|iri| match store.explain(iri).unwrap() {
            Some(Explanation::Event { story, .. }) => story.produced,
            other => panic!("{other:?}"),
        });
        (story.came_of.len(), back.is_some_and(|made| made == [story.event.iri.clone()]))
    };
    let agreed = |date: &str| article("m", date, signed(date));
    let came = |date: &str, status: &str| article("v", date, visit(date, status));
    assert_eq!(link(&[came("2025-11-01", "held"), agreed("2025-11-02")]), (1, true));
    assert_eq!(link(&[came("2025-11-01", "planned"), agreed("2025-11-02")]), (0, false));
    assert_eq!(link(&[came("2025-11-03", "held"), agreed("2025-11-02")]), (0, false));
    // Two days after: only where one article tells of both.
    assert_eq!(link(&[came("2025-11-01", "held"), agreed("2025-11-03")]), (0, false));
    let mut both = agreed("2025-11-03");
    both.encounters = came("2025-11-01", "held").encounters;
    both.leaders = came("2025-11-01", "held").leaders;
    both.encounters[0].evidence[0].start = 100;
    both.encounters[0].evidence[0].end = 109;
    assert_eq!(link(&[both.clone()]), (1, true));
    // It goes with the article that told it.
    let mut store = store_of(&[both, came("2025-11-01", "held")]);
    assert!(dump(&store).contains("ontology#produced>"));
    store.forget(&["m"]).unwrap();
    assert!(!dump(&store).contains("ontology#produced>"));
}

fn leader_of(store: &Store, name: &str) -> crate::graph::Person {
    match store.explain(name).unwrap() {
        Some(Explanation::Leader { person, .. }) => *person,
        other => panic!("{name}: {other:?}"),
    }
}

/// An article of a day that names one person of a country.
fn naming(id: &str, day: &str, name: &str, country: &str, office: &str) -> Facts {
    let mut facts = article(id, day, meeting("held", Some(day), None, &[("x", country), ("y", "FJI")]));
    facts.leaders[0].name = name.into();
    facts.leaders[0].office = office.parse().unwrap();
    facts
}

fn known(articles: &[Facts]) -> Store {
    let mut store = Store::in_memory().unwrap();
    store.refer(&crate::knowledge::Knowledge::builtin().unwrap()).unwrap();
    for facts in articles {
        store.add(facts, &run()).unwrap();
    }
    store.settle().unwrap();
    store
}

#[test]
fn a_leader_of_the_lists_is_one_person_in_every_spelling() {
    let store = known(&[
        naming("a", "2025-11-02", "Lee Jae Myung", "KOR", "head-of-state"),
        naming("b", "2025-11-12", "Lee Jae-myung", "KOR", "head-of-state"),
        naming("c", "2025-11-22", "Lee", "KOR", "head-of-state"),
        naming("d", "2022-03-01", "Joseph R. Biden, Jr.", "USA", "head-of-state"),
        naming("e", "2022-04-01", "Biden", "USA", "head-of-state"),
    ]);
    let lee = leader_of(&store, "Lee Jae Myung");
    assert_eq!(
        lee.spellings.iter().map(|s| s.name.as_str()).collect::<Vec<_>>(),
        ["Lee", "Lee Jae Myung", "Lee Jae-myung"]
    );
    assert!(!lee.learned && !lee.terms.is_empty() && lee.terms[0].listed, "{lee:?}");
    let biden = leader_of(&store, "Joe Biden");
    assert_eq!((biden.spellings.len(), biden.learned), (2, false));
    assert!(store.check().unwrap().iter().all(|f| !f.check.contains("Leader")));
}

#[test]
fn an_office_passes_from_one_person_to_the_next() {
    let store = known(&[
        naming("a", "2023-06-02", "Lee", "SGP", "head-of-government"),
        naming("b", "2025-06-02", "Wong", "SGP", "head-of-government"),
    ]);
    let (before, after) = (leader_of(&store, "Lee Hsien Loong"), leader_of(&store, "Lawrence Wong"));
    assert_eq!(before.spellings[0].articles, ["a"]);
    assert_eq!(after.spellings[0].articles, ["b"]);
    let prime = |p: &crate::graph::Person| p.terms.iter().find(|t| t.office == "head-of-government").unwrap().clone();
    assert!(prime(&before).until.unwrap() <= prime(&after).since.unwrap());
}

#[test]
fn homonyms_are_kept_apart_and_the_unknown_are_flagged() {
    let store = known(&[
        naming("a", "2012-06-02", "Mahinda Rajapaksa", "LKA", "head-of-state"),
        naming("b", "2020-06-02", "Gotabaya Rajapaksa", "LKA", "head-of-state"),
        naming("c", "2024-06-02", "Kim", "KOR", "spokesperson"),
        naming("d", "2024-06-03", "Kim", "KOR", "legislator"),
        naming("e", "2024-06-04", "Kim Nobody-at-all", "KOR", "legislator"),
        naming("f", "2024-06-05", "KIM NOBODY AT ALL", "KOR", "legislator"),
    ]);
    assert_ne!(leader_of(&store, "Mahinda Rajapaksa").iri, leader_of(&store, "Gotabaya Rajapaksa").iri);
    let events = store.events(&EventFilter::default()).unwrap();
    let kims: std::collections::BTreeSet<String> = events
        .iter()
        .flat_map(|e| &e.participants)
        .filter(|l| l.party.as_deref() == Some("KOR"))
        .map(|l| l.iri.clone())
        .collect();
    assert_eq!(kims.len(), 3, "two surnames alone, and one whole name in two spellings");
    let unknown = leader_of(&store, "Kim Nobody-at-all");
    assert!(unknown.learned && unknown.wikidata.is_none());
    assert_eq!(unknown.terms.len(), 1);
    assert!(!unknown.terms[0].listed);
    assert_eq!(unknown.terms[0].since.as_deref(), Some("2024-06-04"));
}
