//! The Python module `entente._entente`: text → facts, articles → graph. What is written in Python stands in
//! `python/entente/__init__.py`.

mod article;
mod engine;
mod graph;
mod spread;

use pyo3::prelude::*;

/// Facts about the ties between countries; see the package `entente`.
#[pymodule]
fn _entente(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add("__version__", env!("CARGO_PKG_VERSION"))?;
    module.add_function(wrap_pyfunction!(engine::extract, module)?)?;
    module.add_function(wrap_pyfunction!(engine::extract_many, module)?)?;
    module.add_function(wrap_pyfunction!(article::read, module)?)?;
    module.add_function(wrap_pyfunction!(article::read_file, module)?)?;
    module.add_class::<article::Articles>()?;
    module.add_class::<engine::Extraction>()?;
    module.add_class::<graph::Graph>()?;
    module.add_class::<spread::Spread>()?;
    Ok(())
}
