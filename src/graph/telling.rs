//! Claims → tellings: one fact as one article tells it, read back from the store for the comparison with others.

use super::error::StoreError;
use super::rows::EventKind;
use super::store::{Store, value};
use super::vocab::{ent, graphs, oa};
use crate::knowledge::PartialDate;
use chrono::NaiveDate;
use oxigraph::model::{LiteralRef, NamedNode, NamedNodeRef, Quad};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// One fact of one article. Parties, leaders and sectors are IRIs.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Telling {
    pub(super) fact: String,
    pub(super) article: Rc<Source>,
    pub(super) kind: Option<EventKind>,
    pub(super) event_type: String,
    pub(super) status: Option<String>,
    pub(super) parties: BTreeSet<String>,
    pub(super) actor: Option<String>,
    pub(super) recipient: Option<String>,
    pub(super) participants: BTreeSet<String>,
    pub(super) signatories: BTreeSet<String>,
    pub(super) topic: Option<String>,
    pub(super) sectors: BTreeSet<String>,
    pub(super) place: Option<String>,
    pub(super) date: Option<PartialDate>,
    pub(super) basis: Option<String>,
    pub(super) background: bool,
    pub(super) confidence: f64,
    /// Its claims, one a sentence.
    pub(super) claims: BTreeSet<String>,
}

/// What identity needs to know of an article.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Source {
    pub(super) iri: String,
    pub(super) id: String,
    pub(super) published: Option<NaiveDate>,
    /// The parties that the leaders of the article represent in it.
    pub(super) sides: BTreeMap<String, String>,
}

impl Telling {
    /// The order in which tellings are taken, whenever they came: first report first.
    pub(super) fn order(&self) -> (Option<NaiveDate>, &str, &str) {
        // What has no day of publication comes last.
        (self.article.published.or(Some(NaiveDate::MAX)), &self.article.id, &self.fact)
    }

    /// The first and last day that its date can mean.
    pub(super) fn days(&self) -> Option<(NaiveDate, NaiveDate)> {
        let date = self.date?;
        Some((date.earliest()?, date.latest()?))
    }
}

/// Articles seen so far, so that each is read once.
#[derive(Debug, Default)]
pub(super) struct Sources(BTreeMap<String, Rc<Source>>);

impl Sources {
    fn get(&mut self, store: &Store, iri: &str) -> Result<Rc<Source>, StoreError> {
        if let Some(found) = self.0.get(iri) {
            return Ok(Rc::clone(found));
        }
        let node = NamedNodeRef::new_unchecked(iri);
        let mut source = Source { iri: iri.to_owned(), ..Source::default() };
        for quad in store.quads(Some(node), None, None, None)? {
            match quad.predicate.as_ref() {
                ent::ARTICLE_ID => source.id = value(&quad.object).to_owned(),
                ent::PUBLISHED => source.published = value(&quad.object).parse().ok(),
                _ => {}
            }
        }
        let graph = graphs::article(super::mint::short(iri, "article"));
        for quad in store.quads(None, Some(ent::REPRESENTS), None, Some(graph.as_ref()))? {
            let appearance = NamedNode::new_unchecked(super::store::subject(&quad));
            for who in store.quads(Some(appearance.as_ref()), Some(ent::APPEARS), None, Some(graph.as_ref()))? {
                source.sides.insert(value(&who.object).to_owned(), value(&quad.object).to_owned());
            }
        }
        let source = Rc::new(source);
        self.0.insert(iri.to_owned(), Rc::clone(&source));
        Ok(source)
    }
}

/// The tellings of a bucket in their order, and the claims' `ent:asserts` as they stand.
pub(super) fn of_bucket(
    store: &Store,
    sources: &mut Sources,
    bucket: &str,
) -> Result<(Vec<Telling>, Vec<Quad>), StoreError> {
    let mut tellings: BTreeMap<String, Telling> = BTreeMap::new();
    let mut asserts = Vec::new();
    let key = LiteralRef::new_simple_literal(bucket);
    for found in store.quads(None, Some(ent::BUCKET), Some(key.into()), None)? {
        if found.graph_name.as_ref() == graphs::EVENTS.into() {
            continue;
        }
        let claim = NamedNode::new_unchecked(super::store::subject(&found));
        let mut quads = store.quads(Some(claim.as_ref()), None, None, None)?;
        asserts.extend(quads.extract_if(.., |quad| quad.predicate.as_ref() == ent::ASSERTS));
        let of = |p: NamedNodeRef<'_>| quads.iter().find(|q| q.predicate.as_ref() == p).map(|q| value(&q.object));
        let (Some(fact), Some(article)) = (of(ent::FACT), of(oa::HAS_SOURCE)) else { continue };
        let article = sources.get(store, article)?;
        let telling = tellings.entry(fact.to_owned()).or_default();
        telling.claims.insert(claim.into_string());
        // Every claim of a fact describes it whole.
        if telling.fact.is_empty() {
            telling.fact = fact.to_owned();
            telling.article = article;
            for quad in &quads {
                describe(telling, quad);
            }
        }
    }
    let mut tellings: Vec<Telling> = tellings.into_values().collect();
    tellings.sort_by(|a, b| a.order().cmp(&b.order()));
    Ok((tellings, asserts))
}

fn describe(telling: &mut Telling, quad: &Quad) {
    let text = value(&quad.object).to_owned();
    match quad.predicate.as_ref() {
        ent::ABOUT => telling.kind = EventKind::from_word(&text),
        ent::EVENT_TYPE => telling.event_type = text,
        ent::STATUS => telling.status = Some(text),
        ent::PARTY => _ = telling.parties.insert(text),
        ent::ACTOR => telling.actor = Some(text),
        ent::RECIPIENT => telling.recipient = Some(text),
        ent::PARTICIPANT => _ = telling.participants.insert(text),
        ent::SIGNATORY => _ = telling.signatories.insert(text),
        ent::TOPIC => telling.topic = Some(text),
        ent::SECTOR => _ = telling.sectors.insert(text),
        ent::PLACE => telling.place = Some(text),
        ent::DATE => telling.date = PartialDate::parse(&text),
        ent::DATE_BASIS => telling.basis = Some(text),
        ent::BACKGROUND => telling.background = text == "true",
        ent::CONFIDENCE => telling.confidence = text.parse().unwrap_or(0.0),
        _ => {}
    }
}
