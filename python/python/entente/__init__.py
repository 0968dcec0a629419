"""Facts about the ties between countries from news articles, each with the sentence that says so.

>>> import entente
>>> facts = entente.extract("Japan and Peru signed a fisheries treaty in Lima on Monday.", published="2024-05-08")
>>> [(a["type"], a["parties"], a["status"], a["date"]) for a in facts["agreements"]]
[('treaty', ['JPN', 'PER'], 'signed', '2024-05-06')]

The facts have the shape that ``entente extract --format json`` prints. Offsets count Unicode scalar values of the
article's text, that is, characters of a ``str``.
"""

from __future__ import annotations

import json as _json
from collections.abc import Iterable, Mapping
from typing import Any

from . import _entente
from ._entente import Articles, Extraction, __version__, extract, read, read_file

__all__ = ["Articles", "Extraction", "Graph", "__version__", "extract", "extract_many", "read", "read_file", "table"]


def extract_many(articles: Iterable[Mapping[str, Any]], *, threads: int = 0, min_confidence: float = 0.0,
                 any_language: bool = False, json: bool = False) -> Extraction:
    """Facts of many articles, on all cores (or `threads`), in the order of the articles; with `json` as text.

    `articles` come from :func:`read`, or are dictionaries with the fields that a line of JSON Lines may have: ``text`` and,
    where known, ``id``, ``title``, ``published``, ``source``, ``url``. What cannot be read is told in ``errors`` of the
    result; the other articles go on.
    """
    if isinstance(articles, (str, bytes)):
        raise TypeError("extract_many() takes articles; for files write extract_many(entente.read(path))")
    return _entente.extract_many(articles, threads=threads, min_confidence=min_confidence, any_language=any_language,
                                 json=json)


class Graph(_entente.Graph):
    """The knowledge graph of many articles, in memory or, with a path, in a folder.

    >>> graph = Graph()
    >>> graph.build(extract_many(read("seeds/articles")))        # doctest: +SKIP
    >>> graph.query("agreements-of-country", country="KOR")      # doctest: +SKIP
    """

    def build(self, facts: Iterable[dict[str, Any]]) -> Graph:
        """Adds the facts of articles and makes their events and ties; gives the graph itself."""
        for one in facts:
            self.add(one)
        self.settle()
        return self

    def query(self, question: str, **parameters: Any) -> list[dict[str, Any]] | bool:
        """Rows of a question of the catalogue (by name, with its parameters) or of SPARQL text.

        Numbers and truth values come as such, other terms as text; what a row leaves open is missing from it. ASK gives
        a truth value.
        """
        answer = _json.loads(self.query_json(question, **parameters))
        if "boolean" in answer:
            return answer["boolean"]
        return [{name: _value(term) for name, term in row.items()} for row in answer["results"]["bindings"]]

    def to_networkx(self, **filters: Any):
        """The ties as a :class:`networkx.MultiDiGraph`: nodes are codes (with ``name``, ``country``, ``region``), edges have
        ``key`` = the kind of tie, ``count``, ``articles``, ``quad_class``, ``first``, ``last``. A tie without a direction is
        one edge from the first code to the second, with ``directed`` false. Takes the filters of :meth:`ties`.
        """
        import networkx

        graph = networkx.MultiDiGraph()
        ties = self.ties(**filters)
        used = {code for tie in ties for code in (tie["from"], tie["to"])}
        for party in self.parties():
            if party["code"] in used:
                graph.add_node(party["code"], **{k: v for k, v in party.items() if k != "code" and v is not None})
        for tie in ties:
            attributes = {k: v for k, v in tie.items() if k not in ("from", "to", "kind") and v is not None}
            graph.add_edge(tie["from"], tie["to"], key=tie["kind"], kind=tie["kind"], **attributes)
        return graph

    def to_pandas(self, **filters: Any):
        """The events as a :class:`pandas.DataFrame`, one a row, with ``earliest`` and ``latest`` as days. Takes the filters of
        :meth:`events`.
        """
        import pandas

        frame = pandas.DataFrame(self.events(**filters))
        for column in ("earliest", "latest"):
            if column in frame:
                frame[column] = pandas.to_datetime(frame[column])
        return frame


def _value(term: dict[str, str]) -> Any:
    kind = term.get("datatype", "").rpartition("#")[2]
    if kind in ("integer", "int", "long"):
        return int(term["value"])
    if kind in ("decimal", "double", "float"):
        return float(term["value"])
    if kind == "boolean":
        return term["value"] in ("true", "1")
    return term["value"]


def table(facts: Iterable[dict[str, Any]], kind: str = "agreements"):
    """The ``agreements``, ``encounters``, ``acts``, ``leaders`` or ``relations`` of many articles as a
    :class:`pandas.DataFrame`, one a row, with the article's ``article``, ``published``, ``source`` and the first ``sentence``.
    """
    import pandas

    kinds = ("agreements", "encounters", "acts", "leaders", "relations")
    if kind not in kinds:
        raise ValueError(f"`{kind}` is none of {', '.join(kinds)}")
    rows = []
    for one in facts:
        article = one["article"]
        head = {"article": article["id"], "published": article.get("published"), "source": article.get("source")}
        for fact in one[kind]:
            row = {k: v for k, v in fact.items() if k not in ("evidence", "mentions")}
            evidence = fact.get("evidence") or []
            rows.append({**head, **row, "sentence": evidence[0]["quote"] if evidence else None})
    return pandas.DataFrame(rows)
