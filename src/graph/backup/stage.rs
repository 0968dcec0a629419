//! Where a store is made before it gets to its place.

use super::error::BackupError;
use crate::graph::error::StoreError;
use crate::graph::folder::{Access, Folder};
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

/// The folder beside the place where the store is made; removed unless it gets to its place.
pub(super) struct Stage {
    place: PathBuf,
    /// Where it is made.
    pub(super) folder: PathBuf,
    settled: bool,
}

impl Stage {
    /// What an earlier one has left there is removed.
    pub(super) fn beside(place: &Path) -> Result<Self, BackupError> {
        // Where an empty folder is, or a link to one, the names are those of what is meant.
        let place = fs::canonicalize(place).unwrap_or_else(|_| place.to_owned());
        let mut name = place.file_name().map_or_else(|| OsString::from("entente.store"), OsString::from);
        name.push(".restoring");
        let folder = place.with_file_name(name);
        if folder.exists() {
            // Left by a restore that was cut off: it is a store, and nobody has it open.
            drop(Folder::open(&folder, Access::Create)?);
            fs::remove_dir_all(&folder).map_err(|e| StoreError::io(&folder, e))?;
        }
        Ok(Self { place, folder, settled: false })
    }

    /// Renames the folder to its place.
    pub(super) fn settle(mut self) -> Result<(), BackupError> {
        let io = |e| BackupError::from(StoreError::io(&self.place, e));
        if self.place.exists() {
            // Fails where something has come into it meanwhile.
            fs::remove_dir(&self.place).map_err(io)?;
        }
        fs::rename(&self.folder, &self.place).map_err(io)?;
        self.settled = true;
        Ok(())
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        if !self.settled {
            // The first error is the one to tell; what stays is removed by the next restore.
            let _ = fs::remove_dir_all(&self.folder);
        }
    }
}
