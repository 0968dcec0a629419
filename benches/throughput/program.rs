//! The program as a person runs it: processor time, wall time and peak memory of builds, the start of one extraction, and
//! spaCy beside it on the same articles.

use crate::corpus::Corpus;
use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

const ENTENTE: &str = env!("CARGO_BIN_EXE_entente");
/// Clock ticks a second in `/proc`; 100 on every Linux that is in use.
const TICKS: f64 = 100.0;

/// A run of the program.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) articles: usize,
    pub(crate) wall: Duration,
    /// Processor time of all threads, where the system tells it.
    pub(crate) busy: Option<Duration>,
    /// Peak memory in bytes, where the system tells it.
    pub(crate) memory: Option<u64>,
    /// Size of the store on disk in bytes.
    pub(crate) store: u64,
}

/// `entente build` on `count` articles, into a new store.
pub(crate) fn build(corpus: &Corpus, count: usize) -> Run {
    let dir = tempfile::tempdir().unwrap();
    let input = dir.path().join("articles.jsonl");
    let mut file = std::io::BufWriter::new(fs::File::create(&input).unwrap());
    corpus.generate(count, &mut file).unwrap();
    file.flush().unwrap();
    eprintln!("building a store of {count} articles");
    let store = dir.path().join("store");
    let mut command = Command::new(ENTENTE);
    command.args(["build", "--quiet", "--store"]).arg(&store).arg(&input);
    let mut run = watch(command);
    run.articles = count;
    run.store = size(&store);
    // A long measurement may be cut off later.
    eprintln!("{run:?}");
    run
}

fn watch(mut command: Command) -> Run {
    let before = children();
    let started = Instant::now();
    let mut child = command.stdout(Stdio::null()).spawn().unwrap();
    let mut memory = None;
    let status = loop {
        if let Some(status) = child.try_wait().unwrap() {
            break status;
        }
        memory = peak(child.id()).or(memory);
        std::thread::sleep(Duration::from_millis(10));
    };
    let wall = started.elapsed();
    assert!(status.code().is_some_and(|code| code <= 1), "{command:?} ended with {status}");
    let busy = children().zip(before).map(|(after, before)| Duration::from_secs_f64(after - before));
    Run { articles: 0, wall, busy, memory, store: 0 }
}

/// Processor seconds of the children that have ended.
fn children() -> Option<f64> {
    let text = fs::read_to_string("/proc/self/stat").ok()?;
    let fields: Vec<&str> = text.rsplit_once(')')?.1.split_whitespace().collect();
    let ticks = |i: usize| fields.get(i)?.parse::<f64>().ok();
    Some((ticks(13)? + ticks(14)?) / TICKS)
}

fn peak(process: u32) -> Option<u64> {
    let text = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = text.lines().find_map(|l| l.strip_prefix("VmHWM:"))?;
    line.split_whitespace().next()?.parse::<u64>().ok().map(|kb| kb * 1024)
}

fn size(path: &Path) -> u64 {
    let Ok(entries) = fs::read_dir(path) else { return fs::metadata(path).map_or(0, |m| m.len()) };
    entries.filter_map(Result::ok).map(|entry| size(&entry.path())).sum()
}

/// One article from start to end.
pub(crate) struct Start {
    /// The fastest of some runs of `entente extract`, model loading included.
    pub(crate) wall: Duration,
    pub(crate) busy: Option<Duration>,
    /// Size of the program in bytes.
    pub(crate) binary: u64,
}

pub(crate) fn start() -> Start {
    let article = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds/articles");
    let article = fs::read_dir(article).unwrap().filter_map(Result::ok).map(|e| e.path());
    let article = article.filter(|p| p.extension().is_some_and(|e| e == "txt")).min().unwrap();
    let runs: Vec<Run> = (0..9)
        .map(|_| {
            let mut command = Command::new(ENTENTE);
            command.args(["extract", "--quiet"]).arg(&article);
            watch(command)
        })
        .collect();
    let total: Option<Duration> = runs.iter().map(|r| r.busy).sum();
    Start {
        wall: runs.iter().map(|r| r.wall).min().unwrap(),
        busy: total.map(|t| t / 9),
        binary: fs::metadata(ENTENTE).unwrap().len(),
    }
}

/// Words a second that spaCy's small English pipeline reads on one core, or why it was not measured.
pub(crate) fn spacy(python: &str, corpus: &Corpus, count: usize) -> Result<String, String> {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/spacy_speed.py");
    let mut input = Vec::new();
    corpus.generate(count, &mut input).unwrap();
    let child =
        Command::new(python).arg(script).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn();
    let mut child = child.map_err(|e| format!("{python} cannot be started: {e}"))?;
    // Where the script has ended early, its output says why.
    let _ = child.stdin.take().unwrap().write_all(&input);
    let output = child.wait_with_output().map_err(|e| e.to_string())?;
    let text = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    if output.status.success() && !text.is_empty() {
        Ok(text)
    } else {
        Err(format!("{python} has no spaCy with en_core_web_sm"))
    }
}
