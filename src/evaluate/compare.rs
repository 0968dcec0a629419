//! The facts told of one article beside its gold facts → which are found, which are extra, which are missed.
//!
//! What gold marks as background is neither rewarded nor punished; a fact told as background finds nothing. Such facts stand
//! in none of the lists.

use super::matching::{act_key, agreement_fit, encounter_fit, pair_up, same_leader, sorted};
use crate::facts::{AgreementFact, Facts};
use std::collections::{BTreeMap, BTreeSet};

/// Items that are matched one to one, by their indexes in the gold list and in the told list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pairs {
    /// (gold, told).
    pub found: Vec<(usize, usize)>,
    /// Told, and not in gold.
    pub extra: Vec<usize>,
    /// In gold, and not told.
    pub missed: Vec<usize>,
}

/// Items that are the same where they are equal.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sets<T: Ord> {
    /// In both.
    pub found: BTreeSet<T>,
    /// Told only.
    pub extra: BTreeSet<T>,
    /// In gold only.
    pub missed: BTreeSet<T>,
}

impl<T: Ord + Clone> Sets<T> {
    fn new(gold: &BTreeSet<T>, told: &BTreeSet<T>) -> Self {
        Self {
            found: gold.intersection(told).cloned().collect(),
            extra: told.difference(gold).cloned().collect(),
            missed: gold.difference(told).cloned().collect(),
        }
    }
}

/// Who took part in an encounter that was found, by leader ids: the told ids of those found and extra, the gold ids of those
/// missed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Participants {
    /// In both.
    pub found: Vec<String>,
    /// Told only.
    pub extra: Vec<String>,
    /// In gold only.
    pub missed: Vec<String>,
}

/// Parties and a sector of one of their agreements.
pub type PartiesAndSector = (Vec<String>, String);

/// Actor, recipient, type (see [`act_key`]).
pub type ActKey = (String, String, &'static str);

/// One article's facts beside its gold facts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Comparison {
    /// Codes of the countries named.
    pub countries: Sets<String>,
    /// Leaders.
    pub leaders: Pairs,
    /// Agreements.
    pub agreements: Pairs,
    /// Parties and sectors of the agreements.
    pub sectors: Sets<PartiesAndSector>,
    /// Encounters.
    pub encounters: Pairs,
    /// Participants of the encounters found, in their order.
    pub participants: Vec<Participants>,
    /// Acts.
    pub acts: Sets<ActKey>,
}

impl Comparison {
    /// Compares the facts told of an article with its gold facts.
    #[must_use]
    pub fn new(gold: &Facts, told: &Facts) -> Self {
        let codes = |facts: &Facts| facts.countries.iter().map(|c| c.id.clone()).collect::<BTreeSet<_>>();
        let leaders = leaders(gold, told);
        let encounters = encounters(gold, told);
        Self {
            countries: Sets::new(&codes(gold), &codes(told)),
            participants: participants(gold, told, &leaders, &encounters),
            leaders,
            agreements: agreements(gold, told),
            sectors: sectors(&gold.agreements, &told.agreements),
            encounters,
            acts: acts(gold, told),
        }
    }
}

fn leaders(gold: &Facts, told: &Facts) -> Pairs {
    let found = pair_up(gold.leaders.len(), told.leaders.len(), |i, j| {
        f64::from(u8::from(same_leader(&gold.leaders[i], &told.leaders[j])))
    });
    foreground(found, (gold.leaders.len(), |_| false), (told.leaders.len(), |_| false))
}

fn agreements(gold: &Facts, told: &Facts) -> Pairs {
    let (g, t) = (&gold.agreements, &told.agreements);
    let pairs = pair_up(g.len(), t.len(), |i, j| agreement_fit(&g[i], &t[j]));
    foreground(pairs, (g.len(), |i| g[i].background), (t.len(), |j| t[j].background))
}

fn encounters(gold: &Facts, told: &Facts) -> Pairs {
    let (g, t) = (&gold.encounters, &told.encounters);
    let pairs = pair_up(g.len(), t.len(), |i, j| encounter_fit(&g[i], &t[j]));
    foreground(pairs, (g.len(), |i| g[i].background), (t.len(), |j| t[j].background))
}

fn participants(gold: &Facts, told: &Facts, leaders: &Pairs, encounters: &Pairs) -> Vec<Participants> {
    let gold_id: BTreeMap<&str, &str> =
        leaders.found.iter().map(|(i, j)| (told.leaders[*j].id.as_str(), gold.leaders[*i].id.as_str())).collect();
    let of_one = |(i, j): &(usize, usize)| {
        let expected: BTreeSet<&str> = gold.encounters[*i].participants.iter().map(String::as_str).collect();
        let named: BTreeSet<&str> = told.encounters[*j].participants.iter().map(String::as_str).collect();
        let is_right = |id: &&&str| gold_id.get(**id).is_some_and(|g| expected.contains(g));
        let (found, extra): (Vec<&str>, Vec<&str>) = named.iter().partition(|id| is_right(id));
        let met: BTreeSet<&str> = found.iter().filter_map(|id| gold_id.get(id).copied()).collect();
        Participants {
            found: found.into_iter().map(str::to_owned).collect(),
            extra: extra.into_iter().map(str::to_owned).collect(),
            missed: expected.difference(&met).map(|id| (*id).to_owned()).collect(),
        }
    };
    encounters.found.iter().map(of_one).collect()
}

fn sectors(gold: &[AgreementFact], told: &[AgreementFact]) -> Sets<PartiesAndSector> {
    let every = |list: &[AgreementFact], background: bool| -> BTreeSet<PartiesAndSector> {
        (list.iter().filter(|a| a.background == background))
            .flat_map(|a| a.sectors.iter().map(|s| (sorted(&a.parties), s.clone())))
            .collect()
    };
    unless_recalled(&every(gold, false), &every(gold, true), every(told, false))
}

fn acts(gold: &Facts, told: &Facts) -> Sets<ActKey> {
    let keys = |facts: &Facts, background: bool| -> BTreeSet<ActKey> {
        facts.acts.iter().filter(|a| a.background == background).map(act_key).collect()
    };
    unless_recalled(&keys(gold, false), &keys(gold, true), keys(told, false))
}

/// What is told, without what gold only recalls.
fn unless_recalled<T: Ord + Clone>(live: &BTreeSet<T>, recalled: &BTreeSet<T>, told: BTreeSet<T>) -> Sets<T> {
    let told = told.into_iter().filter(|x| live.contains(x) || !recalled.contains(x)).collect();
    Sets::new(live, &told)
}

/// Matches, extras and misses of the news; what is background is ignored both ways.
fn foreground(
    pairs: Vec<(usize, usize)>,
    (gold, gold_recalls): (usize, impl Fn(usize) -> bool),
    (told, told_recalls): (usize, impl Fn(usize) -> bool),
) -> Pairs {
    let extra = (0..told).filter(|j| !pairs.iter().any(|p| p.1 == *j) && !told_recalls(*j)).collect();
    let found: Vec<(usize, usize)> =
        pairs.into_iter().filter(|(i, j)| !gold_recalls(*i) && !told_recalls(*j)).collect();
    let missed = (0..gold).filter(|i| !gold_recalls(*i) && !found.iter().any(|p| p.0 == *i)).collect();
    Pairs { found, extra, missed }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evaluate::gold::facts_of;

    #[test]
    fn background_stands_in_no_list() {
        let gold = facts_of(
            r#"{"id":"x","acts":[{"actor":"KEN","recipient":"OMN","type":"AID","background":true},
            {"actor":"KEN","recipient":"OMN","type":"SUPPORT"}],
            "agreements":[{"type":"treaty","parties":["KEN","OMN"],"status":"in-force","topic":"fish","background":true}]}"#,
        );
        let told = facts_of(
            r#"{"id":"x","acts":[{"actor":"KEN","recipient":"OMN","type":"AID"},
            {"actor":"KEN","recipient":"OMN","type":"SUPPORT","background":true}],
            "agreements":[{"type":"treaty","parties":["OMN","KEN"],"status":"signed","topic":"fish"}]}"#,
        );
        let c = Comparison::new(&gold, &told);
        assert_eq!(c.agreements, Pairs::default());
        assert!(c.acts.found.is_empty() && c.acts.extra.is_empty());
        assert_eq!(c.acts.missed.len(), 1);
    }

    #[test]
    fn participants_are_known_by_the_leaders_they_are() {
        let leader = |id: &str, name: &str| format!(r#"{{"id":"{id}","name":"{name}","country":"KEN"}}"#);
        let article = |leaders: [String; 2], participants: &str| {
            facts_of(&format!(
                r#"{{"id":"x","leaders":[{}],"encounters":[{{"type":"visit","countries":["KEN","OMN"],"status":"held",
                "participants":[{participants}]}}]}}"#,
                leaders.join(",")
            ))
        };
        let gold = article([leader("asha-odera", "Asha Odera"), leader("ben-otieno", "Ben Otieno")], r#""asha-odera""#);
        let told = article([leader("odera", "Odera"), leader("ben-otieno", "Ben Otieno")], r#""odera","ben-otieno""#);
        let c = Comparison::new(&gold, &told);
        let expected =
            Participants { found: vec!["odera".to_owned()], extra: vec!["ben-otieno".to_owned()], missed: vec![] };
        assert_eq!((c.leaders.found.len(), c.participants), (2, vec![expected]));
    }
}
