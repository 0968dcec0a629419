//! The report: tables for the terminal and for `docs/benchmarks.md`.

use crate::corpus::Corpus;
use crate::program::{Run, Start};
use crate::stages::{Stages, StoreTimes};
use std::fmt::Write as _;
use std::path::Path;
use std::time::Duration;

const BEGIN: &str = "<!-- throughput: written by make bench -->\n";
const END: &str = "<!-- end of throughput -->\n";

fn rate(count: usize, time: Duration) -> String {
    grouped((count as f64 / time.as_secs_f64().max(1e-9)).round() as u64)
}

fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

fn megabytes(bytes: u64) -> String {
    format!("{} MB", grouped(bytes / 1_000_000))
}

/// The processor's name, where the system tells it.
fn machine() -> String {
    let cpus = std::thread::available_parallelism().map_or(1, usize::from);
    let info = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let name = info.lines().find_map(|l| l.strip_prefix("model name")?.split_once(':').map(|n| n.1.trim().to_owned()));
    format!("{} ({cpus} cores)", name.unwrap_or_else(|| std::env::consts::ARCH.to_owned()))
}

pub(crate) fn text(
    corpus: &Corpus,
    stages: &Stages,
    store: &StoreTimes,
    spacy: &Result<String, String>,
    growth: &[Run],
    start: &Start,
) -> String {
    let mut out = format!(
        "Articles of `{}`, {} of them ({} words) for the stages; {}.\n\n",
        corpus.name(),
        grouped(stages.articles as u64),
        grouped(stages.words as u64),
        machine()
    );
    write_stages(&mut out, stages);
    let back_end = if cfg!(feature = "persist") { "RocksDB" } else { "in memory" };
    write_others(&mut out, spacy);
    write_store(&mut out, store);
    write_growth(&mut out, growth, back_end);
    let busy = start.busy.map_or(String::new(), |b| format!(", {} ms of processor time", b.as_millis()));
    writeln!(
        out,
        "One article by `entente extract`, from start to end: {} ms{busy}. The program is {} big ({back_end}).",
        start.wall.as_millis(),
        megabytes(start.binary)
    )
    .unwrap();
    out
}

fn write_stages(out: &mut String, stages: &Stages) {
    out.push_str("| stage, one thread | processor time | articles/s | words/s |\n|---|---:|---:|---:|\n");
    let whole = ("**extraction in all**", stages.whole);
    for (name, time) in stages.stages.iter().map(|s| (s.name, s.time)).chain([whole]) {
        writeln!(
            out,
            "| {name} | {:.2} s | {} | {} |",
            time.as_secs_f64(),
            rate(stages.articles, time),
            rate(stages.words, time)
        )
        .unwrap();
    }
    writeln!(out, "\n{:.0} % of the sentences are parsed.\n", stages.parsed * 100.0).unwrap();
}

fn write_others(out: &mut String, spacy: &Result<String, String>) {
    match spacy {
        Ok(line) => writeln!(out, "Beside it in the same run: {line}; tags, lemmas, parses and names, no relations.\n"),
        Err(why) => writeln!(out, "spaCy was not measured in this run ({why}).\n"),
    }
    .unwrap();
}

fn write_store(out: &mut String, store: &StoreTimes) {
    let total = store.add + store.settle;
    writeln!(
        out,
        "| store, one thread, in memory, {} articles | processor time | quads/s |",
        grouped(store.articles as u64)
    )
    .unwrap();
    out.push_str("|---|---:|---:|\n");
    for (name, time) in [
        ("claims into the store", store.add),
        ("events and ties from claims", store.settle),
        ("**both**", total),
        ("plain Oxigraph, loading the same graph from N-Quads", store.plain),
    ] {
        writeln!(out, "| {name} | {:.2} s | {} |", time.as_secs_f64(), rate(store.quads, time)).unwrap();
    }
    writeln!(out, "\nThe graph has {} quads.\n", grouped(store.quads as u64)).unwrap();
}

fn write_growth(out: &mut String, growth: &[Run], back_end: &str) {
    writeln!(
        out,
        "| `entente build`, all cores, {back_end} | wall | processor time | ms an article | peak memory | store |"
    )
    .unwrap();
    out.push_str("|---|---:|---:|---:|---:|---:|\n");
    for run in growth {
        let busy = run.busy.unwrap_or(run.wall).as_secs_f64();
        writeln!(
            out,
            "| {} articles | {:.1} s | {busy:.1} s | {:.2} | {} | {} |",
            grouped(run.articles as u64),
            run.wall.as_secs_f64(),
            busy * 1000.0 / run.articles.max(1) as f64,
            run.memory.map_or_else(|| "?".to_owned(), megabytes),
            megabytes(run.store)
        )
        .unwrap();
    }
    out.push('\n');
}

/// Puts the text between its marks in `docs/benchmarks.md`.
pub(crate) fn write(text: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/benchmarks.md");
    let page = std::fs::read_to_string(&path).unwrap();
    let (before, rest) = page.split_once(BEGIN).expect("docs/benchmarks.md marks where the figures begin");
    let (_, after) = rest.split_once(END).expect("docs/benchmarks.md marks where the figures end");
    std::fs::write(&path, format!("{before}{BEGIN}{text}{END}{after}")).unwrap();
}
