//! What the endpoint can do (SPARQL 1.1 Service Description) and what it holds (VoID).

use super::formats::RdfForm;
use crate::graph::serving::write_graph;
use crate::server::app::App;
use crate::server::problem::Problem;
use crate::server::reply::{Reply, bytes};
use hyper::StatusCode;
use oxrdf::Triple;
use oxttl::TurtleParser;
use std::fmt::Write as _;
use std::sync::PoisonError;

/// The data, as its description calls it.
const DATASET: &str = "https://w3id.org/entente/void#dataset";

const PREFIXES: &str = "@prefix sd: <http://www.w3.org/ns/sparql-service-description#> .
@prefix formats: <http://www.w3.org/ns/formats/> .
@prefix void: <http://rdfs.org/ns/void#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix ent: <https://w3id.org/entente/ontology#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
";

/// The description of the service, under the name by which it was asked.
pub(super) fn service(app: &App, host: &str, format: RdfForm) -> Result<Reply, Problem> {
    let base = format!("http://{host}");
    let language = if app.settings.token.is_some() { ", sd:SPARQL11Update" } else { "" };
    let mut text = format!(
        "{PREFIXES}
        <{base}/sparql#service> a sd:Service ;
            sd:endpoint <{base}/sparql> ;
            sd:supportedLanguage sd:SPARQL11Query{language} ;
            sd:resultFormat formats:SPARQL_Results_JSON, formats:SPARQL_Results_XML, formats:SPARQL_Results_CSV,
                formats:SPARQL_Results_TSV, formats:Turtle, formats:N-Triples, formats:RDF_XML, formats:JSON-LD ;
            sd:feature sd:UnionDefaultGraph ;
            sd:defaultDataset <{DATASET}> .
        <{DATASET}> a sd:Dataset ; sd:defaultGraph <{base}/sparql#default> .
        <{base}/sparql#default> a sd:Graph ; dct:title \"The union of all named graphs\" .\n"
    );
    for name in app.snapshot().store.graph_names()?.iter().filter(|name| !name.contains("/graph/article/")) {
        let _ = writeln!(
            text,
            "<{DATASET}> sd:namedGraph <{base}/.well-known/void#{0}> .
            <{base}/.well-known/void#{0}> a sd:NamedGraph ; sd:name <{name}> .",
            name.rsplit('/').next().unwrap_or_default()
        );
    }
    answer(&text, format)
}

/// The description of the data: what `entente export --format void` writes, and where it can be asked. It is counted once for
/// each change of the store.
pub(super) fn void(app: &App, host: &str, format: RdfForm) -> Result<Reply, Problem> {
    let snapshot = app.snapshot();
    let mut known = snapshot.void.lock().unwrap_or_else(PoisonError::into_inner);
    let counted = match known.as_ref() {
        Some(counted) => counted.clone(),
        None => {
            let mut counted = Vec::new();
            snapshot.store.write_void(&mut counted)?;
            known.insert(counted.into()).clone()
        }
    };
    drop(known);
    let base = format!("http://{host}");
    let here = format!(
        "{PREFIXES}
        <{DATASET}> void:sparqlEndpoint <{base}/sparql> ; foaf:homepage <{base}/> .\n"
    );
    let mut triples = parse(&counted)?;
    triples.extend(parse(here.as_bytes())?);
    written(&triples, format)
}

fn answer(text: &str, format: RdfForm) -> Result<Reply, Problem> {
    written(&parse(text.as_bytes())?, format)
}

fn failed() -> Problem {
    Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "the description could not be written")
}

fn parse(turtle: &[u8]) -> Result<Vec<Triple>, Problem> {
    TurtleParser::new().for_slice(turtle).collect::<Result<_, _>>().map_err(|_| failed())
}

fn written(triples: &[Triple], format: RdfForm) -> Result<Reply, Problem> {
    let mut out = Vec::new();
    write_graph(triples, format.format(), &mut out).map_err(|_| failed())?;
    Ok(bytes(format.media(), out))
}
