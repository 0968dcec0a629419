//! Which reports are found to be of one event, scored against `tests/clusters` (see its README).

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod clusters_support;

use clusters_support::{Report, SEEN, Score, UNSEEN, articles, claims, claims_of, events_of, store_of};
use std::collections::BTreeMap;
use std::io::Write as _;

/// What the issue asks of the pairs.
const PRECISION: f64 = 0.97;
const RECALL: f64 = 0.85;

fn say(text: &str) {
    // The one place where a test may say something: the score that README tells.
    let _ = writeln!(std::io::stderr(), "{text}");
}

#[track_caller]
fn check(name: &str, reports: &[Report], found: &BTreeMap<String, Vec<String>>, least: (f64, f64)) {
    let score = Score::of(reports, found);
    for pair in &score.wrong {
        say(&format!("{name}: wrongly one: {} / {}", pair.0, pair.1));
    }
    for pair in &score.missed {
        say(&format!("{name}: not found to be one: {} / {}", pair.0, pair.1));
    }
    say(&format!("{name}: {score}"));
    assert!(score.precision() >= least.0, "{name}: precision {:.3}", score.precision());
    assert!(score.recall() >= least.1, "{name}: recall {:.3}", score.recall());
}

#[test]
fn the_test_set_is_as_big_and_as_hard_as_it_should_be() {
    let reports = claims(&SEEN);
    let mut clusters: BTreeMap<&str, usize> = BTreeMap::new();
    for report in &reports {
        *clusters.entry(&report.key).or_default() += 1;
    }
    assert!(clusters.len() >= 60, "{} clusters", clusters.len());
    assert!(clusters.values().filter(|&&n| n > 1).count() >= 60);
    let confusable = reports.iter().filter(|r| r.confusable).map(|r| &r.key).collect::<std::collections::BTreeSet<_>>();
    assert!(confusable.len() >= 20, "{} confusable", confusable.len());
}

#[test]
fn reports_are_put_to_their_events() {
    let reports = claims(&SEEN);
    check("claims", &reports, &events_of(&store_of(&claims_of(&reports)), None), (PRECISION, RECALL));
}

#[test]
fn reports_that_the_rules_were_not_made_with_are_put_to_their_events_too() {
    let reports = claims(&UNSEEN);
    check("unseen claims", &reports, &events_of(&store_of(&claims_of(&reports)), None), (PRECISION, RECALL));
}

#[test]
fn the_order_of_the_reports_makes_no_difference() {
    let mut facts = claims_of(&claims(&SEEN));
    let one = clusters_support::dump(&store_of(&facts));
    facts.reverse();
    assert!(one == clusters_support::dump(&store_of(&facts)), "another order gave another graph");
}

#[test]
fn whole_articles_are_put_to_their_events() {
    let articles = articles();
    let facts: Vec<_> = articles.iter().map(|(_, facts)| facts.clone()).collect();
    let reports: Vec<Report> = articles.into_iter().map(|(report, _)| report).collect();
    check("articles", &reports, &events_of(&store_of(&facts), Some(&reports)), (PRECISION, RECALL));
}
