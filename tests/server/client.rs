//! A client so small that it can also send what no client should.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

/// An answer.
#[derive(Debug, Clone)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
    /// Whether the body came to its announced end.
    pub(crate) complete: bool,
}

impl Answer {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(n, _)| n.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    #[track_caller]
    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|e| panic!("{e}: {} {}", self.status, self.text()))
    }

    /// Takes an answer apart as it came.
    fn parse(bytes: &[u8]) -> Self {
        let end = bytes.windows(4).position(|w| w == b"\r\n\r\n");
        let end = end.unwrap_or_else(|| panic!("no answer but {:?}", String::from_utf8_lossy(bytes)));
        let head = std::str::from_utf8(&bytes[..end]).unwrap();
        let mut lines = head.lines();
        let status = lines.next().unwrap().split(' ').nth(1).unwrap().parse().unwrap();
        let split = |line: &str| line.split_once(':').map(|(n, v)| (n.to_owned(), v.trim().to_owned())).unwrap();
        let mut answer = Self { status, headers: lines.map(split).collect(), body: Vec::new(), complete: true };
        let rest = &bytes[end + 4..];
        if answer.header("transfer-encoding") == Some("chunked") {
            (answer.body, answer.complete) = unchunk(rest);
        } else {
            let length = answer.header("content-length").and_then(|l| l.parse().ok()).unwrap_or(rest.len());
            answer.complete = rest.len() >= length;
            answer.body = rest[..length.min(rest.len())].to_vec();
        }
        answer
    }
}

/// The data of a chunked body, and whether the last chunk came.
fn unchunk(mut rest: &[u8]) -> (Vec<u8>, bool) {
    let mut body = Vec::new();
    while let Some(line) = rest.windows(2).position(|w| w == b"\r\n") {
        let Ok(size) = usize::from_str_radix(std::str::from_utf8(&rest[..line]).unwrap().trim(), 16) else { break };
        if size == 0 {
            return (body, true);
        }
        let Some(data) = rest.get(line + 2..line + 2 + size) else { break };
        body.extend_from_slice(data);
        rest = rest.get(line + 4 + size..).unwrap_or_default();
    }
    (body, false)
}

/// Sends these bytes and reads until the server closes.
pub(crate) fn raw(address: &str, bytes: &[u8]) -> Vec<u8> {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
    // A server that refuses early may close before all is sent.
    let _ = stream.write_all(bytes);
    let mut all = Vec::new();
    let _ = stream.read_to_end(&mut all);
    all
}

/// Sends a request with these headers beside `Host` and `Connection`.
#[track_caller]
pub(crate) fn send(address: &str, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Answer {
    let mut request = format!("{method} {path} HTTP/1.1\r\nConnection: close\r\n");
    if !headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("host")) {
        request += &format!("Host: {address}\r\n");
    }
    for (name, value) in headers {
        request += &format!("{name}: {value}\r\n");
    }
    if !body.is_empty() || method == "POST" {
        request += &format!("Content-Length: {}\r\n", body.len());
    }
    request += "\r\n";
    let mut bytes = request.into_bytes();
    bytes.extend_from_slice(body);
    let all = raw(address, &bytes);
    if method == "HEAD" {
        let mut answer = Answer::parse(&all);
        answer.complete = answer.body.is_empty();
        return answer;
    }
    Answer::parse(&all)
}

/// A `GET`.
#[track_caller]
pub(crate) fn get(address: &str, path: &str) -> Answer {
    send(address, "GET", path, &[], b"")
}

/// The value of a parameter, as addresses and forms write it.
pub(crate) fn encode(text: &str) -> String {
    text.bytes()
        .map(|b| match b {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' => char::from(b).to_string(),
            _ => format!("%{b:02X}"),
        })
        .collect()
}
