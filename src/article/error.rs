//! What can be wrong with an input: where it was, what happened, and the way out.

use std::fmt;
use std::io;

/// One input, or one record of an input, that gave no article. The inputs after it are read all the same.
#[derive(Debug, thiserror::Error)]
#[error("{place}: {cause}")]
pub struct ReadError {
    /// Which input, and where in it.
    pub place: Place,
    /// What happened.
    #[source]
    pub cause: Cause,
}

impl ReadError {
    pub(super) fn new(place: &Place, cause: Cause) -> Self {
        Self { place: place.clone(), cause }
    }

    /// Whether the input was read well and left out on purpose (another language, a file of another kind in a folder), so that nothing failed.
    #[must_use]
    pub fn is_skip(&self) -> bool {
        matches!(self.cause, Cause::NotEnglish { .. } | Cause::OtherFile)
    }

    /// Kebab-case kind of the cause, for counting.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        self.cause.kind()
    }

    /// What the person can do about it.
    #[must_use]
    pub fn hint(&self) -> &'static str {
        self.cause.hint()
    }
}

/// Where an article came from.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The path as given or found; `-` for stdin.
    pub input: String,
    /// Where in the input, for containers.
    pub record: Option<Record>,
}

/// A place within a container.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Record {
    /// Line of a JSON Lines file, from 1.
    Line(u64),
    /// Entry of a feed or a JSON array, record of a WARC archive, from 1.
    Entry(u64),
}

impl Place {
    pub(super) fn whole(input: impl Into<String>) -> Self {
        Self { input: input.into(), record: None }
    }

    pub(super) fn at(&self, record: Record) -> Self {
        Self { input: self.input.clone(), record: Some(record) }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let input = if self.input == "-" { "<stdin>" } else { &self.input };
        match self.record {
            None => f.write_str(input),
            Some(Record::Line(n)) => write!(f, "{input}, line {n}"),
            Some(Record::Entry(n)) => write!(f, "{input}, entry {n}"),
        }
    }
}

/// Why an input gave no article.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Cause {
    /// The path does not exist.
    #[error("no such file or folder")]
    NotFound,
    /// The path may not be read.
    #[error("permission denied")]
    PermissionDenied,
    /// The glob pattern cannot be read.
    #[error("`{pattern}` is not a glob pattern: {reason}")]
    BadGlob {
        /// As given.
        pattern: String,
        /// What the pattern reader says.
        reason: String,
    },
    /// A glob or a folder without any file.
    #[error("no file matches")]
    NoMatch,
    /// Reading failed.
    #[error("cannot be read: {0}")]
    Io(#[source] io::Error),
    /// Neither a regular file nor a pipe.
    #[error("is not a file that can be read ({0})")]
    NotAFile(&'static str),
    /// No byte, or nothing but white space.
    #[error("is empty")]
    Empty,
    /// Text without a single letter.
    #[error("has no words")]
    NoText,
    /// Not text.
    #[error("is not text ({0})")]
    Binary(&'static str),
    /// The compressed stream is damaged or cut.
    #[error("cannot be decompressed ({format}): {source}")]
    Compression {
        /// `gzip`, `xz` or `zstd`.
        format: &'static str,
        /// What the decoder says.
        source: io::Error,
    },
    /// More bytes than an article may have.
    #[error("is longer than {} once decompressed", megabytes(*.limit))]
    TooLong {
        /// The limit in bytes.
        limit: usize,
    },
    /// Not JSON.
    #[error("is not JSON: {0}")]
    Json(String),
    /// JSON of another shape than an article's.
    #[error("is JSON, but no article: {0}")]
    NotAnArticle(String),
    /// HTML in which no main text can be found.
    #[error("is a page without a main text")]
    NoMainText,
    /// A web archive that is damaged.
    #[error("is not a whole WARC archive: {0}")]
    Warc(String),
    /// A web archive without a page.
    #[error("holds no page that a server sent")]
    NoPage,
    /// A page in an archive that cannot be unpacked.
    #[error("is a page in a compression that is not read, or longer than allowed")]
    Packed,
    /// XML that is no feed.
    #[error("is not an RSS or Atom feed: {0}")]
    Feed(String),
    /// A file met in a folder whose name does not say that it holds articles.
    #[error("is no text, HTML, JSON, feed or WARC file by its name")]
    OtherFile,
    /// Written in another language.
    #[error("is not in English (looks like `{language}`)")]
    NotEnglish {
        /// ISO 639-1 code where there is one, else ISO 639-3.
        language: String,
    },
}

impl Cause {
    pub(super) fn from_io(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::NotFound => Self::NotFound,
            io::ErrorKind::PermissionDenied => Self::PermissionDenied,
            _ => Self::Io(error),
        }
    }

    fn kind(&self) -> &'static str {
        match self {
            Self::NotFound => "not-found",
            Self::PermissionDenied => "permission-denied",
            Self::BadGlob { .. } => "bad-glob",
            Self::NoMatch => "no-match",
            Self::Io(_) => "unreadable",
            Self::NotAFile(_) => "not-a-file",
            Self::Empty => "empty",
            Self::NoText => "no-text",
            Self::Binary(_) => "binary",
            Self::Compression { .. } => "damaged-compression",
            Self::TooLong { .. } => "too-long",
            Self::Json(_) => "bad-json",
            Self::NotAnArticle(_) => "not-an-article",
            Self::NoMainText => "no-main-text",
            Self::Warc(_) => "bad-warc",
            Self::NoPage => "no-page",
            Self::Packed => "packed-page",
            Self::Feed(_) => "bad-feed",
            Self::OtherFile => "other-file",
            Self::NotEnglish { .. } => "not-english",
        }
    }

    fn hint(&self) -> &'static str {
        match self {
            Self::NotFound => "check the spelling of the path; quote globs so that the shell leaves them alone",
            Self::PermissionDenied => "make it readable (chmod +r), or leave it out",
            Self::BadGlob { .. } => "use *, ?, [a-z] and **; write [*] for a star that is meant literally",
            Self::NoMatch => "check the pattern and the folder",
            Self::Io(_) => "try again; if it stays so, the disk or the network share is at fault",
            Self::NotAFile(_) => "name a regular file, a folder, or - for stdin",
            Self::Empty | Self::NoText => "remove it, or fetch it again",
            Self::Binary(_) => "convert it to text or HTML first",
            Self::Compression { .. } => "fetch or compress it again; the file is damaged or cut short",
            Self::TooLong { .. } => "split it, use JSON Lines for many articles, or raise --max-size",
            Self::Json(_) => "one JSON object a line for .jsonl, one object or an array for .json",
            Self::NotAnArticle(_) => "an article needs a `text` (or `body` or `content`) that is a string",
            Self::NoMainText => "save the page's text as .txt",
            Self::Warc(_) => "fetch it again; what stands before the damage was read",
            Self::NoPage => {
                "pages are `response` records with status 200 and type text/html; other records are passed over"
            }
            Self::Packed => "gzip and deflate are read; raise --max-size where it is too long",
            Self::Feed(_) => "save the feed itself (RSS, Atom or JSON Feed), not the page that links to it",
            Self::OtherFile => "name the file itself to have it read all the same",
            Self::NotEnglish { .. } => "only English is read; pass --any-language to try all the same",
        }
    }
}

fn megabytes(bytes: usize) -> String {
    if bytes >= 1024 * 1024 { format!("{} MiB", bytes / (1024 * 1024)) } else { format!("{bytes} bytes") }
}
