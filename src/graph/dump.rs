//! The store whole, as RDF for other programs: sorted, so that the same graph is the same bytes. As N-Quads it is what
//! RDFC-1.0 (RDF Dataset Canonicalization) asks for: there are no blank nodes, so canonical lines in the order of code points
//! are enough.

use super::error::StoreError;
use super::store::Store;
use oxigraph::io::{JsonLdProfileSet, RdfSerializer};
use oxigraph::model::{GraphName, NamedNode, NamedOrBlankNode, Quad};
use std::collections::BTreeSet;
use std::io::Write;

/// How a dump is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RdfFormat {
    /// All named graphs merged into one.
    Turtle,
    /// With named graphs.
    Trig,
    /// With named graphs, one quad a line, in canonical form.
    NQuads,
    /// With named graphs, as JSON.
    JsonLd,
}

impl RdfFormat {
    /// The format that the name of a file tells.
    #[must_use]
    pub fn of_extension(extension: &str) -> Option<Self> {
        Some(match extension.to_lowercase().as_str() {
            "ttl" | "nt" => Self::Turtle,
            "trig" => Self::Trig,
            "nq" => Self::NQuads,
            "jsonld" => Self::JsonLd,
            _ => return None,
        })
    }

    pub(super) fn of_oxigraph(self) -> oxigraph::io::RdfFormat {
        match self {
            Self::Turtle => oxigraph::io::RdfFormat::Turtle,
            Self::Trig => oxigraph::io::RdfFormat::TriG,
            Self::NQuads => oxigraph::io::RdfFormat::NQuads,
            Self::JsonLd => oxigraph::io::RdfFormat::JsonLd { profile: JsonLdProfileSet::empty() },
        }
    }
}

/// Prefixes of the formats that have them.
pub(super) const PREFIXES: [(&str, &str); 10] = [
    ("ent", "https://w3id.org/entente/ontology#"),
    ("dct", "http://purl.org/dc/terms/"),
    ("oa", "http://www.w3.org/ns/oa#"),
    ("org", "http://www.w3.org/ns/org#"),
    ("owl", "http://www.w3.org/2002/07/owl#"),
    ("prov", "http://www.w3.org/ns/prov#"),
    ("rdfs", "http://www.w3.org/2000/01/rdf-schema#"),
    ("schema", "https://schema.org/"),
    ("skos", "http://www.w3.org/2004/02/skos/core#"),
    ("xsd", "http://www.w3.org/2001/XMLSchema#"),
];

impl Store {
    /// Writes every graph of the store, sorted.
    ///
    /// # Errors
    /// Those of reading, and of `out`.
    pub fn dump(&self, format: RdfFormat, out: &mut dyn Write) -> Result<(), StoreError> {
        let mut quads = self.quads(None, None, None, None)?;
        if format == RdfFormat::Turtle {
            for quad in &mut quads {
                quad.graph_name = GraphName::DefaultGraph;
            }
        }
        if format == RdfFormat::NQuads {
            return lines(&quads, out);
        }
        quads.sort_by_cached_key(key);
        quads.dedup();
        let mut serializer = RdfSerializer::from_format(format.of_oxigraph());
        for (prefix, namespace) in PREFIXES {
            serializer = serializer.with_prefix(prefix, namespace).map_err(|e| StoreError::Damaged(e.to_string()))?;
        }
        let mut writer = serializer.for_writer(out);
        for quad in &quads {
            writer.serialize_quad(quad)?;
        }
        writer.finish()?.flush()?;
        Ok(())
    }
}

impl Store {
    /// The IRIs of the named graphs that hold something, sorted.
    ///
    /// # Errors
    /// Those of reading.
    pub fn graphs(&self) -> Result<Vec<String>, StoreError> {
        let mut graphs = BTreeSet::new();
        for graph in self.inner().named_graphs() {
            // Without blank nodes, every graph has an IRI; one that was emptied is still listed.
            if let NamedOrBlankNode::NamedNode(graph) = graph.map_err(|e| self.located(e.into()))?
                && self.inner().quads_for_pattern(None, None, None, Some(graph.as_ref().into())).next().is_some()
            {
                graphs.insert(graph.into_string());
            }
        }
        Ok(graphs.into_iter().collect())
    }

    /// The triples of a graph as canonical N-Triples, one a line with its end, sorted; none of a graph that is not there.
    ///
    /// # Errors
    /// Those of reading.
    pub fn triples(&self, graph: &str) -> Result<Vec<String>, StoreError> {
        let Ok(graph) = NamedNode::new(graph) else { return Ok(Vec::new()) };
        let quads = self.quads(None, None, None, Some(graph.as_ref()))?;
        let mut lines: Vec<String> =
            quads.into_iter().map(|quad| line(&Quad { graph_name: GraphName::DefaultGraph, ..quad })).collect();
        lines.sort();
        Ok(lines)
    }
}

/// Canonical N-Quads.
fn lines(quads: &[Quad], out: &mut dyn Write) -> Result<(), StoreError> {
    let mut lines: Vec<String> = quads.iter().map(line).collect();
    lines.sort();
    lines.dedup();
    for line in &lines {
        out.write_all(line.as_bytes()).map_err(StoreError::Output)?;
    }
    out.flush().map_err(StoreError::Output)
}

/// A quad as a canonical line: the string form has no datatype where it is xsd:string, and escapes only what must be.
pub(super) fn line(quad: &Quad) -> String {
    format!("{quad} .\n")
}

/// Graph first, then subject, predicate, object.
fn key(quad: &Quad) -> String {
    format!("{} {} {} {}", quad.graph_name, quad.subject, quad.predicate, quad.object)
}
