//! `ontology/sectors.ttl` (SKOS) → [`Sectors`]: the sectors' slugs and labels, and the phrases that signal each.
//!
//! A sector is a top concept `id/sector/<slug>`; a narrower concept names it with `skos:broader`. Every `skos:altLabel` and
//! `skos:hiddenLabel` of either is a signal. An overlay adds narrower concepts and signals to the built-in sectors; a sector
//! of its own it cannot add, because the list is closed in the guidelines.

use super::error::KnowledgeError;
use super::turtle::{Statement, each_statement};
use super::vocab::{SECTORS, nearest};
use compact_str::CompactString;
use std::collections::{BTreeMap, BTreeSet};

/// The built-in file, by name.
pub(super) const BUILTIN: (&str, &str) = ("sectors.ttl", include_str!("../../ontology/sectors.ttl"));

/// Base of the IRIs of sectors.
const BASE: &str = "https://w3id.org/entente/id/sector/";
/// The concept scheme itself.
const SCHEME: &str = "https://w3id.org/entente/id/sectors";

const PROPERTIES: [&str; 18] = [
    "rdf:type",
    "rdfs:label",
    "rdfs:comment",
    "dct:license",
    "ent:code",
    "skos:notation",
    "skos:prefLabel",
    "skos:altLabel",
    "skos:hiddenLabel",
    "skos:definition",
    "skos:example",
    "skos:scopeNote",
    "skos:broader",
    "skos:topConceptOf",
    "skos:inScheme",
    "skos:related",
    "skos:closeMatch",
    "skos:exactMatch",
];

/// The sectors and the phrases that signal them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sectors {
    labels: BTreeMap<CompactString, String>,
    signals: BTreeSet<(CompactString, CompactString)>,
}

impl Sectors {
    /// The built-in sectors.
    ///
    /// # Errors
    /// Only where the program was built with a broken file; a test guards that.
    pub fn builtin() -> Result<Self, KnowledgeError> {
        let mut sectors = Self::default();
        sectors.add(BUILTIN.0, BUILTIN.1)?;
        Ok(sectors)
    }

    /// Adds what a file in the form of `ontology/sectors.ttl` says; `file` is its name for messages.
    ///
    /// # Errors
    /// Turtle that is none, an unknown property or sector, a signal in capitals; with file, line and value.
    pub fn add(&mut self, file: &str, text: &str) -> Result<(), KnowledgeError> {
        let mut reader = Reader::default();
        each_statement(file, text, |statement| reader.read(statement))?;
        for (concept, said) in reader.concepts {
            let top = match said.broader {
                Some(top) => top,
                None => sector_of(&concept).ok_or_else(|| KnowledgeError::Value {
                    file: file.to_owned(),
                    line: said.line,
                    value: concept.clone(),
                    expected: "sector, nor has it a skos:broader",
                    nearest: nearest(&concept, SECTORS).map(str::to_owned),
                })?,
            };
            if let (Some(label), true) = (said.label, concept == top) {
                self.labels.insert(top.into(), label);
            }
            self.signals.extend(said.signals.into_iter().map(|phrase| (CompactString::from(top), phrase)));
        }
        Ok(())
    }

    /// (slug, label) of each sector, by slug.
    pub fn labels(&self) -> impl Iterator<Item = (&str, &str)> {
        self.labels.iter().map(|(slug, label)| (slug.as_str(), label.as_str()))
    }

    /// (slug, phrase in lower case) pairs, sorted.
    pub fn signals(&self) -> impl Iterator<Item = (&str, &str)> {
        self.signals.iter().map(|(slug, phrase)| (slug.as_str(), phrase.as_str()))
    }
}

/// What the file says of a concept.
#[derive(Default)]
struct Said {
    line: u64,
    broader: Option<&'static str>,
    label: Option<String>,
    signals: Vec<CompactString>,
}

/// The statements so far, by concept (the IRI behind [`BASE`]).
#[derive(Default)]
struct Reader {
    concepts: BTreeMap<String, Said>,
}

impl Reader {
    fn read(&mut self, statement: &Statement<'_>) -> Result<(), KnowledgeError> {
        let property = statement.predicate(&PROPERTIES)?;
        if statement.subject.as_str() == SCHEME {
            return Ok(());
        }
        let Some(concept) = statement.subject.as_str().strip_prefix(BASE) else {
            return Err(statement.value(
                statement.subject.as_str(),
                "concept of https://w3id.org/entente/id/sector/",
                None,
            ));
        };
        let said = match self.concepts.get_mut(concept) {
            Some(said) => said,
            None => {
                self.concepts.entry(concept.to_owned()).or_insert(Said { line: statement.line(), ..Said::default() })
            }
        };
        match property {
            "skos:broader" => {
                let iri = statement.node()?.as_str();
                let slug = iri.strip_prefix(BASE).unwrap_or(iri);
                let known = sector_of(slug).ok_or_else(|| unknown_sector(statement, slug))?;
                if said.broader.is_some_and(|before| before != known) {
                    return Err(statement.duplicate("skos:broader"));
                }
                said.broader = Some(known);
            }
            "skos:notation" => {
                let slug = statement.literal()?.value();
                if slug != concept || sector_of(slug).is_none() {
                    return Err(unknown_sector(statement, slug));
                }
            }
            "skos:prefLabel" => said.label = Some(statement.literal()?.value().to_owned()),
            "skos:altLabel" | "skos:hiddenLabel" => said.signals.push(signal(statement)?),
            _ => {}
        }
        Ok(())
    }
}

/// A phrase as the text is compared with it.
fn signal(statement: &Statement<'_>) -> Result<CompactString, KnowledgeError> {
    let phrase = statement.literal()?.value();
    let plain = !phrase.is_empty() && phrase == phrase.trim() && !phrase.contains("  ");
    if !plain || phrase.chars().any(char::is_uppercase) {
        return Err(statement.value(phrase, "signal (lower case, single spaces)", None));
    }
    Ok(phrase.into())
}

fn sector_of(slug: &str) -> Option<&'static str> {
    SECTORS.iter().copied().find(|s| *s == slug)
}

fn unknown_sector(statement: &Statement<'_>, slug: &str) -> KnowledgeError {
    statement.value(slug, "sector", nearest(slug, SECTORS).map(str::to_owned))
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "@base <https://w3id.org/entente/id/sector/> .\n\
        @prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n";

    #[track_caller]
    fn check_refused(text: &str, expected: &str) {
        let error = Sectors::default().add("x.ttl", &format!("{HEAD}{text}")).unwrap_err();
        assert!(error.to_string().contains(expected), "{error}");
    }

    #[test]
    fn each_of_the_22_sectors_has_a_label_and_signals() {
        let sectors = Sectors::builtin().unwrap();
        let labelled: Vec<&str> = sectors.labels().map(|(slug, _)| slug).collect();
        let mut all = SECTORS;
        all.sort_unstable();
        assert_eq!(labelled, all);
        for slug in SECTORS {
            assert!(sectors.signals().filter(|(s, _)| *s == slug).count() >= 25, "{slug}");
        }
    }

    #[test]
    fn signals_of_narrower_concepts_count_for_their_sector() {
        let mut sectors = Sectors::default();
        let file = format!("{HEAD}<trade/cheese> skos:broader <trade> ; skos:altLabel \"blue cheese\"@en .\n");
        sectors.add("x.ttl", &file).unwrap();
        assert_eq!(sectors.signals().collect::<Vec<_>>(), [("trade", "blue cheese")]);
    }

    #[test]
    fn what_does_not_fit_is_refused_with_its_place() {
        check_refused("<trade>\n  skos:altLabels \"x\"@en .", "x.ttl:4: `skos:altLabels` is no property of this file");
        check_refused("<trade/x>\n  skos:broader <trad> .", "x.ttl:4: `trad` is no sector; did you mean `trade`?");
        check_refused("<tradee> skos:notation \"tradee\" .", "x.ttl:3: `tradee` is no sector; did you mean `trade`?");
        check_refused("<trade>\n  skos:altLabel \"ok\"@en,\n \"Beef\"@en .", "x.ttl:5: `Beef` is no signal");
        check_refused("<trade/x>\n  skos:altLabel \"beef\"@en .", "x.ttl:4: `trade/x` is no sector, nor has it");
        check_refused("<trade> skos:altLabel \"x\"@en\n<y> .", "x.ttl:4: ");
        check_refused("[] skos:altLabel \"x\"@en .", "is no named subject");
        check_refused("<trade> skos:altLabel <trade> .", "is no literal");
    }
}
