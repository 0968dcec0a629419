#!/usr/bin/env python3
"""Reads with rdflib what Entente tells of its graph, and asks the questions that it lists.

stdin:  {"files": [[NAME, TURTLE], …], "trig": TEXT}
stdout: {"triples": {NAME: NUMBER}, "classes": [IRI], "asked": {QUERY: rows, or the error as text}}

The questions come from the file named queries, as an editor would find them, and are asked of the TriG text.
"""

import json
import sys

import rdflib

QUESTIONS = """
PREFIX sh: <http://www.w3.org/ns/shacl#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT DISTINCT ?sq ?query
WHERE { ?sq a sh:SPARQLExecutable ; rdfs:comment ?comment ; sh:prefixes ?prefixes ; sh:select|sh:ask|sh:construct ?query }
"""
CLASSES = """
PREFIX void: <http://rdfs.org/ns/void#>
SELECT ?class WHERE { ?dataset a void:Dataset ; void:classPartition [ void:class ?class ; void:entities ?n ] }
"""


def main():
    task = json.load(sys.stdin)
    graphs = {name: rdflib.Graph().parse(data=text, format="turtle") for name, text in task["files"]}
    world = rdflib.Dataset(default_union=True)
    world.parse(data=task["trig"], format="trig")
    asked = {}
    for row in graphs["queries"].query(QUESTIONS):
        try:
            asked[str(row.sq)] = len(list(world.query(str(row.query))))
        except Exception as error:  # whatever the engine does not accept is a finding
            asked[str(row.sq)] = f"{type(error).__name__}: {error}"
    classes = sorted(str(row["class"]) for row in graphs["void"].query(CLASSES))
    triples = {name: len(graph) for name, graph in graphs.items()}
    json.dump({"triples": triples, "classes": classes, "asked": asked}, sys.stdout)


main()
