//! `ontology/shapes.ttl` in pySHACL and in `entente check`: both pass the graph of the seed articles, and both find the same
//! faults in the graphs of `tests/shapes`, each of which breaks one shape.
//!
//! The head of a broken graph says what it breaks; it is laid over `sound.ttl`.

use super::python::{ask, engine, python};
use super::seed::{asked, file, root, run};
use entente::graph::{RdfFormat, Store};
use oxttl::{NTriplesParser, TurtleParser};
use serde_json::json;
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::process::Command;

const SHAPES: &str = "https://w3id.org/entente/shapes/";

/// Shape, focus node, path, constraint component.
type Fault = (String, String, String, String);

/// A graph of `tests/shapes`.
struct Sample {
    name: String,
    text: String,
}

/// The broken graphs, by name.
fn samples() -> Vec<Sample> {
    let mut names: Vec<String> = std::fs::read_dir(root().join("tests/shapes"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.ends_with(".ttl") && name != "sound.ttl")
        .collect();
    names.sort();
    names.into_iter().map(|name| Sample { text: file(&format!("tests/shapes/{name}")), name }).collect()
}

fn sound() -> String {
    file("tests/shapes/sound.ttl")
}

/// What `entente check` finds in a graph by its shapes.
fn found_here(turtle: &str) -> BTreeSet<Fault> {
    let mut store = Store::empty().unwrap();
    store.load_rdf(turtle, RdfFormat::Turtle).unwrap();
    let findings = store.check().unwrap().into_iter();
    findings
        .filter_map(|f| {
            let shape = format!("{SHAPES}{}", f.check.strip_prefix("shape ")?);
            let constraint = f.constraint?.strip_prefix("sh:")?;
            Some((shape, f.about, f.path?, component(constraint)))
        })
        .collect()
}

/// `minCount` → `MinCountConstraintComponent`.
fn component(constraint: &str) -> String {
    let (first, rest) = constraint.split_at(1);
    format!("{}{rest}ConstraintComponent", first.to_uppercase())
}

/// What pySHACL finds in each graph; `None` where it is not installed.
fn found_there(graphs: &[String]) -> Option<Vec<BTreeSet<Fault>>> {
    let python = python("pyshacl")?;
    let task =
        json!({"shapes": file("ontology/shapes.ttl"), "ontology": [file("ontology/entente.ttl")], "graphs": graphs});
    let answers = ask(&python, &[&engine("pyshacl_engine.py")], &task);
    Some(serde_json::from_value(answers.clone()).unwrap_or_else(|e| panic!("{e}: {answers}")))
}

/// Full IRIs of `ent:`, `rdfs:` and `oa:` names.
fn expanded(name: &str) -> String {
    let namespaces = [
        ("ent:", "https://w3id.org/entente/ontology#"),
        ("rdfs:", "http://www.w3.org/2000/01/rdf-schema#"),
        ("oa:", "http://www.w3.org/ns/oa#"),
    ];
    let found = namespaces.iter().find_map(|(prefix, namespace)| Some((namespace, name.strip_prefix(prefix)?)));
    let (namespace, local) = found.unwrap_or_else(|| panic!("prefix of {name}"));
    format!("{namespace}{local}")
}

impl Sample {
    fn head(&self, key: &str) -> &str {
        let line = self.text.lines().find_map(|l| l.strip_prefix(&format!("# {key}: ")));
        line.unwrap_or_else(|| panic!("{} lacks `# {key}:`", self.name))
    }

    /// The fault that the head tells of.
    fn expected(&self) -> Fault {
        let parts: Vec<&str> = self.head("breaks").split(", ").collect();
        let part = |at: usize, word: &str| {
            let part = parts.get(at).and_then(|p| p.strip_prefix(word));
            part.unwrap_or_else(|| panic!("{}: `{word}` in its head", self.name)).trim()
        };
        let about = self.head("about").trim_matches(['<', '>']);
        (
            format!("{SHAPES}{}", part(0, "shape ")),
            format!("https://w3id.org/entente/id/{about}"),
            expanded(part(1, "property ")),
            component(part(2, "constraint sh:")),
        )
    }

    fn laid_over_the_sound_one(&self) -> String {
        format!("{}\n{}", sound(), self.text)
    }
}

#[test]
fn a_sound_graph_passes_and_each_broken_one_is_found_out() {
    assert_eq!(found_here(&sound()), BTreeSet::new());
    let samples = samples();
    for sample in &samples {
        let found = found_here(&sample.laid_over_the_sound_one());
        assert!(found.contains(&sample.expected()), "{}: {found:#?}", sample.name);
    }
    // Every constraint that a shape states is broken by one of them.
    let stated = file("ontology/shapes.ttl");
    let kinds = [
        "minCount",
        "maxCount",
        "datatype",
        "class",
        "nodeKind",
        "in",
        "pattern",
        "minInclusive",
        "maxInclusive",
        "minLength",
    ];
    for kind in kinds {
        assert!(stated.contains(&format!("sh:{kind} ")), "no shape states sh:{kind}");
        assert!(samples.iter().any(|s| s.expected().3 == component(kind)), "no graph breaks sh:{kind}");
    }
}

#[test]
fn pyshacl_finds_the_same_faults() {
    let samples = samples();
    let graphs: Vec<String> =
        std::iter::once(sound()).chain(samples.iter().map(Sample::laid_over_the_sound_one)).collect();
    let Some(there) = found_there(&graphs) else { return };
    let names = std::iter::once("sound.ttl").chain(samples.iter().map(|s| s.name.as_str()));
    for ((name, graph), there) in names.zip(&graphs).zip(there) {
        assert_eq!(found_here(graph), there, "{name}: here on the left, pySHACL on the right");
    }
}

/// Every so many triples of the sound graph, one is left out, or its object becomes a word: whatever that breaks, or does not
/// break, both engines must agree.
#[test]
fn pyshacl_agrees_on_graphs_with_a_fault_drawn_anywhere() {
    const EVERY: usize = 9;
    let triples: Vec<String> = TurtleParser::new().for_slice(&sound()).map(|t| t.unwrap().to_string()).collect();
    let mut graphs = Vec::new();
    for at in (0..triples.len()).step_by(EVERY) {
        let mut less = triples.clone();
        let gone = less.remove(at);
        graphs.push(less.iter().fold(String::new(), |mut all, t| {
            let _ = writeln!(all, "{t} .");
            all
        }));
        let subject_and_predicate: Vec<&str> = gone.splitn(3, ' ').take(2).collect();
        let mut other = graphs.last().unwrap().clone();
        let _ = writeln!(other, "{} \"word\" .", subject_and_predicate.join(" "));
        graphs.push(other);
    }
    assert!(graphs.iter().all(|g| NTriplesParser::new().for_slice(g).all(|t| t.is_ok())));
    let Some(there) = found_there(&graphs) else { return };
    let mut broken = 0;
    for (at, (graph, there)) in graphs.iter().zip(there).enumerate() {
        let here = found_here(graph);
        broken += usize::from(!here.is_empty());
        assert_eq!(here, there, "triple {}: {}", at / 2 * EVERY, triples[at / 2 * EVERY]);
    }
    assert!(broken > graphs.len() / 3, "{broken} of {}", graphs.len());
}

#[test]
fn pyshacl_passes_the_graph_of_the_seed_articles() {
    let Some(there) = found_there(&[asked(&["export", "--format", "turtle"])]) else { return };
    assert_eq!(there, [BTreeSet::new()]);
}

#[test]
fn the_command_checks_files_too() {
    let at = |name: &str| root().join("tests/shapes").join(name).display().to_string();
    assert_eq!(run(&["check", "--format", "json", &at("sound.ttl")]).trim(), "[]");
    let files = ["check", "--format", "json", &at("sound.ttl"), &at("class-signed-a-meeting.ttl")];
    let output = Command::new(env!("CARGO_BIN_EXE_entente")).args(files).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    let findings = String::from_utf8(output.stdout).unwrap();
    assert!(findings.contains("\"constraint\": \"sh:class\""), "{findings}");
    let output = Command::new(env!("CARGO_BIN_EXE_entente")).args(["check", "graph.txt"]).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains(".trig"));
}
