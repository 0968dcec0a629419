//! The Graph Store HTTP Protocol, for reading: `/store?default` (the union of all graphs) and `/store?graph=IRI`.

use crate::graph::serving::Dataset;
use crate::server::app::App;
use crate::server::call::Call;
use crate::server::problem::Problem;
use hyper::Method;
use oxrdf::NamedNode;

/// All triples of the graphs of [`graph`]: asked like any other query, so that its limits hold here, too.
pub(super) const ALL: &str = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }";

/// The graph that is asked for.
pub(super) fn graph(app: &App, call: &Call) -> Result<Dataset, Problem> {
    if call.method != Method::GET {
        return Err(Problem::method("GET, HEAD"));
    }
    let graphs: Vec<&str> = call.all("graph").collect();
    match (graphs.as_slice(), call.one("default")) {
        ([], Some(_)) => Ok(Dataset::default()),
        ([iri], None) => {
            let name = NamedNode::new(*iri).map_err(|_| Problem::bad("`graph` is no absolute IRI"))?;
            if !app.snapshot().store.has_graph(&name)? {
                return Err(Problem::missing("the store has no such graph"));
            }
            Ok(Dataset { default: vec![name], named: Vec::new() })
        }
        _ => Err(Problem::bad("name one graph: ?default (the union of all) or ?graph=IRI")),
    }
}
