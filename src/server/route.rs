//! Which part answers a request.

use super::api;
use super::app::App;
use super::call::Call;
use super::problem::Problem;
use super::reply::Reply;
use super::{guard, site, sparql};
use bytes::Bytes;
use http_body_util::{BodyExt as _, LengthLimitError, Limited};
use hyper::body::Incoming;
use hyper::{Request, StatusCode};
use std::convert::Infallible;
use std::sync::Arc;

/// Answers one request; never fails: what goes wrong is an answer too.
pub(super) async fn answer(app: Arc<App>, request: Request<Incoming>) -> Result<Reply, Infallible> {
    let answered = match take(&app, request).await {
        Ok(call) => route(app, call).await,
        Err(problem) => Err(problem),
    };
    Ok(guard::seal(answered.unwrap_or_else(|problem| problem.reply())))
}

/// Checks who asks and reads the request whole.
async fn take(app: &App, request: Request<Incoming>) -> Result<Call, Problem> {
    let (head, body) = request.into_parts();
    guard::check(app, &head.method, &head.uri, &head.headers)?;
    let limit = app.settings.body_bytes;
    let reading = tokio::time::timeout(app.settings.patience, Limited::new(body, limit).collect());
    let body: Bytes = match reading.await {
        Err(_) => return Err(Problem::new(StatusCode::REQUEST_TIMEOUT, "the request came too slowly")),
        Ok(Err(error)) if error.is::<LengthLimitError>() => {
            let detail = format!("a request may have {limit} bytes");
            return Err(Problem::new(StatusCode::PAYLOAD_TOO_LARGE, detail));
        }
        Ok(Err(_)) => return Err(Problem::bad("the request broke off")),
        Ok(Ok(whole)) => whole.to_bytes(),
    };
    Call::new(head.method, &head.uri, head.headers, body)
}

async fn route(app: Arc<App>, call: Call) -> Result<Reply, Problem> {
    match call.parts().as_slice() {
        ["sparql"] => sparql::query(app, call).await,
        ["update"] => sparql::update(app, call).await,
        ["store"] => sparql::graph(app, call).await,
        [".well-known", "void"] => sparql::void(app, call).await,
        ["api", ..] => blocking(move || api::answer(&app, &call)).await,
        _ => site::answer(&call),
    }
}

/// Runs a handler on a thread for blocking work.
pub(super) async fn blocking(work: impl FnOnce() -> Result<Reply, Problem> + Send + 'static) -> Result<Reply, Problem> {
    let lost = |_| Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "the server failed at this request");
    tokio::task::spawn_blocking(work).await.map_err(lost)?
}
