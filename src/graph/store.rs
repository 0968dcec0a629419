//! The store: opened, flushed, dumped. What is written to it and read from it is told in the other files.

use super::copy::Copy;
use super::curation::Rules;
use super::error::{StoreError, is_forbidden};
use super::folder::{Access, FORMAT_VERSION, Folder};
use super::ledger::Remembers;
use super::reference::Terms;
use super::sheet::Sheet;
use super::step::{self, Step};
use super::vocab::{ent, graphs};
use super::writer::Unwritten;
use super::{mint, waiting};
use oxigraph::model::vocab::xsd;
use oxigraph::model::{GraphNameRef, Literal, NamedNodeRef, NamedOrBlankNodeRef, Quad, Term, TermRef};
use rustc_hash::FxHashSet;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Quads that are worth the bulk loader.
const BULK: usize = 10_000;

/// The knowledge graph, in memory or in a folder.
///
/// With the feature `persist` a folder holds a RocksDB; without it the graph lives in memory, is read from `graph.nq` when
/// the store is opened, and written there, whole, by [`Store::flush`]. One program writes, or several read.
pub struct Store {
    inner: oxigraph::store::Store,
    folder: Option<Folder>,
    /// The folder, also of a reader that holds no lock.
    place: Option<PathBuf>,
    /// The files that a reader has for itself; after the back end, which must be closed first.
    copy: Option<Copy>,
    /// Codes of the parties of the reference graph's lists, and whether each is a country.
    pub(super) listed: BTreeMap<String, bool>,
    /// Terms of office, where [`Store::refer`] gave them.
    pub(super) terms: Option<Arc<Terms>>,
    /// What people decided.
    pub(super) rules: Rules,
    /// New articles that are not written yet, so that many are written at once.
    pub(super) unwritten: Unwritten,
    /// What of a first build need not be read back.
    pub(super) remembers: Remembers,
    /// A step that has begun.
    step: Option<Step>,
    /// Quads of the steps that ended.
    stepped: usize,
    /// Whether something was written since the last flush.
    dirty: bool,
}

impl Store {
    /// The store in the folder `path`, for writing; made where there is none. What an earlier writer left unfinished is
    /// finished.
    ///
    /// # Errors
    /// A folder that holds something else, a store in use by another program or of another format, a full disk.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        let mut store = Self::at(path, Access::Create)?;
        store.mark_format()?;
        store.settle()?;
        Ok(store)
    }

    /// The store in the folder `path`, for writing, which must be there.
    ///
    /// # Errors
    /// [`StoreError::Missing`], and those of [`Store::open`].
    pub fn open_to_change(path: &Path) -> Result<Self, StoreError> {
        let mut store = Self::at(path, Access::Write)?;
        store.settle()?;
        Ok(store)
    }

    /// The store in the folder `path`, for reading, which must be there. Several programs may read at the same time.
    ///
    /// # Errors
    /// [`StoreError::Missing`], and those of [`Store::open`].
    pub fn open_existing(path: &Path) -> Result<Self, StoreError> {
        let store = Self::at(path, Access::Read)?;
        if waiting::pending(&store)?.is_empty() {
            return Ok(store);
        }
        // A writer was cut off: finish its work first.
        drop(store);
        let mut store = Self::open_to_change(path)?;
        store.flush()?;
        Ok(store)
    }

    /// The store in the folder `path` as it is now, for reading, for as long as one likes: programs may write to the folder
    /// meanwhile, and this store does not change.
    ///
    /// # Errors
    /// Those of [`Store::open_existing`]: no other program may be writing at this moment.
    pub fn open_snapshot(path: &Path) -> Result<Self, StoreError> {
        let mut store = Self::open_existing(path)?;
        if let Some(folder) = store.folder.take().filter(|folder| folder.graph().is_dir()) {
            // The lock is held until the copy is made.
            match Copy::of(&folder.graph()) {
                Ok(copy) => {
                    store.inner = open_copy(&folder, &copy)?;
                    store.copy = Some(copy);
                }
                // Where nothing can be written, nobody is kept out.
                Err(StoreError::Io { source, .. }) if is_forbidden(&source) => store.folder = Some(folder),
                Err(error) => return Err(error),
            }
        }
        Ok(store)
    }

    /// An empty store that nothing outlives.
    ///
    /// # Errors
    /// None in practice.
    pub fn in_memory() -> Result<Self, StoreError> {
        let mut store = Self::empty()?;
        store.mark_format()?;
        Ok(store)
    }

    /// The same without a word about itself, for RDF that comes from elsewhere (see [`Self::load_rdf`]).
    ///
    /// # Errors
    /// None in practice.
    pub fn empty() -> Result<Self, StoreError> {
        Ok(Self {
            inner: oxigraph::store::Store::new()?,
            folder: None,
            place: None,
            copy: None,
            listed: BTreeMap::new(),
            terms: None,
            rules: Rules::default(),
            unwritten: Unwritten::default(),
            remembers: Remembers::default(),
            step: None,
            stepped: 0,
            dirty: false,
        })
    }

    /// The store in the folder as it is: nothing is marked, nothing finished.
    pub(super) fn at(path: &Path, access: Access) -> Result<Self, StoreError> {
        let folder = Folder::open(path, access)?;
        let inner = open_backend(&folder, access)?;
        let mut store = Self {
            inner,
            place: Some(folder.path().to_owned()),
            folder: Some(folder),
            copy: None,
            listed: BTreeMap::new(),
            terms: None,
            rules: Rules::default(),
            unwritten: Unwritten::default(),
            remembers: Remembers::default(),
            step: None,
            stepped: 0,
            dirty: false,
        };
        store.rules = Rules::read(&store)?;
        store.listed = store.read_listed()?;
        Ok(store)
    }

    /// A store of this format or an older one, for reading, and its format. Only what articles say, what people decided and the
    /// log are sure to be as this program writes them.
    pub(super) fn old(path: &Path) -> Result<(Self, u32), StoreError> {
        let folder = Folder::open(path, Access::Old)?;
        let inner = match folder.text() {
            Some(file) => load_file(&file)?,
            None => open_backend(&folder, Access::Read)?,
        };
        let mut store = Self { inner, place: Some(folder.path().to_owned()), ..Self::empty()? };
        let format = folder.format();
        store.folder = Some(folder);
        Ok((store, format))
    }

    /// Writes what is in memory to the folder.
    ///
    /// # Errors
    /// A full disk, a folder that cannot be written.
    pub fn flush(&mut self) -> Result<(), StoreError> {
        self.write_out()?;
        if self.dirty {
            if let Some(folder) = &self.folder {
                write_backend(&self.inner, folder).map_err(|e| self.located(e))?;
            }
            self.dirty = false;
        }
        Ok(())
    }

    /// The folder, of a store that has one.
    pub(super) fn place(&self) -> Option<&Path> {
        self.place.as_deref()
    }

    /// Notes that the back end is written to.
    pub(super) fn touch(&mut self) {
        self.dirty = true;
    }

    /// The back end, for the files of this module.
    pub(super) fn inner(&self) -> &oxigraph::store::Store {
        &self.inner
    }

    /// Quads that fit a pattern.
    pub(super) fn quads<'a>(
        &self,
        subject: Option<NamedNodeRef<'_>>,
        predicate: Option<NamedNodeRef<'_>>,
        object: impl Into<Option<TermRef<'a>>>,
        graph: Option<NamedNodeRef<'_>>,
    ) -> Result<Vec<Quad>, StoreError> {
        let subject = subject.map(NamedOrBlankNodeRef::from);
        let graph = graph.map(GraphNameRef::from);
        let found: Result<Vec<Quad>, _> =
            self.inner.quads_for_pattern(subject, predicate, object.into(), graph).collect();
        found.map_err(|e| self.located(e.into()))
    }

    /// Whether a quad that fits a pattern is as asked, read one by one until one is.
    pub(super) fn finds(
        &self,
        (subject, predicate, object, graph): Pattern<'_>,
        mut fits: impl FnMut(&Quad) -> Result<bool, StoreError>,
    ) -> Result<bool, StoreError> {
        let (subject, graph) = (subject.map(NamedOrBlankNodeRef::from), graph.map(GraphNameRef::from));
        for quad in self.inner.quads_for_pattern(subject, predicate, object, graph) {
            if fits(&quad.map_err(|e| self.located(e.into()))?)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Whether the quad is there.
    pub(super) fn holds(&self, quad: &Quad) -> Result<bool, StoreError> {
        self.inner.contains(quad).map_err(|e| self.located(e.into()))
    }

    /// Writes and removes. What is small is one transaction. What is big is loaded in one atomic step of the back end, many
    /// times faster, and the removals follow: whoever calls this with much must be able to do it again after a cut.
    pub(super) fn change(&mut self, removed: &[Quad], added: Vec<Quad>) -> Result<(), StoreError> {
        if !cfg!(feature = "persist") || added.len() < BULK {
            return self.change_at_once(removed, &added);
        }
        self.dirty = true;
        let stays: FxHashSet<&Quad> = if removed.is_empty() { FxHashSet::default() } else { added.iter().collect() };
        let removed: Vec<Quad> = removed.iter().filter(|quad| !stays.contains(quad)).cloned().collect();
        self.load(added).map_err(|e| self.located(e.into()))?;
        self.change_at_once(&removed, &[])
    }

    /// The same in one transaction, however much it is: for what cannot be done again after a cut.
    pub(super) fn change_at_once(&mut self, removed: &[Quad], added: &[Quad]) -> Result<(), StoreError> {
        if removed.is_empty() && added.is_empty() {
            return Ok(());
        }
        self.dirty = true;
        let changed = if removed.is_empty() {
            self.inner.extend(added.iter().cloned())
        } else {
            self.inner.start_transaction().and_then(|mut transaction| {
                for quad in removed {
                    transaction.remove(quad);
                }
                transaction.extend(added);
                transaction.commit()
            })
        };
        changed.map_err(|e| self.located(e.into()))
    }

    /// Whether much may be written in steps: see [`Step`].
    pub(super) fn takes_steps(&self) -> bool {
        cfg!(feature = "persist") && self.folder.is_some()
    }

    /// Whether a step has begun; nothing of it can be read yet.
    pub(super) fn is_in_step(&self) -> bool {
        self.step.is_some()
    }

    /// Writes and removes as [`Store::change`] does, but what is big, or follows what is big, is read only after
    /// [`Store::end_step`].
    pub(super) fn change_in_step(&mut self, removed: Vec<Quad>, added: Vec<Quad>) -> Result<(), StoreError> {
        if !self.takes_steps() || (self.step.is_none() && added.len() < BULK) {
            return self.change(&removed, added);
        }
        self.dirty = true;
        let step = self.step.get_or_insert_with(|| Step::begin(&self.inner));
        let pushed = step.push(removed, added);
        pushed.map_err(|e| self.step_failed(e))
    }

    /// Whether the step is as large as steps should be.
    pub(super) fn should_end_step(&self) -> bool {
        self.step.as_ref().is_some_and(|begun| begun.size() > step::size(self.stepped))
    }

    /// Ends the step that has begun, where one has.
    pub(super) fn end_step(&mut self) -> Result<(), StoreError> {
        let Some(begun) = self.step.take() else { return Ok(()) };
        let size = begun.size();
        let removed = begun.end().map_err(|e| self.step_failed(e))?;
        self.stepped += size;
        self.change_at_once(&removed, &[])
    }

    fn step_failed(&mut self, error: oxigraph::store::StorageError) -> StoreError {
        self.step = None;
        self.located(error.into())
    }

    fn load(&self, quads: Vec<Quad>) -> Result<(), oxigraph::store::StorageError> {
        let mut loader = self.inner.bulk_loader().with_num_threads(1);
        loader.load_quads(quads)?;
        loader.commit()
    }

    /// The error of a file of this program's own that cannot be read.
    pub(super) fn unreadable(&self, error: std::io::Error) -> StoreError {
        StoreError::io(self.place().unwrap_or_else(|| Path::new("memory")), error)
    }

    /// The same error with the store's place, where that tells more.
    pub(super) fn located(&self, error: StoreError) -> StoreError {
        match error {
            StoreError::Storage(error) => StoreError::storage(self.place(), error),
            other => other,
        }
    }

    pub(super) fn mark_format(&mut self) -> Result<(), StoreError> {
        let mut sheet = Sheet::new(graphs::STORE.into_owned());
        let version = Literal::new_typed_literal(FORMAT_VERSION.to_string(), xsd::INTEGER);
        sheet.add(&mint::store(), ent::FORMAT_VERSION, version);
        let known = self.quads(Some(mint::store().as_ref()), Some(ent::FORMAT_VERSION), None, None)?;
        if known.is_empty() { self.change(&[], sheet.quads) } else { Ok(()) }
    }

    /// See [`Store::listed`].
    pub(super) fn read_listed(&self) -> Result<BTreeMap<String, bool>, StoreError> {
        let learned = self.quads(None, Some(ent::LEARNED), None, Some(graphs::REFERENCE))?;
        let learned: std::collections::BTreeSet<String> = learned.into_iter().map(|q| q.subject.to_string()).collect();
        let mut listed = BTreeMap::new();
        for quad in self.quads(None, Some(ent::CODE), None, Some(graphs::REFERENCE))? {
            let subject = quad.subject.to_string();
            let iri = subject.trim_start_matches('<').trim_end_matches('>');
            if let (Some((code, country)), false) = (mint::code_of(iri), learned.contains(&subject)) {
                listed.insert(code, country);
            }
        }
        Ok(listed)
    }
}

/// Subject, predicate, object and graph of quads that are looked for.
pub(super) type Pattern<'p> =
    (Option<NamedNodeRef<'p>>, Option<NamedNodeRef<'p>>, Option<TermRef<'p>>, Option<NamedNodeRef<'p>>);

impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Store").field("folder", &self.folder).field("dirty", &self.dirty).finish_non_exhaustive()
    }
}

/// The IRI of a node, or the text of a literal.
pub(super) fn value(term: &Term) -> &str {
    match term {
        Term::NamedNode(node) => node.as_str(),
        Term::Literal(literal) => literal.value(),
        Term::BlankNode(node) => node.as_str(),
    }
}

/// The IRI of a subject.
pub(super) fn subject(quad: &Quad) -> &str {
    match &quad.subject {
        oxigraph::model::NamedOrBlankNode::NamedNode(node) => node.as_str(),
        oxigraph::model::NamedOrBlankNode::BlankNode(node) => node.as_str(),
    }
}

#[cfg(feature = "persist")]
fn open_backend(folder: &Folder, access: Access) -> Result<oxigraph::store::Store, StoreError> {
    let path = folder.graph();
    if !matches!(access, Access::Read | Access::Old) {
        step::tidy(&path);
    }
    if path.exists() && !path.join("CURRENT").is_file() {
        // The back end would make an empty graph there.
        return Err(StoreError::Damaged(format!("{} has lost its file CURRENT", path.display())));
    }
    let opened = match (path.exists(), access) {
        (true, Access::Read) => oxigraph::store::Store::open_read_only(&path),
        // A store whose making was cut off has no graph yet: a reader finds nothing, and makes nothing.
        (false, Access::Read) => oxigraph::store::Store::new(),
        (true, _) => oxigraph::store::Store::open(&path),
        (false, _) => {
            make_backend(&path, folder)?;
            oxigraph::store::Store::open(&path)
        }
    };
    opened.map_err(|e| StoreError::storage(Some(folder.path()), e))
}

#[cfg(feature = "persist")]
fn open_copy(folder: &Folder, copy: &Copy) -> Result<oxigraph::store::Store, StoreError> {
    oxigraph::store::Store::open_read_only(copy.path()).map_err(|e| StoreError::storage(Some(folder.path()), e))
}

#[cfg(not(feature = "persist"))]
fn open_copy(_: &Folder, copy: &Copy) -> Result<oxigraph::store::Store, StoreError> {
    Err(StoreError::Damaged(format!("{} holds a folder where the graph should be a file", copy.path().display())))
}

/// Makes an empty graph whole or not at all: the back end writes its first files one by one and cannot open half of them.
#[cfg(feature = "persist")]
fn make_backend(path: &Path, folder: &Folder) -> Result<(), StoreError> {
    let new = path.with_extension("new");
    if new.exists() {
        // What a making that was cut off has left; the lock is ours.
        std::fs::remove_dir_all(&new).map_err(|e| StoreError::io(&new, e))?;
    }
    let made = oxigraph::store::Store::open(&new).and_then(|store| store.flush());
    made.map_err(|e| StoreError::storage(Some(folder.path()), e))?;
    std::fs::rename(&new, path).map_err(|e| StoreError::io(path, e))
}

#[cfg(feature = "persist")]
fn write_backend(inner: &oxigraph::store::Store, _folder: &Folder) -> Result<(), StoreError> {
    Ok(inner.flush()?)
}

#[cfg(not(feature = "persist"))]
fn open_backend(folder: &Folder, _access: Access) -> Result<oxigraph::store::Store, StoreError> {
    load_file(&folder.graph())
}

/// The graph of a file of N-Quads, in memory.
fn load_file(path: &Path) -> Result<oxigraph::store::Store, StoreError> {
    let store = oxigraph::store::Store::new()?;
    match std::fs::read(path) {
        Ok(bytes) => store.load_from_slice(oxigraph::io::RdfFormat::NQuads, &bytes).map_err(|error| match error {
            oxigraph::store::LoaderError::Storage(error) => error.into(),
            damaged => StoreError::Damaged(format!("{}: {damaged}", path.display())),
        })?,
        // A new store, or one that was never flushed.
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
        Err(error) => return Err(StoreError::io(path, error)),
    }
    Ok(store)
}

#[cfg(not(feature = "persist"))]
fn write_backend(inner: &oxigraph::store::Store, folder: &Folder) -> Result<(), StoreError> {
    super::folder::replace_file(&folder.graph(), |out| {
        inner.dump_to_writer(oxigraph::io::RdfFormat::NQuads, out)?;
        Ok(())
    })
}
