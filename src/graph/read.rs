//! The store → plain rows for its readers.

use super::error::StoreError;
use super::event::Event;
use super::mint;
use super::reference::is_item;
use super::rows::{ArticleRow, ClaimRow, Counts, EventFilter, EventRow, LeaderRow, PartyCodes, PartyRow, TieRow};
use super::store::{Store, subject, value};
use super::ties::{self, Tie};
use super::vocab::{ent, graphs, oa, owl};
use crate::knowledge::PartialDate;
use oxigraph::model::vocab::{rdf, rdfs};
use oxigraph::model::{NamedNode, NamedNodeRef, Quad};
use std::collections::{BTreeMap, BTreeSet};

/// Leaders that are read together rather than one by one.
const MANY: usize = 100;

/// Who appears in an article, as it says.
#[derive(Debug, Clone, Default, PartialEq)]
struct Appearance {
    party: Option<String>,
    office: Option<String>,
    title: Option<String>,
    wikidata: Option<String>,
}

/// Appearances by leader and article; names by leader.
#[derive(Debug, Default, PartialEq)]
struct Leaders {
    names: BTreeMap<String, String>,
    appearances: BTreeMap<(String, String), Appearance>,
}

impl Store {
    /// Events that pass the filter, by first day (those without a date last) and IRI.
    ///
    /// # Errors
    /// Those of reading.
    pub fn events(&self, filter: &EventFilter) -> Result<Vec<EventRow>, StoreError> {
        let mut events = self.events_of(&filter.all_of)?;
        events.retain(|event| passes(event, filter) && names(filter, &codes(&event.parties)));
        let leaders = self.leaders(events.iter())?;
        let ids = self.article_ids()?;
        let mut rows: Vec<EventRow> = events.iter().map(|event| row(event, &leaders, &ids)).collect();
        rows.sort_by(|a, b| {
            let key = |r: &EventRow| (r.earliest.is_none(), r.earliest);
            key(a).cmp(&key(b)).then_with(|| a.iri.cmp(&b.iri))
        });
        Ok(rows)
    }

    /// One event.
    ///
    /// # Errors
    /// Those of reading.
    pub fn event(&self, iri: &str) -> Result<Option<EventRow>, StoreError> {
        let Some(event) = self.event_at(iri)? else { return Ok(None) };
        let mut ids = BTreeMap::new();
        for iri in &event.articles {
            ids.extend(self.article_at(iri)?.map(|article| (iri.clone(), article.id)));
        }
        Ok(Some(row(&event, &self.leaders([&event].into_iter())?, &ids)))
    }

    /// The sentences behind an event, by day of publication, article and place in it.
    ///
    /// # Errors
    /// Those of reading.
    pub fn claims(&self, event_iri: &str) -> Result<Vec<ClaimRow>, StoreError> {
        let Ok(node) = NamedNode::new(event_iri) else { return Ok(Vec::new()) };
        let mut rows = Vec::new();
        for quad in self.quads(None, Some(ent::ASSERTS), Some(node.as_ref().into()), None)? {
            rows.extend(self.claim(subject(&quad))?);
        }
        rows.sort_by(|a, b| {
            let key = |r: &ClaimRow| (r.published.is_none(), r.published, r.article.clone(), r.start, r.end);
            key(a).cmp(&key(b)).then_with(|| a.iri.cmp(&b.iri))
        });
        Ok(rows)
    }

    /// The claims of an article, by its id as in the contract.
    ///
    /// # Errors
    /// Those of reading.
    pub fn claims_of_article(&self, id: &str) -> Result<Vec<ClaimRow>, StoreError> {
        let graph = graphs::article(&super::claims::article_key(id));
        let mut rows = Vec::new();
        for quad in self.quads(None, Some(rdf::TYPE), Some(ent::CLASS_CLAIM.into()), Some(graph.as_ref()))? {
            rows.extend(self.claim(subject(&quad))?);
        }
        Ok(rows)
    }

    /// One claim.
    pub(super) fn claim(&self, iri: &str) -> Result<Option<ClaimRow>, StoreError> {
        let said = self.said(iri)?;
        let Some(article) = said.one(oa::HAS_SOURCE) else { return Ok(None) };
        if mint::local(&article, "decision").is_some() {
            return Ok(Some(self.asserted(iri, &said, &article)?));
        }
        let about = self.said(&article)?;
        let number = |p| said.one(p).and_then(|n| n.parse().ok()).unwrap_or(0);
        Ok(Some(ClaimRow {
            iri: iri.to_owned(),
            article: about.one(ent::ARTICLE_ID).unwrap_or_default(),
            title: about.one(ent::TITLE).unwrap_or_default(),
            source: about.one(ent::SOURCE),
            url: about.one(ent::URL),
            published: about.one(ent::PUBLISHED).and_then(|d| d.parse().ok()),
            start: number(ent::START),
            end: number(ent::END),
            quote: said.one(ent::QUOTE).unwrap_or_default(),
            rule: said.one(ent::RULE).unwrap_or_default(),
            attributed_to: said.one(ent::ATTRIBUTED_TO),
            words: said.one(ent::WORDS).map(|words| spans(&words)).unwrap_or_default(),
            event_type: said.one(ent::EVENT_TYPE).unwrap_or_default(),
            status: said.one(ent::STATUS),
            date: said.one(ent::DATE),
            confidence: said.one(ent::CONFIDENCE).and_then(|c| c.parse().ok()).unwrap_or(0.0),
        }))
    }

    /// What a person asserts, in the place of a claim.
    fn asserted(&self, iri: &str, said: &Said, decision: &str) -> Result<ClaimRow, StoreError> {
        let about = self.said(decision)?;
        let by = about.one(ent::BY).unwrap_or_default();
        Ok(ClaimRow {
            iri: iri.to_owned(),
            article: format!("decision/{}", mint::short(decision, "decision")),
            title: about.one(ent::WHY).unwrap_or_default(),
            source: Some(by.clone()),
            url: None,
            published: None,
            start: 0,
            end: 0,
            quote: about.one(ent::WHY).unwrap_or_default(),
            rule: "curation".to_owned(),
            attributed_to: Some(by),
            words: Vec::new(),
            event_type: said.one(ent::EVENT_TYPE).unwrap_or_default(),
            status: said.one(ent::STATUS),
            date: said.one(ent::DATE),
            confidence: 1.0,
        })
    }

    /// One article.
    pub(super) fn article_at(&self, iri: &str) -> Result<Option<ArticleRow>, StoreError> {
        let said = self.said(iri)?;
        Ok(said.one(ent::ARTICLE_ID).map(|id| ArticleRow {
            iri: iri.to_owned(),
            id,
            title: said.one(ent::TITLE).unwrap_or_default(),
            published: said.one(ent::PUBLISHED).and_then(|d| d.parse().ok()),
            source: said.one(ent::SOURCE),
            url: said.one(ent::URL),
        }))
    }

    /// Ties between the parties that the filter names, by pair, kind and direction. Where the filter has dates or sectors
    /// the ties are counted anew from the events that pass.
    ///
    /// # Errors
    /// Those of reading.
    pub fn ties(&self, filter: &EventFilter) -> Result<Vec<TieRow>, StoreError> {
        let whole = filter.since.is_none() && filter.until.is_none() && filter.sectors.is_empty();
        let mut ties = if whole {
            self.all_ties()?
        } else {
            let mut events = self.all_events()?;
            events.retain(|event| passes(event, filter));
            ties::count(&events)
        };
        let ends = |tie: &Tie| [mint::code(&tie.from), mint::code(&tie.to)];
        ties.retain(|tie| names(filter, &ends(tie)));
        let mut rows: Vec<TieRow> = ties.iter().map(tie_row).collect();
        rows.sort_by(|a, b| {
            let pair = |r: &TieRow| (r.from.clone().min(r.to.clone()), r.from.clone().max(r.to.clone()));
            pair(a).cmp(&pair(b)).then_with(|| (&a.kind, &a.from).cmp(&(&b.kind, &b.from)))
        });
        Ok(rows)
    }

    /// Countries and organizations that take part in some event, by code.
    ///
    /// # Errors
    /// Those of reading.
    pub fn parties(&self) -> Result<Vec<PartyRow>, StoreError> {
        let iris: BTreeSet<String> =
            self.column(ent::PARTY, Some(graphs::EVENTS))?.into_iter().map(|(_, party)| party).collect();
        let mut rows = Vec::new();
        for iri in iris {
            let Some((code, country)) = mint::code_of(&iri) else { continue };
            // All that is said of a party would be its events too.
            let node = NamedNodeRef::new_unchecked(&iri);
            let said = Said(self.quads(Some(node), None, None, Some(graphs::REFERENCE))?);
            let name = said.one(rdfs::LABEL).unwrap_or_else(|| code.clone());
            rows.push(PartyRow { code, name, country, region: said.one(ent::REGION), codes: party_codes(&said) });
        }
        rows.sort();
        Ok(rows)
    }

    /// The articles of the store, by id.
    ///
    /// # Errors
    /// Those of reading.
    pub fn articles(&self) -> Result<Vec<ArticleRow>, StoreError> {
        let told = self.table(&[ent::ARTICLE_ID, ent::TITLE, ent::PUBLISHED, ent::SOURCE, ent::URL], None)?;
        let rows = told.into_iter().filter_map(|(iri, said)| {
            let one = |p| said.iter().find(|(other, _)| *other == p).map(|(_, text)| text.clone());
            Some(ArticleRow {
                id: one(ent::ARTICLE_ID)?,
                title: one(ent::TITLE).unwrap_or_default(),
                published: one(ent::PUBLISHED).and_then(|day| day.parse().ok()),
                source: one(ent::SOURCE),
                url: one(ent::URL),
                iri,
            })
        });
        let mut rows: Vec<ArticleRow> = rows.collect();
        rows.sort_by(|a, b| a.id.cmp(&b.id));
        Ok(rows)
    }

    /// What the store holds, counted.
    ///
    /// # Errors
    /// Those of reading.
    pub fn counts(&self) -> Result<Counts, StoreError> {
        let of = |class| self.count_of(class);
        let mut counts = Counts {
            articles: of(ent::CLASS_ARTICLE)?,
            claims: of(ent::CLASS_CLAIM)?,
            ties: of(ent::CLASS_TIE)?,
            dyads: of(ent::CLASS_DYAD)?,
            // Those who are said to be others are no more people.
            leaders: of(ent::CLASS_LEADER)?
                - self.quads(None, Some(owl::SAME_AS), None, Some(graphs::REFERENCE))?.len(),
            parties: self.parties()?.len(),
            quads: self.inner().len().map_err(|e| self.located(e.into()))?,
            ..Counts::default()
        };
        for event in self.all_events()? {
            let kind = counts.events.entry(event.kind.as_str()).or_default();
            *kind.entry(event.event_type.clone()).or_default() += 1;
            if let Some(status) = &event.status {
                *counts.statuses.entry(status.clone()).or_default() += 1;
            }
            for sector in &event.sectors {
                *counts.sectors.entry(mint::short(sector, "sector").to_owned()).or_default() += 1;
            }
            counts.merged += usize::from(event.articles.len() > 1);
            let (first, last) = (event.date.and_then(PartialDate::earliest), event.date.and_then(PartialDate::latest));
            counts.first = counts.first.into_iter().chain(first).min();
            counts.last = counts.last.max(last);
        }
        Ok(counts)
    }

    pub(super) fn event_at(&self, iri: &str) -> Result<Option<Event>, StoreError> {
        let Ok(node) = NamedNode::new(iri) else { return Ok(None) };
        Ok(Event::read(iri, &self.quads(Some(node.as_ref()), None, None, Some(graphs::EVENTS))?))
    }

    /// Events that can have all of these parties: those of the pair of the first two where the lists have both, else all.
    fn events_of(&self, codes: &[String]) -> Result<Vec<Event>, StoreError> {
        let party = |code: &String| Some(mint::party(code, *self.listed.get(code)?));
        let [Some(one), Some(other)] = [0, 1].map(|at| codes.get(at).and_then(party)) else { return self.all_events() };
        if one == other {
            return self.all_events();
        }
        let dyad = mint::dyad(one.as_str(), other.as_str());
        let mut events = Vec::new();
        for quad in self.quads(None, Some(ent::DYAD), Some(dyad.as_ref().into()), Some(graphs::EVENTS))? {
            events.extend(self.event_at(subject(&quad))?);
        }
        Ok(events)
    }

    fn all_events(&self) -> Result<Vec<Event>, StoreError> {
        let table = self.table(&Event::PREDICATES, Some(graphs::EVENTS))?;
        let event = |(iri, said): (&String, &Vec<(NamedNodeRef<'static>, String)>)| {
            Event::of(iri, said.iter().map(|(predicate, text)| (*predicate, text.as_str())))
        };
        Ok(table.iter().filter_map(event).collect())
    }

    fn all_ties(&self) -> Result<Vec<Tie>, StoreError> {
        let mut by_subject: BTreeMap<String, Vec<Quad>> = BTreeMap::new();
        for quad in self.quads(None, None, None, Some(graphs::TIES))? {
            by_subject.entry(subject(&quad).to_owned()).or_default().push(quad);
        }
        let articles = self.quads(None, Some(ent::REPORTED_IN), None, Some(graphs::EVENTS))?;
        let mut reports: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
        for quad in &articles {
            reports.entry(subject(quad)).or_default().insert(value(&quad.object).to_owned());
        }
        Ok(by_subject.iter().filter_map(|(iri, quads)| read_tie(iri, quads, &reports)).collect())
    }

    pub(super) fn said(&self, iri: &str) -> Result<Said, StoreError> {
        self.quads(Some(NamedNodeRef::new_unchecked(iri)), None, None, None).map(Said)
    }

    /// What events need to show their leaders.
    fn leaders<'e>(&self, events: impl Iterator<Item = &'e Event>) -> Result<Leaders, StoreError> {
        let iris: BTreeSet<&String> = events.flat_map(|e| e.participants.iter().chain(&e.signatories)).collect();
        if iris.len() > MANY {
            return self.all_leaders(&iris);
        }
        let mut leaders = Leaders::default();
        for iri in iris {
            let said = self.said(iri)?;
            leaders.names.insert(iri.clone(), said.one(rdfs::LABEL).unwrap_or_else(|| iri.clone()));
            for spelling in self.rules.spellings(iri) {
                let node = NamedNodeRef::new_unchecked(spelling);
                for quad in self.quads(None, Some(ent::APPEARS), Some(node.into()), None)? {
                    let said = self.said(subject(&quad))?;
                    let (article, appearance) = appearance(|predicate| said.one(predicate));
                    leaders.appearances.insert((iri.clone(), article), appearance);
                }
            }
        }
        Ok(leaders)
    }

    /// The same of very many, from whole columns.
    fn all_leaders(&self, iris: &BTreeSet<&String>) -> Result<Leaders, StoreError> {
        let names = self.table_with(&[rdfs::LABEL], ent::LEARNED)?;
        let name = |iri: &String| Some(names.get(iri)?.first()?.1.clone());
        let names = iris.iter().map(|iri| ((*iri).clone(), name(iri).unwrap_or_else(|| (*iri).clone()))).collect();
        let mut leaders = Leaders { names, ..Leaders::default() };
        let columns = [ent::APPEARS, ent::REPRESENTS, ent::OFFICE, ent::TITLE, ent::WIKIDATA, oa::HAS_SOURCE];
        let mut by_spelling: BTreeMap<String, Vec<(String, Appearance)>> = BTreeMap::new();
        for said in self.table_with(&columns, ent::APPEARS)?.into_values() {
            let one =
                |predicate: NamedNodeRef<'_>| said.iter().find(|(p, _)| *p == predicate).map(|(_, text)| text.clone());
            let Some(spelling) = one(ent::APPEARS) else { continue };
            by_spelling.entry(spelling).or_default().push(appearance(one));
        }
        for iri in iris {
            for spelling in self.rules.spellings(iri) {
                for (article, appearance) in by_spelling.get(spelling).into_iter().flatten() {
                    leaders.appearances.insert(((*iri).clone(), article.clone()), appearance.clone());
                }
            }
        }
        Ok(leaders)
    }

    /// IRIs and ids of all articles.
    pub(super) fn article_ids(&self) -> Result<BTreeMap<String, String>, StoreError> {
        Ok(self.column(ent::ARTICLE_ID, None)?.into_iter().collect())
    }
}

/// The spans of `104-109 120-126`.
fn spans(text: &str) -> Vec<[usize; 2]> {
    let span = |part: &str| part.split_once('-').and_then(|(a, b)| Some([a.parse().ok()?, b.parse().ok()?]));
    text.split(' ').filter_map(span).collect()
}

/// The article of an appearance, and what it says.
fn appearance(one: impl Fn(NamedNodeRef<'_>) -> Option<String>) -> (String, Appearance) {
    let said = Appearance {
        party: one(ent::REPRESENTS).map(|iri| mint::code(&iri)),
        office: one(ent::OFFICE),
        title: one(ent::TITLE),
        wikidata: one(ent::WIKIDATA),
    };
    (one(oa::HAS_SOURCE).unwrap_or_default(), said)
}

/// All that is said of one subject.
pub(super) struct Said(Vec<Quad>);

impl Said {
    pub(super) fn one(&self, predicate: NamedNodeRef<'_>) -> Option<String> {
        self.0.iter().find(|q| q.predicate.as_ref() == predicate).map(|q| value(&q.object).to_owned())
    }
}

fn party_codes(said: &Said) -> PartyCodes {
    let number = |predicate| said.one(predicate).and_then(|n| n.parse().ok());
    PartyCodes {
        iso2: said.one(ent::ISO2).filter(|code| !code.is_empty()),
        iso_numeric: said.one(ent::ISO_NUMERIC),
        cow: number(ent::COW),
        gw: number(ent::GW),
        wikidata: said.one(ent::WIKIDATA),
    }
}

fn codes(iris: &BTreeSet<String>) -> Vec<String> {
    let codes: BTreeSet<String> = iris.iter().map(|iri| mint::code(iri)).collect();
    codes.into_iter().collect()
}

/// Whether the filter lets these codes through.
fn names(filter: &EventFilter, codes: &[String]) -> bool {
    (filter.any_of.is_empty() || filter.any_of.iter().any(|code| codes.contains(code)))
        && filter.all_of.iter().all(|code| codes.contains(code))
}

/// Whether the filter lets the dates and sectors of an event through.
fn passes(event: &Event, filter: &EventFilter) -> bool {
    let (first, last) = (event.date.and_then(PartialDate::earliest), event.date.and_then(PartialDate::latest));
    let sector = |slug: &String| event.sectors.iter().any(|iri| mint::short(iri, "sector") == slug);
    filter.since.is_none_or(|day| last.is_some_and(|last| last >= day))
        && filter.until.is_none_or(|day| first.is_some_and(|first| first <= day))
        && (filter.sectors.is_empty() || filter.sectors.iter().any(sector))
}

fn row(event: &Event, leaders: &Leaders, ids: &BTreeMap<String, String>) -> EventRow {
    let people = |iris: &BTreeSet<String>| {
        let mut rows: Vec<LeaderRow> = iris.iter().map(|iri| leader_row(iri, event, leaders)).collect();
        rows.sort_by(|a, b| (&a.party, &a.name, &a.iri).cmp(&(&b.party, &b.name, &b.iri)));
        rows
    };
    let mut articles: Vec<String> = event.articles.iter().filter_map(|iri| ids.get(iri).cloned()).collect();
    articles.sort();
    EventRow {
        iri: event.iri.clone(),
        kind: event.kind,
        event_type: event.event_type.clone(),
        status: event.status.clone(),
        parties: codes(&event.parties),
        actor: event.actor.as_deref().map(mint::code),
        recipient: event.recipient.as_deref().map(mint::code),
        participants: people(&event.participants),
        signatories: people(&event.signatories),
        topic: event.topic.clone(),
        sectors: event.sectors.iter().map(|iri| mint::short(iri, "sector").to_owned()).collect(),
        place: event.place.clone(),
        date: event.date.map(|d| d.to_string()),
        date_basis: event.basis.clone(),
        earliest: event.date.and_then(PartialDate::earliest),
        latest: event.date.and_then(PartialDate::latest),
        background: event.background,
        quad_class: event.quad_class.clone(),
        confidence: event.confidence,
        articles,
    }
}

/// A leader as the articles of the event tell of them: the first that has a title, else the first.
fn leader_row(iri: &str, event: &Event, leaders: &Leaders) -> LeaderRow {
    let told = event.articles.iter().filter_map(|article| leaders.appearances.get(&(iri.to_owned(), article.clone())));
    let told: Vec<&Appearance> = told.collect();
    let item = told.iter().find_map(|a| a.wikidata.clone());
    let said = told.iter().find(|a| a.title.is_some()).or(told.first()).copied().cloned().unwrap_or_default();
    LeaderRow {
        iri: iri.to_owned(),
        name: leaders.names.get(iri).cloned().unwrap_or_else(|| iri.to_owned()),
        party: said.party,
        office: said.office,
        title: said.title,
        // The IRI of a leader whose item is known ends with it.
        wikidata: mint::local(iri, "leader").filter(|local| is_item(local)).map(str::to_owned).or(item),
    }
}

fn tie_row(tie: &Tie) -> TieRow {
    TieRow {
        iri: tie.iri.clone(),
        from: mint::code(&tie.from),
        to: mint::code(&tie.to),
        kind: tie.kind.clone(),
        directed: tie.directed,
        count: tie.events.len(),
        articles: tie.articles.len(),
        quad_class: tie.quad_class.clone(),
        first: tie.first,
        last: tie.last,
        events: tie.events.iter().cloned().collect(),
    }
}

fn read_tie(iri: &str, quads: &[Quad], reports: &BTreeMap<&str, BTreeSet<String>>) -> Option<Tie> {
    let one =
        |p: NamedNodeRef<'_>| quads.iter().find(|q| q.predicate.as_ref() == p).map(|q| value(&q.object).to_owned());
    let events: BTreeSet<String> =
        quads.iter().filter(|q| q.predicate.as_ref() == ent::BASED_ON).map(|q| value(&q.object).to_owned()).collect();
    let (from, to) = (one(ent::FROM)?, one(ent::TO)?);
    Some(Tie {
        iri: iri.to_owned(),
        dyad: mint::dyad(&from, &to),
        from,
        to,
        kind: one(ent::TIE_KIND)?,
        directed: one(ent::DIRECTED).is_some_and(|d| d == "true"),
        quad_class: one(ent::QUAD_CLASS)?,
        articles: events.iter().filter_map(|e| reports.get(e.as_str())).flatten().cloned().collect(),
        first: one(ent::FIRST_DATE).and_then(|d| d.parse().ok()),
        last: one(ent::LAST_DATE).and_then(|d| d.parse().ok()),
        events,
    })
}

#[cfg(test)]
mod tests {
    use crate::graph::tests::life::some_articles;
    use crate::graph::tests::store_of;

    #[test]
    fn leaders_are_the_same_read_together_or_one_by_one() {
        let store = store_of(&some_articles());
        let events = store.all_events().unwrap();
        let iris = events.iter().flat_map(|e| e.participants.iter().chain(&e.signatories)).collect();
        let together = store.all_leaders(&iris).unwrap();
        assert!(!together.appearances.is_empty());
        assert_eq!(together, store.leaders(events.iter()).unwrap());
    }

    #[test]
    fn an_event_is_the_same_read_by_columns_or_alone() {
        let store = store_of(&some_articles());
        let events = store.all_events().unwrap();
        assert!(events.len() > 2);
        for event in events {
            assert_eq!(store.event_at(&event.iri).unwrap(), Some(event));
        }
    }
}
