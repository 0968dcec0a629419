//! Which configuration of the engine read an article, and when the program was called: PROV-O.

use super::error::StoreError;
use super::mint;
use super::sheet::Sheet;
use super::store::Store;
use super::vocab::{ent, graphs, prov};
use oxigraph::model::vocab::{rdf, xsd};
use oxigraph::model::{Literal, NamedNode};

/// One configuration of the engine. The same configuration is the same run, whenever it runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunInfo {
    /// Version of the program.
    pub version: String,
    /// Hash of the knowledge (see [`crate::knowledge::Knowledge::hash`]).
    pub knowledge: String,
    /// Settings that change what is found, such as `min-confidence=0.7`.
    pub settings: String,
}

impl RunInfo {
    /// This program's version with this knowledge and these settings.
    #[must_use]
    pub fn new(knowledge: &crate::knowledge::Knowledge, settings: impl Into<String>) -> Self {
        Self { version: env!("CARGO_PKG_VERSION").into(), knowledge: knowledge.hash(), settings: settings.into() }
    }

    pub(super) fn iri(&self) -> NamedNode {
        mint::thing("run", &mint::hash(["run", &self.version, &self.knowledge, &self.settings]))
    }

    pub(super) fn quads(&self) -> Sheet {
        let (run, mut sheet) = (self.iri(), Sheet::new(graphs::RUNS.into_owned()));
        sheet.add(&run, rdf::TYPE, ent::CLASS_RUN);
        sheet.text(&run, ent::VERSION, &self.version);
        sheet.text(&run, ent::KNOWLEDGE, &self.knowledge);
        sheet.text(&run, ent::SETTINGS, &self.settings);
        sheet
    }

    /// What [`Store::log_call`] notes.
    pub(super) fn call(&self, at: &str, articles: usize) -> Sheet {
        let call = mint::thing("call", &mint::hash(["call", self.iri().as_str(), at]));
        let mut sheet = Sheet::new(graphs::RUNS.into_owned());
        sheet.add(&call, rdf::TYPE, prov::ACTIVITY);
        sheet.add(&call, prov::WAS_INFORMED_BY, self.iri());
        sheet.add(&call, prov::STARTED_AT_TIME, Literal::new_typed_literal(at, xsd::DATE_TIME));
        sheet.number(&call, ent::STORED, articles);
        sheet
    }
}

impl Store {
    /// Notes that the program stored `articles` in this run, at the time `at` (`xsd:dateTime`, such as
    /// `2025-11-02T09:30:00Z`), which the caller must know: the library has no clock.
    ///
    /// # Errors
    /// Those of writing.
    pub fn log_call(&mut self, run: &RunInfo, at: &str, articles: usize) -> Result<(), StoreError> {
        self.change(&[], run.call(at, articles).quads)
    }
}
