//! A store → the file.

use super::error::BackupError;
use super::manifest::{Head, Manifest, Part};
use super::{GRAPH, HEAD, Line, MANIFEST, TEXTS};
use crate::graph::store::Store;
use std::io::{self, Write};

/// Bytes after which a part is closed.
const PART: usize = 32 << 20;
/// How hard zstd tries.
const LEVEL: i32 = 6;

impl Store {
    /// Writes the store as a backup that [`super::restore()`] reads, and tells what is in it. `created` is the time, as
    /// `xsd:dateTime`, which the caller must know. A store opened for reading keeps writers out meanwhile, and no reader.
    ///
    /// # Errors
    /// Those of reading the store, and of `out`.
    pub fn backup(&self, created: &str, out: &mut dyn Write) -> Result<Manifest, BackupError> {
        let mut packed = zstd::Encoder::new(out, LEVEL).map_err(BackupError::Output)?;
        packed.include_checksum(true).map_err(BackupError::Output)?;
        let head = Head::new(created);
        let mut archive =
            Archive { tar: tar::Builder::new(packed), parts: Vec::new(), kind: GRAPH, number: 0, open: Vec::new() };
        archive.entry(HEAD, &pretty(&head)?)?;
        let quads = self.pack_graph(&mut archive)?;
        archive.begin(TEXTS)?;
        let (articles, texts) = self.pack_texts(&mut archive)?;
        archive.close()?;
        let manifest = Manifest { head, quads, articles, texts, parts: std::mem::take(&mut archive.parts) };
        archive.entry(MANIFEST, &pretty(&manifest)?)?;
        let packed = archive.tar.into_inner().map_err(BackupError::Output)?;
        packed.finish().and_then(|out| out.flush()).map_err(BackupError::Output)?;
        Ok(manifest)
    }

    fn pack_graph<W: Write>(&self, archive: &mut Archive<W>) -> Result<u64, BackupError> {
        let mut count = 0;
        for quad in self.inner().iter() {
            let quad = quad.map_err(|e| self.located(e.into()))?;
            writeln!(archive.room()?, "{quad} .").map_err(BackupError::Output)?;
            count += 1;
        }
        Ok(count)
    }

    /// The number of articles, and of those whose text is kept.
    fn pack_texts<W: Write>(&self, archive: &mut Archive<W>) -> Result<(u64, u64), BackupError> {
        let ids = self.article_ids()?;
        let mut texts = 0;
        for id in ids.values() {
            let Some(text) = self.text(id)? else { continue };
            let line = Line { article: id.into(), text: text.into() };
            let room = archive.room()?;
            serde_json::to_writer(&mut *room, &line).map_err(|e| BackupError::Output(e.into()))?;
            room.push(b'\n');
            texts += 1;
        }
        Ok((ids.len() as u64, texts))
    }
}

/// The archive, and the part that is being written.
struct Archive<W: Write> {
    tar: tar::Builder<W>,
    parts: Vec<Part>,
    kind: &'static str,
    /// Of the last part of this kind.
    number: usize,
    open: Vec<u8>,
}

impl<W: Write> Archive<W> {
    /// Where the next line goes.
    fn room(&mut self) -> Result<&mut Vec<u8>, BackupError> {
        if self.open.len() >= PART {
            self.close()?;
        }
        Ok(&mut self.open)
    }

    /// Parts of another kind follow.
    fn begin(&mut self, kind: &'static str) -> Result<(), BackupError> {
        self.close()?;
        (self.kind, self.number) = (kind, 0);
        Ok(())
    }

    fn close(&mut self) -> Result<(), BackupError> {
        if self.open.is_empty() {
            return Ok(());
        }
        self.number += 1;
        let ending = if self.kind == GRAPH { "nq" } else { "jsonl" };
        let name = format!("{}/{:05}.{ending}", self.kind, self.number);
        let content = std::mem::take(&mut self.open);
        self.entry(&name, &content)?;
        self.parts.push(Part::of(name, &content));
        self.open = content;
        self.open.clear();
        Ok(())
    }

    fn entry(&mut self, name: &str, content: &[u8]) -> Result<(), BackupError> {
        let mut header = tar::Header::new_ustar();
        header.set_mode(0o644);
        header.set_size(content.len() as u64);
        self.tar.append_data(&mut header, name, content).map_err(BackupError::Output)
    }
}

fn pretty(value: &impl serde::Serialize) -> Result<Vec<u8>, BackupError> {
    serde_json::to_vec_pretty(value).map_err(|e| BackupError::Output(io::Error::from(e)))
}
