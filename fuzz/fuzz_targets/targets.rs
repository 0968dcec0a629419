//! What untrusted bytes go through, each as a function that panics where a promise is broken. The programs beside it
//! give them to libFuzzer, and `tests/hostile.rs` gives them bytes of its own in every run of the tests.
//!
//! The first byte chooses where there is a choice, so that one target reaches every branch.

use entente::article::{Article, Given, ReadOptions, read_stream};
use entente::facts::Extractor;
use entente::graph::backup::{self, Derived, Source};
use entente::knowledge::lexicon::Lexicon;
use entente::knowledge::{Acts, Gazetteer, Sectors};
use entente::query::{Catalogue, Question};
use entente::server::{Settings, serve};
use std::io::{Cursor, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::sync::{LazyLock, mpsc};
use std::time::Duration;

/// What a file of each format is called.
pub(crate) const NAMES: [&str; 7] = ["a.txt", "a.html", "a.json", "a.jsonl", "a.xml", "a.warc", "a"];

pub(crate) static EXTRACTOR: LazyLock<Extractor> = LazyLock::new(|| Extractor::builtin().unwrap());
static QUESTIONS: LazyLock<Vec<Question>> = LazyLock::new(|| Catalogue::all(&EXTRACTOR.knowledge().gazetteer).unwrap());

fn options() -> ReadOptions {
    ReadOptions { any_language: true, max_bytes: 1 << 20 }
}

/// Articles of a stream of this name, each as promised; errors that tell something.
fn read(name: &str, bytes: Vec<u8>) -> Vec<Article> {
    let mut articles = Vec::new();
    for item in read_stream(name, Cursor::new(bytes), options()) {
        match item {
            Ok(article) => {
                assert!(!article.text.contains(['\r', '\0']));
                let headline = article.title_span.map(|span| span.of(&article.text));
                assert!(headline.is_none_or(|line| !line.trim().is_empty()));
                articles.push(article);
            }
            Err(error) => assert!(!error.to_string().is_empty() && !error.hint().is_empty()),
        }
    }
    articles
}

/// Every reader: text, HTML, JSON, JSON Lines, RSS and Atom, WARC, and a file whose name tells nothing.
pub(crate) fn reader(bytes: &[u8]) {
    let Some((choice, rest)) = bytes.split_first() else { return };
    read(NAMES[usize::from(*choice) % NAMES.len()], rest.to_vec());
}

/// What is compressed, and what only says so.
pub(crate) fn packed(bytes: &[u8]) {
    let Some((choice, rest)) = bytes.split_first() else { return };
    let name = NAMES[usize::from(*choice >> 3) % NAMES.len()];
    let gzip = || {
        let mut out = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        out.write_all(rest).and_then(|()| out.finish()).unwrap()
    };
    let xz = || {
        let mut out = liblzma::write::XzEncoder::new(Vec::new(), 0);
        out.write_all(rest).and_then(|()| out.finish()).unwrap()
    };
    let (ending, bytes) = match choice % 6 {
        0 => ("gz", gzip()),
        1 => ("xz", xz()),
        2 => ("zst", zstd::encode_all(rest, 1).unwrap()),
        3 => ("gz", rest.to_vec()),
        4 => ("xz", rest.to_vec()),
        _ => ("zst", rest.to_vec()),
    };
    read(&format!("{name}.{ending}"), bytes);
}

/// From the tokenizer to facts: every quote is the text at its offsets, and a second run says the same.
pub(crate) fn facts(bytes: &[u8]) {
    let Ok(article) = Given::default().read(bytes, false, options()) else { return };
    let facts = serde_json::to_value(EXTRACTOR.facts(&article)).unwrap();
    let scalars: Vec<char> = article.text.chars().collect();
    check_quotes(&facts, &scalars);
    assert_eq!(facts, serde_json::to_value(EXTRACTOR.facts(&article)).unwrap());
}

fn check_quotes(value: &serde_json::Value, text: &[char]) {
    if let (Some(start), Some(end), Some(quote)) =
        (value["start"].as_u64(), value["end"].as_u64(), value["quote"].as_str())
    {
        let found: String = text[start as usize..end as usize].iter().collect();
        assert_eq!(found, quote);
    }
    match value {
        serde_json::Value::Array(items) => items.iter().for_each(|item| check_quotes(item, text)),
        serde_json::Value::Object(fields) => fields.values().for_each(|field| check_quotes(field, text)),
        _ => {}
    }
}

/// A file of the lexicon.
pub(crate) fn lexicon(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    if let Err(error) = Lexicon::from_files([("own.toml", &*text)]) {
        assert!(!error.to_string().is_empty());
    }
}

/// An analyst's lists laid over the built-in ones: countries, leaders, organizations, places; sectors and acts in Turtle.
pub(crate) fn lists(bytes: &[u8]) {
    const FILES: [&str; 6] =
        ["countries.csv", "leaders.csv", "leaders-by-hand.csv", "organizations.csv", "places.csv", "traps.csv"];
    let Some((choice, rest)) = bytes.split_first() else { return };
    let text = String::from_utf8_lossy(rest);
    match usize::from(*choice) % (FILES.len() + 2) {
        6 => _ = Sectors::default().add("sectors.ttl", &text),
        7 => _ = Acts::from_turtle("acts.ttl", &text),
        at => {
            let dir = tempfile::tempdir().unwrap();
            std::fs::write(dir.path().join(FILES[at]), &*text).unwrap();
            if let Err(error) = Gazetteer::with_overlay(dir.path()) {
                assert!(!error.to_string().is_empty());
            }
        }
    }
}

/// A value of each parameter of a named question, and a question of one's own.
pub(crate) fn question(bytes: &[u8]) {
    let Some((choice, rest)) = bytes.split_first() else { return };
    let (value, gazetteer) = (String::from_utf8_lossy(rest), &EXTRACTOR.knowledge().gazetteer);
    let _ = Question::parse("own", "own.rq", &value, gazetteer);
    let question = &QUESTIONS[usize::from(*choice) % QUESTIONS.len()];
    for parameter in &question.header.parameters {
        if let Err(error) = question.prepare(&[(parameter.name.clone(), value.to_string())], gazetteer) {
            assert!(!error.to_string().is_empty());
        }
    }
}

/// A file that is said to be a backup: a store of it or nothing.
pub(crate) fn restore(bytes: &[u8]) {
    let Some((choice, rest)) = bytes.split_first() else { return };
    let dir = tempfile::tempdir().unwrap();
    let place = dir.path().join("a.store");
    let packed = if choice % 2 == 0 { zstd::encode_all(rest, 1).unwrap() } else { rest.to_vec() };
    let restored = backup::restore(Source::File(&mut &*packed), &place, Derived::AsTheyAre);
    assert_eq!(restored.is_ok(), place.exists());
    assert!(restored.is_ok() || std::fs::read_dir(dir.path()).unwrap().next().is_none());
}

/// A server in this process that only reads, of a store with one article.
static SERVER: LazyLock<(SocketAddr, tempfile::TempDir)> = LazyLock::new(|| {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("a.store");
    let extractor = Extractor::builtin().unwrap();
    let text = "The prime ministers of Norway and Sweden met in Oslo on Monday and signed an agreement.";
    let article = Given::default().read(text.as_bytes(), false, options()).unwrap();
    let mut store = entente::graph::Store::open(&path).unwrap();
    store.refer(extractor.knowledge()).unwrap();
    store.add(&extractor.facts(&article), &entente::graph::RunInfo::new(extractor.knowledge(), "")).unwrap();
    store.settle().unwrap();
    store.flush().unwrap();
    drop(store);
    let settings = Settings {
        store: path,
        address: ([127, 0, 0, 1], 0).into(),
        hosts: Vec::new(),
        token: None,
        query_time: Duration::from_secs(2),
        answer_bytes: 1 << 20,
        body_bytes: 1 << 16,
        patience: Duration::from_secs(2),
    };
    let (tell, told) = mpsc::channel();
    std::thread::spawn(move || serve(settings, extractor, move |address| tell.send(address).unwrap()).unwrap());
    (told.recv().unwrap(), dir)
});

/// What the server answers to these bytes; it must end the connection, at the latest when it is told that they are all.
fn answer(request: &[u8], is_all: bool) -> Vec<u8> {
    let mut stream = TcpStream::connect(SERVER.0).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
    // It may have seen enough before all is sent.
    let _ = stream.write_all(request);
    if is_all {
        let _ = stream.shutdown(std::net::Shutdown::Write);
    }
    let mut answer = Vec::new();
    match stream.read_to_end(&mut answer) {
        Err(error) if error.kind() == std::io::ErrorKind::WouldBlock => panic!("no answer in time"),
        _ => answer,
    }
}

/// A request to the API, the SPARQL endpoint or the explorer, or bytes that are none: no fault of the server's own, and it goes on.
pub(crate) fn http(bytes: &[u8]) {
    let Some((choice, rest)) = bytes.split_first() else { return };
    let host = SERVER.0;
    let text = String::from_utf8_lossy(rest).replace(['\r', '\n', ' ', '\0'], "+");
    let request = match choice % 5 {
        0 => rest.to_vec(),
        1 => format!("GET /{text} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n").into_bytes(),
        2 => format!("GET /api/v1/{text} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n").into_bytes(),
        3 => format!("GET /sparql?query={text} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n").into_bytes(),
        _ => {
            let head = "Content-Type: application/sparql-query\r\nConnection: close\r\n";
            let head = format!("POST /sparql HTTP/1.1\r\nHost: {host}\r\n{head}Content-Length: {}\r\n\r\n", rest.len());
            [head.as_bytes(), rest].concat()
        }
    };
    let told = answer(&request, choice % 5 == 0);
    assert!(!told.starts_with(b"HTTP/1.1 500"), "{}", String::from_utf8_lossy(&told));
}
