//! Lists in pages.

use crate::server::call::Call;
use crate::server::problem::Problem;
use crate::server::snapshot::Words;
use serde::Serialize;

/// Items of a page where nothing is said, and at most.
const USUAL: usize = 50;
const MOST: usize = 500;

/// Bytes of a question, at most.
const LONGEST: usize = 1000;

/// Reads `q`.
pub(super) fn question(call: &Call) -> Result<&str, Problem> {
    let question = call.one("q").unwrap_or_default();
    if question.len() > LONGEST {
        return Err(Problem::bad(format!("`q` is longer than {LONGEST} bytes")));
    }
    Ok(question)
}

/// The words of `q`, each of which must begin a word of a name.
pub(super) fn words(call: &Call) -> Result<Words, Problem> {
    question(call).map(Words::of)
}

/// A part of a list.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct Page<T> {
    /// The items of this page.
    pub(super) items: Vec<T>,
    /// Items of all pages.
    pub(super) total: usize,
    /// What to give as `cursor` for the next page.
    pub(super) next: Option<String>,
}

/// Where a page begins and how long it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Window {
    start: usize,
    limit: usize,
}

impl Window {
    /// Reads `limit` and `cursor`.
    pub(super) fn of(call: &Call) -> Result<Self, Problem> {
        let limit = match call.one("limit") {
            None => USUAL,
            Some(text) => {
                let limit = text.parse().ok().filter(|n| (1..=MOST).contains(n));
                limit.ok_or_else(|| Problem::bad(format!("`limit` is a number from 1 to {MOST}")))?
            }
        };
        let start = match call.one("cursor").filter(|text| !text.is_empty()) {
            None => 0,
            Some(text) => text.parse().map_err(|_| Problem::bad("`cursor` is what `next` of the page before says"))?,
        };
        Ok(Self { start, limit })
    }

    /// The page of a list, whose items are made only where they are shown.
    pub(super) fn page<S, T>(self, all: &[S], make: impl FnMut(&S) -> T) -> Page<T> {
        let items = all.iter().skip(self.start).take(self.limit).map(make).collect();
        let end = self.start.saturating_add(self.limit);
        Page { items, total: all.len(), next: (end < all.len()).then(|| end.to_string()) }
    }
}
