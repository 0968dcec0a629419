//! Why the graph says something: from an event, tie, claim or article to the sentences and rules behind it.

use super::curation::{Decision, Verdicts};
use super::differ::{self, Difference, Step};
use super::error::StoreError;
use super::former::Former;
use super::identity::{Item, likeness};
use super::person::Person;
use super::reasons::reasons;
use super::rows::{ArticleRow, ClaimRow, EventRow, TieRow};
use super::store::{Store, subject, value};
use super::telling::{self, Sources, Telling};
use super::vocab::{ent, graphs};
use super::{claims, mint};
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
        /// The IRI that was asked for, where that is of an event that has become this one.
        #[serde(skip_serializing_if = "Option::is_none")]
        formerly: Option<String>,
    },
    /// An event that somebody rejected.
    Rejected {
        /// IRI that it had.
        iri: String,
        /// The decision.
        decision: Box<Decision>,
        /// Its sentences.
        claims: Vec<ClaimRow>,
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
        /// The decision that rejects it.
        #[serde(skip_serializing_if = "Option::is_none")]
        rejected: Option<Box<Decision>>,
    },
    /// An article, with the stories of the events that it reports.
    Article {
        /// The article.
        article: ArticleRow,
        /// Its events.
        events: Vec<Story>,
    },
    /// Someone who appears in the articles, with the stories of the events.
    Leader {
        /// Who.
        person: Box<Person>,
        /// The events.
        events: Vec<Story>,
    },
    /// Two parties, with their ties.
    Dyad {
        /// Codes, sorted.
        parties: [String; 2],
        /// What ties them.
        ties: Vec<TieRow>,
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
    /// What it has come through, where the articles tell more than one thing.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub steps: Vec<Step>,
    /// What the articles say differently.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub differences: Vec<Difference>,
    /// What people decided about it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub decisions: Vec<Decision>,
    /// Of an encounter, IRIs of the agreements that came out of it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub produced: Vec<String>,
    /// Of an agreement, IRIs of the encounters that it came out of.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub came_of: Vec<String>,
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
    /// What stands behind the IRI of an event, tie or claim, a unique beginning of its hash, an article's id or IRI, or a
    /// leader's name in any spelling, with or without the title or the first name; nothing where the store knows no such thing.
    ///
    /// # Errors
    /// Those of reading.
    pub fn explain(&self, id: &str) -> Result<Option<Explanation>, StoreError> {
        if let Some(article) = self.article(id)? {
            let iris: BTreeSet<String> = self.events_of_article(&article.iri)?;
            let events = self.stories(iris)?;
            return Ok(Some(Explanation::Article { article, events }));
        }
        if let Some(parties) = self.dyad(id)? {
            let all_of = parties.to_vec();
            let ties = self.ties(&EventFilter { all_of, ..EventFilter::default() })?;
            return Ok(Some(Explanation::Dyad { parties, ties }));
        }
        let leaders = self.find_leaders(id)?;
        if !leaders.is_empty() {
            return self.explain_leaders(leaders);
        }
        let mut candidates = self.candidates(id)?;
        match (candidates.pop_first(), candidates.is_empty()) {
            (None, _) => match self.explain_leaders(self.leaders_called(id)?)? {
                None => self.explain_former(id),
                found => Ok(found),
            },
            (Some(iri), true) => self.explain_iri(&iri),
            (Some(iri), false) => {
                candidates.insert(iri);
                Ok(Some(Explanation::Ambiguous { candidates: candidates.into_iter().collect() }))
            }
        }
    }

    /// The article with this id or IRI.
    fn article(&self, id: &str) -> Result<Option<ArticleRow>, StoreError> {
        let local = mint::local(id, "article").map_or_else(|| claims::article_key(id), str::to_owned);
        let iri = mint::thing("article", &local).into_string();
        self.article_at(&iri)
    }

    /// Whether there is an article with this id.
    pub(super) fn has_article(&self, id: &str) -> Result<bool, StoreError> {
        Ok(self.article(id)?.is_some())
    }

    /// The codes of a pair such as `KOR-SGP`, `dyad/KOR-SGP` or its IRI, where the store has it. Neither the order of the
    /// two nor capitals matter.
    fn dyad(&self, id: &str) -> Result<Option<[String; 2]>, StoreError> {
        let local = mint::short(id, "dyad");
        let local = local.strip_prefix("dyad/").unwrap_or(local);
        if let Some(found) = self.members(mint::thing("dyad", local).as_str())? {
            return Ok(Some(found));
        }
        if !local.contains('-') {
            return Ok(None);
        }
        let known = self.parties()?;
        let code =
            |text: &str| known.iter().find(|party| party.code.eq_ignore_ascii_case(text.trim())).map(|p| &p.code);
        for (at, _) in local.match_indices('-') {
            if let (Some(a), Some(b)) = (code(&local[..at]), code(&local[at + 1..]))
                && let Some(found) = self.members(mint::dyad(a, b).as_str())?
            {
                return Ok(Some(found));
            }
        }
        Ok(None)
    }

    /// The codes of the two parties of a dyad, by its IRI.
    fn members(&self, dyad: &str) -> Result<Option<[String; 2]>, StoreError> {
        let Ok(node) = NamedNode::new(dyad) else { return Ok(None) };
        let members = self.quads(Some(node.as_ref()), Some(ent::MEMBER), None, Some(graphs::EVENTS))?;
        let mut codes: Vec<String> = members.iter().map(|quad| mint::code(value(&quad.object))).collect();
        codes.sort();
        Ok(codes.try_into().ok())
    }

    /// One leader, or that several may be meant; nothing where there is none.
    fn explain_leaders(&self, found: BTreeSet<String>) -> Result<Option<Explanation>, StoreError> {
        match found.first() {
            None => Ok(None),
            Some(leader) if found.len() == 1 => self.explain_leader(leader).map(Some),
            Some(_) => Ok(Some(Explanation::Ambiguous { candidates: found.into_iter().collect() })),
        }
    }

    fn explain_leader(&self, iri: &str) -> Result<Explanation, StoreError> {
        let own = self.rules.leader(iri).to_owned();
        let node = NamedNode::new_unchecked(&*own);
        let mut events = BTreeSet::new();
        for predicate in [ent::PARTICIPANT, ent::SIGNATORY] {
            let quads = self.quads(None, Some(predicate), Some(node.as_ref().into()), Some(graphs::EVENTS))?;
            events.extend(quads.iter().map(|quad| subject(quad).to_owned()));
        }
        Ok(Explanation::Leader { person: Box::new(self.person(&own)?), events: self.stories(events)? })
    }

    /// Events, ties and claims with this IRI, or whose hash begins so (`0f3a`, `event/0f3a`).
    pub(super) fn candidates(&self, id: &str) -> Result<BTreeSet<String>, StoreError> {
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

    /// What has become of the event that had an id.
    fn explain_former(&self, id: &str) -> Result<Option<Explanation>, StoreError> {
        let mut found = self.former(id)?;
        let Some(former) = found.pop() else { return Ok(None) };
        if !found.is_empty() {
            found.push(former);
            return Ok(Some(Explanation::Ambiguous {
                candidates: found.into_iter().map(|f| f.now().to_owned()).collect(),
            }));
        }
        match former {
            Former::Event { iri, now } => {
                let story = self.story(&now)?;
                Ok(story.map(|story| Explanation::Event { story: Box::new(story), formerly: Some(iri) }))
            }
            Former::Rejected { iri, by, claims } => {
                let Some(decision) = self.decisions().iter().find(|d| d.iri() == by) else { return Ok(None) };
                let rows: Result<Vec<_>, _> = claims.iter().map(|claim| self.claim(claim)).collect();
                let claims = rows?.into_iter().flatten().collect();
                Ok(Some(Explanation::Rejected { iri, decision: Box::new(decision.clone()), claims }))
            }
        }
    }

    fn explain_iri(&self, iri: &str) -> Result<Option<Explanation>, StoreError> {
        if let Some(story) = self.story(iri)? {
            return Ok(Some(Explanation::Event { story: Box::new(story), formerly: None }));
        }
        if let Some(tie) = self.ties(&EventFilter::default())?.into_iter().find(|tie| tie.iri == iri) {
            let events = self.stories(tie.events.iter().cloned())?;
            return Ok(Some(Explanation::Tie { tie: Box::new(tie), events }));
        }
        let Some(claim) = self.claim(iri)? else { return Ok(None) };
        let node = NamedNode::new_unchecked(iri);
        let asserted = self.quads(Some(node.as_ref()), Some(ent::ASSERTS), None, None)?;
        let event = match asserted.first() {
            Some(quad) => self.story(value(&quad.object))?,
            None => None,
        };
        let by = self.quads(Some(node.as_ref()), Some(ent::REJECTED_BY), None, None)?;
        let by = by.first().map(|quad| value(&quad.object));
        let rejected = self.decisions().iter().find(|d| by == Some(d.iri().as_str())).cloned().map(Box::new);
        Ok(Some(Explanation::Claim { claim: Box::new(claim), event: event.map(Box::new), rejected }))
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

    /// An event and everything that says so, by its IRI.
    ///
    /// # Errors
    /// Those of reading.
    pub fn story_of(&self, iri: &str) -> Result<Option<Story>, StoreError> {
        self.story(iri)
    }

    /// An event and everything that says so.
    pub(super) fn story(&self, iri: &str) -> Result<Option<Story>, StoreError> {
        let (Some(event), Some(row)) = (self.event_at(iri)?, self.event(iri)?) else { return Ok(None) };
        let claims: BTreeMap<String, ClaimRow> =
            self.claims(iri)?.into_iter().map(|claim| (claim.iri.clone(), claim)).collect();
        let verdicts = Verdicts::of(self)?;
        let buckets = verdicts.buckets(&event.bucket);
        let mut sources = Sources::default();
        let (mut tellings, _) = telling::of_buckets(self, &mut sources, &buckets)?;
        tellings.retain(|telling| telling.claims.iter().any(|claim| claims.contains_key(claim)));
        let items = self.items(&mut sources, &tellings)?;
        let mut reports = Vec::new();
        for (at, item) in items.iter().enumerate() {
            let mut own: Vec<ClaimRow> =
                item.telling.claims.iter().filter_map(|claim| claims.get(claim)).cloned().collect();
            own.sort_by(|a, b| (a.start, a.end, &a.iri).cmp(&(b.start, b.end, &b.iri)));
            reports.push(Report {
                article: item.telling.article.id.clone(),
                confidence: item.telling.confidence,
                same_because: self.why_one(&items[..at], item, &verdicts),
                claims: own,
            });
        }
        let group: Vec<&Telling> = tellings.iter().collect();
        let decided = |d: &&Decision| event.decisions.contains(&d.iri());
        Ok(Some(Story {
            steps: Some(differ::told_steps(&group, iri)).filter(|steps| steps.len() > 1).unwrap_or_default(),
            differences: differ::differences(&group, event.status.as_deref(), event.date),
            decisions: self.decisions().iter().filter(decided).cloned().collect(),
            produced: self.linked(iri, true)?,
            came_of: self.linked(iri, false)?,
            event: row,
            reports,
        }))
    }

    /// Why a telling is one with earlier ones: a person's word, else what it shares with the most alike of them.
    fn why_one(&self, earlier: &[Item<'_>], item: &Item<'_>, verdicts: &Verdicts) -> Vec<String> {
        fn fact<'i>(item: &'i Item<'_>) -> &'i str {
            &item.telling.fact
        }
        if let Some(bond) = verdicts.bond_of(fact(item)) {
            return self.words_of(&bond.decision, "said so of this event");
        }
        if let Some(merge) = earlier.iter().find_map(|other| verdicts.merged_by(fact(other), fact(item))) {
            return self.words_of(merge, "put them together");
        }
        // The first of the most alike.
        let best = earlier.iter().rev().max_by_key(|other| likeness(other, item));
        best.map(|other| reasons(other, item)).unwrap_or_default()
    }

    /// `Ada put them together on 2025-11-20: because`.
    fn words_of(&self, decision: &str, did: &str) -> Vec<String> {
        let said = self.decisions().iter().filter(|d| d.iri() == decision);
        said.map(|d| format!("{} {did} on {}: {}", d.by, d.day(), d.why)).collect()
    }

    /// The events that an encounter produced, or that an agreement came out of.
    fn linked(&self, iri: &str, forward: bool) -> Result<Vec<String>, StoreError> {
        let node = NamedNode::new_unchecked(iri);
        let (from, to) = if forward { (Some(node.as_ref()), None) } else { (None, Some(node.as_ref().into())) };
        let quads = self.quads(from, Some(ent::PRODUCED), to, Some(graphs::TIES))?;
        let mut iris: Vec<String> =
            quads.iter().map(|q| if forward { value(&q.object) } else { subject(q) }.to_owned()).collect();
        iris.sort();
        Ok(iris)
    }
}
