//! The Turtle of `ontology/` → one self-contained page that documents it: every class and property with what it means, what
//! it is near to elsewhere, where in the graph it stands and what must hold of it; the sectors, the acts, the closed
//! vocabularies; an overview diagram. No script, nothing loaded from elsewhere; light and dark, on paper and on a phone.

mod cards;
mod constraints;
mod diagram;
mod html;
mod schemes;
mod statements;
mod terms;

pub use html::write_html;

use crate::knowledge::ONTOLOGY;
use constraints::Shape;
use schemes::{Act, Scheme, Sector};
use statements::Statements;
use std::collections::BTreeMap;
use terms::Term;

const ENT: &str = "https://w3id.org/entente/ontology#";
const RDFS: &str = "http://www.w3.org/2000/01/rdf-schema#";
const SKOS: &str = "http://www.w3.org/2004/02/skos/core#";
const DCT: &str = "http://purl.org/dc/terms/";
const OWL: &str = "http://www.w3.org/2002/07/owl#";

/// A file of the ontology that cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("{file}: {message}")]
pub struct VocabularyError {
    file: String,
    message: String,
}

/// The ontology, as its page tells it.
#[derive(Debug)]
pub struct Vocabulary {
    iri: String,
    title: String,
    description: String,
    version: String,
    licences: Vec<String>,
    /// Prefixes with their namespaces.
    prefixes: BTreeMap<String, String>,
    /// Classes and properties, in the order of the file.
    terms: Vec<Term>,
    shapes: Vec<Shape>,
    /// The closed vocabularies but sectors and acts.
    schemes: Vec<Scheme>,
    sectors: Vec<Sector>,
    acts: Vec<Act>,
}

impl Vocabulary {
    /// The ontology that comes with the program.
    ///
    /// # Errors
    /// Only where the program was built with a broken file; a test guards that.
    pub fn builtin() -> Result<Self, VocabularyError> {
        let read = |wanted: &str| {
            let (file, text) = ONTOLOGY.into_iter().find(|(file, _)| *file == wanted).unwrap_or((wanted, ""));
            Statements::parse(file, text)
        };
        let [ontology, shapes, sectors, acts] = ["entente.ttl", "shapes.ttl", "sectors.ttl", "acts.ttl"].map(read);
        let (ontology, shapes, sectors, acts) = (ontology?, shapes?, sectors?, acts?);
        let mut prefixes = ontology.prefixes.clone();
        prefixes.extend(shapes.prefixes.clone());
        let iri = ENT.trim_end_matches('#').to_owned();
        Ok(Self {
            title: ontology.value(&iri, &format!("{DCT}title")),
            description: ontology.value(&iri, &format!("{DCT}description")),
            version: ontology.value(&iri, &format!("{OWL}versionInfo")),
            licences: ontology.values(&iri, &format!("{DCT}license")),
            terms: terms::read(&ontology, &prefixes),
            shapes: constraints::read(&shapes, &prefixes),
            schemes: schemes::closed(&ontology),
            sectors: schemes::sectors(&sectors),
            acts: schemes::acts(&acts),
            iri,
            prefixes,
        })
    }

    fn classes(&self) -> impl Iterator<Item = &Term> {
        self.terms.iter().filter(|term| term.kind == terms::Kind::Class)
    }

    fn properties(&self) -> impl Iterator<Item = &Term> {
        self.terms.iter().filter(|term| term.kind != terms::Kind::Class)
    }

    /// The term of a name such as `ent:Event`.
    fn term(&self, name: &str) -> Option<&Term> {
        self.terms.iter().find(|term| term.name == name)
    }

    /// A class and those of our own above it, nearest first.
    fn above(&self, class: &str) -> Vec<&str> {
        let mut found: Vec<&str> = Vec::new();
        let mut open: Vec<&str> = self.term(class).map(|t| t.name.as_str()).into_iter().collect();
        while let Some(next) = open.pop() {
            if !found.contains(&next) {
                found.push(next);
                let term = self.term(next);
                open.extend(
                    term.into_iter().flat_map(|t| t.above.iter().map(String::as_str)).filter(|n| n.starts_with("ent:")),
                );
            }
        }
        found
    }

    /// The IRI of a short name, for links to other vocabularies.
    fn expand(&self, name: &str) -> String {
        let known = name.split_once(':').and_then(|(prefix, local)| Some((self.prefixes.get(prefix)?, local)));
        known.map_or_else(|| name.to_owned(), |(namespace, local)| format!("{namespace}{local}"))
    }
}

/// `sem:Actor` of an IRI; the IRI itself where no prefix fits.
fn short(iri: &str, prefixes: &BTreeMap<String, String>) -> String {
    let fitting =
        prefixes.iter().filter_map(|(prefix, namespace)| Some((prefix, iri.strip_prefix(namespace.as_str())?)));
    let nearest = fitting.min_by_key(|(_, local)| local.len());
    nearest.map_or_else(|| iri.to_owned(), |(prefix, local)| format!("{prefix}:{local}"))
}

#[cfg(test)]
mod tests;
