//! The Graph Store HTTP Protocol, for reading: `/store?default` (the union of all graphs) and `/store?graph=IRI`.

use super::formats;
use crate::graph::serving::write_graph;
use crate::server::app::App;
use crate::server::call::Call;
use crate::server::problem::Problem;
use crate::server::reply::{Reply, bytes};
use hyper::{Method, StatusCode};
use oxrdf::NamedNode;

/// Answers with the triples of a graph.
pub(super) fn answer(app: &App, call: &Call) -> Result<Reply, Problem> {
    if call.method != Method::GET {
        return Err(Problem::method("GET, HEAD"));
    }
    let format = formats::triples(call)?;
    let graphs: Vec<&str> = call.all("graph").collect();
    let name = match (graphs.as_slice(), call.one("default")) {
        ([iri], None) => Some(NamedNode::new(*iri).map_err(|_| Problem::bad("`graph` is no absolute IRI"))?),
        ([], Some(_)) => None,
        _ => return Err(Problem::bad("name one graph: ?default (the union of all) or ?graph=IRI")),
    };
    let missing = || Problem::missing("the store has no such graph");
    let mut triples = app.snapshot().store.graph(name.as_ref())?.ok_or_else(missing)?;
    if name.is_none() {
        triples.sort_by_cached_key(ToString::to_string);
        triples.dedup();
    }
    let mut out = Vec::new();
    let failed = |_| Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "the graph could not be written");
    write_graph(&triples, format.format(), &mut out).map_err(failed)?;
    if out.len() as u64 > app.settings.answer_bytes {
        return Err(Problem::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "the graph is too big; ask for a part with SPARQL",
        ));
    }
    Ok(bytes(format.media(), out))
}
