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

/// Oldest format whose articles are written as today: what follows from them can be made anew.
pub(super) const OLDEST_FORMAT: u32 = 2;

const MARKER: &str = "STORE";
const TITLE: &str = "entente store";
const TEXT_FILE: &str = "graph.nq";
const TEXT: &str = "n-quads";
const BACKEND: &str = if cfg!(feature = "persist") { "rocksdb" } else { TEXT };

/// How a store is opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Access {
    /// Alone, and made where it is missing.
    Create,
    /// Alone.
    Write,
    /// Beside other readers.
    Read,
    /// The same, whatever program wrote it, if its articles are written as today (see [`OLDEST_FORMAT`]).
    Old,
}

/// A folder that is a store, locked for as long as this value lives.
#[derive(Debug)]
pub(super) struct Folder {
    path: PathBuf,
    mark: Mark,
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
        let write = matches!(access, Access::Create | Access::Write);
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
        let mark = if text.is_empty() && write {
            // New, or its making was cut off.
            marker.write_all(Mark::own().text().as_bytes()).map_err(|e| StoreError::io(&marker_path, e))?;
            Mark::own()
        } else if text.is_empty() {
            return Err(StoreError::Missing { path: path.to_owned() });
        } else {
            Mark::read(path, &text, access)?
        };
        Ok(Self { path: path.to_owned(), mark, _marker: marker })
    }

    /// The format that it is written in.
    pub(super) fn format(&self) -> u32 {
        self.mark.format
    }

    /// The file of a store that keeps its graph in one.
    pub(super) fn text(&self) -> Option<PathBuf> {
        (self.mark.backend == TEXT).then(|| self.path.join(TEXT_FILE))
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
    path.join(if cfg!(feature = "persist") { "rocksdb" } else { TEXT_FILE })
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

/// What the marker says.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Mark {
    format: u32,
    backend: String,
}

impl Mark {
    fn own() -> Self {
        Self { format: FORMAT_VERSION, backend: BACKEND.into() }
    }

    fn text(&self) -> String {
        format!("{TITLE}\nformat {}\nback end {}\n", self.format, self.backend)
    }

    /// Reads it, and refuses a store that cannot be opened so.
    fn read(path: &Path, text: &str, access: Access) -> Result<Self, StoreError> {
        let mut lines = text.lines();
        if lines.next() != Some(TITLE) {
            return Err(StoreError::NotAStore { path: path.to_owned(), what: "its file STORE is not ours".into() });
        }
        let mut rest = lines.map(|line| line.rsplit_once(' ').map_or(line, |(_, value)| value));
        let (format, backend) = (rest.next().unwrap_or("?"), rest.next().unwrap_or("?"));
        let mark = format.parse().ok().map(|format| Self { format, backend: backend.into() });
        let fits = |mark: &Self| match access {
            Access::Old => {
                (OLDEST_FORMAT..=FORMAT_VERSION).contains(&mark.format) && [TEXT, BACKEND].contains(&backend)
            }
            _ => *mark == Self::own(),
        };
        if let Some(mark) = mark.clone().filter(fits) {
            return Ok(mark);
        }
        let named = |format: &str, backend: &str| format!("format {format} for {backend}");
        let age = mark.map_or(std::cmp::Ordering::Equal, |mark| mark.format.cmp(&FORMAT_VERSION));
        let whose = match age {
            std::cmp::Ordering::Greater => " by a newer version of entente",
            std::cmp::Ordering::Less => " by an older version of entente",
            std::cmp::Ordering::Equal => "",
        };
        let found = named(format, backend) + whose;
        let expected = named(&FORMAT_VERSION.to_string(), BACKEND);
        Err(StoreError::Format { path: path.to_owned(), found, expected, age })
    }
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
        assert_eq!(fs::read_to_string(path.join(MARKER)).unwrap(), Mark::own().text());
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
            for told in
                [format!("format {format} for {BACKEND}"), format!("reads format {FORMAT_VERSION} for {BACKEND}")]
            {
                assert!(error.to_string().contains(&told), "{error}");
            }
            let way_out = if format > FORMAT_VERSION { "that version of entente" } else { "entente restore OLD" };
            assert!(error.hint().is_some_and(|hint| hint.contains(way_out)));
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
