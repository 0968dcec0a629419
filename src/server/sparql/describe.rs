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

const PREFIXES: &str = "@prefix sd: <http://www.w3.org/ns/sparql-service-description#> .
@prefix formats: <http://www.w3.org/ns/formats/> .
@prefix void: <http://rdfs.org/ns/void#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix ent: <https://w3id.org/entente/ontology#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
";

/// The description of the service.
pub(super) fn service(app: &App, format: RdfForm) -> Result<Reply, Problem> {
    let base = format!("http://{}", app.listens);
    let language = if app.settings.token.is_some() { ", sd:SPARQL11Update" } else { "" };
    let mut text = format!(
        "{PREFIXES}
        <{base}/sparql#service> a sd:Service ;
            sd:endpoint <{base}/sparql> ;
            sd:supportedLanguage sd:SPARQL11Query{language} ;
            sd:resultFormat formats:SPARQL_Results_JSON, formats:SPARQL_Results_XML, formats:SPARQL_Results_CSV,
                formats:SPARQL_Results_TSV, formats:Turtle, formats:N-Triples, formats:RDF_XML, formats:JSON-LD ;
            sd:feature sd:UnionDefaultGraph ;
            sd:defaultDataset <{base}/.well-known/void#dataset> .
        <{base}/.well-known/void#dataset> a sd:Dataset ; sd:defaultGraph <{base}/sparql#default> .
        <{base}/sparql#default> a sd:Graph ; dct:title \"The union of all named graphs\" .\n"
    );
    for name in app.snapshot().store.graph_names()?.iter().filter(|name| !name.contains("/graph/article/")) {
        let _ = writeln!(
            text,
            "<{base}/.well-known/void#dataset> sd:namedGraph <{base}/.well-known/void#{0}> .
            <{base}/.well-known/void#{0}> a sd:NamedGraph ; sd:name <{name}> .",
            name.rsplit('/').next().unwrap_or_default()
        );
    }
    answer(&text, format)
}

/// The description of the data.
pub(super) fn void(app: &App, format: RdfForm) -> Result<Reply, Problem> {
    let base = format!("http://{}", app.listens);
    let (snapshot, here) = (app.snapshot(), format!("<{base}/.well-known/void#dataset>"));
    let counts = &snapshot.counts;
    let mut text = format!(
        "{PREFIXES}
        {here} a void:Dataset ;
            dct:title \"Entente: ties between countries, from news\" ;
            foaf:homepage <{base}/> ;
            void:sparqlEndpoint <{base}/sparql> ;
            void:uriSpace \"https://w3id.org/entente/id/\" ;
            void:vocabulary <https://w3id.org/entente/ontology#>, <http://www.w3.org/ns/prov#>, <http://www.w3.org/ns/org#>,
                <http://www.w3.org/2004/02/skos/core#>, <http://www.w3.org/ns/oa#> ;
            void:triples {} ; void:documents {} .\n",
        counts.quads, counts.articles
    );
    let of = |kind: &str| counts.events.get(kind).map_or(0, |types| types.values().sum::<usize>());
    let classes = [
        ("Article", counts.articles),
        ("Claim", counts.claims),
        ("Agreement", of("agreement")),
        ("Encounter", of("encounter")),
        ("Act", of("act")),
        ("Tie", counts.ties),
        ("Dyad", counts.dyads),
    ];
    for (class, count) in classes {
        let part = format!("<{base}/.well-known/void#{}>", class.to_lowercase());
        let _ = writeln!(
            text,
            "{here} void:classPartition {part} . {part} void:class ent:{class} ; void:entities {count} ."
        );
    }
    answer(&text, format)
}

fn answer(text: &str, format: RdfForm) -> Result<Reply, Problem> {
    let failed = || Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "the description could not be written");
    let triples: Result<Vec<Triple>, _> = TurtleParser::new().for_slice(text).collect();
    let mut out = Vec::new();
    write_graph(&triples.map_err(|_| failed())?, format.format(), &mut out).map_err(|_| failed())?;
    Ok(bytes(format.media(), out))
}
