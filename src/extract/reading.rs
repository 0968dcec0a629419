//! One article through the linguistic layer and the mention finders: everything that a [`Scene`] borrows.

use super::affiliation::{self, Affiliation};
use super::candidates::Features;
use super::dates::{self, DateMention};
use super::mentions::{self, PartyMention};
use super::names::{NameIndex, Party};
use super::nationality::Nationality;
use super::persons::{self, Entry, People, TitleIndex};
use super::scene::Scene;
use crate::knowledge::Gazetteer;
use crate::nlp::{self, Document, Parser};
use crate::text::Span;
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};

/// Most tokens of an article that are read, which is some hundred pages: each may lead to some dozen candidates, and what candidates
/// have in common is sought pair by pair.
pub const MOST_TOKENS: usize = 60_000;

/// What is known of an article before it is read.
#[derive(Debug, Clone, Copy)]
pub struct Given<'t> {
    /// Headline and body.
    pub text: &'t str,
    /// Where the headline stands.
    pub title: Option<Span>,
    /// Day of publication.
    pub published: Option<NaiveDate>,
    /// The party of its outlet, where that speaks for one.
    pub speaks_for: Option<Party>,
}

/// The indexes compiled from knowledge.
#[derive(Debug)]
pub struct Indexes {
    /// Names of states, organizations, leaders.
    pub names: NameIndex,
    /// Titles.
    pub titles: TitleIndex,
    /// Which names fit which states.
    pub nationality: Nationality,
}

/// An article as the linguistic layer and the mention finders left it.
#[derive(Debug)]
pub struct Reading<'t> {
    /// The document.
    pub doc: Document<'t>,
    /// Mentions of states and organizations.
    pub parties: Vec<PartyMention>,
    /// Persons.
    pub people: People,
    /// Dates.
    pub dates: Vec<DateMention>,
    /// For whom a press release speaks.
    pub home: Option<Party>,
    /// The persons whose party was not said, with the options among which it was chosen.
    pub open: Vec<Affiliation>,
}

impl<'t> Reading<'t> {
    /// Reads a text.
    #[must_use]
    pub fn new(
        given: Given<'t>,
        gazetteer: &Gazetteer,
        indexes: &Indexes,
        parser: &mut Parser,
        affiliated: &dyn Fn(&Features) -> f32,
    ) -> Self {
        let Given { text, title, published, speaks_for } = given;
        let mut doc = nlp::tokenize(text, title);
        doc.sentences.truncate(read_sentences(&doc));
        let contexts = parser.tag(&mut doc);
        let (parties, names) = mentions::find(&doc, &indexes.names, gazetteer, published);
        let mut people = persons::find(&doc, &parties, &names, &indexes.titles, &indexes.names, gazetteer, published);
        let home = speaks_for.or_else(|| home(&parties, &people, &indexes.titles, gazetteer));
        let ground = affiliation::Ground {
            doc: &doc,
            parties: &parties,
            home,
            gazetteer,
            titles: &indexes.titles,
            nationality: &indexes.nationality,
            published,
        };
        let open = affiliation::open(&ground, &people);
        for a in &open {
            let likeliest = a
                .options
                .iter()
                .map(|(party, f)| (affiliated(f), *party))
                .max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)));
            people.persons[a.person].party = likeliest.map(|l| l.1);
        }
        let dates = dates::find(&doc, published);
        let worth: Vec<bool> = worth_parsing(&doc, &parties, &people);
        let worth = (0..worth.len()).filter(|nth| worth[*nth]);
        parser.parse(&mut doc, worth, contexts);
        Self { doc, parties, people, dates, home, open }
    }

    /// What was left out, of an article with more than [`MOST_TOKENS`].
    #[must_use]
    pub fn unread(doc: &Document<'_>) -> Option<Span> {
        let tokens: usize = doc.sentences.iter().map(|sentence| sentence.tokens.len()).sum();
        let end = doc.sentences.last()?.span.end;
        let rest = doc.text.get(end..)?;
        let begins = end + (rest.len() - rest.trim_start().len());
        // A text that ends in what is no token was read whole.
        let is_cut = tokens + nlp::LONGEST_SENTENCE > MOST_TOKENS && !rest.trim().is_empty();
        is_cut.then(|| Span::new(begins, end + rest.trim_end().len()))
    }

    /// The scene over this reading.
    #[must_use]
    pub fn scene<'a>(&'a self, gazetteer: &'a Gazetteer) -> Scene<'a> {
        Scene::new(&self.doc, gazetteer, &self.parties, &self.people, &self.dates, self.home)
    }
}

/// How many sentences are read.
fn read_sentences(doc: &Document<'_>) -> usize {
    let ends = doc.sentences.iter().scan(0, |tokens, sentence| {
        *tokens += sentence.tokens.len();
        Some(*tokens)
    });
    ends.take_while(|tokens| *tokens <= MOST_TOKENS).count()
}

/// Sentences that name somebody, or refer to both sides.
fn worth_parsing(doc: &Document<'_>, parties: &[PartyMention], people: &People) -> Vec<bool> {
    let mut worth = vec![false; doc.sentences.len()];
    let party = |person: usize| people.persons[person].party;
    // Where only one state is named nothing can be told but who leads it.
    let distinct: BTreeSet<Party> =
        parties.iter().map(|m| m.party).chain((0..people.persons.len()).filter_map(party)).collect();
    if distinct.len() < 2 {
        for m in people.mentions.iter().filter(|m| party(m.person).is_some()) {
            worth[m.sent] = doc.sentences[m.sent].tokens.len() > 2;
        }
        return worth;
    }
    for m in parties {
        worth[m.sent] = true;
    }
    for m in &people.mentions {
        worth[m.sent] = true;
    }
    for (s, sent) in doc.sentences.iter().enumerate() {
        worth[s] |= sent.tokens.iter().any(|t| {
            matches!(t.lemma.as_str(), "both" | "two" | "leader" | "they" | "he" | "she" | "we" | "side" | "minister")
        });
        worth[s] &= sent.tokens.len() > 2;
    }
    worth
}

/// The party of the persons whose title needs no country: those that the gazetteer knows, else the heaviest state.
fn home(parties: &[PartyMention], people: &People, titles: &TitleIndex, g: &Gazetteer) -> Option<Party> {
    let mut votes: BTreeMap<Party, usize> = BTreeMap::new();
    for p in people.persons.iter().filter(|p| !p.party_said && p.entry != Entry::Known) {
        if let Some(party) = p.party {
            *votes.entry(party).or_default() += 3;
        }
    }
    // "Secretary of State" without a country is of the one state that has such a title.
    for p in people.persons.iter().filter(|p| p.party.is_none() && p.office.is_some()) {
        let own = p.titles.iter().find_map(|title| titles.country_of(title));
        if let Some(party) = own.and_then(|code| persons::party_of_code(g, code)) {
            *votes.entry(party).or_default() += 2;
        }
    }
    if votes.is_empty() {
        for p in people.persons.iter().filter(|p| !p.party_said && p.entry == Entry::Known) {
            if let Some(party) = p.party {
                *votes.entry(party).or_default() += 2;
            }
        }
        for m in parties.iter().filter(|m| matches!(m.party, Party::Country(_))) {
            *votes.entry(m.party).or_default() += if m.sent < 4 { 2 } else { 1 };
        }
    }
    votes.into_iter().max_by_key(|(p, n)| (*n, std::cmp::Reverse(*p))).map(|v| v.0)
}
