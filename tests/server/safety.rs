//! What must not work: foreign names and pages, paths that lead out, requests that are too big, too slow or malformed.

use super::client::{encode, get, raw, send};
use super::world::{Server, TOKEN, own_store, reader};
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::{Duration, Instant};

#[test]
fn only_its_own_names_are_answered() {
    let port = reader().rsplit(':').next().unwrap();
    let with = |host: &str| send(reader(), "GET", "/api/v1/", &[("Host", host)], b"").status;
    for own in
        [format!("127.0.0.1:{port}"), format!("localhost:{port}"), format!("LOCALHOST:{port}"), format!("[::1]:{port}")]
    {
        assert_eq!(with(&own), 200, "{own}");
    }
    let rebound = format!("evil.example:{port}");
    let other_port = "127.0.0.1:1".to_owned();
    let tail = format!("127.0.0.1.evil.example:{port}");
    for foreign in
        [rebound, other_port, tail, "evil.example".to_owned(), "127.0.0.1".to_owned(), String::new(), ":".to_owned()]
    {
        assert_eq!(with(&foreign), 421, "{foreign}");
    }
    let none = raw(reader(), b"GET /api/v1/ HTTP/1.1\r\nConnection: close\r\n\r\n");
    assert!(none.starts_with(b"HTTP/1.1 4"), "{}", String::from_utf8_lossy(&none));
    let two =
        format!("GET /api/v1/ HTTP/1.1\r\nConnection: close\r\nHost: {0}\r\nHost: evil.example\r\n\r\n", reader());
    assert!(raw(reader(), two.as_bytes()).starts_with(b"HTTP/1.1 4"));
}

#[test]
fn a_name_of_ones_own_is_answered_where_it_is_given() {
    let (_folder, store) = own_store();
    let server = Server::start(&store, &["--host", "ties.example"]);
    let with = |host: &str| send(&server.address, "GET", "/api/v1/", &[("Host", host)], b"").status;
    assert_eq!((with("ties.example"), with("ties.example:443"), with("other.example")), (200, 200, 421));
    let from = |origin: &str| {
        let headers = [("Host", "ties.example"), ("Origin", origin), ("Content-Type", "application/sparql-query")];
        send(&server.address, "POST", "/sparql", &headers, b"ASK {}").status
    };
    assert_eq!((from("https://ties.example"), from("https://other.example")), (200, 403));
}

#[test]
fn a_server_of_all_addresses_answers_under_each() {
    let (_folder, store) = own_store();
    let server = Server::start(&store, &["--bind", "0.0.0.0"]);
    let port = server.address.rsplit(':').next().unwrap();
    let at = format!("127.0.0.1:{port}");
    let with = |host: &str| send(&at, "GET", "/sparql", &[("Host", host), ("Accept", "text/turtle")], b"");
    for own in [at.clone(), format!("localhost:{port}"), format!("192.0.2.7:{port}"), format!("[2001:db8::7]:{port}")] {
        let answer = with(&own);
        assert_eq!(answer.status, 200, "{own}");
        assert!(answer.text().contains(&format!("<http://{own}/sparql>")), "{own}: {}", answer.text());
    }
    for foreign in ["evil.example", "[192.0.2.7", "[192.0.2.7]", "[::1]]", "::1", "joe@192.0.2.7"] {
        assert_eq!(with(&format!("{foreign}:{port}")).status, 421, "{foreign}");
    }
    let from = |origin: &str| send(&at, "GET", "/sparql?query=ASK%20%7B%7D", &[("Origin", origin)], b"").status;
    assert_eq!((from(&format!("http://{at}")), from(&format!("http://192.0.2.7:{port}"))), (200, 403));
}

#[test]
fn pages_of_other_sites_cannot_ask() {
    let (_folder, store) = own_store();
    let server = Server::start(&store, &["--writable", "--token", TOKEN]);
    let (at, show) = (server.address.as_str(), ("Authorization", "Bearer a-token-for-tests"));
    let post = |headers: &[(&str, &str)]| {
        let mut all = vec![show, ("Content-Type", "application/sparql-update")];
        all.extend_from_slice(headers);
        send(at, "POST", "/update", &all, b"INSERT DATA { <http://e.org/a> <http://e.org/b> 1 }").status
    };
    let own = format!("http://{at}");
    assert_eq!(post(&[("Origin", &own), ("Sec-Fetch-Site", "same-origin")]), 204);
    for origin in ["http://evil.example", "null", "https://127.0.0.1", "http://127.0.0.1:1", "file://"] {
        assert_eq!(post(&[("Origin", origin)]), 403, "{origin}");
    }
    assert_eq!(post(&[("Sec-Fetch-Site", "cross-site")]), 403);
    assert_eq!(post(&[("Sec-Fetch-Site", "same-site")]), 403);
    let image = [("Sec-Fetch-Site", "cross-site"), ("Sec-Fetch-Mode", "no-cors")];
    assert_eq!(send(at, "GET", "/sparql?query=ASK%20%7B%7D", &image, b"").status, 403);
    let link = [("Sec-Fetch-Site", "cross-site"), ("Sec-Fetch-Mode", "navigate")];
    assert_eq!(send(at, "GET", "/country/KOR", &link, b"").status, 200);
    let answer = get(at, "/api/v1/");
    assert!(answer.header("access-control-allow-origin").is_none());
}

#[test]
fn every_answer_has_its_policy() {
    for path in ["/", "/country/KOR", "/api/v1/", "/api/v1/none", "/sparql", "/assets/none.js", "/store"] {
        let answer = get(reader(), path);
        let policy = answer.header("content-security-policy").unwrap_or_else(|| panic!("{path}"));
        assert!(policy.contains("default-src 'none'") && policy.contains("script-src 'self'"), "{policy}");
        assert!(!policy.contains("unsafe") && policy.contains("frame-ancestors 'none'"), "{policy}");
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"), "{path}");
        assert_eq!(answer.header("referrer-policy"), Some("no-referrer"), "{path}");
    }
    assert_eq!(get(reader(), "/").header("content-type"), Some("text/html; charset=utf-8"));
}

#[test]
fn no_path_leads_out() {
    for path in [
        "/../../etc/passwd",
        "/..%2f..%2fetc%2fpasswd",
        "/assets/../../../etc/passwd",
        "/assets/..%2f..%2f..%2fCargo.toml",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/assets/%00",
        "/api/v1/articles/..%2f..%2fSTORE",
        "/api/v1/events/%3E%3Chttp:%2F%2Fexample.org%3E",
        "//etc/passwd",
        "/C:/Windows/win.ini",
    ] {
        let answer = get(reader(), path);
        assert!(matches!(answer.status, 200 | 400 | 404), "{path}: {}", answer.status);
        let text = answer.text();
        assert!(
            !text.contains("root:") && !text.contains("[package]") && !text.contains("entente store"),
            "{path}: {text}"
        );
    }
    assert_eq!(get(reader(), "/%ff").status, 400);
    let store = get(reader(), "/api/v1/").text();
    assert!(!store.contains(".store"), "no path of the machine is told: {store}");
}

#[test]
fn too_much_is_refused() {
    let (_folder, store) = own_store();
    let server = Server::start(&store, &["--body-mb", "1", "--writable", "--token", TOKEN]);
    let headers = [("Content-Type", "application/sparql-query")];
    let big = vec![b' '; (1 << 20) + 1];
    assert_eq!(send(&server.address, "POST", "/sparql", &headers, &big).status, 413);
    let long = format!("/sparql?query={}", "a".repeat(200_000));
    let answer = raw(&server.address, format!("GET {long} HTTP/1.1\r\nHost: {}\r\n\r\n", server.address).as_bytes());
    let line = String::from_utf8_lossy(&answer[..answer.len().min(40)]).into_owned();
    assert!(line.starts_with("HTTP/1.1 414") || line.starts_with("HTTP/1.1 431") || line.is_empty(), "{line}");
    let mut many = format!("GET /api/v1/ HTTP/1.1\r\nHost: {}\r\n", server.address);
    for n in 0..5000 {
        many += &format!("X-{n}: 1\r\n");
    }
    let answer = raw(&server.address, format!("{many}\r\n").as_bytes());
    assert!(answer.is_empty() || answer.starts_with(b"HTTP/1.1 431"), "{}", String::from_utf8_lossy(&answer));
    // A word of a million letters is a text like any other.
    let word = "w".repeat(1_000_000);
    let show = [("Authorization", "Bearer a-token-for-tests"), ("Content-Type", "text/plain")];
    let text = format!("The leaders of France and Germany met in Paris on Monday and signed a treaty. {word}");
    let answer = send(&server.address, "POST", "/api/v1/extract", &show, text.as_bytes());
    assert!(matches!(answer.status, 200 | 422), "{} {}", answer.status, answer.text().get(..200).unwrap_or_default());
    assert_eq!(get(&server.address, "/api/v1/").status, 200);
}

#[test]
fn slow_clients_are_cut_off_and_others_are_not() {
    let (_folder, store) = own_store();
    let server = Server::start(&store, &["--patience", "1"]);
    let host = &server.address;
    let begun = Instant::now();
    // Headers that never end; a body that never comes; an answer that is never read.
    let mut headers = TcpStream::connect(host).unwrap();
    headers.write_all(b"GET /api/v1/ HTTP/1.1\r\nX-A: b\r\n").unwrap();
    let mut body = TcpStream::connect(host).unwrap();
    let head = format!(
        "POST /sparql HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/sparql-query\r\nContent-Length: 99\r\n\r\nASK"
    );
    body.write_all(head.as_bytes()).unwrap();
    let mut answer = TcpStream::connect(host).unwrap();
    let all = encode("SELECT * { ?a ?b ?c . ?d ?e ?f }");
    answer.write_all(format!("GET /sparql?query={all} HTTP/1.1\r\nHost: {host}\r\n\r\n").as_bytes()).unwrap();
    assert_eq!(get(host, "/api/v1/").status, 200);
    for stream in [&mut headers, &mut body] {
        stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        let mut text = Vec::new();
        stream.read_to_end(&mut text).unwrap();
        let text = String::from_utf8_lossy(&text);
        assert!(text.is_empty() || text.starts_with("HTTP/1.1 408"), "{text}");
    }
    assert!(begun.elapsed() < Duration::from_secs(20), "{:?}", begun.elapsed());
    // The unread answer is cut in its middle.
    std::thread::sleep(Duration::from_secs(4));
    answer.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    let mut text = Vec::new();
    let _ = answer.read_to_end(&mut text);
    assert!(!text.ends_with(b"0\r\n\r\n"), "an answer that was cut looks complete");
}

#[test]
fn what_articles_say_comes_out_as_text() {
    let (folder, store) = own_store();
    let article = folder.path().join("hostile.txt");
    let text = "<script>alert(1)</script> Norway and Sweden sign \"pact\"\n\nOSLO, 3 November 2025 (Example <b>Wire</b>) - \
        Norway and Sweden signed an agreement on <img src=x onerror=alert(2)> fisheries in Oslo on Monday.\n";
    std::fs::write(&article, text).unwrap();
    super::world::build(&store, &[article]);
    let server = Server::start(&store, &[]);
    let found = get(&server.address, "/api/v1/articles/hostile");
    assert_eq!(found.header("content-type"), Some("application/json"));
    let whole = found.json();
    assert!(whole["title"].as_str().unwrap().contains("<script>alert(1)</script>"), "{whole}");
    let csv = send(
        &server.address,
        "GET",
        &format!("/sparql?query={}", encode("SELECT ?t { ?a ent:articleId 'hostile' ; ent:title ?t }")),
        &[("Accept", "text/html;q=0.1, application/sparql-results+xml")],
        b"",
    );
    assert!(csv.text().contains("&lt;script&gt;") && !csv.text().contains("<script>"), "{}", csv.text());
}
