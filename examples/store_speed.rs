//! How long a store of many articles takes for one more: `cargo run --release --example store_speed -- FACTS.jsonl [COUNT] [STORE]`.
//!
//! `FACTS.jsonl` is what `entente extract` prints. The articles are repeated, each round under other ids and seven years
//! later, until there are COUNT (100,000). STORE is a folder for the graph; without it the graph is in memory. Prints the
//! time of the first build, and of adding, changing and forgetting single articles, each settled and flushed.

#![allow(clippy::print_stdout, clippy::unwrap_used, reason = "a program for measuring")]

use chrono::{Months, NaiveDate};
use entente::facts::Facts;
use entente::graph::{RunInfo, Store};
use entente::knowledge::Knowledge;
use std::io::BufRead as _;
use std::time::Instant;

/// Articles that are added one by one.
const SINGLES: usize = 20;

fn later(date: &mut Option<String>, rounds: u32) {
    let Some(text) = date.as_deref() else { return };
    let years = |year: &str| year.parse::<u32>().map_or_else(|_| year.to_owned(), |y| (y + 7 * rounds).to_string());
    *date = Some(match text.parse::<NaiveDate>() {
        Ok(day) => day.checked_add_months(Months::new(84 * rounds)).unwrap_or(day).to_string(),
        Err(_) => years(&text[..4]) + &text[4..],
    });
}

fn shifted(facts: &Facts, rounds: u32) -> Facts {
    let mut facts = facts.clone();
    if rounds > 0 {
        facts.article.id = format!("{}~{rounds}", facts.article.id);
        later(&mut facts.article.published, rounds);
        facts.agreements.iter_mut().for_each(|f| later(&mut f.date, rounds));
        facts.encounters.iter_mut().for_each(|f| later(&mut f.date, rounds));
        facts.acts.iter_mut().for_each(|f| later(&mut f.date, rounds));
    }
    facts
}

fn main() {
    let mut args = std::env::args().skip(1);
    let file = args.next().unwrap();
    let count: usize = args.next().map_or(100_000, |n| n.parse().unwrap());
    let mut store = args.next().map_or_else(|| Store::in_memory().unwrap(), |path| Store::open(path.as_ref()).unwrap());
    store.refer(&Knowledge::builtin().unwrap()).unwrap();
    let run = RunInfo { version: "speed".into(), knowledge: "speed".into(), settings: String::new() };
    let lines: Vec<String> =
        std::io::BufReader::new(std::fs::File::open(file).unwrap()).lines().map(Result::unwrap).collect();
    let started = Instant::now();
    let article = |at: usize| {
        let facts: Facts = serde_json::from_str(&lines[at % lines.len()]).unwrap();
        shifted(&facts, u32::try_from(at / lines.len()).unwrap())
    };
    for at in 0..count {
        store.add(&article(at), &run).unwrap();
    }
    println!("{count} articles added in {:.1} s", started.elapsed().as_secs_f64());
    store.settle().unwrap();
    store.flush().unwrap();
    println!("settled after {:.1} s", started.elapsed().as_secs_f64());
    // Some that tell much, spread over the list.
    let mut adds = Vec::new();
    let mut forgets = Vec::new();
    let told = (count..).map(article).filter(|f| f.agreements.len() + f.encounters.len() + f.acts.len() > 1);
    for facts in told.step_by(7).take(SINGLES) {
        let started = Instant::now();
        store.add(&facts, &run).unwrap();
        store.settle().unwrap();
        store.flush().unwrap();
        adds.push(started.elapsed().as_secs_f64() * 1000.0);
        let started = Instant::now();
        store.forget(&[&facts.article.id]).unwrap();
        store.flush().unwrap();
        forgets.push(started.elapsed().as_secs_f64() * 1000.0);
    }
    for (what, mut times) in [("adding", adds), ("forgetting", forgets)] {
        times.sort_by(f64::total_cmp);
        let (median, most) = (times[times.len() / 2], times[times.len() - 1]);
        println!("{what} one article: median {median:.0} ms, slowest of {SINGLES} {most:.0} ms");
    }
}
