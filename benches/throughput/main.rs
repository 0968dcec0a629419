//! How fast articles become a graph: `cargo bench --bench throughput`, or `make bench`, which also writes `docs/benchmarks.md`.
//!
//! ```text
//! cargo bench --bench throughput -- [--articles 5000] [--growth 1000,10000] [--spacy PYTHON] [--write]
//! cargo bench --bench throughput -- --generate 1000000 | entente build - --store big.store
//! ```
//!
//! Stages are timed one after the other on one thread, by the processor time that they took, so that other programs on the
//! machine do not count. `--growth` has the program itself build stores of that many articles, the corpus multiplied.
//! The articles are those of `../shared/corpus` where it is, else the seed articles. `--spacy` names a Python that has
//! spaCy and its small English pipeline; the default is `python3`. Where cargo tests the benches, little is read once.

#![allow(
    clippy::expect_used,
    clippy::print_stderr,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a program for measuring"
)]

mod clock;
mod corpus;
mod program;
mod report;
mod stages;

use std::io::Write as _;

/// What was asked for.
#[derive(Debug)]
struct Options {
    articles: usize,
    growth: Vec<usize>,
    generate: Option<usize>,
    python: String,
    write: bool,
}

impl Options {
    fn read() -> Self {
        let arguments: Vec<String> = std::env::args().skip(1).collect();
        let after = |name: &str| arguments.iter().position(|a| a == name).and_then(|i| arguments.get(i + 1));
        let number = |text: &String| text.replace(['_', ','], "").parse::<usize>().unwrap();
        // `cargo bench` says so; without it this is a test.
        let measured = arguments.iter().any(|a| a == "--bench");
        let growth = after("--growth").map(|list| list.split(',').map(|n| n.parse().unwrap()).collect());
        Self {
            articles: after("--articles").map_or(if measured { 5000 } else { 20 }, number),
            growth: growth.unwrap_or_else(|| if measured { vec![1000, 10_000] } else { vec![20] }),
            generate: after("--generate").map(number),
            python: after("--spacy").cloned().unwrap_or_else(|| "python3".to_owned()),
            write: arguments.iter().any(|a| a == "--write"),
        }
    }
}

fn main() {
    let options = Options::read();
    let corpus = corpus::Corpus::find();
    if let Some(count) = options.generate {
        let mut out = std::io::BufWriter::new(std::io::stdout().lock());
        // A reader that has enough closes the pipe.
        let _ = corpus.generate(count, &mut out).and_then(|()| out.flush());
        return;
    }
    eprintln!("articles of {}", corpus.name());
    let stages = stages::measure(&corpus, options.articles);
    let store = stages::store(&corpus, options.articles);
    let spacy = program::spacy(&options.python, &corpus, options.articles.min(300));
    let growth: Vec<_> = options.growth.iter().map(|count| program::build(&corpus, *count)).collect();
    let start = program::start();
    let text = report::text(&corpus, &stages, &store, &spacy, &growth, &start);
    println!("{text}");
    if options.write {
        report::write(&text);
    }
}
