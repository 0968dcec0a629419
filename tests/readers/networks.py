#!/usr/bin/env python3
"""Opens exported networks with the programs that are to read them, and compares what they see with what was meant.

networks.py DIR: DIR/VIEW.FORMAT for each view in DIR/expected.json, which is
    {VIEW: {"directed": BOOL, "nodes": {ID: {ATTRIBUTE: VALUE}}, "edges": [[SOURCE, TARGET, LABEL, WEIGHT, [[FROM, TO], …]], …]}}
A node's attributes are its label and some others. Prints a line a check; the first difference ends it with an error.
"""

import html
import json
import pathlib
import re
import subprocess
import sys

import igraph
import lxml.etree
import networkx as nx
import pydot

HERE = pathlib.Path(__file__).parent
GEXF = "{http://gexf.net/1.3}"


def same(what, got, wanted):
    if got != wanted:
        for key in sorted(set(got) ^ set(wanted), key=repr) if isinstance(got, set) else []:
            print(f"  only one has {key!r}")
        raise AssertionError(f"{what}: {got!r} is not {wanted!r}")


def key(source, target, label, weight, directed):
    ends = (source, target) if directed else tuple(sorted((source, target)))
    return (*ends, label, float(weight))


def compare(reader, nodes, edges, view):
    """nodes: {id: attributes}; edges: (source, target, label, weight)."""
    same(f"{reader}: ids", set(nodes), set(view["nodes"]))
    for node, wanted in view["nodes"].items():
        for name, value in wanted.items():
            same(f"{reader}: {name} of {node}", nodes[node].get(name), value)
    directed = view["directed"]
    wanted = sorted(key(*edge[:4], directed) for edge in view["edges"])
    same(f"{reader}: edges", sorted(key(*edge, directed) for edge in edges), wanted)
    print(f"{reader}: {len(nodes)} nodes, {len(edges)} edges")


def by_networkx(reader, graph, view, label="label", edge_label="label"):
    nodes = {str(node): {**data, "label": data.get(label)} for node, data in graph.nodes(data=True)}
    edges = [(a, b, data[edge_label], data["weight"]) for a, b, data in graph.edges(data=True)]
    same(f"{reader}: directed", graph.is_directed(), view["directed"])
    compare(reader, nodes, edges, view)


def graphml(path, view):
    by_networkx("GraphML in networkx", nx.read_graphml(path, force_multigraph=True), view)
    graph = igraph.Graph.Read_GraphML(str(path))
    # igraph leaves references to characters in ids, though not in labels.
    names = [html.unescape(name) for name in graph.vs["id"]]
    # igraph knows no missing text or number.
    known = lambda value: value not in ("", None) and value == value
    nodes = {names[vertex.index]: {k: v for k, v in vertex.attributes().items() if known(v)} for vertex in graph.vs}
    edges = [(names[edge.source], names[edge.target], edge["label"], edge["weight"]) for edge in graph.es]
    same("igraph: directed", graph.is_directed(), view["directed"])
    compare("GraphML in igraph", nodes, edges, view)


def gexf(path, view):
    by_networkx("GEXF in networkx", nx.read_gexf(path), view)
    document = lxml.etree.parse(str(path))
    grammar = lxml.etree.RelaxNG(lxml.etree.parse(str(HERE / "gexf.rng")))
    grammar.assertValid(document)
    graph = document.getroot().find(f"{GEXF}graph")
    same("GEXF: mode", (graph.get("mode"), graph.get("timeformat")), ("dynamic", "date"))
    for name in ("node", "edge"):
        ids = [element.get("id") for element in graph.iter(f"{GEXF}{name}")]
        same(f"GEXF: {name} ids", len(set(ids)), len(ids))
        declared = {a.get("id") for group in graph.iter(f"{GEXF}attributes") if group.get("class") == name for a in group}
        used = {v.get("for") for element in graph.iter(f"{GEXF}{name}") for v in element.iter(f"{GEXF}attvalue")}
        same(f"GEXF: {name} attributes not declared", used - declared, set())
    def spells(edge):
        return tuple((s.get("start"), s.get("end")) for s in edge.iter(f"{GEXF}spell"))
    got = sorted((edge.get("source"), edge.get("target"), edge.get("label"), spells(edge)) for edge in graph.iter(f"{GEXF}edge"))
    wanted = sorted((a, b, label, tuple(map(tuple, days))) for a, b, label, _, days in view["edges"])
    same("GEXF: spells", got, wanted)
    print("GEXF: valid, with its spells")


def dot(path, view):
    drawn = subprocess.run(["dot", "-Tsvg", str(path)], capture_output=True, check=True)
    same("Graphviz: warnings", drawn.stderr.decode(), "")
    svg = lxml.etree.fromstring(drawn.stdout)
    texts = {" ".join("".join(t.itertext()).split()) for t in svg.iter("{http://www.w3.org/2000/svg}text")}
    for node in view["nodes"].values():
        for line in re.split(r"\n", node["label"]):
            line = " ".join("".join(" " if ord(c) < 32 else c for c in line).split())
            if line and line not in texts:
                raise AssertionError(f"Graphviz: {line!r} is not among {texts!r}")
    graph = pydot.graph_from_dot_file(str(path), encoding="utf-8")[0]
    unquoted = lambda text: text.strip('"').replace('\\"', '"').replace("\\\\", "\\")
    nodes = {unquoted(node.get_name()) for node in graph.get_nodes()} - {"node", "edge", "graph"}
    same("pydot: nodes", nodes, set(view["nodes"]))
    same("pydot: edges", len(graph.get_edges()), len(view["edges"]))
    print("DOT in Graphviz and pydot")


def picture(path, view):
    svg = lxml.etree.parse(str(path)).getroot()
    same("SVG: root", lxml.etree.QName(svg).localname, "svg")
    same("SVG: scripts", [e for e in svg.iter() if lxml.etree.QName(e).localname.lower() == "script"], [])
    print("SVG in libxml2")


def main(folder):
    expected = json.loads((folder / "expected.json").read_text("utf-8"))
    for name, view in expected.items():
        print(f"{name}:")
        graphml(folder / f"{name}.graphml", view)
        gexf(folder / f"{name}.gexf", view)
        data = json.loads((folder / f"{name}.json").read_text("utf-8"))
        by_networkx("node-link JSON in networkx", nx.node_link_graph(data, edges="links"), view)
        data = json.loads((folder / f"{name}.cyjs").read_text("utf-8"))
        by_networkx("Cytoscape JSON in networkx", nx.cytoscape_graph(data), view, "name", "interaction")
        dot(folder / f"{name}.dot", view)
        picture(folder / f"{name}.svg", view)


main(pathlib.Path(sys.argv[1]))
