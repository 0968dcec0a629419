//! A request, read whole: method, path, parameters, body.

use super::problem::Problem;
use bytes::Bytes;
use hyper::header::{AUTHORIZATION, CONTENT_TYPE, HeaderName};
use hyper::{HeaderMap, Method, Uri};
use percent_encoding::percent_decode_str;

/// A request.
#[derive(Debug, Clone)]
pub(super) struct Call {
    /// Method; `HEAD` is `GET` here.
    pub(super) method: Method,
    /// Parts of the path, decoded.
    pub(super) path: Vec<String>,
    /// Parameters of the address, in order.
    pub(super) query: Vec<(String, String)>,
    /// Headers.
    pub(super) headers: HeaderMap,
    /// The body.
    pub(super) body: Bytes,
}

impl Call {
    /// Takes a request apart.
    pub(super) fn new(method: Method, uri: &Uri, headers: HeaderMap, body: Bytes) -> Result<Self, Problem> {
        let part = |part: &str| {
            let text = percent_decode_str(part).decode_utf8();
            text.map(|t| t.into_owned()).map_err(|_| Problem::bad("the path is not UTF-8"))
        };
        let path = uri.path().split('/').filter(|p| !p.is_empty()).map(part).collect::<Result<Vec<_>, _>>()?;
        let method = if method == Method::HEAD { Method::GET } else { method };
        let query = pairs(uri.query().unwrap_or_default().as_bytes());
        Ok(Self { method, path, query, headers, body })
    }

    /// The parts of the path.
    pub(super) fn parts(&self) -> Vec<&str> {
        self.path.iter().map(String::as_str).collect()
    }

    /// The first value of a parameter.
    pub(super) fn one(&self, name: &str) -> Option<&str> {
        self.query.iter().find(|(n, _)| n == name).map(|(_, value)| value.as_str())
    }

    /// All values of a parameter.
    pub(super) fn all<'c>(&'c self, name: &'c str) -> impl Iterator<Item = &'c str> {
        self.query.iter().filter(move |(n, _)| n == name).map(|(_, value)| value.as_str())
    }

    /// A header, where it is text.
    pub(super) fn header(&self, name: &HeaderName) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// The media type of the body, in small letters, without parameters.
    pub(super) fn media(&self) -> Option<String> {
        let media = self.header(&CONTENT_TYPE)?.split(';').next()?;
        Some(media.trim().to_ascii_lowercase())
    }

    /// The token of `Authorization: Bearer`.
    pub(super) fn token(&self) -> Option<&str> {
        let (scheme, token) = self.header(&AUTHORIZATION)?.split_once(' ')?;
        scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
    }
}

/// The parameters of `application/x-www-form-urlencoded`.
pub(super) fn pairs(bytes: &[u8]) -> Vec<(String, String)> {
    form_urlencoded::parse(bytes).map(|(name, value)| (name.into_owned(), value.into_owned())).collect()
}
