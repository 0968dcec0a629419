//! SPARQL 1.1 Update, for who shows the token.

use super::flow::timed_out;
use crate::graph::serving::Dataset;
use crate::graph::sparql::SparqlError;
use crate::server::app::App;
use crate::server::call::Call;
use crate::server::problem::Problem;
use crate::server::reply::{Reply, whole};
use crate::server::route::blocking;
use bytes::Bytes;
use hyper::{Response, StatusCode};
use std::sync::Arc;

/// Changes the store: all of the request or nothing.
pub(super) async fn run(app: Arc<App>, call: &Call, text: String, dataset: Dataset) -> Result<Reply, Problem> {
    app.admit(call.token())?;
    let turn = app.clock.turn(app.settings.query_time);
    blocking(move || {
        app.change(|store| {
            store.update(&text, &dataset, &turn.stop).map_err(|error| match error {
                SparqlError::Syntax(_) | SparqlError::Service | SparqlError::Using => Problem::bad(error.to_string()),
                SparqlError::Cancelled => timed_out(app.settings.query_time.as_secs()),
                other => Problem::bad(match std::error::Error::source(&other) {
                    Some(cause) => format!("{other}: {cause}"),
                    None => other.to_string(),
                }),
            })
        })?;
        let mut reply = Response::new(whole(Bytes::new()));
        *reply.status_mut() = StatusCode::NO_CONTENT;
        Ok(reply)
    })
    .await
}
