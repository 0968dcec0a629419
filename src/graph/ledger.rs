//! What a first build remembers of what it writes, so that settling reads none of it back.
//!
//! Where a store had no articles, its events are made of what has just been written, and of nothing else. Reading that back,
//! quad by quad, is the dearest part of settling, and the dearer the larger the graph is. So the tellings are kept by bucket, what
//! is said of people by person, and the events by pair and by participant; what is much of it in files that have no name. A
//! program that is cut off leaves no ledger, and the next one reads the store: the result is the same.

use super::event::Event;
use super::people::Said;
use super::store::{subject, value};
use super::telling::{self, Source, Telling};
use super::vocab::ent;
use oxigraph::model::Quad;
use rustc_hash::{FxHashMap, FxHashSet, FxHasher};
use std::collections::BTreeMap;
use std::fs::File;
use std::hash::Hasher as _;
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::rc::Rc;

/// Parts that tellings are kept in; one at a time is read.
const PARTS: usize = 64;
/// Bytes that are kept in memory before they go to a file: of all tellings, and of all events.
const IN_MEMORY: usize = 32 << 20;

/// Whether a store has a ledger.
#[derive(Default)]
pub(super) enum Remembers {
    /// Nothing was written yet.
    #[default]
    Untried,
    /// All that was written.
    All(Box<Ledger>),
    /// The store is there without one.
    Nothing,
}

/// What a first build has written.
pub(super) struct Ledger {
    parts: Vec<Part>,
    file: Option<File>,
    /// Bytes of the file.
    written: u64,
    /// Bytes of the parts that are in memory.
    size: usize,
    /// Whether the tellings are too many to be read at once.
    pub(super) large: bool,
    said: BTreeMap<String, Said>,
    /// People of whom an article said something that it says no more: that is read back.
    unsure: FxHashSet<String>,
    nobody: Said,
    /// How often an article was replaced, by its IRI.
    versions: FxHashMap<String, u32>,
    events: Log,
    /// Where files may be made; nowhere for a graph in memory.
    folder: Option<PathBuf>,
    in_memory: usize,
}

/// The part of a ledger that was read last, by bucket.
#[derive(Default)]
pub(super) struct Open(Option<(usize, FxHashMap<String, Vec<Telling>>)>);

/// Records, one a line.
#[derive(Default)]
struct Part {
    /// Those that are not in the file yet.
    lines: Vec<u8>,
    /// Where the others begin in the file, and how many bytes they are.
    blocks: Vec<(u64, usize)>,
}

impl Ledger {
    /// An empty one, of a store in this folder.
    pub(super) fn new(folder: Option<&Path>) -> Self {
        Self {
            parts: (0..PARTS).map(|_| Part::default()).collect(),
            file: None,
            written: 0,
            size: 0,
            large: false,
            said: BTreeMap::new(),
            unsure: FxHashSet::default(),
            nobody: Said::default(),
            versions: FxHashMap::default(),
            events: Log::default(),
            folder: folder.map(Path::to_owned),
            in_memory: IN_MEMORY,
        }
    }

    /// The same that keeps no more than so many bytes in memory.
    #[cfg(test)]
    pub(super) fn keep(mut self, bytes: usize) -> Self {
        self.in_memory = bytes;
        self
    }

    /// The part of a bucket: of a large ledger, buckets are best asked for in the order of their parts.
    pub(super) fn part(bucket: &str) -> usize {
        let mut hasher = FxHasher::default();
        hasher.write(bucket.as_bytes());
        // The high bits are the mixed ones.
        (hasher.finish() >> 32) as usize % PARTS
    }

    /// Notes that an article goes, by its quads; another version may follow.
    pub(super) fn goes(&mut self, quads: &[Quad]) {
        for quad in quads {
            match quad.predicate.as_ref() {
                ent::ARTICLE_ID => *self.versions.entry(subject(quad).to_owned()).or_default() += 1,
                ent::APPEARS => _ = self.unsure.insert(value(&quad.object).to_owned()),
                _ => {}
            }
        }
    }

    /// Notes the quads of an article that is new.
    ///
    /// # Errors
    /// A full disk.
    pub(super) fn article(&mut self, quads: &[Quad]) -> io::Result<()> {
        let subjects = telling::subjects(quads);
        for subject in subjects.values() {
            let who = subject.iter().find(|quad| quad.predicate.as_ref() == ent::APPEARS);
            if let Some(who) = who.map(|quad| value(&quad.object)) {
                if !self.said.contains_key(who) {
                    self.said.insert(who.to_owned(), Said::default());
                }
                if let Some(said) = self.said.get_mut(who) {
                    said.take(subject.iter().copied());
                }
            }
        }
        for telling in telling::of_article(&subjects) {
            let part = &mut self.parts[Self::part(&telling.bucket)];
            let before = part.lines.len();
            let version = self.versions.get(&telling.article.iri).copied().unwrap_or_default();
            serde_json::to_writer(&mut part.lines, &(version, &*telling.article, &telling))?;
            part.lines.push(b'\n');
            self.size += part.lines.len() - before;
        }
        if self.size > self.in_memory {
            self.large = true;
            self.spill()?;
        }
        Ok(())
    }

    fn spill(&mut self) -> io::Result<()> {
        let Some(folder) = &self.folder else { return Ok(()) };
        let file = match &mut self.file {
            Some(file) => file,
            none => none.insert(tempfile::tempfile_in(folder)?),
        };
        for part in self.parts.iter_mut().filter(|part| !part.lines.is_empty()) {
            file.write_all(&part.lines)?;
            part.blocks.push((self.written, part.lines.len()));
            self.written += part.lines.len() as u64;
            part.lines.clear();
        }
        self.size = 0;
        Ok(())
    }

    /// The tellings of a bucket in their order, once.
    ///
    /// # Errors
    /// Those of reading a file.
    pub(super) fn tellings(&mut self, open: &mut Open, bucket: &str) -> io::Result<Vec<Telling>> {
        let part = if self.large { Self::part(bucket) } else { 0 };
        if open.0.as_ref().is_none_or(|(open, _)| *open != part) {
            open.0 = None;
            let parts = if self.large { part..part + 1 } else { 0..PARTS };
            open.0 = Some((part, self.read(parts)?));
        }
        let found = open.0.as_mut().and_then(|(_, buckets)| buckets.remove(bucket));
        let mut tellings = found.unwrap_or_default();
        tellings.sort_by(|a, b| a.order().cmp(&b.order()));
        Ok(tellings)
    }

    fn read(&mut self, parts: Range<usize>) -> io::Result<FxHashMap<String, Vec<Telling>>> {
        let mut lines = Vec::new();
        for part in &self.parts[parts] {
            for &(start, length) in &part.blocks {
                let (file, before) = (self.file.as_mut().ok_or_else(|| io::Error::other("no file"))?, lines.len());
                lines.resize(before + length, 0);
                file.seek(SeekFrom::Start(start))?;
                file.read_exact(&mut lines[before..])?;
            }
            lines.extend_from_slice(&part.lines);
        }
        let mut sources: FxHashMap<String, Rc<Source>> = FxHashMap::default();
        let mut buckets: FxHashMap<String, Vec<Telling>> = FxHashMap::default();
        for line in lines.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()) {
            let (version, source, mut telling): (u32, Source, Telling) = serde_json::from_slice(line)?;
            if version != self.versions.get(&source.iri).copied().unwrap_or_default() {
                continue;
            }
            let source = match sources.get(&source.iri) {
                Some(known) => Rc::clone(known),
                None => {
                    let source = Rc::new(source);
                    sources.insert(source.iri.clone(), Rc::clone(&source));
                    source
                }
            };
            telling.article = source;
            buckets.entry(telling.bucket.clone()).or_default().push(telling);
        }
        Ok(buckets)
    }

    /// What the articles say of someone; nothing where that must be read back.
    pub(super) fn said(&self, who: &str) -> Option<&Said> {
        if self.unsure.contains(who) { None } else { Some(self.said.get(who).unwrap_or(&self.nobody)) }
    }

    /// Notes an event that was made.
    ///
    /// # Errors
    /// A full disk.
    pub(super) fn event(&mut self, event: &Event) -> io::Result<()> {
        self.events.push(event, self.folder.as_deref(), self.in_memory)
    }

    /// Numbers of the events of a pair of parties, or with a participant.
    pub(super) fn events(&self, of: &str) -> &[u32] {
        self.events.of.get(of).map(Vec::as_slice).unwrap_or_default()
    }

    /// An event by its number.
    ///
    /// # Errors
    /// Those of reading a file.
    pub(super) fn event_of(&mut self, number: u32) -> io::Result<Event> {
        self.events.read(number)
    }
}

/// Events one after the other.
#[derive(Default)]
struct Log {
    /// What is not in the file yet.
    bytes: Vec<u8>,
    file: Option<File>,
    /// Bytes of the file.
    written: u64,
    /// Where each begins and ends.
    at: Vec<[u64; 2]>,
    /// By pair and by participant, which have other IRIs.
    of: FxHashMap<Box<str>, Vec<u32>>,
}

impl Log {
    fn push(&mut self, event: &Event, folder: Option<&Path>, in_memory: usize) -> io::Result<()> {
        let number = u32::try_from(self.at.len()).map_err(io::Error::other)?;
        let start = self.written + self.bytes.len() as u64;
        serde_json::to_writer(&mut self.bytes, event)?;
        self.at.push([start, self.written + self.bytes.len() as u64]);
        let pairs = event.pairs().into_iter().map(|(pair, _, _)| pair.into_string());
        for of in pairs.chain(event.participants.iter().cloned()) {
            self.of.entry(of.into()).or_default().push(number);
        }
        if let Some(folder) = folder.filter(|_| self.bytes.len() > in_memory) {
            let file = match &mut self.file {
                Some(file) => file,
                none => none.insert(tempfile::tempfile_in(folder)?),
            };
            file.seek(SeekFrom::Start(self.written))?;
            file.write_all(&self.bytes)?;
            self.written += self.bytes.len() as u64;
            self.bytes.clear();
        }
        Ok(())
    }

    fn read(&mut self, number: u32) -> io::Result<Event> {
        let missing = || io::Error::other("no such event");
        let [start, end] = *self.at.get(number as usize).ok_or_else(missing)?;
        let inside = |at: u64| usize::try_from(at).map_err(io::Error::other);
        if start >= self.written {
            let span = inside(start - self.written)?..inside(end - self.written)?;
            return Ok(serde_json::from_slice(self.bytes.get(span).ok_or_else(missing)?)?);
        }
        let mut bytes = vec![0; inside(end - start)?];
        let file = self.file.as_mut().ok_or_else(missing)?;
        file.seek(SeekFrom::Start(start))?;
        file.read_exact(&mut bytes)?;
        Ok(serde_json::from_slice(&bytes)?)
    }
}
