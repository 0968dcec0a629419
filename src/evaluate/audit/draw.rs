//! Facts of a run → a sample that depends on the facts and a seed, and on nothing else: not on the order of the articles, nor on
//! how many others there are beside a fact that is drawn.

use super::item::{Item, Kind};
use crate::evaluate::outlet::{UNKNOWN, outlets};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// What there was to draw from one outlet, and what was drawn.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Stratum {
    /// Articles with such a fact.
    pub articles: usize,
    /// Such facts.
    pub facts: usize,
    /// Facts drawn.
    pub drawn: usize,
}

/// A sample of facts of one kind.
#[derive(Debug, Clone, PartialEq)]
pub struct Sample {
    /// What was sampled.
    pub kind: Kind,
    /// The seed.
    pub seed: u64,
    /// The facts, in random order, so that the first few are a sample too; each with its outlet.
    pub items: Vec<(String, Item)>,
    /// By outlet.
    pub strata: BTreeMap<String, Stratum>,
}

/// Draws `count` of the facts, or all where there are fewer: one of each article as long as there are other articles.
#[must_use]
pub fn draw(items: Vec<Item>, kind: Kind, count: usize, seed: u64) -> Sample {
    let known = outlets(items.iter().map(|i| (i.article.as_str(), i.source.as_deref())));
    let outlet_of: BTreeMap<String, String> = known.iter().map(|(id, o)| ((*id).to_owned(), (*o).to_owned())).collect();
    let mut by_article: BTreeMap<String, Vec<(Rank, Item)>> = BTreeMap::new();
    for item in items {
        let start = item.evidence.as_ref().map_or(0, |e| e.start).to_string();
        let rank = rank(seed, &[kind.as_str(), &item.article, &item.statement, &start]);
        by_article.entry(item.article.clone()).or_default().push((rank, item));
    }
    let outlet = |article: &str| outlet_of.get(article).cloned().unwrap_or_else(|| UNKNOWN.to_owned());
    let mut strata: BTreeMap<String, Stratum> = BTreeMap::new();
    let mut turns = Vec::new();
    for (article, mut facts) in by_article {
        let stratum = strata.entry(outlet(&article)).or_default();
        stratum.articles += 1;
        stratum.facts += facts.len();
        facts.sort_by_key(|f| f.0);
        let of_article = rank(seed, &[kind.as_str(), &article]);
        turns.extend(facts.into_iter().enumerate().map(|(turn, (_, item))| (turn, of_article, item)));
    }
    turns.sort_by_key(|t| (t.0, t.1));
    turns.truncate(count);
    let items: Vec<(String, Item)> = turns.into_iter().map(|(.., item)| (outlet(&item.article), item)).collect();
    for (outlet, _) in &items {
        strata.entry(outlet.clone()).or_default().drawn += 1;
    }
    Sample { kind, seed, items, strata }
}

type Rank = [u8; 32];

fn rank(seed: u64, parts: &[&str]) -> Rank {
    let mut hash = Sha256::new_with_prefix(seed.to_string());
    for part in parts {
        hash.update([0]);
        hash.update(part);
    }
    hash.finalize().into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn item(article: &str, statement: &str) -> Item {
        Item {
            article: article.to_owned(),
            title: String::new(),
            published: None,
            source: None,
            sha256: String::new(),
            statement: statement.to_owned(),
            confidence: 0.5,
            evidence: None,
        }
    }

    /// Twenty articles of two outlets; every fifth has four facts, the others one.
    fn population() -> Vec<Item> {
        let facts = |i: usize| if i.is_multiple_of(5) { 4 } else { 1 };
        (0..20)
            .flat_map(|i| (0..facts(i)).map(move |n| (i, n)))
            .map(|(i, n)| item(&format!("{}-{i}", if i < 10 { "daily" } else { "weekly" }), &format!("fact {n}")))
            .collect()
    }

    #[test]
    fn the_seed_alone_decides() {
        let first = draw(population(), Kind::Acts, 8, 1);
        let mut turned = population();
        turned.reverse();
        assert_eq!(first, draw(turned, Kind::Acts, 8, 1));
        assert_ne!(first.items, draw(population(), Kind::Acts, 8, 2).items);
        assert_ne!(first.items, draw(population(), Kind::Signed, 8, 1).items);
        assert_eq!(first.items[..3], draw(population(), Kind::Acts, 3, 1).items);
    }

    #[test]
    fn each_article_has_its_turn_before_any_has_a_second() {
        let ids = |sample: &Sample| sample.items.iter().map(|(_, i)| i.article.clone()).collect::<Vec<_>>();
        let twenty = ids(&draw(population(), Kind::Acts, 20, 7));
        assert_eq!(twenty.iter().collect::<BTreeSet<_>>().len(), 20);
        let all = draw(population(), Kind::Acts, 1000, 7);
        assert_eq!((all.items.len(), ids(&all)[..20].to_vec()), (32, twenty));
    }

    #[test]
    fn strata_count_what_there_is_and_what_is_drawn() {
        let sample = draw(population(), Kind::Acts, 20, 7);
        let of = |outlet: &str| sample.strata[outlet];
        assert_eq!(of("daily"), Stratum { articles: 10, facts: 16, drawn: 10 });
        assert_eq!(of("weekly"), Stratum { articles: 10, facts: 16, drawn: 10 });
    }
}
