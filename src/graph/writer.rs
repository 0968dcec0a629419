//! Articles into the store and out of it. An article is written whole or not at all, together with the note of which events
//! wait for their rebuild; new articles are written many at once.

use super::error::StoreError;
use super::runs::RunInfo;
use super::sheet::{Sheet, difference};
use super::store::Store;
use super::vocab::{ent, graphs};
use super::{claims, mint, people, settle, telling};
use crate::facts::Facts;
use oxigraph::model::Quad;
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
}

/// Quads after which the new articles are written: some hundred articles.
const MOST_UNWRITTEN: usize = 100_000;

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
        let mut new = claims::quads(facts, &run.iri(), &self.listed, self.terms.as_ref());
        let old = self.article_quads(id)?;
        if old.is_empty() {
            new.append(&mut self.touched(id, &[], &new)?.quads);
            new.append(&mut run.quads().quads);
            new.append(&mut self.held_in(facts));
            self.unwritten.quads.append(&mut new);
            self.unwritten.ids.insert(id.clone());
            if self.unwritten.quads.len() > MOST_UNWRITTEN {
                self.write_out()?;
            }
            return Ok(Added::Stored);
        }
        // What a claim asserts is settled later, so it is no difference between two versions.
        let (asserts, told): (Vec<Quad>, Vec<Quad>) = old.into_iter().partition(telling::is_settled);
        let (mut removed, mut added) = difference(told, new);
        if removed.is_empty() && added.is_empty() {
            return Ok(Added::Unchanged);
        }
        let kept = |quad: &Quad| !removed.iter().any(|r| r.subject == quad.subject);
        let stale: Vec<Quad> = asserts.into_iter().filter(|quad| !kept(quad)).collect();
        let pending = self.touched(id, &removed, &added)?;
        removed.extend(stale);
        added.extend(pending.quads);
        added.extend(run.quads().quads);
        added.append(&mut self.held_in(facts));
        self.change(&removed, &added)?;
        Ok(Added::Replaced)
    }

    /// The terms of office of an article's leaders, where the lists are at hand.
    fn held_in(&self, facts: &Facts) -> Vec<Quad> {
        self.terms.as_ref().map(|lists| people::held_in(facts, lists, &self.listed)).unwrap_or_default()
    }

    /// Writes the new articles that are not written yet.
    pub(super) fn write_out(&mut self) -> Result<(), StoreError> {
        let unwritten = std::mem::take(&mut self.unwritten);
        self.change(&[], &unwritten.quads)
    }

    /// Removes articles, and what only they supported. Unknown ids are told, not refused.
    ///
    /// # Errors
    /// Those of writing.
    pub fn forget<S: AsRef<str>>(&mut self, ids: &[S]) -> Result<Forgotten, StoreError> {
        self.write_out()?;
        let before = self.event_count()?;
        let mut out = Forgotten::default();
        for id in ids.iter().map(AsRef::as_ref).collect::<BTreeSet<_>>() {
            let old = self.article_quads(id)?;
            if old.is_empty() {
                out.unknown.push(id.to_owned());
                continue;
            }
            let pending = self.touched(id, &old, &[])?;
            self.change(&old, &pending.quads)?;
            self.drop_text(id)?;
            out.articles.push(id.to_owned());
        }
        self.settle()?;
        out.events = before.saturating_sub(self.event_count()?);
        Ok(out)
    }

    /// The graph of an article.
    fn article_quads(&self, id: &str) -> Result<Vec<Quad>, StoreError> {
        self.quads(None, None, None, Some(graphs::article(&claims::article_key(id)).as_ref()))
    }

    /// What waits for its rebuild when an article changes: the buckets of claims and the names that come, go or change.
    fn touched(&self, id: &str, removed: &[Quad], added: &[Quad]) -> Result<Sheet, StoreError> {
        let mut sheet = Sheet::new(graphs::STORE.into_owned());
        let node = mint::store();
        let mut waiting = BTreeSet::new();
        let mut subjects = BTreeSet::new();
        for quad in removed.iter().chain(added) {
            waiting.extend(settle::waits_for(quad));
            subjects.insert(quad.subject.to_string());
        }
        // An article whose date or id changes touches every claim in it; a claim that changes, its own bucket.
        let article = format!("<{}>", mint::thing("article", &claims::article_key(id)).as_str());
        for quad in self.article_quads(id)? {
            if subjects.contains(&article) || subjects.contains(&quad.subject.to_string()) {
                waiting.extend(settle::waits_for(&quad));
            }
        }
        // What people decided about it may bind it to others.
        waiting.extend(self.bound_to(id)?);
        for what in waiting {
            sheet.text(&node, ent::PENDING, what);
        }
        Ok(sheet)
    }

    fn event_count(&self) -> Result<usize, StoreError> {
        Ok(self.quads(None, None, Some(ent::CLASS_EVENT.into()), Some(graphs::EVENTS))?.len())
    }
}
