//! Every check query finds its fault, and nothing in a sound graph.

use super::*;
use crate::graph::{CHECK_QUERIES, CheckQuery};
use oxigraph::io::{RdfFormat as Format, RdfParser};
use oxigraph::model::Quad;

fn query(name: &str) -> CheckQuery<'static> {
    *CHECK_QUERIES.iter().find(|q| q.name == name).unwrap()
}

/// The query must find `about` in the graph, and nothing in one without it.
#[track_caller]
fn check(name: &str, trig: &str, about: &str) {
    let head = "@prefix ent: <https://w3id.org/entente/ontology#> . @prefix : <urn:> .\n\
        @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n";
    let mut store = Store::in_memory().unwrap();
    assert_eq!(store.run_check(&query(name)).unwrap(), []);
    let quads: Result<Vec<Quad>, _> =
        RdfParser::from_format(Format::TriG).for_slice(&format!("{head}{trig}")).collect();
    store.change(&[], quads.unwrap()).unwrap();
    let found: Vec<String> = store.run_check(&query(name)).unwrap().into_iter().map(|f| f.about).collect();
    assert_eq!(found, [about]);
}

#[test]
fn every_query_has_a_head_and_a_file() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("queries/check");
    let mut files: Vec<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|f| f.unwrap().file_name().to_string_lossy().trim_end_matches(".rq").to_owned())
        .collect();
    files.sort();
    assert_eq!(files, CHECK_QUERIES.iter().map(|q| q.name).collect::<Vec<_>>());
    for query in CHECK_QUERIES {
        assert!(query.header("title").is_some_and(|t| !t.is_empty()), "{}", query.name);
        assert!(query.header("finds").is_some_and(|t| !t.is_empty()), "{}", query.name);
        assert!(matches!(query.header("severity"), None | Some("warning")), "{}", query.name);
    }
}

#[test]
fn a_sound_graph_has_no_finding() {
    let articles = [
        article("a", "2025-11-02", agreement("mou", "signed", "trade", Some("2025-11-02"))),
        article(
            "b",
            "2025-11-02",
            meeting("held", Some("2025-11-02"), Some("Seoul"), &[("lee", "KOR"), ("wong", "SGP")]),
        ),
    ];
    let store = store_of(&articles);
    for query in CHECK_QUERIES {
        assert_eq!(store.run_check(query).unwrap(), [], "{}", query.name);
    }
}

#[test]
fn agreements_of_one_party() {
    check(
        "agreement-of-one-party",
        ":g { :one a ent:Agreement ; ent:party :KOR . :two a ent:Agreement ; ent:party :KOR, :SGP . }",
        "urn:one",
    );
}

#[test]
fn claims_without_an_event() {
    check("claim-without-event", ":g { :c a ent:Claim . :d a ent:Claim ; ent:asserts :e . :e a ent:Event }", "urn:c");
    check("claim-without-event", ":g { :c a ent:Claim ; ent:asserts :gone . }", "urn:c");
    check("claim-without-event", ":g { :c a ent:Claim . :d a ent:Claim ; ent:rejectedBy :e . }", "urn:c");
}

#[test]
fn dates_out_of_range() {
    let good = ":e a ent:Event ; ent:date \"2025-11-02\"^^xsd:date ; ent:reportedIn :x . :x ent:published \"2025-11-03\"^^xsd:date .";
    check("date-out-of-range", &format!(":g {{ {good} :f a ent:Event ; ent:date \"1899\"^^xsd:gYear . }}"), "urn:f");
    check(
        "date-out-of-range",
        &format!(":g {{ {good} :f a ent:Event ; ent:date \"2099-01\"^^xsd:gYearMonth ; ent:reportedIn :x . }}"),
        "urn:f",
    );
}

#[test]
fn dyads_not_of_two() {
    let good = ":d a ent:Dyad ; ent:member :KOR, :SGP .";
    for bad in [":e a ent:Dyad .", ":e a ent:Dyad ; ent:member :KOR .", ":e a ent:Dyad ; ent:member :KOR, :SGP, :JPN ."]
    {
        check("dyad-not-of-two", &format!(":g {{ {good} {bad} }}"), "urn:e");
    }
}

#[test]
fn events_without_a_claim() {
    check("event-without-claim", ":g { :e a ent:Event . :f a ent:Event . :c ent:asserts :f . }", "urn:e");
}

#[test]
fn events_without_a_source() {
    let good = ":f a ent:Event ; ent:reportedIn :a . :h a ent:Event . :i a ent:Assertion ; ent:asserts :h .";
    // A name that somebody gives is no source.
    for bad in [":e a ent:Event .", ":e a ent:Event ; ent:decidedBy :d . :c a ent:Claim ; ent:asserts :e ."] {
        check("event-without-source", &format!(":g {{ {good} {bad} }}"), "urn:e");
    }
}

#[test]
fn quotes_of_another_length_than_their_span() {
    let good = ":c a ent:Claim ; ent:start 3 ; ent:end 8 ; ent:quote \"Größe\" .";
    let bad = ":d a ent:Claim ; ent:start 3 ; ent:end 9 ; ent:quote \"Größe\" .";
    check("quote-length", &format!(":g {{ {good} {bad} }}"), "urn:d");
}

#[test]
fn ties_of_what_did_not_happen() {
    let good = ":t a ent:Tie ; ent:basedOn :e . :e ent:status \"held\" ; ent:background false .";
    for bad in [
        ":u a ent:Tie ; ent:basedOn :f . :f ent:status \"planned\" ; ent:background false .",
        ":u a ent:Tie ; ent:basedOn :f . :f ent:background true .",
        ":u ent:signed :f . :f ent:status \"broken\" ; ent:background false .",
    ] {
        check("tie-of-what-did-not-happen", &format!(":g {{ {good} {bad} }}"), "urn:u");
    }
}

#[test]
fn ties_without_an_event() {
    let good = ":t a ent:Tie ; ent:count 1 ; ent:basedOn :e . :e a ent:Event .";
    for bad in [":u a ent:Tie ; ent:count 1 .", ":u a ent:Tie ; ent:count 2 ; ent:basedOn :e ."] {
        check("tie-without-event", &format!(":g {{ {good} {bad} }}"), "urn:u");
    }
}

#[test]
fn triples_in_two_graphs() {
    check("triple-in-two-graphs", ":g { :a :b :c . :a :b :d . } :h { :a :b :c . }", "urn:a");
}

#[test]
fn a_query_that_is_none_is_told_by_name() {
    let store = Store::in_memory().unwrap();
    for text in ["SELECT", "ASK { ?s ?p ?o }"] {
        let error = store.run_check(&CheckQuery { name: "odd", text }).unwrap_err();
        assert!(error.to_string().starts_with("odd: "), "{error}");
    }
}
