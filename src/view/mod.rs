//! Rows of the graph → networks (petgraph), pictures, files for other programs, and the dossier of two countries.
//!
//! ```text
//! EventRow, TieRow, PartyRow ──▶ Network (ties, events, dyads, ego) ──▶ dot, svg, graphml, gexf, JSON of networkx and Cytoscape, lists of nodes and edges
//! Report, compared Facts ──▶ Scorecard ──▶ HTML
//! Sample of facts ──▶ Worksheet ──▶ HTML
//! EventRow ──▶ Panel (dyad months and years) ──▶ CSV, TSV, Parquet
//! EventRow, ClaimRow ──▶ rows of events, POLECAT and ICEWS; Dossier ──▶ text, Markdown, HTML, JSON
//! Turtle of the ontology ──▶ Vocabulary ──▶ HTML
//! ```
//!
//! Everything here is a function of its arguments; the store is read by the program. The one measure is the *event*: an
//! event that twelve articles report counts once.

mod analytics;
pub mod dossier;
pub mod export;
mod network;
pub mod picture;
mod project;
#[cfg(test)]
mod sample;
pub mod scorecard;
pub mod vocabulary;
pub mod words;
pub mod worksheet;

pub use network::{Caption, DyadTotal, Link, Network, Node, NodeKind, Tie, Value, View};
pub use project::{Rows, Selection, project};
