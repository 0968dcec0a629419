#!/usr/bin/env python3
"""Reads a SPARQL endpoint with rdflib's SPARQLStore, by GET and by POST in both ways; says `ok`."""

import sys

from rdflib import Graph, URIRef
from rdflib.plugins.stores.sparqlstore import SPARQLStore

base = sys.argv[1]
ENT = "https://w3id.org/entente/ontology#"
EVENTS = "https://w3id.org/entente/graph/events"
COUNT = f"SELECT (COUNT(DISTINCT ?e) AS ?n) WHERE {{ ?e a <{ENT}Agreement> }}"


def one(graph, query):
    (row,) = list(graph.query(query))
    return row[0].toPython()


counts = set()
for method in ("GET", "POST", "POST_FORM"):
    for form in ("xml", "json"):
        store = SPARQLStore(f"{base}/sparql", method=method, returnFormat=form)
        graph = Graph(store)
        counts.add(one(graph, COUNT))
        assert graph.query("ASK { ?s ?p ?o }").askAnswer is True
assert len(counts) == 1 and counts.pop() > 3, counts

store = SPARQLStore(f"{base}/sparql")
graph = Graph(store)
kinds = set(graph.subjects(URIRef("http://www.w3.org/1999/02/22-rdf-syntax-ns#type"), URIRef(ENT + "Agreement")))
assert len(kinds) > 3
made = graph.query(f"CONSTRUCT {{ ?e a <{ENT}Agreement> }} WHERE {{ ?e a <{ENT}Agreement> }}").graph
assert len(made) == len(kinds), (len(made), len(kinds))

# The Graph Store Protocol gives the same as the endpoint.
events = Graph().parse(f"{base}/store?graph={EVENTS}", format="turtle")
assert set(events.subjects(None, URIRef(ENT + "Agreement"))) == kinds
for form in ("xml", "nt", "json-ld"):
    description = Graph().parse(f"{base}/.well-known/void", format=form)
    assert len(description) > 10
print("ok")
