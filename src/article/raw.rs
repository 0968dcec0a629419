//! Raw records → articles: pure, so that many threads can share the work.

use super::draft::Draft;
use super::http::Head;
use super::inputs::expand;
use super::open::{open, open_stream};
use super::records::{Records, split};
use super::{Article, Cause, Place, ReadError, ReadOptions, Record, decode, feed, html, json, plain};
use chrono::NaiveDate;
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};

/// The format of one record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    Text,
    Html,
    Json,
    Feed,
}

/// What an archive notes of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Captured {
    /// The server's header.
    pub(super) head: Head,
    /// Address that was asked for.
    pub(super) target: Option<String>,
    /// Day on which it was fetched (UTC).
    pub(super) date: Option<NaiveDate>,
}

/// The bytes of one record, not yet looked into.
#[derive(Debug, Clone)]
pub struct Raw {
    /// Where it came from.
    pub place: Place,
    form: Form,
    /// Id of an article that names none itself; empty where it came from stdin.
    id: String,
    bytes: Vec<u8>,
    captured: Option<Box<Captured>>,
}

impl Raw {
    pub(super) fn new(place: Place, form: Form, stem: String, bytes: Vec<u8>) -> Self {
        let id = if stem.is_empty() { content_id(&bytes) } else { stem };
        Self { place, form, id, bytes, captured: None }
    }

    /// A record of a container.
    pub(super) fn numbered(place: Place, form: Form, stem: &str, number: u64, bytes: Vec<u8>) -> Self {
        let id = if stem.is_empty() { content_id(&bytes) } else { format!("{stem}#{number}") };
        Self { place, form, id, bytes, captured: None }
    }

    /// A page of an archive.
    pub(super) fn captured(place: Place, stem: &str, number: u64, captured: Captured, bytes: Vec<u8>) -> Self {
        let raw = Self::numbered(place, Form::Html, stem, number, bytes);
        Self { captured: Some(Box::new(captured)), ..raw }
    }

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
    pub fn articles(&self, options: &ReadOptions) -> Vec<Result<Article, ReadError>> {
        if self.bytes.trim_ascii().is_empty() {
            return vec![Err(ReadError::new(&self.place, Cause::Empty))];
        }
        if let Some(captured) = &self.captured {
            return vec![self.page(captured, options)];
        }
        let drafts = self.drafts();
        let many = drafts.len() > 1;
        let finish = |(i, draft): (usize, Result<Draft, Cause>)| {
            let place = if many { self.place.at(Record::Entry(i as u64 + 1)) } else { self.place.clone() };
            draft.map_err(|cause| ReadError::new(&place, cause)).and_then(|draft| draft.finish(&place, *options))
        };
        drafts.into_iter().enumerate().map(finish).collect()
    }

    /// The page of an archive; what it does not say itself is as the archive notes it.
    fn page(&self, captured: &Captured, options: &ReadOptions) -> Result<Article, ReadError> {
        let failed = |cause| ReadError::new(&self.place, cause);
        let page = captured.head.page(&self.bytes, options.max_bytes).ok_or_else(|| failed(Cause::Packed))?;
        let mut draft = html::read(&page, &self.id, captured.head.encoding()).map_err(failed)?;
        draft.url = draft.url.or_else(|| captured.target.clone());
        draft.source = draft.source.or_else(|| draft.url.as_deref().and_then(html::host).map(str::to_owned));
        let fetched = captured.date.filter(|_| draft.published.is_none());
        draft.published = draft.published.or(fetched);
        let article = draft.finish(&self.place, *options)?;
        Ok(Article { dated_by_fetch: fetched.is_some(), ..article })
    }

    fn drafts(&self) -> Vec<Result<Draft, Cause>> {
        match self.form {
            Form::Text => vec![Ok(plain::read(&decode::text(&self.bytes, None), &self.id))],
            Form::Html => vec![html::read(&self.bytes, &self.id, None)],
            // Cleaning comes after parsing: a line end within a JSON string would break it.
            Form::Json => json::read(&decode::decode(&self.bytes, None), &self.id),
            Form::Feed => match feed::read(&self.bytes, &self.id) {
                Ok(drafts) => drafts.into_iter().map(Ok).collect(),
                Err(cause) => vec![Err(cause)],
            },
        }
    }
}

/// What comes from stdin is named by its content, so that the same text has the same id.
fn content_id(bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    let hex: String = digest.iter().take(6).map(|byte| format!("{byte:02x}")).collect();
    format!("stdin-{hex}")
}

/// The raw records of all inputs, in order, one at a time: files, folders (recursively, sorted), globs, `-` for stdin.
pub fn raw_records<P: AsRef<Path>>(paths: &[P], options: ReadOptions) -> Records {
    let paths: Vec<PathBuf> = paths.iter().map(|p| p.as_ref().to_path_buf()).collect();
    Box::new(paths.into_iter().flat_map(expand).flat_map(move |input| -> Records {
        match input.and_then(open) {
            Ok(opened) => split(opened, options),
            Err(error) => Box::new(std::iter::once(Err(error))),
        }
    }))
}

/// The raw records of one stream, as of a file of this name: its ending tells the format where the first bytes do not, and
/// its stem is the id of an article that names none.
pub fn raw_records_of_stream(
    name: impl AsRef<Path>,
    stream: impl std::io::Read + Send + 'static,
    options: ReadOptions,
) -> Records {
    match open_stream(name.as_ref(), stream) {
        Ok(opened) => split(opened, options),
        Err(error) => Box::new(std::iter::once(Err(error))),
    }
}
