//! What all requests share: settings, the engine, the latest snapshot, who may write.

use super::error::ServerError;
use super::problem::Problem;
use super::snapshot::Snapshot;
use super::sparql::Clock;
use crate::facts::Extractor;
use crate::graph::{Store, StoreError, serving};
use crate::query::{Catalogue, Question};
use hyper::StatusCode;
use sha2::{Digest as _, Sha256};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::{Duration, Instant};

/// How the server is started.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Folder of the store.
    pub store: PathBuf,
    /// Where to listen; port 0 takes a free one.
    pub address: SocketAddr,
    /// Names besides `localhost` and the address itself under which a browser may ask.
    pub hosts: Vec<String>,
    /// What who writes must show; without it nothing can be written.
    pub token: Option<String>,
    /// Longest time that a query may take.
    pub query_time: Duration,
    /// Most bytes of an answer to a query.
    pub answer_bytes: u64,
    /// Most bytes of a request's body.
    pub body_bytes: usize,
    /// Longest time in which a request must have come, or an answer must move on.
    pub patience: Duration,
}

/// How long a write waits for another program's.
const PATIENCE: Duration = Duration::from_secs(5);

/// Queries that run at the same time; others wait for their turn.
pub(super) const QUERIES: usize = 8;

/// The running server.
pub(super) struct App {
    pub(super) settings: Settings,
    pub(super) extractor: Extractor,
    /// Hash of the rules, lists and weights.
    pub(super) knowledge: String,
    /// The named questions, by name.
    pub(super) questions: Vec<Question>,
    /// Turns for queries.
    pub(super) turns: Arc<tokio::sync::Semaphore>,
    /// Stops queries when their time is over.
    pub(super) clock: Clock,
    /// Whether somebody looks at the whole store.
    pub(super) looking: Arc<AtomicBool>,
    /// Where the server really listens.
    pub(super) listens: SocketAddr,
    snapshot: RwLock<Arc<Snapshot>>,
    /// Who reads the store anew: one at a time, so that no older snapshot takes the place of a newer one.
    reading: Mutex<()>,
    /// The one writer.
    writer: Mutex<()>,
}

impl App {
    /// Reads the store.
    pub(super) fn new(settings: Settings, listens: SocketAddr, extractor: Extractor) -> Result<Self, ServerError> {
        let snapshot = Snapshot::read(&settings.store, extractor.knowledge())?;
        Ok(Self {
            questions: Catalogue::all(&extractor.knowledge().gazetteer)?,
            knowledge: extractor.knowledge().hash(),
            extractor,
            turns: Arc::new(tokio::sync::Semaphore::new(QUERIES)),
            clock: Clock::start().map_err(ServerError::Start)?,
            looking: Arc::default(),
            listens,
            snapshot: RwLock::new(Arc::new(snapshot)),
            reading: Mutex::new(()),
            writer: Mutex::new(()),
            settings,
        })
    }

    /// The latest snapshot.
    pub(super) fn snapshot(&self) -> Arc<Snapshot> {
        Arc::clone(&self.snapshot.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Reads the store anew where it has changed. While another program writes, or where it cannot be read, the old
    /// snapshot stays; then it says so.
    pub(super) fn refresh(&self) -> Result<(), StoreError> {
        let _alone = self.reading.lock().unwrap_or_else(PoisonError::into_inner);
        let now = serving::version(&self.settings.store);
        if now.is_none() || now == self.snapshot().version {
            return Ok(());
        }
        let new = Snapshot::read(&self.settings.store, self.extractor.knowledge())?;
        *self.snapshot.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(new);
        Ok(())
    }

    /// Opens the store alone, changes it, closes it, and reads it anew. What `work` fails at is not written.
    pub(super) fn change<T>(&self, work: impl FnOnce(&mut Store) -> Result<T, Problem>) -> Result<T, Problem> {
        let _alone = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
        let mut store = self.open_to_change()?;
        let done = work(&mut store)?;
        store.settle()?;
        store.flush()?;
        // The lock must be free before the store is read; who writes next may hold it at once.
        drop(store);
        let begun = Instant::now();
        while self.refresh().is_err() && begun.elapsed() < PATIENCE {
            std::thread::sleep(PATIENCE / 50);
        }
        Ok(done)
    }

    /// The store for writing. A reader or a look at the files may hold it for a moment.
    fn open_to_change(&self) -> Result<Store, StoreError> {
        let begun = Instant::now();
        loop {
            match Store::open_to_change(&self.settings.store) {
                Err(StoreError::InUse { .. }) if begun.elapsed() < PATIENCE => std::thread::sleep(PATIENCE / 50),
                opened => return opened,
            }
        }
    }

    /// Whether who shows this token may write.
    pub(super) fn admit(&self, token: Option<&str>) -> Result<(), Problem> {
        let Some(own) = &self.settings.token else {
            let detail = "this server only reads; start it with --writable to write";
            return Err(Problem::new(StatusCode::FORBIDDEN, detail));
        };
        let Some(shown) = token else {
            let detail = "show the token that the server printed when it was started: Authorization: Bearer TOKEN";
            return Err(Problem::new(StatusCode::UNAUTHORIZED, detail));
        };
        // Of hashes the time that a comparison takes tells nothing.
        if Sha256::digest(shown) == Sha256::digest(own) {
            Ok(())
        } else {
            Err(Problem::new(StatusCode::UNAUTHORIZED, "this is not the token of this server"))
        }
    }
}

/// A token that nobody can guess: 32 hexadecimal digits.
///
/// # Errors
/// A system without a source of random numbers.
pub fn new_token() -> Result<String, ServerError> {
    let mut random = [0_u8; 16];
    getrandom::fill(&mut random).map_err(|e| ServerError::Start(std::io::Error::other(e)))?;
    Ok(random.iter().map(|byte| format!("{byte:02x}")).collect())
}
