//! The store over HTTP, for one machine: SPARQL protocol, JSON API, the explorer.
//!
//! ```text
//! listen ──▶ guard ──▶ route ──▶ sparql   ──▶ Store, within limits of time and size
//! (connections) (who may ask)  ├─▶ api      ──▶ Snapshot (all events in memory, indexed) ──▶ JSON
//!                              ├─▶ ingest   ──▶ Extractor, one writer at a time
//!                              └─▶ site     ──▶ files built into the program
//! ```
//!
//! A `Snapshot` is the store at one moment. When the store's files change a new one is read beside the
//! old one and takes its place; requests that began with the old one end with it. Nothing is written unless the server is
//! started with a token, and each write is that of any other program: it opens the store alone, and closes it.
//! Handlers are plain functions on the threads for blocking work; the async part only moves bytes.

mod api;
mod app;
mod call;
mod error;
mod guard;
mod ingest;
mod listen;
mod problem;
mod reply;
mod route;
mod site;
mod slow;
mod snapshot;
mod sparql;

pub use app::{Settings, new_token};
pub use error::ServerError;
pub use listen::serve;
