//! What another store is known to hold of this one's graphs: a file in the store's folder, which grows with every batch that
//! arrived, so that a push that was cut off goes on, and the next one sends only what has changed.

use super::address::shown;
use crate::cli::hint::Hint as _;
use anyhow::Context as _;
use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, BufWriter, Write as _};
use std::path::Path;
use tempfile::NamedTempFile;

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

    /// Of a graph that was sent once: it may hold anything now, and is emptied before anything else.
    pub(super) fn anything() -> Self {
        Self { hash: "?".to_owned(), ..Self::nothing() }
    }

    /// Whether all of it arrived.
    pub(super) fn is_whole(&self) -> bool {
        self.sent == self.all
    }
}

/// The file of one address, which nobody else has open.
pub(super) struct Journal {
    file: File,
    /// Locked as long as it is open; the journal itself is replaced by another file.
    _lock: File,
    /// What the file says.
    pub(super) known: BTreeMap<String, Known>,
}

impl Journal {
    /// The journal of the address `url` in the folder `place`. With `again` only the names of the graphs are known that were
    /// sent before: those that are gone must go there too.
    pub(super) fn open(place: &Path, url: &str, again: bool) -> anyhow::Result<Self> {
        let name: String = Sha256::digest(url).iter().take(8).map(|byte| format!("{byte:02x}")).collect();
        let path = place.join(format!("{name}.txt"));
        let unusable = || format!("cannot note what is sent in {}", path.display());
        fs::create_dir_all(place).with_context(unusable)?;
        let lock = OpenOptions::new().append(true).create(true).open(place.join(format!("{name}.lock")));
        let lock = lock.with_context(unusable)?;
        if let Err(TryLockError::WouldBlock) = lock.try_lock() {
            return Err(anyhow::anyhow!("another program is pushing to {}", shown(url)))
                .hint("wait until it has ended");
        }
        let mut known = read(&path).with_context(unusable)?;
        known.retain(|_, known| *known != Known::nothing());
        if again {
            known.values_mut().for_each(|known| *known = Known::anything());
        }
        let file = rewritten(place, &path, &known).with_context(unusable)?;
        Ok(Self { file, _lock: lock, known })
    }

    /// Notes graphs of which more has arrived.
    pub(super) fn note<'n>(&mut self, news: impl IntoIterator<Item = (&'n str, &'n Known)>) -> anyhow::Result<()> {
        let text: String = news.into_iter().map(|(graph, known)| line(graph, known)).collect();
        self.file.write_all(text.as_bytes()).context("cannot note what was sent")
    }
}

/// What a journal says, later lines over earlier ones. A line that was cut off, which has no end, says nothing: what it would
/// say is sent again.
fn read(path: &Path) -> io::Result<BTreeMap<String, Known>> {
    let bytes = match fs::read(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Vec::new(),
        other => other?,
    };
    let text = String::from_utf8_lossy(&bytes);
    let whole = text.rfind('\n').map_or("", |end| &text[..end]);
    Ok(whole.lines().filter_map(parse).collect())
}

/// Puts a journal without what later lines overruled in the place of the old one, at once, and opens it for more.
fn rewritten(place: &Path, path: &Path, known: &BTreeMap<String, Known>) -> io::Result<File> {
    let mut out = BufWriter::new(NamedTempFile::new_in(place)?);
    for (graph, known) in known {
        out.write_all(line(graph, known).as_bytes())?;
    }
    let new = out.into_inner().map_err(io::IntoInnerError::into_error)?;
    new.as_file().sync_all()?;
    new.persist(path).map_err(|e| e.error)?;
    OpenOptions::new().append(true).open(path)
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

    fn known(place: &Path, again: bool) -> BTreeMap<String, Known> {
        Journal::open(place, "http://a/", again).unwrap().known
    }

    #[test]
    fn what_arrived_is_known_the_next_time_and_a_torn_line_is_not() {
        let dir = tempfile::tempdir().unwrap();
        let half = Known { hash: "ab".into(), sent: 2, all: 5 };
        let whole = Known { sent: 5, ..half.clone() };
        let mut journal = Journal::open(dir.path(), "http://a/", false).unwrap();
        journal.note([("urn:a", &half), ("urn:b", &whole)]).unwrap();
        journal.note([("urn:a", &whole), ("urn:b", &Known::nothing())]).unwrap();
        // What would be a line of its own, were it whole: the name of the graph is cut off.
        journal.file.write_all(b"ab 5 5 urn:lon").unwrap();
        assert!(Journal::open(dir.path(), "http://a/", false).is_err(), "one at a time");
        drop(journal);
        let expected = BTreeMap::from([("urn:a".to_owned(), whole.clone())]);
        assert_eq!(known(dir.path(), false), expected);
        // What is noted next does not run into the torn line.
        let mut journal = Journal::open(dir.path(), "http://a/", false).unwrap();
        journal.note([("urn:c", &whole)]).unwrap();
        drop(journal);
        assert_eq!(known(dir.path(), false).keys().collect::<Vec<_>>(), ["urn:a", "urn:c"]);
        assert!(Journal::open(dir.path(), "http://b/", false).unwrap().known.is_empty());
    }

    #[test]
    fn a_journal_is_replaced_at_once() {
        let dir = tempfile::tempdir().unwrap();
        let whole = Known { hash: "ab".into(), sent: 5, all: 5 };
        let mut journal = Journal::open(dir.path(), "http://a/", false).unwrap();
        journal.note([("urn:a", &whole)]).unwrap();
        drop(journal);
        let files = || fs::read_dir(dir.path()).unwrap().map(|file| file.unwrap().path());
        let journal = files().find(|path| path.extension().is_some_and(|end| end == "txt")).unwrap();
        // Whoever reads while another program opens it sees the old file whole, and never a part of the new one.
        let mut reader = File::open(&journal).unwrap();
        assert_eq!(known(dir.path(), true), BTreeMap::from([("urn:a".to_owned(), Known::anything())]));
        let mut text = String::new();
        io::Read::read_to_string(&mut reader, &mut text).unwrap();
        assert_eq!(text, "ab 5 5 urn:a\n");
        assert_eq!(files().count(), 2, "nothing else is left");
    }

    #[test]
    fn sent_again_is_all_that_was_sent_ever() {
        let dir = tempfile::tempdir().unwrap();
        let whole = Known { hash: "ab".into(), sent: 5, all: 5 };
        let mut journal = Journal::open(dir.path(), "http://a/", false).unwrap();
        journal.note([("urn:a", &whole)]).unwrap();
        drop(journal);
        let anything = BTreeMap::from([("urn:a".to_owned(), Known::anything())]);
        assert_eq!(known(dir.path(), true), anything);
        // Broken off before anything was sent, it still is not known what the other store holds.
        assert_eq!(known(dir.path(), false), anything);
    }
}
