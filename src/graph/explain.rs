//! Why the graph says something: from an event, tie, claim or article to the sentences and rules behind it.

use super::error::StoreError;
use super::identity::reasons;
use super::mint;
use super::rows::{ArticleRow, ClaimRow, EventRow, TieRow};
use super::store::{Store, subject};
use super::telling::{self, Sources};
use super::vocab::ent;
use crate::graph::EventFilter;
use oxigraph::model::NamedNode;
use oxigraph::model::vocab::rdf;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// Letters of a short id, at least.
const SHORTEST: usize = 4;

/// What stands behind an id.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "kind")]
pub enum Explanation {
    /// An event.
    Event {
        /// Its story.
        story: Box<Story>,
    },
    /// A tie, with the stories of its events.
    Tie {
        /// The tie.
        tie: Box<TieRow>,
        /// Its events.
        events: Vec<Story>,
    },
    /// A claim, with the story of the event that it asserts.
    Claim {
        /// The claim.
        claim: Box<ClaimRow>,
        /// The event.
        event: Option<Box<Story>>,
    },
    /// An article, with the stories of the events that it reports.
    Article {
        /// The article.
        article: ArticleRow,
        /// Its events.
        events: Vec<Story>,
    },
    /// A short id that several things have.
    Ambiguous {
        /// Their IRIs.
        candidates: Vec<String>,
    },
}

/// An event and everything that says so.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Story {
    /// The event.
    pub event: EventRow,
    /// What each article says of it, first report first.
    pub reports: Vec<Report>,
}

/// What one article says of an event.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Report {
    /// Id of the article.
    pub article: String,
    /// Probability by this article alone.
    pub confidence: f64,
    /// Why it is held to tell of the same event as the first report; empty for that one.
    pub same_because: Vec<String>,
    /// The sentences.
    pub claims: Vec<ClaimRow>,
}

impl Store {
    /// What stands behind the IRI of an event, tie or claim, a unique beginning of its hash, or an article's id or IRI;
    /// nothing where the store knows no such thing.
    ///
    /// # Errors
    /// Those of reading.
    pub fn explain(&self, id: &str) -> Result<Option<Explanation>, StoreError> {
        if let Some(article) = self.articles()?.into_iter().find(|a| a.id == id || a.iri == id) {
            let iris: BTreeSet<String> = self.events_of_article(&article.iri)?;
            let events = self.stories(iris)?;
            return Ok(Some(Explanation::Article { article, events }));
        }
        let mut candidates = self.candidates(id)?;
        match (candidates.pop_first(), candidates.is_empty()) {
            (None, _) => Ok(None),
            (Some(iri), true) => self.explain_iri(&iri),
            (Some(iri), false) => {
                candidates.insert(iri);
                Ok(Some(Explanation::Ambiguous { candidates: candidates.into_iter().collect() }))
            }
        }
    }

    /// Events, ties and claims with this IRI, or whose hash begins so (`0f3a`, `event/0f3a`).
    fn candidates(&self, id: &str) -> Result<BTreeSet<String>, StoreError> {
        let (only, prefix) = id
            .rsplit_once('/')
            .map_or((None, id), |(before, hash)| (Some(before.rsplit('/').next().unwrap_or(before)), hash));
        let mut found = BTreeSet::new();
        if prefix.len() < SHORTEST {
            return Ok(found);
        }
        for (class, kind) in [(ent::CLASS_EVENT, "event"), (ent::CLASS_TIE, "tie"), (ent::CLASS_CLAIM, "claim")] {
            if only.is_some_and(|only| only != kind) {
                continue;
            }
            for quad in self.quads(None, Some(rdf::TYPE), Some(class.into()), None)? {
                let iri = subject(&quad);
                if mint::local(iri, kind).is_some_and(|hash| hash.starts_with(prefix)) {
                    found.insert(iri.to_owned());
                }
            }
        }
        Ok(found)
    }

    fn explain_iri(&self, iri: &str) -> Result<Option<Explanation>, StoreError> {
        if let Some(story) = self.story(iri)? {
            return Ok(Some(Explanation::Event { story: Box::new(story) }));
        }
        if let Some(tie) = self.ties(&EventFilter::default())?.into_iter().find(|tie| tie.iri == iri) {
            let events = self.stories(tie.events.iter().cloned())?;
            return Ok(Some(Explanation::Tie { tie: Box::new(tie), events }));
        }
        let Some(claim) = self.claim(iri)? else { return Ok(None) };
        let node = NamedNode::new_unchecked(iri);
        let asserted = self.quads(Some(node.as_ref()), Some(ent::ASSERTS), None, None)?;
        let event = match asserted.first() {
            Some(quad) => self.story(super::store::value(&quad.object))?,
            None => None,
        };
        Ok(Some(Explanation::Claim { claim: Box::new(claim), event: event.map(Box::new) }))
    }

    fn events_of_article(&self, iri: &str) -> Result<BTreeSet<String>, StoreError> {
        let node = NamedNode::new_unchecked(iri);
        let quads = self.quads(None, Some(ent::REPORTED_IN), Some(node.as_ref().into()), None)?;
        Ok(quads.iter().map(|quad| subject(quad).to_owned()).collect())
    }

    fn stories(&self, iris: impl IntoIterator<Item = String>) -> Result<Vec<Story>, StoreError> {
        let mut stories = Vec::new();
        for iri in iris {
            stories.extend(self.story(&iri)?);
        }
        stories.sort_by(|a, b| {
            let key = |s: &Story| (s.event.earliest.is_none(), s.event.earliest);
            key(a).cmp(&key(b)).then_with(|| a.event.iri.cmp(&b.event.iri))
        });
        Ok(stories)
    }

    /// An event and everything that says so.
    fn story(&self, iri: &str) -> Result<Option<Story>, StoreError> {
        let (Some(event), Some(row)) = (self.event_at(iri)?, self.event(iri)?) else { return Ok(None) };
        let claims: BTreeMap<String, ClaimRow> =
            self.claims(iri)?.into_iter().map(|claim| (claim.iri.clone(), claim)).collect();
        let (mut tellings, _) = telling::of_bucket(self, &mut Sources::default(), &event.bucket)?;
        tellings.retain(|telling| telling.claims.iter().any(|claim| claims.contains_key(claim)));
        let items = self.items(&tellings)?;
        let mut reports = Vec::new();
        for (at, item) in items.iter().enumerate() {
            let mut own: Vec<ClaimRow> =
                item.telling.claims.iter().filter_map(|claim| claims.get(claim)).cloned().collect();
            own.sort_by(|a, b| (a.start, a.end, &a.iri).cmp(&(b.start, b.end, &b.iri)));
            reports.push(Report {
                article: item.telling.article.id.clone(),
                confidence: item.telling.confidence,
                same_because: if at == 0 { Vec::new() } else { reasons(&items[0], item) },
                claims: own,
            });
        }
        Ok(Some(Story { event: row, reports }))
    }
}
