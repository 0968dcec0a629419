//! Untrusted bytes → checked [`Article`]s. Knows file formats; knows neither language analysis nor politics.

use crate::text::Span;
use chrono::NaiveDate;

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
