//! The explorer's files, built into the program. Paths that are no file are routes of its single page.

use super::call::Call;
use super::problem::Problem;
use super::reply::{Reply, bytes};
use bytes::Bytes;
use hyper::Method;
use hyper::header::{CACHE_CONTROL, HeaderValue};
use rust_embed::RustEmbed;
use std::borrow::Cow;

/// What `npm run build` makes of `web/src`.
#[derive(RustEmbed)]
#[folder = "web/dist"]
#[allow_missing = true]
struct Site;

/// What is served where no explorer is built in.
const PLAIN: &str = include_str!("page.html");

const HTML: &str = "text/html; charset=utf-8";

/// Media types by extension.
const MEDIA: [(&str, &str); 12] = [
    ("css", "text/css; charset=utf-8"),
    ("html", HTML),
    ("ico", "image/x-icon"),
    ("js", "text/javascript; charset=utf-8"),
    ("json", "application/json"),
    ("map", "application/json"),
    ("png", "image/png"),
    ("svg", "image/svg+xml"),
    ("txt", "text/plain; charset=utf-8"),
    ("wasm", "application/wasm"),
    ("webmanifest", "application/manifest+json"),
    ("woff2", "font/woff2"),
];

/// Serves a file, or the page.
pub(super) fn answer(call: &Call) -> Result<Reply, Problem> {
    if call.method != Method::GET {
        return Err(Problem::method("GET, HEAD"));
    }
    let path = call.path.join("/");
    if let Some(file) = Site::get(&path) {
        let extension = path.rsplit('.').next().unwrap_or_default();
        let media = MEDIA.iter().find(|(known, _)| *known == extension);
        let mut reply = bytes(media.map_or("application/octet-stream", |(_, media)| media), shared(file.data));
        if path.starts_with("assets/") {
            // Their names change with what is in them.
            let forever = HeaderValue::from_static("public, max-age=31536000, immutable");
            reply.headers_mut().insert(CACHE_CONTROL, forever);
        }
        return Ok(reply);
    }
    let is_file = call.path.last().is_some_and(|last| MEDIA.iter().any(|(e, _)| last.ends_with(&format!(".{e}"))));
    if is_file || call.path.first().is_some_and(|first| first == "assets" || first.starts_with('.')) {
        return Err(Problem::missing("there is no such file"));
    }
    Ok(match Site::get("index.html") {
        Some(page) => bytes(HTML, shared(page.data)),
        None => bytes(HTML, PLAIN),
    })
}

/// The bytes of the program itself are not copied.
fn shared(data: Cow<'static, [u8]>) -> Bytes {
    match data {
        Cow::Borrowed(data) => Bytes::from_static(data),
        Cow::Owned(data) => Bytes::from(data),
    }
}
