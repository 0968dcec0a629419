//! Articles and keys → quads of the graph, for engines that spread work over machines (see `entente.spark`).

use crate::engine::engine;
use crate::graph::{broken, refused};
use entente::facts::Facts;
use entente::graph::{Outcome, RunInfo};
use pyo3::prelude::*;
use pyo3::pybacked::PyBackedStr;

/// A piece of work: its round, its key, its N-Quads.
type Piece = (u8, String, String);

/// Cuts articles into pieces of work by key, and settles keys.
#[pyclass(module = "entente", frozen)]
pub(crate) struct Spread {
    spread: entente::graph::Spread,
    run: RunInfo,
}

#[pymethods]
impl Spread {
    #[new]
    #[pyo3(signature = (settings=""))]
    fn new(py: Python<'_>, settings: &str) -> PyResult<Self> {
        let knowledge = engine()?.knowledge();
        let spread = py.detach(|| entente::graph::Spread::new(knowledge)).map_err(broken)?;
        Ok(Self { spread, run: RunInfo::new(knowledge, settings) })
    }

    /// N-Quads of the graph that are there whatever the articles say.
    fn fixed(&self, py: Python<'_>) -> PyResult<String> {
        py.detach(|| self.spread.fixed()).map_err(broken)
    }

    /// N-Quads that note a call of the program, at a time (`xsd:dateTime`), which stored so many articles.
    fn call(&self, at: &str, articles: usize) -> String {
        self.spread.call(&self.run, at, articles)
    }

    /// The N-Quads of an article, given by its facts as JSON: its own, those that it shares with others, and pieces.
    fn article(&self, py: Python<'_>, facts: &str) -> PyResult<(String, String, Vec<Piece>)> {
        py.detach(|| {
            let facts: Facts = serde_json::from_str(facts).map_err(|e| refused(format!("these are no facts: {e}")))?;
            Ok(told(self.spread.article(&facts, &self.run)))
        })
    }

    /// The same for the keys of pieces of one round, given as (key, N-Quads); all pieces of each key must be among them.
    fn settle(
        &self,
        py: Python<'_>,
        pieces: Vec<(PyBackedStr, PyBackedStr)>,
    ) -> PyResult<(String, String, Vec<Piece>)> {
        py.detach(|| {
            let pieces = pieces.iter().map(|(key, quads)| (&**key, &**quads));
            self.spread.settle(pieces).map(told).map_err(refused)
        })
    }
}

fn told(outcome: Outcome) -> (String, String, Vec<Piece>) {
    let pieces = outcome.pieces.into_iter().map(|piece| (piece.round, piece.key, piece.quads)).collect();
    (outcome.quads, outcome.shared, pieces)
}
