#!/usr/bin/env python3
"""Answers SPARQL with rdflib, for a comparison with our own engine.

stdin:  {"trig": TEXT, "queries": [SPARQL, …]}
stdout: a list, for each query {"rows": [[TERM or null, …], …]} or {"error": TEXT}; a CONSTRUCT gives its triples as rows.
TERM:   {"type": "uri" or "literal", "value": TEXT, "datatype": IRI or null, "lang": TEXT or null}

The default graph is the union of the named graphs.
"""

import json
import sys

import rdflib


def term(node):
    if node is None:
        return None
    if isinstance(node, rdflib.Literal):
        datatype = str(node.datatype) if node.datatype else None
        return {"type": "literal", "value": str(node), "datatype": datatype, "lang": node.language}
    return {"type": "uri", "value": str(node), "datatype": None, "lang": None}


def answer(dataset, query):
    try:
        result = dataset.query(query)
        if result.type == "SELECT":
            return {"rows": [[term(row[v]) for v in result.vars] for row in result]}
        if result.type == "ASK":
            return {"rows": [[term(rdflib.Literal(result.askAnswer))]]}
        return {"rows": [[term(node) for node in triple] for triple in result]}
    except Exception as error:  # whatever the engine does not accept is a finding
        return {"error": f"{type(error).__name__}: {error}"}


def main():
    # A literal keeps its form, whatever its value: 0.930 stays apart from 0.93.
    rdflib.NORMALIZE_LITERALS = False
    task = json.load(sys.stdin)
    dataset = rdflib.Dataset(default_union=True)
    dataset.parse(data=task["trig"], format="trig")
    json.dump([answer(dataset, query) for query in task["queries"]], sys.stdout)


main()
