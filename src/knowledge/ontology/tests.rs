//! The ontology says everything that the program uses, and nothing that it does not know.

use super::super::vocab::{
    ActType, AgreementStatus, AgreementType, DateBasis, EncounterStatus, EncounterType, Office, QuadClass, SECTORS,
};
use super::ONTOLOGY;
use oxrdf::vocab::{rdf, rdfs};
use oxrdf::{Graph, NamedNodeRef, TermRef};
use oxttl::TurtleParser;
use std::collections::BTreeSet;

const ENT: &str = "https://w3id.org/entente/ontology#";
const ID: &str = "https://w3id.org/entente/id/";
const SKOS: &str = "http://www.w3.org/2004/02/skos/core#";
const OWL: &str = "http://www.w3.org/2002/07/owl#";
const SH: &str = "http://www.w3.org/ns/shacl#";

fn graph(file: &str) -> Graph {
    let (name, text) = ONTOLOGY.into_iter().find(|(name, _)| *name == file).unwrap();
    let mut graph = Graph::new();
    for triple in TurtleParser::new().for_slice(text) {
        graph.insert(&triple.unwrap_or_else(|e| panic!("{name}: {e}")));
    }
    graph
}

/// Local names of what the ontology declares as class or property.
fn declared() -> BTreeSet<String> {
    let ontology = graph("entente.ttl");
    let kinds =
        ["Class", "ObjectProperty", "DatatypeProperty", "AnnotationProperty"].map(|kind| format!("{OWL}{kind}"));
    let mut found = BTreeSet::new();
    for triple in &ontology {
        let is_kind = matches!(triple.object, TermRef::NamedNode(n) if kinds.iter().any(|k| k == n.as_str()));
        if triple.predicate == rdf::TYPE && is_kind {
            let subject = triple.subject.to_string();
            found.insert(subject.trim_start_matches('<').trim_end_matches('>').replace(ENT, ""));
        }
    }
    found
}

#[track_caller]
fn check_described(graph: &Graph, iri: &str, properties: &[NamedNodeRef<'_>]) {
    let node = NamedNodeRef::new(iri).unwrap();
    for property in properties {
        assert!(graph.object_for_subject_predicate(node, *property).is_some(), "{iri} lacks {property}");
    }
}

fn skos(local: &str) -> oxrdf::NamedNode {
    oxrdf::NamedNode::new(format!("{SKOS}{local}")).unwrap()
}

#[test]
fn every_term_has_a_label_a_definition_and_an_example() {
    let ontology = graph("entente.ttl");
    let (definition, example) = (skos("definition"), skos("example"));
    let terms = declared();
    assert!(terms.len() > 90, "{}", terms.len());
    for term in &terms {
        let needed = [rdfs::LABEL, definition.as_ref(), example.as_ref(), rdfs::IS_DEFINED_BY];
        check_described(&ontology, &format!("{ENT}{term}"), &needed);
    }
}

#[test]
fn every_term_that_a_file_uses_is_declared() {
    let terms = declared();
    for (file, _) in ONTOLOGY {
        for triple in &graph(file) {
            let words = [triple.subject.to_string(), triple.predicate.to_string(), triple.object.to_string()];
            for word in words.iter().filter_map(|w| w.strip_prefix(&format!("<{ENT}"))) {
                assert!(terms.contains(word.trim_end_matches('>')), "{file} uses ent:{word}");
            }
        }
    }
}

#[test]
fn every_term_of_the_graph_is_declared() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/graph/vocab.rs");
    let source = std::fs::read_to_string(&path).unwrap();
    let block = source.split("pub mod ent {").nth(1).and_then(|rest| rest.split("pub mod graphs").next()).unwrap();
    let terms = declared();
    let mut seen = 0;
    for line in block.lines().map(str::trim).filter(|l| !l.starts_with("//")) {
        let Some((name, rest)) = line.split_once(" = \"") else { continue };
        if name.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'_') {
            let local = rest.trim_end_matches("\",");
            assert!(terms.contains(local), "ent:{local} of the graph has no definition in entente.ttl");
            seen += 1;
        }
    }
    assert!(seen > 80, "{seen}");
}

#[track_caller]
fn check_scheme<'v>(file: &str, scheme: &str, values: impl Iterator<Item = &'v str>) {
    let graph = graph(file);
    let (definition, example, notation) = (skos("definition"), skos("example"), skos("notation"));
    let base = format!("{ID}{scheme}/");
    let mut found: BTreeSet<String> = BTreeSet::new();
    for triple in &graph {
        let subject = triple.subject.to_string();
        let Some(value) = subject.strip_prefix(&format!("<{base}")) else { continue };
        if triple.predicate == notation.as_ref() {
            let value = value.trim_end_matches('>');
            assert_eq!(triple.object.to_string(), format!("\"{value}\""));
            check_described(&graph, &format!("{base}{value}"), &[rdfs::LABEL, definition.as_ref(), example.as_ref()]);
            found.insert(value.to_owned());
        }
    }
    assert_eq!(found, values.map(str::to_owned).collect(), "{scheme}");
}

#[test]
fn every_value_of_the_closed_vocabularies_is_described_and_no_other() {
    check_scheme("entente.ttl", "agreement-type", AgreementType::ALL.iter().map(|v| v.as_str()));
    check_scheme("entente.ttl", "agreement-status", AgreementStatus::ALL.iter().map(|v| v.as_str()));
    check_scheme("entente.ttl", "encounter-type", EncounterType::ALL.iter().map(|v| v.as_str()));
    check_scheme("entente.ttl", "encounter-status", EncounterStatus::ALL.iter().map(|v| v.as_str()));
    check_scheme("entente.ttl", "office", Office::ALL.iter().map(|v| v.as_str()));
    check_scheme("entente.ttl", "date-basis", DateBasis::ALL.iter().map(|v| v.as_str()));
    check_scheme("entente.ttl", "quad-class", QuadClass::ALL.iter().map(|v| v.as_str()));
    check_scheme("acts.ttl", "act-type", ActType::ALL.iter().map(|v| v.as_str()));
    check_scheme("sectors.ttl", "sector", SECTORS.into_iter());
}

/// What the shapes may say: the part of SHACL Core that `check` runs.
const CONSTRAINTS: [&str; 16] = [
    "targetClass",
    "property",
    "path",
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
    "maxLength",
    "message",
    "severity",
];

#[test]
fn shapes_keep_to_the_constraints_that_are_checked_and_each_has_a_message() {
    let shapes = graph("shapes.ttl");
    let named = |local: &str| oxrdf::NamedNode::new(format!("{SH}{local}")).unwrap();
    let (property, message) = (named("property"), named("message"));
    for triple in &shapes {
        if let Some(local) = triple.predicate.as_str().strip_prefix(SH) {
            assert!(CONSTRAINTS.contains(&local), "sh:{local}");
        }
        if let (true, TermRef::BlankNode(shape)) = (triple.predicate == property.as_ref(), triple.object) {
            assert!(shapes.object_for_subject_predicate(shape, message.as_ref()).is_some(), "{}", triple.subject);
        }
    }
}

#[test]
fn every_class_of_things_in_the_graph_has_a_shape() {
    let shapes = graph("shapes.ttl");
    let target = oxrdf::NamedNode::new(format!("{SH}targetClass")).unwrap();
    let targets: BTreeSet<String> = shapes
        .iter()
        .filter(|t| t.predicate == target.as_ref())
        .filter_map(|t| Some(t.object.to_string().strip_prefix(&format!("<{ENT}"))?.trim_end_matches('>').to_owned()))
        .collect();
    let abstract_classes = ["Account", "Passage", "Agent", "Party", "Event"].map(str::to_owned);
    let classes: BTreeSet<String> = declared()
        .into_iter()
        .filter(|t| t.starts_with(|c: char| c.is_ascii_uppercase()) && !abstract_classes.contains(t))
        .collect();
    assert_eq!(targets, classes);
}

#[test]
fn values_in_shapes_are_those_of_the_vocabularies() {
    let mut known: BTreeSet<&str> =
        ["agreement", "encounter", "act", "merge", "split", "reject", "rename", "assert"].into();
    known.extend(AgreementType::ALL.iter().map(|v| v.as_str()));
    known.extend(AgreementStatus::ALL.iter().map(|v| v.as_str()));
    known.extend(EncounterType::ALL.iter().map(|v| v.as_str()));
    known.extend(EncounterStatus::ALL.iter().map(|v| v.as_str()));
    known.extend(Office::ALL.iter().map(|v| v.as_str()));
    known.extend(DateBasis::ALL.iter().map(|v| v.as_str()));
    known.extend(QuadClass::ALL.iter().map(|v| v.as_str()));
    known.extend(ActType::ALL.iter().map(|v| v.as_str()));
    let mut listed = BTreeSet::new();
    for triple in &graph("shapes.ttl") {
        if triple.predicate == rdf::FIRST {
            listed.insert(triple.object.to_string().trim_matches('"').to_owned());
        }
    }
    assert_eq!(listed, known.into_iter().map(str::to_owned).collect());
}
