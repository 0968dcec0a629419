//! Answers: JSON, text, bytes, streams.

use bytes::Bytes;
use http_body_util::combinators::UnsyncBoxBody;
use http_body_util::{BodyExt as _, Full};
use hyper::Response;
use hyper::header::{CONTENT_TYPE, HeaderValue};
use serde::Serialize;
use std::io;

/// The body of an answer. An error on the way cuts the connection, so that what came so far never looks complete.
pub(super) type Body = UnsyncBoxBody<Bytes, io::Error>;

/// An answer.
pub(super) type Reply = Response<Body>;

/// Bytes of a media type.
pub(super) fn bytes(media: &'static str, bytes: impl Into<Bytes>) -> Reply {
    let mut reply = Response::new(whole(bytes.into()));
    reply.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(media));
    reply
}

/// A body that is all there.
pub(super) fn whole(bytes: Bytes) -> Body {
    Full::new(bytes).map_err(|never| match never {}).boxed_unsync()
}

/// JSON.
pub(super) fn json<T: Serialize + ?Sized>(value: &T) -> Reply {
    // Our own types always serialize: their keys are strings.
    bytes("application/json", serde_json::to_vec(value).unwrap_or_default())
}
