//! What waits for its rebuild: notes in the store (`ent:pending`), written in the transaction that makes something wait and
//! crossed out in the one that rebuilds it.
//!
//! Where much changes, whole buckets, pairs and names wait, each once. Where little changes, the reports, events and
//! appearances that came or went wait, so that the work is that of the change and not that of all that is in the store.

use super::error::StoreError;
use super::sheet::Sheet;
use super::store::{Store, subject, value};
use super::vocab::{ent, graphs};
use super::{claims, mint};
use oxigraph::model::{NamedNode, NamedNodeRef, Quad};
use std::collections::{BTreeMap, BTreeSet};

/// Articles of one writing that are few: what they touch waits finely.
pub(super) const FEW_ARTICLES: usize = 32;

/// What one writing makes wait, in both ways.
#[derive(Debug, Default)]
pub(super) struct Waiting {
    coarse: BTreeSet<String>,
    fine: BTreeSet<String>,
    /// Whether no fine notes will be needed.
    many: bool,
}

impl Waiting {
    /// What must be rebuilt whole, however little changes.
    pub(super) fn whole(&mut self, what: BTreeSet<String>) {
        self.fine.extend(what.iter().cloned());
        self.coarse.extend(what);
    }

    /// Takes what another writing makes wait, one by one: `BTreeSet::append` would go through all that waits already.
    pub(super) fn append(&mut self, other: Self) {
        self.coarse.extend(other.coarse);
        if !self.many {
            self.fine.extend(other.fine);
        }
    }

    /// So much is written that all of it waits coarsely.
    pub(super) fn are_many(&mut self) {
        self.many = true;
        self.fine.clear();
    }

    /// The notes; fine ones where the change is small.
    pub(super) fn notes(&self, small: bool) -> Vec<Quad> {
        let mut sheet = Sheet::new(graphs::STORE.into_owned());
        for what in if small && !self.many { &self.fine } else { &self.coarse } {
            sheet.text(&mint::store(), ent::PENDING, what);
        }
        sheet.quads
    }

    /// An article's reports that are new: their buckets, in each of which they may be of events that are there.
    pub(super) fn comes(&mut self, id: &str, quads: &[Quad]) {
        let key = claims::article_key(id);
        for quad in quads {
            self.coarse.extend(waits_for(quad));
            match quad.predicate.as_ref() {
                ent::BUCKET => _ = self.fine.insert(format!("news {key} {}", value(&quad.object))),
                ent::APPEARS => _ = self.fine.insert(format!("appears {}", subject(quad))),
                _ => {}
            }
        }
    }

    /// An article's reports that go, with what settling has said of them: the events that they were of.
    pub(super) fn goes(&mut self, quads: &[Quad]) {
        let mut told: BTreeMap<&str, Gone<'_>> = BTreeMap::new();
        for quad in quads {
            self.coarse.extend(waits_for(quad));
            let (gone, text) = (told.entry(subject(quad)).or_default(), value(&quad.object));
            match quad.predicate.as_ref() {
                ent::BUCKET => gone.bucket = Some(text),
                ent::ASSERTS => gone.event = Some(text),
                ent::APPEARS => gone.who = Some(text),
                ent::REPRESENTS => gone.side = text,
                ent::OFFICE => gone.office = text,
                _ => {}
            }
        }
        for gone in told.into_values() {
            if let Some((event, bucket)) = gone.event.zip(gone.bucket) {
                self.fine.insert(format!("event {event} {bucket}"));
            }
            if let Some(who) = gone.who {
                self.fine.insert(format!("lost {who} {} {}", gone.side, gone.office));
            }
        }
    }
}

/// A claim or appearance that goes.
#[derive(Default)]
struct Gone<'q> {
    bucket: Option<&'q str>,
    event: Option<&'q str>,
    who: Option<&'q str>,
    side: &'q str,
    office: &'q str,
}

/// What a quad of an article's graph makes wait whole when it comes or goes.
pub(super) fn waits_for(quad: &Quad) -> Option<String> {
    match quad.predicate.as_ref() {
        ent::BUCKET => Some(format!("bucket {}", value(&quad.object))),
        ent::APPEARS => Some(format!("name {}", value(&quad.object))),
        _ => None,
    }
}

/// Everything that waits.
pub(super) fn pending(store: &Store) -> Result<BTreeSet<String>, StoreError> {
    let mut waiting = BTreeSet::new();
    let node = mint::store();
    store.finds((Some(node.as_ref()), Some(ent::PENDING), None, Some(graphs::STORE)), |quad| {
        waiting.insert(value(&quad.object).to_owned());
        Ok(false)
    })?;
    Ok(waiting)
}

/// Whether something waits whose note begins so.
pub(super) fn waits(store: &Store, prefix: &str) -> Result<bool, StoreError> {
    let node = mint::store();
    store.finds((Some(node.as_ref()), Some(ent::PENDING), None, Some(graphs::STORE)), |quad| {
        Ok(value(&quad.object).starts_with(prefix))
    })
}

/// What changed in a bucket, where it was little.
#[derive(Debug, Default, Clone)]
pub(super) struct Part {
    /// Keys of the articles with new reports.
    pub(super) articles: BTreeSet<String>,
    /// Events whose reports went.
    pub(super) events: BTreeSet<String>,
    /// The notes of it.
    pub(super) notes: BTreeSet<String>,
}

/// What waits finely, by bucket.
pub(super) fn parts(waiting: &BTreeSet<String>) -> BTreeMap<String, Part> {
    let mut parts: BTreeMap<String, Part> = BTreeMap::new();
    for note in waiting {
        let mut words = note.splitn(3, ' ');
        let (Some(word @ ("news" | "event")), Some(what), Some(bucket)) = (words.next(), words.next(), words.next())
        else {
            continue;
        };
        let part = parts.entry(bucket.to_owned()).or_default();
        let list = if word == "news" { &mut part.articles } else { &mut part.events };
        list.insert(what.to_owned());
        part.notes.insert(note.clone());
    }
    parts
}

impl Part {
    pub(super) fn append(&mut self, mut other: Self) {
        self.articles.append(&mut other.articles);
        self.events.append(&mut other.events);
        self.notes.append(&mut other.notes);
    }

    /// The claims that changed, or whose events did, as they are now.
    pub(super) fn claims(&self, store: &Store, buckets: &BTreeSet<String>) -> Result<BTreeSet<String>, StoreError> {
        let mut found = BTreeSet::new();
        for key in &self.articles {
            let graph = graphs::article(key);
            for quad in store.quads(None, Some(ent::BUCKET), None, Some(graph.as_ref()))? {
                if buckets.contains(value(&quad.object)) {
                    found.insert(subject(&quad).to_owned());
                }
            }
        }
        for event in &self.events {
            found.extend(claims_of(store, event)?);
        }
        Ok(found)
    }
}

/// The claims that are of an event as settled last.
pub(super) fn claims_of(store: &Store, event: &str) -> Result<Vec<String>, StoreError> {
    let node = NamedNodeRef::new_unchecked(event);
    let found = store.quads(None, Some(ent::ASSERTS), Some(node.into()), None)?;
    Ok(found.iter().map(|quad| subject(quad).to_owned()).collect())
}

/// Whether the description that the store has of a leader covers an appearance, or stays as it is without one that went.
pub(super) struct Appearance {
    pub(super) who: String,
    side: Option<String>,
    office: Option<String>,
}

impl Appearance {
    /// The one that an `appears` note names; nothing where it is gone again.
    pub(super) fn read(store: &Store, iri: &str) -> Result<Option<Self>, StoreError> {
        let node = NamedNode::new_unchecked(iri);
        let said = store.quads(Some(node.as_ref()), None, None, None)?;
        let one = |p| said.iter().find(|q| q.predicate.as_ref() == p).map(|q| value(&q.object).to_owned());
        Ok(one(ent::APPEARS).map(|who| Self { who, side: one(ent::REPRESENTS), office: one(ent::OFFICE) }))
    }

    /// The one that a `lost` note tells of.
    pub(super) fn parse(note: &str) -> Option<Self> {
        let mut words = note.split(' ').map(str::to_owned);
        let who = words.next()?;
        let mut some = || words.next().filter(|word| !word.is_empty());
        Some(Self { who, side: some(), office: some() })
    }

    /// Whether the leader's description says all that it says.
    pub(super) fn is_described(&self, store: &Store) -> Result<bool, StoreError> {
        let node = NamedNode::new_unchecked(&*self.who);
        for (predicate, text) in self.said() {
            let found = store.quads(Some(node.as_ref()), Some(predicate), None, Some(graphs::REFERENCE))?;
            if !found.iter().any(|quad| value(&quad.object) == text) {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Whether other appearances of the leader say all that it said.
    pub(super) fn is_said_elsewhere(&self, store: &Store) -> Result<bool, StoreError> {
        let node = NamedNodeRef::new_unchecked(&self.who);
        let find = |fits: &mut dyn FnMut(&Quad) -> Result<bool, StoreError>| {
            store.finds((None, Some(ent::APPEARS), Some(node.into()), None), fits)
        };
        for (predicate, text) in self.said() {
            let said = find(&mut |other| {
                let other = NamedNodeRef::new_unchecked(subject(other));
                let said = store.quads(Some(other), Some(predicate), None, None)?;
                Ok(said.iter().any(|quad| value(&quad.object) == text))
            })?;
            if !said {
                return Ok(false);
            }
        }
        find(&mut |_| Ok(true))
    }

    fn said(&self) -> impl Iterator<Item = (NamedNodeRef<'static>, &str)> {
        let both = [(ent::REPRESENTS, &self.side), (ent::OFFICE, &self.office)];
        both.into_iter().filter_map(|(predicate, text)| text.as_deref().map(|text| (predicate, text)))
    }
}
