//! The closed vocabularies: sectors as a tree, acts with their codes and scores, and the short lists of `entente.ttl`.

use super::statements::Statements;
use super::{ENT, RDFS, SKOS};

/// A list of values, such as the statuses of agreements.
#[derive(Debug)]
pub(super) struct Scheme {
    /// `agreement-status`.
    pub(super) id: String,
    pub(super) label: String,
    pub(super) definition: String,
    pub(super) values: Vec<Concept>,
}

/// One value.
#[derive(Debug)]
pub(super) struct Concept {
    pub(super) notation: String,
    pub(super) label: String,
    pub(super) definition: String,
    pub(super) example: String,
}

/// A field of policy with narrower ones.
#[derive(Debug)]
pub(super) struct Sector {
    pub(super) concept: Concept,
    /// Labels of the narrower ones.
    pub(super) narrower: Vec<String>,
    /// How many words and phrases signal it.
    pub(super) signals: usize,
}

/// A PLOVER type.
#[derive(Debug)]
pub(super) struct Act {
    pub(super) concept: Concept,
    pub(super) quad_class: String,
    /// From -10 (conflict) to 10 (cooperation).
    pub(super) score: String,
    pub(super) cameo: Vec<String>,
    pub(super) narrower: Vec<String>,
}

fn skos(local: &str) -> String {
    format!("{SKOS}{local}")
}

fn concept(said: &Statements, iri: &str) -> Concept {
    Concept {
        notation: said.value(iri, &skos("notation")),
        label: said.value(iri, &skos("prefLabel")),
        definition: said.value(iri, &skos("definition")),
        example: said.value(iri, &skos("example")),
    }
}

/// The top concepts of a file, in order.
fn tops(said: &Statements) -> impl Iterator<Item = &String> {
    said.subjects.iter().filter(|iri| said.objects(iri, TOP).next().is_some())
}

const TOP: &str = "http://www.w3.org/2004/02/skos/core#topConceptOf";

/// The concepts below one.
fn below<'s>(said: &'s Statements, top: &str) -> Vec<&'s String> {
    let broader = skos("broader");
    said.subjects.iter().filter(|iri| said.values(iri, &broader).iter().any(|b| b == top)).collect()
}

/// The schemes of `entente.ttl`.
pub(super) fn closed(said: &Statements) -> Vec<Scheme> {
    let schemes = said.subjects.iter().filter(|iri| said.is_a(iri, &skos("ConceptScheme")));
    schemes
        .map(|iri| Scheme {
            id: iri.rsplit('/').next().unwrap_or_default().to_owned(),
            label: said.value(iri, &format!("{RDFS}label")),
            definition: said.value(iri, &skos("definition")),
            values: tops(said).filter(|c| said.values(c, TOP).contains(iri)).map(|c| concept(said, c)).collect(),
        })
        .collect()
}

/// The sectors of `sectors.ttl`.
pub(super) fn sectors(said: &Statements) -> Vec<Sector> {
    let words =
        |iri: &str| [skos("altLabel"), skos("hiddenLabel")].iter().map(|p| said.objects(iri, p).count()).sum::<usize>();
    tops(said)
        .map(|top| {
            let below = below(said, top);
            Sector {
                concept: concept(said, top),
                narrower: below.iter().map(|iri| said.value(iri, &skos("prefLabel"))).collect(),
                signals: words(top) + below.iter().map(|iri| words(iri)).sum::<usize>(),
            }
        })
        .collect()
}

/// The types of `acts.ttl`.
pub(super) fn acts(said: &Statements) -> Vec<Act> {
    tops(said)
        .map(|top| Act {
            concept: concept(said, top),
            quad_class: said.value(top, &format!("{ENT}quadClass")),
            score: said.value(top, &format!("{ENT}score")),
            cameo: said.values(top, &format!("{ENT}cameo")),
            narrower: below(said, top).iter().map(|iri| said.value(iri, &skos("prefLabel"))).collect(),
        })
        .collect()
}
