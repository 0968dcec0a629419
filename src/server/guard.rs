//! Who may ask, and what every answer says to browsers.
//!
//! A page of the web must not reach a server on this machine: neither under a name of its own that it lets point here
//! (DNS rebinding: the `Host` is foreign), nor by a form or script (the `Origin` is foreign, or the browser says
//! `cross-site`). Programs that are no browsers send neither.

use super::app::App;
use super::problem::Problem;
use super::reply::Reply;
use hyper::header::{HOST, HeaderName, HeaderValue, ORIGIN};
use hyper::{HeaderMap, Method, StatusCode, Uri};
use std::net::IpAddr;

/// Only what the server itself serves may run, and nothing may embed it.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; \
    font-src 'self'; connect-src 'self'; worker-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; \
    frame-ancestors 'none'";

const HEADERS: [(&str, &str); 8] = [
    ("content-security-policy", POLICY),
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    ("referrer-policy", "no-referrer"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("permissions-policy", "camera=(), geolocation=(), microphone=()"),
    ("vary", "accept"),
];

/// Lets a request through, or says why not.
pub(super) fn check(app: &App, method: &Method, uri: &Uri, headers: &HeaderMap) -> Result<(), Problem> {
    let text = |value: &HeaderValue| value.to_str().ok().map(str::to_owned);
    let host = uri.authority().map(ToString::to_string).or_else(|| headers.get(HOST).and_then(text));
    let host = host.filter(|host| headers.get_all(HOST).iter().count() <= 1 && is_own(app, host));
    let Some(host) = host else {
        let detail = "this server does not answer under that name; name it with --host";
        return Err(Problem::new(StatusCode::MISDIRECTED_REQUEST, detail));
    };
    let foreign = || Problem::new(StatusCode::FORBIDDEN, "pages of other sites may not ask this server");
    if let Some(origin) = headers.get(ORIGIN) {
        let origin = text(origin).unwrap_or_default();
        let plain = origin.strip_prefix("http://").is_some_and(|from| from == host || is_named(app, from));
        // A proxy in front may speak TLS under a name that was given.
        if !plain && !origin.strip_prefix("https://").is_some_and(|host| is_named(app, host)) {
            return Err(foreign());
        }
    }
    let site = headers.get("sec-fetch-site").map(HeaderValue::as_bytes);
    let visit = headers.get("sec-fetch-mode").is_some_and(|mode| mode == "navigate") && method == Method::GET;
    match site {
        // A link of another page may lead here.
        Some(b"cross-site" | b"same-site") if !visit => Err(foreign()),
        _ => Ok(()),
    }
}

/// Whether `host[:port]` is a name of this server.
fn is_own(app: &App, host: &str) -> bool {
    let Some((name, port)) = parts(host) else { return false };
    let address = app.listens.ip();
    let here = address.is_loopback() || address.is_unspecified();
    let local = here && ["localhost", "127.0.0.1", "[::1]"].contains(&name.as_str());
    // Where it listens at every address, any may be its own; no name of another can be rebound to a literal one.
    let six = name.strip_prefix('[').and_then(|name| name.strip_suffix(']'));
    let literal = six.map_or_else(|| name.parse().map(IpAddr::V4), |six| six.parse().map(IpAddr::V6));
    let literal = literal.is_ok_and(|ip| ip == address || address.is_unspecified());
    is_named(app, host) || (port == app.listens.port() && (local || literal))
}

/// Name (in small letters) and port of `host[:port]`; nothing where it is none.
fn parts(host: &str) -> Option<(String, u16)> {
    let uri: Uri = host.parse().ok()?;
    let authority = uri.authority().filter(|it| it.as_str() == host && !it.host().is_empty() && !host.contains('@'))?;
    let port = match host.strip_prefix(authority.host())? {
        "" => 80,
        port => port.strip_prefix(':')?.parse().ok()?,
    };
    Some((authority.host().to_ascii_lowercase(), port))
}

/// Whether `host[:port]` has a name that was given with `--host`. Behind a proxy the port may be another.
fn is_named(app: &App, host: &str) -> bool {
    let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
    app.settings.hosts.iter().any(|own| own.eq_ignore_ascii_case(name) || own.eq_ignore_ascii_case(host))
}

/// Adds what every answer says.
pub(super) fn seal(mut reply: Reply) -> Reply {
    let headers = reply.headers_mut();
    for (name, value) in HEADERS {
        headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    headers.entry("cache-control").or_insert(HeaderValue::from_static("no-cache"));
    reply
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_has_a_name_and_a_port() {
        for (host, name, port) in [
            ("localhost", "localhost", 80),
            ("LOCALHOST:7878", "localhost", 7878),
            ("192.0.2.7:1", "192.0.2.7", 1),
            ("[::1]", "[::1]", 80),
            ("[2001:DB8::7]:7878", "[2001:db8::7]", 7878),
        ] {
            assert_eq!(parts(host), Some((name.to_owned(), port)), "{host}");
        }
        let others = [
            "",
            ":",
            ":80",
            "a:",
            "a:b",
            "a:99999",
            "::1:80",
            "[::1",
            "[::1]]:80",
            "joe@a:80",
            "a/b",
            "http://a",
            "a>:80",
        ];
        for other in others {
            assert_eq!(parts(other), None, "{other}");
        }
    }
}
