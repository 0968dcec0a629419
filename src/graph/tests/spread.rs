//! Settled key by key, with pieces in any order, the graph is the one of a store.

use super::order::{last, some_article};
use super::sequences::rich_article;
use super::*;
use crate::graph::{Outcome, Piece, Spread};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// Runs the rounds as an engine would, keys spread over `workers`.
fn in_rounds(spread: &Spread, articles: &[Facts], workers: usize) -> String {
    let mut lines: BTreeSet<String> = BTreeSet::new();
    let mut waiting: Vec<Piece> = Vec::new();
    let mut own = Vec::new();
    let mut take = |outcome: Outcome, waiting: &mut Vec<Piece>| {
        own.extend(outcome.quads.lines().map(str::to_owned));
        lines.extend(outcome.shared.lines().map(str::to_owned));
        waiting.extend(outcome.pieces);
    };
    take(Outcome { shared: spread.fixed().unwrap(), ..Outcome::default() }, &mut waiting);
    for facts in articles {
        take(spread.article(facts, &run()), &mut waiting);
    }
    for round in 1..=3 {
        let now: Vec<Piece> = waiting.extract_if(.., |piece| piece.round == round).collect();
        let mut shuffled: BTreeMap<usize, Vec<(&str, &str)>> = BTreeMap::new();
        for piece in now.iter().rev() {
            let worker = piece.key.bytes().map(usize::from).sum::<usize>() % workers;
            shuffled.entry(worker).or_default().push((&piece.key, &piece.quads));
        }
        for pieces in shuffled.into_values() {
            take(spread.settle(pieces).unwrap(), &mut waiting);
        }
    }
    assert!(waiting.is_empty(), "{waiting:?}");
    let distinct: BTreeSet<String> = own.iter().cloned().collect();
    assert_eq!(distinct.len(), own.len(), "a quad that comes twice and should not");
    lines.extend(distinct);
    lines.into_iter().map(|line| line + "\n").collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn rounds_give_the_graph_of_a_store(articles in prop::collection::vec(some_article(), 0..9), workers in 1..7_usize) {
        let articles = last(&articles);
        let spread = Spread::of(Store::in_memory().unwrap()).unwrap();
        prop_assert_eq!(in_rounds(&spread, &articles, workers), dump(&store_of(&articles)));
    }

    #[test]
    fn of_many_kinds_of_encounters_too(articles in prop::collection::vec(rich_article(), 0..14), workers in 1..7_usize) {
        let articles = last(&articles);
        let spread = Spread::of(Store::in_memory().unwrap()).unwrap();
        prop_assert_eq!(in_rounds(&spread, &articles, workers), dump(&store_of(&articles)));
    }
}

#[test]
fn with_the_lists_of_leaders_too() {
    let knowledge = crate::knowledge::Knowledge::builtin().unwrap();
    let mut facts = meeting("held", Some("2025-11-02"), None, &[("lee", "KOR"), ("wong", "SGP")]);
    for (at, name) in ["Lee Jae-myung", "Lawrence Wong"].into_iter().enumerate() {
        facts["leaders"][at]["name"] = json!(name);
    }
    let articles = [article("a", "2025-11-02", facts)];
    let mut store = Store::in_memory().unwrap();
    store.refer(&knowledge).unwrap();
    store.add(&articles[0], &run()).unwrap();
    store.settle().unwrap();
    store.log_call(&run(), "2026-01-01T00:00:00Z", 1).unwrap();
    let spread = Spread::new(&knowledge).unwrap();
    let mut lines: BTreeSet<String> = in_rounds(&spread, &articles, 2).lines().map(str::to_owned).collect();
    lines.extend(spread.call(&run(), "2026-01-01T00:00:00Z", 1).lines().map(str::to_owned));
    assert_eq!(lines.into_iter().map(|line| line + "\n").collect::<String>(), dump(&store));
    assert!(dump(&store).contains("/term/"), "the lists have their terms of office");
}

#[test]
fn what_is_no_piece_is_refused() {
    let spread = Spread::of(Store::in_memory().unwrap()).unwrap();
    assert!(spread.settle([("bucket x", "no quads")]).unwrap_err().to_string().contains("not RDF"));
    assert!(spread.settle([("basket x", "")]).unwrap_err().to_string().contains("basket x"));
}
