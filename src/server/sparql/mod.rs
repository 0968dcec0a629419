//! SPARQL 1.1 Protocol, the reading half of the Graph Store Protocol, service description and VoID.

mod describe;
mod flow;
mod formats;
mod protocol;
mod stop;
mod store;
mod update;

pub(super) use stop::Clock;

use super::app::App;
use super::call::Call;
use super::problem::Problem;
use super::reply::{Reply, whole};
use super::route::blocking;
use crate::graph::serving::{Dataset, TripleError, write_triples};
use crate::graph::sparql::{Answer, Prepared, SparqlError};
use crate::query::{WriteError, write};
use bytes::Bytes;
use formats::{RdfForm, Results};
use hyper::header::{ALLOW, CONTENT_TYPE, HOST, HeaderValue, LOCATION};
use hyper::{Method, Response, StatusCode};
use protocol::Operation;
use std::sync::Arc;

/// Answers a request at `/sparql`.
pub(super) async fn query(app: Arc<App>, call: Call) -> Result<Reply, Problem> {
    if call.method == Method::OPTIONS {
        return Ok(allowed("GET, HEAD, POST, OPTIONS"));
    }
    match protocol::read(&call)? {
        Operation::Query { text, dataset } => ask(app, &call, &text, dataset).await,
        Operation::Update { text, dataset } => update::run(app, &call, text, dataset).await,
        // A person at the endpoint wants to write a query.
        Operation::Describe if formats::wants_page(&call) => Ok(moved("/sparql-ui")),
        Operation::Describe => {
            let format = formats::triples(&call)?;
            let host = host(&app, &call);
            blocking(move || describe::service(&app, &host, format)).await
        }
    }
}

/// Answers a request at `/update`.
pub(super) async fn update(app: Arc<App>, call: Call) -> Result<Reply, Problem> {
    match (&call.method, protocol::read(&call)) {
        (&Method::POST, Ok(Operation::Update { text, dataset })) => update::run(app, &call, text, dataset).await,
        (&Method::POST, Ok(_)) => Err(Problem::bad("this place takes updates; queries go to /sparql")),
        (&Method::POST, Err(problem)) => Err(problem),
        _ => Err(Problem::method("POST")),
    }
}

/// Answers a request at `/store`.
pub(super) async fn graph(app: Arc<App>, call: Call) -> Result<Reply, Problem> {
    let graph = store::graph(&app, &call)?;
    ask(app, &call, store::ALL, graph).await
}

/// Answers a request at `/.well-known/void`.
pub(super) async fn void(app: Arc<App>, call: Call) -> Result<Reply, Problem> {
    if call.method != Method::GET {
        return Err(Problem::method("GET, HEAD"));
    }
    let format = formats::triples(&call)?;
    let host = host(&app, &call);
    blocking(move || describe::void(&app, &host, format)).await
}

/// The name by which it was asked: where it listens may be no address that others reach.
fn host(app: &App, call: &Call) -> String {
    call.header(&HOST).map_or_else(|| app.listens.to_string(), str::to_owned)
}

fn allowed(methods: &'static str) -> Reply {
    let mut reply = Response::new(whole(Bytes::new()));
    *reply.status_mut() = StatusCode::NO_CONTENT;
    reply.headers_mut().insert(ALLOW, HeaderValue::from_static(methods));
    reply
}

fn moved(to: &'static str) -> Reply {
    let mut reply = Response::new(whole(Bytes::new()));
    *reply.status_mut() = StatusCode::SEE_OTHER;
    reply.headers_mut().insert(LOCATION, HeaderValue::from_static(to));
    reply
}

/// Asks the store; the answer flows while it is found.
async fn ask(app: Arc<App>, call: &Call, text: &str, dataset: Dataset) -> Result<Reply, Problem> {
    let query = Prepared::parse_freely(text).map_err(|error| Problem::bad(error.to_string()))?;
    // Whether the form is acceptable is known before the work is done.
    let (media, form) = if query.makes_triples() {
        let format = formats::triples(call)?;
        (format.media(), Form::Triples(format))
    } else {
        let format = formats::results(call)?;
        (format.media(), Form::Results(format))
    };
    let mut reply = flow::answer(app, move |now, stop, out| {
        let answer = now.store.ask_within(&query, &dataset, stop).map_err(flow::Failure::Sparql)?;
        form.write(answer, out)
    })
    .await?;
    reply.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(media));
    Ok(reply)
}

/// How an answer is written.
#[derive(Clone, Copy)]
enum Form {
    Results(Results),
    Triples(RdfForm),
}

impl Form {
    fn write(self, answer: Answer, out: &mut flow::Pipe) -> Result<(), flow::Failure> {
        match (self, answer) {
            (Self::Triples(format), Answer::Triples(triples)) => {
                write_triples(triples, format.format(), out).map(|_| ()).map_err(|error| match error {
                    TripleError::Sparql(error) => error.into(),
                    TripleError::Io(error) => error.into(),
                })
            }
            (Self::Results(format), answer) => {
                write(answer, format.format(), out).map(|_| ()).map_err(|error| match error {
                    WriteError::Sparql(error) => error.into(),
                    WriteError::Io(error) => error.into(),
                })
            }
            (Self::Triples(_), _) => Err(flow::Failure::Sparql(SparqlError::Update)),
        }
    }
}
