//! Scores and the compared facts of each article → one self-contained page to read them by: no script, nothing loaded from
//! elsewhere, light and dark, on paper and on a phone.
//!
//! `card` says what each fact is, `reading` sets the cards beside the marked text, `filter` lets a link narrow the page, `html`
//! writes it.

mod card;
mod filter;
mod html;
mod reading;
#[cfg(test)]
mod tests;

pub use html::write_html;

use crate::evaluate::Report;
use crate::facts::Facts;
use std::collections::BTreeMap;

/// What the page shows.
#[derive(Debug)]
pub struct Scorecard<'a> {
    /// What was scored, such as the name of the gold folder.
    pub name: String,
    /// Scores of all articles.
    pub report: &'a Report,
    /// Scores by outlet.
    pub outlets: &'a BTreeMap<String, Report>,
    /// The articles in the order of the page.
    pub articles: Vec<Judged<'a>>,
}

/// One article with its facts.
#[derive(Debug, Clone, Copy)]
pub struct Judged<'a> {
    /// Its outlet, one of [`Scorecard::outlets`].
    pub outlet: &'a str,
    /// The text that the told facts' offsets refer to, where it is known.
    pub text: Option<&'a str>,
    /// What gold says.
    pub gold: &'a Facts,
    /// What was told.
    pub told: &'a Facts,
}

/// What became of a fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Outcome {
    /// Told, and in gold.
    Found,
    /// Told, and not in gold.
    Extra,
    /// In gold, and not told.
    Missed,
    /// Told as background, or only recalled by gold: it does not count.
    Aside,
}

impl Outcome {
    /// Those that count, in the order of tables.
    const COUNTED: [Self; 3] = [Self::Found, Self::Extra, Self::Missed];

    fn as_str(self) -> &'static str {
        match self {
            Self::Found => "found",
            Self::Extra => "extra",
            Self::Missed => "missed",
            Self::Aside => "aside",
        }
    }

    /// A sign that can be told from the others without color.
    fn sign(self) -> &'static str {
        match self {
            Self::Found => "✓",
            Self::Extra => "✗",
            Self::Missed => "○",
            Self::Aside => "·",
        }
    }
}
