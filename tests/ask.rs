//! `entente query` and `entente queries` from outside, on a store built from seed articles.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use assert_cmd::Command;
use predicates::prelude::*;
use predicates::str::{contains, starts_with};
use std::fs;
use std::path::PathBuf;
use std::sync::LazyLock;

/// A store of a few seed articles, shared by the tests: they only read it.
static STORE: LazyLock<tempfile::TempDir> = LazyLock::new(|| {
    let dir = tempfile::tempdir().unwrap();
    let seeds = concat!(env!("CARGO_MANIFEST_DIR"), "/seeds/articles");
    let paths = fs::read_dir(seeds).unwrap().map(|e| e.unwrap().path());
    let mut articles: Vec<PathBuf> = paths.filter(|p| p.to_string_lossy().contains("singapore")).collect();
    articles.sort();
    assert!(articles.len() > 3);
    let mut build = Command::new(env!("CARGO_BIN_EXE_entente"));
    build.arg("build").args(&articles).arg("--store").arg(dir.path().join("store")).assert().success();
    dir
});

fn entente(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_entente"));
    command.args(args).env("ENTENTE_STORE", STORE.path().join("store")).env("NO_COLOR", "1");
    command
}

#[track_caller]
fn check_fails(args: &[&str], expected: &str) {
    entente(args).assert().code(2).stderr(contains(expected)).stdout("");
}

/// SPARQL from stdin.
fn ask(sparql: &str, args: &[&str]) -> assert_cmd::assert::Assert {
    entente(&[&["query", "-"], args].concat()).write_stdin(sparql).assert()
}

#[test]
fn a_question_has_an_answer_in_every_format() {
    let country = ["query", "agreements-of-country", "--set", "country=Singaporean", "--format"];
    let answer = |format| entente(&[&country[..], &[format]].concat()).assert().code(0).stderr("");
    answer("table").stdout(starts_with("date ").and(contains("─────")).and(contains("\n2025-11-02  KOR")));
    answer("markdown").stdout(starts_with("| date | partners |").and(contains("| ---: |")));
    answer("csv").stdout(starts_with("date,partners,type,status,sectors,topic,sentence,article,articles,event\r\n"));
    answer("tsv").stdout(starts_with("?date\t?partners\t").and(contains("<https://w3id.org/entente/id/event/")));
    answer("json").stdout(predicate::function(|text: &str| {
        let json: serde_json::Value = serde_json::from_str(text).unwrap();
        json["head"]["vars"][0] == "date" && !json["results"]["bindings"].as_array().unwrap().is_empty()
    }));
    answer("xml").stdout(starts_with("<?xml").and(contains("<variable name=\"date\"/>")));
}

#[test]
fn nothing_that_matches_is_a_finding() {
    let unmatched = ["query", "agreements-of-country", "--set", "country=Kiribati"];
    entente(&unmatched).assert().code(1).stderr("nothing matched\n").stdout(starts_with("date"));
    entente(&[&unmatched[..], &["--quiet"]].concat()).assert().code(1).stderr("");
    ask("ASK { <https://example.org/> ?p ?o }", &[]).code(1).stdout("false\n");
}

#[test]
fn what_cannot_be_asked_is_told_with_the_way_out() {
    check_fails(&["query", "agreements-of-contry"], "did you mean `agreements-of-country`?");
    check_fails(&["query", "agreements-of-country"], "needs a value for `country`");
    check_fails(&["query", "agreements-of-country", "--set", "country=Sngapore"], "did you mean `Singapore`?");
    check_fails(&["query", "agreements-of-country", "--set", "contry=SGP"], "did you mean `country`?");
    check_fails(&["query", "sanctions", "--set", "since=2025-02-30"], "is no date");
    check_fails(&["queries", "sanction"], "did you mean `sanctions`?");
    check_fails(&["query", "sanctions", "--store", "no/such/store"], "hint: make one with `entente build");
    ask("DROP ALL", &[]).code(2).stderr(contains("this is an update"));
    ask("SELECT ?s { SERVICE <http://localhost/> { ?s ?p ?o } }", &[]).code(2).stderr(contains("without a network"));
    ask("SELECT ?s\nWHERE { ?s ?p ( }", &[])
        .code(2)
        .stderr(contains("line 2, column").and(contains("\n  WHERE { ?s ?p ( }")));
}

#[test]
fn hostile_values_stay_values() {
    let count = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }";
    let before = ask(count, &["--format", "csv"]).code(0).get_output().stdout.clone();
    for hostile in ["x\" } DROP ALL #", "} ; DROP ALL", "Wong\") } ; CLEAR ALL #", "' OR 1=1", "\\", "?s", "}\n{"] {
        entente(&["query", "visits-of-leader", "--set", &format!("leader={hostile}")]).assert().code(1);
        entente(&["query", "agreements-of-country", "--set", &format!("country={hostile}")]).assert().code(2);
        ask("SELECT ?s { ?s ?p ?what }", &["--set", &format!("what={hostile}")]).code(1);
    }
    check_fails(&["query", "sanctions", "--set", "what=<http://a> } DROP ALL"], "has no parameter `what`");
    ask("SELECT ?s { ?s ?p ?what }", &["--set", "what=<http://a> } DROP ALL"]).code(2).stderr(contains("is no IRI"));
    assert_eq!(ask(count, &["--format", "csv"]).get_output().stdout, before);
}

#[test]
fn sparql_of_ones_own_takes_values_and_the_usual_prefixes() {
    let query = "SELECT ?name { ?c ent:code ?code ; rdfs:label ?name }";
    ask(query, &["--set", "code=SGP", "--format", "csv"]).code(0).stdout("name\r\nSingapore\r\n");
    let query = "SELECT ?name { ?c rdfs:label ?name }";
    ask(query, &["--set", "?c=<https://w3id.org/entente/id/country/SGP>"]).code(0).stdout(contains("Singapore"));
    ask(query, &["--set", "d=x"]).code(2).stderr(contains("has no variable ?d"));
    ask("ASK { ?e ent:party id:country\\/SGP }", &[]).code(0).stdout("true\n");
    let turtle = ask("CONSTRUCT { ?c rdfs:label ?l } { ?c ent:code \"SGP\" ; rdfs:label ?l }", &[]);
    turtle.code(0).stdout(contains("@prefix rdfs:").and(contains("rdfs:label \"Singapore\"")));
    ask("DESCRIBE id:country\\/SGP", &["--format", "csv"]).code(0).stdout(starts_with("subject,predicate,object\r\n"));
}

#[test]
fn a_file_with_a_header_has_parameters_of_its_own() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("name.rq");
    let text = "# title: Name\n# answers: What is it called?\n# param: country country — which\n# column: name — it\n\
        PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>\nPREFIX ent: <https://w3id.org/entente/ontology#>\n\
        SELECT ?name { VALUES ?country { \"SGP\" } ?c ent:code ?country ; rdfs:label ?name }\n";
    fs::write(&file, text).unwrap();
    let path = file.to_str().unwrap();
    entente(&["query", path, "--set", "country=Korea, South"]).assert().code(2).stderr(contains("is no country"));
    entente(&["query", path, "--set", "country=KR"]).assert().code(0).stdout("name\n───────────\nSouth Korea\n");
    fs::write(&file, text.replace("# column: name", "# column: nam")).unwrap();
    entente(&["query", path]).assert().code(2).stderr(contains("name.rq:4: column `nam`"));
}

#[test]
fn an_answer_goes_to_a_file_without_colors() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("answer.txt");
    let path = file.to_str().unwrap();
    entente(&["query", "country-network", "--color", "always", "-o", path]).assert().code(0).stdout("");
    assert!(fs::read_to_string(&file).unwrap().starts_with("Source  Target"));
    let missing = dir.path().join("no/such/folder.txt");
    check_fails(&["query", "country-network", "-o", missing.to_str().unwrap()], "cannot write");
}

#[test]
fn the_catalogue_lists_and_shows_its_questions() {
    entente(&["queries"]).assert().code(0).stdout(
        contains("  agreements-of-country ")
            .and(contains("  Agreements of a country\n"))
            .and(contains("country=party [partner=party]")),
    );
    let shown = entente(&["queries", "agreements-of-country"]).assert().code(0);
    shown.stdout(
        contains("Parameters\n  country=party")
            .and(contains("(default: any)"))
            .and(contains("entente query agreements-of-country --set country=SGP"))
            .and(contains("  SELECT ?date ?partners")),
    );
    let json = |args: &[&str]| -> serde_json::Value {
        let output = entente(args).assert().code(0).get_output().stdout.clone();
        serde_json::from_slice(&output).unwrap()
    };
    assert!(json(&["queries", "--format", "json"]).as_array().unwrap().len() >= 20);
    let one = json(&["queries", "sanctions", "--format", "json"]);
    assert_eq!(one["parameters"][0]["type"], "party");
    assert!(one["sparql"].as_str().unwrap().contains("SELECT"));
}

#[test]
fn an_event_that_a_table_shows_can_be_explained() {
    let output = entente(&["query", "agreements-of-country", "--set", "country=SGP"]).assert().code(0);
    let table = String::from_utf8(output.get_output().stdout.clone()).unwrap();
    let event = table.lines().nth(2).unwrap().split_whitespace().last().unwrap();
    assert!(event.starts_with("event/"), "{event}");
    entente(&["explain", event]).assert().code(0);
    let evidence = ["query", "evidence-of-event", "--set", &format!("event={event}")];
    entente(&evidence).assert().code(0).stdout(contains(event));
}
