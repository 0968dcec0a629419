//! Gold facts → scores of the engine, and weights for its judge. Knows no store.

pub mod cases;
pub mod gold;
pub mod notation;
pub mod score;
pub mod train;

pub use gold::{GoldError, read_gold};
pub use score::{Mistake, Report, Tally};
