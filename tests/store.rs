//! The commands on a store, from outside: articles in and out, what is in it, and places where no store can be.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use assert_cmd::Command;
use predicates::str::contains;
use serde_json::Value;
use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::Stdio;

const SIGNED: &str = "# date: 2024-05-06\n\nKenya and Oman sign fisheries agreement\n\nThe foreign ministers of Kenya and Oman \
    signed an agreement on fisheries in Muscat on Monday.\n";
const SIGNED_TOO: &str = "# date: 2024-05-07\n\nFisheries pact for Oman and Kenya\n\nKenya and Oman signed an agreement on \
    fisheries on Monday.\n";
const CONDEMNED: &str = "# date: 2024-05-08\n\nPeru condemns Chile\n\nPeru condemned Chile on Wednesday.\n";

struct Place {
    dir: tempfile::TempDir,
}

impl Place {
    fn new() -> Self {
        let place = Self { dir: tempfile::tempdir().unwrap() };
        fs::create_dir(place.path("news")).unwrap();
        place
    }

    fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    fn write(&self, id: &str, text: &str) {
        fs::write(self.path(&format!("news/{id}.txt")), text).unwrap();
    }

    /// The program on this place's store.
    fn entente(&self, args: &[&str]) -> Command {
        entente(&self.path("graph.store"), args)
    }

    fn build(&self) -> assert_cmd::assert::Assert {
        self.entente(&["build", self.path("news").to_str().unwrap()]).assert()
    }

    fn json(&self, args: &[&str]) -> Value {
        let args: Vec<&str> = args.iter().copied().chain(["--format", "json"]).collect();
        serde_json::from_slice(&self.entente(&args).assert().get_output().stdout).unwrap()
    }
}

fn entente(store: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_entente"));
    command.args(args).arg("--store").arg(store).env_remove("ENTENTE_STORE").env("NO_COLOR", "1");
    command
}

#[test]
fn two_reports_of_one_signing_are_one_event() {
    let place = Place::new();
    place.write("one", SIGNED);
    place.write("two", SIGNED_TOO);
    place
        .build()
        .code(0)
        .stderr(contains("2 articles read in"))
        .stderr(contains("store: 2 new, 0 replaced, 0 unchanged"));
    let article = place.json(&["explain", "one"]);
    assert_eq!(article["kind"], "article");
    let events = article["events"].as_array().unwrap();
    let signing = events.iter().find(|e| e["event"]["kind"] == "agreement").unwrap();
    assert_eq!(signing["event"]["articles"], serde_json::json!(["one", "two"]));
    assert_eq!(signing["event"]["date"], "2024-05-06");
    let quote = signing["reports"][0]["claims"][0]["quote"].as_str().unwrap();
    assert!(SIGNED.contains(quote), "{quote}");
    let iri = signing["event"]["iri"].as_str().unwrap();
    place
        .entente(&["explain", iri])
        .assert()
        .code(0)
        .stdout(contains("KEN–OMN: agreement, signed"))
        .stdout(contains("the same event: the same parties (KEN–OMN)"))
        .stdout(contains("topics that share: fishery"));
}

#[test]
fn building_twice_adds_nothing_and_a_change_replaces() {
    let place = Place::new();
    place.write("one", SIGNED);
    place.write("three", CONDEMNED);
    place.build().code(0);
    let before = place.json(&["stats"]);
    place.build().code(0).stderr(contains("store: 0 new, 0 replaced, 2 unchanged"));
    assert_eq!(place.json(&["stats"]), before);
    place.write("one", &SIGNED.replace("fisheries", "aviation"));
    place.build().code(0).stderr(contains("store: 0 new, 1 replaced, 1 unchanged"));
    place.entente(&["explain", "one"]).assert().code(0).stdout(contains("aviation"));
    place.entente(&["check"]).assert().code(0).stderr(contains("0 violation(s)"));
}

#[test]
fn forget_takes_an_article_and_what_only_it_supported() {
    let place = Place::new();
    place.write("one", SIGNED);
    place.build().code(0);
    let before = place.json(&["stats"]);
    place.write("three", CONDEMNED);
    place.build().code(0);
    place.entente(&["forget", "three"]).assert().code(0).stderr(contains("forgotten: 1 article, and 1 event"));
    let after = place.json(&["stats"]);
    for count in ["articles", "claims", "events", "ties", "dyads", "parties", "leaders"] {
        assert_eq!(after[count], before[count], "{count}");
    }
    place
        .entente(&["forget", "three"])
        .assert()
        .code(1)
        .stderr(contains("not in the store: three"))
        .stderr(contains("hint: "));
    place.entente(&["explain", "three"]).assert().code(1).stderr(contains("has the id `three`"));
}

#[test]
fn an_input_that_cannot_be_read_does_not_stop_the_others() {
    let place = Place::new();
    place.write("one", SIGNED);
    fs::write(place.path("news/broken.jsonl"), "{\"id\": \"x\", \"text\n").unwrap();
    place.build().code(1).stderr(contains("cannot read: ")).stderr(contains("store: 1 new"));
    assert_eq!(place.json(&["stats"])["articles"], 1);
}

#[test]
fn the_seed_articles_make_a_sound_graph() {
    let place = Place::new();
    let seeds = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds/articles");
    let count =
        fs::read_dir(&seeds).unwrap().filter(|f| f.as_ref().unwrap().path().extension().is_some_and(|e| e == "txt"));
    let count = count.count();
    place.entente(&["build", seeds.to_str().unwrap()]).assert().code(0);
    let stats = place.json(&["stats"]);
    assert_eq!(stats["articles"], count);
    assert!(stats["merged"].as_u64().unwrap() >= 15, "{stats}");
    place.entente(&["check"]).assert().code(0).stderr(contains("0 violation(s)"));
    // One signing told by two papers is one event; what was planned and held is one too.
    let story = place.json(&["explain", "1987-12-10-inf-treaty-moscow-view"]);
    let events = story["events"].as_array().unwrap();
    let merged = |word: &str| {
        events.iter().any(|e| e["event"]["kind"] == word && e["event"]["articles"].as_array().unwrap().len() > 1)
    };
    assert!(merged("agreement") && merged("encounter"), "{story}");
}

#[test]
fn a_place_that_is_no_store_is_refused_and_left_alone() {
    let place = Place::new();
    place.write("one", SIGNED);
    let news = place.path("news");
    let (file, news) = (place.path("news/one.txt"), news.to_str().unwrap());
    for store in [Path::new(news), &file] {
        for args in [&["build", news][..], &["stats"], &["forget", "one"], &["check"]] {
            entente(store, args)
                .assert()
                .code(2)
                .stderr(contains("is no store of entente"))
                .stderr(contains("hint: name another place with --store"));
        }
    }
    assert_eq!(fs::read_dir(place.path("news")).unwrap().count(), 1);
    assert_eq!(fs::read_to_string(file).unwrap(), SIGNED);
}

#[test]
fn a_store_that_is_missing_is_told_with_the_way_out() {
    let place = Place::new();
    for args in [&["stats"][..], &["check"], &["explain", "x"], &["forget", "x"]] {
        place.entente(args).assert().code(2).stderr(contains("there is no store at")).stderr(contains("entente build"));
        assert!(!place.path("graph.store").exists());
    }
}

#[test]
fn a_build_without_an_article_makes_no_store_and_keeps_the_one_there() {
    let place = Place::new();
    let (news, nowhere) = (place.path("news"), place.path("nowhere"));
    let (news, nowhere) = (news.to_str().unwrap(), nowhere.to_str().unwrap());
    for input in [news, nowhere, "-"] {
        place.entente(&["build", input]).write_stdin("").assert().failure();
        assert!(!place.path("graph.store").exists(), "{input}");
    }
    fs::create_dir(place.path("graph.store")).unwrap();
    place.entente(&["build", nowhere]).assert().code(2);
    assert_eq!(fs::read_dir(place.path("graph.store")).unwrap().count(), 0);
    place.write("one", SIGNED);
    place.build().code(0);
    place.entente(&["build", nowhere]).assert().code(2);
    assert_eq!(place.json(&["stats"])["articles"], 1);
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    let place = Place::new();
    // Enough rows that no buffer takes the answer whole.
    let line = |i| format!("{{\"id\":\"a{i}\",\"text\":\"Peru condemned Chile on Wednesday.\"}}\n");
    fs::write(place.path("news/many.jsonl"), (0..300).map(line).collect::<String>()).unwrap();
    place.build().code(0);
    let all = place.path("all.rq");
    fs::write(&all, "SELECT * WHERE { GRAPH ?g { ?s ?p ?o } }").unwrap();
    let all = all.to_str().unwrap();
    for args in [
        &["export", "--format", "trig"][..],
        &["export", "--format", "nquads"],
        &["export", "--format", "jsonld"],
        &["query", all],
        &["query", all, "--format", "csv"],
        &["query", all, "--format", "json"],
        &["query", all, "--format", "markdown"],
    ] {
        let mut child = std::process::Command::new(env!("CARGO_BIN_EXE_entente"))
            .args(args)
            .env("ENTENTE_STORE", place.path("graph.store"))
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::with_capacity(16, child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        assert!(!line.is_empty());
        let output = child.wait_with_output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!((output.status.code(), &*said), (Some(0), ""), "{args:?}");
    }
}

#[test]
fn a_store_in_use_is_told_before_anything_is_read() {
    let place = Place::new();
    place.write("one", SIGNED);
    place.build().code(0);
    let marker = fs::File::open(place.path("graph.store/STORE")).unwrap();
    // Another reader: reading goes on, writing does not.
    marker.lock_shared().unwrap();
    place.entente(&["stats"]).assert().code(0);
    let in_use = "is in use by another program";
    place.build().code(2).stderr(contains(in_use)).stderr(contains("hint: wait until it has ended"));
    marker.unlock().unwrap();
    marker.lock().unwrap();
    for args in [&["stats"][..], &["forget", "one"]] {
        place.entente(args).assert().code(2).stderr(contains(in_use));
    }
    marker.unlock().unwrap();
    place.build().code(0);
}

/// The disk is full while the graph is written. (RocksDB keeps its own files; there the write fails in the same way.)
#[cfg(all(target_os = "linux", not(feature = "persist")))]
#[test]
fn a_full_disk_is_told_and_leaves_the_store_as_it_was() {
    let place = Place::new();
    place.write("one", SIGNED);
    place.build().code(0);
    let graph = place.path("graph.store/graph.nq");
    let before = fs::read(&graph).unwrap();
    std::os::unix::fs::symlink("/dev/full", place.path("graph.store/graph.new")).unwrap();
    place.write("three", CONDEMNED);
    place.build().code(2).stderr(contains("the disk is full")).stderr(contains("hint: make room"));
    assert_eq!(fs::read(&graph).unwrap(), before);
    place.build().code(0);
    assert_eq!(place.json(&["stats"])["articles"], 2);
}
