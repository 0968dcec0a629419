//! Gold facts → scores of the engine, and weights for its judge; facts without gold → samples for a person to judge. Knows no
//! store.

pub mod audit;
pub mod cases;
pub mod compare;
mod fit;
pub mod gold;
mod matching;
pub mod notation;
pub mod outlet;
mod platt;
pub mod score;
pub mod train;

pub use compare::Comparison;
pub use gold::{GoldError, read_gold, read_gold_files};
pub use score::{Calibration, Mistake, Report, Tally};
