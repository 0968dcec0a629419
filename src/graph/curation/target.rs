//! Ids → what a decision is about: the marks of an event's or claim's reports, a leader, a party.

use super::Mark;
use crate::graph::error::StoreError;
use crate::graph::former::Former;
use crate::graph::mint;
use crate::graph::store::{Store, subject, value};
use crate::graph::vocab::{ent, oa};
use oxigraph::model::{NamedNode, NamedNodeRef};
use std::collections::BTreeMap;

/// What an id means to a decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// An event, with the marks of all its reports, or a claim, with the mark of its fact.
    Reports {
        /// IRI of the event or claim.
        iri: String,
        /// Its reports, sorted.
        marks: Vec<Mark>,
    },
    /// A leader, by IRI.
    Leader(String),
    /// A country or organization, by IRI, and whether a list has it.
    Party {
        /// IRI.
        iri: String,
        /// Whether it is of the lists, which name it.
        listed: bool,
    },
    /// The id is that of several things: their IRIs.
    Ambiguous(Vec<String>),
}

impl Store {
    /// What an id means: IRI or beginning of a hash of an event or claim, also of an event that has become another or was
    /// rejected; IRI, Wikidata item or name of a leader, code of a party.
    ///
    /// # Errors
    /// Those of reading.
    pub fn target(&self, id: &str) -> Result<Option<Target>, StoreError> {
        let leaders = self.find_leaders(id)?;
        if leaders.len() == 1 {
            return Ok(leaders.into_iter().next().map(Target::Leader));
        }
        if let Some(party) = self.parties()?.into_iter().find(|party| party.code == id) {
            let listed = self.listed.contains_key(&party.code);
            return Ok(Some(Target::Party { iri: mint::party(&party.code, party.country).into_string(), listed }));
        }
        let found: Vec<String> = leaders.into_iter().chain(self.candidates(id)?).collect();
        match found.as_slice() {
            [] => self.former_target(id),
            [iri] => {
                let marks = self.marks_of(iri)?;
                Ok((!marks.is_empty()).then(|| Target::Reports { iri: iri.clone(), marks }))
            }
            _ => Ok(Some(Target::Ambiguous(found))),
        }
    }

    /// What has become of an event: another, or a rejected one, which can be decided on anew.
    fn former_target(&self, id: &str) -> Result<Option<Target>, StoreError> {
        let found = self.former(id)?;
        let [former] = found.as_slice() else {
            let all: Vec<String> = found.iter().map(|former| former.now().to_owned()).collect();
            return Ok((!all.is_empty()).then_some(Target::Ambiguous(all)));
        };
        let marks = match former {
            Former::Event { now, .. } => self.marks_of(now)?,
            Former::Rejected { claims, .. } => self.marks_of_claims(claims.clone())?,
        };
        Ok((!marks.is_empty()).then(|| Target::Reports { iri: former.now().to_owned(), marks }))
    }

    /// The marks of the reports of an event, or of the fact of a claim.
    fn marks_of(&self, iri: &str) -> Result<Vec<Mark>, StoreError> {
        let node = NamedNode::new_unchecked(iri);
        let mut claims: Vec<String> = self
            .quads(None, Some(ent::ASSERTS), Some(node.as_ref().into()), None)?
            .iter()
            .map(|quad| subject(quad).to_owned())
            .collect();
        if claims.is_empty() {
            claims.push(iri.to_owned());
        }
        self.marks_of_claims(claims)
    }

    fn marks_of_claims(&self, claims: Vec<String>) -> Result<Vec<Mark>, StoreError> {
        let mut marks: BTreeMap<String, Mark> = BTreeMap::new();
        for claim in claims {
            let node = NamedNode::new_unchecked(claim);
            let said = self.quads(Some(node.as_ref()), None, None, None)?;
            let one = |p: NamedNodeRef<'_>| said.iter().find(|q| q.predicate.as_ref() == p).map(|q| value(&q.object));
            let (Some(fact), Some(source)) = (one(ent::FACT), one(oa::HAS_SOURCE)) else { continue };
            let article = match mint::local(source, "decision") {
                Some(hash) => Some(format!("decision/{hash}")),
                None => self.article_at(source)?.map(|article| article.id),
            };
            let Some(article) = article else { continue };
            let number = |p| one(p).and_then(|n| n.parse().ok()).unwrap_or(0);
            let (start, end) = (number(ent::START), number(ent::END));
            let about = one(ent::ABOUT).unwrap_or_default().to_owned();
            let mark = Mark { article, about, fact: fact.to_owned(), start, end };
            let first = marks.entry(fact.to_owned()).or_insert_with(|| mark.clone());
            if (mark.start, mark.end) < (first.start, first.end) {
                *first = mark;
            }
        }
        let mut marks: Vec<Mark> = marks.into_values().collect();
        marks.sort();
        Ok(marks)
    }
}
