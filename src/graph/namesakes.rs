//! Leaders of one party whose names differ by their spelling alone → pairs that a person should look at.

use super::error::StoreError;
use super::mint;
use super::names;
use super::store::{Store, subject, value};
use super::vocab::{ent, graphs, oa};
use chrono::NaiveDate;
use oxigraph::model::NamedNodeRef;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// Articles that are named of each of the two.
const SHOWN: usize = 5;
/// Days between what tells of the two, within which it speaks for one person.
const NEAR_DAYS: i64 = 60;

/// One of two leaders.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Namesake {
    /// IRI.
    pub leader: String,
    /// How articles write the name.
    pub names: Vec<String>,
    /// Kinds of offices.
    pub offices: Vec<String>,
    /// Ids of the first articles that name the leader.
    pub articles: Vec<String>,
    /// How many articles name the leader.
    pub count: usize,
    /// A sentence about what the leader did.
    pub quotes: Vec<String>,
}

/// Two leaders who may be one person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Namesakes {
    /// `one-person`.
    pub suspicion: &'static str,
    /// Higher is likelier to be one.
    pub score: i64,
    /// Code of the party.
    pub party: String,
    /// The one.
    pub one: Namesake,
    /// The other.
    pub other: Namesake,
    /// What speaks for one person.
    pub together: Vec<String>,
    /// What speaks against it.
    pub apart: Vec<String>,
}

/// What the articles say of one leader of one party.
#[derive(Debug, Default)]
struct Seen {
    names: BTreeSet<String>,
    offices: BTreeSet<String>,
    articles: BTreeSet<String>,
    listed: bool,
}

impl Store {
    /// Pairs of leaders of one party whose names differ by spelling only, the likeliest to be one first, at most `most`. Two of
    /// the lists are two.
    ///
    /// # Errors
    /// Those of reading.
    pub fn namesakes(&self, most: usize) -> Result<Vec<Namesakes>, StoreError> {
        let mut pairs = Vec::new();
        for (party, leaders) in self.seen()? {
            let all: Vec<(&String, &Seen)> = leaders.iter().collect();
            for (at, one) in all.iter().enumerate() {
                for other in &all[at + 1..] {
                    if let Some((letters, names)) = differ(one.1, other.1).filter(|_| !(one.1.listed && other.1.listed))
                    {
                        pairs.push(self.pair(&party, [*one, *other], letters, &names)?);
                    }
                }
            }
        }
        pairs.sort_by(|a, b| {
            b.score.cmp(&a.score).then_with(|| (&a.one.leader, &a.other.leader).cmp(&(&b.one.leader, &b.other.leader)))
        });
        pairs.truncate(most);
        for pair in &mut pairs {
            for side in [&mut pair.one, &mut pair.other] {
                side.quotes = self.deed_of(&side.leader)?.into_iter().collect();
            }
        }
        Ok(pairs)
    }

    /// Leaders by the code of the party that articles give them.
    fn seen(&self) -> Result<BTreeMap<String, BTreeMap<String, Seen>>, StoreError> {
        let mut parties: BTreeMap<String, BTreeMap<String, Seen>> = BTreeMap::new();
        for quad in self.quads(None, Some(ent::APPEARS), None, None)? {
            let who = self.rules.leader(value(&quad.object)).to_owned();
            let said = self.said(subject(&quad))?;
            let (Some(party), Some(name)) = (said.one(ent::REPRESENTS), said.one(ent::NAME)) else { continue };
            if mint::code_of(&who).is_some() {
                continue;
            }
            let seen = parties.entry(mint::code(&party)).or_default().entry(who).or_default();
            seen.names.insert(name);
            seen.offices.extend(said.one(ent::OFFICE));
            seen.articles.extend(said.one(oa::HAS_SOURCE));
        }
        for (who, seen) in parties.values_mut().flatten() {
            seen.listed = self.said(who)?.one(ent::LEARNED).is_some_and(|learned| learned == "false");
        }
        Ok(parties)
    }

    fn pair(
        &self,
        party: &str,
        [one, other]: [(&String, &Seen); 2],
        letters: usize,
        names: &[String; 2],
    ) -> Result<Namesakes, StoreError> {
        let mut score = 1000 - 200 * i64::try_from(letters).unwrap_or(i64::MAX / 1000);
        let word = if letters == 1 { "letter" } else { "letters" };
        let mut together = vec![format!("both of {party}; names {letters} {word} apart ({}; {})", names[0], names[1])];
        let mut apart = Vec::new();
        let offices: Vec<&str> = one.1.offices.intersection(&other.1.offices).map(String::as_str).collect();
        if !offices.is_empty() {
            score += 200;
            together.push(format!("the same office ({})", offices.join(", ")));
        } else if !one.1.offices.is_empty() && !other.1.offices.is_empty() {
            score -= 100;
            apart.push("other offices".to_owned());
        }
        let days = |seen: &Seen| self.days_of(&seen.articles);
        if let Some(days) = gap(&days(one.1)?, &days(other.1)?) {
            if days <= NEAR_DAYS {
                score += 100;
                together.push(if days == 0 {
                    "named on one day".to_owned()
                } else {
                    format!("named {days} days apart")
                });
            } else {
                apart.push(format!("named {days} days apart"));
            }
        }
        if let Some(both) = one.1.articles.intersection(&other.1.articles).next() {
            score -= 400;
            let id = self.article_at(both)?.map(|article| article.id).unwrap_or_default();
            apart.push(format!("one article names both ({id})"));
        }
        let (party, suspicion) = (party.to_owned(), "one-person");
        Ok(Namesakes { suspicion, score, party, one: self.side(one)?, other: self.side(other)?, together, apart })
    }

    fn side(&self, (leader, seen): (&String, &Seen)) -> Result<Namesake, StoreError> {
        let mut articles = Vec::new();
        for iri in &seen.articles {
            articles.extend(self.article_at(iri)?.map(|article| article.id));
        }
        articles.sort();
        articles.truncate(SHOWN);
        Ok(Namesake {
            leader: leader.clone(),
            names: seen.names.iter().cloned().collect(),
            offices: seen.offices.iter().cloned().collect(),
            articles,
            count: seen.articles.len(),
            quotes: Vec::new(),
        })
    }

    fn days_of(&self, articles: &BTreeSet<String>) -> Result<Vec<NaiveDate>, StoreError> {
        let mut days = Vec::new();
        for iri in articles {
            days.extend(self.article_at(iri)?.and_then(|article| article.published));
        }
        Ok(days)
    }

    /// A sentence that tells what a leader did.
    fn deed_of(&self, leader: &str) -> Result<Option<String>, StoreError> {
        for iri in self.rules.spellings(leader) {
            for predicate in [ent::PARTICIPANT, ent::SIGNATORY] {
                let node = NamedNodeRef::new_unchecked(iri);
                for quad in self.quads(None, Some(predicate), Some(node.into()), None)? {
                    let quote = self.said(subject(&quad))?.one(ent::QUOTE);
                    if quad.graph_name.as_ref() != graphs::EVENTS.into() && quote.is_some() {
                        return Ok(quote);
                    }
                }
            }
        }
        Ok(None)
    }
}

/// The fewest days between two lists.
fn gap(one: &[NaiveDate], other: &[NaiveDate]) -> Option<i64> {
    one.iter().flat_map(|a| other.iter().map(move |b| (*a - *b).num_days().abs())).min()
}

/// In how many letters the nearest two names of two leaders differ, and which; nothing where they are other names.
fn differ(one: &Seen, other: &Seen) -> Option<(usize, [String; 2])> {
    let pairs = one.names.iter().flat_map(|a| other.names.iter().map(move |b| (a, b)));
    pairs.filter_map(|(a, b)| Some((letters(a, b)?, [a.clone(), b.clone()]))).min()
}

/// In how many letters two names differ that may be one in two spellings. Word by word, with the family name first or last.
fn letters(a: &str, b: &str) -> Option<usize> {
    let (x, y) = (names::words(a), names::words(b));
    let aligned = |turn: usize| -> Option<usize> {
        let turned = y.iter().cycle().skip(turn).take(y.len());
        x.iter().zip(turned).map(|(a, b)| word(a, b)).sum()
    };
    let all = match (x.as_slice(), y.as_slice()) {
        ([], _) | (_, []) => None,
        // A family name alone says too little, unless its spelling is what differs.
        ([one], [.., _, _]) => y.iter().filter_map(|other| word(one, other)).min(),
        ([.., _, _], [one]) => x.iter().filter_map(|other| word(one, other)).min(),
        _ if x.len() == y.len() => (0..y.len()).filter_map(aligned).min(),
        _ => word(&x.concat(), &y.concat()).filter(|_| x.concat().len() > 7),
    };
    all.filter(|letters| (1..=3).contains(letters))
}

/// The same for one word: few letters, of which the first is not one, and not only the ending of a name for men or women.
fn word(a: &str, b: &str) -> Option<usize> {
    if a == b {
        return Some(0);
    }
    let ending = |text: &str| text.strip_suffix(['a', 'o', 'e']).map(str::to_owned);
    if fold(a).chars().next() != fold(b).chars().next() || (ending(a).is_some() && ending(a) == ending(b)) {
        return None;
    }
    let count = |text: &str| text.chars().count();
    let (apart, shorter) = (strsim::damerau_levenshtein(a, b), count(a).min(count(b)));
    let few = (apart == 1 && shorter > 4) || (apart == 2 && shorter > 7);
    (few || (fold(a) == fold(b) && shorter > 3)).then_some(apart)
}

/// What the spellings of one sound in the Latin alphabet have in common.
fn fold(word: &str) -> String {
    const SOUNDS: [(&str, &str); 16] = [
        ("sch", "sh"),
        ("tch", "ch"),
        ("dzh", "j"),
        ("ph", "f"),
        ("kh", "h"),
        ("gh", "g"),
        ("dh", "d"),
        ("ck", "k"),
        ("ou", "u"),
        ("oo", "u"),
        ("ee", "i"),
        ("q", "k"),
        ("w", "v"),
        ("y", "i"),
        ("j", "i"),
        ("ie", "e"),
    ];
    let folded = SOUNDS.iter().fold(word.to_owned(), |word, (from, to)| word.replace(from, to));
    let mut letters: Vec<char> = folded.chars().collect();
    letters.dedup();
    letters.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_differ_by_spelling_are_few_letters_apart() {
        for (a, b, expected) in [
            ("Askar Qolbaev", "Askar Qolbayev", 1),
            ("Mohammed Hassan", "Muhammad Hasan", 3),
            ("Lee Jae-myung", "Jae Myong Lee", 1),
            ("Sergei Lavrov", "Sergey Lavrov", 1),
            ("Qolbaev", "Askar Qolbayev", 1),
            ("Zelensky", "Zelenskyy", 1),
            ("Kim Jong-eun", "Kim Jongun", 1),
        ] {
            assert_eq!((letters(a, b), letters(b, a)), (Some(expected), Some(expected)), "{a} / {b}");
        }
        for (a, b) in [
            ("Kim Jong-un", "Kim Jong-il"),
            ("Mahinda Rajapaksa", "Gotabaya Rajapaksa"),
            ("Maria Rossi", "Mario Rossi"),
            ("Askar Qolbayev", "Askar Qolbayev"),
            ("Lee", "Lee Jae-myung"),
            ("Wang Yi", "Wang Li"),
            ("Nasser", "Yasser"),
        ] {
            assert_eq!(letters(a, b), None, "{a} / {b}");
        }
    }
}
