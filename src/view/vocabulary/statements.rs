//! Turtle text → what it says of each subject, in the order of the file.

use super::VocabularyError;
use oxrdf::vocab::rdf;
use oxrdf::{NamedNodeRef, Term};
use oxttl::TurtleParser;
use std::collections::BTreeMap;

/// The statements of one file.
pub(super) struct Statements {
    /// Subjects in the order in which they come first.
    pub(super) subjects: Vec<String>,
    said: BTreeMap<String, Vec<(String, Term)>>,
    /// Prefixes with their namespaces.
    pub(super) prefixes: BTreeMap<String, String>,
}

impl Statements {
    pub(super) fn parse(file: &str, text: &str) -> Result<Self, VocabularyError> {
        let mut parser = TurtleParser::new().for_slice(text);
        let mut found = Self { subjects: Vec::new(), said: BTreeMap::new(), prefixes: BTreeMap::new() };
        for triple in parser.by_ref() {
            let triple = triple.map_err(|e| VocabularyError { file: file.to_owned(), message: e.to_string() })?;
            let subject = bare(&triple.subject.to_string());
            let said = found.said.entry(subject.clone()).or_insert_with(|| {
                found.subjects.push(subject);
                Vec::new()
            });
            said.push((triple.predicate.into_string(), triple.object));
        }
        found.prefixes = parser.prefixes().map(|(prefix, iri)| (prefix.to_owned(), iri.to_owned())).collect();
        Ok(found)
    }

    /// Objects of a property, in order.
    pub(super) fn objects<'s>(&'s self, subject: &str, property: &'s str) -> impl Iterator<Item = &'s Term> {
        self.said.get(subject).into_iter().flatten().filter(move |(p, _)| p == property).map(|(_, o)| o)
    }

    /// Texts of literals and IRIs of nodes, in order.
    pub(super) fn values(&self, subject: &str, property: &str) -> Vec<String> {
        self.objects(subject, property).map(value).collect()
    }

    /// The first of them; empty where there is none.
    pub(super) fn value(&self, subject: &str, property: &str) -> String {
        self.objects(subject, property).next().map(value).unwrap_or_default()
    }

    /// Whether the subject is of this class.
    pub(super) fn is_a(&self, subject: &str, class: &str) -> bool {
        self.values(subject, RDF_TYPE).iter().any(|c| c == class)
    }

    /// Properties and values of a subject.
    pub(super) fn said(&self, subject: &str) -> impl Iterator<Item = (&str, &Term)> {
        self.said.get(subject).into_iter().flatten().map(|(p, o)| (p.as_str(), o))
    }

    /// The members of an RDF list.
    pub(super) fn list(&self, head: &Term) -> Vec<String> {
        let [first, rest] = [rdf::FIRST, rdf::REST].map(NamedNodeRef::as_str);
        let mut members = Vec::new();
        let mut at = bare(&head.to_string());
        loop {
            let next = self.objects(&at, rest).next().map(|t| bare(&t.to_string()));
            let (Some(member), Some(next)) = (self.objects(&at, first).next().map(value), next) else { break };
            members.push(member);
            at = next;
        }
        members
    }
}

pub(super) const RDF_TYPE: &str = NamedNodeRef::as_str(rdf::TYPE);

/// The text of a literal, the IRI of a node, the label of a blank node with `_:`.
pub(super) fn value(term: &Term) -> String {
    match term {
        Term::Literal(literal) => literal.value().to_owned(),
        other => bare(&other.to_string()),
    }
}

fn bare(term: &str) -> String {
    term.trim_start_matches('<').trim_end_matches('>').to_owned()
}
