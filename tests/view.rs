//! `export` and `dyad` from outside, on a store of some seed articles: files that other programs read, and the dossier.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use assert_cmd::Command;
use predicates::prelude::PredicateBooleanExt as _;
use predicates::str::contains;
use quick_xml::Reader;
use quick_xml::events::Event;
use std::collections::BTreeSet;
use std::io::Write as _;
use std::path::Path;
use std::process::Stdio;
use std::sync::OnceLock;

const ARTICLES: [&str; 5] = [
    "2025-11-02-korea-singapore-strategic-partnership",
    "2022-11-22-korea-singapore-digital-partnership",
    "2014-03-18-crimea-sanctions",
    "2015-11-25-turkey-downs-russian-jet",
    "2018-12-01-usmca-signed",
];

fn entente(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_entente"));
    command.args(args).args(["--store", store().to_str().unwrap()]).env("NO_COLOR", "1").env("COLUMNS", "100");
    command
}

/// A store of the articles, built once for all tests of this file.
fn store() -> &'static Path {
    static STORE: OnceLock<tempfile::TempDir> = OnceLock::new();
    let dir = STORE.get_or_init(|| {
        let dir = tempfile::tempdir().unwrap();
        let articles = ARTICLES.map(|a| format!("{}/seeds/articles/{a}.txt", env!("CARGO_MANIFEST_DIR")));
        let mut build = Command::new(env!("CARGO_BIN_EXE_entente"));
        build.arg("build").args(articles).arg("--store").arg(dir.path().join("store")).assert().code(0);
        dir
    });
    // The path lives as long as the static.
    Box::leak(dir.path().join("store").into_boxed_path())
}

/// What the program prints, which must go well.
#[track_caller]
fn printed(args: &[&str]) -> String {
    String::from_utf8(entente(args).assert().code(0).get_output().stdout.clone()).unwrap()
}

/// The elements of well-formed XML, each with its attributes.
#[track_caller]
fn elements(xml: &str) -> Vec<(String, Vec<(String, String)>)> {
    let mut reader = Reader::from_str(xml);
    reader.config_mut().check_end_names = true;
    let mut found = Vec::new();
    let mut depth = 0_usize;
    loop {
        match reader.read_event().unwrap() {
            Event::Eof => break,
            Event::End(_) => depth -= 1,
            ref event @ (Event::Start(ref tag) | Event::Empty(ref tag)) => {
                depth += usize::from(matches!(event, Event::Start(_)));
                let text = |text: &str| text.to_owned();
                let attribute =
                    |a: quick_xml::events::attributes::Attribute<'_>| (text(a.key.as_ref()), text(&a.value));
                let attributes = tag.attributes().map(|a| attribute(a.unwrap())).collect();
                found.push((text(tag.name().as_ref()), attributes));
            }
            _ => {}
        }
    }
    assert_eq!(depth, 0, "an element is not closed");
    found
}

fn values<'e>(elements: &'e [(String, Vec<(String, String)>)], name: &str, attribute: &str) -> Vec<&'e str> {
    let of_name = elements.iter().filter(|(n, _)| n == name);
    of_name.flat_map(|(_, list)| list.iter().filter(|(a, _)| a == attribute).map(|(_, v)| v.as_str())).collect()
}

#[test]
fn graphml_and_gexf_are_xml_whose_edges_have_ends_and_whose_attributes_are_declared() {
    for view in ["ties", "events", "dyads"] {
        for (format, declaration, id, data, key) in
            [("graphml", "key", "id", "data", "key"), ("gexf", "attribute", "id", "attvalue", "for")]
        {
            let found = elements(&printed(&["export", "--view", view, "--format", format]));
            let nodes: BTreeSet<&str> = values(&found, "node", "id").into_iter().collect();
            let ends: Vec<&str> = ["source", "target"].iter().flat_map(|end| values(&found, "edge", end)).collect();
            assert!(nodes.len() > 4 && ends.len() > 8, "{view} {format}");
            assert!(ends.iter().all(|end| nodes.contains(end)), "{view} {format}");
            let declared: BTreeSet<&str> = values(&found, declaration, id).into_iter().collect();
            assert!(values(&found, data, key).iter().all(|used| declared.contains(used)), "{view} {format}");
        }
    }
}

#[test]
fn a_picture_is_xml_with_names_a_title_and_a_legend() {
    let svg = printed(&["export", "--format", "svg"]);
    assert!(elements(&svg).len() > 50);
    for text in
        ["Ties between countries", "South Korea", "Singapore", "cooperation", "conflict", "5 articles", "Europe"]
    {
        assert!(svg.contains(text), "{text}");
    }
    assert!(svg.contains("stroke-dasharray"));
}

#[test]
fn the_same_graph_gives_the_same_bytes() {
    for format in ["svg", "json", "dot", "gexf", "polecat", "parquet", "nquads"] {
        let print = || entente(&["export", "--format", format]).assert().code(0).get_output().stdout.clone();
        assert!(print() == print(), "{format}");
    }
}

#[test]
fn graphviz_reads_the_dot_files() {
    let there = std::process::Command::new("dot").arg("-V").stderr(Stdio::null()).status().is_ok();
    if !there {
        let _ = writeln!(std::io::stderr(), "skipped: Graphviz is not installed");
        return;
    }
    for view in ["ties", "events", "dyads"] {
        let dot = printed(&["export", "--view", view, "--format", "dot"]);
        let drawn = Command::new("dot").args(["-Kcirco", "-Tplain"]).write_stdin(dot).assert().code(0);
        let text = String::from_utf8(drawn.get_output().stdout.clone()).unwrap();
        assert!(text.contains("\nnode ") && text.contains("\nedge "), "{view}");
    }
}

#[test]
fn json_links_join_nodes() {
    let json: serde_json::Value = serde_json::from_str(&printed(&["export", "--format", "json"])).unwrap();
    let ids: BTreeSet<&str> = json["nodes"].as_array().unwrap().iter().map(|n| n["id"].as_str().unwrap()).collect();
    let links = json["links"].as_array().unwrap();
    let has = |link: &serde_json::Value, end: &str| ids.contains(link[end].as_str().unwrap());
    assert!(links.iter().all(|l| has(l, "source") && has(l, "target") && l["weight"].as_u64().unwrap() > 0));
    let tie = links.iter().find(|l| l["source"] == "KOR" && l["target"] == "SGP").unwrap();
    assert_eq!(tie["tone"], "cooperation");
    assert!(tie["kinds"].as_str().unwrap().contains("agreement:"));
}

#[test]
fn tables_have_a_row_an_edge_or_an_event_with_its_sentence() {
    let table = |args: &[&str]| -> Vec<csv::StringRecord> {
        csv::Reader::from_reader(printed(args).as_bytes()).records().collect::<Result<_, _>>().unwrap()
    };
    let ties = table(&["export", "--format", "csv", "--country", "Singapore"]);
    assert!(!ties.is_empty() && ties.iter().all(|t| [&t[0], &t[1]].contains(&"SGP")));
    let events = table(&["export", "--view", "events", "--format", "csv"]);
    assert!(events.iter().all(|e| !e[20].is_empty()), "each event has a sentence");
}

#[test]
fn polecat_rows_have_all_columns_and_ids_that_do_not_repeat() {
    let text = printed(&["export", "--format", "polecat"]);
    let rows: Vec<Vec<&str>> = text.lines().map(|l| l.split('\t').collect()).collect();
    assert!(rows.len() > 5 && rows.iter().all(|r| r.len() == 47));
    assert_eq!((rows[0][0], rows[0][39], rows[0][42]), ("Event ID", "Version", "Event IRI"));
    let ids: BTreeSet<&str> = rows.iter().map(|r| r[0]).collect();
    assert_eq!(ids.len(), rows.len());
    let korea = rows.iter().find(|r| r[8] == "KOR" && r[16] == "SGP").unwrap();
    assert_eq!((korea[7], korea[9], korea[15]), ("South Korea", "732", "Singapore"));
    assert!(!korea[40].is_empty() && korea[42].starts_with("https://"));
}

#[test]
fn the_name_of_the_file_tells_the_format() {
    let dir = tempfile::tempdir().unwrap();
    for (name, begin) in [
        ("a.svg", "<svg "),
        ("a.graphml", "<?xml"),
        ("a.json", "{"),
        ("a.csv", "source,"),
        ("a.nq", "<"),
        ("a.gv", "graph "),
        ("a.tsv", "source\t"),
        ("a.polecat.tsv", "Event ID\t"),
        ("a.parquet", "PAR1"),
    ] {
        let file = dir.path().join(name);
        entente(&["export", "--output", file.to_str().unwrap()]).assert().code(0).stdout("");
        let text = String::from_utf8_lossy(&std::fs::read(&file).unwrap()).into_owned();
        assert!(text.starts_with(begin), "{name}: {}", text.lines().next().unwrap_or_default());
    }
}

#[test]
fn what_matches_nothing_is_said_and_ends_with_1() {
    for format in ["svg", "dot", "json", "graphml", "csv", "polecat", "icews", "parquet"] {
        entente(&["export", "--format", format, "--since", "2100-01-01"])
            .assert()
            .code(1)
            .stderr(contains("nothing in the graph matches"));
    }
    let empty = entente(&["export", "--format", "svg", "--since", "2100-01-01"]).assert().code(1);
    let svg = String::from_utf8(empty.get_output().stdout.clone()).unwrap();
    assert!(svg.contains("Nothing matched") && !elements(&svg).is_empty());
}

#[test]
fn an_export_that_cannot_run_leaves_the_file_alone() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("old.svg");
    std::fs::write(&file, "old").unwrap();
    let path = file.to_str().unwrap();
    entente(&["export", "--view", "ego", "-o", path]).assert().code(2).stderr(contains("--country"));
    entente(&["export", "-c", "Sinagpore", "-o", path]).assert().code(2).stderr(contains("Singapore (SGP)"));
    entente(&["export", "--sector", "cheese", "-o", path]).assert().code(2).stderr(contains("the sectors are"));
    assert_eq!(std::fs::read_to_string(&file).unwrap(), "old");
    entente(&["export", "-o", "/no/such/folder/x.svg"]).assert().code(2).stderr(contains("cannot write"));
}

#[test]
fn bipartite_views_and_tones_are_exported() {
    let json = |args: &[&str]| -> serde_json::Value { serde_json::from_str(&printed(args)).unwrap() };
    let view = |name| json(&["export", "--view", name, "--format", "json"]);
    let classes = |graph: &serde_json::Value| -> BTreeSet<String> {
        graph["nodes"].as_array().unwrap().iter().map(|n| n["class"].as_str().unwrap().to_owned()).collect()
    };
    assert!(classes(&view("agreements")).contains("agreement") && !classes(&view("agreements")).contains("leader"));
    assert_eq!(classes(&view("encounters")), ["encounter", "leader"].map(str::to_owned).into());
    let ties = json(&["export", "--tone", "conflict", "--format", "json"]);
    assert!(ties["links"].as_array().unwrap().iter().all(|l| l["tone"] == "conflict"));
    let node = &ties["nodes"][0];
    for measure in ["core", "community", "betweenness", "eigenvector", "articulation"] {
        assert!(!node[measure].is_null(), "{measure}");
    }
}

#[test]
fn the_network_is_measured_in_text_csv_and_json() {
    let text = printed(&["network"]);
    assert!(text.starts_with("Pairs of countries\n") && text.contains("Betweenness"), "{text}");
    let csv = printed(&["network", "--format", "csv"]);
    assert!(csv.starts_with("code,name,degree,strength,"), "{csv}");
    let rows: serde_json::Value = serde_json::from_str(&printed(&["network", "--format", "json"])).unwrap();
    assert_eq!(rows.as_array().unwrap().len() + 1, csv.lines().count());
    let dyads = printed(&["network", "--of", "dyads", "--by", "year", "--country", "SGP", "--format", "csv"]);
    assert!(dyads.contains("KOR,SGP,South Korea – Singapore,2025,"), "{dyads}");
    assert!(printed(&["network", "--of", "communities"]).contains("KOR"));
    entente(&["network", "--since", "2100-01-01"]).assert().code(1).stderr(contains("nothing in the graph"));
    entente(&["network", "--min-confidence", "7"]).assert().code(2);
}

#[test]
fn a_path_has_the_sentence_of_each_step() {
    let text = printed(&["path", "KOR", "SGP"]);
    assert!(text.starts_with("South Korea – Singapore (1 step, weakest tie "), "{text}");
    assert!(text.contains("“"), "{text}");
    let json: serde_json::Value = serde_json::from_str(&printed(&["path", "USA", "CAN", "-f", "json"])).unwrap();
    assert!(!json[0]["steps"][0]["evidence"][0]["sources"][0]["quote"].as_str().unwrap().is_empty());
    entente(&["path", "KOR", "kor"]).assert().code(2).stderr(contains("both KOR"));
    entente(&["path", "KOR", "FJI"]).assert().code(1).stderr(contains("nothing in the graph ties KOR and FJI"));
}

#[test]
fn change_tells_ties_gained_and_lost() {
    let text = printed(&["change", "--before", "2014", "--after", "2025"]);
    assert!(text.contains("\nGained (") && text.contains("South Korea – Singapore"), "{text}");
    assert!(text.contains("\nLost (") && text.contains("RUS"), "{text}");
    entente(&["change", "--before", "soon", "--after", "2025"]).assert().code(2).stderr(contains("no day"));
    entente(&["change", "--before", "1815", "--after", "1816"]).assert().code(1);
}

#[test]
fn a_country_and_a_leader_have_dossiers() {
    let country = printed(&["country", "Singapore"]);
    assert!(country.starts_with("Singapore (SGP)\n") && country.contains("\nPartners\n"), "{country}");
    let leader = printed(&["leader", "lawrence wong"]);
    assert!(leader.starts_with("Lawrence Wong (") && leader.contains("\nSources\n"), "{leader}");
    assert_eq!(leader, printed(&["leader", "wong"]));
    entente(&["leader", "Lawrence Wang"]).assert().code(2).stderr(contains("did you mean Lawrence Wong (SGP)"));
    entente(&["country", "SGP", "--until", "1900-01-01"]).assert().code(1).stderr(contains("within this scope"));
    let limited = printed(&["country", "SGP", "--limit", "1"]);
    assert!(limited.contains("(the 1 best attested of"), "{limited}");
    let trade = printed(&["country", "SGP", "--sector", "trade", "--format", "markdown"]);
    assert!(trade.contains("- Scope: agreements on "), "{trade}");
}

#[test]
fn a_dossier_page_has_plots_and_nothing_from_elsewhere() {
    let page = printed(&["dyad", "KOR", "SGP", "--format", "html"]);
    assert!(page.contains("<svg") && page.contains("@page") && page.contains("prefers-color-scheme: dark"));
    let elements = elements(page.strip_prefix("<!doctype html>").unwrap());
    for (name, attributes) in &elements {
        assert!(!["script", "link", "img", "iframe"].contains(&name.as_str()), "{name}");
        assert!(attributes.iter().all(|(a, v)| !a.starts_with("on") && (a != "src") && !v.starts_with("javascript:")));
    }
}

#[test]
fn a_dossier_tells_the_story_with_its_sentences() {
    let text = printed(&["dyad", "South Korean", "sg"]);
    assert!(text.starts_with("South Korea and Singapore (KOR · SGP)\n"), "{text}");
    for part in ["\nAgreements\n", "\nEncounters\n", "\nTimeline\n", "strategic partnership", "2 November 2025", "“"]
    {
        assert!(text.contains(part), "{part}");
    }
    assert!(text.lines().all(|l| l.chars().count() <= 100));
    let json: serde_json::Value = serde_json::from_str(&printed(&["dyad", "KOR", "SGP", "-f", "json"])).unwrap();
    let items = json["sections"].as_array().unwrap().iter().flat_map(|s| s["items"].as_array().unwrap());
    assert!(items.clone().count() > 3);
    for item in items {
        assert!(!item["sources"].as_array().unwrap().is_empty(), "{item}");
    }
}

#[test]
fn a_dossier_is_also_markdown_and_a_page() {
    let markdown = printed(&["dyad", "SGP", "KOR", "--format", "markdown"]);
    assert!(markdown.starts_with("# Singapore and South Korea\n") && markdown.contains("\n> "));
    let page = printed(&["dyad", "SGP", "KOR", "--format", "html"]);
    assert!(page.starts_with("<!doctype html>") && page.ends_with("</html>\n"));
    for absent in ["<script", "src=", "<link", "url("] {
        assert!(!page.contains(absent), "{absent}");
    }
    for section in ["article", "section", "figure", "ol", "main"] {
        let (opened, closed) =
            (page.matches(&format!("<{section}")).count(), page.matches(&format!("</{section}>")).count());
        assert_eq!(opened, closed, "{section}");
    }
}

#[test]
fn text_that_goes_into_a_file_has_no_colors() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("story.txt");
    entente(&["--color", "always", "dyad", "KOR", "SGP", "-o", file.to_str().unwrap()]).assert().code(0);
    assert!(!std::fs::read_to_string(&file).unwrap().contains('\u{1b}'));
    let shown = printed(&["--color", "always", "dyad", "KOR", "SGP"]);
    assert!(shown.contains('\u{1b}'));
}

#[test]
fn a_dossier_says_when_there_is_nothing_to_tell() {
    entente(&["dyad", "KOR", "Norway"]).assert().code(1).stderr(contains("South Korea and Norway")).stdout("");
    entente(&["dyad", "KOR", "SGP", "--since", "2100-01-01"]).assert().code(1);
    entente(&["dyad", "KOR", "South Korea"]).assert().code(2).stderr(contains("are both KOR"));
    entente(&["dyad", "KOR", "Sinagpore"]).assert().code(2).stderr(contains("did you mean Singapore (SGP)?"));
    entente(&["dyad", "Korea", "SGP"]).assert().code(2).stderr(contains("(KOR)").and(contains("(PRK)")));
}
