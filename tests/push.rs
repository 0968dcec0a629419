//! `entente push` against a store of another make (rdflib behind HTTP), through faults and changes.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod python;

use assert_cmd::Command;
use python::{engine, python};
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Stdio};
use tempfile::TempDir;

/// The other store.
struct Server {
    child: Child,
    port: u16,
}

impl Server {
    /// With a fault for each of the first requests; nothing where there is no rdflib.
    fn start(faults: &[&str]) -> Option<Self> {
        let python = python("rdflib")?;
        let mut command = std::process::Command::new(python);
        let mut child = command.arg(engine("rdflib_server.py")).args(faults).stdout(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        Some(Self { child, port: line.trim().parse().unwrap() })
    }

    fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}/{path}", self.port)
    }

    fn get(&self, path: &str) -> String {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        write!(stream, "GET /{path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer.split_once("\r\n\r\n").unwrap().1.to_owned()
    }

    /// Its quads as canonical N-Quads of the graphs that were pushed.
    fn quads(&self) -> Vec<String> {
        self.get("quads").lines().map(str::to_owned).collect()
    }

    fn requests(&self) -> usize {
        self.get("log").lines().count()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

const ARTICLES: [(&str, &str); 3] = [
    ("lima", "# date: 2024-05-08\nJapan and Peru signed a fisheries treaty in Lima on Monday."),
    (
        "oslo",
        "# date: 2024-05-09\nThe prime ministers of Norway and Sweden met in Oslo on Tuesday. They spoke of \"C:\\users\" and \\u0041.",
    ),
    ("cairo", "# date: 2024-05-10\nEgypt and Oman signed an agreement on ports — “Порт” — on Thursday."),
];

fn entente(dir: &Path, args: &[&str]) -> Command {
    let mut command = Command::cargo_bin("entente").unwrap();
    command.current_dir(dir).env_remove("ENTENTE_STORE").args(args);
    command.env("ENTENTE_PUSH_USER", "ada").env("ENTENTE_PUSH_PASSWORD", "secret");
    command
}

fn built() -> TempDir {
    let dir = TempDir::new().unwrap();
    for (name, text) in ARTICLES {
        std::fs::write(dir.path().join(format!("{name}.txt")), text).unwrap();
    }
    entente(dir.path(), &["build", "lima.txt", "oslo.txt", "cairo.txt"]).assert().success();
    dir
}

/// The store's quads of these graphs, in canonical form.
fn quads(dir: &Path, graphs: &[&str]) -> Vec<String> {
    let output = entente(dir, &["export", "--format", "nquads"]).output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    let of =
        |line: &&str| graphs.iter().any(|graph| line.contains(&format!("<https://w3id.org/entente/graph/{graph}")));
    text.lines().filter(of).map(str::to_owned).collect()
}

/// rdflib writes the days' offset `Z` as `+00:00`: the same time.
fn same_times(quads: Vec<String>) -> Vec<String> {
    quads.into_iter().map(|quad| quad.replace("+00:00\"^^", "Z\"^^")).collect()
}

const SOME: [&str; 4] = ["article", "events", "ties", "runs"];

fn push(dir: &Path, url: &str, more: &[&str]) -> assert_cmd::assert::Assert {
    let chosen = SOME.iter().flat_map(|graph| ["--graph", graph]);
    let args: Vec<&str> =
        ["push", url, "--batch", "40"].into_iter().chain(chosen).chain(more.iter().copied()).collect();
    entente(dir, &args).assert()
}

#[test]
fn the_other_store_has_the_same_quads_whatever_happens_on_the_way() {
    for (path, protocol) in [("update", "update"), ("data", "graph-store")] {
        let faults = ["ok", "503", "lost", "ok", "lost"];
        let Some(server) = Server::start(&faults) else { return };
        let dir = built();
        let pushed = push(dir.path(), &server.url(path), &["--protocol", protocol]).success();
        let told = String::from_utf8(pushed.get_output().stderr.clone()).unwrap();
        assert!(told.contains("503 Service Unavailable: busy; sent again in 0 s"), "{told}");
        let mine = quads(dir.path(), &SOME);
        assert!(mine.len() > 150 && mine.iter().any(|line| line.contains("\\\\u0041")), "{mine:#?}");
        assert_eq!(same_times(server.quads()), same_times(mine), "{protocol}");

        // Nothing changed, so nothing is sent.
        let requests = server.requests();
        push(dir.path(), &server.url(path), &["--protocol", protocol]).success();
        assert_eq!(server.requests(), requests);

        // An article goes, and with it its graph, its events and ties.
        entente(dir.path(), &["forget", "oslo"]).assert().success();
        push(dir.path(), &server.url(path), &["--protocol", protocol]).success();
        assert_eq!(same_times(server.quads()), same_times(quads(dir.path(), &SOME)), "{protocol}");
        assert!(server.requests() > requests);

        // Sent again, what the other store has of an article that went meanwhile goes too.
        entente(dir.path(), &["forget", "cairo"]).assert().success();
        push(dir.path(), &server.url(path), &["--protocol", protocol, "--again"]).success();
        assert_eq!(same_times(server.quads()), same_times(quads(dir.path(), &SOME)), "{protocol}");
    }
}

#[test]
fn a_push_that_broke_off_goes_on() {
    let Some(server) = Server::start(&["ok", "ok", "503", "503"]) else { return };
    let dir = built();
    let broken = push(dir.path(), &server.url("update"), &["--retries", "1"]).code(2);
    let told = String::from_utf8(broken.get_output().stderr.clone()).unwrap();
    for words in ["does not take the graph (2 attempts)", "503 Service Unavailable: busy", "goes on from there"] {
        assert!(told.contains(words), "{told}");
    }
    assert_eq!(server.requests(), 4);
    push(dir.path(), &server.url("update"), &[]).success();
    let all = quads(dir.path(), &SOME);
    assert_eq!(same_times(server.quads()), same_times(all));
    // Two batches had arrived and were not sent again.
    let sizes: Vec<usize> =
        server.get("log").lines().map(|line| line.rsplit(' ').next().unwrap().parse().unwrap()).collect();
    assert!(!sizes[4..].contains(&sizes[0]) && sizes[4] == sizes[2], "{sizes:?}");
}

#[test]
fn what_cannot_be_pushed_is_told_with_the_way_out() {
    let dir = built();
    let told = |url: &str, args: &[&str]| {
        let refused = push(dir.path(), url, args).code(2);
        String::from_utf8(refused.get_output().stderr.clone()).unwrap()
    };
    assert!(told("ftp://localhost/", &[]).contains("write it whole: http://"));
    let nobody = told("http://127.0.0.1:9/update", &["--retries", "0"]);
    assert!(nobody.contains("127.0.0.1:9") && nobody.contains("refused"), "{nobody}");
    let Some(server) = Server::start(&[]) else { return };
    let wrong = told(&server.url("update"), &["--password", "wrong"]);
    assert!(wrong.contains("401") && wrong.contains("ENTENTE_PUSH_USER"), "{wrong}");
    let query = told(&server.url("sparql"), &[]);
    assert!(query.contains("404") && query.contains("the address for updates"), "{query}");
    entente(dir.path(), &["push", &server.url("update"), "--store", "none"]).assert().code(2);
    assert!(!dir.path().join("none").exists());
}

#[test]
fn the_address_is_told_without_its_secrets() {
    let Some(server) = Server::start(&[]) else { return };
    let dir = built();
    let url = server.url("update?apikey=abcdef").replace("http://", "http://ada:secret@");
    let mut command = entente(dir.path(), &["push", &url, "--graph", "ties"]);
    let pushed = command.env_remove("ENTENTE_PUSH_USER").env_remove("ENTENTE_PUSH_PASSWORD").assert().success();
    let told = String::from_utf8(pushed.get_output().stderr.clone()).unwrap();
    assert!(told.contains(&format!("to {}; ", server.url("update?apikey=…"))), "{told}");
    assert!(!told.contains("secret") && !told.contains("abcdef"), "{told}");
}

#[test]
fn a_password_without_a_user_is_told_and_not_sent() {
    let dir = built();
    let mut command = entente(dir.path(), &["push", "http://127.0.0.1:9/", "--retries", "0"]);
    let pushed = command.env_remove("ENTENTE_PUSH_USER").assert().code(2);
    let told = String::from_utf8(pushed.get_output().stderr.clone()).unwrap();
    assert!(told.contains("the password is not sent") && told.contains("refused"), "{told}");
}
