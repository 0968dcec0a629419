//! SPARQL 1.1 Protocol: the cases of the W3C's test list (data-sparql11/protocol), named as there, and the rest of the
//! endpoint: results in every form, graphs, descriptions.

use super::client::{Answer, encode, get, send};
use super::world::{Server, TOKEN, own_store, reader};

const QUERY: (&str, &str) = ("Content-Type", "application/sparql-query");
const UPDATE: (&str, &str) = ("Content-Type", "application/sparql-update");
const FORM: (&str, &str) = ("Content-Type", "application/x-www-form-urlencoded");
const XML: (&str, &str) = ("Accept", "application/sparql-results+xml");

fn ask(query: &str) -> String {
    format!("/sparql?query={}", encode(query))
}

#[track_caller]
fn check_boolean(answer: &Answer, expected: bool) {
    assert_eq!(answer.status, 200, "{}", answer.text());
    assert!(answer.complete);
    assert_eq!(answer.json()["boolean"], expected, "{}", answer.text());
}

#[track_caller]
fn check_refused(answer: &Answer, status: u16) {
    assert_eq!(answer.status, status, "{}", answer.text());
    assert_eq!(answer.header("content-type"), Some("application/problem+json"));
    assert_eq!(answer.json()["status"], status);
    assert!(answer.json()["detail"].as_str().is_some_and(|d| !d.is_empty()));
}

#[test]
fn query_get_query_post_form_query_post_direct() {
    check_boolean(&get(reader(), &ask("ASK { ?s ?p ?o }")), true);
    let form = format!("query={}", encode("ASK { ?s ?p 'no such thing' }"));
    check_boolean(&send(reader(), "POST", "/sparql", &[FORM], form.as_bytes()), false);
    check_boolean(&send(reader(), "POST", "/sparql", &[QUERY], b"ASK { ?s ?p ?o }"), true);
    let charset = ("Content-Type", "application/sparql-query; charset=UTF-8");
    check_boolean(&send(reader(), "POST", "/sparql", &[charset], "ASK { ?s ?p 'é' }".as_bytes()), false);
}

#[test]
fn query_content_type_of_each_form() {
    let of = |query: &str, accept: &str| {
        let headers: &[(&str, &str)] = if accept.is_empty() { &[] } else { &[("Accept", accept)] };
        let answer = send(reader(), "GET", &ask(query), headers, b"");
        assert_eq!(answer.status, 200, "{}", answer.text());
        (answer.header("content-type").unwrap().to_owned(), answer.text())
    };
    let select = "SELECT ?s { ?s a ent:Agreement } ORDER BY ?s LIMIT 1";
    for (accept, media, begins) in [
        ("", "application/sparql-results+json", "{"),
        ("application/sparql-results+json", "application/sparql-results+json", "{"),
        ("application/sparql-results+xml", "application/sparql-results+xml", "<?xml"),
        ("text/csv", "text/csv; charset=utf-8", "s\r\n"),
        ("text/tab-separated-values", "text/tab-separated-values; charset=utf-8", "?s\n"),
    ] {
        let (found, text) = of(select, accept);
        assert_eq!(found, media);
        assert!(text.starts_with(begins) && text.contains("https://w3id.org/entente/id/event/"), "{text}");
    }
    assert!(of("ASK { ?s ?p ?o }", "application/sparql-results+xml").1.contains("<boolean>true</boolean>"));
    let construct = "CONSTRUCT { ?s a ent:Agreement } { ?s a ent:Agreement }";
    for (accept, media, holds) in [
        ("", "text/turtle; charset=utf-8", "a ent:Agreement"),
        ("application/n-triples", "application/n-triples; charset=utf-8", "ontology#Agreement> ."),
        ("application/rdf+xml", "application/rdf+xml; charset=utf-8", "<rdf:RDF"),
        ("application/ld+json", "application/ld+json", "\"@id\""),
    ] {
        let (found, text) = of(construct, accept);
        assert_eq!(found, media);
        assert!(text.contains(holds), "{text}");
    }
    let describe = of("DESCRIBE <https://w3id.org/entente/id/country/KOR>", "text/turtle");
    assert!(describe.1.contains("South Korea"), "{}", describe.1);
    check_refused(&send(reader(), "GET", &ask(select), &[("Accept", "image/png")], b""), 406);
    check_refused(&send(reader(), "GET", &ask(construct), &[("Accept", "text/csv")], b""), 406);
}

#[test]
fn bad_query_requests_are_refused() {
    check_refused(&send(reader(), "PUT", &ask("ASK {}"), &[], b""), 405);
    check_refused(&send(reader(), "DELETE", &ask("ASK {}"), &[], b""), 405);
    check_refused(&get(reader(), "/sparql?query=ASK%20%7B%7D&query=ASK%20%7B%7D"), 400);
    check_refused(&send(reader(), "POST", "/sparql", &[FORM], b"query=ASK%20%7B%7D&query=ASK%20%7B%7D"), 400);
    check_refused(&send(reader(), "POST", "/sparql", &[FORM], b"question=ASK"), 400);
    // bad_query_missing_form_type, bad_query_missing_direct_type, bad_query_wrong_media_type
    check_refused(&send(reader(), "POST", "/sparql", &[], b"query=ASK%20%7B%7D"), 415);
    check_refused(&send(reader(), "POST", "/sparql", &[("Content-Type", "text/plain")], b"ASK {}"), 415);
    // bad_query_non_utf8
    let utf16: Vec<u8> = "ASK {}".encode_utf16().flat_map(u16::to_be_bytes).collect();
    let charset = ("Content-Type", "application/sparql-query; charset=UTF-16");
    check_refused(&send(reader(), "POST", "/sparql", &[charset], &utf16), 415);
    check_refused(&send(reader(), "POST", "/sparql", &[QUERY], b"ASK { ?s ?p '\xff' }"), 400);
    // bad_query_syntax
    let syntax = get(reader(), &ask("SELECT ?s\nWHERE { ?s ?p ) }"));
    check_refused(&syntax, 400);
    assert!(syntax.json()["detail"].as_str().unwrap().contains("line 2"), "{}", syntax.text());
    check_refused(&get(reader(), "/sparql?update=CLEAR%20ALL"), 400);
    check_refused(&get(reader(), &ask("CLEAR ALL")), 400);
    check_refused(&get(reader(), &ask("SELECT ?s { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }")), 400);
}

const EVENTS: &str = "https://w3id.org/entente/graph/events";
const TIES: &str = "https://w3id.org/entente/graph/ties";

#[test]
fn query_dataset_of_the_request_goes_before_that_of_the_query() {
    let in_default = ask("ASK { ?s a ent:Agreement }");
    check_boolean(&get(reader(), &in_default), true);
    check_boolean(&get(reader(), &format!("{in_default}&default-graph-uri={}", encode(EVENTS))), true);
    check_boolean(&get(reader(), &format!("{in_default}&default-graph-uri={}", encode(TIES))), false);
    // query_dataset_default_graphs_get, …_post
    let both = format!("default-graph-uri={}&default-graph-uri={}", encode(EVENTS), encode(TIES));
    let joined = "ASK { ?e a ent:Agreement . ?t ent:basedOn ?e }";
    check_boolean(&get(reader(), &format!("{}&{both}", ask(joined))), true);
    check_boolean(&send(reader(), "POST", &format!("/sparql?{both}"), &[QUERY], joined.as_bytes()), true);
    let form = format!("query={}&{both}", encode(joined));
    check_boolean(&send(reader(), "POST", "/sparql", &[FORM], form.as_bytes()), true);
    // query_dataset_named_graphs_get, …_post
    let named = format!("named-graph-uri={}", encode(TIES));
    let graphs = "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }";
    for answer in [
        get(reader(), &format!("{}&{named}", ask(graphs))),
        send(reader(), "POST", &format!("/sparql?{named}"), &[QUERY], graphs.as_bytes()),
    ] {
        let rows = answer.json()["results"]["bindings"].as_array().unwrap().clone();
        assert_eq!(rows.len(), 1, "{rows:?}");
        assert_eq!(rows[0]["g"]["value"], TIES);
    }
    // query_dataset_full, query_multiple_dataset
    let full = format!("default-graph-uri={}&{named}", encode(EVENTS));
    check_boolean(
        &get(reader(), &format!("{}&{full}", ask("ASK { ?e a ent:Agreement GRAPH ?g { ?t ent:basedOn ?e } }"))),
        true,
    );
    let from = format!("ASK FROM <{TIES}> {{ ?s a ent:Agreement }}");
    check_boolean(&get(reader(), &ask(&from)), false);
    check_boolean(&get(reader(), &format!("{}&default-graph-uri={}", ask(&from), encode(EVENTS))), true);
    check_refused(&get(reader(), &format!("{in_default}&default-graph-uri=no%20iri")), 400);
}

#[test]
fn head_says_what_get_would() {
    let answer = send(reader(), "HEAD", &ask("ASK { ?s ?p ?o }"), &[], b"");
    assert_eq!((answer.status, answer.body.len()), (200, 0));
    assert_eq!(answer.header("content-type"), Some("application/sparql-results+json"));
    assert_eq!(send(reader(), "OPTIONS", "/sparql", &[], b"").status, 204);
}

#[test]
fn updates_need_a_server_that_writes_and_its_token() {
    let insert = "INSERT DATA { GRAPH <http://example.org/g> { <http://example.org/a> <http://example.org/p> 1 } }";
    check_refused(&send(reader(), "POST", "/update", &[UPDATE], insert.as_bytes()), 403);
    let (_folder, store) = own_store();
    let server = Server::start(&store, &["--writable", "--token", TOKEN]);
    let at = server.address.as_str();
    let show = ("Authorization", "Bearer a-token-for-tests");
    check_refused(&send(at, "POST", "/update", &[UPDATE], insert.as_bytes()), 401);
    let wrong = ("Authorization", "Bearer a-token-for-testz");
    let answer = send(at, "POST", "/update", &[UPDATE, wrong], insert.as_bytes());
    check_refused(&answer, 401);
    assert!(answer.header("www-authenticate").is_some());
    let known = ask("ASK { GRAPH <http://example.org/g> { ?s ?p ?o } }");
    check_boolean(&get(at, &known), false);
    // update_post_direct
    assert_eq!(send(at, "POST", "/update", &[UPDATE, show], insert.as_bytes()).status, 204);
    check_boolean(&get(at, &known), true);
    // update_post_form, at the endpoint of queries too
    let form = format!("update={}", encode("DROP GRAPH <http://example.org/g>"));
    assert_eq!(send(at, "POST", "/sparql", &[FORM, show], form.as_bytes()).status, 204);
    check_boolean(&get(at, &known), false);
    // update_dataset_default_graph, …_named_graphs, update_dataset_full
    let copy = "INSERT { GRAPH <http://example.org/h> { ?s a ent:Agreement } } WHERE { ?s a ent:Agreement }";
    let using = |name: &str, graph: &str| format!("/update?{name}={}", encode(graph));
    let copied = ask("ASK { GRAPH <http://example.org/h> { ?s ?p ?o } }");
    assert_eq!(send(at, "POST", &using("using-graph-uri", TIES), &[UPDATE, show], copy.as_bytes()).status, 204);
    check_boolean(&get(at, &copied), false);
    assert_eq!(send(at, "POST", &using("using-graph-uri", EVENTS), &[UPDATE, show], copy.as_bytes()).status, 204);
    check_boolean(&get(at, &copied), true);
    // bad_update_dataset_conflict
    let conflict =
        "INSERT { GRAPH <http://example.org/h> { ?s ?p ?o } } USING <http://example.org/x> WHERE { ?s ?p ?o }";
    check_refused(&send(at, "POST", &using("using-graph-uri", TIES), &[UPDATE, show], conflict.as_bytes()), 400);
    // bad_update_get, bad_multiple_updates, bad_update_wrong_media_type, bad_update_missing_form_type,
    // bad_update_non_utf8, bad_update_syntax
    check_refused(&get(at, "/update?update=CLEAR%20ALL"), 405);
    check_refused(&send(at, "POST", "/update", &[FORM, show], b"update=CLEAR%20ALL&update=CLEAR%20ALL"), 400);
    check_refused(&send(at, "POST", "/update", &[("Content-Type", "text/plain"), show], b"CLEAR ALL"), 415);
    check_refused(&send(at, "POST", "/update", &[show], b"update=CLEAR%20ALL"), 415);
    let charset = ("Content-Type", "application/sparql-update; charset=UTF-16");
    check_refused(&send(at, "POST", "/update", &[charset, show], b"\0C\0L\0E\0A\0R\0 \0A\0L\0L"), 415);
    check_refused(&send(at, "POST", "/update", &[UPDATE, show], b"ADD NOTHING"), 400);
    check_refused(&send(at, "POST", "/update", &[UPDATE, show], b"LOAD <http://127.0.0.1:1/x>"), 400);
    check_boolean(&get(at, &ask("ASK { ?s a ent:Agreement }")), true);
}

#[test]
fn graphs_are_read_by_their_names() {
    let of = |path: &str, headers: &[(&str, &str)]| send(reader(), "GET", path, headers, b"");
    let events = of(&format!("/store?graph={}", encode(EVENTS)), &[]);
    assert_eq!(events.status, 200);
    assert!(events.text().contains("ent:Agreement"), "{}", events.text());
    let all = of("/store?default", &[("Accept", "application/n-triples")]);
    assert_eq!(all.header("content-type"), Some("application/n-triples; charset=utf-8"));
    assert!(all.body.len() > events.body.len());
    check_refused(&of("/store?graph=http%3A%2F%2Fexample.org%2Fnone", &[]), 404);
    check_refused(&of("/store?graph=none", &[]), 400);
    check_refused(&of("/store", &[]), 400);
    check_refused(&of(&format!("/store?default&graph={}", encode(EVENTS)), &[]), 400);
    check_refused(&send(reader(), "PUT", "/store?default", &[("Content-Type", "text/turtle")], b""), 405);
    check_refused(&of("/store?default", &[XML]), 406);
}

#[test]
fn the_service_and_its_data_are_described() {
    let service = get(reader(), "/sparql");
    assert_eq!(service.header("content-type"), Some("text/turtle; charset=utf-8"));
    for holds in
        ["sparql-service-description#Service", "sparql-service-description#endpoint", "UnionDefaultGraph", EVENTS]
    {
        assert!(service.text().contains(holds), "{holds}: {}", service.text());
    }
    assert!(!service.text().contains("SPARQL11Update"));
    let browser = send(reader(), "GET", "/sparql", &[("Accept", "text/html,*/*;q=0.8")], b"");
    assert_eq!((browser.status, browser.header("location")), (303, Some("/sparql-ui")));
    let void = get(reader(), "/.well-known/void");
    assert!(void.text().contains("http://rdfs.org/ns/void#Dataset"), "{}", void.text());
    let about = get(reader(), "/api/v1/").json();
    let triples = format!("<http://rdfs.org/ns/void#triples> {}", about["store"]["quads"]);
    // As `entente export --format void` describes it, and where it is asked.
    for holds in ["propertyPartition", "https://w3id.org/entente/void#dataset", "sparqlEndpoint", "Linkset"] {
        assert!(void.text().contains(holds), "{holds}: {}", void.text());
    }
    let xml = send(reader(), "GET", "/.well-known/void", &[("Accept", "application/rdf+xml")], b"");
    assert!(xml.text().starts_with("<?xml"), "{}", xml.text());
    assert!(void.text().contains(&triples), "{}", void.text());
}
