//! `Facts` ↔ quads; the store; identity across articles. The only module that knows Oxigraph.
//!
//! ```text
//! Facts ──▶ claims ──▶ writer ──▶ graph/article/… ──▶ settle ──▶ graph/events ──▶ graph/ties
//!                                   telling ─▶ identity, cluster ─▶ event ─▶ ties
//! ```
//!
//! An article is written in one transaction with its **claims**: what one rule saw in one sentence. **Events** are rebuilt
//! from the claims of all articles, **ties** from the events; so any order of articles, in one program run or in many,
//! gives the same graph, and an article that is forgotten leaves no trace. No triple is in two graphs, and no node is blank.

mod algebra;
pub mod backup;
mod bonds;
mod check;
mod claims;
mod cluster;
mod column;
mod copy;
mod curation;
mod differ;
mod dump;
mod error;
mod event;
mod explain;
mod folder;
mod former;
mod identity;
mod items;
mod ledger;
mod load;
mod meetings;
mod mint;
mod names;
mod namesakes;
mod near;
mod people;
mod person;
mod produced;
mod read;
mod reasons;
mod reference;
mod rows;
mod runs;
pub mod serving;
mod settle;
mod shacl;
mod sheet;
pub mod sparql;
mod spread;
mod step;
mod stopping;
mod store;
mod suggest;
mod tally;
mod telling;
mod texts;
mod ties;
mod topics;
mod totals;
pub mod vocab;
mod void;
mod waiting;
mod writer;

pub use backup::BackupError;
pub use check::{CHECK_QUERIES, CheckQuery, Finding, Severity};
pub use curation::{
    Account, Assertion, Decision, DecisionError, Mark, Target, Told, Values, Verdict, Wish, WishError, in_one_line,
};
pub use differ::{Difference, Step};
pub use dump::RdfFormat;
pub use error::StoreError;
pub use event::TIE_CONFIDENCE;
pub use explain::{Explanation, Report, Story};
pub use namesakes::{Namesake, Namesakes};
pub use person::{Person, Spelling, Term};
pub use rows::{
    ArticleRow, ClaimRow, Counts, EventFilter, EventKind, EventRow, LeaderRow, PartyCodes, PartyRow, TieRow,
};
pub use runs::RunInfo;
pub use spread::{Outcome, Piece, Spread};
pub use store::Store;
pub use suggest::{Side, Suggestion, Suspicion};
pub use writer::{Added, Forgotten};

#[cfg(test)]
mod tests;
