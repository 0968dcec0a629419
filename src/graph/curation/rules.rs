//! The decisions of a store, at hand; made, listed, imported and undone.

use super::{Decision, Mark, Verdict, record};
use crate::graph::error::StoreError;
use crate::graph::ledger::Remembers;
use crate::graph::sheet::Sheet;
use crate::graph::store::{Store, subject, value};
use crate::graph::vocab::{ent, graphs};
use crate::graph::waiting::waits_for;
use crate::graph::{claims, mint};
use chrono::{DateTime, TimeDelta, Utc};
use oxigraph::model::{GraphName, NamedNode, NamedNodeRef, Quad};
use std::collections::{BTreeMap, BTreeSet};

/// The decisions, and what is asked of them often.
#[derive(Debug, Default)]
pub(in crate::graph) struct Rules {
    /// In order of time.
    pub(in crate::graph) decisions: Vec<Decision>,
    /// Places in the list by the articles that a decision is about.
    by_article: BTreeMap<String, BTreeSet<usize>>,
    /// Who a leader is, where people say that two are one.
    aliases: BTreeMap<String, String>,
    /// Names that people gave to leaders and parties, with the decision.
    names: BTreeMap<String, String>,
}

impl Rules {
    pub(in crate::graph) fn read(store: &Store) -> Result<Self, StoreError> {
        let mut rules = Self { decisions: record::read(store)?, ..Self::default() };
        for (at, decision) in rules.decisions.iter().enumerate() {
            for mark in decision.verdict.marks() {
                rules.by_article.entry(mark.article.clone()).or_default().insert(at);
            }
            match &decision.verdict {
                Verdict::MergeLeaders { leaders } => alias(&mut rules.aliases, leaders),
                Verdict::RenameAgent { agent, name } => _ = rules.names.insert(agent.clone(), name.clone()),
                _ => {}
            }
        }
        Ok(rules)
    }

    /// The leader that this one is said to be, or itself.
    pub(in crate::graph) fn leader<'l>(&'l self, iri: &'l str) -> &'l str {
        self.aliases.get(iri).map_or(iri, String::as_str)
    }

    /// The leader and all who are said to be the same.
    pub(in crate::graph) fn spellings<'l>(&'l self, iri: &'l str) -> BTreeSet<&'l str> {
        let own = self.leader(iri);
        let others = self.aliases.iter().filter(|(_, to)| *to == own).map(|(from, _)| from.as_str());
        others.chain([iri, own]).collect()
    }

    /// The name that somebody gave.
    pub(in crate::graph) fn name(&self, iri: &str) -> Option<&str> {
        self.names.get(iri).map(String::as_str)
    }

    /// The decisions about an article.
    fn about(&self, article: &str) -> impl Iterator<Item = &Decision> {
        self.by_article.get(article).into_iter().flatten().map(|&at| &self.decisions[at])
    }
}

/// All of `leaders` and those they are said to be become one: a Wikidata item before a hash, then the first.
fn alias(aliases: &mut BTreeMap<String, String>, leaders: &[String]) {
    let mut class: BTreeSet<String> = leaders.iter().cloned().collect();
    class.extend(leaders.iter().filter_map(|l| aliases.get(l).cloned()));
    let below: Vec<String> =
        aliases.iter().filter(|(_, to)| class.contains(*to)).map(|(from, _)| from.clone()).collect();
    class.extend(below);
    let item = |iri: &String| mint::local(iri, "leader").is_some_and(|local| local.starts_with('Q'));
    let Some(own) = class.iter().min_by_key(|iri| (!item(iri), (*iri).clone())).cloned() else { return };
    for other in class.into_iter().filter(|other| *other != own) {
        aliases.insert(other, own.clone());
    }
}

impl Store {
    /// The decisions of the store, first decided first.
    #[must_use]
    pub fn decisions(&self) -> &[Decision] {
        &self.rules.decisions
    }

    /// The time for a decision that is made at `at` (`xsd:dateTime`): a microsecond past those of the same second that the
    /// store has, so that of two decisions of one second the later one counts. A time told more exactly than to the second
    /// stays, unless a decision has it.
    #[must_use]
    pub fn moment(&self, at: &str) -> String {
        let Some(asked) = super::instant(at) else { return at.to_owned() };
        let times = || self.rules.decisions.iter().filter_map(|decision| super::instant(&decision.at));
        let same = |time: &DateTime<Utc>| time.timestamp() == asked.timestamp();
        let mut free = match times().filter(same).max() {
            Some(last) if asked.timestamp_subsec_nanos() == 0 => last + TimeDelta::microseconds(1),
            _ => asked,
        };
        while times().any(|time| time == free) {
            free += TimeDelta::microseconds(1);
        }
        super::written(free)
    }

    /// Writes decisions; the graph follows with [`Store::settle`]. Those that the store has are passed over. Returns how
    /// many are new.
    ///
    /// # Errors
    /// Those of writing.
    pub fn decide(&mut self, decisions: &[Decision]) -> Result<usize, StoreError> {
        self.write_out()?;
        let known: BTreeSet<String> = self.rules.decisions.iter().map(Decision::hash).collect();
        let new: Vec<&Decision> = decisions.iter().filter(|d| !known.contains(&d.hash())).collect();
        self.enact(&new, &[])?;
        Ok(new.len())
    }

    /// Removes the decision with this hash, IRI, or beginning of a hash. Nothing where no decision or several have it.
    ///
    /// # Errors
    /// Those of writing.
    pub fn undo(&mut self, id: &str) -> Result<Option<Decision>, StoreError> {
        self.write_out()?;
        let [decision] = self.decisions_called(id)[..] else { return Ok(None) };
        let decision = decision.clone();
        self.enact(&[], &[&decision])?;
        Ok(Some(decision))
    }

    /// The decisions with this hash, IRI, or beginning of a hash.
    #[must_use]
    pub fn decisions_called(&self, id: &str) -> Vec<&Decision> {
        let hash = id.rsplit('/').next().unwrap_or(id);
        self.rules.decisions.iter().filter(|d| !hash.is_empty() && d.hash().starts_with(hash)).collect()
    }

    fn enact(&mut self, new: &[&Decision], gone: &[&Decision]) -> Result<(), StoreError> {
        let mut waiting = BTreeSet::new();
        let mut removed = Vec::new();
        for decision in gone {
            for quad in record::quads(decision, &self.listed) {
                let of_this = NamedNode::new_unchecked(subject(&quad));
                removed.extend(self.quads(Some(of_this.as_ref()), None, None, Some(graphs::CURATION))?);
            }
        }
        removed.sort_by_cached_key(ToString::to_string);
        removed.dedup();
        let added: Vec<Quad> = new.iter().flat_map(|decision| record::quads(decision, &self.listed)).collect();
        for decision in new.iter().chain(gone) {
            waiting.extend(self.affected(decision)?);
        }
        let mut sheet = Sheet::new(graphs::STORE.into_owned());
        for what in &waiting {
            sheet.text(&mint::store(), ent::PENDING, what);
        }
        let added: Vec<Quad> = added.into_iter().chain(sheet.quads).collect();
        self.remembers = Remembers::Nothing;
        self.change(&removed, added)?;
        self.rules = Rules::read(self)?;
        Ok(())
    }

    /// What must be rebuilt when a decision comes or goes.
    fn affected(&self, decision: &Decision) -> Result<BTreeSet<String>, StoreError> {
        let mut waiting = BTreeSet::new();
        for mark in decision.verdict.marks() {
            if let Some((_, bucket)) = self.find_mark(mark)? {
                waiting.insert(format!("bucket {bucket}"));
            }
        }
        match &decision.verdict {
            Verdict::Assert { fact } => {
                waiting.insert(format!("bucket {}", record::bucket(fact)));
                let strangers = fact.parties.iter().filter(|code| !self.listed.contains_key(*code));
                waiting.extend(strangers.map(|code| format!("name {}", record::party(code, &self.listed).as_str())));
                // What other decisions bind to this fact.
                waiting.extend(self.bound_to(&format!("decision/{}", decision.hash()))?);
            }
            Verdict::RenameAgent { agent, .. } => _ = waiting.insert(format!("name {agent}")),
            Verdict::MergeLeaders { leaders } => {
                for iri in leaders.iter().flat_map(|l| self.rules.spellings(l)).collect::<BTreeSet<_>>() {
                    waiting.insert(format!("name {iri}"));
                    waiting.extend(self.buckets_with(iri)?);
                }
            }
            _ => {}
        }
        Ok(waiting)
    }

    /// Buckets of the claims about a leader, and of all others of the articles that name them.
    fn buckets_with(&self, leader: &str) -> Result<BTreeSet<String>, StoreError> {
        let (node, mut waiting) = (NamedNodeRef::new_unchecked(leader), BTreeSet::new());
        for predicate in [ent::PARTICIPANT, ent::SIGNATORY] {
            for quad in self.quads(None, Some(predicate), Some(node.into()), None)? {
                let claim = NamedNode::new_unchecked(subject(&quad));
                let found = self.quads(Some(claim.as_ref()), Some(ent::BUCKET), None, None)?;
                waiting.extend(found.iter().filter_map(waits_for));
            }
        }
        // Whom an article names tells of all its facts whether they are those of another.
        for quad in self.quads(None, Some(ent::APPEARS), Some(node.into()), None)? {
            if let GraphName::NamedNode(article) = &quad.graph_name {
                let found = self.quads(None, Some(ent::BUCKET), None, Some(article.as_ref()))?;
                waiting.extend(found.iter().filter_map(waits_for));
            }
        }
        Ok(waiting)
    }

    /// Buckets of the reports that decisions about an article name, in whatever article they stand: when it comes or goes,
    /// they are rebuilt too. Of what a person asserted the article is `decision/HASH`.
    pub(in crate::graph) fn bound_to(&self, article: &str) -> Result<BTreeSet<String>, StoreError> {
        let mut waiting = BTreeSet::new();
        for decision in self.rules.about(article) {
            waiting.extend(self.affected(decision)?);
        }
        Ok(waiting)
    }

    /// The fact that a mark means and its bucket, where the store has it.
    pub(super) fn find_mark(&self, mark: &Mark) -> Result<Option<(String, String)>, StoreError> {
        let graph = match mark.article.strip_prefix("decision/") {
            Some(_) => graphs::CURATION.into_owned(),
            None => graphs::article(&claims::article_key(&mark.article)),
        };
        let mut best: Option<(usize, String, String)> = None;
        for quad in self.quads(None, Some(ent::FACT), None, Some(graph.as_ref()))? {
            let claim = NamedNode::new_unchecked(subject(&quad));
            let said = self.quads(Some(claim.as_ref()), None, None, Some(graph.as_ref()))?;
            let one = |p: NamedNodeRef<'_>| said.iter().find(|q| q.predicate.as_ref() == p).map(|q| value(&q.object));
            let (fact, Some(bucket)) = (value(&quad.object), one(ent::BUCKET)) else { continue };
            if fact == mark.fact {
                return Ok(Some((fact.to_owned(), bucket.to_owned())));
            }
            let number = |p| one(p).and_then(|n| n.parse().ok()).unwrap_or(0_usize);
            let (start, end) = (number(ent::START), number(ent::END));
            let common = end.min(mark.end).saturating_sub(start.max(mark.start));
            let better = best.as_ref().is_none_or(|(most, other, _)| (common, other.as_str()) > (*most, fact));
            if one(ent::ABOUT) == Some(&mark.about) && common > 0 && better {
                best = Some((common, fact.to_owned(), bucket.to_owned()));
            }
        }
        Ok(best.map(|(_, fact, bucket)| (fact, bucket)))
    }
}
