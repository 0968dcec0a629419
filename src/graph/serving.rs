//! The store for a server: read as it was at one moment, while other programs write; its sentences all at once; SPARQL
//! within limits; its graphs one by one.

use super::error::StoreError;
use super::mint;
use super::sparql::{Answer, Prepared, SparqlError, Triples};
use super::stopping;
use super::store::Store;
use super::vocab::{ent, oa};
use oxigraph::io::{JsonLdProfileSet, RdfFormat, RdfSerializer};
use oxigraph::model::{NamedNode, NamedNodeRef, NamedOrBlankNode};
use oxigraph::sparql::SparqlEvaluator;
use oxrdf::Triple;
use rustc_hash::FxHashMap;
use std::io::Write;
use std::path::Path;

pub use oxigraph::sparql::CancellationToken;

/// One sentence behind an event.
#[derive(Debug, Clone, PartialEq)]
pub struct Sentence {
    /// IRI of the event.
    pub event: String,
    /// IRI of the article.
    pub article: String,
    /// The sentence.
    pub quote: String,
    /// Probability, 0–1.
    pub confidence: f64,
}

/// The graphs that a query is asked of; where both lists are empty, those that the query names, else the union of all.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Dataset {
    /// IRIs of the graphs that are merged into the default graph.
    pub default: Vec<NamedNode>,
    /// IRIs of the graphs that `GRAPH` can name.
    pub named: Vec<NamedNode>,
}

impl Dataset {
    /// Whether it names no graph.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.default.is_empty() && self.named.is_empty()
    }
}

/// How triples are written, one after the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TripleFormat {
    /// Turtle.
    Turtle,
    /// N-Triples.
    NTriples,
    /// RDF/XML.
    RdfXml,
    /// JSON-LD.
    JsonLd,
}

/// A text that tells whether a store has changed: names, sizes and times of its files. Nothing where there is none.
#[must_use]
pub fn version(path: &Path) -> Option<String> {
    let graph = super::folder::graph_of(path);
    let mut lines = Vec::new();
    let mut tell = |name: &str, found: &std::fs::Metadata| {
        let time = found.modified().ok().and_then(|t| t.duration_since(std::time::UNIX_EPOCH).ok());
        lines.push(format!("{name} {} {}", found.len(), time.unwrap_or_default().as_nanos()));
    };
    let found = std::fs::metadata(&graph).ok()?;
    if found.is_dir() {
        for entry in std::fs::read_dir(&graph).ok()?.flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            // The back end's diary changes whenever somebody reads.
            if let (false, Ok(found)) = (name.starts_with("LO"), entry.metadata()) {
                tell(&name, &found);
            }
        }
    } else {
        tell("graph", &found);
    }
    lines.sort();
    Some(lines.join("\n"))
}

/// The last part of an article's IRI, from its id.
#[must_use]
pub fn key_of_article(id: &str) -> String {
    super::claims::article_key(id)
}

impl Store {
    /// The sentences behind all events, by event, the surest first.
    ///
    /// # Errors
    /// Those of reading.
    pub fn sentences(&self) -> Result<Vec<Sentence>, StoreError> {
        let of = |predicate: NamedNodeRef<'_>| -> Result<FxHashMap<String, String>, StoreError> {
            Ok(self.column(predicate, None)?.into_iter().collect())
        };
        let (quotes, articles, sure) = (of(ent::QUOTE)?, of(oa::HAS_SOURCE)?, of(ent::CONFIDENCE)?);
        let mut sentences = Vec::new();
        for (claim, event) in self.column(ent::ASSERTS, None)? {
            let (Some(quote), Some(article)) = (quotes.get(&claim), articles.get(&claim)) else { continue };
            sentences.push(Sentence {
                event,
                article: article.clone(),
                quote: quote.clone(),
                confidence: sure.get(&claim).and_then(|c| c.parse().ok()).unwrap_or_default(),
            });
        }
        sentences.sort_by(|a, b| {
            let key = |s: &Sentence| (s.event.clone(), std::cmp::Reverse((s.confidence * 1e6) as i64));
            key(a).cmp(&key(b)).then_with(|| (&a.article, &a.quote).cmp(&(&b.article, &b.quote)))
        });
        Ok(sentences)
    }

    /// Asks these graphs, until `stop` is cancelled: then what was found so far ends with [`SparqlError::Cancelled`].
    ///
    /// # Errors
    /// An evaluation that fails or is cancelled.
    pub fn ask_within(
        &self,
        query: &Prepared,
        dataset: &Dataset,
        stop: &CancellationToken,
    ) -> Result<Answer, SparqlError> {
        query.ask_of(self.inner(), dataset, Some(stop))
    }

    /// Changes the graph by SPARQL 1.1 Update, all of it or nothing. As in a query, the default graph of a `WHERE` is the union
    /// of all graphs; what is written or removed is of the graph that it names. Who changes events or ties changes what
    /// the next article that touches them rebuilds.
    ///
    /// # Errors
    /// What is no update, calls another endpoint or mixes `USING` with `dataset`; an evaluation that fails.
    pub fn update(&mut self, text: &str, dataset: &Dataset, stop: &CancellationToken) -> Result<(), SparqlError> {
        let mut update = super::sparql::parse_update(text, dataset)?;
        stopping::watch_update(&mut update);
        self.touch();
        let evaluator = SparqlEvaluator::new()
            .with_custom_function(stopping::name(), stopping::look(stop))
            .with_cancellation_token(stop.clone());
        let mut prepared = evaluator.for_update(update);
        for using in prepared.using_datasets_mut() {
            if !dataset.is_empty() {
                using.set_default_graph(dataset.default.iter().cloned().map(Into::into).collect());
                using.set_available_named_graphs(dataset.named.iter().cloned().map(NamedOrBlankNode::from).collect());
            } else if using.is_default_dataset() {
                using.set_default_graph_as_union();
            }
        }
        stopping::catch(|| prepared.on_store(self.inner()).execute())?.map_err(super::sparql::failed_update)
    }

    /// Whether the store has such a graph.
    ///
    /// # Errors
    /// Those of reading.
    pub fn has_graph(&self, name: &NamedNode) -> Result<bool, StoreError> {
        self.inner().contains_named_graph(name).map_err(|e| self.located(e.into()))
    }

    /// IRIs of all graphs, sorted.
    ///
    /// # Errors
    /// Those of reading.
    pub fn graph_names(&self) -> Result<Vec<String>, StoreError> {
        let mut names = Vec::new();
        for name in self.inner().named_graphs() {
            if let NamedOrBlankNode::NamedNode(node) = name.map_err(|e| self.located(e.into()))? {
                names.push(node.into_string());
            }
        }
        names.sort();
        Ok(names)
    }
}

/// Why triples could not be written.
#[derive(Debug, thiserror::Error)]
pub enum TripleError {
    /// The bytes could not be written.
    #[error(transparent)]
    Io(#[from] std::io::Error),
    /// The query failed on its way.
    #[error(transparent)]
    Sparql(#[from] SparqlError),
}

/// Writes the triples of an answer as they come; gives their number.
///
/// # Errors
/// Bytes that cannot be written, a query that fails on its way.
pub fn write_triples(triples: Triples, format: TripleFormat, out: &mut dyn Write) -> Result<u64, TripleError> {
    write_all(triples.map(|t| t.map_err(TripleError::from)), format, out)
}

/// Writes triples as they come; gives their number.
///
/// # Errors
/// Bytes that cannot be written.
pub fn write_graph(triples: &[Triple], format: TripleFormat, out: &mut dyn Write) -> Result<u64, TripleError> {
    write_all(triples.iter().cloned().map(Ok), format, out)
}

fn write_all(
    triples: impl Iterator<Item = Result<Triple, TripleError>>,
    format: TripleFormat,
    out: &mut dyn Write,
) -> Result<u64, TripleError> {
    let format = match format {
        TripleFormat::Turtle => RdfFormat::Turtle,
        TripleFormat::NTriples => RdfFormat::NTriples,
        TripleFormat::RdfXml => RdfFormat::RdfXml,
        TripleFormat::JsonLd => RdfFormat::JsonLd { profile: JsonLdProfileSet::empty() },
    };
    let mut serializer = RdfSerializer::from_format(format);
    for (prefix, namespace) in super::dump::PREFIXES {
        // These are sound IRIs.
        serializer = serializer.clone().with_prefix(prefix, namespace).unwrap_or(serializer);
    }
    let mut writer = serializer.for_writer(out);
    let mut count = 0;
    for triple in triples {
        writer.serialize_triple(&triple?)?;
        count += 1;
    }
    writer.finish()?.flush()?;
    Ok(count)
}

/// The id of a pair of parties, in any order: `KOR-SGP`.
#[must_use]
pub fn dyad_id(a: &str, b: &str) -> String {
    mint::short(mint::dyad(a, b).as_str(), "dyad").to_owned()
}
