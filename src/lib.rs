//! Entente reads news articles and builds a knowledge graph of the ties between countries.
//!
//! ```text
//! article ──▶ nlp ──▶ extract ──▶ resolve ──▶ facts ──▶ graph ──▶ query / view ──▶ server / cli
//!                        ▲           ▲
//!                     knowledge ─────┘
//! ```
//!
//! * [`text`]: spans, byte offsets and Unicode scalar offsets
//! * [`article`]: untrusted bytes → checked articles
//! * [`knowledge`]: ontology, lexicon, gazetteers → compiled knowledge
//! * [`nlp`]: text → sentences, tokens, tags, parse (no politics)
//! * [`extract`]: document + knowledge → mentions and candidates (no store)
//! * [`resolve`]: who is who, when, where, how sure → the facts of one article
//! * [`facts`]: the JSON contract
//! * [`evaluate`]: gold facts → scores, and weights for the judge
//! * [`graph`]: facts ↔ quads, the store, identity across articles (alone knows Oxigraph)
//! * [`query`]: the catalogue, parameters, result formats
//! * [`view`]: petgraph projections and exporters
//! * [`server`]: SPARQL protocol, JSON API, explorer
//! * [`cli`]: the program
//!
//! Each module uses only those above it. From article to facts there is no I/O, no clock, no randomness: the same input
//! gives the same bytes.

pub mod text;

pub mod article;

pub mod knowledge;

pub mod nlp;

pub mod extract;

pub mod resolve;

pub mod facts;

pub mod evaluate;

pub mod graph;

pub mod query;

pub mod view;

pub mod server;

pub mod cli;
