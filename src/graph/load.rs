//! RDF of any file → a store, to be checked or asked.

use super::dump::RdfFormat;
use super::error::StoreError;
use super::ledger::Remembers;
use super::store::Store;
use oxigraph::io::RdfParser;
use oxigraph::model::{GraphName, NamedNode, NamedOrBlankNode, Quad, Term};

/// The graph of triples that stand in none.
const NO_GRAPH: &str = "urn:entente:file";
/// What stands before the label of a blank node: the model has none, so each becomes a name of its own.
const BLANK: &str = "urn:entente:blank:";

impl Store {
    /// Adds the statements of `text`. Triples outside a graph get one; blank nodes become `urn:entente:blank:LABEL`.
    ///
    /// For a store ([`Store::empty`]) whose graph comes from elsewhere: nothing is rebuilt, events and ties are as the text has them.
    ///
    /// # Errors
    /// [`StoreError::Rdf`] where the text is not of the format; nothing is added then.
    pub fn load_rdf(&mut self, text: &str, format: RdfFormat) -> Result<(), StoreError> {
        let mut quads = Vec::new();
        for quad in RdfParser::from_format(format.of_oxigraph()).for_slice(text) {
            quads.push(named(quad.map_err(|e| StoreError::Rdf(e.to_string()))?));
        }
        self.remembers = Remembers::Nothing;
        self.change(&[], quads)
    }
}

fn named(quad: Quad) -> Quad {
    let blank = |label: &str| NamedNode::new_unchecked(format!("{BLANK}{label}"));
    Quad {
        subject: match quad.subject {
            NamedOrBlankNode::BlankNode(node) => blank(node.as_str()).into(),
            named @ NamedOrBlankNode::NamedNode(_) => named,
        },
        predicate: quad.predicate,
        object: match quad.object {
            Term::BlankNode(node) => blank(node.as_str()).into(),
            other => other,
        },
        graph_name: match quad.graph_name {
            GraphName::DefaultGraph => NamedNode::new_unchecked(NO_GRAPH).into(),
            GraphName::BlankNode(node) => blank(node.as_str()).into(),
            named @ GraphName::NamedNode(_) => named,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blank_nodes_get_names_and_triples_a_graph() {
        let mut store = Store::in_memory().unwrap();
        store.load_rdf("_:a <urn:p> _:b .", RdfFormat::Turtle).unwrap();
        let mut out = Vec::new();
        store.dump(RdfFormat::NQuads, &mut out).unwrap();
        let dump = String::from_utf8(out).unwrap();
        assert!(dump.contains("<urn:entente:blank:a> <urn:p> <urn:entente:blank:b> <urn:entente:file> ."), "{dump}");
    }

    #[test]
    fn what_is_no_rdf_is_told_with_its_line() {
        let mut store = Store::in_memory().unwrap();
        let error = store.load_rdf("<urn:a> <urn:p> .\n", RdfFormat::Turtle).unwrap_err().to_string();
        assert!(error.contains("line 1"), "{error}");
    }
}
