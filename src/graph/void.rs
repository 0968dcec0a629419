//! A store → its description in VoID, the vocabulary in which datasets are announced: how much of what is in it, graph by
//! graph, class by class, property by property, and how it is tied to Wikidata.
//!
//! Every node has a name (`…/void#class-Event`), and the same store gives the same bytes. A triple stands in one graph only,
//! so quads are triples.

use super::dump::PREFIXES;
use super::error::StoreError;
use super::reference::WIKIDATA;
use super::store::{Store, subject};
use super::vocab::graphs;
use oxigraph::io::{RdfFormat, RdfSerializer};
use oxigraph::model::vocab::{rdf, xsd};
use oxigraph::model::{GraphName, GraphNameRef, Literal, NamedNode, NamedNodeRef, Quad, Term, Triple};
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::{BTreeMap, BTreeSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::Write;

/// The description's own address, under which its parts are named.
const VOID_IRI: &str = "https://w3id.org/entente/void";
const VOID: &str = "http://rdfs.org/ns/void#";
const DCT: &str = "http://purl.org/dc/terms/";
const ID: &str = "https://w3id.org/entente/id/";
const ARTICLES: &str = "https://w3id.org/entente/graph/article/";
const FORMATS: [&str; 4] = ["Turtle", "TriG", "N-Quads", "JSON-LD"];

/// Prefixes of this description beside those of the graph.
const MORE_PREFIXES: [(&str, &str); 3] =
    [("foaf", "http://xmlns.com/foaf/0.1/"), ("formats", "http://www.w3.org/ns/formats/"), ("void", VOID)];

/// Prefixes of what is written, and names of the vocabularies that a graph uses.
fn prefixes() -> impl Iterator<Item = (&'static str, &'static str)> {
    PREFIXES.into_iter().chain(MORE_PREFIXES)
}

/// A term by its hash: sets of them count what is different in a store of any size. (Of ten million terms two have the same
/// hash with a probability of one in 370,000.)
fn hash(term: impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    term.hash(&mut hasher);
    hasher.finish()
}

/// Triples with one property.
#[derive(Debug, Default)]
struct Property {
    triples: u64,
    subjects: FxHashSet<u64>,
    objects: FxHashSet<u64>,
}

/// What is counted.
#[derive(Debug, Default)]
struct Tally {
    triples: u64,
    subjects: FxHashSet<u64>,
    objects: FxHashSet<u64>,
    /// Subjects of each class.
    classes: BTreeMap<NamedNode, u64>,
    properties: BTreeMap<NamedNode, Property>,
    /// Triples by class of the subject and property.
    within: BTreeMap<(NamedNode, NamedNode), u64>,
    /// Triples of each graph; those of the articles together.
    graphs: BTreeMap<String, u64>,
    articles: FxHashSet<u64>,
    /// Links to Wikidata by predicate.
    links: BTreeMap<NamedNode, u64>,
    /// The first thing of each class, as an example.
    examples: BTreeMap<NamedNode, NamedNode>,
}

impl Tally {
    fn of(store: &Store) -> Result<Self, StoreError> {
        let mut tally = Self::default();
        let mut classes: FxHashMap<u64, Vec<NamedNode>> = FxHashMap::default();
        for quad in store.quads(None, Some(rdf::TYPE), None, None)? {
            if let Term::NamedNode(class) = &quad.object {
                classes.entry(hash(subject(&quad))).or_default().push(class.clone());
                tally.count_class(class, &quad);
            }
        }
        store.each_quad(|quad| tally.count(quad, &classes))?;
        Ok(tally)
    }

    fn count_class(&mut self, class: &NamedNode, quad: &Quad) {
        *self.classes.entry(class.clone()).or_default() += 1;
        let thing = NamedNode::new_unchecked(subject(quad));
        let example = self.examples.entry(class.clone()).or_insert_with(|| thing.clone());
        if thing < *example {
            *example = thing;
        }
    }

    fn count(&mut self, quad: &Quad, classes: &FxHashMap<u64, Vec<NamedNode>>) {
        let (subject, object) = (hash(subject(quad)), hash(&quad.object));
        self.triples += 1;
        self.subjects.insert(subject);
        self.objects.insert(object);
        let property = self.properties.entry(quad.predicate.clone()).or_default();
        property.triples += 1;
        property.subjects.insert(subject);
        property.objects.insert(object);
        for class in classes.get(&subject).into_iter().flatten() {
            *self.within.entry((class.clone(), quad.predicate.clone())).or_default() += 1;
        }
        self.count_graph(&quad.graph_name);
        if matches!(&quad.object, Term::NamedNode(node) if node.as_str().starts_with(WIKIDATA)) {
            *self.links.entry(quad.predicate.clone()).or_default() += 1;
        }
    }

    fn count_graph(&mut self, graph: &GraphName) {
        let GraphName::NamedNode(graph) = graph else { return };
        let name = if graph.as_str().starts_with(ARTICLES) {
            self.articles.insert(hash(graph));
            ARTICLES
        } else {
            graph.as_str()
        };
        match self.graphs.get_mut(name) {
            Some(triples) => *triples += 1,
            None => _ = self.graphs.insert(name.to_owned(), 1),
        }
    }
}

/// The description, as it is written.
#[derive(Debug, Default)]
struct Description {
    triples: Vec<Triple>,
}

fn void(local: &str) -> NamedNode {
    NamedNode::new_unchecked(format!("{VOID}{local}"))
}

fn dct(local: &str) -> NamedNode {
    NamedNode::new_unchecked(format!("{DCT}{local}"))
}

fn iri(text: impl Into<String>) -> NamedNode {
    NamedNode::new_unchecked(text)
}

fn part(name: &str) -> NamedNode {
    iri(format!("{VOID_IRI}#{name}"))
}

fn number(count: impl TryInto<i64>) -> Literal {
    Literal::new_typed_literal(count.try_into().unwrap_or(i64::MAX).to_string(), xsd::INTEGER)
}

fn english(text: &str) -> Literal {
    Literal::new_language_tagged_literal_unchecked(text, "en")
}

/// `org-Membership` of `http://www.w3.org/ns/org#Membership`; where the namespace has no prefix, a name from the whole IRI.
fn name_of(node: &NamedNode) -> String {
    let split = namespace(node.as_str());
    match prefixes().find(|(_, namespace)| *namespace == split) {
        Some((prefix, namespace)) => format!("{prefix}-{}", node.as_str().replacen(namespace, "", 1)),
        None if split == RDF => format!("rdf-{}", node.as_str().replacen(RDF, "", 1)),
        None => format!("{:016x}", hash(node.as_str())),
    }
}

const RDF: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";

/// An IRI up to its last `#` or `/`.
fn namespace(iri: &str) -> &str {
    iri.rfind(['#', '/']).map_or(iri, |at| &iri[..=at])
}

impl Description {
    fn add(&mut self, subject: &NamedNode, predicate: NamedNode, object: impl Into<Term>) {
        self.triples.push(Triple::new(subject.clone(), predicate, object));
    }

    fn typed(&mut self, subject: &NamedNode, class: &str) {
        self.add(subject, rdf::TYPE.into_owned(), void(class));
    }

    fn dataset(&mut self, tally: &Tally) -> NamedNode {
        let about = iri(VOID_IRI);
        let dataset = part("dataset");
        self.typed(&about, "DatasetDescription");
        self.add(&about, dct("title"), english("VoID description of a knowledge graph made by Entente"));
        self.add(&about, iri("http://xmlns.com/foaf/0.1/primaryTopic"), dataset.clone());
        self.typed(&dataset, "Dataset");
        self.add(&dataset, dct("title"), english("Entente: ties between countries in news"));
        let what = "Agreements, encounters and acts of states and organizations, with the sentences that report them.";
        self.add(&dataset, dct("description"), english(what));
        self.add(&dataset, dct("conformsTo"), iri("https://w3id.org/entente/ontology"));
        for format in FORMATS {
            let format = iri(format!("http://www.w3.org/ns/formats/{}", format.replace(['-', ' '], "_")));
            self.add(&dataset, void("feature"), format);
        }
        self.add(&dataset, void("uriSpace"), Literal::new_simple_literal(ID));
        for (what, count) in [
            ("triples", tally.triples),
            ("entities", tally.subjects.len() as u64),
            ("distinctSubjects", tally.subjects.len() as u64),
            ("distinctObjects", tally.objects.len() as u64),
            ("classes", tally.classes.len() as u64),
            ("properties", tally.properties.len() as u64),
            ("documents", tally.articles.len() as u64),
        ] {
            self.add(&dataset, void(what), number(count));
        }
        for example in ["Event", "Agreement", "Dyad", "Country", "Claim"] {
            let class = iri(format!("https://w3id.org/entente/ontology#{example}"));
            if let Some(thing) = tally.examples.get(&class) {
                self.add(&dataset, void("exampleResource"), thing.clone());
            }
        }
        let terms = tally.classes.keys().chain(tally.properties.keys());
        let vocabularies: BTreeSet<&str> = terms.map(|term| namespace(term.as_str())).collect();
        for vocabulary in vocabularies {
            self.add(&dataset, void("vocabulary"), iri(vocabulary));
        }
        dataset
    }

    fn graphs(&mut self, dataset: &NamedNode, tally: &Tally) {
        for (graph, triples) in &tally.graphs {
            let name = graph.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
            let subset = part(&format!("graph-{name}"));
            self.add(dataset, void("subset"), subset.clone());
            self.typed(&subset, "Dataset");
            self.add(&subset, void("triples"), number(*triples));
            if graph == ARTICLES {
                self.add(&subset, dct("title"), english("The graphs of the articles, one for each"));
                self.add(&subset, void("uriSpace"), Literal::new_simple_literal(ARTICLES));
                self.add(&subset, void("documents"), number(tally.articles.len()));
            } else {
                self.add(&subset, dct("title"), english(title_of(graph)));
                self.add(&subset, dct("identifier"), iri(graph.clone()));
            }
            if graph == graphs::REFERENCE.as_str() {
                // Names and terms of office of leaders are under this licence; the rest of the graph asks for less.
                self.add(&subset, dct("license"), iri("https://creativecommons.org/licenses/by-sa/4.0/"));
            }
        }
    }

    fn classes(&mut self, dataset: &NamedNode, tally: &Tally) {
        for (class, entities) in &tally.classes {
            let partition = part(&format!("class-{}", name_of(class)));
            self.add(dataset, void("classPartition"), partition.clone());
            self.add(&partition, void("class"), class.clone());
            self.add(&partition, void("entities"), number(*entities));
        }
        for ((class, property), triples) in &tally.within {
            let of = part(&format!("class-{}", name_of(class)));
            let partition = part(&format!("class-{}-{}", name_of(class), name_of(property)));
            self.add(&of, void("propertyPartition"), partition.clone());
            self.add(&partition, void("property"), property.clone());
            self.add(&partition, void("triples"), number(*triples));
        }
    }

    fn properties(&mut self, dataset: &NamedNode, tally: &Tally) {
        for (property, said) in &tally.properties {
            let partition = part(&format!("property-{}", name_of(property)));
            self.add(dataset, void("propertyPartition"), partition.clone());
            self.add(&partition, void("property"), property.clone());
            self.add(&partition, void("triples"), number(said.triples));
            self.add(&partition, void("distinctSubjects"), number(said.subjects.len()));
            self.add(&partition, void("distinctObjects"), number(said.objects.len()));
        }
    }

    fn links(&mut self, dataset: &NamedNode, tally: &Tally) {
        let wikidata = part("wikidata");
        for (predicate, triples) in &tally.links {
            let linkset = part(&format!("links-{}", name_of(predicate)));
            self.add(dataset, void("subset"), linkset.clone());
            self.typed(&linkset, "Linkset");
            self.add(&linkset, dct("title"), english("Links to Wikidata"));
            self.add(&linkset, void("linkPredicate"), predicate.clone());
            self.add(&linkset, void("subjectsTarget"), dataset.clone());
            self.add(&linkset, void("objectsTarget"), wikidata.clone());
            self.add(&linkset, void("triples"), number(*triples));
        }
        if !tally.links.is_empty() {
            self.typed(&wikidata, "Dataset");
            self.add(&wikidata, dct("title"), english("Wikidata"));
            self.add(&wikidata, void("uriSpace"), Literal::new_simple_literal(WIKIDATA));
            self.add(&wikidata, iri("http://xmlns.com/foaf/0.1/homepage"), iri("https://www.wikidata.org/"));
        }
    }

    fn write(self, out: &mut dyn Write) -> Result<(), StoreError> {
        let mut serializer = RdfSerializer::from_format(RdfFormat::Turtle);
        for (prefix, namespace) in prefixes() {
            serializer = serializer.with_prefix(prefix, namespace).map_err(|e| StoreError::Damaged(e.to_string()))?;
        }
        let mut writer = serializer.for_writer(out);
        for triple in &self.triples {
            writer.serialize_triple(triple)?;
        }
        writer.finish()?.flush()?;
        Ok(())
    }
}

fn title_of(graph: &str) -> &'static str {
    match graph.rsplit('/').next().unwrap_or_default() {
        "events" => "Events: what happened, once, however many articles report it",
        "ties" => "Ties: direct triples for simple questions",
        "reference" => "Reference: countries, organizations, leaders, sectors, the ontology",
        "runs" => "Runs of the program",
        "curation" => "What people decided",
        "store" => "The store itself",
        _ => "A named graph",
    }
}

impl Store {
    /// Writes the VoID description of the store, in Turtle.
    ///
    /// It reads every quad once: some seconds for a million articles' worth, so a server keeps the answer.
    ///
    /// # Errors
    /// Those of reading, and of `out`.
    pub fn write_void(&self, out: &mut dyn Write) -> Result<(), StoreError> {
        let tally = Tally::of(self)?;
        let mut description = Description::default();
        let dataset = description.dataset(&tally);
        description.graphs(&dataset, &tally);
        description.links(&dataset, &tally);
        description.classes(&dataset, &tally);
        description.properties(&dataset, &tally);
        description.write(out)
    }

    /// Calls `visit` with every quad, without holding them.
    fn each_quad(&self, mut visit: impl FnMut(&Quad)) -> Result<(), StoreError> {
        let none: (Option<NamedNodeRef<'_>>, Option<GraphNameRef<'_>>) = (None, None);
        for quad in self.inner().quads_for_pattern(None, none.0, None, none.1) {
            visit(&quad.map_err(|e| self.located(e.into()))?);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::super::dump;
    use super::*;

    const WORLD: &str = "@prefix ent: <https://w3id.org/entente/ontology#> . @prefix g: <https://w3id.org/entente/graph/> .\n\
        @prefix id: <https://w3id.org/entente/id/> . @prefix schema: <https://schema.org/> .\n\
        g:events { id:a a ent:Event, ent:Act ; ent:party id:k, id:s . id:b a ent:Event ; ent:party id:k . }\n\
        g:reference { id:k a ent:Country ; schema:sameAs <http://www.wikidata.org/entity/Q114> . }\n\
        <https://w3id.org/entente/graph/article/1> { id:x a ent:Article . }\n\
        <https://w3id.org/entente/graph/article/2> { id:y a ent:Article . }";

    fn described() -> String {
        let mut store = Store::in_memory().unwrap();
        store.load_rdf(WORLD, dump::RdfFormat::Trig).unwrap();
        let mut out = Vec::new();
        store.write_void(&mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    /// The block of Turtle about a part of the description.
    #[track_caller]
    fn check(part: &str, expected: &[&str]) {
        let described = described();
        let block = described.split("\n<").find(|b| b.starts_with(&format!("{VOID_IRI}#{part}>")));
        let block = block.unwrap_or_else(|| panic!("no {part} in {described}"));
        for words in expected {
            assert!(block.contains(words), "{words} of {part}: {block}");
        }
    }

    #[test]
    fn counts_are_of_different_things() {
        // The store says its format, too.
        check("dataset", &["void:triples 11", "void:distinctSubjects 6", "void:documents 2", "void:classes 4"]);
        check("class-ent-Event", &["void:class ent:Event", "void:entities 2"]);
        check("class-ent-Act-ent-party", &["void:property ent:party", "void:triples 2"]);
        check("property-ent-party", &["void:triples 3", "void:distinctSubjects 2", "void:distinctObjects 2"]);
    }

    #[test]
    fn graphs_of_articles_are_one_subset_and_links_another() {
        check("graph-article", &["void:documents 2", "void:triples 2", "void:uriSpace"]);
        check("graph-events", &["void:triples 6", "dct:identifier <https://w3id.org/entente/graph/events>"]);
        check("links-schema-sameAs", &["void:linkPredicate schema:sameAs", "void:triples 1", "void:objectsTarget"]);
    }

    #[test]
    fn two_descriptions_are_the_same_bytes() {
        assert_eq!(described(), described());
    }
}
