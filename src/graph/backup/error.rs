//! What can go wrong with a backup, and the way out.

use crate::graph::error::StoreError;
use crate::graph::folder::FORMAT_VERSION;
use std::io;
use std::path::PathBuf;

/// A backup that cannot be written or restored.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// The store cannot be read or made.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The file cannot be written.
    #[error("cannot write the backup")]
    Output(#[source] io::Error),
    /// Something else than a backup.
    #[error("this is no backup of entente: {0}")]
    Foreign(String),
    /// A backup of another version of the program.
    #[error("the backup was written by entente {program} in {found}, this program reads {expected}")]
    Version {
        /// Version of the program that wrote it.
        program: String,
        /// What the backup says of itself.
        found: String,
        /// What this program can read.
        expected: String,
    },
    /// A backup that is not as it was written.
    #[error("the backup is damaged: {0}")]
    Damaged(String),
    /// There is something where the store is to be.
    #[error("{} is there already; a backup is restored only where nothing is", .path.display())]
    Occupied {
        /// The place.
        path: PathBuf,
    },
}

impl BackupError {
    /// The way out, where there is one.
    #[must_use]
    pub fn hint(&self) -> Option<&'static str> {
        Some(match self {
            Self::Store(error) => return error.hint(),
            Self::Output(error) if error.kind() == io::ErrorKind::BrokenPipe => {
                "the program at the other end of the pipe ended before all was written: what it has is no whole backup"
            }
            Self::Output(_) => "make room or name another place; no half-written backup is left",
            Self::Foreign(_) => {
                "backups are made with `entente backup FILE`; RDF files are checked with `entente check FILE`"
            }
            Self::Version { .. } => {
                "restore it with that version of entente, or build the store anew from its articles"
            }
            Self::Damaged(_) => {
                "nothing was restored; copy the file once more from where it was kept, take another backup, or build the store anew"
            }
            Self::Occupied { .. } => {
                "name another place with --store or ENTENTE_STORE, or move what is there away first; it was not touched"
            }
        })
    }

    /// A store that comes back only with its events and ties made anew.
    pub(super) fn older(format: u32) -> Self {
        let expected = format!("store format {FORMAT_VERSION}");
        Self::Version { program: "of an older version".into(), found: format!("store format {format}"), expected }
    }

    /// A part of the backup that cannot be read, and why.
    pub(super) fn damaged(what: &str, why: impl std::fmt::Display) -> Self {
        Self::Damaged(format!("{what} cannot be read ({why})"))
    }
}
