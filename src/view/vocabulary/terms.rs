//! The classes and properties of `entente.ttl`.

use super::statements::Statements;
use super::{ENT, OWL, RDFS, SKOS, short};
use std::collections::BTreeMap;

/// What a term is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Class,
    /// Its values are things.
    Object,
    /// Its values are literals.
    Datatype,
    /// It is about the ontology itself.
    Annotation,
}

impl Kind {
    const ALL: [(Self, &'static str); 4] = [
        (Self::Class, "Class"),
        (Self::Object, "ObjectProperty"),
        (Self::Datatype, "DatatypeProperty"),
        (Self::Annotation, "AnnotationProperty"),
    ];

    pub(super) fn words(self) -> &'static str {
        match self {
            Self::Class => "class",
            Self::Object => "object property",
            Self::Datatype => "datatype property",
            Self::Annotation => "annotation property",
        }
    }
}

/// A class or property. Other terms are named as in `ent:Event`, `sem:Actor`.
#[derive(Debug)]
pub(super) struct Term {
    pub(super) name: String,
    pub(super) kind: Kind,
    pub(super) label: String,
    pub(super) definition: String,
    pub(super) example: String,
    /// When it is written, where that needs saying.
    pub(super) note: String,
    /// Direct superclasses or superproperties.
    pub(super) above: Vec<String>,
    pub(super) near: Vec<String>,
    pub(super) disjoint: Vec<String>,
    /// Classes of the subjects; any of them.
    pub(super) domains: Vec<String>,
    /// Class or datatype of the values.
    pub(super) ranges: Vec<String>,
    /// Named graphs in which it stands.
    pub(super) graphs: Vec<String>,
    pub(super) symmetric: bool,
}

impl Term {
    /// `Event` of `ent:Event`: its fragment in the page, as in its IRI.
    pub(super) fn local(&self) -> &str {
        self.name.trim_start_matches("ent:")
    }
}

/// The terms, in the order of the file.
pub(super) fn read(ontology: &Statements, prefixes: &BTreeMap<String, String>) -> Vec<Term> {
    ontology.subjects.iter().filter_map(|iri| term(ontology, iri, prefixes)).collect()
}

fn term(said: &Statements, iri: &str, prefixes: &BTreeMap<String, String>) -> Option<Term> {
    iri.strip_prefix(ENT)?;
    let (kind, _) = *Kind::ALL.iter().find(|(_, class)| said.is_a(iri, &format!("{OWL}{class}")))?;
    let text = |namespace: &str, property: &str| said.value(iri, &format!("{namespace}{property}"));
    let names = |properties: &[String]| -> Vec<String> {
        properties.iter().flat_map(|p| said.values(iri, p)).map(|other| short(&other, prefixes)).collect()
    };
    Some(Term {
        name: short(iri, prefixes),
        kind,
        label: text(RDFS, "label"),
        definition: text(SKOS, "definition"),
        example: text(SKOS, "example"),
        note: text(SKOS, "scopeNote"),
        above: names(&[format!("{RDFS}subClassOf"), format!("{RDFS}subPropertyOf")]),
        near: names(&[format!("{SKOS}closeMatch")]),
        disjoint: names(&[format!("{OWL}disjointWith")]),
        domains: names(&[format!("{RDFS}domain"), "https://schema.org/domainIncludes".to_owned()]),
        ranges: names(&[format!("{RDFS}range")]),
        graphs: said.values(iri, &format!("{ENT}foundIn")),
        symmetric: said.is_a(iri, &format!("{OWL}SymmetricProperty")),
    })
}
