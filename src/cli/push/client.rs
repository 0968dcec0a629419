//! Batches → requests of the SPARQL 1.1 Update protocol or the Graph Store HTTP Protocol, sent until they arrive.

use super::address::{hushed, shown};
use super::plan::{Batch, Step};
use crate::cli::args::{Protocol, PushArgs};
use crate::cli::hint::Hint as _;
use anyhow::{Context as _, anyhow};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use std::fmt::Write as _;
use std::sync::Arc;
use std::time::Duration;
use ureq::tls::{Certificate, RootCerts, TlsConfig};
use ureq::{Agent, Body, http};

/// Longest pause before a request is sent again.
const LONGEST_PAUSE: Duration = Duration::from_secs(60);
/// Most bytes of an answer that are shown.
const SHOWN: usize = 300;

/// Speaks with one address.
pub(super) struct Client {
    agent: Agent,
    url: String,
    protocol: Protocol,
    authorization: Option<String>,
    attempts: u32,
}

/// One request.
#[derive(Debug, PartialEq, Eq)]
struct Request {
    method: http::Method,
    url: String,
    media: &'static str,
    body: String,
}

/// Why a request failed.
struct Failure {
    error: anyhow::Error,
    /// Whether the same request may succeed later, and when the server wants it.
    again: Option<Option<Duration>>,
}

impl Client {
    /// For the address and options of the command.
    pub(super) fn new(args: &PushArgs, authorization: Option<String>) -> anyhow::Result<Self> {
        let whole = "write it whole: http://… or https://…";
        let uri: Result<http::Uri, _> = args.url.parse();
        let uri = uri.with_context(|| format!("`{}` is no address", shown(&args.url))).hint(whole)?;
        let agent = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .timeout_connect(Some(Duration::from_secs(30)))
            .timeout_global(Some(Duration::from_secs(args.timeout)))
            .user_agent(concat!("entente/", env!("CARGO_PKG_VERSION")));
        let agent = match uri.scheme_str() {
            Some("http") => agent,
            Some("https") => agent.tls_config(certified()?),
            _ => {
                return Err(anyhow!("`{}` is no address of HTTP", shown(&args.url))).hint(whole);
            }
        };
        Ok(Self {
            agent: agent.build().into(),
            // A fragment is never sent, and the name of a graph that stood behind it neither.
            url: args.url.split('#').next().unwrap_or_default().to_owned(),
            protocol: args.protocol,
            authorization,
            attempts: args.retries + 1,
        })
    }

    /// Sends a batch; what fails for now is sent again after a pause, of which `tell` is told.
    pub(super) fn send(&self, batch: &Batch, tell: &mut dyn FnMut(String)) -> anyhow::Result<()> {
        for request in requests(&self.url, self.protocol, batch) {
            let mut pause = Duration::from_secs(1);
            for attempt in 1.. {
                let Err(failure) = self.send_once(&request) else { break };
                let Some(wish) = failure.again.filter(|_| attempt < self.attempts) else {
                    let times = if attempt > 1 { format!(" ({attempt} attempts)") } else { String::new() };
                    return Err(failure.error.context(format!("{} does not take the graph{times}", shown(&self.url))));
                };
                let wait = wish.unwrap_or(pause).min(LONGEST_PAUSE);
                tell(format!("{:#}; sent again in {} s", failure.error, wait.as_secs_f64()));
                std::thread::sleep(wait);
                pause = (pause * 2).min(LONGEST_PAUSE);
            }
        }
        Ok(())
    }

    fn send_once(&self, request: &Request) -> Result<(), Failure> {
        let mut built = http::Request::builder().method(request.method.clone()).uri(&request.url);
        if !request.body.is_empty() {
            built = built.header("Content-Type", request.media);
        }
        if let Some(authorization) = &self.authorization {
            built = built.header("Authorization", authorization);
        }
        let answer = if request.body.is_empty() {
            built.body(()).map_err(|e| fatal(e.into())).map(|request| self.agent.run(request))?
        } else {
            built.body(request.body.as_str()).map_err(|e| fatal(e.into())).map(|request| self.agent.run(request))?
        };
        match answer {
            Ok(answer) => judge(request, answer),
            Err(error) => Err(Failure { again: is_passing(&error).then_some(None), error: error.into() }),
        }
    }
}

/// What a server's answer means.
fn judge(request: &Request, mut answer: http::Response<Body>) -> Result<(), Failure> {
    let status = answer.status();
    // A graph that was not there is gone, too.
    if status.is_success() || (request.method == http::Method::DELETE && status == http::StatusCode::NOT_FOUND) {
        return Ok(());
    }
    let header = |name: &str| answer.headers().get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
    let (elsewhere, later) = (header("location"), header("retry-after"));
    let text = answer.body_mut().read_to_string().unwrap_or_default();
    let text = hushed(&text.split_whitespace().collect::<Vec<_>>().join(" "), &request.url);
    let text: String = text.chars().take(SHOWN).collect();
    let error = anyhow!("HTTP {status}{}{text}", if text.is_empty() { "" } else { ": " });
    let hint = match status.as_u16() {
        300..=399 => elsewhere.map(|url| format!("the address has moved to {}: give that one", shown(&url))),
        401 | 403 => Some("say who you are: ENTENTE_PUSH_USER and ENTENTE_PUSH_PASSWORD, or ENTENTE_PUSH_TOKEN".to_owned()),
        404 | 405 => Some("give the address for updates (or, with --protocol graph-store, that of the graph store), not that for queries".to_owned()),
        413 => Some("send less at a time with --batch".to_owned()),
        _ => None,
    };
    let error = match hint {
        Some(hint) => Err::<(), _>(error).hint(hint).err(),
        None => Some(error),
    };
    let passing = matches!(status.as_u16(), 408 | 425 | 429 | 500 | 502 | 503 | 504);
    let later = later.and_then(|text| text.parse().ok()).map(Duration::from_secs);
    Err(Failure { error: error.unwrap_or_else(|| anyhow!("HTTP {status}")), again: passing.then_some(later) })
}

fn fatal(error: anyhow::Error) -> Failure {
    Failure { error, again: None }
}

/// Whether the server may be there the next time.
fn is_passing(error: &ureq::Error) -> bool {
    matches!(
        error,
        ureq::Error::Io(_) | ureq::Error::Timeout(_) | ureq::Error::HostNotFound | ureq::Error::ConnectionFailed
    )
}

/// Trusts the certificates that the system trusts.
fn certified() -> anyhow::Result<TlsConfig> {
    let found = rustls_native_certs::load_native_certs();
    if found.certs.is_empty() {
        return Err(anyhow!("the system has no certificates to check the server with"))
            .hint("install them (package ca-certificates), or name a file of them in SSL_CERT_FILE");
    }
    let certs: Vec<Certificate<'static>> =
        found.certs.iter().map(|cert| Certificate::from_der(cert).to_owned()).collect();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = TlsConfig::builder().root_certs(RootCerts::new_with_certs(&certs));
    Ok(config.unversioned_rustls_crypto_provider(provider).build())
}

/// The requests that bring a batch.
fn requests(url: &str, protocol: Protocol, batch: &Batch) -> Vec<Request> {
    match protocol {
        Protocol::Update => {
            let media = "application/sparql-update";
            vec![Request { method: http::Method::POST, url: url.to_owned(), media, body: update(batch) }]
        }
        Protocol::GraphStore => batch.iter().map(|step| graph_store(url, step)).collect(),
    }
}

fn graph_store(url: &str, step: &Step) -> Request {
    let graph = utf8_percent_encode(&step.graph, NON_ALPHANUMERIC);
    let url = format!("{url}{}graph={graph}", if url.contains('?') { '&' } else { '?' });
    let method = match (step.empties, step.triples.is_empty()) {
        (_, true) => http::Method::DELETE,
        (true, false) => http::Method::PUT,
        (false, false) => http::Method::POST,
    };
    Request { method, url, media: "application/n-triples", body: step.triples.concat() }
}

/// One update: what must be empty is emptied, then all triples are added.
fn update(batch: &Batch) -> String {
    let mut operations: Vec<String> =
        batch.iter().filter(|step| step.empties).map(|step| format!("DROP SILENT GRAPH <{}>", step.graph)).collect();
    let mut data = String::new();
    for step in batch.iter().filter(|step| !step.triples.is_empty()) {
        // Writing to a string cannot fail.
        let _ = writeln!(data, "GRAPH <{}> {{\n{}}}", step.graph, shielded(&step.triples.concat()));
    }
    if !data.is_empty() {
        operations.push(format!("INSERT DATA {{\n{data}}}"));
    }
    operations.join(" ;\n")
}

/// N-Triples as they may stand in an update. SPARQL replaces `\u0041` before it reads anything else, so that a backslash (which
/// is written `\\`) before a `u` would become another character: the `u` is written by its number, with all eight digits.
fn shielded(triples: &str) -> String {
    let mut out = String::with_capacity(triples.len());
    let mut rest = triples;
    while let Some(at) = rest.find('\\') {
        let end = at + 2;
        out.push_str(rest.get(..end).unwrap_or(rest));
        let backslash = rest.get(at + 1..end) == Some("\\");
        rest = rest.get(end..).unwrap_or_default();
        if let Some(letter) = rest.chars().next().filter(|c| backslash && matches!(c, 'u' | 'U')) {
            let _ = write!(out, "\\U{:08X}", u32::from(letter));
            rest = &rest[1..];
        }
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::args::{Cli, Command};
    use crate::cli::hint;
    use crate::cli::push::journal::Known;
    use clap::Parser as _;
    use std::io::{BufRead as _, BufReader, Read as _, Write as _};
    use std::net::TcpListener;

    fn step(graph: &str, empties: bool, triples: &[&str]) -> Step {
        let triples = triples.iter().map(|line| (*line).to_owned()).collect();
        Step { graph: graph.into(), empties, triples, known: Known::nothing() }
    }

    #[test]
    fn a_batch_is_one_update_or_a_request_for_each_graph() {
        let batch = vec![step("urn:a", false, &["<urn:s> <urn:p> \"1\" .\n"]), step("urn:b", true, &[])];
        let body = "DROP SILENT GRAPH <urn:b> ;\nINSERT DATA {\nGRAPH <urn:a> {\n<urn:s> <urn:p> \"1\" .\n}\n}";
        assert_eq!(requests("http://h/update", Protocol::Update, &batch)[0].body, body);
        let told: Vec<(String, String)> = requests("http://h/data?x=1", Protocol::GraphStore, &batch)
            .into_iter()
            .map(|r| (r.method.to_string(), r.url))
            .collect();
        assert_eq!(told[0], ("POST".to_owned(), "http://h/data?x=1&graph=urn%3Aa".to_owned()));
        assert_eq!(told[1].0, "DELETE");
        assert_eq!(graph_store("http://h/", &step("urn:a", true, &["x"])).method, http::Method::PUT);
    }

    #[test]
    fn a_backslash_before_a_u_is_no_escape() {
        let same = [r#""a \" \n b""#, r#""\u0007 \\ u""#, r#""\\\u0007""#, r#""\\\\""#];
        for text in same {
            assert_eq!(shielded(text), text);
        }
        assert_eq!(shielded(r#""\\u0041 \\U00000041""#), r#""\\\U000000750041 \\\U0000005500000041""#);
        assert_eq!(shielded(r#""\\\\u0041""#), r#""\\\\\U000000750041""#);
        assert!(update(&vec![step("urn:a", false, &[r#"<urn:s> <urn:p> "\\u" ."#])]).contains(r"\\\U00000075"));
    }

    fn client(url: &str, more: &[&str]) -> anyhow::Result<Client> {
        let Command::Push(args) = Cli::try_parse_from(["entente", "push", url].iter().chain(more))?.command else {
            return Err(anyhow!("another command"));
        };
        Client::new(&args, None)
    }

    #[test]
    fn a_fragment_hides_no_graph() {
        let url = client("http://h/data?x=1#y", &["--protocol", "graph-store"]).unwrap().url;
        assert_eq!(graph_store(&url, &step("urn:a", true, &["x"])).url, "http://h/data?x=1&graph=urn%3Aa");
    }

    /// The port of a server that gives this answer to every request, as long as the test runs.
    fn server(answer: &'static str) -> u16 {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let mut stream = BufReader::new(stream.unwrap());
                let (mut line, mut length) = (String::new(), 0);
                while stream.read_line(&mut line).unwrap() > 2 {
                    if let Some((_, number)) = line.to_lowercase().split_once("content-length:") {
                        length = number.trim().parse().unwrap();
                    }
                    line.clear();
                }
                stream.read_exact(&mut vec![0; length]).unwrap();
                stream.get_mut().write_all(answer.as_bytes()).unwrap();
            }
        });
        port
    }

    #[test]
    fn a_server_that_is_busy_for_long_is_asked_as_often_as_wanted() {
        let port = server("HTTP/1.1 503 Busy\r\nRetry-After: 0\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
        let client = client(&format!("http://127.0.0.1:{port}/"), &["--retries", "100"]).unwrap();
        let mut pauses = 0;
        let sent = client.send(&vec![step("urn:a", true, &["<urn:s> <urn:p> \"1\" .\n"])], &mut |_| pauses += 1);
        assert!(sent.unwrap_err().to_string().contains("(101 attempts)"));
        assert_eq!(pauses, 100);
    }

    #[test]
    fn what_is_told_names_no_secret_of_the_address() {
        let port = server(
            "HTTP/1.1 301 Moved\r\nLocation: http://joe:sekret@h/?apikey=abcd\r\nConnection: close\r\nContent-Length: 26\r\n\r\n\
             no longer at /?apikey=abcd",
        );
        let batch = vec![step("urn:a", true, &["<urn:s> <urn:p> \"1\" .\n"])];
        let mut told = Vec::new();
        for protocol in ["update", "graph-store"] {
            let url = format!("http://joe:sekret@127.0.0.1:{port}/?apikey=abcd");
            let client = client(&url, &["--protocol", protocol]).unwrap();
            told.push(hint::render(&client.send(&batch, &mut |_| {}).unwrap_err()));
            let place = format!("http://127.0.0.1:{port}/?apikey=… does not take the graph");
            assert!(
                told.last().is_some_and(|told| told.contains(&place) && told.contains("moved to http://h/")),
                "{told:?}"
            );
        }
        for url in
            ["http://joe:sekret@h h/?apikey=abcd", "ftp://joe:sekret@h/?apikey=abcd", "joe:sekret@h/?apikey=abcd"]
        {
            told.push(hint::render(&client(url, &[]).err().unwrap()));
        }
        for text in told {
            assert!(!text.contains("sekret") && !text.contains("abcd"), "{text}");
        }
    }
}
