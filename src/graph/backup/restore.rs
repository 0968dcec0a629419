//! The file, or another store → a store.

use super::error::BackupError;
use super::manifest::{Head, Manifest, Part};
use super::stage::Stage;
use super::{GRAPH, HEAD, Line, MANIFEST, TEXTS, anew, copy};
use crate::graph::error::StoreError;
use crate::graph::folder::{Access, FORMAT_VERSION};
use crate::graph::store::Store;
use crate::knowledge::Knowledge;
use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::Quad;
use std::fs;
use std::io::{self, Read};
use std::path::Path;

/// Most bytes of one entry: a part and its longest line are far from it.
const LARGEST: u64 = 1 << 30;
/// How what zstd compressed begins.
const ZSTD: [u8; 4] = [0x28, 0xb5, 0x2f, 0xfd];

/// Where a store comes from.
pub enum Source<'s> {
    /// A file that [`Store::backup`] wrote, or a dump of a store as N-Quads ([`Store::dump`]).
    File(&'s mut dyn Read),
    /// The folder of another store, of this format or an older one.
    Store(&'s Path),
}

/// What becomes of events, ties and the reference, which follow from what articles say and people decided.
#[derive(Debug, Clone, Copy)]
pub enum Derived<'k> {
    /// They come back as they are; a store of an older format is refused.
    AsTheyAre,
    /// They are made anew where the store is of an older format.
    AnewIfOlder(&'k Knowledge),
    /// They are made anew.
    Anew(&'k Knowledge),
}

/// What came back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Restored {
    /// Quads of all graphs, as they were in the source.
    pub quads: u64,
    /// Articles.
    pub articles: u64,
    /// Articles whose text is kept.
    pub texts: u64,
    /// When the backup was written, as `xsd:dateTime`.
    pub created: Option<String>,
    /// The format of the source.
    pub format: u32,
    /// Whether events and ties were made anew.
    pub anew: bool,
}

/// Makes a store at `place`, where nothing may be but an empty folder.
///
/// It is made beside its place (`….restoring`) and renamed when everything is checked: there is all of it or nothing. What
/// a restore that was cut off has left is removed by the next.
///
/// # Errors
/// [`BackupError::Occupied`]; a file that is damaged, of another version, or no backup; a full disk.
pub fn restore(source: Source<'_>, place: &Path, derived: Derived<'_>) -> Result<Restored, BackupError> {
    if !is_free(place)? {
        return Err(BackupError::Occupied { path: place.to_owned() });
    }
    let (stage, mut restored) = match source {
        Source::Store(path) => copy::of_store(path, place)?,
        Source::File(file) => of_file(file, place, !matches!(derived, Derived::AsTheyAre))?,
    };
    let older = restored.format != FORMAT_VERSION;
    let knowledge = match derived {
        Derived::AsTheyAre if older => return Err(BackupError::older(restored.format)),
        Derived::AsTheyAre => None,
        Derived::AnewIfOlder(knowledge) => Some(knowledge).filter(|_| older),
        Derived::Anew(knowledge) => Some(knowledge),
    };
    if let Some(knowledge) = knowledge {
        anew::make(&stage.folder, knowledge)?;
        restored.anew = true;
    }
    stage.settle()?;
    Ok(restored)
}

/// A backup, which is compressed, or a dump, which is not.
fn of_file(file: &mut dyn Read, place: &Path, older: bool) -> Result<(Stage, Restored), BackupError> {
    let mut opening = Vec::new();
    file.take(ZSTD.len() as u64).read_to_end(&mut opening).map_err(|e| BackupError::Foreign(e.to_string()))?;
    let is_backup = opening == ZSTD;
    let mut file = io::Cursor::new(opening).chain(file);
    if is_backup { of_backup(&mut file, place, older) } else { copy::of_dump(&mut file, place) }
}

fn of_backup(file: &mut dyn Read, place: &Path, older: bool) -> Result<(Stage, Restored), BackupError> {
    // Nothing is made before the head is known to be that of a backup.
    let unpacked = zstd::Decoder::new(file).map_err(|e| BackupError::Foreign(e.to_string()))?;
    let mut archive = tar::Archive::new(unpacked);
    let mut entries = archive.entries().map_err(|e| BackupError::Foreign(e.to_string()))?;
    let head = first(&mut entries, older)?;
    let stage = Stage::beside(place)?;
    let told = fill(&mut entries, &head, &stage.folder)?;
    // The end of the stream has its checksum.
    io::copy(&mut archive.into_inner(), &mut io::sink()).map_err(|e| BackupError::damaged("its end", e))?;
    let (quads, articles, texts) = (told.quads, told.articles, told.texts);
    let restored =
        Restored { quads, articles, texts, created: Some(head.created), format: head.store_format, anew: false };
    Ok((stage, restored))
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
fn first<R: Read>(entries: &mut tar::Entries<'_, R>, older: bool) -> Result<Head, BackupError> {
    let foreign = |what: &str| BackupError::Foreign(what.into());
    let entry = entries.next().ok_or_else(|| foreign("it is empty"))?;
    let entry = entry.map_err(|e| BackupError::Foreign(e.to_string()))?;
    if entry.path_bytes() != HEAD.as_bytes() {
        return Err(foreign("its first entry is no head of a backup"));
    }
    Head::read(&content(entry)?.1, older)
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
    Ok(store.change(&[], quads.map_err(|e| BackupError::damaged(name, e))?)?)
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
