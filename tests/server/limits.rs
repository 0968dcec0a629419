//! Time, size, change and end.

use super::client::{encode, get, send};
use super::world::{Server, build, own_store, seeds};
use std::time::{Duration, Instant};

/// More rows than anybody can wait for.
const ENDLESS: &str = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }";

fn ask(query: &str) -> String {
    format!("/sparql?query={}", encode(query))
}

#[test]
fn a_query_that_takes_too_long_is_stopped() {
    let (_folder, store) = own_store();
    let server = Server::start(&store, &["--query-seconds", "1"]);
    let begun = Instant::now();
    let answer = get(&server.address, &ask(ENDLESS));
    assert_eq!(answer.status, 503, "{}", answer.text());
    assert!(answer.json()["detail"].as_str().unwrap().contains("1 second"), "{}", answer.text());
    assert!(begun.elapsed() < Duration::from_secs(30), "{:?}", begun.elapsed());
    // Rows had come already: the answer breaks off, and does not look complete.
    for accept in
        ["application/sparql-results+json", "text/csv", "text/tab-separated-values", "application/sparql-results+xml"]
    {
        let query = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }";
        let answer = send(&server.address, "GET", &ask(query), &[("Accept", accept)], b"");
        assert!(answer.status == 503 || !answer.complete, "{accept}: {} {} bytes", answer.status, answer.body.len());
    }
    let triples = get(&server.address, &ask("CONSTRUCT { ?a ?b ?f } { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"));
    assert!(triples.status == 503 || !triples.complete);
    assert_eq!(get(&server.address, &ask("ASK { ?s ?p ?o }")).json()["boolean"], true);
}

#[test]
fn an_answer_that_is_too_big_is_cut() {
    let (_folder, store) = own_store();
    let server = Server::start(&store, &["--answer-mb", "1"]);
    let answer = get(&server.address, &ask("SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 1000000"));
    assert!(!answer.complete && answer.body.len() <= 1 << 20, "{} {}", answer.complete, answer.body.len());
    let whole = get(&server.address, "/store?default");
    assert!(!whole.complete && whole.body.len() <= 1 << 20, "{} {}", whole.complete, whole.body.len());
    let fits = get(&server.address, &ask("SELECT * { ?a ?b ?c } LIMIT 10"));
    assert!(fits.complete && fits.status == 200);
}

#[test]
fn many_long_queries_leave_room_for_the_explorer() {
    let (_folder, store) = own_store();
    let server = Server::start(&store, &["--query-seconds", "5"]);
    let address = server.address.clone();
    let clients: Vec<_> = (0..12)
        .map(|_| {
            let address = address.clone();
            std::thread::spawn(move || get(&address, &ask(ENDLESS)).status)
        })
        .collect();
    std::thread::sleep(Duration::from_millis(500));
    assert_eq!(get(&address, "/api/v1/overview").status, 200);
    for client in clients {
        assert_eq!(client.join().unwrap(), 503);
    }
    // Whoever was stopped gives its turn back: eight more, as many as there are turns, are answered.
    for _ in 0..8 {
        assert_eq!(get(&address, &ask("ASK { ?s ?p ?o }")).json()["boolean"], true);
    }
    assert_eq!(get(&address, "/api/v1/overview").status, 200);
}

#[test]
fn queries_that_read_nothing_give_their_turns_back() {
    let (_folder, store) = own_store();
    let server = Server::start(&store, &["--query-seconds", "2"]);
    // A product of blocks: no quad is read, and a filter of its own holds for no row.
    let block = |name: &str| {
        let rows: String = (0..300).map(|n| format!(" {n}")).collect();
        format!("VALUES ?{name} {{{rows} }}")
    };
    let blocks: String = ["a", "b", "c", "d", "e"].iter().map(|name| block(name)).collect();
    let endless = ask(&format!("SELECT * {{ {blocks} FILTER(?a + ?b + ?c + ?d + ?e < 0) }}"));
    let clients: Vec<_> = (0..10)
        .map(|_| {
            let (address, endless) = (server.address.clone(), endless.clone());
            std::thread::spawn(move || get(&address, &endless).status)
        })
        .collect();
    for client in clients {
        assert_eq!(client.join().unwrap(), 503);
    }
    let begun = Instant::now();
    for _ in 0..8 {
        assert_eq!(get(&server.address, &ask("ASK { ?s ?p ?o }")).json()["boolean"], true);
    }
    assert!(begun.elapsed() < Duration::from_secs(30), "{:?}", begun.elapsed());
}

#[test]
fn a_build_beside_the_server_is_seen_when_it_is_done() {
    let (_folder, store) = own_store();
    let server = Server::start(&store, &[]);
    let articles = || get(&server.address, "/api/v1/").json()["store"]["articles"].as_u64().unwrap();
    let before = articles();
    let more = seeds("2018");
    let builder = {
        let (store, more) = (store.clone(), more.clone());
        std::thread::spawn(move || build(&store, &more))
    };
    while !builder.is_finished() {
        let seen = articles();
        assert!(seen == before || seen == before + more.len() as u64, "a part of the build is seen: {seen}");
    }
    builder.join().unwrap();
    let begun = Instant::now();
    while articles() != before + more.len() as u64 {
        assert!(begun.elapsed() < Duration::from_secs(60), "the build is never seen");
        std::thread::sleep(Duration::from_millis(100));
    }
}

#[test]
#[cfg(unix)]
fn it_ends_in_order() {
    let (_folder, store) = own_store();
    let server = Server::start(&store, &["--query-seconds", "2"]);
    let address = server.address.clone();
    let running = std::thread::spawn(move || get(&address, &ask(ENDLESS)));
    std::thread::sleep(Duration::from_millis(500));
    server.interrupt();
    let begun = Instant::now();
    let answer = running.join().unwrap();
    assert_eq!(answer.status, 503, "the request that ran has its answer");
    assert_eq!(server.wait(), Some(0));
    assert!(begun.elapsed() < Duration::from_secs(30));
}

#[test]
fn memory_does_not_grow_with_requests() {
    let (_folder, store) = own_store();
    let server = Server::start(&store, &[]);
    let round = || {
        for path in ["/api/v1/overview", "/api/v1/events?limit=500", "/api/v1/dyads/KOR-SGP", "/api/v1/search?q=trade"]
        {
            assert_eq!(get(&server.address, path).status, 200);
        }
        assert_eq!(get(&server.address, &ask("SELECT * { ?s ?p ?o } LIMIT 20000")).status, 200);
    };
    (0..30).for_each(|_| round());
    let Some(before) = server.memory() else { return };
    (0..60).for_each(|_| round());
    let grown = server.memory().unwrap().saturating_sub(before);
    assert!(grown < 20 << 20, "{grown} bytes more after 300 requests");
}
