//! The catalogue → RDF: each question as a SHACL-AF SPARQL executable, as the SIB's `sparql-examples` have them, so that query
//! editors and other programs find the questions where they find the data.

use super::question::Question;
use oxrdf::vocab::{rdf, rdfs, xsd};
use oxrdf::{Literal, NamedNode, NamedNodeRef, Term, Triple};
use oxttl::TurtleSerializer;
use oxttl::turtle::WriterTurtleSerializer;
use std::collections::BTreeMap;
use std::io::{self, Write};

const SH: &str = "http://www.w3.org/ns/shacl#";
const SKOS: &str = "http://www.w3.org/2004/02/skos/core#";
const SCHEMA: &str = "https://schema.org/";
/// Where the questions have their names.
const BASE: &str = "https://w3id.org/entente/.well-known/sparql-examples/";
const PREFIXES: [(&str, &str); 6] = [
    ("owl", "http://www.w3.org/2002/07/owl#"),
    ("rdfs", "http://www.w3.org/2000/01/rdf-schema#"),
    ("schema", SCHEMA),
    ("sh", SH),
    ("skos", SKOS),
    ("xsd", "http://www.w3.org/2001/XMLSchema#"),
];

/// Writes the questions in Turtle. Each has its title, what it answers, its parameters, its query without the header, and
/// keywords: its theme and the words of its name. `endpoint` is where they can be asked, if anywhere.
///
/// # Errors
/// What `out` reports.
pub fn write_examples(out: &mut dyn Write, questions: &[Question], endpoint: Option<&NamedNode>) -> io::Result<()> {
    let mut writer = Turtle::new(out)?;
    let prefixes = node(BASE, "prefixes");
    writer.add(&prefixes, rdf::TYPE, node("http://www.w3.org/2002/07/owl#", "Ontology"))?;
    let declared: BTreeMap<&str, &str> = questions.iter().flat_map(|q| declarations(&q.sparql)).collect();
    for name in declared.keys() {
        writer.add(&prefixes, sh("declare").as_ref(), node(BASE, &format!("prefix-{name}")))?;
    }
    for (name, namespace) in &declared {
        let prefix = node(BASE, &format!("prefix-{name}"));
        writer.add(&prefix, sh("prefix").as_ref(), Literal::new_simple_literal(*name))?;
        writer.add(&prefix, sh("namespace").as_ref(), Literal::new_typed_literal(*namespace, xsd::ANY_URI))?;
    }
    for question in questions {
        writer.question(question, &prefixes, endpoint)?;
    }
    writer.finish()
}

fn node(namespace: &str, local: &str) -> NamedNode {
    NamedNode::new_unchecked(format!("{namespace}{local}"))
}

fn sh(local: &str) -> NamedNode {
    node(SH, local)
}

/// Name and namespace of each `PREFIX` of a query.
fn declarations(sparql: &str) -> impl Iterator<Item = (&str, &str)> {
    sparql.lines().filter_map(|line| {
        let (name, iri) = line.strip_prefix("PREFIX ")?.split_once(": <")?;
        Some((name.trim(), iri.trim_end().strip_suffix('>')?))
    })
}

/// The query without the comments at its head, which the other statements tell.
fn body(sparql: &str) -> String {
    let lines: Vec<&str> = sparql.lines().skip_while(|line| line.starts_with('#') || line.is_empty()).collect();
    lines.join("\n")
}

struct Turtle<'w>(WriterTurtleSerializer<&'w mut dyn Write>);

impl<'w> Turtle<'w> {
    fn new(out: &'w mut dyn Write) -> io::Result<Self> {
        let mut serializer = TurtleSerializer::new();
        for (prefix, namespace) in PREFIXES {
            serializer = serializer.with_prefix(prefix, namespace).map_err(io::Error::other)?;
        }
        Ok(Self(serializer.for_writer(out)))
    }

    fn add(&mut self, subject: &NamedNode, predicate: NamedNodeRef<'_>, object: impl Into<Term>) -> io::Result<()> {
        self.0.serialize_triple(Triple::new(subject.clone(), predicate.into_owned(), object).as_ref())
    }

    fn question(&mut self, q: &Question, prefixes: &NamedNode, endpoint: Option<&NamedNode>) -> io::Result<()> {
        let this = node(BASE, &q.name);
        let english = |text: &str| Literal::new_language_tagged_literal_unchecked(text, "en");
        let form = Form::of(&q.sparql);
        self.add(&this, rdf::TYPE, sh("SPARQLExecutable"))?;
        self.add(&this, rdf::TYPE, sh(form.class()))?;
        self.add(&this, rdfs::LABEL, english(&q.header.title))?;
        self.add(&this, rdfs::COMMENT, english(&q.header.answers))?;
        self.add(&this, sh("prefixes").as_ref(), prefixes.clone())?;
        self.add(&this, sh(form.property()).as_ref(), Literal::new_simple_literal(body(&q.sparql)))?;
        if let Some(theme) = q.header.theme {
            self.add(&this, node(SCHEMA, "keywords").as_ref(), Literal::new_simple_literal(theme.as_str()))?;
        }
        for word in q.name.split('-').filter(|word| word.len() > 3) {
            self.add(&this, node(SCHEMA, "keywords").as_ref(), Literal::new_simple_literal(word))?;
        }
        for parameter in &q.header.parameters {
            let told = format!("?{} ({}): {}", parameter.name, parameter.kind.as_str(), parameter.meaning);
            self.add(&this, node(SKOS, "note").as_ref(), english(&told))?;
        }
        if let Some(endpoint) = endpoint {
            self.add(&this, node(SCHEMA, "target").as_ref(), endpoint.clone())?;
        }
        Ok(())
    }

    fn finish(self) -> io::Result<()> {
        self.0.finish()?.flush()
    }
}

/// The form of a query.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Select,
    Construct,
    Ask,
}

impl Form {
    /// By the first word of the query behind its prefixes.
    fn of(sparql: &str) -> Self {
        let words = body(sparql);
        let first = words.lines().find(|l| !l.is_empty() && !l.starts_with("PREFIX") && !l.starts_with('#'));
        match first.and_then(|line| line.split_whitespace().next()) {
            Some("CONSTRUCT") => Self::Construct,
            Some("ASK") => Self::Ask,
            _ => Self::Select,
        }
    }

    fn class(self) -> &'static str {
        match self {
            Self::Select => "SPARQLSelectExecutable",
            Self::Construct => "SPARQLConstructExecutable",
            Self::Ask => "SPARQLAskExecutable",
        }
    }

    fn property(self) -> &'static str {
        match self {
            Self::Select => "select",
            Self::Construct => "construct",
            Self::Ask => "ask",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::knowledge::Gazetteer;
    use crate::query::Catalogue;

    fn written(endpoint: Option<&NamedNode>) -> String {
        let questions = Catalogue::all(&Gazetteer::builtin().unwrap()).unwrap();
        let mut out = Vec::new();
        write_examples(&mut out, &questions, endpoint).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn every_question_is_an_executable_of_its_form() {
        let written = written(None);
        assert_eq!(written.matches("sh:SPARQLExecutable").count(), Catalogue::names().count());
        assert!(written.contains("sh:SPARQLConstructExecutable") && written.contains("sh:construct"));
        assert!(written.contains("sh:SPARQLSelectExecutable") && written.contains("sh:select"));
        assert!(!written.contains("# title:") && !written.contains("schema:target"));
    }

    #[test]
    fn an_endpoint_is_named_where_there_is_one() {
        let endpoint = NamedNode::new("http://localhost:7878/query").unwrap();
        let written = written(Some(&endpoint));
        assert_eq!(written.matches("schema:target <http://localhost:7878/query>").count(), Catalogue::names().count());
    }
}
