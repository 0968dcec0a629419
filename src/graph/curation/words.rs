//! A decision → what it is about in words, as the articles tell it now.

use super::{Decision, Mark, Verdict};
use crate::graph::error::StoreError;
use crate::graph::mint;
use crate::graph::store::{Store, subject, value};
use crate::graph::vocab::{ent, graphs};
use oxigraph::model::vocab::rdfs;
use oxigraph::model::{LiteralRef, NamedNodeRef};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// What a decision is about.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Account {
    /// What its reports tell; of a split those that leave.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub about: Vec<Told>,
    /// Of a split, what those tell that stay.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub stays: Vec<Told>,
    /// Names of the leaders or the party.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub names: Vec<String>,
    /// IRIs and labels of the events that the reports are of now, or that it makes.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub events: Vec<(String, String)>,
    /// Whether nothing that it is about is in the store, so that it rests until that comes.
    pub rests: bool,
}

/// What some articles tell alike.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Told {
    /// `KEN–OMN: agreement, signed, fisheries, 2024-05-06`.
    pub tells: String,
    /// Ids of the articles.
    pub articles: Vec<String>,
    /// Codes of the parties.
    #[serde(skip)]
    pub parties: BTreeSet<String>,
}

impl Store {
    /// What a verdict is about, in words; of a decision that is not kept yet `own` is nothing.
    ///
    /// # Errors
    /// Those of reading.
    pub fn account(&self, verdict: &Verdict, own: Option<&Decision>) -> Result<Account, StoreError> {
        let mut account = Account::default();
        let (about, stays): (&[Mark], &[Mark]) = match verdict {
            Verdict::Merge { reports } | Verdict::Reject { reports } | Verdict::Rename { reports, .. } => {
                (reports, &[])
            }
            Verdict::Split { reports, from } => (reports, from),
            Verdict::Assert { fact } => (&fact.of, &[]),
            Verdict::MergeLeaders { .. } | Verdict::RenameAgent { .. } => (&[], &[]),
        };
        let mut facts = BTreeSet::new();
        account.about = self.told(about, &mut facts)?;
        account.stays = self.told(stays, &mut facts)?;
        let leaders: &[String] = match verdict {
            Verdict::MergeLeaders { leaders } => leaders,
            Verdict::RenameAgent { agent, .. } => std::slice::from_ref(agent),
            _ => &[],
        };
        for leader in leaders {
            account.names.push(self.written(leader)?);
        }
        let given = own.filter(|_| matches!(verdict, Verdict::Assert { .. })).map(super::record::fact_of);
        account.events = self.events_of_facts(given.iter().chain(&facts))?;
        let only_own = matches!(verdict, Verdict::Assert { fact } if fact.of.is_empty());
        account.rests = leaders.is_empty() && facts.is_empty() && !only_own;
        Ok(account)
    }

    /// How articles write the name of a leader, whatever the leader is called since; of others what they are called.
    fn written(&self, iri: &str) -> Result<String, StoreError> {
        let mut names = BTreeSet::new();
        for quad in self.quads(None, Some(ent::APPEARS), Some(NamedNodeRef::new_unchecked(iri).into()), None)? {
            let appearance = NamedNodeRef::new_unchecked(subject(&quad));
            let found = self.quads(Some(appearance), Some(ent::NAME), None, None)?;
            names.extend(found.iter().map(|quad| value(&quad.object).to_owned()));
        }
        if names.is_empty() { self.label(iri) } else { Ok(names.into_iter().collect::<Vec<_>>().join(" / ")) }
    }

    /// What marks tell, those alike together; adds the facts that the store has.
    fn told(&self, marks: &[Mark], facts: &mut BTreeSet<String>) -> Result<Vec<Told>, StoreError> {
        let mut told: BTreeMap<String, Told> = BTreeMap::new();
        for mark in marks.iter().filter(|mark| !mark.article.starts_with("decision/")) {
            let found = self.find_mark(mark)?;
            let (tells, parties) = match &found {
                Some((fact, _)) => self.tells(fact)?,
                None => (format!("an {} that is not in the store", mark.about), BTreeSet::new()),
            };
            facts.extend(found.map(|(fact, _)| fact));
            let entry = told.entry(tells.clone()).or_insert_with(|| Told { tells, articles: Vec::new(), parties });
            entry.articles.push(mark.article.clone());
            entry.articles.sort();
            entry.articles.dedup();
        }
        Ok(told.into_values().collect())
    }

    /// `KEN–OMN: agreement, signed, fisheries, 2024-05-06`, and the parties, of a fact.
    fn tells(&self, fact: &str) -> Result<(String, BTreeSet<String>), StoreError> {
        let found = self.quads(None, Some(ent::FACT), Some(LiteralRef::new_simple_literal(fact).into()), None)?;
        let Some(claim) = found.first().map(subject) else { return Ok((String::new(), BTreeSet::new())) };
        let said = self.quads(Some(NamedNodeRef::new_unchecked(claim)), None, None, None)?;
        let of = |p: NamedNodeRef<'_>| said.iter().find(|q| q.predicate.as_ref() == p).map(|q| value(&q.object));
        let code = |p| of(p).map(mint::code);
        let parties = said.iter().filter(|q| q.predicate.as_ref() == ent::PARTY);
        let parties: BTreeSet<String> = parties.map(|q| mint::code(value(&q.object))).collect();
        let who = match (code(ent::ACTOR), code(ent::RECIPIENT)) {
            (Some(actor), Some(recipient)) => format!("{actor} → {recipient}"),
            _ => parties.iter().map(String::as_str).collect::<Vec<_>>().join("–"),
        };
        let values = [ent::EVENT_TYPE, ent::STATUS, ent::TOPIC, ent::PLACE, ent::DATE];
        let values: Vec<&str> = values.into_iter().filter_map(of).collect();
        Ok((format!("{who}: {}", values.join(", ")), parties))
    }

    /// The events that claims of facts assert, with their labels.
    fn events_of_facts<'f>(
        &self,
        facts: impl Iterator<Item = &'f String>,
    ) -> Result<Vec<(String, String)>, StoreError> {
        let mut events = BTreeSet::new();
        for fact in facts {
            let literal = LiteralRef::new_simple_literal(fact);
            for quad in self.quads(None, Some(ent::FACT), Some(literal.into()), None)? {
                let claim = NamedNodeRef::new_unchecked(subject(&quad));
                let asserted = self.quads(Some(claim), Some(ent::ASSERTS), None, None)?;
                events.extend(asserted.iter().map(|quad| value(&quad.object).to_owned()));
            }
        }
        events.into_iter().map(|iri| Ok((iri.clone(), self.label(&iri)?))).collect()
    }

    /// What a thing is called, of a claim its sentence; the IRI where nothing says.
    ///
    /// # Errors
    /// Those of reading.
    pub fn label(&self, iri: &str) -> Result<String, StoreError> {
        let node = NamedNodeRef::new_unchecked(iri);
        for (predicate, graph) in
            [(rdfs::LABEL, Some(graphs::EVENTS)), (rdfs::LABEL, None), (ent::QUOTE, None), (ent::TITLE, None)]
        {
            if let Some(quad) = self.quads(Some(node), Some(predicate), None, graph)?.first() {
                return Ok(value(&quad.object).to_owned());
            }
        }
        Ok(iri.to_owned())
    }
}
