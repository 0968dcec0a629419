//! The VoID description and the questions as RDF: both are RDF to another library, and what they count and say is so.

use super::python::{ask, engine, python};
use super::seed::{asked, file, run};
use entente::query::Catalogue;
use oxrdf::{Graph, NamedNodeRef, NamedOrBlankNodeRef, TermRef};
use oxttl::{NQuadsParser, TurtleParser};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

const VOID: &str = "http://rdfs.org/ns/void#";
const SH: &str = "http://www.w3.org/ns/shacl#";
const RDFS: &str = "http://www.w3.org/2000/01/rdf-schema#";

/// Turtle with questions about it, each a property and its value's text by subject.
struct Described(Graph);

impl Described {
    fn new(turtle: &str) -> Self {
        Self(TurtleParser::new().for_slice(turtle).map(|t| t.unwrap()).collect())
    }

    /// Values of a property by subject.
    fn values(&self, property: &str) -> BTreeMap<String, Vec<String>> {
        let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for triple in self.0.triples_for_predicate(NamedNodeRef::new(property).unwrap()) {
            let NamedOrBlankNodeRef::NamedNode(subject) = triple.subject else { panic!("blank node") };
            let value = match triple.object {
                TermRef::NamedNode(node) => node.as_str().to_owned(),
                TermRef::Literal(literal) => literal.value().to_owned(),
                TermRef::BlankNode(_) => panic!("blank node"),
            };
            found.entry(subject.as_str().to_owned()).or_default().push(value);
        }
        found
    }

    fn number(&self, property: &str, subject: &str) -> usize {
        let values = self.values(&format!("{VOID}{property}"));
        let value = values.get(subject).unwrap_or_else(|| panic!("no void:{property} of {subject}"));
        value[0].parse().unwrap()
    }
}

fn void() -> String {
    asked(&["export", "--format", "void"])
}

#[test]
fn void_counts_what_the_dump_holds() {
    let described = Described::new(&void());
    let dump = asked(&["export", "--format", "nquads"]);
    let quads: Vec<_> = NQuadsParser::new().for_slice(&dump).map(|q| q.unwrap()).collect();
    let dataset = "https://w3id.org/entente/void#dataset";
    let different = |parts: Vec<String>| parts.into_iter().collect::<BTreeSet<_>>().len();
    assert_eq!(described.number("triples", dataset), quads.len());
    let subjects = different(quads.iter().map(|q| q.subject.to_string()).collect());
    assert_eq!(described.number("distinctSubjects", dataset), subjects);
    assert_eq!(
        described.number("distinctObjects", dataset),
        different(quads.iter().map(|q| q.object.to_string()).collect())
    );
    assert_eq!(
        described.number("properties", dataset),
        different(quads.iter().map(|q| q.predicate.to_string()).collect())
    );
    for (partition, property) in described.values(&format!("{VOID}property")) {
        // Those within a class are counted below.
        if partition.contains("#property-") {
            let of_property: Vec<_> = quads.iter().filter(|q| q.predicate.as_str() == property[0]).collect();
            assert_eq!(described.number("triples", &partition), of_property.len(), "{partition}");
            let subjects = different(of_property.iter().map(|q| q.subject.to_string()).collect());
            assert_eq!(described.number("distinctSubjects", &partition), subjects, "{partition}");
        }
    }
    let is_a = |q: &&oxrdf::Quad| q.predicate == oxrdf::vocab::rdf::TYPE;
    for (partition, class) in described.values(&format!("{VOID}class")) {
        let things = quads.iter().filter(is_a).filter(|q| q.object.to_string() == format!("<{}>", class[0])).count();
        assert_eq!(described.number("entities", &partition), things, "{partition}");
        let members: BTreeSet<String> = quads
            .iter()
            .filter(is_a)
            .filter(|q| q.object.to_string() == format!("<{}>", class[0]))
            .map(|q| q.subject.to_string())
            .collect();
        let said = quads.iter().filter(|q| members.contains(&q.subject.to_string())).count();
        let parts = &described.values(&format!("{VOID}propertyPartition"))[&partition];
        assert_eq!(parts.iter().map(|part| described.number("triples", part)).sum::<usize>(), said, "{partition}");
    }
    let subsets = described.values(&format!("{VOID}subset")).remove(dataset).unwrap();
    let (links, graphs): (Vec<_>, Vec<_>) = subsets.into_iter().partition(|subset| subset.contains("#links-"));
    assert_eq!(graphs.iter().map(|graph| described.number("triples", graph)).sum::<usize>(), quads.len());
    let to_wikidata =
        quads.iter().filter(|q| q.object.to_string().starts_with("<http://www.wikidata.org/entity/Q")).count();
    assert_eq!(links.iter().map(|link| described.number("triples", link)).sum::<usize>(), to_wikidata);
    assert!(to_wikidata > 300, "{to_wikidata}");
}

#[test]
fn void_is_the_same_each_time() {
    assert_eq!(void(), void());
}

#[test]
fn the_questions_as_rdf_say_what_the_files_say() {
    let turtle = run(&["ontology", "--format", "queries", "--endpoint", "http://localhost:7878/query"]);
    let described = Described::new(&turtle);
    let (select, construct) = (described.values(&format!("{SH}select")), described.values(&format!("{SH}construct")));
    let comments = described.values(&format!("{RDFS}comment"));
    assert_eq!(select.len() + construct.len(), Catalogue::names().count());
    for name in Catalogue::names() {
        let this = format!("https://w3id.org/entente/.well-known/sparql-examples/{name}");
        let text = select.get(&this).or_else(|| construct.get(&this)).unwrap_or_else(|| panic!("no query of {name}"));
        let source = file(&format!("queries/{name}.rq"));
        assert!(source.trim_end().ends_with(text[0].trim_end()), "{name}");
        assert!(source.contains(&format!("# answers: {}", comments[&this][0])), "{name}");
    }
}

#[test]
fn rdflib_reads_what_is_written_and_answers_the_questions() {
    let Some(python) = python("rdflib") else { return };
    let examples = run(&["ontology", "--format", "queries"]);
    let files = [
        ("void", void()),
        ("queries", examples),
        ("ontology", run(&["ontology", "--format", "turtle"])),
        ("shapes", run(&["ontology", "--format", "shapes"])),
    ];
    let task = json!({"files": files, "trig": file("tests/queries/world.trig")});
    let answer = ask(&python, &[&engine("descriptions_engine.py")], &task);
    for (name, _) in &files {
        assert!(answer["triples"][name].as_u64().unwrap() > 100, "{answer}");
    }
    let asked = answer["asked"].as_object().unwrap();
    assert_eq!(asked.len(), Catalogue::names().count());
    for (query, rows) in asked {
        assert!(rows.is_u64(), "{query}: {rows}");
    }
    // As other programs look for a dataset's classes and for its questions.
    assert!(
        answer["classes"].as_array().unwrap().contains(&Value::from("https://w3id.org/entente/ontology#Agreement"))
    );
}

#[test]
fn the_page_in_docs_is_current() {
    let path = super::seed::root().join("docs/ontology.html");
    let page = run(&["ontology"]);
    if std::env::var_os("UPDATE_ONTOLOGY").is_some() {
        std::fs::write(&path, &page).unwrap();
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        kept == page,
        "docs/ontology.html is not what `entente ontology` writes: run this test with UPDATE_ONTOLOGY=1"
    );
}
