//! The file → a store.

use super::error::BackupError;
use super::manifest::{Head, Manifest, Part};
use super::{GRAPH, HEAD, Line, MANIFEST, TEXTS};
use crate::graph::error::StoreError;
use crate::graph::folder::{Access, Folder};
use crate::graph::store::Store;
use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::Quad;
use std::ffi::OsString;
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// Most bytes of one entry: a part and its longest line are far from it.
const LARGEST: u64 = 1 << 30;

/// Makes a store at `place`, where nothing may be but an empty folder, of a backup that [`Store::backup`] wrote.
///
/// It is made beside its place (`….restoring`) and renamed when everything is checked: there is all of it or nothing. What
/// a restore that was cut off has left is removed by the next.
///
/// # Errors
/// [`BackupError::Occupied`]; a file that is damaged, of another version, or no backup; a full disk.
pub fn restore(backup: &mut dyn Read, place: &Path) -> Result<Manifest, BackupError> {
    if !is_free(place)? {
        return Err(BackupError::Occupied { path: place.to_owned() });
    }
    // Nothing is made before the head is known to be that of a backup.
    let unpacked = zstd::Decoder::new(backup).map_err(|e| BackupError::Foreign(e.to_string()))?;
    let mut archive = tar::Archive::new(unpacked);
    let mut entries = archive.entries().map_err(|e| BackupError::Foreign(e.to_string()))?;
    let head = first(&mut entries)?;
    let stage = Stage::beside(place)?;
    let manifest = fill(&mut entries, &head, &stage.folder)?;
    drop(entries);
    // The end of the stream has its checksum.
    io::copy(&mut archive.into_inner(), &mut io::sink()).map_err(|e| BackupError::damaged("its end", e))?;
    stage.settle()?;
    Ok(manifest)
}

/// Whether nothing is at the place, or an empty folder.
fn is_free(place: &Path) -> Result<bool, BackupError> {
    match fs::read_dir(place) {
        Ok(mut entries) => Ok(entries.next().is_none()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(!place.is_symlink()),
        Err(_) if place.exists() => Ok(false),
        Err(error) => Err(StoreError::io(place, error).into()),
    }
}

/// The head, which must come first.
fn first<R: Read>(entries: &mut tar::Entries<'_, R>) -> Result<Head, BackupError> {
    let foreign = |what: &str| BackupError::Foreign(what.into());
    let entry = entries.next().ok_or_else(|| foreign("it is empty"))?;
    let entry = entry.map_err(|e| BackupError::Foreign(e.to_string()))?;
    if entry.path_bytes() != HEAD.as_bytes() {
        return Err(foreign("its first entry is no head of a backup"));
    }
    Head::read(&content(entry)?.1)
}

/// The entries that follow, into a new store in the folder, which is checked against the manifest.
fn fill<R: Read>(entries: &mut tar::Entries<'_, R>, head: &Head, folder: &Path) -> Result<Manifest, BackupError> {
    let mut store = Store::at(folder, Access::Create)?;
    let (mut parts, mut texts) = (Vec::new(), 0);
    let told = loop {
        let Some(entry) = entries.next() else {
            return Err(BackupError::Damaged("it ends before its manifest".into()));
        };
        let (name, content) = content(entry.map_err(|e| BackupError::damaged("an entry", e))?)?;
        match name.split('/').next() {
            Some(MANIFEST) => break serde_json::from_slice::<Manifest>(&content),
            Some(GRAPH) => load(&mut store, &name, &content)?,
            Some(TEXTS) => texts += keep(&store, &name, &content)?,
            _ => return Err(BackupError::Damaged(format!("it holds `{name}`, which no backup has"))),
        }
        parts.push(Part::of(name, &content));
    };
    let told = told.map_err(|e| BackupError::damaged(MANIFEST, e))?;
    store.flush()?;
    let quads = store.inner().len().map_err(|e| store.located(e.into()))? as u64;
    let found = Manifest { head: head.clone(), quads, articles: store.article_ids()?.len() as u64, texts, parts };
    check(&told, &found)?;
    Ok(told)
}

/// Name and content of an entry.
fn content<R: Read>(entry: tar::Entry<'_, R>) -> Result<(String, Vec<u8>), BackupError> {
    let name = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
    let mut content = Vec::new();
    entry.take(LARGEST).read_to_end(&mut content).map_err(|e| BackupError::damaged(&name, e))?;
    Ok((name, content))
}

fn load(store: &mut Store, name: &str, content: &[u8]) -> Result<(), BackupError> {
    let quads: Result<Vec<Quad>, _> = RdfParser::from_format(RdfFormat::NQuads).for_slice(content).collect();
    Ok(store.change(&[], &quads.map_err(|e| BackupError::damaged(name, e))?)?)
}

/// The number of texts.
fn keep(store: &Store, name: &str, content: &[u8]) -> Result<u64, BackupError> {
    let mut count = 0;
    for line in content.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()) {
        let line: Line<'_> = serde_json::from_slice(line).map_err(|e| BackupError::damaged(name, e))?;
        store.keep_text(&line.article, &line.text)?;
        count += 1;
    }
    Ok(count)
}

/// What the manifest tells against what was found.
fn check(told: &Manifest, found: &Manifest) -> Result<(), BackupError> {
    let wrong = |what: String| Err(BackupError::Damaged(what));
    if told.head != found.head {
        return wrong("its manifest is of another backup".into());
    }
    let names = |manifest: &Manifest| manifest.parts.iter().map(|part| part.name.clone()).collect::<Vec<_>>();
    if names(told) != names(found) {
        return wrong("parts are missing, or in another order".into());
    }
    if let Some((part, _)) = told.parts.iter().zip(&found.parts).find(|(told, found)| told != found) {
        return wrong(format!("{} has not the length and SHA-256 that the manifest tells", part.name));
    }
    let counts = |m: &Manifest| [("quads", m.quads), ("articles", m.articles), ("texts", m.texts)];
    match counts(told).into_iter().zip(counts(found)).find(|(told, found)| told != found) {
        Some(((what, told), (_, found))) => wrong(format!("{told} {what} were written, {found} came back")),
        None => Ok(()),
    }
}

/// The folder beside the place where the store is made; removed unless it gets to its place.
struct Stage {
    place: PathBuf,
    folder: PathBuf,
    settled: bool,
}

impl Stage {
    fn beside(place: &Path) -> Result<Self, BackupError> {
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
    fn settle(mut self) -> Result<(), BackupError> {
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
