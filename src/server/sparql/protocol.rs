//! A request → the operation that the SPARQL 1.1 Protocol says it is.

use crate::graph::serving::Dataset;
use crate::server::call::{Call, pairs};
use crate::server::problem::Problem;
use hyper::header::CONTENT_TYPE;
use hyper::{Method, StatusCode};
use oxrdf::NamedNode;

/// What is asked for.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Operation {
    /// A query of these graphs.
    Query { text: String, dataset: Dataset },
    /// An update, with these graphs as its `USING`.
    Update { text: String, dataset: Dataset },
    /// The description of the service.
    Describe,
}

const FORM: &str = "application/x-www-form-urlencoded";

/// Reads a request (SPARQL 1.1 Protocol, sections 2.1 and 2.2).
pub(super) fn read(call: &Call) -> Result<Operation, Problem> {
    match call.method {
        Method::GET => {
            if call.one("update").is_some() {
                return Err(Problem::bad("an update is sent with POST"));
            }
            match only(&call.query, "query")? {
                None => Ok(Operation::Describe),
                Some(text) => Ok(Operation::Query { text, dataset: query_dataset(&call.query)? }),
            }
        }
        Method::POST => post(call),
        _ => Err(Problem::method("GET, HEAD, POST, OPTIONS")),
    }
}

fn post(call: &Call) -> Result<Operation, Problem> {
    let unsupported = |detail: String| Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, detail);
    let known = format!("{FORM}, application/sparql-query or application/sparql-update");
    let Some(media) = call.media() else {
        return Err(unsupported(format!("the request does not say that its body is {known}")));
    };
    match media.as_str() {
        FORM => {
            let mut fields = pairs(text(call)?.as_bytes());
            fields.extend(call.query.iter().cloned());
            match (only(&fields, "query")?, only(&fields, "update")?) {
                (Some(text), None) => Ok(Operation::Query { text, dataset: query_dataset(&fields)? }),
                (None, Some(text)) => Ok(Operation::Update { text, dataset: update_dataset(&fields)? }),
                (None, None) => Err(Problem::bad("the form has neither `query` nor `update`")),
                (Some(_), Some(_)) => Err(Problem::bad("the form has both `query` and `update`")),
            }
        }
        "application/sparql-query" => {
            Ok(Operation::Query { text: text(call)?.to_owned(), dataset: query_dataset(&call.query)? })
        }
        "application/sparql-update" => {
            Ok(Operation::Update { text: text(call)?.to_owned(), dataset: update_dataset(&call.query)? })
        }
        other => Err(unsupported(format!("the body is {other}, not {known}"))),
    }
}

/// The body as text, which is UTF-8.
fn text(call: &Call) -> Result<&str, Problem> {
    let declared = call.header(&CONTENT_TYPE).unwrap_or_default().to_ascii_lowercase();
    let charset = declared.split(';').skip(1).find_map(|p| p.trim().strip_prefix("charset=").map(str::to_owned));
    if charset.is_some_and(|c| c.trim_matches('"') != "utf-8") {
        return Err(Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "SPARQL is sent as UTF-8"));
    }
    std::str::from_utf8(&call.body).map_err(|_| Problem::bad("the body is not UTF-8"))
}

/// The one value of a parameter.
fn only(fields: &[(String, String)], name: &str) -> Result<Option<String>, Problem> {
    let mut values = fields.iter().filter(|(n, _)| n == name).map(|(_, value)| value);
    match (values.next(), values.next()) {
        (_, Some(_)) => Err(Problem::bad(format!("`{name}` is given more than once"))),
        (value, None) => Ok(value.cloned()),
    }
}

fn graphs(fields: &[(String, String)], name: &str) -> Result<Vec<NamedNode>, Problem> {
    let values = fields.iter().filter(|(n, _)| n == name).map(|(_, value)| value);
    values.map(|iri| NamedNode::new(iri).map_err(|_| Problem::bad(format!("`{name}` is no absolute IRI")))).collect()
}

fn query_dataset(fields: &[(String, String)]) -> Result<Dataset, Problem> {
    Ok(Dataset { default: graphs(fields, "default-graph-uri")?, named: graphs(fields, "named-graph-uri")? })
}

fn update_dataset(fields: &[(String, String)]) -> Result<Dataset, Problem> {
    Ok(Dataset { default: graphs(fields, "using-graph-uri")?, named: graphs(fields, "using-named-graph-uri")? })
}
