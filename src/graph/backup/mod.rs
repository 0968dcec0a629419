//! A store ↔ one portable file: a tar archive, compressed with zstd.
//!
//! ```text
//! backup.json                    the head: versions, time
//! graph/00001.nq …               every quad of every named graph, as N-Quads
//! texts/00001.jsonl …            the kept texts, one a line: {"article": id, "text": …}
//! manifest.json                  counts, and length and SHA-256 of each part
//! ```
//! Written and read as a stream: no more than one part is in memory. A store is restored in a folder beside its place and
//! renamed when everything is checked, so that there is all of it or nothing. A dump as N-Quads and the folder of another store
//! are restored in the same way; of an older format, with events and ties made anew.

mod anew;
mod copy;
mod error;
mod manifest;
mod restore;
mod stage;
mod write;

pub use error::BackupError;
pub use manifest::{Head, Manifest, Part};
pub use restore::{Derived, Restored, Source, restore};

const HEAD: &str = "backup.json";
const MANIFEST: &str = "manifest.json";
const GRAPH: &str = "graph";
const TEXTS: &str = "texts";

/// A line of a part with texts.
#[derive(Debug, serde::Serialize, serde::Deserialize)]
struct Line<'l> {
    article: std::borrow::Cow<'l, str>,
    text: std::borrow::Cow<'l, str>,
}

#[cfg(test)]
mod tests;
