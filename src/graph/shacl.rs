//! `ontology/shapes.ttl` against a store: the part of SHACL Core that the shapes use, over all named graphs together.

use super::check::{Finding, Severity};
use super::error::StoreError;
use super::store::{Store, subject, value};
use crate::knowledge::ONTOLOGY;
use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::vocab::{rdf, rdfs};
use oxigraph::model::{Literal, NamedNode, NamedNodeRef, Quad, Term};
use regex::Regex;
use std::collections::{BTreeMap, BTreeSet};

const SH: &str = "http://www.w3.org/ns/shacl#";
const SHAPES: &str = "shapes.ttl";

/// The shapes, compiled.
#[derive(Debug)]
pub(super) struct Shapes {
    shapes: Vec<Shape>,
    /// Superclasses of each class, itself among them.
    supers: BTreeMap<String, BTreeSet<String>>,
}

#[derive(Debug)]
struct Shape {
    name: String,
    targets: Vec<String>,
    properties: Vec<Property>,
}

/// What must hold of the values of one property.
#[derive(Debug)]
struct Property {
    path: NamedNode,
    message: String,
    severity: Severity,
    tests: Vec<Test>,
}

#[derive(Debug)]
enum Test {
    MinCount(usize),
    MaxCount(usize),
    Datatype(String),
    Class(String),
    NodeKind(String),
    In(Vec<Term>),
    Pattern(Box<Regex>),
    MinInclusive(f64),
    MaxInclusive(f64),
    MinLength(usize),
    MaxLength(usize),
}

impl Shapes {
    /// The shapes of the ontology.
    pub(super) fn builtin() -> Result<Self, StoreError> {
        let text = |wanted: &str| ONTOLOGY.iter().find(|(name, _)| *name == wanted).map_or("", |(_, text)| text);
        Self::new(text(SHAPES), ONTOLOGY.iter().filter(|(name, _)| *name != SHAPES).map(|(_, text)| *text))
    }

    fn new<'t>(shapes: &str, ontology: impl IntoIterator<Item = &'t str>) -> Result<Self, StoreError> {
        let graph = Statements::parse(shapes)?;
        let mut compiled = Vec::new();
        for (name, said) in &graph.0 {
            let targets: Vec<String> =
                said.iter().filter(|(p, _)| is(p, "targetClass")).map(|(_, o)| text(o)).collect();
            if targets.is_empty() {
                continue;
            }
            let nodes = said.iter().filter(|(p, _)| is(p, "property")).map(|(_, o)| key(o));
            let properties = nodes.map(|node| graph.property(&node)).collect::<Result<Vec<_>, _>>()?;
            let name = name.rsplit('/').next().unwrap_or(name).trim_end_matches('>').to_owned();
            compiled.push(Shape { name, targets, properties });
        }
        let mut direct: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for file in ontology {
            for (class, said) in Statements::parse(file)?.0 {
                let above = said.iter().filter(|(p, _)| p == rdfs::SUB_CLASS_OF.as_str()).map(|(_, o)| text(o));
                direct.entry(class.trim_matches(['<', '>']).to_owned()).or_default().extend(above);
            }
        }
        let supers = direct.keys().map(|class| (class.clone(), above(class, &direct))).collect();
        Ok(Self { shapes: compiled, supers })
    }

    /// Everything in the store that breaks a shape.
    pub(super) fn findings(&self, store: &Store) -> Result<Vec<Finding>, StoreError> {
        let mut findings = Vec::new();
        let mut types = Types { shapes: self, store, known: BTreeMap::new() };
        for shape in &self.shapes {
            for focus in self.focus_nodes(store, shape)? {
                let node = NamedNodeRef::new_unchecked(&focus);
                let quads = store.quads(Some(node), None, None, None)?;
                for property in &shape.properties {
                    for (test, values) in property.broken(&quads, &mut types)? {
                        findings.push(property.finding(shape, &focus, test, values));
                    }
                }
            }
        }
        Ok(findings)
    }

    /// Subjects of the shape's classes and their subclasses.
    fn focus_nodes(&self, store: &Store, shape: &Shape) -> Result<BTreeSet<String>, StoreError> {
        let mut classes: BTreeSet<&str> = shape.targets.iter().map(String::as_str).collect();
        let below = self.supers.iter().filter(|(_, above)| shape.targets.iter().any(|target| above.contains(target)));
        classes.extend(below.map(|(class, _)| class.as_str()));
        let mut found = BTreeSet::new();
        for class in classes {
            let class = NamedNodeRef::new_unchecked(class);
            for quad in store.quads(None, Some(rdf::TYPE), Some(class.into()), None)? {
                found.insert(subject(&quad).to_owned());
            }
        }
        Ok(found)
    }
}

/// The classes of things, each read once.
struct Types<'s> {
    shapes: &'s Shapes,
    store: &'s Store,
    known: BTreeMap<String, BTreeSet<String>>,
}

impl Types<'_> {
    fn is_a(&mut self, iri: &str, class: &str) -> Result<bool, StoreError> {
        if !self.known.contains_key(iri) {
            let mut classes = BTreeSet::new();
            for quad in self.store.quads(Some(NamedNodeRef::new_unchecked(iri)), Some(rdf::TYPE), None, None)? {
                let direct = value(&quad.object);
                classes.insert(direct.to_owned());
                classes.extend(self.shapes.supers.get(direct).into_iter().flatten().cloned());
            }
            self.known.insert(iri.to_owned(), classes);
        }
        Ok(self.known.get(iri).is_some_and(|classes| classes.contains(class)))
    }
}

impl Property {
    /// The tests that fail, each with the values that fail it.
    fn broken(&self, quads: &[Quad], types: &mut Types<'_>) -> Result<Vec<(&Test, Vec<String>)>, StoreError> {
        let mut values: Vec<&Term> = quads.iter().filter(|q| q.predicate == self.path).map(|q| &q.object).collect();
        values.sort_by_key(|term| term.to_string());
        values.dedup();
        let mut broken = Vec::new();
        for test in &self.tests {
            let failing: Vec<String> = match test {
                Test::MinCount(n) if values.len() < *n => vec![format!("{} values", values.len())],
                Test::MaxCount(n) if values.len() > *n => values.iter().map(|t| text(t)).collect(),
                Test::MinCount(_) | Test::MaxCount(_) => continue,
                Test::Class(class) => {
                    let mut failing = Vec::new();
                    for term in &values {
                        if !matches!(term, Term::NamedNode(_)) || !types.is_a(value(term), class)? {
                            failing.push(text(term));
                        }
                    }
                    failing
                }
                test => values.iter().filter(|term| !test.holds(term)).map(|term| text(term)).collect(),
            };
            if !failing.is_empty() {
                broken.push((test, failing));
            }
        }
        Ok(broken)
    }

    fn finding(&self, shape: &Shape, focus: &str, test: &Test, values: Vec<String>) -> Finding {
        Finding {
            check: format!("shape {}", shape.name),
            severity: self.severity,
            about: focus.to_owned(),
            path: Some(self.path.as_str().to_owned()),
            constraint: Some(test.name()),
            message: format!("{}: {} ({})", local(self.path.as_str()), self.message, test.name()),
            values,
        }
    }
}

impl Test {
    /// Whether one value passes. Counts and classes are tested elsewhere.
    fn holds(&self, term: &Term) -> bool {
        let literal = match term {
            Term::Literal(literal) => Some(literal),
            _ => None,
        };
        let number = || literal.and_then(|l| l.value().parse::<f64>().ok());
        let length = value(term).chars().count();
        match self {
            Self::Datatype(datatype) => literal.is_some_and(|l| l.datatype().as_str() == datatype && well_formed(l)),
            Self::NodeKind(kind) => match kind.as_str() {
                "IRI" => matches!(term, Term::NamedNode(_)),
                "Literal" => literal.is_some(),
                _ => !matches!(term, Term::Literal(_)),
            },
            Self::In(list) => list.contains(term),
            Self::Pattern(regex) => regex.is_match(value(term)),
            Self::MinInclusive(least) => number().is_some_and(|n| n >= *least),
            Self::MaxInclusive(most) => number().is_some_and(|n| n <= *most),
            Self::MinLength(least) => length >= *least,
            Self::MaxLength(most) => length <= *most,
            Self::MinCount(_) | Self::MaxCount(_) | Self::Class(_) => true,
        }
    }

    fn name(&self) -> &'static str {
        match self {
            Self::MinCount(_) => "sh:minCount",
            Self::MaxCount(_) => "sh:maxCount",
            Self::Datatype(_) => "sh:datatype",
            Self::Class(_) => "sh:class",
            Self::NodeKind(_) => "sh:nodeKind",
            Self::In(_) => "sh:in",
            Self::Pattern(_) => "sh:pattern",
            Self::MinInclusive(_) => "sh:minInclusive",
            Self::MaxInclusive(_) => "sh:maxInclusive",
            Self::MinLength(_) => "sh:minLength",
            Self::MaxLength(_) => "sh:maxLength",
        }
    }
}

/// Whether the text of a literal is one of its type, for the types that the shapes name.
fn well_formed(literal: &Literal) -> bool {
    let text = literal.value();
    match local(literal.datatype().as_str()) {
        "integer" => text.parse::<i64>().is_ok(),
        "decimal" => text.parse::<f64>().is_ok() && !text.contains(['e', 'E', 'n', 'N']),
        "boolean" => matches!(text, "true" | "false" | "1" | "0"),
        "date" => text.parse::<chrono::NaiveDate>().is_ok(),
        _ => true,
    }
}

/// Predicates and objects by subject.
struct Statements(BTreeMap<String, Vec<(String, Term)>>);

impl Statements {
    fn parse(text: &str) -> Result<Self, StoreError> {
        let mut statements = BTreeMap::<_, Vec<_>>::new();
        for quad in RdfParser::from_format(RdfFormat::Turtle).for_slice(text) {
            let quad = quad.map_err(|e| wrong(e.to_string()))?;
            statements.entry(quad.subject.to_string()).or_default().push((quad.predicate.into_string(), quad.object));
        }
        Ok(Self(statements))
    }

    fn said(&self, node: &str) -> &[(String, Term)] {
        self.0.get(node).map_or(&[], Vec::as_slice)
    }

    fn property(&self, node: &str) -> Result<Property, StoreError> {
        let mut property = Property {
            path: NamedNode::new_unchecked(""),
            message: String::new(),
            severity: Severity::Violation,
            tests: Vec::new(),
        };
        for (predicate, object) in self.said(node) {
            let Some(name) = predicate.strip_prefix(SH) else { continue };
            let said = value(object).to_owned();
            let count = || said.parse::<usize>().map_err(|e| wrong(format!("sh:{name} {said}: {e}")));
            let number = || said.parse::<f64>().map_err(|e| wrong(format!("sh:{name} {said}: {e}")));
            property.tests.push(match name {
                "path" => {
                    property.path = NamedNode::new_unchecked(said);
                    continue;
                }
                "message" => {
                    property.message = said;
                    continue;
                }
                "severity" => {
                    property.severity =
                        if said.ends_with("Violation") { Severity::Violation } else { Severity::Warning };
                    continue;
                }
                "minCount" => Test::MinCount(count()?),
                "maxCount" => Test::MaxCount(count()?),
                "datatype" => Test::Datatype(said),
                "class" => Test::Class(said),
                "nodeKind" => Test::NodeKind(local(&said).to_owned()),
                "in" => Test::In(self.list(object)),
                "pattern" => Test::Pattern(Box::new(Regex::new(&said).map_err(|e| wrong(e.to_string()))?)),
                "minInclusive" => Test::MinInclusive(number()?),
                "maxInclusive" => Test::MaxInclusive(number()?),
                "minLength" => Test::MinLength(count()?),
                "maxLength" => Test::MaxLength(count()?),
                other => return Err(wrong(format!("sh:{other} is no constraint that is checked"))),
            });
        }
        Ok(property)
    }

    fn list(&self, head: &Term) -> Vec<Term> {
        let mut terms = Vec::new();
        let mut at = key(head);
        loop {
            let said = self.said(&at);
            let of = |p: NamedNodeRef<'_>| said.iter().find(|(q, _)| q == p.as_str()).map(|(_, o)| o);
            let (Some(first), Some(rest)) = (of(rdf::FIRST), of(rdf::REST)) else { return terms };
            terms.push(first.clone());
            at = key(rest);
        }
    }
}

fn wrong(message: String) -> StoreError {
    StoreError::Ontology { file: SHAPES.into(), message }
}

fn is(predicate: &str, name: &str) -> bool {
    predicate.strip_prefix(SH) == Some(name)
}

fn text(term: &Term) -> String {
    value(term).to_owned()
}

/// A term as the subject of other statements.
fn key(term: &Term) -> String {
    term.to_string()
}

fn local(iri: &str) -> &str {
    iri.rsplit(['#', '/']).next().unwrap_or(iri)
}

/// A class and all above it.
fn above(class: &str, direct: &BTreeMap<String, BTreeSet<String>>) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut open = vec![class.to_owned()];
    while let Some(next) = open.pop() {
        if found.insert(next.clone()) {
            open.extend(direct.get(&next).into_iter().flatten().cloned());
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use oxigraph::model::GraphName;

    /// Findings of the ontology's shapes on a few triples in Turtle.
    #[track_caller]
    fn findings(turtle: &str) -> Vec<String> {
        let mut store = Store::in_memory().unwrap();
        let head = "@prefix ent: <https://w3id.org/entente/ontology#> . @prefix : <https://w3id.org/entente/id/> .\n\
            @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n";
        let quads: Vec<Quad> = RdfParser::from_format(RdfFormat::Turtle)
            .for_slice(&format!("{head}{turtle}"))
            .map(|quad| Quad { graph_name: GraphName::NamedNode(NamedNode::new_unchecked("urn:g")), ..quad.unwrap() })
            .collect();
        store.change(&[], quads).unwrap();
        let found = Shapes::builtin().unwrap().findings(&store).unwrap();
        found.into_iter().map(|f| f.message).collect()
    }

    const PARTIES: &str = ":country-KOR a ent:Country ; ent:code \"KOR\" ; rdfs:label \"South Korea\" .\n\
        :country-SGP a ent:Country ; ent:code \"SGP\" ; rdfs:label \"Singapore\" .\n";

    #[test]
    fn a_good_dyad_passes_and_each_fault_is_found() {
        let good = format!("{PARTIES} :d a ent:Dyad ; rdfs:label \"d\" ; ent:member :country-KOR, :country-SGP .");
        assert_eq!(findings(&good), Vec::<String>::new());
        for (fault, expected) in [
            (":d a ent:Dyad ; rdfs:label \"d\" ; ent:member :country-KOR .", "sh:minCount"),
            (":d a ent:Dyad ; rdfs:label \"d\" ; ent:member :country-KOR, :x .", "sh:class"),
            (":d a ent:Dyad ; rdfs:label \"d\" ; ent:member :country-KOR, \"SGP\" .", "sh:nodeKind"),
            (":d a ent:Dyad ; rdfs:label \"d\", \"e\" ; ent:member :country-KOR, :country-SGP .", "sh:maxCount"),
            (":d a ent:Dyad ; rdfs:label \"\" ; ent:member :country-KOR, :country-SGP .", "sh:minLength"),
            (":c a ent:Country ; ent:code \"Korea\" ; rdfs:label \"c\" .", "sh:pattern"),
            (":c a ent:Country ; ent:code \"PRK\" ; rdfs:label \"c\" ; ent:cow \"many\" .", "sh:datatype"),
            (":c a ent:Country ; ent:code \"PRK\" ; rdfs:label \"c\" ; ent:cow 0 .", "sh:minInclusive"),
        ] {
            let found = findings(&format!("{PARTIES}{fault}"));
            assert!(found.iter().any(|m| m.contains(expected)), "{fault}: {found:?}");
        }
        let tie = ":t a ent:Tie ; ent:tieKind \"friendship\" .";
        assert!(findings(tie).iter().any(|m| m.contains("tieKind") && m.contains("sh:in")));
    }

    #[test]
    fn a_shape_that_asks_for_more_than_is_checked_is_refused() {
        let shape = "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix ent: <https://w3id.org/entente/ontology#> .\n\
            <x:S> sh:targetClass ent:Tie ; sh:property [ sh:path ent:from ; sh:equals ent:to ] .";
        let error = Shapes::new(shape, []).unwrap_err();
        assert!(error.to_string().contains("sh:equals"), "{error}");
    }
}
