//! `Document` + `Knowledge` → mentions and candidate relations with their derivation. Knows no store.

pub mod actors;
pub mod affiliation;
pub mod candidates;
pub mod dates;
pub mod factuality;
mod forms;
pub mod mentions;
mod name_words;
pub mod names;
pub mod nationality;
pub mod outlets;
pub mod persons;
pub mod reading;
pub mod scene;
pub mod syntax;
pub(crate) mod territories;
