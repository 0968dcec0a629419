//! How long each question of the catalogue takes on a large store: `cargo bench --bench catalogue`.
//!
//! ```text
//! cargo bench --bench catalogue -- [--articles 100000] [--facts FACTS.jsonl] [--store DIR] [--set NAME=VALUE]… [--runs 7] [NAME…]
//! ```
//!
//! Builds the store in memory, or in DIR, where it is kept for the next time; of the seed articles told again and again, or of
//! those whose facts `entente extract` has printed. Each question of `queries/` is asked with its defaults and the examples of
//! the values that it needs; `--set country=USA` puts another value in the place of each example of that name. Prints a table
//! of the median and the slowest of the runs, by processor time where Linux tells it, so that other programs on the machine
//! count little, and ends with 1 where a median is above the limit of 50 ms. Where cargo tests the benches, a small store is
//! asked once.

#![allow(clippy::print_stdout, clippy::unwrap_used, reason = "a program for measuring")]

#[path = "throughput/clock.rs"]
mod clock;
mod synthetic;

use clock::Clock;
use entente::graph::Store;
use entente::graph::sparql::{Answer, Prepared};
use entente::knowledge::Gazetteer;
use entente::query::Question;
use std::fs::File;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};
use synthetic::Synthetic;

/// What an answer may take.
const LIMIT: Duration = Duration::from_millis(50);

struct Options {
    articles: usize,
    runs: usize,
    facts: Option<PathBuf>,
    store: Option<PathBuf>,
    set: Vec<(String, String)>,
    names: Vec<String>,
}

impl Options {
    fn read() -> Self {
        let arguments: Vec<String> = std::env::args().skip(1).collect();
        // `cargo bench` says so; without it this is a test.
        let measured = arguments.iter().any(|a| a == "--bench");
        let (articles, runs) = if measured { (100_000, 7) } else { (200, 1) };
        let mut options = Self { articles, runs, facts: None, store: None, set: Vec::new(), names: Vec::new() };
        let mut arguments = arguments.into_iter();
        while let Some(argument) = arguments.next() {
            match argument.as_str() {
                "--articles" => options.articles = arguments.next().unwrap().parse().unwrap(),
                "--runs" => options.runs = arguments.next().unwrap().parse::<usize>().unwrap().max(1),
                "--facts" => options.facts = arguments.next().map(PathBuf::from),
                "--set" => {
                    let setting = arguments.next().unwrap();
                    let (name, value) = setting.split_once('=').unwrap();
                    options.set.push((name.to_owned(), value.to_owned()));
                }
                "--store" => options.store = arguments.next().map(PathBuf::from),
                other if other.starts_with("--") => {}
                name => options.names.push(name.to_owned()),
            }
        }
        options
    }
}

/// The store, built where it is not there yet.
fn store(options: &Options) -> Store {
    if let Some(store) = options.store.as_deref().and_then(|path| Store::open_existing(path).ok()) {
        return store;
    }
    let started = Instant::now();
    let open = |path: &PathBuf| Store::open(path).unwrap();
    let mut store = options.store.as_ref().map_or_else(|| Store::in_memory().unwrap(), open);
    let told = |file: &PathBuf| {
        let lines = BufReader::new(File::open(file).unwrap()).lines();
        Synthetic::new(lines.map(|line| serde_json::from_str(&line.unwrap()).unwrap()).collect())
    };
    let synthetic = options.facts.as_ref().map_or_else(Synthetic::from_seeds, told);
    synthetic.fill(&mut store, 0..options.articles);
    store.settle().unwrap();
    store.flush().unwrap();
    println!("{} articles in {:.0} s", options.articles, started.elapsed().as_secs_f64());
    store
}

/// The questions as they are in the folder now, which may be newer than this program.
fn questions(names: &[String]) -> Vec<Question> {
    let gazetteer = Gazetteer::builtin().unwrap();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("queries");
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|e| e == "rq"));
    paths.sort();
    let read = |path: &PathBuf| {
        let (name, text) = (path.file_stem().unwrap().to_string_lossy(), std::fs::read_to_string(path).unwrap());
        Question::parse(&name, &path.display().to_string(), &text, &gazetteer).unwrap_or_else(|e| panic!("{e}"))
    };
    paths.iter().map(read).filter(|q| names.is_empty() || names.contains(&q.name)).collect()
}

/// Every row, so that nothing is left undone; how many there are.
fn ask(store: &Store, query: &Prepared) -> usize {
    match store.ask(query).unwrap() {
        Answer::Boolean(_) => 1,
        Answer::Solutions(rows) => rows.map(Result::unwrap).count(),
        Answer::Triples(triples) => triples.map(Result::unwrap).count(),
    }
}

fn main() -> ExitCode {
    let options = Options::read();
    let store = store(&options);
    let gazetteer = Gazetteer::builtin().unwrap();
    println!("\n| question | rows | median, ms | slowest, ms | |\n|---|---:|---:|---:|---|");
    let mut slow = 0;
    for question in questions(&options.names) {
        let mut values = question.example_values();
        for (name, value) in &mut values {
            if let Some((_, other)) = options.set.iter().find(|(set, _)| set == name) {
                other.clone_into(value);
            }
        }
        let query = question.prepare(&values, &gazetteer).unwrap();
        let rows = ask(&store, &query);
        let mut times: Vec<Duration> = (0..options.runs)
            .map(|_| {
                let started = Clock::start();
                ask(&store, &query);
                started.elapsed()
            })
            .collect();
        times.sort_unstable();
        let (median, slowest) = (times[times.len() / 2], times[times.len() - 1]);
        slow += usize::from(median > LIMIT);
        let mark = if median > LIMIT { "above 50 ms" } else { "" };
        let shown = |time: Duration| format!("{:.1}", time.as_secs_f64() * 1000.0);
        println!("| {} | {rows} | {} | {} | {mark} |", question.name, shown(median), shown(slowest));
    }
    println!("\n{slow} above 50 ms");
    if slow == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
