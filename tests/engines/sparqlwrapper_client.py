#!/usr/bin/env python3
"""Reads a SPARQL endpoint with SPARQLWrapper in every format and method that it knows; says `ok`."""

import sys

from SPARQLWrapper import CSV, GET, JSON, JSONLD, N3, POST, POSTDIRECTLY, RDFXML, TSV, TURTLE, URLENCODED, XML, SPARQLWrapper

base = sys.argv[1]
ENT = "https://w3id.org/entente/ontology#"
SELECT = f"SELECT ?e WHERE {{ ?e a <{ENT}Agreement> }} ORDER BY ?e"


def endpoint(query, form, method=GET, request=URLENCODED):
    wrapper = SPARQLWrapper(f"{base}/sparql")
    wrapper.setQuery(query)
    wrapper.setReturnFormat(form)
    wrapper.setMethod(method)
    wrapper.setRequestMethod(request)
    return wrapper


answers = []
for method, request in ((GET, URLENCODED), (POST, URLENCODED), (POST, POSTDIRECTLY)):
    rows = endpoint(SELECT, JSON, method, request).queryAndConvert()["results"]["bindings"]
    answers.append([row["e"]["value"] for row in rows])
assert answers[0] == answers[1] == answers[2] and len(answers[0]) > 3

document = endpoint(SELECT, XML).queryAndConvert()
assert len(document.getElementsByTagName("result")) == len(answers[0])
for form in (CSV, TSV):
    lines = endpoint(SELECT, form).queryAndConvert().decode().split()
    assert len(lines) == len(answers[0]) + 1, lines
construct = f"CONSTRUCT {{ ?e a <{ENT}Agreement> }} WHERE {{ ?e a <{ENT}Agreement> }}"
for form in (RDFXML, JSONLD):
    assert len(endpoint(construct, form).queryAndConvert()) == len(answers[0])
for form in (TURTLE, N3):
    assert b"Agreement" in endpoint(construct, form).queryAndConvert()
wrapper = endpoint("SELECT ?g WHERE { GRAPH ?g { ?s ?p ?o } } LIMIT 1", JSON)
wrapper.addParameter("named-graph-uri", "https://w3id.org/entente/graph/ties")
(row,) = wrapper.queryAndConvert()["results"]["bindings"]
assert row["g"]["value"] == "https://w3id.org/entente/graph/ties"
print("ok")
