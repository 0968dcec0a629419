//! The ontology as other people use it: shapes in another engine, alignments to other vocabularies, descriptions of the
//! dataset and of the questions as RDF, and the page that documents it.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod descriptions;
#[path = "../python/mod.rs"]
mod python;
mod seed;
mod shapes;
mod vocabulary;
