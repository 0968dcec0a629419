//! Property: after any sequence of articles that come, change and go, and of decisions that are made and undone, each settled
//! at once, the graph is the one that is built from nothing of the articles and decisions left.

use super::order::last;
use super::*;
use crate::graph::{Decision, EventFilter, Target, Verdict};
use crate::knowledge::Knowledge;
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::sync::LazyLock;

static KNOWLEDGE: LazyLock<Knowledge> = LazyLock::new(|| Knowledge::builtin().unwrap());

/// One of the things that happen to a store.
#[derive(Debug, Clone)]
enum Turn {
    Add(Box<Facts>),
    Forget(u8),
    /// Merge, split, reject, rename, leaders, undo, by the two events or leaders that the numbers pick.
    Decide(u8, u8, u8),
}

fn some_turn() -> impl Strategy<Value = Turn> {
    prop_oneof![
        6 => rich_article().prop_map(|facts| Turn::Add(Box::new(facts))),
        2 => (0..14_u8).prop_map(Turn::Forget),
        2 => (0..6_u8, any::<u8>(), any::<u8>()).prop_map(|(what, a, b)| Turn::Decide(what, a, b)),
    ]
}

/// An article on a few days of a few people, listed and not, of sides that differ, with visits, calls, gatherings and acts.
pub(super) fn rich_article() -> impl Strategy<Value = Facts> {
    let topics = prop::sample::select(vec!["fisheries accord", "trade in timber", "fishing rights", "customs union"]);
    let stages = prop::sample::select(vec!["planned", "signed", "in-force", "broken", "negotiating"]);
    let kinds = prop::sample::select(vec!["meeting", "visit", "call", "gathering"]);
    let holds = prop::sample::select(vec!["planned", "held", "held", "cancelled"]);
    let people = prop::sample::subsequence(
        vec![("Lee Jae Myung", "KOR"), ("Cho", "KOR"), ("Wong", "SGP"), ("Lawrence Wong", "SGP")],
        0..=4,
    );
    let days = (0..9_u8, 1..9_u8, any::<bool>(), 0..5_u8);
    (0..14_u8, topics, stages, (kinds, holds), people, days).prop_map(
        |(id, topic, stage, (kind, hold), people, (date, day, act_too, other))| {
            // Some days are of other months and years, so that parts of a bucket are far from each other.
            let month = 1 + 3 * (id % 4);
            let date = (date > 0).then(|| format!("202{}-{month:02}-0{date}", id % 3));
            let published = format!("202{}-{month:02}-0{day}", id % 3);
            let mut facts = agreement("mou", stage, topic, date.as_deref());
            let mut people = people;
            if other == 0 {
                people.iter_mut().for_each(|(_, side)| *side = "PRK");
            }
            let mut more = meeting(hold, date.as_deref(), Some("Seoul"), &people);
            more["encounters"][0]["type"] = json!(kind);
            more["leaders"].as_array_mut().unwrap().iter_mut().for_each(|l| l["name"] = l["id"].clone());
            if other == 1 {
                more["encounters"][0]["countries"] = json!(["KOR", "SGP", "Pacific Club"]);
            }
            facts["encounters"] = more["encounters"].clone();
            facts["leaders"] = more["leaders"].clone();
            if act_too {
                facts["acts"] = act("SUPPORT", date.as_deref())["acts"].clone();
                facts["acts"][0]["evidence"] = json!([{"start": 90, "end": 140, "rule": "test/rule",
                    "quote": format!("Singapore backs Seoul over {topic} and the harbor at Busan.")}]);
            }
            article(&format!("a{id}"), &published, facts)
        },
    )
}

fn knowing() -> Store {
    let mut store = Store::in_memory().unwrap();
    store.refer(&KNOWLEDGE).unwrap();
    store
}

/// A decision on what the store holds now; nothing where it holds too little.
fn decision(store: &Store, what: u8, a: u8, b: u8, at: usize) -> Option<Decision> {
    let pick = |list: &[String], n: u8| list.get(usize::from(n) % list.len().max(1)).cloned();
    let events: Vec<_> = store.events(&EventFilter::default()).unwrap();
    let marks = |iri: &str| match store.target(iri).unwrap() {
        Some(Target::Reports { marks, .. }) => marks,
        other => panic!("{iri}: {other:?}"),
    };
    let first = events.get(usize::from(a) % events.len().max(1))?;
    let alike: Vec<String> = events.iter().filter(|e| e.kind == first.kind).map(|e| e.iri.clone()).collect();
    let verdict = match what {
        0 => {
            let mut reports = marks(&first.iri);
            reports.extend(marks(&pick(&alike, b)?));
            Verdict::Merge { reports }
        }
        1 => {
            let mut reports = marks(&first.iri);
            let from = reports.split_off(1.min(reports.len()));
            Verdict::Split { reports, from }
        }
        2 => Verdict::Reject { reports: marks(&first.iri) },
        3 => Verdict::Rename { reports: marks(&first.iri), name: format!("name {b}") },
        _ => {
            let leaders: Vec<String> =
                events.iter().flat_map(|e| &e.participants).map(|leader| leader.iri.clone()).collect();
            Verdict::MergeLeaders { leaders: vec![pick(&leaders, a)?, pick(&leaders, b)?] }
        }
    };
    let decision = Decision::new("Ada", "because", &format!("2025-11-20T09:30:00.{at:03}Z"), verdict);
    decision.checked().ok()
}

/// All but the log of runs.
fn rest(store: &Store) -> Vec<String> {
    dump(store).lines().filter(|line| !line.ends_with("graph/runs> .")).map(str::to_owned).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, ..ProptestConfig::default() })]

    #[test]
    fn any_sequence_gives_the_graph_of_what_is_left(
        begin in prop::collection::vec(rich_article(), 0..10), turns in prop::collection::vec(some_turn(), 1..9),
    ) {
        let mut store = knowing();
        let mut articles: BTreeMap<String, Facts> = BTreeMap::new();
        for facts in last(&begin) {
            store.add(&facts, &run()).unwrap();
            articles.insert(facts.article.id.clone(), facts);
        }
        store.settle().unwrap();
        for (at, turn) in turns.into_iter().enumerate() {
            match turn {
                Turn::Add(facts) => {
                    store.add(&facts, &run()).unwrap();
                    articles.insert(facts.article.id.clone(), *facts);
                }
                Turn::Forget(id) => {
                    let id = format!("a{id}");
                    store.forget(&[&id]).unwrap();
                    articles.remove(&id);
                }
                Turn::Decide(5, a, _) => {
                    let made: Vec<String> = store.decisions().iter().map(Decision::hash).collect();
                    if let Some(hash) = made.get(usize::from(a) % made.len().max(1)) {
                        store.undo(hash).unwrap();
                    }
                }
                Turn::Decide(what, a, b) => {
                    if let Some(decision) = decision(&store, what, a, b, at) {
                        store.decide(&[decision]).unwrap();
                    }
                }
            }
            store.settle().unwrap();
        }
        let mut fresh = knowing();
        for facts in articles.values() {
            fresh.add(facts, &run()).unwrap();
        }
        fresh.decide(store.decisions()).unwrap();
        fresh.settle().unwrap();
        prop_assert_eq!(rest(&store), rest(&fresh));
    }
}
