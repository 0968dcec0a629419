//! Much that is written at once: handed to the back end's bulk loader part by part, and seen, all of it, when the step ends.
//!
//! The loader writes each part into sorted files beside the graph while the next part is made, so that a step may be far larger
//! than memory, and takes them all in one atomic step. RocksDB sorts anew what it holds for every two steps until it holds much;
//! a few large steps cost it a fraction of what many small ones do.

use oxigraph::model::Quad;
use oxigraph::store::{StorageError, Store};
use rustc_hash::FxHashSet;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::JoinHandle;
#[cfg(any(feature = "persist", test))]
use std::{fs, path::Path};

/// Quads of one part, about: what is in memory, two or three times.
pub(super) const PART: usize = 200_000;
/// Quads of the first steps of a program.
const LEAST: usize = 400_000;
/// Quads of the largest step: what a program that is cut off loses, and how many files the back end merges at once.
const MOST: usize = 5_000_000;

/// Quads after which a step should end, where the program has written `written` in its steps before: the more there is, the
/// more a step costs, and the less is lost of all when it is cut off.
pub(super) fn size(written: usize) -> usize {
    (written / 2).clamp(LEAST, MOST)
}

/// A step that has begun. Dropped, it writes nothing.
pub(super) struct Step {
    parts: Option<SyncSender<Part>>,
    loader: Option<JoinHandle<Result<(), StorageError>>>,
    removed: FxHashSet<Quad>,
    size: usize,
}

enum Part {
    Quads(Vec<Quad>),
    /// All came.
    End,
}

impl Step {
    pub(super) fn begin(store: &Store) -> Self {
        let store = store.clone();
        let (parts, received) = sync_channel(0);
        let loader = std::thread::spawn(move || load(&store, &received));
        Self { parts: Some(parts), loader: Some(loader), removed: FxHashSet::default(), size: 0 }
    }

    /// Quads so far.
    pub(super) fn size(&self) -> usize {
        self.size
    }

    /// Takes what goes and what comes. What went before and comes again stays.
    ///
    /// # Errors
    /// Those of the parts before: a full disk.
    pub(super) fn push(&mut self, removed: Vec<Quad>, added: Vec<Quad>) -> Result<(), StorageError> {
        self.removed.extend(removed);
        if !self.removed.is_empty() {
            added.iter().for_each(|quad| _ = self.removed.remove(quad));
        }
        self.size += added.len();
        let sent = added.is_empty() || self.parts.as_ref().is_some_and(|to| to.send(Part::Quads(added)).is_ok());
        if sent { Ok(()) } else { self.join() }
    }

    /// Ends the step: all that came is in the store. What goes is left to be removed.
    ///
    /// # Errors
    /// A full disk; then nothing came.
    pub(super) fn end(mut self) -> Result<Vec<Quad>, StorageError> {
        if let Some(parts) = self.parts.take() {
            // Where nobody listens, joining tells why.
            _ = parts.send(Part::End);
        }
        self.join()?;
        Ok(std::mem::take(&mut self.removed).into_iter().collect())
    }

    fn join(&mut self) -> Result<(), StorageError> {
        self.parts = None;
        let stopped = || StorageError::Other("the bulk loader stopped".into());
        let loader = self.loader.take().ok_or_else(stopped)?;
        loader.join().unwrap_or_else(|_| Err(stopped()))
    }
}

impl Drop for Step {
    fn drop(&mut self) {
        self.parts = None;
        if let Some(loader) = self.loader.take() {
            // It removes its files.
            _ = loader.join();
        }
    }
}

fn load(store: &Store, parts: &Receiver<Part>) -> Result<(), StorageError> {
    let mut loader = store.bulk_loader().with_num_threads(1);
    while let Ok(part) = parts.recv() {
        match part {
            Part::Quads(quads) => loader.load_quads(quads)?,
            Part::End => return loader.commit(),
        }
    }
    Ok(())
}

/// Removes the sorted files that the loader of a cut-off program has left in the folder of a graph.
#[cfg(any(feature = "persist", test))]
pub(super) fn tidy(graph: &Path) {
    let Ok(entries) = fs::read_dir(graph) else { return };
    for entry in entries.flatten() {
        let name = entry.file_name();
        if name.to_str().is_some_and(|name| name.starts_with("bulk-") && name.ends_with(".sst")) {
            // One that cannot be removed does no harm.
            _ = fs::remove_file(entry.path());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use oxigraph::model::{GraphName, Literal, NamedNode};

    fn quads(numbers: std::ops::Range<i32>) -> Vec<Quad> {
        let node = |text: String| NamedNode::new_unchecked(format!("http://example.org/{text}"));
        let quad = |n: i32| {
            Quad::new(node(n.to_string()), node("number".into()), Literal::from(n), GraphName::from(node("g".into())))
        };
        numbers.map(quad).collect()
    }

    #[test]
    fn parts_are_seen_together_when_the_step_ends() {
        let store = Store::new().unwrap();
        let mut step = Step::begin(&store);
        step.push(Vec::new(), quads(0..10)).unwrap();
        step.push(quads(20..25), quads(10..20)).unwrap();
        assert_eq!((step.size(), store.len().unwrap()), (20, 0));
        // What went and comes again stays; what is left is to be removed.
        step.push(Vec::new(), quads(20..23)).unwrap();
        let mut left = step.end().unwrap();
        left.sort_by_key(|quad| quad.subject.to_string());
        assert_eq!(left, quads(23..25));
        assert_eq!(store.len().unwrap(), 23);
    }

    #[test]
    fn a_step_that_is_dropped_writes_nothing() {
        let store = Store::new().unwrap();
        let mut step = Step::begin(&store);
        step.push(Vec::new(), quads(0..10)).unwrap();
        drop(step);
        assert_eq!(store.len().unwrap(), 0);
    }

    #[test]
    fn steps_grow_with_what_is_written() {
        assert_eq!([0, 1_000_000, 4_000_000, 100_000_000].map(size), [400_000, 500_000, 2_000_000, 5_000_000]);
    }

    #[test]
    fn what_a_cut_off_loader_left_is_removed() {
        let dir = tempfile::tempdir().unwrap();
        for name in ["bulk-17.sst", "000017.sst", "CURRENT"] {
            fs::write(dir.path().join(name), "").unwrap();
        }
        tidy(dir.path());
        let mut left: Vec<_> = fs::read_dir(dir.path()).unwrap().map(|e| e.unwrap().file_name()).collect();
        left.sort();
        assert_eq!(left, ["000017.sst", "CURRENT"]);
    }
}
