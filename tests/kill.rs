//! Builds that are killed (SIGKILL: nothing can be tidied up) at random moments: the store that is left opens, checks clean, and is
//! finished by the next build as if nothing had happened. `make faults` does it 200 times; the tests do it
//! [`KILLS`] times.

#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
#![allow(clippy::print_stderr, reason = "what was done is told, and how to do it again")]

use assert_cmd::Command;
use predicates::str::contains;
use std::fs;
use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant};

/// How often a build is killed, unless `ENTENTE_KILLS` tells another number.
const KILLS: u64 = 15;
/// Kills of one store before a build of it may end.
const IN_A_ROW: u64 = 5;
/// Articles of the build.
const ARTICLES: usize = 400;

#[test]
fn a_build_that_is_killed_can_go_on() {
    let number = |name: &str| std::env::var(name).ok().map(|value| value.parse::<u64>().unwrap());
    let (kills, seed) = (number("ENTENTE_KILLS").unwrap_or(KILLS), number("ENTENTE_SEED").unwrap_or(1));
    let dir = tempfile::tempdir().unwrap();
    let news = dir.path().join("news.jsonl");
    fs::write(&news, articles()).unwrap();
    let (news, clean) = (news.to_str().unwrap(), dir.path().join("clean.store"));
    let started = Instant::now();
    entente(&clean, &["build", news]).assert().code(0);
    let whole = started.elapsed();
    let expected = graph(&clean);
    let (mut moments, mut interrupted) = (Moments(seed), 0);
    for store in 0..kills.div_ceil(IN_A_ROW) {
        let cut = dir.path().join(format!("cut-{store}.store"));
        for _ in 0..IN_A_ROW.min(kills - store * IN_A_ROW) {
            interrupted += u64::from(killed(&cut, news, whole.mul_f64(moments.next())));
            // The name of the format is the last that a new store is given: without it there is nothing yet.
            if fs::metadata(cut.join("STORE")).is_ok_and(|file| file.len() > 0) {
                entente(&cut, &["check", "--quiet"]).assert().code(0);
            }
        }
        entente(&cut, &["build", news]).assert().code(0);
        assert!(
            graph(&cut) == expected,
            "store {store} of seed {seed}: another graph than that of an undisturbed build"
        );
        entente(&cut, &["check"]).assert().code(0).stderr(contains("0 violation(s)"));
        fs::remove_dir_all(cut).unwrap();
    }
    eprintln!("{kills} kills with seed {seed}, {interrupted} of them while the build of {whole:?} ran");
    assert!(interrupted > 0, "every build ended before it could be killed");
}

/// Begins a build and kills it after that time; whether it was still at work.
fn killed(store: &Path, news: &str, after: Duration) -> bool {
    let mut child = std::process::Command::new(env!("CARGO_BIN_EXE_entente"))
        .args(["build", news, "--quiet", "--store"])
        .arg(store)
        .env_remove("ENTENTE_STORE")
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    std::thread::sleep(after);
    let at_work = child.try_wait().unwrap().is_none();
    // One that has ended meanwhile cannot be killed.
    let _ = child.kill();
    child.wait().unwrap();
    at_work
}

fn entente(store: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_entente"));
    command.args(args).arg("--store").arg(store).env_remove("ENTENTE_STORE").env("NO_COLOR", "1");
    command
}

/// All that is in the store but the log of calls, which has their times.
fn graph(store: &Path) -> String {
    let output = entente(store, &["export", "--format", "nquads"]).assert().code(0).get_output().stdout.clone();
    let lines = String::from_utf8(output).unwrap();
    lines.lines().filter(|line| !line.contains("/graph/runs>")).collect::<Vec<_>>().join("\n")
}

fn articles() -> String {
    let countries = ["Kenya", "Oman", "Peru", "Chile", "Laos", "Nepal", "Ghana", "Fiji"];
    let mut lines = String::new();
    for at in 0..ARTICLES {
        let (a, b) = (countries[at % 8], countries[(at / 8 + at + 1) % 8]);
        let text = format!("{a} and {b} signed an agreement on fisheries on Monday. {a} condemned {b} on Tuesday.");
        let date = format!("2024-{:02}-{:02}", at % 12 + 1, at % 28 + 1);
        let line = serde_json::json!({"id": format!("a{at}"), "title": "News", "published": date, "text": text});
        lines += &format!("{line}\n");
    }
    lines
}

/// Numbers from 0 to 1 that look random and are the same for one seed: splitmix64.
struct Moments(u64);

impl Moments {
    fn next(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z >> 11) as f64 / (1_u64 << 53) as f64
    }
}
