//! The graph of many articles: facts in, events, ties and answers out.

use crate::article::locked;
use crate::engine::{as_python, engine};
use entente::facts::Facts;
use entente::graph::sparql::Prepared;
use entente::graph::{Added, EventFilter, RdfFormat, RunInfo, Store};
use entente::query::{self, Catalogue, Format};
use pyo3::exceptions::{PyOSError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::PyDict;
use pythonize::depythonize;
use std::fmt::Display;
use std::path::PathBuf;
use std::sync::Mutex;

/// A knowledge graph, in memory or in a folder.
#[pyclass(module = "entente", subclass)]
pub(crate) struct Graph {
    store: Mutex<Store>,
    run: RunInfo,
}

pub(crate) fn refused(error: impl Display) -> PyErr {
    PyValueError::new_err(error.to_string())
}

pub(crate) fn broken(error: impl Display) -> PyErr {
    PyOSError::new_err(error.to_string())
}

#[pymethods]
impl Graph {
    #[new]
    #[pyo3(signature = (path=None))]
    fn new(py: Python<'_>, path: Option<PathBuf>) -> PyResult<Self> {
        let knowledge = engine()?.knowledge();
        let store = py.detach(|| {
            let mut store = match &path {
                Some(path) => Store::open(path)?,
                None => Store::in_memory()?,
            };
            store.refer(knowledge)?;
            Ok(store)
        });
        let store = store.map_err(|error: entente::graph::StoreError| broken(error))?;
        Ok(Self { store: Mutex::new(store), run: RunInfo::new(knowledge, String::new()) })
    }

    /// Takes the facts of an article in place of an earlier version: `stored`, `replaced` or `unchanged`.
    fn add(&self, py: Python<'_>, facts: &Bound<'_, PyAny>) -> PyResult<&'static str> {
        let facts: Facts = depythonize(facts).map_err(|error| refused(format!("these are no facts: {error}")))?;
        let added = py.detach(|| locked(&self.store).add(&facts, &self.run)).map_err(broken)?;
        Ok(match added {
            Added::Stored => "stored",
            Added::Replaced => "replaced",
            Added::Unchanged => "unchanged",
        })
    }

    /// Removes articles by id, with what only they supported; gives the ids that are unknown.
    fn forget(&self, py: Python<'_>, ids: Vec<String>) -> PyResult<Vec<String>> {
        py.detach(|| {
            let mut store = locked(&self.store);
            let forgotten = store.forget(&ids)?;
            store.settle()?;
            store.flush()?;
            Ok(forgotten.unknown)
        })
        .map_err(|error: entente::graph::StoreError| broken(error))
    }

    /// Makes the events and ties of what was added, and writes them where the graph has a folder.
    fn settle(&self, py: Python<'_>) -> PyResult<()> {
        py.detach(|| {
            let mut store = locked(&self.store);
            store.settle()?;
            store.flush()
        })
        .map_err(|error: entente::graph::StoreError| broken(error))
    }

    /// Events as dictionaries; `any_of` and `all_of` are codes of parties.
    #[pyo3(signature = (*, any_of=Vec::new(), all_of=Vec::new(), since=None, until=None))]
    fn events<'py>(
        &self,
        py: Python<'py>,
        any_of: Vec<String>,
        all_of: Vec<String>,
        since: Option<&Bound<'py, PyAny>>,
        until: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let filter = filter(any_of, all_of, since, until)?;
        let rows = py.detach(|| locked(&self.store).events(&filter)).map_err(broken)?;
        as_python(py, &rows)
    }

    /// Ties between two parties as dictionaries.
    #[pyo3(signature = (*, any_of=Vec::new(), all_of=Vec::new(), since=None, until=None))]
    fn ties<'py>(
        &self,
        py: Python<'py>,
        any_of: Vec<String>,
        all_of: Vec<String>,
        since: Option<&Bound<'py, PyAny>>,
        until: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let filter = filter(any_of, all_of, since, until)?;
        let rows = py.detach(|| locked(&self.store).ties(&filter)).map_err(broken)?;
        as_python(py, &rows)
    }

    /// The parties of the graph as dictionaries.
    fn parties<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let rows = py.detach(|| locked(&self.store).parties()).map_err(broken)?;
        as_python(py, &rows)
    }

    /// The sentences behind an event.
    fn evidence<'py>(&self, py: Python<'py>, event: &str) -> PyResult<Bound<'py, PyAny>> {
        let rows = py.detach(|| locked(&self.store).claims(event)).map_err(broken)?;
        as_python(py, &rows)
    }

    /// Counts of articles, claims, events, ties …
    fn counts<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let counts = py.detach(|| locked(&self.store).counts()).map_err(broken)?;
        as_python(py, &counts)
    }

    /// The answer to a question of the catalogue or to SPARQL, as SPARQL 1.1 Query Results JSON.
    #[pyo3(signature = (question, **parameters))]
    fn query_json(&self, py: Python<'_>, question: &str, parameters: Option<&Bound<'_, PyDict>>) -> PyResult<String> {
        let mut settings: Vec<(String, String)> = Vec::new();
        for (name, value) in parameters.into_iter().flatten() {
            settings.push((name.extract()?, value.str()?.to_string()));
        }
        let gazetteer = &engine()?.knowledge().gazetteer;
        let prepared = match Catalogue::get(question, gazetteer).map_err(refused)? {
            Some(named) => named.prepare(&settings, gazetteer).map_err(refused)?,
            None if question.trim().contains(char::is_whitespace) => {
                let mut prepared = Prepared::parse_freely(question).map_err(refused)?;
                for (name, value) in &settings {
                    let term = query::free_value(value).map_err(refused)?;
                    prepared.bind(name, Some(&term)).map_err(refused)?;
                }
                prepared
            }
            None => {
                let near = Catalogue::nearest(question).map(|n| format!("; did you mean `{n}`?")).unwrap_or_default();
                return Err(refused(format!("there is no question `{question}`{near}")));
            }
        };
        py.detach(|| {
            let store = locked(&self.store);
            let mut out = Vec::new();
            let answer = store.ask(&prepared).map_err(refused)?;
            query::write(answer, Format::Json, &mut out).map_err(refused)?;
            String::from_utf8(out).map_err(refused)
        })
    }

    /// All quads as TriG, N-Quads …: a name of a format of RDF (`trig`, `nquads`).
    fn dump(&self, py: Python<'_>, format: &str) -> PyResult<String> {
        let format = match format {
            "trig" => RdfFormat::Trig,
            "nquads" => RdfFormat::NQuads,
            other => return Err(refused(format!("`{other}` is none of trig, nquads"))),
        };
        py.detach(|| {
            let mut out = Vec::new();
            locked(&self.store).dump(format, &mut out).map_err(broken)?;
            String::from_utf8(out).map_err(broken)
        })
    }
}

fn filter(
    any_of: Vec<String>,
    all_of: Vec<String>,
    since: Option<&Bound<'_, PyAny>>,
    until: Option<&Bound<'_, PyAny>>,
) -> PyResult<EventFilter> {
    let day =
        |value: Option<&Bound<'_, PyAny>>| -> PyResult<_> { Ok(value.map(crate::article::day).transpose()?.flatten()) };
    Ok(EventFilter { any_of, all_of, since: day(since)?, until: day(until)?, ..EventFilter::default() })
}
