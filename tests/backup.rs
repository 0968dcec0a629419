//! `entente backup` and `entente restore` from outside: the store comes back whole, goes on working, and nothing is lost to a
//! wrong name, a damaged file or a cut.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use assert_cmd::Command;
use predicates::prelude::*;
use predicates::str::contains;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::LazyLock;

/// A store of the seed articles, with a decision and without one of the texts; made once.
static SEEDS: LazyLock<tempfile::TempDir> = LazyLock::new(|| {
    let dir = tempfile::tempdir().unwrap();
    let store = dir.path().join("a.store");
    entente(&store, &["build", seeds().to_str().unwrap()]).assert().code(0);
    let event = some_event(&store);
    let decide = ["curate", "reject", &event, "--by", "Ada", "--why", "a test of backups"];
    entente(&store, &decide).assert().code(0);
    entente(&store, &["backup", dir.path().join("a.tar.zst").to_str().unwrap()])
        .assert()
        .code(0)
        .stderr(contains("articles (").and(contains("with their texts")));
    dir
});

fn seeds() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds/articles")
}

fn at(name: &str) -> PathBuf {
    SEEDS.path().join(name)
}

fn entente(store: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_entente"));
    command.args(args).arg("--store").arg(store).env_remove("ENTENTE_STORE").env("NO_COLOR", "1");
    command
}

fn nquads(store: &Path) -> Vec<u8> {
    entente(store, &["export", "--format", "nquads"]).assert().code(0).get_output().stdout.clone()
}

fn some_event(store: &Path) -> String {
    let query = "PREFIX ent: <https://w3id.org/entente/ontology#>
        SELECT ?event WHERE { GRAPH ?g { ?event a ent:Agreement } } ORDER BY ?event LIMIT 1";
    let answer = entente(store, &["query", "-", "--format", "csv"]).write_stdin(query).assert().code(0);
    let answer = String::from_utf8(answer.get_output().stdout.clone()).unwrap();
    answer.lines().nth(1).unwrap().trim_matches('"').to_owned()
}

/// Names in a folder, sorted.
fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        fs::read_dir(folder).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn what_comes_back_is_the_same_to_the_byte_and_goes_on_working() {
    let dir = tempfile::tempdir().unwrap();
    let restored = dir.path().join("b.store");
    let backup = at("a.tar.zst");
    entente(&restored, &["restore", backup.to_str().unwrap()]).assert().code(0).stderr(contains("restored in"));
    assert!(nquads(&restored) == nquads(&at("a.store")));
    assert_eq!(names(&restored.join("texts")), names(&at("a.store/texts")));
    assert_eq!(names(dir.path()), ["b.store"]);
    entente(&restored, &["check"]).assert().code(0).stderr(contains("0 violation(s)"));
    entente(&restored, &["curate", "list"]).assert().code(0).stdout(contains("a test of backups"));
    // Both stores learn the same and stay the same.
    let news = dir.path().join("news.txt");
    fs::write(&news, "# date: 2024-05-08\n\nPeru condemns Chile\n\nPeru condemned Chile on Wednesday.\n").unwrap();
    let old = dir.path().join("old.store");
    entente(&old, &["restore", backup.to_str().unwrap()]).assert().code(0);
    let before = nquads(&old);
    for store in [&restored, &old] {
        entente(store, &["build", news.to_str().unwrap()]).assert().code(0).stderr(contains("1 new"));
        entente(store, &["build", seeds().to_str().unwrap()]).assert().code(0).stderr(contains("0 new, 0 replaced"));
        entente(store, &["forget", "news"]).assert().code(0).stderr(contains("1 event"));
    }
    let without_calls = |lines: Vec<u8>| -> Vec<String> {
        let lines = String::from_utf8(lines).unwrap();
        // The log of runs has the times of the calls.
        lines.lines().filter(|line| !line.contains("/graph/runs>")).map(str::to_owned).collect()
    };
    assert!(without_calls(nquads(&restored)) == without_calls(before));
    entente(&restored, &["check"]).assert().code(0);
}

#[test]
fn a_backup_goes_through_a_pipe_while_others_read() {
    let dir = tempfile::tempdir().unwrap();
    let store = at("a.store");
    // Another program reads.
    let marker = fs::File::open(store.join("STORE")).unwrap();
    marker.lock_shared().unwrap();
    let out = entente(&store, &["backup", "-", "-q"]).assert().code(0).stderr("").get_output().stdout.clone();
    let restored = dir.path().join("b.store");
    entente(&restored, &["restore", "-"]).write_stdin(out).assert().code(0);
    assert!(nquads(&restored) == nquads(&store));
}

#[test]
fn a_backup_whose_reader_goes_away_is_none() {
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_entente"));
    command.args(["backup", "-", "--store"]).arg(at("a.store")).env_remove("ENTENTE_STORE");
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let ended = child.wait_with_output().unwrap();
    assert_eq!(ended.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&ended.stderr).contains("no whole backup"), "{ended:?}");
}

#[test]
fn nothing_that_is_there_is_overwritten() {
    let dir = tempfile::tempdir().unwrap();
    let (backup, store) = (at("a.tar.zst"), dir.path().join("b.store"));
    let backup = backup.to_str().unwrap();
    fs::create_dir(&store).unwrap();
    fs::write(store.join("thesis.doc"), "years of work").unwrap();
    for taken in [&store, &at("a.store"), &store.join("thesis.doc")] {
        entente(taken, &["restore", backup])
            .assert()
            .code(2)
            .stderr(contains("is there already"))
            .stderr(contains("hint: name another place with --store"));
    }
    assert_eq!(names(&store), ["thesis.doc"]);
    let kept = dir.path().join("kept.tar.zst");
    fs::write(&kept, "an older backup").unwrap();
    let kept = kept.to_str().unwrap();
    entente(&at("a.store"), &["backup", kept]).assert().code(2).stderr(contains("add --overwrite"));
    assert_eq!(fs::read_to_string(kept).unwrap(), "an older backup");
    entente(&at("a.store"), &["backup", kept, "--overwrite"]).assert().code(0);
    entente(&dir.path().join("c.store"), &["restore", kept]).assert().code(0);
}

#[test]
fn what_is_no_backup_is_told_and_leaves_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let whole = fs::read(at("a.tar.zst")).unwrap();
    let (half, seed) = (dir.path().join("half.tar.zst"), seeds().join("README.md"));
    fs::write(&half, &whole[..whole.len() / 2]).unwrap();
    let store = dir.path().join("b.store");
    for (file, message, hint) in [
        (&half, "the backup is damaged", "hint: nothing was restored"),
        (&seed, "this is no backup", "hint: backups are made"),
    ] {
        entente(&store, &["restore", file.to_str().unwrap()])
            .assert()
            .code(2)
            .stderr(contains(message))
            .stderr(contains(hint));
        assert_eq!(names(dir.path()), ["half.tar.zst"]);
    }
    entente(&store, &["restore", "nowhere.tar.zst"]).assert().code(2).stderr(contains("cannot read nowhere.tar.zst"));
    let missing = dir.path().join("no.tar.zst");
    entente(&store, &["backup", missing.to_str().unwrap()]).assert().code(2).stderr(contains("there is no store"));
    assert!(!missing.exists());
}

/// Killed at moments of its time: the store is whole or not there, and the next restore goes through.
#[cfg(unix)]
#[test]
fn a_restore_that_is_killed_leaves_nothing_half_made() {
    let dir = tempfile::tempdir().unwrap();
    let (backup, store) = (at("a.tar.zst"), dir.path().join("b.store"));
    let started = std::time::Instant::now();
    entente(&store, &["restore", backup.to_str().unwrap()]).assert().code(0);
    let whole = started.elapsed();
    let expected = nquads(&store);
    for tenth in 1..10 {
        fs::remove_dir_all(&store).unwrap_or_default();
        let mut child = std::process::Command::new(env!("CARGO_BIN_EXE_entente"))
            .args(["restore", backup.to_str().unwrap(), "-q", "--store"])
            .arg(&store)
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(whole * tenth / 10);
        // It may have ended by itself.
        let _ = child.kill();
        child.wait().unwrap();
        if store.exists() {
            assert!(nquads(&store) == expected, "after {tenth} tenths");
        }
    }
    fs::remove_dir_all(&store).unwrap_or_default();
    entente(&store, &["restore", backup.to_str().unwrap()]).assert().code(0);
    assert!(nquads(&store) == expected);
    assert_eq!(names(dir.path()), ["b.store"]);
}

/// Everything but the log of calls, which has their times, and the format.
fn graph(store: &Path) -> Vec<String> {
    let lines = String::from_utf8(nquads(store)).unwrap();
    lines
        .lines()
        .filter(|line| !line.contains("/graph/runs>") && !line.contains("formatVersion>"))
        .map(str::to_owned)
        .collect()
}

/// The oldest format whose articles are written as today.
const OLDEST: u32 = 2;

/// A store of the seeds as an older program may have left it: marked so, and with other events and ties. Its format, and that of this
/// program.
fn older(dir: &Path) -> (PathBuf, [u32; 2]) {
    let dump = dir.join("a.nq");
    let own = fs::read_to_string(at("a.store/STORE")).unwrap();
    let format: u32 = own.lines().nth(1).unwrap().trim_start_matches("format ").parse().unwrap();
    let old = OLDEST.max(format - 1);
    let lines = String::from_utf8(nquads(&at("a.store"))).unwrap();
    let (marked, old_mark) = (format!("\"{format}\"^^<"), format!("\"{old}\"^^<"));
    let mut text = String::new();
    for line in lines.lines().filter(|line| !line.contains("/graph/ties>")) {
        let line = if line.contains("formatVersion>") { line.replace(&marked, &old_mark) } else { line.to_owned() };
        text += &line.replace(
            "ontology#Encounter> <https://w3id.org/entente/graph/events>",
            "ontology#Visit> <https://w3id.org/entente/graph/events>",
        );
        text.push('\n');
    }
    fs::write(&dump, text).unwrap();
    // A store that keeps its graph in one file, which every program can read.
    let store = dir.join("old.store");
    fs::create_dir(&store).unwrap();
    fs::copy(&dump, store.join("graph.nq")).unwrap();
    fs::write(store.join("STORE"), format!("entente store\nformat {old}\nback end n-quads\n")).unwrap();
    for folder in fs::read_dir(at("a.store/texts")).unwrap() {
        let folder = folder.unwrap();
        let to = store.join("texts").join(folder.file_name());
        fs::create_dir_all(&to).unwrap();
        for file in fs::read_dir(folder.path()).unwrap() {
            let file = file.unwrap();
            fs::copy(file.path(), to.join(file.file_name())).unwrap();
        }
    }
    (store, [old, format])
}

#[test]
fn a_store_of_an_older_format_comes_back_with_events_and_ties_made_anew() {
    let dir = tempfile::tempdir().unwrap();
    let (old, [format, own]) = older(dir.path());
    if format < own {
        entente(&old, &["stats"]).assert().code(2).stderr(contains(format!("is written in format {format}"))).stderr(
            contains("hint: make a store that this program reads of it with `entente restore OLD --store NEW`"),
        );
    }
    // A program whose format is the oldest has to be asked.
    let anew: &[&str] = if format < own { &[] } else { &["--anew"] };
    let before = fs::read(old.join("graph.nq")).unwrap();
    let (store, dump) = (dir.path().join("b.store"), dir.path().join("a.nq"));
    for from in [&old, &dump] {
        entente(&store, &[&["restore", from.to_str().unwrap()], anew].concat())
            .assert()
            .code(0)
            .stderr(contains(format!("it was written in format {format}: events and ties are made anew")));
        assert!(graph(&store) == graph(&at("a.store")));
        entente(&store, &["check"]).assert().code(0).stderr(contains("0 violation(s)"));
        entente(&store, &["build", seeds().to_str().unwrap()]).assert().code(0).stderr(contains("0 new, 0 replaced"));
        if from.is_dir() {
            assert_eq!(names(&store.join("texts")), names(&at("a.store/texts")));
        }
        fs::remove_dir_all(&store).unwrap();
    }
    assert!(fs::read(old.join("graph.nq")).unwrap() == before, "the old store is only read");
}

#[test]
fn a_store_of_this_format_can_be_made_anew_too() {
    let dir = tempfile::tempdir().unwrap();
    let store = dir.path().join("b.store");
    entente(&store, &["restore", at("a.store").to_str().unwrap(), "--anew"]).assert().code(0);
    assert!(graph(&store) == graph(&at("a.store")));
    // Onto itself nothing is restored.
    entente(&store, &["restore", store.to_str().unwrap()]).assert().code(2).stderr(contains("is there already"));
    let dump = dir.path().join("b.nq");
    fs::write(&dump, "<urn:a> <urn:b> <urn:c> <urn:d> .\n").unwrap();
    let other = dir.path().join("c.store");
    entente(&other, &["restore", dump.to_str().unwrap()])
        .assert()
        .code(2)
        .stderr(contains("it does not tell its format"));
    assert!(!other.exists());
}
