//! A copy of the back end's files, so that a reader that stays keeps no writer out.
//!
//! The caller holds the store's lock while the copy is made, so that no file changes meanwhile. Sorted tables are never
//! changed once written: they are linked where the file system can, and take no room; the others are copied.

use super::error::StoreError;
use std::fs::{self, File};
use std::path::{Path, PathBuf};

/// The folder beside the graph that holds the copies.
const FOLDER: &str = "readers";
/// The file in a copy that is locked while somebody reads it.
const LOCK: &str = "READER";

/// A copy; removed when it is dropped.
#[derive(Debug)]
pub(super) struct Copy {
    path: PathBuf,
    /// Tells other programs that this copy is in use.
    _lock: File,
}

impl Copy {
    /// Copies the files of `graph`, and removes copies that nobody reads any more.
    pub(super) fn of(graph: &Path) -> Result<Self, StoreError> {
        let readers = graph.with_file_name(FOLDER);
        fs::create_dir_all(&readers).map_err(|e| StoreError::io(&readers, e))?;
        sweep(&readers);
        let (path, lock) = claim(&readers)?;
        let copy = Self { path, _lock: lock };
        for entry in fs::read_dir(graph).map_err(|e| StoreError::io(graph, e))? {
            let entry = entry.map_err(|e| StoreError::io(graph, e))?;
            let name = entry.file_name();
            let text = name.to_string_lossy();
            if text == "LOCK" || text.starts_with("LOG") || !entry.path().is_file() {
                continue;
            }
            let to = copy.path.join(&name);
            let linked = text.ends_with(".sst") && fs::hard_link(entry.path(), &to).is_ok();
            if !linked {
                fs::copy(entry.path(), &to).map_err(|e| StoreError::io(&to, e))?;
            }
        }
        Ok(copy)
    }

    /// The folder.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }
}

impl Drop for Copy {
    fn drop(&mut self) {
        // What cannot be removed now is swept by the next reader.
        let _ = fs::remove_dir_all(&self.path);
    }
}

/// A new folder in `readers`, and its lock.
fn claim(readers: &Path) -> Result<(PathBuf, File), StoreError> {
    let mut number = 0_u64;
    loop {
        let path = readers.join(format!("{}-{number}", std::process::id()));
        match fs::create_dir(&path) {
            Ok(()) => {
                let file = path.join(LOCK);
                let lock = File::create(&file).map_err(|e| StoreError::io(&file, e))?;
                // A file system without locks: then nothing is swept either.
                let _ = lock.try_lock();
                return Ok((path, lock));
            }
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => number += 1,
            Err(error) => return Err(StoreError::io(&path, error)),
        }
    }
}

/// Removes the copies whose readers are gone.
fn sweep(readers: &Path) {
    let Ok(entries) = fs::read_dir(readers) else { return };
    for path in entries.flatten().map(|entry| entry.path()) {
        let Ok(lock) = File::options().write(true).open(path.join(LOCK)) else { continue };
        if lock.try_lock().is_ok() {
            let _ = fs::remove_dir_all(&path);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_is_apart_and_goes_with_its_reader() {
        let dir = tempfile::tempdir().unwrap();
        let graph = dir.path().join("rocksdb");
        fs::create_dir(&graph).unwrap();
        for name in ["000001.sst", "CURRENT", "LOCK", "LOG"] {
            fs::write(graph.join(name), name).unwrap();
        }
        let copy = Copy::of(&graph).unwrap();
        let mut names: Vec<String> =
            fs::read_dir(copy.path()).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        assert_eq!(names, ["000001.sst", "CURRENT", LOCK]);
        fs::write(graph.join("CURRENT"), "changed").unwrap();
        fs::remove_file(graph.join("000001.sst")).unwrap();
        assert_eq!(fs::read_to_string(copy.path().join("CURRENT")).unwrap(), "CURRENT");
        assert_eq!(fs::read_to_string(copy.path().join("000001.sst")).unwrap(), "000001.sst");
        let other = Copy::of(&graph).unwrap();
        assert!(copy.path().exists() && other.path() != copy.path(), "a copy in use is not swept");
        let path = copy.path().to_owned();
        drop(copy);
        assert!(!path.exists());
    }

    #[test]
    fn a_copy_that_was_left_behind_is_swept() {
        let dir = tempfile::tempdir().unwrap();
        let graph = dir.path().join("rocksdb");
        fs::create_dir(&graph).unwrap();
        let left = dir.path().join(FOLDER).join("1-0");
        fs::create_dir_all(&left).unwrap();
        fs::write(left.join(LOCK), "").unwrap();
        let _copy = Copy::of(&graph).unwrap();
        assert!(!left.exists());
    }
}
