//! Tokens → mentions of states and organizations, each with the party that it stands for.

use super::forms;
use super::names::{NameIndex, Party, Target};
use crate::knowledge::{Gazetteer, NameKind, PartialDate};
use crate::nlp::{Document, Sentence, Upos};
use crate::text::Span;
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};

/// A mention of a state or organization.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartyMention {
    /// Sentence index.
    pub sent: usize,
    /// First token.
    pub first: usize,
    /// Last token (inclusive).
    pub last: usize,
    /// Bytes of the form itself, which may end inside a token ("U.S." in "U.S.-led").
    pub span: Span,
    /// Who.
    pub party: Party,
    /// What kind of form.
    pub kind: NameKind,
}

/// A mention of a person known to the gazetteer by full name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NameMention {
    /// Sentence index.
    pub sent: usize,
    /// First token.
    pub first: usize,
    /// Last token (inclusive).
    pub last: usize,
    /// Terms of people of that name.
    pub terms: Vec<u32>,
}

/// Whether a sentence is written in capitals, as old headlines are.
#[must_use]
pub fn in_capitals(text: &str, sent: &Sentence) -> bool {
    let (mut upper, mut lower) = (0_usize, 0_usize);
    for c in sent.span.of(text).chars() {
        upper += usize::from(c.is_uppercase());
        lower += usize::from(c.is_lowercase());
    }
    upper >= 6 && upper > 4 * lower
}

/// Finds every form of the gazetteer in the document.
#[must_use]
pub fn find(
    doc: &Document<'_>,
    index: &NameIndex,
    gazetteer: &Gazetteer,
    published: Option<NaiveDate>,
) -> (Vec<PartyMention>, Vec<NameMention>) {
    let mut raw = Vec::new();
    let mut names = Vec::new();
    for (s, sent) in doc.sentences.iter().enumerate() {
        let caps = in_capitals(doc.text, sent);
        let mut covered = 0;
        for (i, tok) in sent.tokens.iter().enumerate() {
            let form = tok.form(doc.text);
            if tok.span.start < covered || !form.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()) {
                continue;
            }
            let Some(found) = index.longest_at(doc.text, tok.span.start, true) else { continue };
            if found.folded && !caps && found.len > 5 && !matches!(found.target, Target::Party(_)) {
                continue;
            }
            if found.folded && !caps && found.len <= 3 {
                continue;
            }
            covered = tok.span.start + found.len;
            if forms::is_language(doc, sent, i)
                || is_compass(doc, sent, i)
                || forms::is_money(doc.text, covered)
                || forms::in_angle_brackets(doc.text, sent.span.start, tok.span.start)
            {
                continue;
            }
            let last = i + sent.tokens[i..].iter().take_while(|t| t.span.start < covered).count() - 1;
            match found.target {
                Target::Trap => {}
                Target::Leader(terms) => names.push(NameMention { sent: s, first: i, last, terms: terms.clone() }),
                Target::Party(parties) => raw.push(Raw {
                    sent: s,
                    first: i,
                    last,
                    span: Span::new(tok.span.start, covered),
                    parties,
                    ambiguous: found.ambiguous,
                    beside_name: !caps && beside_name(doc, sent, i, last),
                    in_capitals: caps,
                    after_the: i > 0 && sent.tokens[i - 1].form(doc.text).eq_ignore_ascii_case("the"),
                }),
            }
        }
    }
    (choose(doc, &raw, gazetteer, published), names)
}

/// "SOUTH EAST ASIA", "North Coast": a direction, not one of two states.
fn is_compass(doc: &Document<'_>, sent: &Sentence, i: usize) -> bool {
    let word = |k: usize| sent.tokens.get(k).map(|t| t.form(doc.text).to_lowercase()).unwrap_or_default();
    matches!(word(i).as_str(), "south" | "north")
        && matches!(
            word(i + 1).as_str(),
            "east"
                | "west"
                | "eastern"
                | "western"
                | "asia"
                | "asian"
                | "pacific"
                | "atlantic"
                | "coast"
                | "shore"
                | "side"
        )
}

#[derive(Debug)]
struct Raw<'i> {
    sent: usize,
    first: usize,
    last: usize,
    span: Span,
    parties: &'i [(Party, NameKind)],
    ambiguous: bool,
    beside_name: bool,
    /// Whether the whole sentence is in capitals.
    in_capitals: bool,
    /// Whether "the" stands in front.
    after_the: bool,
}

/// Whether a capitalized word that is no title stands right beside the form, as in "Michael Jordan".
fn beside_name(doc: &Document<'_>, sent: &Sentence, first: usize, last: usize) -> bool {
    let proper = |i: usize| {
        sent.tokens.get(i).is_some_and(|t| {
            let form = t.form(doc.text);
            // "Lisa O. Monaco"
            if i > 0 && form.len() == 2 && form.ends_with('.') && form.starts_with(char::is_uppercase) {
                return true;
            }
            t.pos == Upos::Propn
                && form.starts_with(char::is_uppercase)
                && form.chars().any(char::is_lowercase)
                && i > 0
                && !matches!(
                    form,
                    "President" | "Minister" | "King" | "Prime" | "Foreign" | "Premier" | "Queen" | "Crown"
                )
        })
    };
    (first > 1 && proper(first - 1)) || proper(last + 1)
}

/// Gives each form its party: former states by date, "Korean" and the like by what else the text names.
fn choose(
    doc: &Document<'_>,
    raw: &[Raw<'_>],
    gazetteer: &Gazetteer,
    published: Option<NaiveDate>,
) -> Vec<PartyMention> {
    let day = published.map(PartialDate::from);
    let alive = |party: Party| match party {
        Party::Country(i) => gazetteer
            .countries
            .get(i as usize)
            .is_none_or(|c| day.is_none_or(|d| c.since.is_none_or(|s| s <= d) && c.until.is_none_or(|u| d <= u))),
        Party::Organization(_) => true,
    };
    // "Municipal Relief Council (MRC)": the text gives the acronym another meaning.
    let named = |r: &Raw<'_>| {
        let before = raw.iter().rev().find(|o| o.span.end < r.span.start && r.span.start - o.span.end <= 3);
        before.is_some_and(|o| o.parties.iter().any(|p| r.parties.iter().any(|q| p.0 == q.0)))
    };
    let own = |r: &Raw<'_>, word: &str| {
        r.parties.iter().any(|p| match p.0 {
            Party::Organization(i) => gazetteer.organizations.get(i as usize).is_some_and(|o| o.name.starts_with(word)),
            Party::Country(_) => false,
        })
    };
    let others: BTreeSet<&str> = raw
        .iter()
        .filter(|r| r.ambiguous && !named(r) && forms::spelled_out(doc.text, r.span).is_some_and(|w| !own(r, w)))
        .map(|r| r.span.of(doc.text))
        .collect();
    let raw: Vec<&Raw<'_>> = raw.iter().filter(|r| !others.contains(r.span.of(doc.text))).collect();
    let mut sure: BTreeMap<Party, usize> = BTreeMap::new();
    let community = |p: &&(Party, NameKind)| matches!(p.0.code(gazetteer), "EC" | "EU");
    for r in raw.iter().filter(|r| !r.ambiguous) {
        let only = match r.parties {
            [one] => Some(one),
            [_, _] if r.parties.iter().all(|p| community(&p)) => {
                r.parties.iter().min_by_key(|p| rank(gazetteer, p.0, day))
            }
            _ => None,
        };
        if let Some((party, _)) = only {
            *sure.entry(*party).or_default() += 1;
        }
    }
    raw.into_iter()
        .filter_map(|r| {
            let mut options: Vec<(Party, NameKind)> = r.parties.iter().copied().filter(|(p, _)| alive(*p)).collect();
            if options.is_empty() {
                // A former state is meant by its own name or demonym whatever the date, by a capital only while it lived.
                options = r.parties.iter().copied().filter(|(_, k)| !r.ambiguous && *k <= NameKind::Noun).collect();
            }
            if options.len() > 1 {
                options.sort_by_key(|(p, k)| {
                    (std::cmp::Reverse(sure.get(p).copied().unwrap_or(0)), *k, rank(gazetteer, *p, day))
                });
            }
            let (party, kind) = *options.first()?;
            if r.ambiguous && !plausible(doc.text, (party, kind), r, &sure, gazetteer) {
                return None;
            }
            Some(PartyMention { sent: r.sent, first: r.first, last: r.last, span: r.span, party, kind })
        })
        .collect()
}

/// Ties between namesakes: the state that bears the bare name in news ("Korea" the South, "Congo" the larger), former states
/// only while they lived.
fn rank(gazetteer: &Gazetteer, party: Party, day: Option<PartialDate>) -> u8 {
    match party.code(gazetteer) {
        "KOR" | "COD" | "GIN" | "IRL" => 0,
        "SUN" | "YUG" | "CSK" | "DDR" if day.is_some_and(|d| d.year < 1992) => 0,
        "SUN" | "YUG" | "CSK" | "DDR" => 3,
        // The Commission, the Council and the Parliament were the Community's before they were the Union's.
        "EC" if day.is_none_or(|d| d.year >= 1993) => 2,
        "EU" if day.is_some_and(|d| d.year < 1993) => 2,
        _ => 1,
    }
}

/// Whether an ambiguous form may count here.
fn plausible(
    doc_text: &str,
    (party, kind): (Party, NameKind),
    r: &Raw<'_>,
    sure: &BTreeMap<Party, usize>,
    g: &Gazetteer,
) -> bool {
    let text = r.span.of(doc_text);
    let short = text.len() <= 3 && text.bytes().all(|b| b.is_ascii_uppercase());
    if r.in_capitals && short && !sure.contains_key(&party) && !matches!(text, "EC" | "E.C") {
        return false;
    }
    if sure.contains_key(&party) && !r.beside_name && !text.ends_with("North") && !text.ends_with("South") {
        return true;
    }
    // "Pelham, AL": the state of the USA in which a town lies.
    if text.len() == 2 && short && forms::behind_town(doc_text, r.span.start) {
        return false;
    }
    match text {
        // The US state is the commoner bearer of the name where nothing of the Caucasus is near.
        "Georgia" | "Georgian" => ["RUS", "ARM", "AZE", "UKR", "SUN", "NATO", "EU", "MDA"]
            .iter()
            .any(|c| sure.keys().any(|p| p.code(g) == *c)),
        "Washington" => !r.beside_name,
        // In Australia, in states of the USA and in trade names the word means something else; sure mentions were asked above.
        "Commonwealth" | "the Commonwealth" | "The Commonwealth" => false,
        // "the North" and "the South" are Koreas only where both Koreas are named.
        _ if text.ends_with("North") || text.ends_with("South") => {
            ["KOR", "PRK"].iter().all(|c| sure.keys().any(|p| p.code(g) == *c)) && r.after_the
        }
        _ if r.beside_name => false,
        // "Victoria", "Nassau", the "Senate": another place or house bears the name, too.
        _ => !matches!(kind, NameKind::City | NameKind::Capital | NameKind::Seat),
    }
}
