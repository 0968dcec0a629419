//! Processor time of this thread, so that what else runs on the machine does not count.

use std::time::{Duration, Instant};

/// Started when made.
pub(crate) struct Clock {
    wall: Instant,
    busy: Option<Duration>,
}

impl Clock {
    pub(crate) fn start() -> Self {
        Self { wall: Instant::now(), busy: busy() }
    }

    /// Time since the start: of the processor where Linux tells it, else of the wall.
    pub(crate) fn elapsed(&self) -> Duration {
        match (self.busy, busy()) {
            (Some(start), Some(now)) => now.saturating_sub(start),
            _ => self.wall.elapsed(),
        }
    }
}

/// The first number of the scheduler's statistics: nanoseconds on a processor.
fn busy() -> Option<Duration> {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    text.split_whitespace().next()?.parse().ok().map(Duration::from_nanos)
}
