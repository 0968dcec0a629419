//! Inputs → raw records: bytes of one article or of one small container, and where they came from.

use super::{Article, Cause, Place, ReadError, ReadOptions};
use crate::text::Span;
use sha2::{Digest, Sha256};

/// The bytes of one record, not yet looked into.
#[derive(Debug, Clone)]
pub struct Raw {
    /// Where it came from.
    pub place: Place,
    bytes: Vec<u8>,
}

impl Raw {
    /// Size in bytes, decompressed.
    #[must_use]
    pub fn len(&self) -> usize {
        self.bytes.len()
    }

    /// Whether there is nothing in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.bytes.is_empty()
    }

    /// The articles in it, pure and without I/O: one for a file or a line, many for a feed.
    #[must_use]
    pub fn articles(&self, _options: &ReadOptions) -> Vec<Result<Article, ReadError>> {
        let text = String::from_utf8_lossy(&self.bytes).replace("\r\n", "\n");
        let stem = std::path::Path::new(&self.place.input)
            .file_stem()
            .map_or_else(String::new, |s| s.to_string_lossy().into_owned());
        let (date, text) = match text.strip_prefix("# date: ").and_then(|t| t.split_once('\n')) {
            Some((date, rest)) => (date.trim().parse().ok(), rest.trim_start().to_owned()),
            None => (None, text),
        };
        let title = text.lines().next().unwrap_or("").trim_end().to_owned();
        let sha256 = Sha256::digest(text.as_bytes()).iter().map(|b| format!("{b:02x}")).collect();
        vec![Ok(Article {
            id: stem,
            title_span: Some(Span::new(0, title.len())),
            title,
            published: date,
            source: None,
            url: None,
            language: "en".into(),
            text,
            sha256,
        })]
    }
}

/// The raw records of all inputs, in order.
pub fn raw_records<'o, P: AsRef<str>>(
    paths: &[P],
    _options: &'o ReadOptions,
) -> impl Iterator<Item = Result<Raw, ReadError>> + use<'o, P> {
    let paths: Vec<String> = paths.iter().map(|p| p.as_ref().to_owned()).collect();
    paths.into_iter().map(|path| {
        let place = Place::whole(path);
        match std::fs::read(&place.input) {
            Ok(bytes) => Ok(Raw { place, bytes }),
            Err(error) => Err(ReadError::new(&place, Cause::from_io(error))),
        }
    })
}
