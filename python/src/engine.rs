//! Text → facts, one article at a time or many on all cores, in the order of the articles.

use crate::article::{Articles, day, locked, of_mapping};
use entente::article::{Article, Given, ReadOptions};
use entente::facts::{Extractor, Facts};
use pyo3::exceptions::{PyRuntimeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyIterator, PyString};
use rayon::prelude::*;
use serde::Serialize;
use std::collections::VecDeque;
use std::sync::{Mutex, OnceLock};

static ENGINE: OnceLock<Result<Extractor, String>> = OnceLock::new();

/// The engine with the built-in knowledge, made at the first call.
pub(crate) fn engine() -> PyResult<&'static Extractor> {
    ENGINE
        .get_or_init(|| Extractor::builtin().map_err(|error| error.to_string()))
        .as_ref()
        .map_err(|error| PyRuntimeError::new_err(error.clone()))
}

fn sure(min_confidence: f64) -> PyResult<f64> {
    if (0.0..=1.0).contains(&min_confidence) {
        Ok(min_confidence)
    } else {
        Err(PyValueError::new_err(format!("min_confidence is a probability from 0 to 1, not {min_confidence}")))
    }
}

pub(crate) fn as_json(value: &impl Serialize) -> PyResult<String> {
    serde_json::to_string(value).map_err(|error| PyRuntimeError::new_err(error.to_string()))
}

/// Dictionaries and lists as Python reads them from the program's JSON.
pub(crate) fn as_python<'py>(py: Python<'py>, value: &impl Serialize) -> PyResult<Bound<'py, PyAny>> {
    py.import("json")?.call_method1("loads", (as_json(value)?,))
}

fn facts(engine: &Extractor, article: &Article, min: f64) -> Facts {
    let mut facts = engine.facts(article);
    facts.agreements.retain(|f| f.confidence >= min);
    facts.encounters.retain(|f| f.confidence >= min);
    facts.acts.retain(|f| f.confidence >= min);
    facts.relations.retain(|f| f.confidence >= min);
    facts
}

/// The facts of one article.
#[pyfunction]
#[pyo3(signature = (text, *, published=None, title=None, source=None, url=None, id=None, html=false, min_confidence=0.0, any_language=false))]
#[expect(clippy::too_many_arguments, reason = "keyword arguments of a Python function")]
pub(crate) fn extract<'py>(
    py: Python<'py>,
    text: &str,
    published: Option<&Bound<'py, PyAny>>,
    title: Option<String>,
    source: Option<String>,
    url: Option<String>,
    id: Option<String>,
    html: bool,
    min_confidence: f64,
    any_language: bool,
) -> PyResult<Bound<'py, PyAny>> {
    let min = sure(min_confidence)?;
    let published = published.map(day).transpose()?.flatten();
    let options = ReadOptions { any_language, ..ReadOptions::default() };
    let engine = engine()?;
    let given = Given { id, title, published, source, url };
    let found = py.detach(|| given.read(text.as_bytes(), html, options).map(|article| facts(engine, &article, min)));
    let found = found.map_err(|error| PyValueError::new_err(error.to_string()))?;
    as_python(py, &found)
}

/// Facts of many articles, in their order. What could not be read is in `errors`; the others go on.
#[pyclass(module = "entente", frozen)]
pub(crate) struct Extraction {
    articles: Source,
    options: ReadOptions,
    min: f64,
    json: bool,
    pool: rayon::ThreadPool,
    ready: Mutex<VecDeque<Facts>>,
    errors: Mutex<Vec<String>>,
    /// What the iterator of articles raised.
    failure: Mutex<Option<PyErr>>,
}

/// Where articles come from: files, which are read as they are, or an iterator of mappings.
enum Source {
    Files(Py<Articles>),
    Mappings(Py<PyIterator>),
}

/// Articles that are taken at a time.
const CHUNK: usize = 256;

#[pymethods]
impl Extraction {
    fn __iter__(slf: PyRef<'_, Self>) -> PyRef<'_, Self> {
        slf
    }

    fn __next__<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        let mut more = true;
        while more && locked(&self.ready).is_empty() {
            more = self.fill(py)?;
            if locked(&self.ready).is_empty()
                && let Some(error) = locked(&self.failure).take()
            {
                return Err(error);
            }
        }
        let next = locked(&self.ready).pop_front();
        next.map(|found| {
            if !self.json {
                return as_python(py, &found);
            }
            Ok(PyString::new(py, &as_json(&found)?).into_any())
        })
        .transpose()
    }

    /// What could not be read so far: one message an article.
    #[getter]
    fn errors(&self) -> Vec<String> {
        match &self.articles {
            Source::Files(articles) => articles.get().errors(),
            Source::Mappings(_) => locked(&self.errors).clone(),
        }
    }
}

impl Extraction {
    /// Takes the next articles and extracts them; false where there are none.
    fn fill(&self, py: Python<'_>) -> PyResult<bool> {
        let engine = engine()?;
        let mut chunk = Vec::new();
        let mut taken = 0;
        match &self.articles {
            Source::Files(articles) => {
                let articles = articles.get();
                chunk = py.detach(|| std::iter::from_fn(|| articles.take()).take(CHUNK).collect());
                taken = chunk.len();
            }
            Source::Mappings(articles) => {
                let mut articles = articles.bind(py).clone();
                while taken < CHUNK && locked(&self.failure).is_none() {
                    let Some(item) = articles.next() else { break };
                    taken += 1;
                    match item.and_then(|item| of_mapping(&item, self.options)) {
                        Ok(Ok(article)) => chunk.push(article),
                        Ok(Err(error)) => locked(&self.errors).push(error.to_string()),
                        // It is raised after the facts of the articles before it.
                        Err(error) => *locked(&self.failure) = Some(error),
                    }
                }
            }
        }
        let min = self.min;
        let found: Vec<Facts> =
            py.detach(|| self.pool.install(|| chunk.par_iter().map(|article| facts(engine, article, min)).collect()));
        locked(&self.ready).extend(found);
        Ok(taken > 0)
    }
}

/// Extracts many articles on all cores.
#[pyfunction]
#[pyo3(signature = (articles, *, threads=0, min_confidence=0.0, any_language=false, json=false))]
pub(crate) fn extract_many(
    articles: &Bound<'_, PyAny>,
    threads: usize,
    min_confidence: f64,
    any_language: bool,
    json: bool,
) -> PyResult<Extraction> {
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(threads)
        .build()
        .map_err(|error| PyRuntimeError::new_err(format!("cannot start {threads} threads: {error}")))?;
    Ok(Extraction {
        articles: match articles.cast::<Articles>() {
            Ok(files) => Source::Files(files.clone().unbind()),
            Err(_) => Source::Mappings(articles.try_iter()?.unbind()),
        },
        options: ReadOptions { any_language, ..ReadOptions::default() },
        min: sure(min_confidence)?,
        json,
        pool,
        ready: Mutex::default(),
        errors: Mutex::default(),
        failure: Mutex::default(),
    })
}
