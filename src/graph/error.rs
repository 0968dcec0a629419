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
        /// Whether its format is older or newer; equal where only the back end differs.
        age: std::cmp::Ordering,
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
            Self::Format { age: std::cmp::Ordering::Greater, .. } => {
                "open it with that version of entente, or a newer one"
            }
            Self::Format { .. } => {
                "make a store that this program reads of it with `entente restore OLD --store NEW`; what cannot be read so is built \
                 anew from its articles (decisions move with `entente curate export` and `import`)"
            }
            Self::Full { .. } => "make room and run the same command again; what was stored before is unharmed",
            Self::Damaged(_) | Self::Storage(StorageError::Corruption(_)) => {
                "move the store's folder away, then `entente restore` a backup or build the store anew from its articles"
            }
            Self::Io { source, .. } if is_forbidden(source) => {
                "give this user the right to it, or name another place with --store or ENTENTE_STORE; to read a store, the \
                 right to read is enough"
            }
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
        let path = path.to_owned();
        match error {
            StorageError::Io(source) if is_full(&source) => Self::Full { path, source },
            StorageError::Io(source) if is_lock(&source) => Self::InUse { path },
            // A file that the back end knows of is gone.
            StorageError::Io(source) if source.kind() == io::ErrorKind::NotFound => {
                Self::Damaged(format!("{}: {source}", path.display()))
            }
            StorageError::Io(source) => Self::Io { path, source },
            StorageError::Corruption(error) => Self::Damaged(format!("{}: {error}", path.display())),
            other => Self::Storage(other),
        }
    }
}

/// Whether another has the back end's lock, in the words of RocksDB.
fn is_lock(error: &io::Error) -> bool {
    let text = error.to_string();
    text.contains("While lock file") || text.contains("lock hold by")
}

/// Whether the system does not let this user do that.
pub(super) fn is_forbidden(error: &io::Error) -> bool {
    let text = error.to_string();
    matches!(error.kind(), io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem)
        || text.contains("Permission denied")
        || text.contains("Read-only file system")
}

fn is_full(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge)
        || error.to_string().contains("No space left")
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

#[cfg(test)]
mod tests {
    use super::*;

    /// What RocksDB says, as Oxigraph gives it on.
    fn told(kind: io::ErrorKind, text: &str) -> StoreError {
        StoreError::storage(Some(Path::new("/data/blocks/a.store")), StorageError::Io(io::Error::new(kind, text)))
    }

    #[test]
    fn what_the_back_end_says_is_told_with_the_way_out() {
        use io::ErrorKind::{NotFound, Other, StorageFull};
        let gone =
            "IO error: No such file or directory: While open a file for random read: /data/blocks/a.store/000012.sst";
        assert!(matches!(told(NotFound, gone), StoreError::Damaged(what) if what.contains("000012.sst")));
        let locked = "IO error: While lock file: /data/blocks/a.store/LOCK: Resource temporarily unavailable";
        assert!(matches!(told(Other, locked), StoreError::InUse { .. }));
        // A folder's name says nothing of locks.
        let failed = "IO error: While fsync: /data/blocks/a.store/000012.sst: Input/output error";
        assert!(matches!(told(Other, failed), StoreError::Io { .. }));
        assert!(matches!(told(StorageFull, "IO error: No space left on device"), StoreError::Full { .. }));
        let forbidden = told(Other, "IO error: While open a file for appending: /data/x: Read-only file system");
        assert!(forbidden.hint().unwrap().contains("right to read is enough"));
        for error in [told(NotFound, gone), StoreError::Damaged("x".into())] {
            assert!(error.hint().unwrap().contains("entente restore"));
        }
    }
}
