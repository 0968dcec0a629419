//! How long a store of many articles takes for one more: `cargo run --release --example store_speed -- FACTS.jsonl [COUNT] [STORE]`.
//!
//! `FACTS.jsonl` is what `entente extract` prints. The articles are repeated, of other countries and months each round (see
//! `benches/synthetic`), until there are COUNT (100,000). STORE is a folder for the graph; without it the graph is in memory.
//! Prints the time of the first build, and of adding and forgetting single articles, each settled and flushed: on the clock,
//! and of the processor, which other programs on the machine do not lengthen.

#![allow(clippy::print_stdout, clippy::unwrap_used, reason = "a program for measuring")]

#[path = "../benches/synthetic/mod.rs"]
#[allow(dead_code, reason = "the bench uses more of it")]
mod synthetic;

use entente::graph::{RunInfo, Store};
use std::io::BufRead as _;
use std::time::Instant;
use synthetic::Synthetic;

/// Articles that are added one by one.
const SINGLES: usize = 50;

/// Milliseconds that this thread has had of the processor, where the system tells; it does not count waiting for the disk.
fn processor() -> f64 {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    told.split(' ').next().and_then(|nanoseconds| nanoseconds.parse::<f64>().ok()).unwrap_or(0.0) / 1e6
}

/// Milliseconds on the clock and of the processor.
fn timed(what: impl FnOnce()) -> [f64; 2] {
    let (started, before) = (Instant::now(), processor());
    what();
    [started.elapsed().as_secs_f64() * 1000.0, processor() - before]
}

fn main() {
    let mut args = std::env::args().skip(1);
    let file = args.next().unwrap();
    let count: usize = args.next().map_or(100_000, |n| n.parse().unwrap());
    let mut store = args.next().map_or_else(|| Store::in_memory().unwrap(), |path| Store::open(path.as_ref()).unwrap());
    let run = RunInfo { version: "bench".into(), knowledge: "bench".into(), settings: String::new() };
    let lines = std::io::BufReader::new(std::fs::File::open(file).unwrap()).lines().map(Result::unwrap);
    let synthetic = Synthetic::new(lines.map(|line| serde_json::from_str(&line).unwrap()).collect());
    let started = Instant::now();
    synthetic.fill(&mut store, 0..count);
    println!("{count} articles added in {:.1} s", started.elapsed().as_secs_f64());
    store.settle().unwrap();
    store.flush().unwrap();
    println!("settled after {:.1} s", started.elapsed().as_secs_f64());
    // Some that tell much, spread over the list.
    let mut adds = Vec::new();
    let mut forgets = Vec::new();
    let told = (count..)
        .map(|at| synthetic.article(at))
        .filter(|f| f.agreements.len() + f.encounters.len() + f.acts.len() > 1);
    for facts in told.step_by(7).take(SINGLES) {
        adds.push(timed(|| {
            store.add(&facts, &run).unwrap();
            store.settle().unwrap();
            store.flush().unwrap();
        }));
        forgets.push(timed(|| {
            store.forget(&[&facts.article.id]).unwrap();
            store.flush().unwrap();
        }));
    }
    for (what, times) in [("adding", adds), ("forgetting", forgets)] {
        for (at, clock) in ["on the clock", "of the processor"].into_iter().enumerate() {
            let mut times: Vec<f64> = times.iter().map(|both| both[at]).collect();
            times.sort_by(f64::total_cmp);
            let (median, most) = (times[times.len() / 2], times[times.len() - 1]);
            println!("{what} one article: median {median:.0} ms, slowest of {SINGLES} {most:.0} ms {clock}");
        }
    }
}
