//! Claims → tellings: one fact as one article tells it, read back from the store for the comparison with others.

use super::curation::Rules;
use super::error::StoreError;
use super::mint;
use super::rows::EventKind;
use super::store::{Store, subject, value};
use super::vocab::{ent, graphs, oa};
use crate::knowledge::PartialDate;
use chrono::NaiveDate;
use oxigraph::model::{LiteralRef, NamedNode, NamedNodeRef, Quad};
use serde::{Deserialize, Deserializer, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// One fact of one article. Parties, leaders and sectors are IRIs.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Telling {
    pub(super) fact: String,
    pub(super) bucket: String,
    #[serde(skip)]
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
    #[serde(with = "exact")]
    pub(super) confidence: f64,
    /// The sentences.
    pub(super) quotes: BTreeSet<String>,
    /// Its claims, one a sentence.
    pub(super) claims: BTreeSet<String>,
}

/// What identity needs to know of an article.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Source {
    pub(super) iri: String,
    pub(super) id: String,
    pub(super) published: Option<NaiveDate>,
    /// The parties that the leaders of the article represent in it.
    pub(super) sides: BTreeMap<String, String>,
    /// How the article names them.
    pub(super) names: BTreeMap<String, String>,
    /// What they are in it: head, minister of one kind, or other.
    #[serde(deserialize_with = "ranks")]
    pub(super) ranks: BTreeMap<String, &'static str>,
    /// A person's decision, not an article.
    pub(super) decision: bool,
}

impl Telling {
    /// The order in which tellings are taken, whenever they came: first report first, what people assert last.
    pub(super) fn order(&self) -> (Option<NaiveDate>, bool, &str, &str) {
        // What has no day of publication comes last.
        (self.article.published.or(Some(NaiveDate::MAX)), self.article.decision, &self.article.id, &self.fact)
    }

    /// The first and last day that its date can mean.
    pub(super) fn days(&self) -> Option<(NaiveDate, NaiveDate)> {
        let date = self.date?;
        Some((date.earliest()?, date.latest()?))
    }
}

/// Articles, or events, that are kept in memory at once while a store is settled, so that a store of many takes no more of it.
pub(super) const KEPT: usize = 100_000;

/// Articles and names of parties seen last, so that few are read twice.
#[derive(Debug, Default)]
pub(super) struct Sources {
    articles: BTreeMap<String, Rc<Source>>,
    /// The words of their names.
    pub(super) parties: BTreeMap<String, Rc<[String]>>,
}

impl Sources {
    fn get(&mut self, store: &Store, iri: &str) -> Result<Rc<Source>, StoreError> {
        if let Some(found) = self.articles.get(iri) {
            return Ok(Rc::clone(found));
        }
        let node = NamedNodeRef::new_unchecked(iri);
        let mut source = Source { iri: iri.to_owned(), ..Source::default() };
        if let Some(hash) = mint::local(iri, "decision") {
            source.id = format!("decision/{hash}");
            source.decision = true;
        }
        source.is_about(&store.quads(Some(node), None, None, None)?);
        let graph = graphs::article(mint::short(iri, "article"));
        for quad in store.quads(None, Some(ent::REPRESENTS), None, Some(graph.as_ref()))? {
            let appearance = NamedNode::new_unchecked(subject(&quad));
            let said = store.quads(Some(appearance.as_ref()), None, None, Some(graph.as_ref()))?;
            source.names(&store.rules, &said);
        }
        let source = Rc::new(source);
        if self.articles.len() >= KEPT {
            self.articles.clear();
        }
        self.articles.insert(iri.to_owned(), Rc::clone(&source));
        Ok(source)
    }
}

impl Source {
    /// Takes what the quads of the article itself say.
    fn is_about<'q>(&mut self, article: impl IntoIterator<Item = &'q Quad>) {
        for quad in article {
            match quad.predicate.as_ref() {
                ent::ARTICLE_ID => self.id = value(&quad.object).to_owned(),
                ent::PUBLISHED => self.published = value(&quad.object).parse().ok(),
                _ => {}
            }
        }
    }

    /// Takes who represents whom, of the quads of one appearance.
    fn names<'q>(&mut self, rules: &Rules, appearance: impl IntoIterator<Item = &'q Quad> + Copy) {
        let of = |p: NamedNodeRef<'_>| {
            let mut quads = appearance.into_iter();
            quads.find(|quad| quad.predicate.as_ref() == p).map(|quad| value(&quad.object))
        };
        let (Some(who), Some(name), Some(side)) = (of(ent::APPEARS), of(ent::NAME), of(ent::REPRESENTS)) else {
            return;
        };
        let who = rules.leader(who).to_owned();
        self.names.insert(who.clone(), name.to_owned());
        if let Some(rank) = of(ent::OFFICE).and_then(rank) {
            self.ranks.insert(who.clone(), rank);
        }
        self.sides.insert(who, side.to_owned());
    }
}

/// Numbers as they are, bit for bit.
pub(super) mod exact {
    use serde::{Deserialize as _, Deserializer, Serializer};

    pub(in crate::graph) fn serialize<S: Serializer>(number: &f64, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_u64(number.to_bits())
    }

    pub(in crate::graph) fn deserialize<'d, D: Deserializer<'d>>(from: D) -> Result<f64, D::Error> {
        u64::deserialize(from).map(f64::from_bits)
    }
}

fn ranks<'d, D: Deserializer<'d>>(from: D) -> Result<BTreeMap<String, &'static str>, D::Error> {
    let read = BTreeMap::<String, String>::deserialize(from)?;
    Ok(read.into_iter().filter_map(|(who, rank)| Some((who, *RANKS.iter().find(|known| **known == rank)?))).collect())
}

const RANKS: [&str; 5] = ["head", "foreign minister", "defence", "economy", "legislator"];

/// Who meets whom by protocol: heads meet heads, foreign ministers foreign ministers.
fn rank(office: &str) -> Option<&'static str> {
    Some(match office {
        "head-of-state" | "head-of-government" | "royal" => "head",
        "foreign-minister" => "foreign minister",
        "defence-minister" | "military" => "defence",
        "economy-trade-minister" => "economy",
        "legislator" => "legislator",
        _ => return None,
    })
}

/// The graph that a telling's claims stand in.
pub(super) fn graph_of(telling: &Telling) -> NamedNode {
    if telling.article.decision {
        return graphs::CURATION.into_owned();
    }
    graphs::article(mint::short(&telling.article.iri, "article"))
}

/// The tellings of some buckets in their order, and what settling has said of their claims as it stands.
pub(super) fn of_buckets(
    store: &Store,
    sources: &mut Sources,
    buckets: &BTreeSet<String>,
) -> Result<(Vec<Telling>, Vec<Quad>), StoreError> {
    let mut pile = Pile::default();
    for bucket in buckets {
        for claim in claims_in(store, bucket)? {
            pile.read(store, sources, claim)?;
        }
    }
    let mut tellings: Vec<Telling> = pile.tellings.into_values().collect();
    tellings.sort_by(|a, b| a.order().cmp(&b.order()));
    Ok((tellings, pile.settled))
}

/// The claims of a bucket.
pub(super) fn claims_in(store: &Store, bucket: &str) -> Result<Vec<NamedNode>, StoreError> {
    let key = LiteralRef::new_simple_literal(bucket);
    let mut found = store.quads(None, Some(ent::BUCKET), Some(key.into()), None)?;
    found.retain(|quad| quad.graph_name.as_ref() != graphs::EVENTS.into());
    Ok(found.iter().map(|quad| NamedNode::new_unchecked(super::store::subject(quad))).collect())
}

/// The whole telling that a claim is of, and what settling has said of its claims.
pub(super) fn of_claim(
    store: &Store,
    sources: &mut Sources,
    claim: &NamedNode,
) -> Result<Option<(Telling, Vec<Quad>)>, StoreError> {
    let mut pile = Pile::default();
    for fact in store.quads(Some(claim.as_ref()), Some(ent::FACT), None, None)? {
        let same = store.quads(None, Some(ent::FACT), Some(fact.object.as_ref()), Some(graph_name(&fact)))?;
        for quad in same {
            pile.read(store, sources, NamedNode::new_unchecked(super::store::subject(&quad)))?;
        }
    }
    Ok(pile.tellings.pop_first().map(|(_, telling)| (telling, pile.settled)))
}

fn graph_name(quad: &Quad) -> NamedNodeRef<'_> {
    match &quad.graph_name {
        oxigraph::model::GraphName::NamedNode(node) => node.as_ref(),
        // Nothing is written into another.
        _ => graphs::STORE,
    }
}

/// Tellings in the making.
#[derive(Default)]
struct Pile {
    /// By fact.
    tellings: BTreeMap<String, Telling>,
    settled: Vec<Quad>,
}

impl Pile {
    fn read(&mut self, store: &Store, sources: &mut Sources, claim: NamedNode) -> Result<(), StoreError> {
        let mut quads = store.quads(Some(claim.as_ref()), None, None, None)?;
        self.settled.extend(quads.extract_if(.., |quad| is_settled(quad)));
        let of_article = quads.iter().find(|quad| quad.predicate.as_ref() == oa::HAS_SOURCE);
        let Some(article) = of_article.map(|quad| value(&quad.object)) else { return Ok(()) };
        let article = sources.get(store, article)?;
        self.put(&store.rules, &article, claim.as_str(), &quads);
        Ok(())
    }

    /// Takes a claim by its quads; what is none is passed over.
    fn put<'q>(
        &mut self,
        rules: &Rules,
        article: &Rc<Source>,
        claim: &str,
        quads: impl IntoIterator<Item = &'q Quad> + Copy,
    ) {
        let of = |p: NamedNodeRef<'_>| {
            let mut quads = quads.into_iter();
            quads.find(|quad| quad.predicate.as_ref() == p).map(|quad| value(&quad.object))
        };
        let Some(fact) = of(ent::FACT) else { return };
        let telling = self.tellings.entry(fact.to_owned()).or_default();
        telling.claims.insert(claim.to_owned());
        telling.quotes.extend(of(ent::QUOTE).map(str::to_owned));
        // Every claim of a fact describes it whole.
        if telling.fact.is_empty() {
            fact.clone_into(&mut telling.fact);
            telling.bucket = of(ent::BUCKET).unwrap_or_default().to_owned();
            telling.article = Rc::clone(article);
            for quad in quads {
                describe(rules, telling, quad);
            }
        }
    }
}

/// Quads by their subject.
pub(super) fn subjects(quads: &[Quad]) -> BTreeMap<&str, Vec<&Quad>> {
    let mut subjects: BTreeMap<&str, Vec<&Quad>> = BTreeMap::new();
    for quad in quads {
        subjects.entry(subject(quad)).or_default().push(quad);
    }
    subjects
}

/// The tellings of an article about which nobody decided anything, by the quads of its graph.
pub(super) fn of_article(subjects: &BTreeMap<&str, Vec<&Quad>>) -> Vec<Telling> {
    let (rules, mut source) = (Rules::default(), Source::default());
    let is_article = |quads: &[&Quad]| quads.iter().any(|quad| quad.predicate.as_ref() == ent::ARTICLE_ID);
    for (iri, quads) in subjects {
        if is_article(quads) {
            (*iri).clone_into(&mut source.iri);
            source.is_about(quads.iter().copied());
        }
        source.names(&rules, Copied(quads));
    }
    let (source, mut pile) = (Rc::new(source), Pile::default());
    for (claim, quads) in subjects {
        pile.put(&rules, &source, claim, Copied(quads));
    }
    pile.tellings.into_values().collect()
}

/// A list of references as a list of what they refer to.
#[derive(Clone, Copy)]
struct Copied<'l, 'q>(&'l [&'q Quad]);

impl<'l, 'q> IntoIterator for Copied<'l, 'q> {
    type Item = &'q Quad;
    type IntoIter = std::iter::Copied<std::slice::Iter<'l, &'q Quad>>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter().copied()
    }
}

/// Whether a quad of a claim is written by settling, and so is no part of what the article says.
pub(super) fn is_settled(quad: &Quad) -> bool {
    matches!(quad.predicate.as_ref(), ent::ASSERTS | ent::REJECTED_BY)
}

fn describe(rules: &Rules, telling: &mut Telling, quad: &Quad) {
    let text = value(&quad.object).to_owned();
    let leader = || rules.leader(value(&quad.object)).to_owned();
    match quad.predicate.as_ref() {
        ent::ABOUT => telling.kind = EventKind::from_word(&text),
        ent::EVENT_TYPE => telling.event_type = text,
        ent::STATUS => telling.status = Some(text),
        ent::PARTY => _ = telling.parties.insert(text),
        ent::ACTOR => telling.actor = Some(text),
        ent::RECIPIENT => telling.recipient = Some(text),
        ent::PARTICIPANT => _ = telling.participants.insert(leader()),
        ent::SIGNATORY => _ = telling.signatories.insert(leader()),
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
