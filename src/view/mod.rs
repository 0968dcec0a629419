//! Rows of the graph → networks (petgraph), pictures, files for other programs, and dossiers.
//!
//! ```text
//! EventRow, TieRow, PartyRow ──▶ Network (ties, events, dyads, ego …), measured ──▶ dot, svg, graphml, gexf, JSON of networkx and Cytoscape, lists of nodes and edges
//! Network, rows ──▶ measures, communities, chains, figures of pairs, change between two periods
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
mod chains;
mod change;
mod communities;
pub mod dossier;
mod dyads;
pub mod export;
mod measures;
mod network;
pub mod picture;
mod project;
#[cfg(test)]
mod sample;
pub mod scorecard;
pub mod tone;
pub mod vocabulary;
pub mod words;
pub mod worksheet;

pub use analytics::{BETWEENNESS_NODES, modularity};
pub use chains::{Chain, ChainRule, chains};
pub use change::{Change, PairChange, STEP, change};
pub use dyads::{DyadFigures, Split, dyads};
pub use measures::{Bridge, Community, MeasureRow, Order, bridges, groups, measures};
pub use network::{Caption, DyadTotal, Link, Network, Node, NodeKind, Tie, Value, View};
pub use project::{Rows, Selection, project};
