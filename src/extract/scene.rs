//! Everything that the frames need to know of one article: its mentions by token, its parses, its main actors.

use super::dates::DateMention;
use super::mentions::PartyMention;
use super::names::Party;
use super::persons::{People, PersonMention};
use super::syntax::Tree;
use crate::knowledge::{Gazetteer, NameKind};
use crate::nlp::{Deprel, Document, SentenceKind};
use std::collections::BTreeMap;

/// What stands at a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum At {
    /// Index into the party mentions.
    Party(usize),
    /// Index into the person mentions.
    Person(usize),
    /// Index into the titles without a name.
    Title(usize),
}

/// An article's mentions, indexed.
#[derive(Debug)]
pub struct Scene<'a> {
    /// The document, tagged and (where it matters) parsed.
    pub doc: &'a Document<'a>,
    /// Codes and names.
    pub gazetteer: &'a Gazetteer,
    /// Mentions of states and organizations, in order.
    pub parties: &'a [PartyMention],
    /// Persons, their mentions, titles.
    pub people: &'a People,
    /// Date expressions, in order.
    pub dates: &'a [DateMention],
    /// For each sentence, what stands at each token.
    at: Vec<Vec<Option<At>>>,
    /// Parses by sentence.
    pub trees: Vec<Option<Tree<'a>>>,
    /// Weight of each party in the article, heaviest first.
    pub weights: Vec<(Party, f32)>,
    /// The party that a press release speaks for, or the home of the outlet.
    pub home: Option<Party>,
    /// Those who speak together, in the text of a joint statement.
    pub joint: Vec<Party>,
    /// For each sentence, how many words name firms ("Corp", "Plc", a ticker).
    pub firms: Vec<usize>,
}

impl<'a> Scene<'a> {
    /// Indexes the mentions and parses.
    #[must_use]
    pub fn new(
        doc: &'a Document<'a>,
        gazetteer: &'a Gazetteer,
        parties: &'a [PartyMention],
        people: &'a People,
        dates: &'a [DateMention],
        home: Option<Party>,
    ) -> Self {
        let mut at: Vec<Vec<Option<At>>> = doc.sentences.iter().map(|s| vec![None; s.tokens.len()]).collect();
        for (i, t) in people.titles.iter().enumerate() {
            fill(&mut at, t.sent, t.first, t.last, At::Title(i));
        }
        for (i, m) in parties.iter().enumerate() {
            fill(&mut at, m.sent, m.first, m.last, At::Party(i));
        }
        for (i, m) in people.mentions.iter().enumerate() {
            // The title keeps its country mention; the name and the title words are the person.
            fill(&mut at, m.sent, m.first, m.last, At::Person(i));
            for k in m.from..=m.to {
                let free = !matches!(at.get(m.sent).and_then(|r| r.get(k)), Some(Some(At::Party(_))));
                if free && let Some(cell) = at.get_mut(m.sent).and_then(|r| r.get_mut(k)) {
                    *cell = Some(At::Person(i));
                }
            }
        }
        let trees: Vec<Option<Tree<'a>>> =
            doc.sentences.iter().map(|s| s.parsed.then(|| Tree::new(doc.text, s))).collect();
        for (i, m) in parties.iter().enumerate() {
            let tree = trees.get(m.sent).and_then(Option::as_ref);
            if tree.is_some_and(|t| names_event(t, parties, m)) {
                let cells = at.get_mut(m.sent).and_then(|row| row.get_mut(m.first..=m.last));
                let own = |c: &&mut Option<At>| **c == Some(At::Party(i));
                cells.into_iter().flatten().filter(own).for_each(|c| *c = None);
            }
        }
        let weights = weigh(doc, parties, people);
        let firms = doc.sentences.iter().map(|s| firms(doc.text, s)).collect();
        let joint = joint(doc, parties, people);
        Self { doc, gazetteer, parties, people, dates, at, trees, weights, home, joint, firms }
    }

    /// What stands at a token.
    #[must_use]
    pub fn at(&self, sent: usize, tok: usize) -> Option<At> {
        self.at.get(sent)?.get(tok).copied().flatten()
    }

    /// The party at a token, a person's party too.
    #[must_use]
    pub fn party_at(&self, sent: usize, tok: usize) -> Option<Party> {
        match self.at(sent, tok)? {
            At::Party(i) => Some(self.parties[i].party),
            At::Person(i) => self.people.persons[self.people.mentions[i].person].party,
            At::Title(i) => self.people.titles[i].party,
        }
    }

    /// The party's weight as a share of the heaviest one's, 0–1.
    #[must_use]
    pub fn salience(&self, party: Party) -> f32 {
        let top = self.weights.first().map_or(1.0, |w| w.1);
        self.weights.iter().find(|w| w.0 == party).map_or(0.0, |w| w.1 / top)
    }

    /// Rank of the party by weight, from 0.
    #[must_use]
    pub fn rank(&self, party: Party) -> usize {
        self.weights.iter().position(|w| w.0 == party).unwrap_or(self.weights.len())
    }

    /// The two heaviest parties, states before organizations that contain one of them.
    #[must_use]
    pub fn main_dyad(&self) -> Option<(Party, Party)> {
        let (a, b) = (self.weights.first()?, self.weights.get(1)?);
        Some((a.0, b.0))
    }

    /// The person mention that stands last before the token.
    #[must_use]
    pub fn last_person(&self, sent: usize, tok: usize) -> Option<&'a PersonMention> {
        let i = self.people.mentions.partition_point(|m| (m.sent, m.first) < (sent, tok));
        let list = &self.people.mentions[..i];
        let fits = |m: &&PersonMention| self.people.persons[m.person].party.is_some() && m.sent + 3 > sent;
        // The subject of the sentence before is the likeliest antecedent.
        let subject = |m: &&PersonMention| {
            self.trees[m.sent].as_ref().is_some_and(|t| {
                (m.from..=m.to)
                    .any(|k| matches!(t.tok(k).deprel, crate::nlp::Deprel::Nsubj | crate::nlp::Deprel::NsubjPass))
            })
        };
        list.iter()
            .rev()
            .filter(fits)
            .find(|m| m.sent + 1 >= sent && subject(m))
            .or_else(|| list.iter().rev().find(fits))
    }

    /// The two parties that "the two countries" means at a token: the last two named, or the article's main dyad.
    #[must_use]
    pub fn dyad_at(&self, sent: usize, tok: usize) -> Option<(Party, Party)> {
        let main = self.main_dyad();
        let mut near: Vec<Party> = Vec::new();
        for s in (sent.saturating_sub(2)..=sent).rev() {
            let row = self.at.get(s)?;
            let end = if s == sent { tok } else { row.len() };
            for k in (0..end).rev() {
                if let Some(p) = self.party_at(s, k).filter(|p| !near.contains(p)) {
                    near.push(p);
                }
            }
            if near.len() >= 2 {
                break;
            }
        }
        // A sentence that has just named two sides speaks of them; a dyad that rules the article is meant before others.
        let here = self.parties_before(sent, tok);
        if let [a, b] = here.as_slice() {
            return Some((*a, *b));
        }
        if let Some(main) = main.filter(|_| self.ruled_by_dyad()) {
            return Some(main);
        }
        match (near.as_slice(), main) {
            ([], main) => main,
            ([a], Some(m)) if *a == m.0 || *a == m.1 => Some(m),
            ([a], _) => self.weights.iter().map(|w| w.0).find(|p| p != a).map(|b| (*a, b)),
            (list, Some(m)) if list.contains(&m.0) && list.contains(&m.1) => Some(m),
            ([a, b, ..], _) => Some((*a, *b)),
        }
    }

    /// The distinct parties that the sentence names before the token.
    fn parties_before(&self, sent: usize, tok: usize) -> Vec<Party> {
        let mut out = Vec::new();
        for k in 0..tok {
            if let Some(p) = self.party_at(sent, k).filter(|p| !out.contains(p)) {
                out.push(p);
            }
        }
        out
    }

    /// Whether two parties stand out so far from the rest that "the two sides" can only mean them.
    #[must_use]
    pub fn ruled_by_dyad(&self) -> bool {
        match self.weights.as_slice() {
            [_, _] => true,
            [_, second, third, ..] => second.1 >= 2.0 * third.1,
            _ => false,
        }
    }

    /// The person of the home state that the article follows: most mentioned, headline first.
    #[must_use]
    pub fn protagonist(&self) -> Option<usize> {
        let home = self.home?;
        let mut counts: BTreeMap<usize, (usize, std::cmp::Reverse<usize>)> = BTreeMap::new();
        for m in self.people.mentions.iter().filter(|m| self.people.persons[m.person].party == Some(home)) {
            let weight = if self.doc.sentences[m.sent].kind == SentenceKind::Headline { 3 } else { 1 };
            let entry = counts.entry(m.person).or_insert((0, std::cmp::Reverse(m.person)));
            entry.0 += weight;
        }
        counts.into_iter().filter(|c| c.1.0 > 1).max_by_key(|c| c.1).map(|c| c.0)
    }

    /// The dates of a sentence, in order.
    pub fn dates_of(&self, sent: usize) -> impl Iterator<Item = &'a DateMention> {
        let lo = self.dates.partition_point(|d| d.sent < sent);
        self.dates[lo..].iter().take_while(move |d| d.sent == sent)
    }

    /// The date that belongs to a token: in its clause first, then in its sentence.
    #[must_use]
    pub fn date_for(&self, sent: usize, tok: usize) -> Option<&'a DateMention> {
        let tree = self.trees.get(sent)?.as_ref()?;
        // "suspended until December": when it ends.
        let here: Vec<&DateMention> = (self.dates_of(sent))
            .filter(|d| !matches!(date_case(tree, d), Some("until" | "till" | "through")))
            .collect();
        here.iter()
            .copied()
            .filter(|d| tree.dominates(tok, d.first) || tree.dominates(tok, d.last))
            .filter(|d| !tree.in_clause_below(tok, d.first))
            .min_by_key(|d| d.first.abs_diff(tok))
            .or_else(|| {
                let up = tree.head(tok)?;
                here.iter()
                    .copied()
                    .filter(|d| tree.head(d.first) == Some(up) || tree.head(d.last) == Some(up))
                    .min_by_key(|d| d.first.abs_diff(tok))
            })
    }
}

/// "the Paris accord", "the Geneva talks": the city only says which; of a capital beside another one, "the Oslo-Bern talks", both
/// talk.
fn names_event(tree: &Tree<'_>, parties: &[PartyMention], m: &PartyMention) -> bool {
    if !matches!(m.kind, NameKind::Capital | NameKind::City) || m.last >= tree.len() {
        return false;
    }
    let modifies = |k: usize| matches!(tree.tok(k).deprel, Deprel::Compound | Deprel::Amod | Deprel::NmodUnmarked);
    let Some(noun) = tree.head(m.last).filter(|h| modifies(m.last) && *h > m.last) else { return false };
    let event = matches!(
        tree.lemma(noun).to_lowercase().as_str(),
        "accord"
            | "agreement"
            | "pact"
            | "treaty"
            | "convention"
            | "protocol"
            | "declaration"
            | "communique"
            | "communiqué"
            | "club"
            | "talk"
            | "talks"
            | "meeting"
            | "conference"
            | "summit"
            | "round"
            | "session"
            | "seminar"
            | "forum"
            | "embassy"
            | "suburb"
            | "airport"
            | "hotel"
            | "bourse"
            | "bureau"
            | "correspondent"
            | "newsroom"
            | "university"
            | "museum"
            | "district"
    );
    let beside = |o: &&PartyMention| {
        o.sent == m.sent
            && o.first != m.first
            && o.last < tree.len()
            && tree.dominates(noun, o.last)
            && (o.first.abs_diff(m.last) <= 2 || m.first.abs_diff(o.last) <= 2)
    };
    event && !parties.iter().any(|o| beside(&o))
}

/// The preposition in front of a date.
#[must_use]
pub fn date_case<'t>(tree: &Tree<'t>, date: &DateMention) -> Option<&'t str> {
    let top = (date.first..=date.last).find(|k| tree.head(*k).is_none_or(|h| h < date.first || h > date.last))?;
    tree.case_of(top)
}

/// The parties of "Joint Statement of Oman and Kenya", "Statement by the President of Oman and the Prime Minister of Kenya"; none
/// where all who speak are of one state.
fn joint(doc: &Document<'_>, parties: &[PartyMention], people: &People) -> Vec<Party> {
    let Some(headline) = doc.sentences.first() else { return Vec::new() };
    let text = headline.span.of(doc.text).to_lowercase();
    let kinds = ["statement", "communiqu", "declaration", "press release"];
    let together = kinds.iter().any(|k| text.contains(&format!("joint {k}")))
        || ["statement of the", "statement by", "statement of"].iter().any(|k| text.starts_with(k));
    if !together {
        return Vec::new();
    }
    let speakers = people.mentions.iter().filter(|m| m.sent == 0).filter_map(|m| people.persons[m.person].party);
    let mut speakers: Vec<Party> = speakers.collect();
    let many = speakers.len();
    speakers.sort_unstable();
    speakers.dedup();
    let mut out: Vec<Party> = match (many, speakers.len()) {
        (0, _) => parties.iter().filter(|m| m.sent == 0).map(|m| m.party).collect(),
        (_, 0 | 1) => return Vec::new(),
        _ => speakers,
    };
    out.sort_unstable();
    out.dedup();
    if out.len() < 2 || out.len() > 5 { Vec::new() } else { out }
}

/// How many words of a sentence name firms.
fn firms(text: &str, sent: &crate::nlp::Sentence) -> usize {
    let firm = |form: &str| {
        matches!(
            form,
            "Inc"
                | "Inc."
                | "Corp"
                | "Corp."
                | "Ltd"
                | "Ltd."
                | "Plc"
                | "PLC"
                | "Co"
                | "Co."
                | "AG"
                | "SA"
                | "NV"
                | "GmbH"
                | "Holdings"
                | "Group"
                | "Industries"
                | "Motors"
                | "Electronics"
                | "Airlines"
                | "company"
                | "companies"
                | "firm"
                | "firms"
                | "shareholders"
                | "shares"
                | "<"
                | "subsidiary"
                | "CEO"
        ) || form.starts_with('<') && form.len() > 2
    };
    sent.tokens.iter().filter(|t| firm(t.form(text))).count()
}

fn fill(at: &mut [Vec<Option<At>>], sent: usize, first: usize, last: usize, what: At) {
    if let Some(cells) = at.get_mut(sent).and_then(|row| row.get_mut(first..=last)) {
        cells.fill(Some(what));
    }
}

/// How much each party stands out: its mentions, with the headline and the first sentences counting more.
fn weigh(doc: &Document<'_>, parties: &[PartyMention], people: &People) -> Vec<(Party, f32)> {
    let mut sum: BTreeMap<Party, f32> = BTreeMap::new();
    let place = |sent: usize| match doc.sentences.get(sent).map(|s| s.kind) {
        Some(SentenceKind::Headline) => 3.0,
        _ if sent <= 3 => 1.6,
        _ => 1.0,
    };
    for m in parties {
        let kind = match m.kind {
            NameKind::Noun => 0.5,
            NameKind::City | NameKind::Capital => 0.6,
            _ => 1.0,
        };
        *sum.entry(m.party).or_default() += kind * place(m.sent);
    }
    for m in &people.mentions {
        if let Some(party) = people.persons[m.person].party {
            *sum.entry(party).or_default() += 0.7 * place(m.sent);
        }
    }
    let mut out: Vec<(Party, f32)> = sum.into_iter().collect();
    out.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    out
}
