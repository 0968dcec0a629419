//! Articles into the store and out of it. An article is written whole or not at all, together with the note of which events
//! wait for their rebuild; new articles are written many at once.

use super::error::StoreError;
use super::ledger::{Ledger, Remembers};
use super::runs::RunInfo;
use super::sheet::difference;
use super::step::PART;
use super::store::{Store, subject};
use super::vocab::{ent, graphs};
use super::waiting::{FEW_ARTICLES, Waiting};
use super::{claims, people, telling};
use crate::facts::Facts;
use oxigraph::model::{NamedNode, Quad};
use std::collections::BTreeSet;

/// What became of an article that was added.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Added {
    /// It is new.
    Stored,
    /// The store held all of it.
    Unchanged,
    /// The store held another version, which is gone.
    Replaced,
}

/// What became of articles to be forgotten.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Forgotten {
    /// Ids that were in the store and are gone.
    pub articles: Vec<String>,
    /// Ids that the store does not know.
    pub unknown: Vec<String>,
    /// Events that only these articles supported.
    pub events: usize,
}

/// New articles that are not written yet.
#[derive(Debug, Default)]
pub(super) struct Unwritten {
    quads: Vec<Quad>,
    ids: BTreeSet<String>,
    runs: BTreeSet<NamedNode>,
    waiting: Waiting,
}

impl Store {
    /// Takes an article and its claims, in place of an earlier version. Readers see it after [`Store::settle`], which also
    /// makes its events.
    ///
    /// # Errors
    /// Those of writing; then nothing of this article was written.
    pub fn add(&mut self, facts: &Facts, run: &RunInfo) -> Result<Added, StoreError> {
        let id = &facts.article.id;
        if self.unwritten.ids.contains(id) {
            self.write_out()?;
        }
        let mut new = claims::quads(facts, &run.iri(), &self.listed, self.terms.as_deref());
        let old = self.article_quads(id)?;
        if old.is_empty() {
            let mut waiting = self.bound(id)?;
            waiting.comes(id, &new);
            self.remember(&new)?;
            self.unwritten.waiting.append(waiting);
            if self.unwritten.runs.insert(run.iri()) {
                new.append(&mut run.quads().quads);
            }
            new.append(&mut self.held_in(facts));
            self.unwritten.quads.append(&mut new);
            self.unwritten.ids.insert(id.clone());
            if self.unwritten.quads.len() > PART {
                self.hand_over()?;
            }
            return Ok(Added::Stored);
        }
        // What a claim asserts is settled later, so it is no difference between two versions.
        let (asserts, told): (Vec<Quad>, Vec<Quad>) = old.iter().cloned().partition(telling::is_settled);
        let (mut removed, mut added) = difference(told, new.clone());
        if removed.is_empty() && added.is_empty() {
            return Ok(Added::Unchanged);
        }
        // Whatever changes in an article may change how each of its reports compares with others.
        let mut waiting = self.bound(id)?;
        waiting.goes(&old);
        waiting.comes(id, &new);
        let changed: BTreeSet<&str> = removed.iter().map(subject).collect();
        let stale: Vec<Quad> = asserts.into_iter().filter(|quad| changed.contains(subject(quad))).collect();
        removed.extend(stale);
        let first = self.replaces(&old, &new);
        added.append(&mut waiting.notes(!first));
        added.extend(run.quads().quads);
        added.append(&mut self.held_in(facts));
        self.change_at_once(&removed, &added)?;
        Ok(Added::Replaced)
    }

    /// Notes a new article in the ledger, where the store has one or may begin one.
    fn remember(&mut self, quads: &[Quad]) -> Result<(), StoreError> {
        if matches!(self.remembers, Remembers::Untried) {
            self.remembers = if self.is_untold()? {
                Remembers::All(Box::new(Ledger::new(self.place())))
            } else {
                Remembers::Nothing
            };
        }
        if let Remembers::All(ledger) = &mut self.remembers
            && ledger.article(quads).is_err()
        {
            // It will be read back.
            self.remembers = Remembers::Nothing;
        }
        Ok(())
    }

    /// Notes the new version of an article in the ledger, where the store has one, which it says.
    fn replaces(&mut self, old: &[Quad], new: &[Quad]) -> bool {
        let Remembers::All(ledger) = &mut self.remembers else { return false };
        ledger.goes(old);
        if ledger.article(new).is_err() {
            self.remembers = Remembers::Nothing;
        }
        true
    }

    /// Whether no article is there, nobody decided anything, and nothing waits.
    fn is_untold(&self) -> Result<bool, StoreError> {
        let none = |predicate, graph| self.finds((None, predicate, None, graph), |_| Ok(true)).map(|found| !found);
        Ok(none(Some(ent::BUCKET), None)?
            && none(Some(ent::APPEARS), None)?
            && none(Some(ent::ARTICLE_ID), None)?
            && none(Some(ent::PENDING), None)?
            && none(None, Some(graphs::EVENTS))?
            && none(None, Some(graphs::TIES))?
            && none(None, Some(graphs::CURATION))?)
    }

    /// The terms of office of an article's leaders, where the lists are at hand.
    pub(super) fn held_in(&self, facts: &Facts) -> Vec<Quad> {
        self.terms.as_deref().map(|lists| people::held_in(facts, lists, &self.listed)).unwrap_or_default()
    }

    /// Takes new articles out of memory, and writes them where they are enough for a step.
    fn hand_over(&mut self) -> Result<(), StoreError> {
        if self.takes_steps() {
            let quads = std::mem::take(&mut self.unwritten.quads);
            self.change_in_step(Vec::new(), quads)?;
            self.unwritten.waiting.are_many();
            if !self.should_end_step() {
                return Ok(());
            }
        }
        self.write_out()
    }

    /// Writes the new articles that are not written yet, and ends the step.
    pub(super) fn write_out(&mut self) -> Result<(), StoreError> {
        let Unwritten { mut quads, ids, runs: _, waiting } = std::mem::take(&mut self.unwritten);
        // What the ledger has waits whole.
        let first = matches!(self.remembers, Remembers::All(_));
        quads.append(&mut waiting.notes(ids.len() <= FEW_ARTICLES && !first));
        self.change_in_step(Vec::new(), quads)?;
        self.end_step()
    }

    /// Removes articles, and what only they supported. Unknown ids are told, not refused.
    ///
    /// # Errors
    /// Those of writing.
    pub fn forget<S: AsRef<str>>(&mut self, ids: &[S]) -> Result<Forgotten, StoreError> {
        self.remembers = Remembers::Nothing;
        self.write_out()?;
        let mut out = Forgotten::default();
        for id in ids.iter().map(AsRef::as_ref).collect::<BTreeSet<_>>() {
            let old = self.article_quads(id)?;
            if old.is_empty() {
                out.unknown.push(id.to_owned());
                continue;
            }
            let mut waiting = self.bound(id)?;
            waiting.goes(&old);
            self.change(&old, waiting.notes(ids.len() <= FEW_ARTICLES))?;
            self.drop_text(id)?;
            out.articles.push(id.to_owned());
        }
        out.events = self.settle_all()?.lost();
        Ok(out)
    }

    /// The graph of an article.
    fn article_quads(&self, id: &str) -> Result<Vec<Quad>, StoreError> {
        self.quads(None, None, None, Some(graphs::article(&claims::article_key(id)).as_ref()))
    }

    /// What people decided about an article may bind it to others.
    fn bound(&self, id: &str) -> Result<Waiting, StoreError> {
        let mut waiting = Waiting::default();
        waiting.whole(self.bound_to(id)?);
        Ok(waiting)
    }
}
