//! What another store is known to hold of this one's graphs: a file in the store's folder, which grows with every batch that
//! arrived, so that a push that was cut off goes on, and the next one sends only what has changed.

use crate::cli::hint::Hint as _;
use anyhow::Context as _;
use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{BufRead as _, BufReader, BufWriter, Seek as _, Write as _};
use std::path::Path;

/// What another store holds of one graph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Known {
    /// Hash of the whole graph.
    pub(super) hash: String,
    /// How many of its sorted triples arrived.
    pub(super) sent: usize,
    /// How many it has.
    pub(super) all: usize,
}

impl Known {
    /// Of a graph that is gone.
    pub(super) fn nothing() -> Self {
        Self { hash: "-".to_owned(), sent: 0, all: 0 }
    }

    /// Whether all of it arrived.
    pub(super) fn is_whole(&self) -> bool {
        self.sent == self.all
    }
}

/// The file of one address, locked.
pub(super) struct Journal {
    file: File,
    /// What the file says.
    pub(super) known: BTreeMap<String, Known>,
}

impl Journal {
    /// The journal of the address `url` in the folder `place`. With `again` nothing is known.
    pub(super) fn open(place: &Path, url: &str, again: bool) -> anyhow::Result<Self> {
        let name: String = Sha256::digest(url).iter().take(8).map(|byte| format!("{byte:02x}")).collect();
        let path = place.join(format!("{name}.txt"));
        let open = || -> std::io::Result<File> {
            fs::create_dir_all(place)?;
            OpenOptions::new().read(true).append(true).create(true).open(&path)
        };
        let file = open().with_context(|| format!("cannot note what is sent in {}", path.display()))?;
        if let Err(TryLockError::WouldBlock) = file.try_lock() {
            return Err(anyhow::anyhow!("another program is pushing to {url}")).hint("wait until it has ended");
        }
        if again {
            file.set_len(0)?;
        }
        let mut known = BTreeMap::new();
        for line in BufReader::new(&file).lines() {
            // A line that was cut off says nothing: what it would say is sent again.
            if let Some((graph, what)) = parse(&line?) {
                known.insert(graph, what);
            }
        }
        let mut journal = Self { file, known };
        journal.rewrite()?;
        Ok(journal)
    }

    /// Notes graphs of which more has arrived.
    pub(super) fn note<'n>(&mut self, news: impl IntoIterator<Item = (&'n str, &'n Known)>) -> anyhow::Result<()> {
        let text: String = news.into_iter().map(|(graph, known)| line(graph, known)).collect();
        self.file.write_all(text.as_bytes()).context("cannot note what was sent")
    }

    /// Leaves out what later lines overrule. A program that is cut off here sends more than it must, never less.
    fn rewrite(&mut self) -> anyhow::Result<()> {
        self.known.retain(|_, known| *known != Known::nothing());
        self.file.set_len(0)?;
        self.file.rewind()?;
        let mut out = BufWriter::new(&self.file);
        for (graph, known) in &self.known {
            out.write_all(line(graph, known).as_bytes())?;
        }
        Ok(out.flush()?)
    }
}

fn line(graph: &str, known: &Known) -> String {
    format!("{} {} {} {graph}\n", known.hash, known.sent, known.all)
}

fn parse(line: &str) -> Option<(String, Known)> {
    let mut words = line.splitn(4, ' ');
    let hash = words.next()?.to_owned();
    let (sent, all) = (words.next()?.parse().ok()?, words.next()?.parse().ok()?);
    let graph = words.next().filter(|graph| !graph.is_empty())?;
    Some((graph.to_owned(), Known { hash, sent, all }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_arrived_is_known_the_next_time_and_a_torn_line_is_not() {
        let dir = tempfile::tempdir().unwrap();
        let half = Known { hash: "ab".into(), sent: 2, all: 5 };
        let whole = Known { sent: 5, ..half.clone() };
        let mut journal = Journal::open(dir.path(), "http://a/", false).unwrap();
        journal.note([("urn:a", &half), ("urn:b", &whole)]).unwrap();
        journal.note([("urn:a", &whole), ("urn:b", &Known::nothing())]).unwrap();
        journal.file.write_all(b"ab 3").unwrap();
        assert!(Journal::open(dir.path(), "http://a/", false).is_err(), "one at a time");
        drop(journal);
        let journal = Journal::open(dir.path(), "http://a/", false).unwrap();
        assert_eq!(journal.known, BTreeMap::from([("urn:a".to_owned(), whole)]));
        assert!(Journal::open(dir.path(), "http://b/", false).unwrap().known.is_empty());
        drop(journal);
        assert!(Journal::open(dir.path(), "http://a/", true).unwrap().known.is_empty());
    }
}
