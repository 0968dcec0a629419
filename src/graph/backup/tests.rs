//! Backups that are whole, and those that are not.

use super::{BackupError, Derived, HEAD, MANIFEST, Source, restore};
use crate::article::{Given, ReadOptions};
use crate::facts::Extractor;
use crate::graph::dump::RdfFormat;
use crate::graph::{RunInfo, Store};
use std::io::Read;
use std::path::{Path, PathBuf};

const TEXT: &str = "Oslo\n\nThe prime ministers of Norway and Sweden met in Oslo on Monday and signed an agreement.";
const NOW: &str = "2025-11-02T09:30:00Z";

struct Place {
    dir: tempfile::TempDir,
    backup: Vec<u8>,
}

impl Place {
    /// A backup of a store with one article and its text.
    fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let extractor = Extractor::builtin().unwrap();
        let given = Given { id: Some("oslo".into()), ..Given::default() };
        let article = given.read(TEXT.as_bytes(), false, ReadOptions::default()).unwrap();
        let mut store = Store::open(&dir.path().join("a.store")).unwrap();
        store.refer(extractor.knowledge()).unwrap();
        store.add(&extractor.facts(&article), &RunInfo::new(extractor.knowledge(), "")).unwrap();
        store.keep_text("oslo", &article.text).unwrap();
        store.settle().unwrap();
        store.flush().unwrap();
        let mut backup = Vec::new();
        let manifest = store.backup(NOW, &mut backup).unwrap();
        assert_eq!((manifest.articles, manifest.texts, manifest.head.created.as_str()), (1, 1, NOW));
        Self { dir, backup }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    /// The entries of the backup.
    fn entries(&self) -> Vec<(String, Vec<u8>)> {
        let mut archive = tar::Archive::new(zstd::Decoder::new(&*self.backup).unwrap());
        let read = |entry: std::io::Result<tar::Entry<'_, _>>| {
            let mut entry = entry.unwrap();
            let name = String::from_utf8(entry.path_bytes().into_owned()).unwrap();
            let mut content = Vec::new();
            entry.read_to_end(&mut content).unwrap();
            (name, content)
        };
        archive.entries().unwrap().map(read).collect()
    }

    /// The error of restoring these bytes, which must leave nothing.
    #[track_caller]
    fn refused(&self, bytes: &[u8]) -> BackupError {
        let place = self.path("b.store");
        let error = restore(Source::File(&mut &*bytes), &place, Derived::AsTheyAre).unwrap_err();
        let mut left: Vec<_> = std::fs::read_dir(self.dir.path()).unwrap().map(|e| e.unwrap().file_name()).collect();
        left.retain(|name| name != "a.store");
        assert_eq!(left, [""; 0], "{error}");
        error
    }
}

/// A file of these entries.
fn pack(entries: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut tar = tar::Builder::new(zstd::Encoder::new(Vec::new(), 1).unwrap());
    for (name, content) in entries {
        let mut header = tar::Header::new_ustar();
        header.set_size(content.len() as u64);
        tar.append_data(&mut header, name, &**content).unwrap();
    }
    tar.into_inner().unwrap().finish().unwrap()
}

fn dump(path: &Path) -> Vec<u8> {
    let mut out = Vec::new();
    Store::open_existing(path).unwrap().dump(RdfFormat::NQuads, &mut out).unwrap();
    out
}

#[test]
fn a_store_comes_back_whole() {
    let place = Place::new();
    let restored = place.path("deep/in/b.store");
    let manifest = restore(Source::File(&mut &*place.backup), &restored, Derived::AsTheyAre).unwrap();
    let lines = dump(&restored);
    assert_eq!(lines, dump(&place.path("a.store")));
    assert_eq!(manifest.quads as usize, lines.iter().filter(|b| **b == b'\n').count());
    let store = Store::open_existing(&restored).unwrap();
    assert_eq!(
        store.text("oslo").unwrap(),
        Store::open_existing(&place.path("a.store")).unwrap().text("oslo").unwrap()
    );
    assert!(store.text("oslo").unwrap().is_some());
    let names: Vec<String> = place.entries().into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, [HEAD, "graph/00001.nq", "texts/00001.jsonl", MANIFEST]);
}

#[test]
fn an_empty_folder_is_filled_and_any_other_left_alone() {
    let place = Place::new();
    let (empty, full) = (place.path("empty"), place.path("full"));
    for folder in [&empty, &full] {
        std::fs::create_dir(folder).unwrap();
    }
    restore(Source::File(&mut &*place.backup), &empty, Derived::AsTheyAre).unwrap();
    assert_eq!(dump(&empty), dump(&place.path("a.store")));
    std::fs::write(full.join("thesis.doc"), "years of work").unwrap();
    for taken in [&full, &full.join("thesis.doc"), &empty] {
        assert!(matches!(
            restore(Source::File(&mut &*place.backup), taken, Derived::AsTheyAre),
            Err(BackupError::Occupied { .. })
        ));
    }
    assert_eq!(std::fs::read_dir(&full).unwrap().count(), 1);
}

#[test]
fn what_a_restore_that_was_cut_off_has_left_is_removed() {
    let place = Place::new();
    let left = place.path("b.store.restoring");
    drop(Store::open(&left).unwrap());
    restore(Source::File(&mut &*place.backup), &place.path("b.store"), Derived::AsTheyAre).unwrap();
    assert!(!left.exists());
    assert_eq!(dump(&place.path("b.store")), dump(&place.path("a.store")));
    // What is not ours stays.
    std::fs::create_dir(place.path("c.store.restoring")).unwrap();
    std::fs::write(place.path("c.store.restoring/thesis.doc"), "years of work").unwrap();
    assert!(restore(Source::File(&mut &*place.backup), &place.path("c.store"), Derived::AsTheyAre).is_err());
    assert!(place.path("c.store.restoring/thesis.doc").exists());
}

#[test]
fn a_backup_that_is_cut_short_or_changed_is_told() {
    let place = Place::new();
    let len = place.backup.len();
    for end in [0, 3, 20, len / 4, len / 2, len - 5, len - 1] {
        let error = place.refused(&place.backup[..end]);
        assert!(matches!(error, BackupError::Damaged(_) | BackupError::Foreign(_)), "{end}: {error}");
    }
    for at in [30, len / 5, len / 3, len / 2, len - 8, len - 2] {
        let mut bytes = place.backup.clone();
        bytes[at] ^= 0x55;
        let error = place.refused(&bytes);
        assert!(matches!(error, BackupError::Damaged(_) | BackupError::Foreign(_)), "{at}: {error}");
        assert!(error.hint().is_some());
    }
}

/// Names and contents of what is in a backup.
type Parts = Vec<(String, Vec<u8>)>;

#[test]
fn parts_must_be_those_of_the_manifest() {
    let place = Place::new();
    let told = |change: &dyn Fn(&mut Parts)| {
        let mut entries = place.entries();
        change(&mut entries);
        let error = place.refused(&pack(&entries));
        assert!(matches!(error, BackupError::Damaged(_)), "{error}");
        error.to_string()
    };
    assert!(told(&|e| _ = e.pop()).contains("ends before its manifest"));
    assert!(told(&|e| _ = e.remove(2)).contains("parts are missing"));
    assert!(told(&|e| e.insert(1, ("news/x".into(), Vec::new()))).contains("`news/x`"));
    let other = |e: &mut Vec<(String, Vec<u8>)>| e[2].1 = br#"{"article":"oslo","text":"Nothing."}"#.to_vec();
    assert!(told(&other).contains("texts/00001.jsonl has not the length and SHA-256"));
    assert!(told(&|e| e[1].1 = b"<urn:a> <urn:b>\n".to_vec()).contains("graph/00001.nq cannot be read"));
    assert!(told(&|e| e[1].1 = b"\xff\xfe\n".to_vec()).contains("graph/00001.nq cannot be read"));
}

#[test]
fn another_file_is_no_backup() {
    let place = Place::new();
    let other = pack(&[("notes.txt".into(), b"Oslo".to_vec())]);
    let packed = zstd::encode_all(TEXT.as_bytes(), 1).unwrap();
    for bytes in [b"<urn:a> <urn:b> <urn:c> .\n".as_slice(), b"", &other, &pack(&[]), &packed] {
        let error = place.refused(bytes);
        assert!(matches!(error, BackupError::Foreign(_)), "{error}");
    }
}
