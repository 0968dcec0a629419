//! Web archives: the pages that servers sent become articles, everything else is passed over, damage is told.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use entente::article::{Article, ReadError, ReadOptions, read_paths};
use entente::facts::Extractor;
use std::fs;
use std::io::Write as _;

const PARAGRAPH: &str = "The foreign ministers of Kenya and Oman met in Nairobi, where they signed an agreement on fisheries, \
    shipping and the training of coast guards, officials of both countries said after the talks.";

fn page(head: &str) -> String {
    let text = format!("<p>{PARAGRAPH}</p>").repeat(3);
    format!(
        "<html><head><title>Kenya and Oman sign pact</title>{head}</head><body><article>{text}</article></body></html>"
    )
}

/// One record, as crawlers write them.
fn record(kind: &str, target: &str, block: &[u8]) -> Vec<u8> {
    let mut out = format!(
        "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {target}\r\nWARC-Date: 2024-05-07T08:09:10Z\r\n\
         WARC-Record-ID: <urn:uuid:1>\r\nContent-Type: application/http;msgtype={kind}\r\nContent-Length: {}\r\n\r\n",
        block.len()
    )
    .into_bytes();
    out.extend_from_slice(block);
    out.extend_from_slice(b"\r\n\r\n");
    out
}

fn response(target: &str, status: &str, fields: &str, body: &[u8]) -> Vec<u8> {
    let mut block = format!("HTTP/1.1 {status}\r\n{fields}\r\n\r\n").into_bytes();
    block.extend_from_slice(body);
    record("response", target, &block)
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn chunked(body: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    for chunk in body.chunks(100) {
        out.extend(format!("{:x}\r\n", chunk.len()).into_bytes());
        out.extend_from_slice(chunk);
        out.extend_from_slice(b"\r\n");
    }
    out.extend_from_slice(b"0\r\n\r\n");
    out
}

/// A crawl of a few addresses: notes, requests, pictures, errors, and the pages 3, 7, 8, 9 and 10.
fn crawl() -> Vec<Vec<u8>> {
    let html = "Content-Type: text/html; charset=UTF-8";
    let plain = page("");
    let dated = page("<meta property='article:published_time' content='2024-05-06T08:00:00Z'>");
    let (legacy, _, _) = encoding_rs::WINDOWS_1252.encode("<html><body><p>");
    let legacy = [&legacy[..], &encoding_rs::WINDOWS_1252.encode(&plain.replace("Nairobi", "Bogotá")).0].concat();
    vec![
        record("warcinfo", "", b"software: a crawler\r\n"),
        record("request", "https://d.example/a", b"GET /a HTTP/1.1\r\n\r\n"),
        response("https://www.d.example/a", "200 OK", html, dated.as_bytes()),
        response("https://d.example/pic.png", "200 OK", "Content-Type: image/png", &[0x89; 300_000]),
        response("https://d.example/gone", "404 Not Found", html, plain.as_bytes()),
        record("metadata", "https://d.example/a", b"fetchTimeMs: 12"),
        response(
            "https://d.example/b",
            "200 OK",
            &format!("{html}\r\nTransfer-Encoding: chunked"),
            &chunked(plain.as_bytes()),
        ),
        response(
            "https://d.example/c",
            "200 OK",
            &format!("{html}\r\nContent-Encoding: gzip"),
            &gzip(plain.as_bytes()),
        ),
        response("https://d.example/d", "200 OK", &format!("{html}\r\nContent-Encoding: gzip"), plain.as_bytes()),
        response("https://d.example/e", "200 OK", "Content-Type: text/html; charset=windows-1252", &legacy),
    ]
}

fn read(name: &str, bytes: &[u8], max_bytes: usize) -> Vec<Result<Article, ReadError>> {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join(name);
    fs::write(&path, bytes).unwrap();
    read_paths(&[path], ReadOptions { max_bytes, ..ReadOptions::default() }).collect()
}

/// The ids of the articles and the kinds of the errors.
#[track_caller]
fn check(name: &str, bytes: &[u8], max_bytes: usize, expected: &[&str]) {
    let got: Vec<String> = read(name, bytes, max_bytes)
        .into_iter()
        .map(|item| item.map_or_else(|error| format!("!{}", error.kind()), |article| article.id))
        .collect();
    assert_eq!(got, expected);
}

const ALL: usize = 16 << 20;

#[test]
fn the_pages_of_an_archive_are_articles_however_it_is_compressed() {
    let expected = ["c#3", "c#7", "c#8", "c#9", "c#10"];
    let records = crawl();
    let plain = records.concat();
    check("c.warc", &plain, ALL, &expected);
    check("c.warc.gz", &records.iter().flat_map(|r| gzip(r)).collect::<Vec<u8>>(), ALL, &expected);
    check("c.warc.gz", &gzip(&plain), ALL, &expected);
    let frames = records.iter().flat_map(|r| zstd::encode_all(&r[..], 3).unwrap()).collect::<Vec<u8>>();
    check("c.warc.zst", &frames, ALL, &expected);
    check("c", &plain, ALL, &expected);
}

#[test]
fn a_page_tells_its_address_and_the_day_of_its_fetch_where_it_has_no_other() {
    let articles: Vec<Article> = read("c.warc", &crawl().concat(), ALL).into_iter().map(Result::unwrap).collect();
    let told: Vec<_> = articles
        .iter()
        .map(|a| {
            (
                a.url.as_deref().unwrap(),
                a.source.as_deref().unwrap(),
                a.published.unwrap().to_string(),
                a.dated_by_fetch,
            )
        })
        .collect();
    assert_eq!(told[0], ("https://www.d.example/a", "d.example", "2024-05-06".to_owned(), false));
    assert_eq!(told[1], ("https://d.example/b", "d.example", "2024-05-07".to_owned(), true));
    for article in &articles {
        assert_eq!(article.text.matches("signed an agreement on fisheries").count(), 3, "{}", article.text);
    }
    assert!(articles[4].text.contains("Bogotá"));
    let extractor = Extractor::builtin().unwrap();
    let said = |a: &Article| extractor.facts(a).diagnostics.iter().any(|d| d.id == "fetch-date");
    assert_eq!((said(&articles[0]), said(&articles[1])), (false, true));
}

#[test]
fn a_page_beyond_the_limit_is_passed_over_and_what_follows_is_read() {
    let long = response(
        "https://d.example/long",
        "200 OK",
        "Content-Type: text/html",
        page(&"<b>".repeat(1 << 20)).as_bytes(),
    );
    let packed = response(
        "https://d.example/packed",
        "200 OK",
        "Content-Type: text/html\r\nContent-Encoding: gzip",
        &gzip(&vec![b' '; 8 << 20]),
    );
    let records = crawl();
    check("c.warc", &[&long[..], &packed, &records[2]].concat(), 1 << 20, &["!too-long", "!packed-page", "c#3"]);
}

#[test]
fn damage_is_told_after_what_was_whole() {
    let records = crawl();
    let two = [&records[2][..], &records[6]].concat();
    check("c.warc", &two[..two.len() - 200], ALL, &["c#1", "!bad-warc"]);
    check("c.warc", &two[..records[2].len() + 60], ALL, &["c#1", "!bad-warc"]);
    check("c.warc", &[&records[2][..], b"something else\r\n"].concat(), ALL, &["c#1", "!bad-warc"]);
    check("c.warc", b"WARC/1.0\r\nWARC-Type: response\r\n\r\n", ALL, &["!bad-warc"]);
    let packed = [gzip(&records[2]), gzip(&records[6])].concat();
    // Known gap: of short compressed files the whole page before the damage is lost as well (`c#1` should come first), because
    // the decompressor reads ahead into the damaged member.
    check("c.warc.gz", &packed[..packed.len() - 20], ALL, &["!damaged-compression"]);
    check("c.warc", &[&records[0][..], &records[3]].concat(), ALL, &["!no-page"]);
}

proptest::proptest! {
    #![proptest_config(proptest::test_runner::Config { failure_persistence: None, cases: 64, ..Default::default() })]

    #[test]
    fn an_archive_damaged_anywhere_ends(at in 0usize..3000, byte in proptest::prelude::any::<u8>()) {
        let mut bytes = [crawl()[0].clone(), crawl()[2].clone(), crawl()[6].clone()].concat();
        let at = at % bytes.len();
        bytes[at] = byte;
        let items = read("c.warc", &bytes, ALL);
        proptest::prop_assert!((1..=3).contains(&items.len()));
        for error in items.into_iter().filter_map(Result::err) {
            proptest::prop_assert!(!error.to_string().is_empty() && !error.hint().is_empty());
        }
    }
}
