//! The JSON API: `/api/v1/…` → what the explorer shows. Lists come in pages; times and offsets are those of the graph.

mod articles;
mod catalogue;
mod countries;
mod dyads;
mod events;
mod filter;
mod leaders;
mod network;
mod overview;
mod page;
mod quality;
mod wire;

pub(super) use events::decision;
pub(super) use quality::Look;

use super::app::App;
use super::call::Call;
use super::ingest;
use super::problem::Problem;
use super::reply::{Reply, bytes, json};
use super::snapshot::Snapshot;
use bytes::Bytes;
use filter::Filter;
use hyper::{HeaderMap, Method, Uri};

/// The description of the API; `tests/server` holds it against what is served.
const OPENAPI: &str = include_str!("openapi.json");

/// What a handler needs: the server, the request, one snapshot.
pub(super) struct Ask<'a> {
    pub(super) app: &'a App,
    pub(super) call: &'a Call,
    pub(super) now: &'a Snapshot,
}

impl Ask<'_> {
    /// The filter of the request.
    fn filter(&self) -> Result<Filter, Problem> {
        Filter::parse(&self.call.query)
    }

    /// The filter of a request whose `type` is not that of events.
    fn filter_without_type(&self) -> Result<Filter, Problem> {
        let others: Vec<_> = self.call.query.iter().filter(|(name, _)| name != "type").cloned().collect();
        Filter::parse(&others)
    }
}

/// Answers a request below `/api`.
pub(super) fn answer(app: &App, call: &Call) -> Result<Reply, Problem> {
    let parts = call.parts();
    let ["api", "v1", rest @ ..] = parts.as_slice() else {
        return Err(Problem::missing("this server has version 1 of the API, at /api/v1/"));
    };
    let snapshot = app.snapshot();
    let ask = Ask { app, call, now: &snapshot };
    match (&call.method, rest) {
        (&Method::GET, ["extract" | "curation"] | ["curation", _]) => Err(Problem::method("POST, DELETE")),
        (&Method::GET, rest) => read(&ask, rest),
        (&Method::POST, ["extract"]) => ingest::extract(app, call),
        (&Method::POST, ["articles"]) => ingest::store(app, call),
        (&Method::POST, ["curation"]) => ingest::curate(app, call),
        (&Method::DELETE, ["articles", key]) => ingest::forget(app, call, key),
        (&Method::DELETE, ["curation", id]) => ingest::undo(app, call, id),
        _ => Err(Problem::method("GET, HEAD")),
    }
}

/// Prepares the first view, so that nobody waits for it.
pub(super) fn warm(app: &App) {
    let call = Call::new(Method::GET, &Uri::from_static("/api/v1/overview"), HeaderMap::new(), Bytes::new());
    // Where it fails the one who asks is told.
    let _ = call.and_then(|call| answer(app, &call));
}

fn read(ask: &Ask<'_>, rest: &[&str]) -> Result<Reply, Problem> {
    match rest {
        [] => Ok(json(&overview::about(ask))),
        ["overview"] => overview::overview(ask),
        ["countries"] => countries::list(ask),
        ["countries", code] => countries::one(ask, code),
        ["countries", code, "events"] => countries::events(ask, code),
        ["dyads"] => dyads::list(ask),
        ["dyads", id] => dyads::one(ask, id),
        ["dyads", id, "events"] => dyads::events(ask, id),
        ["leaders"] => leaders::list(ask),
        ["leaders", id] => leaders::one(ask, id),
        ["events"] => events::list(ask),
        ["events", hash] => events::one(ask, hash),
        ["articles"] => articles::list(ask),
        ["articles", key] => articles::one(ask, key),
        ["search"] => overview::search(ask),
        ["graph"] => network::graph(ask),
        ["quality"] => quality::quality(ask),
        ["sectors"] => overview::sectors(ask),
        ["catalogue"] => catalogue::list(ask),
        ["catalogue", id] => catalogue::one(ask, id),
        ["openapi.json"] => Ok(bytes("application/json", OPENAPI)),
        _ => Err(Problem::missing("the API has no such place; see /api/v1/openapi.json")),
    }
}
