//! Untrusted bytes → checked [`Article`]s. Knows file formats; knows neither language analysis nor politics.

mod binary;
mod dates;
mod decode;
mod draft;
mod error;
mod feed;
mod given;
mod headline;
mod html;
mod http;
mod inputs;
mod json;
mod kind;
mod language;
mod open;
mod options;
mod plain;
mod raw;
mod records;
mod warc;

pub use error::{Cause, Place, ReadError, Record};
pub use given::Given;
pub use options::ReadOptions;
pub use raw::{Raw, raw_records, raw_records_of_stream};
pub use records::Records;

use crate::text::Span;
use chrono::NaiveDate;
use std::path::Path;

/// Reads every article of the inputs in order: files, folders (recursively, sorted), globs, `-` for stdin.
///
/// Streams: no more than one record of a JSON Lines file or a WARC archive is held. Each input or record that cannot be read is an `Err`
/// item, and the others go on. [`raw_records`] splits the same work in two, so that parsing can be spread over threads.
pub fn read_paths<P: AsRef<Path>>(
    paths: &[P],
    options: ReadOptions,
) -> impl Iterator<Item = Result<Article, ReadError>> + use<P> {
    raw_records(paths, options).flat_map(move |raw| match raw {
        Ok(raw) => raw.articles(&options),
        Err(error) => vec![Err(error)],
    })
}

/// Reads every article of one stream as of a file of this name: compressed or not, a text, a page, JSON Lines, an archive …
pub fn read_stream(
    name: impl AsRef<Path>,
    stream: impl std::io::Read + Send + 'static,
    options: ReadOptions,
) -> impl Iterator<Item = Result<Article, ReadError>> + Send {
    raw_records_of_stream(name, stream, options).flat_map(move |raw| match raw {
        Ok(raw) => raw.articles(&options),
        Err(error) => vec![Err(error)],
    })
}

/// One article as everything downstream sees it.
///
/// `text` is the one text that all offsets refer to: the title, a blank line, and the body (where the body does not already
/// open with the title). Line ends are `\n`, the encoding is UTF-8, nothing else is changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Article {
    /// Stable name: the `id` field of a JSON article, else the file's stem (plus `#n` within a container).
    pub id: String,
    /// The headline, trimmed; empty where none was found.
    pub title: String,
    /// Day of publication, from metadata or from the text.
    pub published: Option<NaiveDate>,
    /// Whether `published` is only the day on which a crawler fetched the page, which is the same day or later.
    pub dated_by_fetch: bool,
    /// Outlet or site name.
    pub source: Option<String>,
    /// Where it was published.
    pub url: Option<String>,
    /// ISO 639-1 code of the detected language.
    pub language: String,
    /// Title and body, the text that offsets count in.
    pub text: String,
    /// Byte span of the headline within `text`, where there is one.
    pub title_span: Option<Span>,
    /// Hex SHA-256 of `text`.
    pub sha256: String,
}
