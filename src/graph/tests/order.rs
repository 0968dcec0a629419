//! Properties: the graph is a function of the set of articles, whatever came first, changed or went.

use super::*;
use proptest::prelude::*;

/// One article of few days, topics, statuses and people, so that many of them meet.
pub(super) fn some_article() -> impl Strategy<Value = Facts> {
    let id = 0..6_u8;
    let topics = prop::sample::select(vec![
        "fisheries",
        "trade",
        "fishing rights",
        "3rd energy plan",
        "4th energy plan",
        "five MOUs",
    ]);
    let kinds = prop::sample::select(vec!["mou", "agreement", "treaty"]);
    let stages = prop::sample::select(vec!["planned", "signed", "in-force", "broken", "negotiating"]);
    let holds = prop::sample::select(vec!["planned", "held", "cancelled"]);
    let people = prop::sample::subsequence(vec![("lee", "KOR"), ("cho", "KOR"), ("wong", "SGP")], 0..=3);
    let dated = (0..5_u8, 1..5_u8);
    (id, topics, kinds, stages, holds, people, dated, any::<bool>()).prop_map(
        |(id, topic, kind, stage, hold, people, (date, day), act_too)| {
            let published = format!("2025-11-0{day}");
            let date = (date > 0).then(|| format!("2025-11-0{date}"));
            let mut facts = agreement(kind, stage, topic, date.as_deref());
            let more = meeting(hold, date.as_deref(), Some("Seoul"), &people);
            facts["encounters"] = more["encounters"].clone();
            facts["leaders"] = more["leaders"].clone();
            if act_too {
                facts["acts"] = act("SUPPORT", date.as_deref())["acts"].clone();
            }
            article(&format!("a{id}"), &published, facts)
        },
    )
}

/// The last version of each article.
pub(super) fn last(articles: &[Facts]) -> Vec<Facts> {
    let last = articles.iter().map(|facts| (facts.article.id.clone(), facts.clone()));
    last.collect::<std::collections::BTreeMap<_, _>>().into_values().collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn a_then_b_is_b_then_a_is_both(a in prop::collection::vec(some_article(), 0..6), b in prop::collection::vec(some_article(), 0..6)) {
        let (a, mut b) = (last(&a), last(&b));
        // Two builds of different articles: a changed article is another property.
        b.retain(|facts| a.iter().all(|other| other.article.id != facts.article.id));
        let both = dump(&store_of(&[a.clone(), b.clone()].concat()));
        for (first, second) in [(&a, &b), (&b, &a)] {
            let mut store = store_of(first);
            for facts in second {
                store.add(facts, &run()).unwrap();
            }
            store.settle().unwrap();
            prop_assert_eq!(&dump(&store), &both);
        }
    }

    #[test]
    fn an_update_replaces_and_forgetting_undoes(articles in prop::collection::vec(some_article(), 1..8), gone in 0..6_u8) {
        let mut store = Store::in_memory().unwrap();
        for facts in &articles {
            store.add(facts, &run()).unwrap();
            store.settle().unwrap();
        }
        let mut left = last(&articles);
        prop_assert_eq!(&dump(&store), &dump(&store_of(&left)));
        let gone = format!("a{gone}");
        store.forget(&[&gone]).unwrap();
        left.retain(|facts| facts.article.id != gone);
        let rest = |text: &str| -> Vec<String> {
            text.lines().filter(|line| !line.ends_with("graph/runs> .")).map(str::to_owned).collect()
        };
        prop_assert_eq!(rest(&dump(&store)), rest(&dump(&store_of(&left))));
        let findings = store.check().unwrap();
        prop_assert!(findings.iter().all(|f| !f.check.starts_with("query") || f.severity == crate::graph::Severity::Warning), "{:?}", findings);
    }
}
