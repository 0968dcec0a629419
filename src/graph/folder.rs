//! The folder of a store on disk: its marker, its lock, and where the back end keeps the graph.
//!
//! `STORE` says that the folder is a store, of which format and back end; programs hold a lock on it while they have the
//! store open (one writer, or any number of readers). RocksDB lives in `rocksdb/`; without it the graph is `graph.nq`.

use super::error::StoreError;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

/// Version of the model that this program writes.
pub(super) const FORMAT_VERSION: u32 = 3;

const MARKER: &str = "STORE";
const TITLE: &str = "entente store";
#[cfg(feature = "persist")]
const BACKEND: &str = "rocksdb";
#[cfg(not(feature = "persist"))]
const BACKEND: &str = "n-quads";

/// How a store is opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Access {
    /// Alone, and made where it is missing.
    Create,
    /// Alone.
    Write,
    /// Beside other readers.
    Read,
}

/// A folder that is a store, locked for as long as this value lives.
#[derive(Debug)]
pub(super) struct Folder {
    path: PathBuf,
    /// Holds the lock.
    _marker: File,
}

impl Folder {
    /// Checks that `path` is a store or may become one, locks it, and marks a new one.
    pub(super) fn open(path: &Path, access: Access) -> Result<Self, StoreError> {
        let refuse = |what: &str| StoreError::NotAStore { path: path.to_owned(), what: what.to_owned() };
        match fs::metadata(path) {
            Ok(found) if !found.is_dir() => return Err(refuse("it is a file")),
            Ok(_) => {}
            Err(error) if error.kind() == std::io::ErrorKind::NotFound && access == Access::Create => {
                fs::create_dir_all(path).map_err(|e| StoreError::io(path, e))?;
            }
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                return Err(StoreError::Missing { path: path.to_owned() });
            }
            Err(error) => return Err(StoreError::io(path, error)),
        }
        let marker_path = path.join(MARKER);
        if !marker_path.is_file() {
            match (first_entry(path)?, access) {
                (Some(other), _) => return Err(refuse(&format!("the folder holds other things, such as `{other}`"))),
                (None, Access::Create) => {}
                (None, _) => return Err(StoreError::Missing { path: path.to_owned() }),
            }
        }
        let write = access != Access::Read;
        let mut marker = OpenOptions::new()
            .read(true)
            .write(write)
            .create(access == Access::Create)
            .truncate(false)
            .open(&marker_path)
            .map_err(|e| StoreError::io(&marker_path, e))?;
        match if write { marker.try_lock() } else { marker.try_lock_shared() } {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(StoreError::InUse { path: path.to_owned() }),
            // A file system without locks: the back end has its own.
            Err(TryLockError::Error(error)) if error.kind() == std::io::ErrorKind::Unsupported => {}
            Err(TryLockError::Error(error)) => return Err(StoreError::io(&marker_path, error)),
        }
        let mut text = String::new();
        marker.read_to_string(&mut text).map_err(|_| refuse("its file STORE is not ours"))?;
        if text.is_empty() && write {
            // New, or its making was cut off.
            marker.write_all(own_mark().as_bytes()).map_err(|e| StoreError::io(&marker_path, e))?;
        } else if text.is_empty() {
            return Err(StoreError::Missing { path: path.to_owned() });
        } else {
            check_mark(path, &text)?;
        }
        Ok(Self { path: path.to_owned(), _marker: marker })
    }

    /// The folder.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Where the back end keeps the graph.
    pub(super) fn graph(&self) -> PathBuf {
        graph_of(&self.path)
    }
}

/// Where the back end keeps the graph of the store in the folder `path`.
pub(super) fn graph_of(path: &Path) -> PathBuf {
    path.join(if cfg!(feature = "persist") { "rocksdb" } else { "graph.nq" })
}

/// Writes a file whole or not at all.
#[cfg_attr(feature = "persist", allow(dead_code, reason = "RocksDB writes its own files"))]
pub(super) fn replace_file(
    path: &Path,
    write: impl FnOnce(&mut dyn Write) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    let new = path.with_extension("new");
    let io = |e| StoreError::io(path, e);
    let written = File::create(&new).map_err(io).and_then(|file| {
        let mut out = std::io::BufWriter::with_capacity(1 << 16, file);
        write(&mut out)?;
        let file = out.into_inner().map_err(|e| io(e.into_error()))?;
        file.sync_all().map_err(io)
    });
    let done = written.and_then(|()| fs::rename(&new, path).map_err(io));
    if done.is_err() {
        // The first error is the one to tell.
        let _ = fs::remove_file(&new);
    }
    done.map_err(|error| match error {
        StoreError::Output(source) => StoreError::io(path, source),
        other => other,
    })
}

fn first_entry(path: &Path) -> Result<Option<String>, StoreError> {
    let io = |e| StoreError::io(path, e);
    let mut names = Vec::new();
    for entry in fs::read_dir(path).map_err(io)? {
        names.push(entry.map_err(io)?.file_name().to_string_lossy().into_owned());
    }
    Ok(names.into_iter().min())
}

fn own_mark() -> String {
    format!("{TITLE}\nformat {FORMAT_VERSION}\nback end {BACKEND}\n")
}

fn check_mark(path: &Path, text: &str) -> Result<(), StoreError> {
    let mut lines = text.lines();
    if lines.next() != Some(TITLE) {
        return Err(StoreError::NotAStore { path: path.to_owned(), what: "its file STORE is not ours".into() });
    }
    let mut rest = lines.map(|line| line.rsplit_once(' ').map_or(line, |(_, value)| value));
    let (format, backend) = (rest.next().unwrap_or("?"), rest.next().unwrap_or("?"));
    let own = FORMAT_VERSION.to_string();
    if (format, backend) == (own.as_str(), BACKEND) {
        return Ok(());
    }
    let named = |format: &str, backend: &str| format!("format {format} for {backend}");
    let whose = match format.parse::<u32>() {
        Ok(number) if number > FORMAT_VERSION => " by a newer version of entente",
        Ok(number) if number < FORMAT_VERSION => " by an older version of entente",
        _ => "",
    };
    let found = named(format, backend) + whose;
    Err(StoreError::Format { path: path.to_owned(), found, expected: named(&own, BACKEND) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_with_other_things_is_refused_and_left_alone() {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join("thesis.doc"), "years of work").unwrap();
        let error = Folder::open(dir.path(), Access::Create).unwrap_err();
        assert!(matches!(&error, StoreError::NotAStore { what, .. } if what.contains("thesis.doc")), "{error}");
        assert_eq!(first_entry(dir.path()).unwrap().as_deref(), Some("thesis.doc"));
        let file = dir.path().join("thesis.doc");
        assert!(matches!(Folder::open(&file, Access::Create), Err(StoreError::NotAStore { .. })));
        assert_eq!(fs::read_to_string(&file).unwrap(), "years of work");
    }

    #[test]
    fn a_missing_or_empty_folder_is_made_a_store_only_by_who_may() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("new.store");
        for access in [Access::Read, Access::Write] {
            assert!(matches!(Folder::open(&path, access), Err(StoreError::Missing { .. })));
            assert!(!path.exists());
        }
        drop(Folder::open(&path, Access::Create).unwrap());
        drop(Folder::open(&path, Access::Read).unwrap());
        // A program was cut off while it made the store.
        fs::write(path.join(MARKER), "").unwrap();
        assert!(matches!(Folder::open(&path, Access::Read), Err(StoreError::Missing { .. })));
        drop(Folder::open(&path, Access::Create).unwrap());
        assert_eq!(fs::read_to_string(path.join(MARKER)).unwrap(), own_mark());
    }

    #[test]
    fn one_writer_or_many_readers() {
        let dir = tempfile::tempdir().unwrap();
        let writer = Folder::open(dir.path(), Access::Create).unwrap();
        for access in [Access::Create, Access::Write, Access::Read] {
            assert!(matches!(Folder::open(dir.path(), access), Err(StoreError::InUse { .. })));
        }
        drop(writer);
        let _reader = Folder::open(dir.path(), Access::Read).unwrap();
        let _other = Folder::open(dir.path(), Access::Read).unwrap();
        assert!(matches!(Folder::open(dir.path(), Access::Write), Err(StoreError::InUse { .. })));
    }

    #[test]
    fn a_store_of_another_format_is_refused() {
        let dir = tempfile::tempdir().unwrap();
        for format in [FORMAT_VERSION - 1, 99] {
            fs::write(dir.path().join(MARKER), format!("entente store\nformat {format}\nback end {BACKEND}\n"))
                .unwrap();
            let error = Folder::open(dir.path(), Access::Create).unwrap_err();
            let both =
                format!("format {format} for {BACKEND}, this program reads format {FORMAT_VERSION} for {BACKEND}");
            assert!(error.to_string().contains(&both), "{error}");
            assert!(error.hint().is_some_and(|hint| hint.contains("build the store anew")));
        }
        fs::write(dir.path().join(MARKER), "shop\n").unwrap();
        assert!(matches!(Folder::open(dir.path(), Access::Create), Err(StoreError::NotAStore { .. })));
    }

    #[test]
    fn a_file_that_cannot_be_written_whole_stays_as_it_was() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("graph.nq");
        fs::write(&path, "before").unwrap();
        let full = || std::io::Error::from(std::io::ErrorKind::StorageFull);
        let error = replace_file(&path, |out| {
            out.write_all(b"half")?;
            Err(full().into())
        });
        assert!(matches!(error, Err(StoreError::Full { .. })));
        assert_eq!(fs::read_to_string(&path).unwrap(), "before");
        assert!(!dir.path().join("graph.new").exists());
    }
}
