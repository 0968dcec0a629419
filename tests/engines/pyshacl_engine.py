#!/usr/bin/env python3
"""Validates graphs with pySHACL, for a comparison with our own checks.

stdin:  {"shapes": TURTLE, "ontology": [TURTLE, …], "graphs": [TURTLE, …]}
stdout: a list, for each graph the sorted list of its results [SHAPE, FOCUS, PATH, CONSTRAINT], or {"error": TEXT}

SHAPE is the IRI of the node shape, CONSTRAINT the component's local name (MinCountConstraintComponent).
"""

import json
import logging
import sys

import pyshacl
import rdflib

SH = rdflib.Namespace("http://www.w3.org/ns/shacl#")


def results(data, shapes, ontology):
    _, report, _ = pyshacl.validate(data, shacl_graph=shapes, ont_graph=ontology, inference="none", allow_warnings=True)
    found = set()
    for result in report.subjects(rdflib.RDF.type, SH.ValidationResult):
        source = report.value(result, SH.sourceShape)
        shape = shapes.value(None, SH.property, source) or source
        component = str(report.value(result, SH.sourceConstraintComponent))
        focus, path = report.value(result, SH.focusNode), report.value(result, SH.resultPath)
        found.add((str(shape), str(focus), str(path), component.rsplit("#", 1)[-1]))
    return sorted(found)


def main():
    task = json.load(sys.stdin)
    # rdflib tells of ill-formed literals in the log; here they are findings.
    logging.disable(logging.CRITICAL)
    # A literal keeps its form: an ill-formed number is a finding, not another value.
    rdflib.NORMALIZE_LITERALS = False
    shapes = rdflib.Graph().parse(data=task["shapes"], format="turtle")
    ontology = rdflib.Graph()
    for text in task["ontology"]:
        ontology.parse(data=text, format="turtle")
    answers = []
    for text in task["graphs"]:
        try:
            answers.append(results(rdflib.Graph().parse(data=text, format="turtle"), shapes, ontology))
        except Exception as error:  # whatever the engine does not accept is a finding
            answers.append({"error": f"{type(error).__name__}: {error}"})
    json.dump(answers, sys.stdout)


main()
