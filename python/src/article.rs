//! Files → articles as dictionaries, and dictionaries → the library's articles.

use chrono::NaiveDate;
use entente::article::{Article, Given, ReadError, ReadOptions, read_paths, read_stream};
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyMapping};
use pythonize::depythonize;
use std::io::{self, Read};
use std::path::PathBuf;
use std::sync::Mutex;

type Stream = Box<dyn Iterator<Item = Result<Article, ReadError>> + Send>;

/// Articles of files, one at a time. What could not be read is in `errors`; the other inputs go on.
#[pyclass(module = "entente", frozen)]
pub(crate) struct Articles {
    stream: Mutex<Stream>,
    errors: Mutex<Vec<String>>,
}

#[pymethods]
impl Articles {
    fn __iter__(slf: PyRef<'_, Self>) -> PyRef<'_, Self> {
        slf
    }

    fn __next__<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyDict>>> {
        py.detach(|| self.take()).map(|article| as_dict(py, &article)).transpose()
    }

    /// What could not be read so far: one message an input or record.
    #[getter]
    pub(crate) fn errors(&self) -> Vec<String> {
        locked(&self.errors).clone()
    }
}

impl Articles {
    fn of(stream: impl Iterator<Item = Result<Article, ReadError>> + Send + 'static) -> Self {
        Self { stream: Mutex::new(Box::new(stream)), errors: Mutex::default() }
    }

    /// The next article that can be read.
    pub(crate) fn take(&self) -> Option<Article> {
        loop {
            match locked(&self.stream).next()? {
                Ok(article) => return Some(article),
                Err(error) => locked(&self.errors).push(error.to_string()),
            }
        }
    }
}

/// The value behind a lock, also after a panic of another holder: none of ours is left half changed.
pub(crate) fn locked<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

/// Reads articles: text, HTML, JSON, JSON Lines, RSS, Atom, plain or compressed; files, folders (sorted) and globs.
#[pyfunction]
#[pyo3(signature = (*paths, any_language=false))]
pub(crate) fn read(paths: Vec<PathBuf>, any_language: bool) -> PyResult<Articles> {
    if paths.is_empty() {
        return Err(PyValueError::new_err("read() needs at least one path"));
    }
    let options = ReadOptions { any_language, ..ReadOptions::default() };
    Ok(Articles::of(read_paths(&paths, options)))
}

/// Reads the articles of an open binary file of any kind (a local one, of a cloud store, of HDFS) as of a file of this name.
#[pyfunction]
#[pyo3(signature = (file, name, *, any_language=false))]
pub(crate) fn read_file(file: Bound<'_, PyAny>, name: PathBuf, any_language: bool) -> PyResult<Articles> {
    if !file.hasattr("read")? {
        return Err(PyTypeError::new_err("read_file() takes an open binary file; for paths there is read()"));
    }
    let options = ReadOptions { any_language, ..ReadOptions::default() };
    // The first bytes are looked at when the first article is asked for.
    let (mut file, mut name) = (Some(PyFile(file.unbind())), Some(name));
    let stream = std::iter::from_fn(move || Some(read_stream(name.take()?, file.take()?, options))).flatten();
    Ok(Articles::of(stream))
}

/// A file of Python.
struct PyFile(Py<PyAny>);

impl Read for PyFile {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        Python::attach(|py| {
            let bytes = self.0.bind(py).call_method1("read", (buffer.len(),))?;
            let bytes: &[u8] =
                bytes.extract().map_err(|_| PyTypeError::new_err("the file gives text; open it with \"rb\""))?;
            let part = buffer
                .get_mut(..bytes.len())
                .ok_or_else(|| PyValueError::new_err("the file gives more than asked for"))?;
            part.copy_from_slice(bytes);
            Ok(bytes.len())
        })
        .map_err(|error: PyErr| io::Error::other(error.to_string()))
    }
}

fn as_dict<'py>(py: Python<'py>, article: &Article) -> PyResult<Bound<'py, PyDict>> {
    let dict = PyDict::new(py);
    dict.set_item("id", &article.id)?;
    dict.set_item("title", &article.title)?;
    dict.set_item("published", article.published.map(|day| day.to_string()))?;
    dict.set_item("source", &article.source)?;
    dict.set_item("url", &article.url)?;
    dict.set_item("language", &article.language)?;
    dict.set_item("text", &article.text)?;
    Ok(dict)
}

/// A day as `datetime.date`, `datetime.datetime` or `YYYY-MM-DD…`.
pub(crate) fn day(value: &Bound<'_, PyAny>) -> PyResult<Option<NaiveDate>> {
    if value.is_none() {
        return Ok(None);
    }
    let text = value.str()?.to_string();
    let date = text.get(..10).and_then(|t| t.parse().ok());
    date.map(Some)
        .ok_or_else(|| PyValueError::new_err(format!("`{text}` is no date; give a datetime.date or YYYY-MM-DD")))
}

/// The article of a mapping, as a line of JSON Lines with the same fields would be read.
pub(crate) fn of_mapping(item: &Bound<'_, PyAny>, options: ReadOptions) -> PyResult<Result<Article, ReadError>> {
    if item.cast::<PyMapping>().is_err() {
        return Err(PyTypeError::new_err("an article is a dict with the key \"text\", as entente.read() gives them"));
    }
    let plain = PyDict::new(item.py());
    for pair in item.call_method0("items")?.try_iter()? {
        let (key, value): (String, Bound<'_, PyAny>) = pair?.extract()?;
        // What tables have where nothing is known (NaN, NaT, NA) is not equal to itself, or cannot say.
        if value.ne(&value).unwrap_or(true) {
            continue;
        }
        // Days are no JSON.
        let value = if value.hasattr("isoformat")? { value.call_method0("isoformat")? } else { value };
        plain.set_item(key, value)?;
    }
    let object: serde_json::Value = depythonize(&plain)?;
    Ok(Given::read_json(object.to_string().as_bytes(), options))
}
