//! For which state or organization a person acts whose title does not say it: each party of the article is a candidate with
//! features, and the weights of `judge.tsv` (kind `affiliation`) choose.

use super::candidates::Features;
use super::mentions::PartyMention;
use super::names::Party;
use super::nationality::Nationality;
use super::persons::{self, Entry, People, Person, PersonMention, TitleIndex};
use crate::knowledge::vocab::Office;
use crate::knowledge::{Gazetteer, Tenure};
use crate::nlp::Document;
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// Parties that are weighed, at most: the heaviest ones of the article.
const MOST: usize = 12;

/// A person with the parties that come into question.
#[derive(Debug, Clone, PartialEq)]
pub struct Affiliation {
    /// Index into the persons.
    pub person: usize,
    /// Each party with its features.
    pub options: Vec<(Party, Features)>,
}

/// What the choice draws on.
pub(super) struct Ground<'a> {
    pub(super) doc: &'a Document<'a>,
    pub(super) parties: &'a [PartyMention],
    pub(super) home: Option<Party>,
    pub(super) gazetteer: &'a Gazetteer,
    pub(super) titles: &'a TitleIndex,
    pub(super) nationality: &'a Nationality,
    pub(super) published: Option<NaiveDate>,
}

/// Lists the persons whose party was not said, each with its options; in the order of the persons.
pub(super) fn open(ground: &Ground<'_>, people: &People) -> Vec<Affiliation> {
    let mut weights: BTreeMap<Party, usize> = BTreeMap::new();
    for m in ground.parties {
        *weights.entry(m.party).or_default() += if m.sent < 4 { 2 } else { 1 };
    }
    for p in people.persons.iter().filter(|p| p.term.is_some()) {
        if let Some(party) = p.party {
            *weights.entry(party).or_default() += 1;
        }
    }
    let mut ranked: Vec<Party> = weights.keys().copied().collect();
    ranked.sort_by_key(|p| (std::cmp::Reverse(weights[p]), *p));
    (0..people.persons.len())
        .filter(|p| {
            let person = &people.persons[*p];
            !person.party_said
                && person.term.is_none()
                && person.office.is_some()
                && matches!(person.entry, Entry::Titled | Entry::Apposition)
        })
        .map(|p| {
            let mut options: Vec<Party> = ranked.iter().copied().take(MOST).collect();
            let own = own_title(ground, &people.persons[p]);
            options.extend(ground.home.into_iter().chain(own).filter(|p| !options.contains(p)).collect::<Vec<_>>());
            // Whose state has no such title acts for another one, where the article names one.
            let title = people.persons[p].title.as_deref().unwrap_or("");
            let can = |o: &Party| !foreign_to(title, o.code(ground.gazetteer));
            if options.iter().any(|o| matches!(o, Party::Country(_)) && can(o)) {
                options.retain(can);
            }
            let fits: Vec<f32> = options
                .iter()
                .map(|o| ground.nationality.fit(&people.persons[p].words, o.code(ground.gazetteer)))
                .collect();
            let best = fits.iter().copied().fold(f32::MIN, f32::max);
            let options = options
                .iter()
                .zip(&fits)
                .map(|(o, fit)| {
                    let rank = ranked.iter().position(|r| r == o).unwrap_or(ranked.len());
                    (*o, features(ground, people, p, *o, rank, best - fit, own))
                })
                .collect();
            Affiliation { person: p, options }
        })
        .collect()
}

fn features(
    ground: &Ground<'_>,
    people: &People,
    p: usize,
    party: Party,
    rank: usize,
    behind: f32,
    own: Option<Party>,
) -> Features {
    let g = ground.gazetteer;
    let person = &people.persons[p];
    let mut f = Features::new();
    let home = ground.home == Some(party);
    f.put(format_args!("home={home}"));
    f.put(format_args!("rank={}", rank.min(4)));
    f.put(format_args!("home+rank={home}+{}", rank.min(3)));
    f.put(format_args!("organization={}", matches!(party, Party::Organization(_))));
    let office = person.office.map_or("none", |o| o.as_str());
    if matches!(party, Party::Organization(_)) {
        f.put(format_args!("organization+office={office}"));
    }
    let behind = match behind {
        b if b <= 0.0 => "best",
        b if b < 0.15 => "near",
        b if b < 0.4 => "some",
        b if b < 0.8 => "far",
        _ => "very-far",
    };
    f.put(format_args!("name={behind}"));
    f.put(format_args!("name+home={behind}+{home}"));
    if own == Some(party) {
        f.add("title-of-its-own");
    }
    let title = person.title.as_deref().unwrap_or("");
    if foreign_to(title, party.code(g)) {
        f.add("title-foreign");
    }
    if held_by_another(person, party, g, ground.published) {
        f.add("held-by-another");
    }
    // Two persons of one office are of two states.
    let single = matches!(
        person.office,
        Some(Office::HeadOfState | Office::HeadOfGovernment | Office::ForeignMinister | Office::DefenceMinister)
    );
    if single
        && people
            .persons
            .iter()
            .enumerate()
            .any(|(o, other)| o != p && other.party == Some(party) && other.office == person.office)
    {
        f.add("same-office-there");
    }
    let Some(first) = people.mentions.iter().find(|m| m.person == p) else { return f };
    let tokens = ground.doc.sentences.get(first.sent).map_or(0, |s| s.tokens.len());
    let here = |m: &&PartyMention| m.sent == first.sent && m.party == party;
    let before = ground.parties.iter().filter(here).filter(|m| m.last < first.from).max_by_key(|m| m.last);
    let after = ground.parties.iter().filter(here).filter(|m| m.first > first.to).min_by_key(|m| m.first);
    f.put(format_args!("before={}", before.map_or("none", |m| distance(first.from - m.last))));
    f.put(format_args!("after={}", after.map_or("none", |m| distance(m.first - first.to))));
    f.put(format_args!("before+home={}+{home}", before.map_or("none", |m| distance(first.from - m.last))));
    let form = |k: usize| {
        if k < tokens { ground.doc.sentences[first.sent].tokens[k].form(ground.doc.text) } else { "" }
    };
    // "Under Secretary Amari's travel to Oman and Qatar": who travels there is of neither.
    f.put(format_args!("bound-for={}", bound_for(ground, people, p, party)));
    // "Carlos Correa (Colombia)", "the delegation of Thailand"
    if let Some(m) = after
        && m.first == first.to + 2
        && form(first.to + 1) == "("
    {
        f.add("in-brackets");
    }
    // "Jan Novak, Slovak Ministry of Trade, and": a body behind the comma, before anybody else is named.
    let next = people.mentions.iter().filter(|m| m.sent == first.sent && m.from > first.to).map(|m| m.from).min();
    let mut behind = ground.parties.iter().filter(|m| m.sent == first.sent && m.first > first.to);
    let bodied = behind.find(|m| next.is_none_or(|n| m.first < n)).filter(|m| {
        let between: Vec<&str> = (first.to + 1..m.first).map(form).collect();
        between.first() == Some(&",")
            && between.iter().all(|w| !w.starts_with(char::is_lowercase) || matches!(*w, "of" | "for" | "the" | "and"))
    });
    if let Some(m) = bodied {
        f.put(format_args!("body-behind={}", if m.party == party { "it" } else { "other" }));
    }
    // "led the Thai delegation", "the Thai delegation, headed by"
    if let Some(led) = delegation(ground, first) {
        f.put(format_args!("delegation={}", if led == party { "it" } else { "other" }));
    }
    // The nearest party before, whichever it is.
    let nearest = ground
        .parties
        .iter()
        .filter(|m| m.sent == first.sent && m.last < first.from)
        .max_by_key(|m| m.last)
        .map(|m| m.party);
    f.put(format_args!("nearest-before={}", nearest.map_or("none", |n| if n == party { "it" } else { "other" })));
    // Who stands before in the sentence, and what lies between.
    if let Some(mate) =
        people.mentions.iter().filter(|m| m.sent == first.sent && m.to < first.from).max_by_key(|m| m.to)
        && let Some(theirs) = people.persons[mate.person].party
    {
        let same = theirs == party;
        let between: Vec<&str> = (mate.to + 1..first.from).map(form).collect();
        let listed = between.iter().all(|w| matches!(*w, "," | "and" | ";" | "the" | "&" | "as" | "well"));
        let met = between.iter().any(|w| {
            matches!(
                *w,
                "met" | "meet" | "with" | "meets" | "told" | "counterpart" | "hosted" | "welcomed" | "received" | "to"
            )
        });
        let link = if listed {
            "listed"
        } else if met {
            "met"
        } else {
            "apart"
        };
        f.put(format_args!("mate={same}+{link}"));
    }
    let counterpart = (first.from.saturating_sub(4)..first.from).any(|k| form(k) == "counterpart");
    if counterpart {
        f.put(format_args!("counterpart+home={home}"));
    }
    // The sentences around.
    let near = |s: usize| ground.parties.iter().any(|m| m.sent == s && m.party == party);
    f.put(format_args!("sentence-before={}", first.sent > 0 && near(first.sent - 1)));
    let sentence = before.is_some() || after.is_some();
    f.put(format_args!("sentence+home={sentence}+{home}"));
    let others = people.persons.iter().filter(|o| o.party == Some(party)).count();
    f.put(format_args!("others-of-it={}", others.min(3)));
    f.put(format_args!("office+home={office}+{home}"));
    let lower = title.to_lowercase();
    f.put(format_args!("title+home={lower}+{home}"));
    f
}

/// Whether a person travels to a party, by the words behind a mention: a word of travel near it, and the places that follow.
fn bound_for(ground: &Ground<'_>, people: &People, p: usize, party: Party) -> bool {
    people.mentions.iter().filter(|m| m.person == p).any(|m| {
        let Some(sentence) = ground.doc.sentences.get(m.sent) else { return false };
        let word = |k: usize| sentence.tokens[k].form(ground.doc.text);
        let count = sentence.tokens.len();
        let Some(travel) = (m.to + 1..count.min(m.to + 6)).find(|k| travels(word(*k))) else { return false };
        let named = |k: usize| ground.parties.iter().find(|o| o.sent == m.sent && o.first <= k && k <= o.last);
        let goes_on = |k: &usize| {
            let w = word(*k);
            named(*k).is_some()
                || !w.starts_with(char::is_lowercase)
                || matches!(w, "to" | "in" | "and" | "the" | "of" | "a" | "delegation")
        };
        (travel + 1..count).take_while(goes_on).any(|k| named(k).is_some_and(|o| o.party == party))
    })
}

/// "travel", "visited", "trip"; "led a delegation to" by its last word.
fn travels(word: &str) -> bool {
    matches!(
        word.to_lowercase().as_str(),
        "travel"
            | "travels"
            | "traveled"
            | "travelled"
            | "traveling"
            | "travelling"
            | "visit"
            | "visits"
            | "visited"
            | "visiting"
            | "trip"
            | "delegation"
            | "journey"
            | "flew"
            | "arrives"
            | "arrived"
    )
}

/// The party whose delegation a person is told to lead in the sentence of the mention.
fn delegation(ground: &Ground<'_>, name: &PersonMention) -> Option<Party> {
    let tokens = &ground.doc.sentences.get(name.sent)?.tokens;
    let word = |k: usize| tokens.get(k).map_or("", |t| t.form(ground.doc.text));
    let side = |m: &&PartyMention| {
        (m.last + 1..=m.last + 2).any(|k| matches!(word(k), "delegation" | "side" | "team" | "delegations"))
    };
    let leads =
        |k: usize| matches!(word(k), "led" | "leads" | "leading" | "headed" | "heads" | "heading" | "represented");
    let mut of = ground.parties.iter().filter(|m| m.sent == name.sent).filter(side);
    let (mut before, mut after) = (None, None);
    for m in &mut of {
        if m.last < name.from {
            before = Some(m);
        } else if m.first > name.to && after.is_none() {
            after = Some(m);
        }
    }
    let by =
        |m: &&PartyMention| (m.last + 1..name.from).any(|k| leads(k) && word(k + 1) == "by") && name.from - m.last < 14;
    let active = |m: &&PartyMention| (name.to + 1..m.first).any(|k| leads(k) && word(k + 1) != "by");
    before.filter(by).or(after.filter(active)).map(|m| m.party)
}

fn distance(tokens: usize) -> &'static str {
    match tokens {
        0..=2 => "2",
        3..=5 => "5",
        6..=10 => "10",
        11..=20 => "20",
        _ => "far",
    }
}

/// The state that alone uses the person's title, where the title says so or the article names it.
fn own_title(ground: &Ground<'_>, person: &Person) -> Option<Party> {
    let own = |title: &String| {
        let code = ground.titles.country_of(title)?;
        let said = title.to_lowercase().contains("of state");
        persons::party_of_code(ground.gazetteer, code)
            .filter(|own| said || Some(*own) == ground.home || ground.parties.iter().any(|m| m.party == *own))
    };
    person.titles.iter().find_map(own)
}

/// Whether a state has no such title: the United States has secretaries, no ministers.
fn foreign_to(title: &str, code: &str) -> bool {
    let title = title.to_lowercase();
    let envoy = title.contains("counsel") || title.contains("plenipotentiary");
    code == "USA"
        && !envoy
        && (title.contains("minister")
            || title.contains("ministry")
            || title.contains("permanent secretary")
            || title.contains("premier")
            || title.contains("chancellor"))
}

/// Whether the gazetteer has a holder of a one-person office on the day, and that is not this person.
fn held_by_another(person: &Person, party: Party, g: &Gazetteer, published: Option<NaiveDate>) -> bool {
    let (Some(office), Some(day)) = (person.office, published) else { return false };
    if !matches!(
        office,
        Office::HeadOfState | Office::HeadOfGovernment | Office::ForeignMinister | Office::DefenceMinister
    ) {
        return false;
    }
    let key = persons::name_key(&person.words);
    let mut holders =
        g.leaders_of(party.code(g)).iter().filter(|t| t.office == office && t.tenure(day) == Tenure::Holds).peekable();
    holders.peek().is_some() && !holders.any(|t| t.name.split_whitespace().map(persons::fold).any(|w| key.contains(&w)))
}
