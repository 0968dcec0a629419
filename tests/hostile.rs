//! The paths of untrusted bytes (`fuzz/fuzz_targets/targets.rs`), with bytes of every run: any at all, any after an opening that gets them
//! further in, and good ones that were damaged somewhere. docs/fuzzing.md tells how to look longer. And inputs that somebody may write
//! on purpose: too long, too deep, too many, dates that are none, names that only look like names.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "../fuzz/fuzz_targets/targets.rs"]
mod targets;

use entente::article::{Cause, Given, ReadOptions, read_stream};
use entente::facts::Facts;
use proptest::collection::vec;
use proptest::prelude::{any, prop_oneof};
use proptest::sample::{Index, select};
use proptest::strategy::{Just, Strategy};
use proptest::test_runner::{Config, TestRunner};
use std::io::Read;
use std::time::{Duration, Instant};

/// The target holds for bytes of this kind: a choice, and what follows.
#[track_caller]
fn check(cases: u32, openings: &'static [&'static str], target: fn(&[u8])) {
    let mut runner = TestRunner::new(Config { cases, failure_persistence: None, ..Config::default() });
    let strategy = (any::<u8>(), hostile(openings)).prop_map(|(choice, rest)| [vec![choice], rest].concat());
    let run = |bytes: Vec<u8>| {
        target(&bytes);
        Ok(())
    };
    runner.run(&strategy, run).unwrap();
}

fn hostile(openings: &'static [&'static str]) -> impl Strategy<Value = Vec<u8>> {
    let opened =
        (select(openings), vec(any::<u8>(), 0..200)).prop_map(|(opening, rest)| [opening.as_bytes(), &rest].concat());
    let damaged = (select(openings), vec((any::<Index>(), any::<u8>()), 1..4)).prop_map(|(opening, harms)| {
        let mut bytes = opening.as_bytes().to_vec();
        for (at, byte) in harms {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        bytes
    });
    prop_oneof![
        vec(any::<u8>(), 0..300),
        opened,
        damaged,
        select(openings).prop_flat_map(|o| Just(o.repeat(40).into_bytes()))
    ]
}

const ARTICLES: &[&str] = &[
    "# date: 2024-05-06\n\nKenya and Oman sign pact\n\nKenya and Oman signed an agreement on fisheries in Muscat on Monday.\n",
    "<html><head><title>Oslo</title><meta charset=\"latin1\"></head><body><article><p>Norway met Sweden.</p></article></body></html>",
    "{\"id\":\"a\",\"title\":\"Oslo\",\"text\":\"Norway met Sweden.\",\"published\":\"2024-05-06\"}\n",
    "<rss version=\"2.0\"><channel><item><title>Oslo</title><description>Norway met Sweden.</description></item></channel></rss>",
    "<feed xmlns=\"http://www.w3.org/2005/Atom\"><entry><title>Oslo</title><content>Norway met Sweden.</content></entry></feed>",
    "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://x.org/\r\nContent-Length: 60\r\n\r\nHTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>Norway</p>\r\n\r\n",
    "<div>",
    "[",
    "\u{feff}",
    "\u{202e}Ρеru and Сhile signed an agreement.",
];

#[test]
fn readers() {
    check(400, ARTICLES, targets::reader);
}

#[test]
fn compressed_files() {
    check(200, ARTICLES, targets::packed);
}

#[test]
fn texts_to_facts() {
    let texts = &[
        "Kenya and Oman signed an agreement on fisheries in Muscat on Monday.",
        "President Lawrence Wong met Lee Jae-myung in Seoul on 31 February 2025; they agreed to \u{201c}talk\u{201d}.",
        "Peru, Chile, Peru, Chile and Peru condemned Chile. ",
        "U.S. ",
        "e\u{301}\u{200d}\u{1f1f0}\u{1f1f7}. ",
        "\n\n",
    ];
    check(150, texts, targets::facts);
}

#[test]
fn files_of_the_lexicon() {
    let files = &[
        "[[frame]]\nname = \"sign\"\nverbs = [\"sign\"]\n",
        "[[act]]\n",
        "name = \"\"\"",
        "a.b.c = 1\n",
        include_str!("../ontology/lexicon/encounters.toml"),
    ];
    check(100, files, targets::lexicon);
}

#[test]
fn lists_of_names() {
    let files = &[
        "id,name,from,to\nKEN,Kenya,1963,\n",
        "id;name\n",
        "\"",
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> . <urn:a> a skos:Concept ; skos:prefLabel \"a\"@en .",
    ];
    check(60, files, targets::lists);
}

#[test]
fn values_of_parameters() {
    let values = &[
        "Kenya",
        "2024-13-45",
        "KOR",
        "\" } # ",
        "any",
        "# Title\n# column: a\nSELECT ?a WHERE { ?a ?b ?c }",
        "\\u0022",
    ];
    check(100, values, targets::question);
}

#[test]
fn backups() {
    check(100, &["{\"kind\":\"entente backup\"}", "\u{28}\u{b5}", "backup.json\0\0\0"], targets::restore);
}

#[test]
fn requests() {
    let requests = &[
        "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
        "countries",
        "events?country=KEN&limit=99999999999999999999&offset=-1",
        "dyads/KEN-OMN?since=0000-00-00",
        "SELECT ?a WHERE { ?a ?b ?c } LIMIT 3",
        "articles/%ff%fe",
        "search?q=%00",
        "POST /sparql HTTP/1.1\r\nContent-Length: 99999999999999999999\r\n\r\n",
    ];
    check(60, requests, targets::http);
}

/// The facts of a text of that day.
fn facts(text: &str) -> Facts {
    let given = Given { published: "2024-05-08".parse().ok(), ..Given::default() };
    targets::EXTRACTOR.facts(&given.read(text.as_bytes(), false, ReadOptions::default()).unwrap())
}

#[test]
fn of_a_hundred_megabytes_no_more_is_read_than_the_limit() {
    /// Bytes that are left, and bytes that nobody may ask for.
    struct Endless(usize, usize);
    impl Read for Endless {
        fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
            let line = b"They met in Oslo on Monday. ";
            let length = buffer.len().min(self.0).min(line.len());
            buffer[..length].copy_from_slice(&line[..length]);
            self.0 -= length;
            assert!(self.0 >= self.1, "it was read on and on");
            Ok(length)
        }
    }
    for name in targets::NAMES {
        let options = ReadOptions::default();
        // In a file of many articles the end of the long one is looked for, and the next is read.
        let untouched = if matches!(name, "a.txt" | "a.html") { 70 << 20 } else { 0 };
        let errors: Vec<_> =
            read_stream(name, Endless(100 << 20, untouched), options).filter_map(Result::err).take(1).collect();
        // The others see before that it is nothing of theirs.
        let is_text = matches!(name, "a.txt" | "a.html" | "a");
        assert!(!is_text || errors.iter().all(|e| matches!(e.cause, Cause::TooLong { .. })), "{name}: {errors:?}");
        assert!(!errors.is_empty(), "{name}");
    }
}

#[test]
fn a_sentence_with_a_hundred_thousand_countries_takes_no_minute() {
    let names = ["Peru", "Chile", "Kenya", "Oman"].join(", ") + ", ";
    let text =
        format!("Big list\n\nLeaders of {}signed an agreement on trade in Lima on Monday.", names.repeat(25_000));
    let started = Instant::now();
    let facts = facts(&text);
    assert!(started.elapsed() < Duration::from_secs(60), "{:?}", started.elapsed());
    assert_eq!(facts.countries.len(), 4);
}

#[test]
fn a_text_as_long_as_a_book_is_read_up_to_a_bound_that_is_told() {
    let sentence = "Kenya and Oman signed an agreement on fisheries in Muscat on Monday. ";
    let text = sentence.repeat(entente::extract::reading::MOST_TOKENS / 4);
    let started = Instant::now();
    let facts = facts(&text);
    assert!(started.elapsed() < Duration::from_secs(60), "{:?}", started.elapsed());
    assert_eq!(facts.agreements.len(), 1);
    let told = facts.diagnostics.iter().find(|d| d.id == "read-in-part").unwrap();
    let [start, end] = told.span.unwrap();
    assert_eq!(end, text.trim_end().len());
    let tokens = sentence.split(' ').count();
    let read = entente::extract::reading::MOST_TOKENS / tokens * sentence.len();
    assert!(start.abs_diff(read) < sentence.len(), "{start} {read}");
}

#[test]
fn dates_that_are_none_become_no_dates() {
    for day in [
        "31 February 2024",
        "2024-13-45",
        "0000-00-00",
        "99/99/9999",
        "May 99",
        "30/30/30",
        "the 32nd of May",
        "-1-1-1",
    ] {
        let facts =
            facts(&format!("Oslo\n\nThe prime ministers of Norway and Sweden signed an agreement in Oslo on {day}."));
        let dates = facts.agreements.iter().filter_map(|a| a.date.as_deref());
        for date in dates.chain(facts.encounters.iter().filter_map(|e| e.date.as_deref())) {
            assert!(entente::knowledge::PartialDate::parse(date).is_some(), "{day}: {date}");
            assert!(!date.contains("-02-3") && !date.starts_with('0') && !date.starts_with("99"), "{day}: {date}");
        }
        let line = serde_json::json!({"id": "a", "published": day, "text": "Norway met Sweden."}).to_string();
        for (name, file) in [("a.json", line), ("a.txt", format!("# date: {day}\n\nOslo\n\nNorway met Sweden."))] {
            for article in read_stream(name, std::io::Cursor::new(file), ReadOptions::default()).flatten() {
                // "30/30/30" is none either; "2024-13-45" may leave the year.
                assert!(article.published.is_none(), "{name} {day}: {:?}", article.published);
            }
        }
    }
}

/// "Сhina" with a Cyrillic letter is no China: what only looks like a name is none, and what stands beside it is read.
#[test]
fn names_that_only_look_like_names_are_none() {
    for (fake, code) in [
        ("\u{421}hile", "CHL"),
        ("\u{3a1}eru", "PER"),
        ("\u{41a}enya", "KEN"),
        ("Om\u{430}n", "OMN"),
        ("P\u{200b}eru", "PER"),
    ] {
        let facts =
            facts(&format!("Lima\n\nJapan and Laos signed an agreement with {fake} on Monday. {fake} condemned Fiji."));
        assert!(facts.countries.iter().all(|c| c.id != code), "{fake}");
        assert!(facts.countries.iter().any(|c| c.id == "JPN"), "{fake}");
        assert!(facts.acts.iter().all(|a| a.actor != code && a.recipient != code), "{fake}");
    }
}
