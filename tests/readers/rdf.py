#!/usr/bin/env python3
"""Opens exported RDF with rdflib, and compares the formats with each other; canonicalizes with PyLD.

rdf.py DIR: DIR/graph.nq, .trig, .ttl and .jsonld of one graph, and DIR/literals.json: a list of texts that must be literals
of it. Prints a line a check.
"""

import json
import pathlib
import re
import sys

import rdflib
from pyld import jsonld


def quads(path, form):
    data = rdflib.Dataset()
    data.parse(str(path), format=form)
    return {(s, p, o, str(g)) for s, p, o, g in data.quads()}


def main(folder):
    # A literal keeps its form, whatever its value: 0.930 stays apart from 0.93.
    rdflib.NORMALIZE_LITERALS = False
    lines = (folder / "graph.nq").read_text("utf-8")
    nquads = quads(folder / "graph.nq", "nquads")
    assert len(nquads) == lines.count("\n"), (len(nquads), lines.count("\n"))
    for form, name in [("trig", "graph.trig"), ("json-ld", "graph.jsonld")]:
        got = quads(folder / name, form)
        assert got == nquads, (form, sorted(got ^ nquads)[:6])
        print(f"{name} in rdflib: {len(got)} quads")
    turtle = rdflib.Graph()
    turtle.parse(str(folder / "graph.ttl"), format="turtle")
    merged = {quad[:3] for quad in nquads}
    assert set(turtle) == merged, sorted(set(turtle) ^ merged)[:6]
    print(f"graph.ttl in rdflib: {len(turtle)} triples")
    values = {str(quad[2]) for quad in nquads if isinstance(quad[2], rdflib.Literal)}
    for text in json.loads((folder / "literals.json").read_text("utf-8")):
        assert text in values, f"no literal is {text!r}"
    canonical(lines)


def canonical(lines):
    # PyLD takes a backslash before an n, escaped as it must be, for an escaped line break: what holds one is left out.
    lines = "".join(line for line in lines.splitlines(keepends=True) if not re.search(r"\\\\[nrt]", line))
    options = {"inputFormat": "application/n-quads", "format": "application/n-quads"}
    # Without blank nodes RDFC-1.0 and its forerunner are one.
    got = jsonld.normalize(lines, {**options, "algorithm": "URDNA2015"})
    assert got == lines, next((a, b) for a, b in zip(got.split("\n"), lines.split("\n")) if a != b)
    print("graph.nq is what PyLD makes of it")


main(pathlib.Path(sys.argv[1]))
