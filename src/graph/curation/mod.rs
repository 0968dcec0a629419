//! What people decide about the graph: two events are one, a report belongs to another, a sentence was misread, a name is
//! wrong, a fact is missing. Kept in the graph of curation, which no rebuild drops, and applied whenever events are rebuilt.
//!
//! A decision names the reports that it is about by their [`Mark`]s: article, kind and place of the sentence. So it holds
//! for an article that is forgotten and comes back, and for one that is read anew by another version of the rules.

mod again;
mod checked;
mod record;
mod rules;
mod target;
mod text;
mod verdicts;
mod wish;
mod words;

pub use checked::DecisionError;
pub(super) use rules::Rules;
pub use target::Target;
pub use text::in_one_line;
pub(super) use verdicts::{Bond, Verdicts};
pub use wish::{Values, Wish, WishError};
pub use words::{Account, Told};

use super::mint;
use crate::knowledge::vocab::ActType;
use chrono::{DateTime, SecondsFormat, Utc};
use serde::{Deserialize, Serialize};

/// A fact as one article tells it, as a decision names it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Mark {
    /// Article id as in the contract; of what a person asserted, `decision/HASH`.
    pub article: String,
    /// `agreement`, `encounter` or `act`.
    pub about: String,
    /// Hash of the fact. Where the article tells no such fact any more, the one is meant whose sentence is there.
    pub fact: String,
    /// First Unicode scalar value of its first sentence.
    pub start: usize,
    /// One past the last.
    pub end: usize,
}

/// A fact of a person's own. Codes of parties and names of types as in the contract.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Assertion {
    /// `agreement`, `encounter` or `act`.
    pub about: String,
    /// `mou`, `visit`, `SUPPORT` …
    pub event_type: String,
    /// Codes; of an act first who acts, then who is acted upon.
    pub parties: Vec<String>,
    /// `signed`, `held` …; acts have none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<String>,
    /// `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    /// Phrase that names an agreement.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub topic: Option<String>,
    /// City or venue of an encounter.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// Sector slugs of an agreement.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sectors: Vec<String>,
    /// Which of `parties` and `type` only repeat what the event had when the fact was asserted: they give way to what
    /// articles tell, all else goes before it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub repeats: Vec<String>,
    /// Reports that are of the same event.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub of: Vec<Mark>,
}

/// What was decided.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "decides")]
pub enum Verdict {
    /// All these reports are of one event.
    Merge {
        /// The reports.
        reports: Vec<Mark>,
    },
    /// These leaders are one person.
    MergeLeaders {
        /// Their IRIs.
        leaders: Vec<String>,
    },
    /// These reports are of another event than those.
    Split {
        /// The reports that leave.
        reports: Vec<Mark>,
        /// The reports that stay.
        from: Vec<Mark>,
    },
    /// These reports were misread, or are false.
    Reject {
        /// The reports.
        reports: Vec<Mark>,
    },
    /// The event of these reports has this name.
    Rename {
        /// The reports.
        reports: Vec<Mark>,
        /// The name.
        name: String,
    },
    /// This leader, or party of no list, has this name.
    RenameAgent {
        /// IRI.
        agent: String,
        /// The name.
        name: String,
    },
    /// A fact that no article tells, or not so.
    Assert {
        /// The fact.
        fact: Assertion,
    },
}

impl Verdict {
    /// The word of the command, which is also that of the graph.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self {
            Self::Merge { .. } | Self::MergeLeaders { .. } => "merge",
            Self::Split { .. } => "split",
            Self::Reject { .. } => "reject",
            Self::Rename { .. } | Self::RenameAgent { .. } => "rename",
            Self::Assert { .. } => "assert",
        }
    }

    /// All marks in it.
    pub(super) fn marks(&self) -> Vec<&Mark> {
        match self {
            Self::Merge { reports } | Self::Reject { reports } | Self::Rename { reports, .. } => {
                reports.iter().collect()
            }
            Self::Split { reports, from } => reports.iter().chain(from).collect(),
            Self::Assert { fact } => fact.of.iter().collect(),
            Self::MergeLeaders { .. } | Self::RenameAgent { .. } => Vec::new(),
        }
    }

    /// Lists have no order of their own: sorted, and each thing once.
    fn sort(&mut self) {
        let tidy = |marks: &mut Vec<Mark>| {
            marks.sort();
            marks.dedup();
        };
        match self {
            Self::Merge { reports } | Self::Reject { reports } | Self::Rename { reports, .. } => tidy(reports),
            Self::Split { reports, from } => {
                tidy(reports);
                tidy(from);
            }
            Self::MergeLeaders { leaders } => {
                leaders.sort();
                leaders.dedup();
            }
            Self::Assert { fact } => {
                tidy(&mut fact.of);
                fact.sectors.sort();
                fact.sectors.dedup();
                fact.repeats.sort();
                fact.repeats.dedup();
                // Of what both do neither is first, as in articles.
                if fact.about != "act" || fact.event_type.parse().is_ok_and(ActType::is_mutual) {
                    fact.parties.sort();
                    fact.parties.dedup();
                }
            }
            Self::RenameAgent { .. } => {}
        }
    }
}

/// A person's decision. Its id is made of all the rest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// Who decided.
    pub by: String,
    /// Why.
    pub why: String,
    /// When: `xsd:dateTime`, such as `2025-11-02T09:30:00Z`.
    pub at: String,
    /// What.
    #[serde(flatten)]
    pub verdict: Verdict,
}

impl Decision {
    /// The decision, with its lists in order.
    #[must_use]
    pub fn new(by: &str, why: &str, at: &str, mut verdict: Verdict) -> Self {
        verdict.sort();
        Self { by: by.trim().to_owned(), why: why.trim().to_owned(), at: at.trim().to_owned(), verdict }
    }

    /// Twenty hexadecimal digits.
    #[must_use]
    pub fn hash(&self) -> String {
        // A value of plain texts and numbers always has a JSON form.
        let content = serde_json::to_string(&self.verdict).unwrap_or_default();
        mint::hash(["decision", &self.by, &self.why, &self.at, &content])
    }

    /// IRI.
    #[must_use]
    pub fn iri(&self) -> String {
        mint::thing("decision", &self.hash()).into_string()
    }

    /// The day of the decision.
    #[must_use]
    pub fn day(&self) -> &str {
        self.at.get(..10).unwrap_or(&self.at)
    }

    /// The time of the decision, for an order of decisions.
    fn key(&self) -> (Option<DateTime<Utc>>, &str, String) {
        (instant(&self.at), &self.at, self.hash())
    }
}

/// A time as written, `xsd:dateTime`.
fn instant(at: &str) -> Option<DateTime<Utc>> {
    DateTime::parse_from_rfc3339(at).ok().map(|time| time.to_utc())
}

/// A time as decisions write it.
fn written(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::AutoSi, true)
}
