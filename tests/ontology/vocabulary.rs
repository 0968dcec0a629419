//! `entente.ttl` against the vocabularies it leans on (`ontology/alignments.csv`) and against a built graph: what it names
//! exists, goes in a sane direction, contradicts nothing, and is what the graph says.

use super::seed::{asked, file};
use oxrdf::vocab::{rdf, rdfs};
use oxrdf::{Graph, NamedNodeRef, NamedOrBlankNode, NamedOrBlankNodeRef, Term, TermRef};
use oxttl::{NQuadsParser, TurtleParser};
use std::collections::{BTreeMap, BTreeSet};

const ENT: &str = "https://w3id.org/entente/ontology#";
const GRAPH: &str = "https://w3id.org/entente/graph/";
const OWL: &str = "http://www.w3.org/2002/07/owl#";
const SKOS: &str = "http://www.w3.org/2004/02/skos/core#";
const DOMAIN_INCLUDES: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://schema.org/domainIncludes");

/// A line of `alignments.csv`.
#[derive(Debug, Default)]
struct Known {
    kind: String,
    above: BTreeSet<String>,
    domain: BTreeSet<String>,
    range: BTreeSet<String>,
    disjoint: BTreeSet<String>,
}

/// The ontology, with short names (`ent:Event`, `sem:Actor`) for IRIs.
struct Ontology {
    graph: Graph,
    prefixes: Vec<(String, String)>,
    known: BTreeMap<String, Known>,
}

impl Ontology {
    fn read() -> Self {
        let text = file("ontology/entente.ttl");
        let mut parser = TurtleParser::new().for_slice(&text);
        let graph = parser.by_ref().map(|t| t.unwrap()).collect();
        let prefixes = parser.prefixes().map(|(p, n)| (p.to_owned(), n.to_owned())).collect();
        let list = |cell: &str| cell.split('|').filter(|c| !c.is_empty()).map(str::to_owned).collect();
        let table = file("ontology/alignments.csv");
        let mut reader = csv::ReaderBuilder::new().comment(Some(b'#')).from_reader(table.as_bytes());
        let mut known = BTreeMap::new();
        for row in reader.records() {
            let row = row.unwrap();
            let said = Known {
                kind: row[1].to_owned(),
                above: list(&row[2]),
                domain: list(&row[3]),
                range: list(&row[4]),
                disjoint: list(&row[5]),
            };
            assert!(known.insert(row[0].to_owned(), said).is_none(), "{} stands twice", &row[0]);
        }
        Self { graph, prefixes, known }
    }

    /// `sem:Actor` of the IRI; the IRI itself where it is of no prefix.
    fn short(&self, iri: &str) -> String {
        let found = self.prefixes.iter().filter_map(|(p, n)| Some((p, iri.strip_prefix(n.as_str())?)));
        let shortest = found.min_by_key(|(_, local)| local.len());
        shortest.map_or_else(|| iri.to_owned(), |(prefix, local)| format!("{prefix}:{local}"))
    }

    fn objects(&self, subject: &str, predicate: NamedNodeRef<'_>) -> BTreeSet<String> {
        let iri = format!("{ENT}{}", subject.trim_start_matches("ent:"));
        let subject = NamedNodeRef::new(&iri).unwrap();
        self.graph
            .objects_for_subject_predicate(subject, predicate)
            .filter_map(|o| if let TermRef::NamedNode(n) = o { Some(self.short(n.as_str())) } else { None })
            .collect()
    }

    /// Our terms of an OWL kind.
    fn terms(&self, kind: &str) -> BTreeSet<String> {
        let kind = format!("{OWL}{kind}");
        let subjects = self.graph.subjects_for_predicate_object(rdf::TYPE, NamedNodeRef::new(&kind).unwrap());
        subjects
            .filter_map(|s| if let NamedOrBlankNodeRef::NamedNode(n) = s { Some(self.short(n.as_str())) } else { None })
            .collect()
    }

    /// What is stated of terms by a predicate, as (ours, theirs).
    fn stated(&self, predicate: &str) -> Vec<(String, String)> {
        let predicate = NamedNodeRef::new(predicate).unwrap();
        let mut found = Vec::new();
        for triple in self.graph.triples_for_predicate(predicate) {
            if let (NamedOrBlankNodeRef::NamedNode(s), TermRef::NamedNode(o)) = (triple.subject, triple.object) {
                found.push((self.short(s.as_str()), self.short(o.as_str())));
            }
        }
        found.sort();
        found
    }

    /// A class or property with all above it, in our ontology and in theirs.
    fn above(&self, term: &str) -> BTreeSet<String> {
        let (mut found, mut open) = (BTreeSet::new(), vec![term.to_owned()]);
        while let Some(next) = open.pop() {
            if !found.insert(next.clone()) {
                continue;
            }
            if next.starts_with("ent:") {
                open.extend(self.objects(&next, rdfs::SUB_CLASS_OF));
                open.extend(self.objects(&next, rdfs::SUB_PROPERTY_OF));
            } else {
                open.extend(self.known.get(&next).map(|k| k.above.clone()).unwrap_or_default());
            }
        }
        found
    }

    fn domains(&self, property: &str) -> BTreeSet<String> {
        let mut domains = self.objects(property, rdfs::DOMAIN);
        domains.extend(self.objects(property, DOMAIN_INCLUDES));
        domains
    }
}

fn is_ours(term: &str) -> bool {
    term.starts_with("ent:") || term.starts_with("https://w3id.org/entente/")
}

const RELATIONS: [&str; 3] = [
    "http://www.w3.org/2000/01/rdf-schema#subClassOf",
    "http://www.w3.org/2000/01/rdf-schema#subPropertyOf",
    "http://www.w3.org/2004/02/skos/core#closeMatch",
];

#[test]
fn every_term_of_another_vocabulary_is_known_and_of_the_same_kind() {
    let ontology = Ontology::read();
    let classes = ontology.terms("Class");
    let mut used = BTreeSet::new();
    for relation in RELATIONS {
        for (ours, theirs) in ontology.stated(relation).into_iter().filter(|(_, theirs)| !is_ours(theirs)) {
            let known =
                ontology.known.get(&theirs).unwrap_or_else(|| panic!("{ours}: {theirs} is not in alignments.csv"));
            // A concept of a scheme is no class, whatever it is near to.
            if ours.starts_with("ent:") {
                assert_eq!(known.kind == "class", classes.contains(&ours), "{ours} and {theirs}");
            }
            used.insert(theirs);
        }
    }
    // The table holds nothing else, but what its own columns name.
    let columns =
        |k: &Known| [&k.above, &k.domain, &k.range, &k.disjoint].into_iter().flatten().cloned().collect::<Vec<_>>();
    let named: BTreeSet<String> = ontology.known.values().flat_map(columns).collect();
    for term in &named {
        assert!(ontology.known.contains_key(term), "alignments.csv names {term}, which has no line");
    }
    let stray: Vec<&String> = ontology.known.keys().filter(|t| !used.contains(*t) && !named.contains(*t)).collect();
    assert!(stray.is_empty(), "alignments.csv has terms that nothing is aligned to: {stray:?}");
}

#[test]
fn no_class_is_of_two_that_exclude_each_other() {
    let ontology = Ontology::read();
    let mut own: BTreeSet<(String, String)> = ontology.stated(&format!("{OWL}disjointWith")).into_iter().collect();
    for (term, known) in &ontology.known {
        own.extend(known.disjoint.iter().map(|other| (term.clone(), other.clone())));
    }
    assert!(own.len() > 6);
    for class in ontology.terms("Class") {
        let above = ontology.above(&class);
        let clash = own.iter().find(|(a, b)| above.contains(a) && above.contains(b));
        assert_eq!(clash, None, "{class} is both");
        assert!(
            !ontology.above(&class).iter().any(|up| *up != class && ontology.above(up).contains(&class)),
            "{class} is above itself"
        );
    }
}

#[test]
fn subproperties_keep_the_kind_the_domain_and_the_range_of_what_is_above() {
    let ontology = Ontology::read();
    let objects = ontology.terms("ObjectProperty");
    let below = |classes: &BTreeSet<String>, allowed: &BTreeSet<String>| {
        allowed.is_empty() || (!classes.is_empty() && classes.iter().all(|c| !ontology.above(c).is_disjoint(allowed)))
    };
    let mut seen = 0;
    for (ours, theirs) in ontology.stated(RELATIONS[1]).into_iter().filter(|(_, theirs)| !is_ours(theirs)) {
        let known = &ontology.known[&theirs];
        let fits = match known.kind.as_str() {
            "object" => objects.contains(&ours),
            "datatype" => !objects.contains(&ours),
            _ => true,
        };
        assert!(fits, "{ours} below {theirs}, a {} property", known.kind);
        assert!(below(&ontology.domains(&ours), &known.domain), "domain of {ours} below {theirs}");
        if objects.contains(&ours) {
            assert!(below(&ontology.objects(&ours, rdfs::RANGE), &known.range), "range of {ours} below {theirs}");
        }
        seen += 1;
    }
    for (ours, above) in ontology.stated(RELATIONS[1]).into_iter().filter(|(_, above)| is_ours(above)) {
        assert!(below(&ontology.domains(&ours), &ontology.domains(&above)), "domain of {ours} below {above}");
        assert!(
            below(&ontology.objects(&ours, rdfs::RANGE), &ontology.objects(&above, rdfs::RANGE)),
            "range of {ours}"
        );
        seen += 1;
    }
    assert!(seen >= 10, "{seen}");
}

/// What a built graph says, by subject.
struct Built {
    /// Classes of each thing.
    classes: BTreeMap<String, BTreeSet<String>>,
    /// Subject, predicate, object and graph.
    said: Vec<(String, String, Term, String)>,
}

fn built(ontology: &Ontology) -> Built {
    let (mut classes, mut said) = (BTreeMap::<String, BTreeSet<String>>::new(), Vec::new());
    for quad in NQuadsParser::new().for_slice(&asked(&["export", "--format", "nquads"])) {
        let quad = quad.unwrap();
        let NamedOrBlankNode::NamedNode(subject) = quad.subject else { panic!("blank node") };
        let subject = ontology.short(subject.as_str());
        let graph = quad.graph_name.to_string().trim_matches(['<', '>']).replace(GRAPH, "");
        let graph = graph.split('/').next().unwrap_or_default().to_owned();
        if let (true, Term::NamedNode(class)) = (quad.predicate == rdf::TYPE, &quad.object) {
            classes.entry(subject.clone()).or_default().insert(ontology.short(class.as_str()));
        }
        said.push((subject, ontology.short(quad.predicate.as_str()), quad.object, graph));
    }
    Built { classes, said }
}

#[test]
fn the_graph_uses_no_term_that_is_not_declared_and_the_ontology_says_which_are_not_used() {
    let ontology = Ontology::read();
    let kinds = ["Class", "ObjectProperty", "DatatypeProperty", "AnnotationProperty"];
    let declared: BTreeSet<String> = kinds.iter().flat_map(|kind| ontology.terms(kind)).collect();
    let mut used: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (_, predicate, object, graph) in built(&ontology).said {
        let class = match &object {
            Term::NamedNode(node) if predicate == ontology.short(rdf::TYPE.as_str()) => {
                Some(ontology.short(node.as_str()))
            }
            _ => None,
        };
        for term in [Some(predicate), class].into_iter().flatten().filter(|t| t.starts_with("ent:")) {
            used.entry(term).or_default().insert(graph.clone());
        }
    }
    let undeclared: Vec<&String> = used.keys().filter(|t| !declared.contains(*t)).collect();
    assert!(undeclared.is_empty(), "{undeclared:?}");
    let literal = |term: &str, predicate: &str| -> BTreeSet<String> {
        let iri = format!("{ENT}{}", term.trim_start_matches("ent:"));
        let (subject, predicate) = (NamedNodeRef::new(&iri).unwrap(), NamedNodeRef::new(predicate).unwrap());
        let objects = ontology.graph.objects_for_subject_predicate(subject, predicate);
        objects.filter_map(|o| if let TermRef::Literal(l) = o { Some(l.value().to_owned()) } else { None }).collect()
    };
    for term in &declared {
        let (found_in, note) = (literal(term, &format!("{ENT}foundIn")), literal(term, &format!("{SKOS}scopeNote")));
        match used.get(term) {
            Some(graphs) => assert!(graphs.is_subset(&found_in), "{term} is in {graphs:?}, said to be in {found_in:?}"),
            None => assert!(!note.is_empty(), "{term} is not used, and no skos:scopeNote says when it is"),
        }
    }
}

#[test]
fn what_the_graph_says_is_of_the_domains_and_ranges_that_the_ontology_states() {
    let ontology = Ontology::read();
    let built = built(&ontology);
    let none = BTreeSet::new();
    let of = |thing: &str| -> BTreeSet<String> {
        built.classes.get(thing).unwrap_or(&none).iter().flat_map(|class| ontology.above(class)).collect()
    };
    let mut wrong = BTreeSet::new();
    for (subject, predicate, object, _) in built.said.iter().filter(|(_, p, ..)| p.starts_with("ent:")) {
        let domains = ontology.domains(predicate);
        if !domains.is_empty() && of(subject).is_disjoint(&domains) {
            wrong.insert(format!("{predicate} of {:?}, not of {domains:?}", built.classes.get(subject)));
        }
        let ranges = ontology.objects(predicate, rdfs::RANGE);
        let value = match object {
            Term::NamedNode(node) => of(&ontology.short(node.as_str())),
            Term::Literal(literal) => [ontology.short(literal.datatype().as_str())].into(),
            Term::BlankNode(_) => panic!("blank node"),
        };
        if !ranges.is_empty() && value.is_disjoint(&ranges) {
            wrong.insert(format!("{predicate} is {object}, not of {ranges:?}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
