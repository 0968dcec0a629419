//! Facts of a run over articles without gold → what a person has to judge to know how far they hold.
//!
//! [`draw()`] takes a sample that depends on nothing but the facts and a seed; the person writes a verdict beside each;
//! [`tally`](verdicts::tally) sums them to a precision with its interval. [`between_states`] counts what is told of articles
//! that should tell nothing.

mod between;
mod draw;
mod item;
pub mod verdicts;

pub use between::between_states;
pub use draw::{Sample, Stratum, draw};
pub use item::{Context, Item, Kind, context, items};

use crate::facts::Facts;
use std::io::BufRead;

/// Gives each article's facts of a run (JSON Lines, as `entente extract` prints them) to `each`, one at a time.
///
/// # Errors
/// The place of the first object that is none of facts, or why the reader failed.
pub fn read_run(reader: impl BufRead, mut each: impl FnMut(Facts)) -> Result<(), serde_json::Error> {
    for facts in serde_json::Deserializer::from_reader(reader).into_iter::<Facts>() {
        each(facts?);
    }
    Ok(())
}
