//! Search as one types: each word of the question must begin a word of what is found.
//!
//! All texts lie in one string, one line each, folded (small letters, no accents), in the order in which they are shown:
//! parties, leaders, sectors, then events by their names, events by their sentences, articles. The longest word is looked
//! for in the whole string, the others in the lines where it is: a few milliseconds for the sentences of 100,000 articles.

use super::{Entry, LeaderLine};
use crate::graph::serving::Sentence;
use crate::graph::{ArticleRow, PartyRow};
use crate::knowledge::{Knowledge, NameKind};
use memchr::memmem;
use rustc_hash::FxHashMap;
use std::collections::{BTreeMap, BTreeSet};
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// What a line stands for.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::server) enum Kind {
    /// A country, by code.
    Country(String),
    /// An organization, by code.
    Organization(String),
    /// A leader, by id.
    Leader(String),
    /// A sector, by slug.
    Sector(String),
    /// An event, by its place in the snapshot, found by its name.
    Event(usize),
    /// An event, found by a sentence.
    Sentence(usize, String),
    /// An article, by its place in the snapshot.
    Article(usize),
}

impl Kind {
    /// The word by which a search is narrowed.
    pub(in crate::server) fn word(&self) -> &'static str {
        match self {
            Self::Country(_) => "country",
            Self::Organization(_) => "organization",
            Self::Leader(_) => "leader",
            Self::Sector(_) => "sector",
            Self::Event(_) | Self::Sentence(..) => "event",
            Self::Article(_) => "article",
        }
    }
}

/// One string to look through.
#[derive(Debug, Default)]
struct Lines {
    text: String,
    /// Where each line begins, and what it stands for.
    starts: Vec<(usize, Kind)>,
}

impl Lines {
    fn add(&mut self, text: &str, kind: Kind) {
        self.starts.push((self.text.len(), kind));
        fold(text, &mut self.text);
        self.text.push('\n');
    }

    /// Calls `found` with each line that has all words, until it gives false.
    fn each<'l>(&'l self, words: &[String], found: &mut dyn FnMut(&'l Kind) -> bool) {
        let Some(longest) = words.iter().max_by_key(|w| w.len()) else { return };
        let finder = memmem::Finder::new(longest.as_bytes());
        let mut at = 0;
        while let Some(hit) = self.text.as_bytes().get(at..).and_then(|rest| finder.find(rest)) {
            let place = at + hit;
            let line = self.starts.partition_point(|(start, _)| *start <= place).saturating_sub(1);
            let end = self.starts.get(line + 1).map_or(self.text.len(), |(start, _)| *start);
            at = end;
            let Some((start, kind)) = self.starts.get(line) else { return };
            let text = self.text.get(*start..end).unwrap_or_default();
            if words.iter().all(|word| begins_a_word(text, word)) && !found(kind) {
                return;
            }
        }
    }
}

/// What people search for.
#[derive(Debug, Default)]
pub(in crate::server) struct Search {
    parties: Lines,
    leaders: Lines,
    rest: Lines,
}

impl Search {
    pub(super) fn new(
        events: &[Entry],
        articles: &[ArticleRow],
        sentences: &FxHashMap<String, Vec<Sentence>>,
        parties: &BTreeMap<String, PartyRow>,
        knowledge: &Knowledge,
    ) -> Self {
        let mut search = Self::default();
        for party in parties.values().filter(|p| p.country) {
            search.parties.add(&forms(party, knowledge), Kind::Country(party.code.clone()));
        }
        for party in parties.values().filter(|p| !p.country) {
            search.parties.add(&forms(party, knowledge), Kind::Organization(party.code.clone()));
        }
        for (slug, label) in knowledge.sectors.labels() {
            search.rest.add(&format!("{label} {slug}"), Kind::Sector(slug.to_owned()));
        }
        for (at, event) in events.iter().enumerate() {
            let topic = event.row.topic.as_deref().unwrap_or_default();
            let place = event.row.place.as_deref().unwrap_or_default();
            search.rest.add(&format!("{} {topic} {place}", event.title), Kind::Event(at));
        }
        for (at, event) in events.iter().enumerate() {
            let mut seen = BTreeSet::new();
            for sentence in sentences.get(&event.row.iri).map_or(&[][..], Vec::as_slice) {
                if seen.insert(&sentence.quote) {
                    search.rest.add(&sentence.quote, Kind::Sentence(at, sentence.quote.clone()));
                }
            }
        }
        for (at, article) in articles.iter().enumerate() {
            search.rest.add(&article.title, Kind::Article(at));
        }
        search
    }

    pub(super) fn add_leaders(&mut self, leaders: &BTreeMap<String, LeaderLine>) {
        // Who takes part in more is likelier meant.
        let mut lines: Vec<_> = leaders.iter().collect();
        lines.sort_by(|a, b| b.1.events.len().cmp(&a.1.events.len()).then_with(|| a.0.cmp(b.0)));
        for (id, line) in lines {
            let title = line.title.as_deref().unwrap_or_default();
            self.leaders.add(&format!("{} {title}", line.name), Kind::Leader(id.clone()));
        }
    }

    /// What has all the words of `question`, at most `most`; an event once. `word` narrows it to one kind.
    pub(in crate::server) fn find(&self, question: &str, word: Option<&str>, most: usize) -> Vec<&Kind> {
        let Words(words) = Words::of(question);
        let (mut all, mut events) = (Vec::new(), BTreeSet::new());
        for lines in [&self.parties, &self.leaders, &self.rest] {
            lines.each(&words, &mut |kind| {
                let fresh = match kind {
                    Kind::Event(at) | Kind::Sentence(at, _) => events.insert(*at),
                    _ => true,
                };
                if fresh && word.is_none_or(|word| kind.word() == word) {
                    all.push(kind);
                }
                all.len() < most
            });
        }
        all
    }
}

/// The words of a question, each of which must begin a word of what is found.
#[derive(Debug, Clone)]
pub(in crate::server) struct Words(Vec<String>);

impl Words {
    /// Folded as what is searched is.
    pub(in crate::server) fn of(question: &str) -> Self {
        let mut folded = String::new();
        fold(question, &mut folded);
        let words = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        Self(words.map(str::to_owned).collect())
    }

    /// Whether nothing is asked.
    pub(in crate::server) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether a text has them all; every text has none.
    pub(in crate::server) fn fit(&self, text: &str) -> bool {
        if self.is_empty() {
            return true;
        }
        let mut folded = String::new();
        fold(text, &mut folded);
        self.0.iter().all(|word| begins_a_word(&folded, word))
    }
}

/// Every name of a party.
pub(in crate::server) fn forms(party: &PartyRow, knowledge: &Knowledge) -> String {
    let gazetteer = &knowledge.gazetteer;
    let country = gazetteer.country(&party.code).map(|c| (c.iso2.as_str(), c.forms.as_slice()));
    let organization = || gazetteer.organization(&party.code).map(|o| ("", o.forms.as_slice()));
    let (iso2, forms) = country.or_else(organization).unwrap_or(("", &[]));
    let named =
        forms.iter().filter(|f| matches!(f.kind, NameKind::Name | NameKind::Adjective)).map(|f| f.text.as_str());
    [party.name.as_str(), &party.code, iso2].into_iter().chain(named).collect::<Vec<_>>().join(" ")
}

/// Small letters, no accents, no line ends.
fn fold(text: &str, out: &mut String) {
    if text.is_ascii() {
        out.extend(text.chars().map(|c| if c.is_ascii_control() { ' ' } else { c.to_ascii_lowercase() }));
        return;
    }
    let plain = text.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase);
    out.extend(plain.map(|c| if c.is_control() { ' ' } else { c }));
}

/// Whether a word of the text begins so.
fn begins_a_word(text: &str, word: &str) -> bool {
    let before = |at: usize| text.get(..at).and_then(|t| t.chars().next_back());
    memmem::find_iter(text.as_bytes(), word.as_bytes()).any(|at| before(at).is_none_or(|c| !c.is_alphanumeric()))
}
