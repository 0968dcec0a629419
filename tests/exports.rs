//! Exports, opened by the programs that are to read them: Graphviz, networkx, igraph, pandas, polars, rdflib.
//!
//! The programs in `tests/readers` compare what they see with what was meant, which is written here from the rows
//! themselves. They run in the Python that `.ci/setup --gate` installs; where that is missing the tests say so and pass.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod python;

use assert_cmd::Command;
use chrono::NaiveDate;
use entente::graph::{ClaimRow, EventKind, EventRow, LeaderRow, PartyCodes, PartyRow, TieRow};
use entente::knowledge::Knowledge;
use entente::view::export::{self, Codings, EventTable, Lookup, Panel, Period, Sheet, SheetFormat, Table};
use entente::view::{Network, Node, NodeKind, Rows, Selection, View, picture, project};
use petgraph::visit::EdgeRef;
use predicates::str::contains;
use python::python;
use serde_json::{Value, json};
use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};
use std::process::Stdio;

/// Names that break careless writers and readers.
const NASTY: [&str; 14] = [
    "He said \"stop\" & 'go'",
    "line\nbreak, tab\tand\r\nreturn",
    "<script>alert(1)</script>",
    "المملكة العربية السعودية",
    "대한민국",
    "\u{202e}right to left",
    "😀 👩‍👩‍👧",
    "back\\slash \\N \\\"",
    "=1+1",
    "&lt; &amp; &#38; &bogus;",
    "a;b,c|d:e",
    "]]> <!-- --> <?x?>",
    "NA",
    "{\"x\": [1]} %s ${y}",
];
const CODES: [&str; 14] =
    ["ARG", "BRA", "CAN", "DEU", "EGY", "FRA", "GRC", "HUN", "IND", "JPN", "KOR", "LAO", "NAM", "X&Y<\"Z\">"];

struct World {
    events: Vec<EventRow>,
    ties: Vec<TieRow>,
    parties: Vec<PartyRow>,
    claims: Vec<Vec<ClaimRow>>,
}

fn day(n: usize) -> NaiveDate {
    NaiveDate::from_ymd_opt(2024, 1, 1).unwrap() + chrono::Days::new(n as u64 * 3)
}

fn event(n: usize, kind: EventKind, event_type: &str, pair: [&str; 2]) -> EventRow {
    let act = kind == EventKind::Act;
    let name = NASTY[n % NASTY.len()];
    let leader = LeaderRow {
        iri: format!("https://w3id.org/entente/id/leader/Q{n}"),
        name: name.to_owned(),
        party: Some(pair[0].to_owned()),
        office: Some("head-of-state".to_owned()),
        title: Some(name.to_owned()),
        wikidata: Some(format!("Q{n}")),
    };
    EventRow {
        iri: format!("https://w3id.org/entente/id/event/{n}"),
        kind,
        event_type: event_type.to_owned(),
        status: (!act).then(|| if kind == EventKind::Encounter { "held" } else { "signed" }.to_owned()),
        parties: pair.map(str::to_owned).to_vec(),
        actor: act.then(|| pair[0].to_owned()),
        recipient: act.then(|| pair[1].to_owned()),
        participants: if kind == EventKind::Encounter { vec![leader] } else { Vec::new() },
        signatories: Vec::new(),
        topic: Some(name.to_owned()),
        sectors: Vec::new(),
        place: Some(name.to_owned()),
        date: Some(day(n).to_string()),
        date_basis: Some("explicit".to_owned()),
        earliest: Some(day(n)),
        latest: Some(day(n)),
        background: false,
        quad_class: if act { "verbal-conflict" } else { "verbal-cooperation" }.to_owned(),
        confidence: 0.9,
        articles: vec![format!("article {name}")],
    }
}

fn claim(event: &EventRow) -> ClaimRow {
    ClaimRow {
        iri: format!("{}/claim", event.iri),
        article: event.articles[0].clone(),
        title: event.topic.clone().unwrap(),
        source: event.topic.clone(),
        url: Some("https://example.org/a?b=1&c=2".to_owned()),
        published: event.earliest,
        start: 0,
        end: 10,
        quote: format!("{} said: {0}", event.topic.as_ref().unwrap()),
        rule: "meet/active".to_owned(),
        attributed_to: None,
        words: Vec::new(),
        event_type: event.event_type.clone(),
        status: event.status.clone(),
        date: event.date.clone(),
        confidence: 0.9,
    }
}

/// Each party meets the next, signs something with it and accuses it.
fn world() -> World {
    let mut events = Vec::new();
    for (at, pair) in CODES.windows(2).enumerate() {
        let pair = [pair[0], pair[1]];
        events.push(event(3 * at, EventKind::Encounter, "meeting", pair));
        events.push(event(3 * at + 1, EventKind::Agreement, "mou", pair));
        events.push(event(3 * at + 2, EventKind::Act, "ACCUSE", pair));
    }
    let tie = |event: &EventRow| TieRow {
        iri: event.iri.replace("event", "tie"),
        from: event.parties[0].clone(),
        to: event.parties[1].clone(),
        kind: if event.kind == EventKind::Agreement { "agreement".to_owned() } else { event.event_type.clone() },
        directed: event.actor.is_some(),
        count: 1,
        articles: 1,
        quad_class: event.quad_class.clone(),
        first: event.earliest,
        last: event.latest,
        events: vec![event.iri.clone()],
    };
    let party = |(at, (code, name)): (usize, (&&str, &&str))| PartyRow {
        code: (*code).to_owned(),
        name: (*name).to_owned(),
        country: code.len() == 3,
        region: Some("Americas".to_owned()),
        codes: PartyCodes {
            iso2: (*code == "NAM").then(|| "NA".to_owned()),
            iso_numeric: Some(format!("{:03}", at + 4)),
            cow: Some(100 + at as u16),
            gw: Some(200 + at as u16),
            wikidata: Some(format!("Q9{at}")),
        },
    };
    World {
        ties: events.iter().map(tie).collect(),
        parties: CODES.iter().zip(&NASTY).enumerate().map(party).collect(),
        claims: events.iter().map(|e| vec![claim(e)]).collect(),
        events,
    }
}

impl World {
    fn network(&self, view: View) -> Network {
        let rows = Rows { events: &self.events, ties: &self.ties, parties: &self.parties };
        project(view, rows, &Selection::default())
    }
}

/// What a reader must find in a node.
fn node(node: &Node) -> Value {
    let mut told = json!({ "label": node.label });
    match &node.kind {
        NodeKind::Party(party) => {
            let codes = &party.codes;
            let more = json!({
                "label": party.name, "cow": codes.cow, "gw": codes.gw, "iso_numeric": codes.iso_numeric,
                "wikidata": codes.wikidata,
            });
            told = more;
            if party.country {
                told["iso3"] = json!(party.code);
            }
            if let Some(iso2) = &codes.iso2 {
                told["iso2"] = json!(iso2);
            }
        }
        NodeKind::Leader(leader) => {
            told["label"] = json!(leader.name);
            told["title"] = json!(leader.title);
            told["wikidata"] = json!(leader.wikidata);
        }
        NodeKind::Event(event) => {
            told["topic"] = json!(event.topic);
            told["place"] = json!(event.place);
            told["background"] = json!(false);
            told["confidence"] = json!(0.9);
        }
    }
    told
}

fn meant(network: &Network) -> Value {
    let nodes: serde_json::Map<String, Value> = network.graph.node_weights().map(|n| (n.id.clone(), node(n))).collect();
    let edges = network.graph.edge_references().map(|edge| {
        let (from, to) = (&network.graph[edge.source()], &network.graph[edge.target()]);
        let days = match &from.kind {
            NodeKind::Event(event) => vec![(event.earliest.unwrap(), event.latest.unwrap())],
            _ => edge.weight().spells(),
        };
        json!([from.id, to.id, edge.weight().label(), edge.weight().weight(), days])
    });
    json!({ "directed": network.directed(), "nodes": nodes, "edges": edges.collect::<Value>() })
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The one thing that a test may say: that it did not run.
fn skipped(why: &str) {
    let _ = writeln!(std::io::stderr(), "skipped: {why}");
}

/// Runs a program of `tests/readers` on a folder.
#[track_caller]
fn check_reader(python: &str, program: &str, folder: &Path) {
    let mut command = Command::new(python);
    command.arg(root().join("tests/readers").join(program)).arg(folder).env("PYTHONUTF8", "1");
    let output = command.output().unwrap();
    let said = [output.stdout, output.stderr].map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).concat();
    assert!(output.status.success(), "{program}:\n{said}");
}

#[track_caller]
fn file(folder: &Path, name: &str) -> BufWriter<File> {
    BufWriter::new(File::create(folder.join(name)).unwrap())
}

#[test]
fn networks_open_in_networkx_igraph_and_graphviz() {
    let Some(python) = python("networkx, igraph, lxml, pydot") else { return };
    if std::process::Command::new("dot").arg("-V").stderr(Stdio::null()).status().is_err() {
        return skipped("Graphviz is not installed");
    }
    let (world, dir) = (world(), tempfile::tempdir().unwrap());
    let mut expected = serde_json::Map::new();
    for (name, view) in [("ties", View::Ties), ("dyads", View::Dyads), ("events", View::Events)] {
        let network = world.network(view);
        let open = |ending: &str| file(dir.path(), &format!("{name}.{ending}"));
        export::write_graphml(&mut open("graphml"), &network).unwrap();
        export::write_gexf(&mut open("gexf"), &network).unwrap();
        export::write_json(&mut open("json"), &network).unwrap();
        export::write_cytoscape(&mut open("cyjs"), &network).unwrap();
        export::write_dot(&mut open("dot"), &network).unwrap();
        picture::write_svg(&mut open("svg"), &network, None).unwrap();
        expected.insert(name.to_owned(), meant(&network));
    }
    assert!(expected["ties"]["nodes"].as_object().unwrap().len() == CODES.len());
    std::fs::write(dir.path().join("expected.json"), Value::Object(expected).to_string()).unwrap();
    check_reader(&python, "networks.py", dir.path());
}

/// Writes a table in each format.
fn write_table(folder: &Path, name: &str, table: &Table) {
    for (ending, format) in [("csv", SheetFormat::Csv), ("tsv", SheetFormat::Tsv), ("parquet", SheetFormat::Parquet)] {
        let mut sheet = Sheet::new(file(folder, &format!("{name}.{ending}")), &table.columns, format).unwrap();
        for row in &table.rows {
            sheet.row(row.clone()).unwrap();
        }
        sheet.finish().unwrap();
    }
}

fn event_table(world: &World, table: EventTable) -> Table {
    let knowledge = Knowledge::builtin().unwrap();
    let look = Lookup::new(&knowledge, &world.parties);
    let codings = Codings::of(&world.events, false);
    let rows = world.events.iter().zip(&world.claims).flat_map(|(e, claims)| table.rows(e, &codings, claims, &look));
    Table { columns: table.columns(), rows: rows.collect() }
}

fn panel(world: &World) -> Table {
    let knowledge = Knowledge::builtin().unwrap();
    let look = Lookup::new(&knowledge, &world.parties);
    let codings = Codings::of(&world.events, false);
    Panel::count(&world.events, &codings, Period::Year, false, &[], &look).table(&look)
}

fn event_meant(event: &EventRow, world: &World) -> Value {
    let of = |code: &str| world.parties.iter().find(|p| p.code == code).unwrap();
    let cows = event.parties.iter().map(|code| of(code).codes.cow.unwrap().to_string()).collect::<Vec<_>>();
    let names = event.parties.iter().map(|code| of(code).name.replace(';', ",")).collect::<Vec<_>>();
    let act = event.kind == EventKind::Act;
    json!({
        "event": event.iri, "kind": event.kind.as_str(), "type": event.event_type, "topic": event.topic,
        "place": event.place, "sentence": claim(event).quote, "headline": event.topic, "source": event.topic,
        "parties": event.parties.join(";"), "party_cows": cows.join(";"), "party_names": names.join(";"),
        "actor_cow": event.actor.as_deref().map(|code| of(code).codes.cow), "earliest": event.earliest,
        "background": false, "confidence": 0.9, "article_count": 1, "status": event.status,
        "plover_score": if act { -3.0 } else if event.kind == EventKind::Encounter { 2.5 } else { 5.0 },
    })
}

/// Of POLECAT and ICEWS: the fields are in one line.
fn coded_meant(event: &EventRow, world: &World, [actor, recipient, event_date]: [&str; 3]) -> Value {
    let of = |at: usize| world.parties.iter().find(|p| p.code == event.parties[at]).unwrap();
    let flat = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    json!({
        event_date: event.date, actor: flat(&of(0).name), recipient: flat(&of(1).name),
        "Sentence": flat(&claim(event).quote), "Event IRI": event.iri,
    })
}

#[test]
fn tables_open_in_pandas_and_polars() {
    let Some(python) = python("pandas, pyarrow, polars") else { return };
    let (world, dir) = (world(), tempfile::tempdir().unwrap());
    let network = world.network(View::Ties);
    let mut expected = serde_json::Map::new();
    let mut write = |name: &str, table: &Table, rows: Vec<Value>| {
        write_table(dir.path(), name, table);
        expected.insert(name.to_owned(), Value::Array(rows));
    };
    let nodes = network.graph.node_weights().map(|n| {
        let mut row = node(n);
        row["id"] = json!(n.id);
        row
    });
    write("nodes", &export::node_list(&network), nodes.collect());
    let edges = network.graph.edge_references().map(|edge| {
        let [from, to] = [edge.source(), edge.target()].map(|at| &network.graph[at]);
        let [a, b] = [from, to].map(node);
        json!({
            "source": from.id, "target": to.id, "source_name": from.label, "target_name": to.label,
            "weight": edge.weight().weight(), "label": edge.weight().label(), "source_cow": a["cow"],
            "target_cow": b["cow"], "source_iso_numeric": a["iso_numeric"], "target_gw": b["gw"],
            "first": edge.weight().spells()[0].0,
        })
    });
    write("edges", &export::edge_list(&network), edges.collect());
    write(
        "events",
        &event_table(&world, EventTable::Events),
        world.events.iter().map(|e| event_meant(e, &world)).collect(),
    );
    let coded = |heads| world.events.iter().map(|e| coded_meant(e, &world, heads)).collect();
    let polecat = coded(["Actor Name", "Recipient Name", "Event Date"]);
    write("polecat", &event_table(&world, EventTable::Polecat), polecat);
    write("icews", &event_table(&world, EventTable::Icews), coded(["Source Name", "Target Name", "Event Date"]));
    let mut pairs: Vec<_> = CODES.windows(2).map(|p| (p[0].min(p[1]), p[0].max(p[1]))).collect();
    pairs.sort_unstable();
    let years = pairs.into_iter().map(|(a, b)| {
        json!({
            "source": a, "target": b, "period": "2024", "year": 2024, "events": 3, "agreements": 1, "encounters": 1,
            "acts": 1, "verbal_cooperation": 2, "verbal_conflict": 1, "material_conflict": 0, "score_sum": 4.5,
            "score_mean": 1.5, "score_min": -3.0, "score_max": 5.0,
        })
    });
    write("years", &panel(&world), years.collect());
    std::fs::write(dir.path().join("tables.json"), Value::Object(expected).to_string()).unwrap();
    check_reader(&python, "tables.py", dir.path());
}

#[test]
fn the_same_rows_are_the_same_bytes_of_parquet() {
    let world = world();
    let write = || {
        let dir = tempfile::tempdir().unwrap();
        write_table(dir.path(), "events", &event_table(&world, EventTable::Events));
        std::fs::read(dir.path().join("events.parquet")).unwrap()
    };
    let bytes = write();
    assert!(bytes.starts_with(b"PAR1") && bytes.ends_with(b"PAR1"));
    assert_eq!(bytes, write());
}

/// The 40 columns of POLECAT and the 20 of ICEWS come first, in their order.
#[test]
fn event_data_has_the_columns_of_its_codebook() {
    let names = |table: EventTable| table.columns().iter().map(|c| c.name).collect::<Vec<_>>();
    let polecat = names(EventTable::Polecat);
    assert_eq!(
        (polecat[0], polecat[9], polecat[21], polecat[39]),
        ("Event ID", "Actor COW", "Recipient Name Raw", "Version")
    );
    let icews = names(EventTable::Icews);
    assert_eq!((icews[0], icews[6], icews[7], icews[19]), ("Event ID", "CAMEO Code", "Intensity", "Longitude"));
}

fn entente(store: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_entente"));
    command.args(args).arg("--store").arg(store).env("NO_COLOR", "1");
    command
}

/// A store of two articles that report one signing, one of them with a title and a source that are hard to write.
fn store(folder: &Path) -> (PathBuf, [&'static str; 2]) {
    let said = ["\"Stop\" \\ & 'go' العربية 한국어 \u{202e}abc 😀 =1+1 &lt;", "The \"Daily\" \\n Post; 신문, صحيفة"];
    let text = "South Korea and Singapore signed a free trade agreement in Seoul on 2 November 2025. On 3 November 2025, \
        South Korea accused North Korea of firing missiles.";
    let article = |id: &str, title: &str, source: &str| {
        json!({"id": id, "title": title, "source": source, "published": "2025-11-04", "text": text}).to_string()
    };
    let lines = format!("{}\n{}\n", article("a-1", said[0], said[1]), article("a-2", "Seoul signs", "The Daily"));
    let (articles, store) = (folder.join("articles.jsonl"), folder.join("store"));
    std::fs::write(&articles, lines).unwrap();
    entente(&store, &["build", articles.to_str().unwrap()]).assert().code(0);
    (store, said)
}

#[test]
fn rdf_opens_in_rdflib_and_is_canonical() {
    let Some(python) = python("rdflib, pyld") else { return };
    let dir = tempfile::tempdir().unwrap();
    let (store, said) = store(dir.path());
    for name in ["graph.nq", "graph.trig", "graph.ttl", "graph.jsonld"] {
        let path = dir.path().join(name);
        entente(&store, &["export", "-o", path.to_str().unwrap()]).assert().code(0);
    }
    std::fs::write(dir.path().join("literals.json"), json!(said).to_string()).unwrap();
    check_reader(&python, "rdf.py", dir.path());
}

#[test]
fn a_name_that_tells_no_format_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    let (store, _) = store(dir.path());
    for name in ["ties.xyz", "ties"] {
        let path = dir.path().join(name);
        let run = entente(&store, &["export", "-o", path.to_str().unwrap()]).assert().code(2);
        run.stderr(contains("tells no format")).stderr(contains(".gexf"));
        assert!(!path.exists(), "{name}");
    }
    let path = dir.path().join("x.svg");
    let run = entente(&store, &["export", "--view", "dyad-year", "-o", path.to_str().unwrap()]).assert().code(2);
    run.stderr(contains("csv, tsv or parquet"));
    assert!(!path.exists());
}

#[test]
fn a_file_is_put_in_place_whole_and_a_dash_is_standard_output() {
    let dir = tempfile::tempdir().unwrap();
    let (store, _) = store(dir.path());
    let folder = dir.path().join("out");
    std::fs::create_dir(&folder).unwrap();
    let path = folder.join("ties.csv");
    std::fs::write(&path, "old").unwrap();
    entente(&store, &["export", "-o", path.to_str().unwrap()]).assert().code(0).stdout("");
    let written = std::fs::read_to_string(&path).unwrap();
    assert!(written.starts_with("source,target,"));
    assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 1, "nothing else is left");
    let shown = entente(&store, &["export", "--format", "csv", "-o", "-"]).assert().code(0);
    assert_eq!(String::from_utf8_lossy(&shown.get_output().stdout), written);
    if cfg!(unix) {
        entente(&store, &["export", "--format", "csv", "-o", "/dev/null"]).assert().code(0);
        assert!(!Path::new("/dev/null").is_file());
    }
}

#[test]
fn tables_and_panels_come_from_the_command_line() {
    let dir = tempfile::tempdir().unwrap();
    let (store, _) = store(dir.path());
    let rows = |args: &[&str]| -> Vec<String> {
        let run = entente(&store, args).assert().code(0);
        String::from_utf8(run.get_output().stdout.clone()).unwrap().lines().map(str::to_owned).collect()
    };
    let months = rows(&["export", "--view", "dyad-month"]);
    assert!(months[0].starts_with("dyad,source,target,period,year,month,"));
    assert_eq!(months.len(), 3, "{months:#?}");
    assert!(months[1].starts_with("KOR-PRK,KOR,PRK,2025-11,2025,11,South Korea,North Korea,410,408,732,731,"));
    assert!(months[2].starts_with("KOR-SGP,KOR,SGP,2025-11,2025,11,South Korea,Singapore,410,702,732,830,"));
    let directed = rows(&["export", "--view", "dyad-year", "--directed"]);
    assert_eq!(directed.len(), 4, "{directed:#?}");
    let one = rows(&["export", "--view", "dyad-year", "-c", "Singapore", "--one-a-day"]);
    assert_eq!(one.len(), 2, "{one:#?}");
    let nodes = rows(&["export", "--table", "nodes"]);
    assert!(nodes[0].starts_with("id,label,class,region,iso3,iso2,iso_numeric,cow,gw,wikidata,"));
    assert!(nodes.iter().any(|n| n.starts_with("KOR,South Korea,country,Asia/Eastern Asia,KOR,KR,410,732,732,Q884,")));
    let icews = rows(&["export", "--format", "icews"]);
    assert!(
        icews.iter().any(|row| row.contains("\tSouth Korea\tGovernment\tSouth Korea\t") && row.contains("\t110\t"))
    );
}
