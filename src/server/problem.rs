//! What went wrong with a request → problem details (RFC 9457).

use super::reply::{Reply, json};
use crate::graph::StoreError;
use hyper::StatusCode;
use hyper::header::{ALLOW, HeaderValue, RETRY_AFTER, WWW_AUTHENTICATE};
use serde::Serialize;

/// A request that is not answered as asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Problem {
    /// HTTP status.
    pub(super) status: StatusCode,
    /// What is wrong with this request, for a person.
    pub(super) detail: String,
    /// The methods that the place allows, where it is that.
    allow: Option<&'static str>,
}

/// The wire form.
#[derive(Serialize)]
struct Wire<'p> {
    r#type: &'static str,
    title: &'p str,
    status: u16,
    detail: &'p str,
}

impl Problem {
    /// A problem of this status.
    pub(super) fn new(status: StatusCode, detail: impl Into<String>) -> Self {
        Self { status, detail: detail.into(), allow: None }
    }

    /// 400: the request cannot be understood.
    pub(super) fn bad(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, detail)
    }

    /// 404: there is no such thing.
    pub(super) fn missing(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::NOT_FOUND, detail)
    }

    /// 405: the place does not take this method.
    pub(super) fn method(allow: &'static str) -> Self {
        let detail = format!("this place takes {allow}");
        Self { status: StatusCode::METHOD_NOT_ALLOWED, detail, allow: Some(allow) }
    }

    /// As an answer.
    pub(super) fn reply(&self) -> Reply {
        let title = self.status.canonical_reason().unwrap_or("Error");
        let wire = Wire { r#type: "about:blank", title, status: self.status.as_u16(), detail: &self.detail };
        let mut reply = json(&wire);
        *reply.status_mut() = self.status;
        let headers = reply.headers_mut();
        headers.insert(hyper::header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        if let Some(allow) = self.allow {
            headers.insert(ALLOW, HeaderValue::from_static(allow));
        }
        if self.status == StatusCode::UNAUTHORIZED {
            headers.insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer realm=\"entente\""));
        }
        if self.status == StatusCode::SERVICE_UNAVAILABLE {
            headers.insert(RETRY_AFTER, HeaderValue::from_static("2"));
        }
        reply
    }
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        let status = match error {
            StoreError::InUse { .. } => StatusCode::SERVICE_UNAVAILABLE,
            StoreError::Full { .. } => StatusCode::INSUFFICIENT_STORAGE,
            _ => StatusCode::INTERNAL_SERVER_ERROR,
        };
        // No path of the machine goes to a client.
        let detail = match error {
            StoreError::InUse { .. } => "another program is writing to the store; try again",
            StoreError::Full { .. } => "the disk is full",
            _ => "the store could not be read or written",
        };
        Self::new(status, detail)
    }
}
