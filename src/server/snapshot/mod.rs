//! The store at one moment, for reading: every event with its title and best sentence, indexed by party, pair, leader and
//! article, and what people search for. Built once when the store changes; requests share it.

mod search;

pub(super) use search::{Kind, Search, Words, forms};

use crate::graph::serving::{self, Sentence};
use crate::graph::{ArticleRow, Counts, EventFilter, EventRow, PartyRow, Store, StoreError};
use crate::knowledge::Knowledge;
use crate::server::api::Look;
use crate::view::dossier::{self, Names};
use crate::view::tone;
use bytes::Bytes;
use chrono::NaiveDate;
use rustc_hash::FxHashMap;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::{Condvar, Mutex};

/// Parties of an event beyond which it says nothing of pairs: a treaty of all states ties no two of them.
const CROWD: usize = 30;

/// An event, ready to be shown.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) row: EventRow,
    /// Hash in its IRI.
    pub(super) id: String,
    /// One phrase: "Memorandum of understanding: digital cooperation".
    pub(super) title: String,
    /// Conflict–cooperation score, of what came about.
    pub(super) score: Option<f64>,
    /// The day by which lists are sorted: its own, or of its first report.
    pub(super) day: Option<NaiveDate>,
    /// The surest sentence, and the outlet that has it.
    pub(super) sentence: Option<(String, Option<String>)>,
}

/// Someone who takes part in events.
#[derive(Debug, Clone)]
pub(super) struct LeaderLine {
    pub(super) iri: String,
    pub(super) name: String,
    /// Code of the party of the latest event.
    pub(super) party: Option<String>,
    /// Title in the latest event.
    pub(super) title: Option<String>,
    /// Places in [`Snapshot::events`].
    pub(super) events: Vec<usize>,
}

/// Two parties and what they have in common.
#[derive(Debug, Clone)]
pub(super) struct DyadLine {
    pub(super) codes: [String; 2],
    /// Places in [`Snapshot::events`].
    pub(super) events: Vec<usize>,
}

/// The store at one moment.
pub(super) struct Snapshot {
    /// What the store's files were, to see whether they have changed.
    pub(super) version: Option<String>,
    pub(super) store: Store,
    pub(super) counts: Counts,
    pub(super) names: Names,
    /// All events, the newest first.
    pub(super) events: Vec<Entry>,
    /// All articles, the newest first.
    pub(super) articles: Vec<ArticleRow>,
    /// By code.
    pub(super) parties: BTreeMap<String, PartyRow>,
    /// By code, places in `events`.
    pub(super) by_party: BTreeMap<String, Vec<usize>>,
    /// By id, such as `KOR-SGP`.
    pub(super) dyads: BTreeMap<String, DyadLine>,
    /// By id.
    pub(super) leaders: BTreeMap<String, LeaderLine>,
    pub(super) search: Search,
    /// What a look at the whole store found, once somebody asked for it.
    pub(super) quality: (Mutex<Look>, Condvar),
    /// The first view, once somebody asked for it.
    pub(super) overview: Mutex<Option<Bytes>>,
    /// The description of the data, once somebody asked for it.
    pub(super) void: Mutex<Option<Bytes>>,
    by_hash: FxHashMap<String, usize>,
    by_article: FxHashMap<String, Vec<usize>>,
    article_by_key: FxHashMap<String, usize>,
    article_by_id: FxHashMap<String, usize>,
}

impl Snapshot {
    /// Reads the store in a folder.
    ///
    /// # Errors
    /// Those of reading; no other program may be writing at this moment.
    pub(super) fn read(path: &Path, knowledge: &Knowledge) -> Result<Self, StoreError> {
        // Before the reading: what is written meanwhile is seen by the next look.
        let version = serving::version(path);
        Self::of(Store::open_snapshot(path)?, version, knowledge)
    }

    /// Indexes a store.
    pub(super) fn of(store: Store, version: Option<String>, knowledge: &Knowledge) -> Result<Self, StoreError> {
        let mut articles = store.articles()?;
        articles.sort_by(|a, b| b.published.cmp(&a.published).then_with(|| a.id.cmp(&b.id)));
        let parties: BTreeMap<String, PartyRow> = store.parties()?.into_iter().map(|p| (p.code.clone(), p)).collect();
        let names = names(knowledge, &parties);
        let sentences = by_event(store.sentences()?);
        let rows = store.events(&EventFilter::default())?;
        let by = |key: fn(&ArticleRow) -> &str| -> FxHashMap<String, usize> {
            articles.iter().enumerate().map(|(at, article)| (key(article).to_owned(), at)).collect()
        };
        let (article_by_id, article_by_key) = (by(|a| &a.id), by(|a| key_of(&a.iri)));
        let article = |iri: &str| article_by_key.get(key_of(iri)).and_then(|at| articles.get(*at));
        let entry = |row: EventRow| {
            let told = row.articles.iter().filter_map(|id| articles.get(*article_by_id.get(id)?)?.published);
            let first = told.min();
            let best = sentences.get(&row.iri).and_then(|s| s.first());
            Entry {
                id: key_of(&row.iri).to_owned(),
                title: dossier::title(&row, &names),
                score: tone::intensity(&row, &knowledge.acts),
                // What is to come stands where it was told.
                day: row.earliest.into_iter().chain(first).min(),
                sentence: best.map(|s| (s.quote.clone(), article(&s.article).and_then(|a| a.source.clone()))),
                row,
            }
        };
        let mut events: Vec<Entry> = rows.into_iter().map(entry).collect();
        events.sort_by(|a, b| {
            b.day.cmp(&a.day).then_with(|| b.row.earliest.cmp(&a.row.earliest)).then_with(|| a.id.cmp(&b.id))
        });
        let search = Search::new(&events, &articles, &sentences, &parties, knowledge);
        let mut snapshot = Self {
            counts: store.counts()?,
            by_hash: events.iter().enumerate().map(|(at, e)| (e.id.clone(), at)).collect(),
            by_party: BTreeMap::new(),
            dyads: BTreeMap::new(),
            leaders: BTreeMap::new(),
            by_article: FxHashMap::default(),
            version,
            store,
            names,
            events,
            articles,
            parties,
            search,
            quality: (Mutex::new(Look::default()), Condvar::new()),
            overview: Mutex::new(None),
            void: Mutex::new(None),
            article_by_key,
            article_by_id,
        };
        snapshot.index();
        snapshot.search.add_leaders(&snapshot.leaders);
        Ok(snapshot)
    }

    fn index(&mut self) {
        for (at, entry) in self.events.iter().enumerate() {
            let row = &entry.row;
            for (i, a) in row.parties.iter().enumerate() {
                self.by_party.entry(a.clone()).or_default().push(at);
                for b in row.parties.iter().skip(i + 1).filter(|_| row.parties.len() <= CROWD) {
                    let line = || DyadLine { codes: [a.clone(), b.clone()], events: Vec::new() };
                    self.dyads.entry(serving::dyad_id(a, b)).or_insert_with(line).events.push(at);
                }
            }
            let people: BTreeSet<_> = row.participants.iter().chain(&row.signatories).collect();
            for leader in people {
                let line = || LeaderLine {
                    iri: leader.iri.clone(),
                    name: leader.name.clone(),
                    party: leader.party.clone(),
                    title: leader.title.clone(),
                    events: Vec::new(),
                };
                let line = self.leaders.entry(key_of(&leader.iri).to_owned()).or_insert_with(line);
                if line.events.last() != Some(&at) {
                    line.events.push(at);
                }
            }
            for id in &row.articles {
                self.by_article.entry(id.clone()).or_default().push(at);
            }
        }
    }

    /// The event of a hash.
    pub(super) fn event(&self, hash: &str) -> Option<&Entry> {
        self.by_hash.get(hash).and_then(|at| self.events.get(*at))
    }

    /// The article of a key, which is the hash in its IRI.
    pub(super) fn article(&self, key: &str) -> Option<&ArticleRow> {
        self.article_by_key.get(key).and_then(|at| self.articles.get(*at))
    }

    /// The article of an id as in the contract.
    pub(super) fn article_of_id(&self, id: &str) -> Option<&ArticleRow> {
        self.article_by_id.get(id).and_then(|at| self.articles.get(*at))
    }

    /// The events that an article reports, by its id, the newest first.
    pub(super) fn events_of_article(&self, id: &str) -> impl Iterator<Item = &Entry> {
        self.entries(self.by_article.get(id).map_or(&[], Vec::as_slice))
    }

    /// The events at these places.
    pub(super) fn entries<'s>(&'s self, places: &'s [usize]) -> impl Iterator<Item = &'s Entry> {
        places.iter().filter_map(|at| self.events.get(*at))
    }
}

/// What comes last in an IRI.
pub(super) fn key_of(iri: &str) -> &str {
    iri.rsplit('/').next().unwrap_or(iri)
}

fn by_event(sentences: Vec<Sentence>) -> FxHashMap<String, Vec<Sentence>> {
    let mut by: FxHashMap<String, Vec<Sentence>> = FxHashMap::default();
    for sentence in sentences {
        by.entry(sentence.event.clone()).or_default().push(sentence);
    }
    by
}

fn names(knowledge: &Knowledge, parties: &BTreeMap<String, PartyRow>) -> Names {
    let mut names = Names::of(knowledge);
    // Those that no list has, or that somebody renamed.
    names.parties.extend(parties.values().map(|party| (party.code.clone(), party.name.clone())));
    names
}
