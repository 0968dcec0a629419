//! Turtle text → its statements, each with the line on which it ends, and complaints that name file, line and value.

use super::error::KnowledgeError;
use super::vocab::nearest;
use oxrdf::{Literal, NamedNode, NamedOrBlankNode, Term};
use oxttl::{TurtleParser, TurtleSyntaxError};

/// Namespace of the ontology.
pub(super) const ENT: &str = "https://w3id.org/entente/ontology#";
/// Namespace of SKOS.
pub(super) const SKOS: &str = "http://www.w3.org/2004/02/skos/core#";

/// One triple about a named thing, and where it stands.
pub(super) struct Statement<'f> {
    file: &'f str,
    text: &'f str,
    line: u64,
    pub(super) subject: NamedNode,
    pub(super) predicate: NamedNode,
    object: Term,
}

/// Calls `visit` with each triple of `text`, in order. Blank nodes are refused: what the program reads has a name.
pub(super) fn each_statement(
    file: &str,
    text: &str,
    mut visit: impl FnMut(&Statement<'_>) -> Result<(), KnowledgeError>,
) -> Result<(), KnowledgeError> {
    let syntax = |e: &TurtleSyntaxError| KnowledgeError::Turtle {
        file: file.to_owned(),
        line: e.location().start.line + 1,
        message: e.message().to_owned(),
    };
    // Fed line by line, because the parser tells no positions of what it accepts.
    let mut parser = TurtleParser::new().low_level();
    for (at, line) in (1..).zip(text.split_inclusive('\n').chain([""])) {
        parser.extend_from_slice(line.as_bytes());
        if line.is_empty() {
            parser.end();
        }
        while let Some(triple) = parser.parse_next() {
            let triple = triple.map_err(|e| syntax(&e))?;
            let NamedOrBlankNode::NamedNode(subject) = triple.subject else {
                return Err(value(file, at, "[]", "named subject", None));
            };
            visit(&Statement { file, text, line: at, subject, predicate: triple.predicate, object: triple.object })?;
        }
    }
    Ok(())
}

impl Statement<'_> {
    /// The line on which the statement ends, from 1.
    pub(super) fn line(&self) -> u64 {
        self.line
    }

    /// The object, which must be a name.
    pub(super) fn node(&self) -> Result<&NamedNode, KnowledgeError> {
        match &self.object {
            Term::NamedNode(node) => Ok(node),
            other => Err(self.value(&other.to_string(), "IRI", None)),
        }
    }

    /// The object, which must be a literal.
    pub(super) fn literal(&self) -> Result<&Literal, KnowledgeError> {
        match &self.object {
            Term::Literal(literal) => Ok(literal),
            other => Err(self.value(&other.to_string(), "literal", None)),
        }
    }

    /// The predicate under the prefix by which `known` names it (`skos:altLabel`); a predicate that is not among them is
    /// refused.
    pub(super) fn predicate<'k>(&self, known: &[&'k str]) -> Result<&'k str, KnowledgeError> {
        let name = prefixed(self.predicate.as_str());
        match known.iter().find(|k| **k == name) {
            Some(found) => Ok(found),
            None => {
                let near = nearest(&name, known.iter().copied()).map(str::to_owned);
                Err(self.value(&name, "property of this file", near))
            }
        }
    }

    /// A complaint about `found`.
    pub(super) fn value(&self, found: &str, expected: &'static str, nearest: Option<String>) -> KnowledgeError {
        // A literal is known to have ended only at the next token, which may stand on a later line.
        let lines = (1..=self.line).zip(self.text.lines());
        let line = lines.filter(|(_, line)| line.contains(found)).last().map_or(self.line, |(at, _)| at);
        value(self.file, line, found, expected, nearest)
    }

    /// A complaint about a second statement of the same thing.
    pub(super) fn duplicate(&self, id: &str) -> KnowledgeError {
        KnowledgeError::Duplicate { file: self.file.to_owned(), line: self.line, id: id.to_owned() }
    }
}

fn value(file: &str, line: u64, value: &str, expected: &'static str, nearest: Option<String>) -> KnowledgeError {
    KnowledgeError::Value { file: file.to_owned(), line, value: value.to_owned(), expected, nearest }
}

const PREFIXES: [(&str, &str); 5] = [
    ("skos:", SKOS),
    ("ent:", ENT),
    ("rdf:", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"),
    ("rdfs:", "http://www.w3.org/2000/01/rdf-schema#"),
    ("dct:", "http://purl.org/dc/terms/"),
];

/// The IRI with a prefix in place of its namespace, where it is one of ours.
fn prefixed(iri: &str) -> String {
    let found = PREFIXES.iter().find_map(|(prefix, namespace)| Some((prefix, iri.strip_prefix(namespace)?)));
    found.map_or_else(|| iri.to_owned(), |(prefix, local)| format!("{prefix}{local}"))
}
