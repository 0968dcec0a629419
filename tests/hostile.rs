//! The paths of untrusted bytes (`fuzz/fuzz_targets/targets.rs`), with bytes of every run: any at all, any after an opening that gets them
//! further in, and good ones that were damaged somewhere. docs/fuzzing.md tells how to look longer.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "../fuzz/fuzz_targets/targets.rs"]
mod targets;

use proptest::collection::vec;
use proptest::prelude::{any, prop_oneof};
use proptest::sample::{Index, select};
use proptest::strategy::{Just, Strategy};
use proptest::test_runner::{Config, TestRunner};

/// The target holds for bytes of this kind: a choice, and what follows.
#[track_caller]
fn check(cases: u32, openings: &'static [&'static str], target: fn(&[u8])) {
    let mut runner = TestRunner::new(Config { cases, failure_persistence: None, ..Config::default() });
    let strategy = (any::<u8>(), hostile(openings)).prop_map(|(choice, rest)| [vec![choice], rest].concat());
    runner.run(&strategy, |bytes| Ok(target(&bytes))).unwrap();
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
