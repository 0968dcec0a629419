//! A large store of made-up articles, for measuring: the facts of the seed articles told again and again, round by round, of
//! other countries and in other months.
//!
//! Round 0 is the seed articles as they are. Of every eight rounds after it one keeps the countries, so that some pairs stay
//! busier than others as in real news; in the others each country stands for another one. Every round lies some months
//! earlier than the seeds. One fact of three is kept: about two facts an article, as news articles give. The same number of
//! articles gives the same articles.

use chrono::{Months, NaiveDate};
use entente::article::{ReadOptions, read_paths};
use entente::facts::{Extractor, Facts};
use entente::graph::{RunInfo, Store};
use entente::knowledge::Knowledge;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// The facts that all rounds repeat.
pub(crate) struct Synthetic {
    seeds: Vec<Facts>,
    countries: Vec<String>,
}

impl Synthetic {
    /// Of the seed articles.
    pub(crate) fn from_seeds() -> Self {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds/articles");
        let extractor = Extractor::builtin().unwrap();
        let articles = read_paths(&[folder], ReadOptions::default()).filter_map(Result::ok);
        Self::new(articles.map(|article| extractor.facts(&article)).collect())
    }

    /// Of these facts.
    pub(crate) fn new(seeds: Vec<Facts>) -> Self {
        let countries: BTreeSet<String> = seeds.iter().flat_map(|f| &f.countries).map(|c| c.id.clone()).collect();
        Self { seeds, countries: countries.into_iter().collect() }
    }

    /// The article of this number, from 0.
    pub(crate) fn article(&self, at: usize) -> Facts {
        let (round, seed) = (at / self.seeds.len(), &self.seeds[at % self.seeds.len()]);
        let mut facts = seed.clone();
        if round > 0 {
            facts.article.id = format!("{}~{round}", facts.article.id);
            thin(&mut facts, round);
            move_back(&mut facts, u32::try_from(round * 7 % 239).unwrap());
            if !round.is_multiple_of(8) {
                self.rename(&mut facts, round);
            }
        }
        facts
    }

    /// Adds the articles of these numbers to a store, which is then to be settled.
    pub(crate) fn fill(&self, store: &mut Store, numbers: std::ops::Range<usize>) {
        let run = RunInfo { version: "bench".into(), knowledge: "bench".into(), settings: String::new() };
        store.refer(&Knowledge::builtin().unwrap()).unwrap();
        for at in numbers {
            store.add(&self.article(at), &run).unwrap();
        }
    }

    /// Lets each country stand for another one: the list is gone through in steps that reach each once.
    fn rename(&self, facts: &mut Facts, round: usize) {
        let count = self.countries.len();
        let step = (1..count).filter(|step| gcd(*step, count) == 1).nth(round % 5).unwrap_or(1);
        let other = |at: usize| self.countries[(at * step + round) % count].clone();
        let others: BTreeMap<&str, String> =
            self.countries.iter().enumerate().map(|(at, code)| (code.as_str(), other(at))).collect();
        let rename = |code: &mut String| {
            if let Some(other) = others.get(code.as_str()) {
                other.clone_into(code);
            }
        };
        facts.countries.iter_mut().for_each(|c| rename(&mut c.id));
        for leader in &mut facts.leaders {
            rename(&mut leader.country);
            leader.wikidata = None;
            // The lists name nobody so who would be of another country.
            leader.name = format!("{} {}", leader.name, leader.country);
        }
        facts.agreements.iter_mut().flat_map(|a| &mut a.parties).for_each(rename);
        facts.encounters.iter_mut().flat_map(|e| &mut e.countries).for_each(rename);
        facts.acts.iter_mut().flat_map(|a| [&mut a.actor, &mut a.recipient]).for_each(rename);
    }
}

/// Keeps one fact of three, another one each round.
fn thin(facts: &mut Facts, round: usize) {
    let mut at = round;
    let mut keep = || {
        at += 1;
        at.is_multiple_of(3)
    };
    facts.agreements.retain(|_| keep());
    facts.encounters.retain(|_| keep());
    facts.acts.retain(|_| keep());
    facts.relations.clear();
}

fn move_back(facts: &mut Facts, months: u32) {
    earlier(&mut facts.article.published, months);
    facts.agreements.iter_mut().for_each(|f| earlier(&mut f.date, months));
    facts.encounters.iter_mut().for_each(|f| earlier(&mut f.date, months));
    facts.acts.iter_mut().for_each(|f| earlier(&mut f.date, months));
}

/// A day, month or year so many months earlier.
fn earlier(date: &mut Option<String>, months: u32) {
    let Some(text) = date.as_deref() else { return };
    let (shown, rest) = ("2000-01-01".get(text.len()..).unwrap_or_default(), text.len());
    let Ok(day) = format!("{text}{shown}").parse::<NaiveDate>() else { return };
    let day = day.checked_sub_months(Months::new(months)).unwrap_or(day).to_string();
    *date = day.get(..rest).map(str::to_owned);
}

fn gcd(a: usize, b: usize) -> usize {
    if b == 0 { a } else { gcd(b, a % b) }
}
