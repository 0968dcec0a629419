//! What can go wrong with a store, and the way out.

use oxigraph::store::{LoaderError, SerializerError, StorageError};
use std::io;
use std::path::{Path, PathBuf};

/// A store that cannot be opened, read or written.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// There is no store at the place.
    #[error("there is no store at {}", .path.display())]
    Missing {
        /// The place.
        path: PathBuf,
    },
    /// Something else is at the place.
    #[error("{} is no store of entente: {what}", .path.display())]
    NotAStore {
        /// The place.
        path: PathBuf,
        /// What is there instead.
        what: String,
    },
    /// Another process has it open.
    #[error("the store {} is in use by another program", .path.display())]
    InUse {
        /// The place.
        path: PathBuf,
    },
    /// A store of another version of the program, or of another back end.
    #[error("the store {} is written in {found}, this program reads {expected}", .path.display())]
    Format {
        /// The place.
        path: PathBuf,
        /// What the store says of itself.
        found: String,
        /// What this program can read.
        expected: String,
    },
    /// The disk is full.
    #[error("the disk is full; the store {} could not be written", .path.display())]
    Full {
        /// The place.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// A file of the store cannot be read or written.
    #[error("cannot use {}", .path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The back end cannot read or write.
    #[error("the store's back end failed")]
    Storage(#[source] StorageError),
    /// A file of the store is damaged.
    #[error("the store is damaged: {0}")]
    Damaged(String),
    /// Output cannot be written.
    #[error(transparent)]
    Output(#[from] io::Error),
    /// A built-in file of the ontology does not fit.
    #[error("{file}: {message}")]
    Ontology {
        /// The file.
        file: String,
        /// What is wrong.
        message: String,
    },
    /// A text that is no RDF of the format it should be in.
    #[error("not RDF: {0}")]
    Rdf(String),
    /// A query that cannot be run.
    #[error("{name}: {message}")]
    Query {
        /// Its name.
        name: String,
        /// What is wrong.
        message: String,
    },
}

impl StoreError {
    /// The way out, where there is one.
    #[must_use]
    pub fn hint(&self) -> Option<&'static str> {
        Some(match self {
            Self::Missing { .. } => {
                "make one with `entente build PATH…`, or name another with --store or ENTENTE_STORE"
            }
            Self::NotAStore { .. } => "name another place with --store or ENTENTE_STORE; nothing there was changed",
            Self::InUse { .. } => "wait until it has ended, or name another store with --store or ENTENTE_STORE",
            Self::Format { .. } => "build the store anew with this program, at another place",
            Self::Full { .. } => "make room and run the same command again; what was stored before is unharmed",
            Self::Damaged(_) => "build the store anew from its articles",
            _ => return None,
        })
    }

    /// The error of a file operation.
    pub(super) fn io(path: &Path, source: io::Error) -> Self {
        let path = path.to_owned();
        if is_full(&source) { Self::Full { path, source } } else { Self::Io { path, source } }
    }

    /// The error of the back end of the store at `path`.
    pub(super) fn storage(path: Option<&Path>, error: StorageError) -> Self {
        let Some(path) = path else { return Self::Storage(error) };
        match error {
            StorageError::Io(source) if is_full(&source) => Self::Full { path: path.to_owned(), source },
            StorageError::Io(source) if source.to_string().to_lowercase().contains("lock") => {
                Self::InUse { path: path.to_owned() }
            }
            other => Self::Storage(other),
        }
    }
}

fn is_full(error: &io::Error) -> bool {
    error.kind() == io::ErrorKind::StorageFull || error.to_string().contains("No space left")
}

impl From<StorageError> for StoreError {
    fn from(error: StorageError) -> Self {
        Self::Storage(error)
    }
}

impl From<LoaderError> for StoreError {
    fn from(error: LoaderError) -> Self {
        match error {
            LoaderError::Storage(error) => Self::Storage(error),
            other => Self::Damaged(other.to_string()),
        }
    }
}

impl From<SerializerError> for StoreError {
    fn from(error: SerializerError) -> Self {
        match error {
            SerializerError::Io(error) => Self::Output(error),
            SerializerError::Storage(error) => Self::Storage(error),
            SerializerError::DatasetFormatExpected(format) => Self::Damaged(format.to_string()),
        }
    }
}
