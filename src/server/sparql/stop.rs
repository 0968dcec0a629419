//! The one clock that stops queries: a thread that sleeps until the next one's time is over.

use crate::graph::serving::CancellationToken;
use std::collections::BTreeMap;
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// What is to be stopped when, by time and number.
type Waiting = BTreeMap<(Instant, u64), CancellationToken>;

/// The clock. The thread ends with it.
pub(in crate::server) struct Clock {
    shared: Arc<Shared>,
}

#[derive(Default)]
struct Shared {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    waiting: Waiting,
    number: u64,
    ended: bool,
}

/// A query's time. When it is dropped the query is stopped: nobody waits for it any more.
pub(in crate::server) struct Turn {
    shared: Arc<Shared>,
    key: (Instant, u64),
    /// What the query looks at.
    pub(in crate::server) stop: CancellationToken,
}

impl Turn {
    /// When the time is over.
    pub(in crate::server) fn end(&self) -> Instant {
        self.key.0
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        self.stop.cancel();
        self.shared.state.lock().unwrap_or_else(PoisonError::into_inner).waiting.remove(&self.key);
    }
}

impl Clock {
    /// Starts the thread.
    ///
    /// # Errors
    /// A thread that the system does not give.
    pub(in crate::server) fn start() -> std::io::Result<Self> {
        let shared = Arc::new(Shared::default());
        let own = Arc::clone(&shared);
        std::thread::Builder::new().name("clock".into()).spawn(move || run(&own))?;
        Ok(Self { shared })
    }

    /// Gives a query this time.
    pub(in crate::server) fn turn(&self, time: Duration) -> Turn {
        let stop = CancellationToken::new();
        let mut state = self.shared.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.number += 1;
        let key = (Instant::now() + time, state.number);
        state.waiting.insert(key, stop.clone());
        drop(state);
        self.shared.changed.notify_one();
        Turn { shared: Arc::clone(&self.shared), key, stop }
    }
}

impl Drop for Clock {
    fn drop(&mut self) {
        self.shared.state.lock().unwrap_or_else(PoisonError::into_inner).ended = true;
        self.shared.changed.notify_one();
    }
}

fn run(shared: &Shared) {
    let mut state = shared.state.lock().unwrap_or_else(PoisonError::into_inner);
    while !state.ended {
        let now = Instant::now();
        while let Some(entry) = state.waiting.first_entry().filter(|entry| entry.key().0 <= now) {
            entry.remove().cancel();
        }
        let next = state.waiting.first_key_value().map(|((at, _), _)| at.saturating_duration_since(now));
        state = match next {
            None => shared.changed.wait(state).unwrap_or_else(PoisonError::into_inner),
            Some(time) => shared.changed.wait_timeout(state, time).unwrap_or_else(PoisonError::into_inner).0,
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_query_is_stopped_at_its_time_and_not_before() {
        let clock = Clock::start().unwrap();
        let (long, short) = (clock.turn(Duration::from_secs(600)), clock.turn(Duration::from_millis(30)));
        let begun = Instant::now();
        while !short.stop.is_cancelled() {
            assert!(begun.elapsed() < Duration::from_secs(20), "the clock stands still");
            std::thread::sleep(Duration::from_millis(2));
        }
        assert!(begun.elapsed() >= Duration::from_millis(25));
        assert!(!long.stop.is_cancelled());
        let stop = long.stop.clone();
        drop(long);
        assert!(stop.is_cancelled(), "nobody waits for it");
    }
}
