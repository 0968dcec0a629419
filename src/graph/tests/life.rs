//! Articles come, change and go; the graph is always that of the articles in it.

use super::*;
use crate::graph::sheet::Sheet;
use crate::graph::vocab::{ent, graphs};
use crate::graph::{Added, EventFilter, EventKind, mint};
use std::collections::BTreeSet;

fn lee_and_wong(id: &str, status: &str, date: &str) -> Facts {
    article(id, date, meeting(status, Some(date), Some("Seoul"), &[("lee", "KOR"), ("wong", "SGP")]))
}

pub(in crate::graph) fn some_articles() -> Vec<Facts> {
    vec![
        lee_and_wong("a", "planned", "2025-11-01"),
        lee_and_wong("b", "held", "2025-11-02"),
        article("c", "2025-11-02", agreement("mou", "signed", "digital cooperation", Some("2025-11-02"))),
        article("d", "2025-11-03", agreement("mou", "signed", "digital trade", Some("2025-11-02"))),
        article("e", "2025-11-03", act("SUPPORT", Some("2025-11-02"))),
        // A party that no list has, and a leader of another side.
        article("f", "2025-11-03", meeting("held", Some("2025-10-01"), None, &[("lee", "PRK")])),
    ]
}

#[test]
fn any_order_and_any_number_of_settlings_give_one_graph() {
    let articles = some_articles();
    let whole = dump(&store_of(&articles));
    for turn in 0..articles.len() {
        let mut store = Store::in_memory().unwrap();
        for at in 0..articles.len() {
            store.add(&articles[(at * 5 + turn) % articles.len()], &run()).unwrap();
            if at % 2 == 0 {
                store.settle().unwrap();
            }
        }
        store.settle().unwrap();
        assert_eq!(dump(&store), whole);
    }
}

#[test]
fn an_article_added_again_adds_nothing() {
    let articles = some_articles();
    let mut store = store_of(&articles);
    let before = dump(&store);
    for facts in &articles {
        assert_eq!(store.add(facts, &run()).unwrap(), Added::Unchanged);
    }
    store.settle().unwrap();
    assert_eq!(dump(&store), before);
}

#[test]
fn a_forgotten_article_leaves_no_trace() {
    let articles = some_articles();
    for gone in 0..articles.len() {
        let mut store = store_of(&articles);
        let id = articles[gone].article.id.clone();
        let forgotten = store.forget(&[id.as_str(), "nobody"]).unwrap();
        assert_eq!((forgotten.articles, forgotten.unknown), (vec![id.clone()], vec!["nobody".to_owned()]));
        let rest: Vec<Facts> = articles.iter().filter(|f| f.article.id != id).cloned().collect();
        assert_eq!(dump(&store), dump(&store_of(&rest)), "without {id}");
    }
    let mut store = store_of(&articles);
    let ids: Vec<&str> = articles.iter().map(|f| f.article.id.as_str()).collect();
    assert_eq!(store.forget(&ids).unwrap().events, 4);
    let left = dump(&store);
    assert!(left.lines().all(|l| l.ends_with("graph/runs> .") || l.ends_with("graph/store> .")), "{left}");
}

#[test]
fn a_changed_article_takes_the_place_of_its_old_version() {
    let new = article("c", "2026-01-05", agreement("mou", "signed", "fisheries", Some("2026-01-04")));
    let mut store = store_of(&some_articles());
    assert_eq!(store.add(&new, &run()).unwrap(), Added::Replaced);
    store.settle().unwrap();
    let mut articles = some_articles();
    articles[2] = new;
    assert_eq!(dump(&store), dump(&store_of(&articles)));
}

#[test]
fn a_gathering_that_moves_to_another_year_leaves_nothing_behind() {
    let gathering = |day: &str| {
        let facts = json!({"encounters": [{"type": "gathering", "countries": ["KOR", "SGP"], "status": "held"}]});
        article("g", day, facts)
    };
    let mut store = store_of(&[gathering("2024-12-31")]);
    assert_eq!(store.add(&gathering("2025-01-01"), &run()).unwrap(), Added::Replaced);
    store.settle().unwrap();
    assert_eq!(dump(&store), dump(&store_of(&[gathering("2025-01-01")])));
}

#[test]
fn what_waits_survives_until_it_is_settled() {
    let articles = some_articles();
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("cut-off.store");
    let mut store = Store::open(&path).unwrap();
    for facts in &articles {
        store.add(facts, &run()).unwrap();
    }
    store.flush().unwrap();
    drop(store);
    // A reader that finds work undone does it.
    let store = Store::open_existing(&path).unwrap();
    assert_eq!(dump(&store), dump(&store_of(&articles)));
    assert_eq!(store.events(&EventFilter::default()).unwrap().len(), 4);
    drop(store);
    assert_eq!(dump(&Store::open_existing(&path).unwrap()), dump(&store_of(&articles)));
}

/// One leader of the lists in two spellings, and one that no list has.
fn leaders_of_lists() -> Vec<Facts> {
    let named = |id: &str, name: &str| {
        let mut facts = lee_and_wong(id, "held", "2025-11-02");
        facts.leaders[0].name = name.into();
        facts
    };
    vec![named("a", "Lee Jae Myung"), named("b", "Lee Jae-myung"), named("c", "Nobody Known")]
}

#[test]
fn a_build_cut_off_before_settling_is_finished_without_the_lists() {
    let knowledge = crate::knowledge::Knowledge::builtin().unwrap();
    let articles = leaders_of_lists();
    let mut clean = Store::in_memory().unwrap();
    clean.refer(&knowledge).unwrap();
    for facts in &articles {
        clean.add(facts, &run()).unwrap();
    }
    clean.settle().unwrap();
    let clean = dump(&clean);
    assert!(clean.contains("#learned> \"false\"") && clean.contains("#learned> \"true\""));
    // `renewed`: the lists change after the articles are settled, and the cut is behind that.
    for renewed in [false, true] {
        let dir = tempfile::tempdir().unwrap();
        let mut store = Store::open(dir.path()).unwrap();
        store.refer(&knowledge).unwrap();
        for facts in &articles {
            store.add(facts, &run()).unwrap();
        }
        if renewed {
            store.settle().unwrap();
            let mut sheet = Sheet::new(graphs::STORE.into_owned());
            sheet.text(&mint::store(), ent::REFERENCE_HASH, "of other knowledge");
            store.change(&[], sheet.quads).unwrap();
            store.refer(&knowledge).unwrap();
        }
        store.flush().unwrap();
        drop(store);
        let mut store = Store::open(dir.path()).unwrap();
        store.settle().unwrap();
        assert_eq!(dump(&store), clean, "renewed: {renewed}");
        store.refer(&knowledge).unwrap();
        store.settle().unwrap();
        assert_eq!(dump(&store), clean, "renewed: {renewed}");
    }
}

#[test]
fn no_triple_is_in_two_graphs_and_no_node_is_blank() {
    let mut store = Store::in_memory().unwrap();
    store.refer(&crate::knowledge::Knowledge::builtin().unwrap()).unwrap();
    for facts in some_articles() {
        store.add(&facts, &run()).unwrap();
    }
    store.settle().unwrap();
    let text = dump(&store);
    let mut seen = BTreeSet::new();
    for line in text.lines() {
        assert!(!line.contains("_:"), "{line}");
        let triple = line.rsplit_once(" <").unwrap().0;
        assert!(seen.insert(triple), "{triple}");
    }
    assert_eq!(store.check().unwrap(), []);
}

#[test]
fn the_reference_graph_may_come_late_or_change() {
    let knowledge = crate::knowledge::Knowledge::builtin().unwrap();
    // Of nobody whom the lists have: those are known only to whoever has the lists.
    let mut articles = some_articles();
    for leader in articles.iter_mut().flat_map(|facts| &mut facts.leaders) {
        leader.name = format!("Nobody {}", leader.id);
    }
    let with = |early: bool| {
        let mut store = Store::in_memory().unwrap();
        if early {
            store.refer(&knowledge).unwrap();
        }
        for facts in &articles {
            store.add(facts, &run()).unwrap();
        }
        store.settle().unwrap();
        store.refer(&knowledge).unwrap();
        store.settle().unwrap();
        store
    };
    let events = |store: &Store| store.events(&EventFilter::default()).unwrap();
    assert_eq!(events(&with(true)), events(&with(false)));
    let parties = with(false).parties().unwrap();
    assert!(parties.iter().any(|p| p.code == "SGP" && p.name == "Singapore" && p.region.is_some()), "{parties:?}");
}

#[test]
fn a_listed_leader_has_terms_of_office() {
    let mut store = Store::in_memory().unwrap();
    store.refer(&crate::knowledge::Knowledge::builtin().unwrap()).unwrap();
    let mut facts = lee_and_wong("a", "held", "2025-11-02");
    facts.leaders[0].name = "Lee Jae Myung".into();
    // One person, whatever spelling of the lists an article uses.
    let mut other = lee_and_wong("b", "held", "2025-11-02");
    other.leaders[0].name = "Lee Jae-myung".into();
    store.add(&facts, &run()).unwrap();
    store.add(&other, &run()).unwrap();
    store.settle().unwrap();
    let lees = dump(&store).lines().filter(|l| l.contains("rdf-schema#label> \"Lee Jae")).count();
    assert_eq!(lees, 1);
    let terms = |store: &Store| {
        dump(store).lines().filter(|line| line.starts_with("<https://w3id.org/entente/id/term/")).count()
    };
    assert!(terms(&store) >= 1);
    store.forget(&["a", "b"]).unwrap();
    assert_eq!(terms(&store), 0);
}

#[test]
fn only_what_came_about_ties() {
    let mut unsure = article("g", "2025-11-03", act("AID", Some("2025-11-02")));
    unsure.acts[0].confidence = 0.4;
    let mut recalled = article("h", "2025-11-03", act("ACCUSE", Some("2025-11-02")));
    recalled.acts[0].background = true;
    let mut articles = some_articles();
    articles.extend([unsure, recalled, article("i", "2026-03-01", meeting("planned", Some("2026-05-01"), None, &[]))]);
    let store = store_of(&articles);
    let ties = store.ties(&EventFilter::default()).unwrap();
    let told: Vec<_> =
        ties.iter().map(|t| (t.from.as_str(), t.to.as_str(), t.kind.as_str(), t.count, t.articles)).collect();
    assert_eq!(
        told,
        [("SGP", "KOR", "SUPPORT", 1, 1), ("KOR", "SGP", "agreement", 1, 2), ("KOR", "SGP", "meeting", 2, 3)]
    );
    let text = dump(&store);
    for triple in ["ontology#signed>", "ontology#agreedTo>", "ontology#attended>", "ontology#metWith>"] {
        assert!(text.contains(triple), "{triple}");
    }
    // Counted anew for a time that has only one of the meetings' days in it.
    let late = EventFilter { since: "2025-11-03".parse().ok(), ..EventFilter::default() };
    assert_eq!(store.ties(&late).unwrap(), []);
}

#[test]
fn rows_tell_what_the_articles_told() {
    let store = store_of(&some_articles());
    let filter = EventFilter { all_of: vec!["KOR".into(), "SGP".into()], ..EventFilter::default() };
    let events = store.events(&filter).unwrap();
    let meeting = events.iter().find(|e| e.kind == EventKind::Encounter && e.articles.len() == 2).unwrap();
    assert_eq!(meeting.articles, ["a", "b"]);
    assert_eq!((meeting.status.as_deref(), meeting.date.as_deref()), (Some("held"), Some("2025-11-02")));
    let names: Vec<_> = meeting.participants.iter().map(|l| (l.name.as_str(), l.party.as_deref())).collect();
    assert_eq!(names, [("Mr lee", Some("KOR")), ("Mr wong", Some("SGP"))]);
    let claims = store.claims(&meeting.iri).unwrap();
    assert_eq!(
        claims.iter().map(|c| (c.article.as_str(), c.quote.as_str())).collect::<Vec<_>>(),
        [("a", "They did."), ("b", "They did.")]
    );
    assert_eq!(store.event(&meeting.iri).unwrap().as_ref(), Some(meeting));
    assert_eq!(store.event("https://example.org/").unwrap(), None);
    assert_eq!(store.articles().unwrap().len(), 6);
    let nobody = EventFilter { any_of: vec!["FRA".into()], ..EventFilter::default() };
    assert_eq!(store.events(&nobody).unwrap(), []);
}

#[test]
fn everything_is_explained_by_its_sentences() {
    use crate::graph::Explanation;
    let store = store_of(&some_articles());
    let events = store.events(&EventFilter::default()).unwrap();
    let mou = events.iter().find(|e| e.kind == EventKind::Agreement).unwrap();
    let hash = mou.iri.rsplit('/').next().unwrap();
    for id in [mou.iri.as_str(), &hash[..8], &format!("event/{hash}")] {
        let Some(Explanation::Event { story, .. }) = store.explain(id).unwrap() else { panic!("{id}") };
        let articles: Vec<&str> = story.reports.iter().map(|r| r.article.as_str()).collect();
        assert_eq!(articles, ["c", "d"]);
        assert!(story.reports[0].same_because.is_empty());
        assert!(story.reports[1].same_because.iter().any(|r| r.contains("digital")), "{:?}", story.reports[1]);
    }
    let claim = &store.claims(&mou.iri).unwrap()[0];
    assert!(matches!(store.explain(&claim.iri).unwrap(), Some(Explanation::Claim { event: Some(_), .. })));
    let tie = store.ties(&EventFilter::default()).unwrap().remove(0);
    assert!(matches!(store.explain(&tie.iri).unwrap(), Some(Explanation::Tie { events, .. }) if events.len() == 1));
    assert!(matches!(store.explain("c").unwrap(), Some(Explanation::Article { events, .. }) if events.len() == 1));
    assert_eq!(store.explain("nothing").unwrap(), None);
    assert_eq!(store.explain("zzz").unwrap(), None);
}
