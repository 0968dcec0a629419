//! A decision that says what an earlier one says: it is told, and not kept twice.

use super::{Decision, Mark, Verdict};
use crate::graph::store::Store;
use std::collections::BTreeSet;

impl Store {
    /// The decision that says what this verdict says, where no later one is about any of the same things.
    #[must_use]
    pub fn decided(&self, verdict: &Verdict) -> Option<&Decision> {
        let said = of_articles(verdict);
        let at = self.decisions().iter().rposition(|decision| of_articles(&decision.verdict) == said)?;
        let found = &self.decisions()[at];
        let mut about: BTreeSet<String> = things(verdict).into_iter().chain(things(&found.verdict)).collect();
        about.insert(given(found));
        let later = &self.decisions()[at + 1..];
        later.iter().all(|decision| things(&decision.verdict).is_disjoint(&about)).then_some(found)
    }
}

/// The verdict without the marks of what people assert: an event has one more after each assertion of it.
fn of_articles(verdict: &Verdict) -> Verdict {
    let mut verdict = verdict.clone();
    let told = |marks: &mut Vec<Mark>| marks.retain(|mark| !mark.article.starts_with("decision/"));
    match &mut verdict {
        Verdict::Merge { reports } | Verdict::Reject { reports } | Verdict::Rename { reports, .. } => told(reports),
        Verdict::Split { reports, from } => {
            told(reports);
            told(from);
        }
        Verdict::Assert { fact } => told(&mut fact.of),
        Verdict::MergeLeaders { .. } | Verdict::RenameAgent { .. } => {}
    }
    verdict.sort();
    verdict
}

/// What a verdict is about: facts of articles, assertions, leaders and parties.
fn things(verdict: &Verdict) -> BTreeSet<String> {
    let thing = |mark: &Mark| match mark.article.starts_with("decision/") {
        true => mark.article.clone(),
        false => format!("{} {}", mark.article, mark.fact),
    };
    let agents: &[String] = match verdict {
        Verdict::MergeLeaders { leaders } => leaders,
        Verdict::RenameAgent { agent, .. } => std::slice::from_ref(agent),
        _ => &[],
    };
    verdict.marks().into_iter().map(thing).chain(agents.iter().cloned()).collect()
}

/// What an assertion gives, as marks name it.
fn given(decision: &Decision) -> String {
    format!("decision/{}", decision.hash())
}
