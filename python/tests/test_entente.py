"""Tests of the binding on texts of its own and on the seed articles."""

import datetime
import gzip
import hashlib
import json
import pathlib
import subprocess
import sys

import networkx
import pytest

import entente

TEXT = "Japan and Peru signed a fisheries treaty in Lima on Monday."
SEEDS = pathlib.Path(__file__).parents[2] / "seeds" / "articles"


def test_facts_have_the_shape_of_the_contract_and_quotes_stand_at_their_offsets():
    facts = entente.extract(TEXT, published=datetime.date(2024, 5, 8), source="Own")
    assert facts["article"]["published"] == "2024-05-08" and facts["article"]["source"] == "Own"
    treaty = facts["agreements"][0]
    assert (treaty["type"], treaty["parties"], treaty["status"]) == ("treaty", ["JPN", "PER"], "signed")
    for evidence in treaty["evidence"]:
        assert TEXT[evidence["start"]:evidence["end"]] == evidence["quote"]
    assert json.loads(json.dumps(facts)) == facts


def test_a_date_may_be_text_and_offsets_count_characters():
    text = "서울 👋. " + TEXT
    facts = entente.extract(text, published="2024-05-08T10:00:00Z", any_language=True)
    evidence = facts["agreements"][0]["evidence"][0]
    assert text[evidence["start"]:evidence["end"]] == evidence["quote"]


@pytest.mark.parametrize("call, error, words", [
    (lambda: entente.extract(TEXT, published="last week"), ValueError, "no date"),
    (lambda: entente.extract("  "), ValueError, "empty"),
    (lambda: entente.extract(TEXT, min_confidence=2), ValueError, "probability"),
    (lambda: entente.extract(7), TypeError, "str"),
    (lambda: entente.read(), ValueError, "path"),
    (lambda: entente.extract_many("news/"), TypeError, "read(path)"),
    (lambda: next(entente.extract_many([TEXT])), TypeError, "dict"),
    (lambda: entente.read_file(SEEDS, "x.txt"), TypeError, "binary file"),
    (lambda: entente.extract_many([TEXT], threads=1, min_confidence=-1), ValueError, "probability"),
    (lambda: entente.Graph().query("agreements-of-contry", country="JPN"), ValueError, "agreements-of-country"),
    (lambda: entente.Graph().query("SELECT * WHERE {"), ValueError, ""),
    (lambda: entente.Graph().add({"article": 1}), ValueError, "no facts"),
    (lambda: entente.Graph().dump("png"), ValueError, "trig"),
])
def test_what_is_wrong_is_named(call, error, words):
    with pytest.raises(error) as caught:
        call()
    assert words in str(caught.value)


def test_what_cannot_be_read_is_told_and_the_others_go_on(tmp_path):
    (tmp_path / "a.txt").write_text("# date: 2024-05-08\n" + TEXT)
    (tmp_path / "b.txt").write_text("")
    articles = entente.read(tmp_path)
    assert [a["id"] for a in articles] == ["a"]
    assert len(articles.errors) == 1 and "b.txt" in articles.errors[0]
    extraction = entente.extract_many([{"id": "a", "text": TEXT}, {"text": " "}, {"id": "c", "text": TEXT}])
    assert [f["article"]["id"] for f in extraction] == ["a", "c"]
    assert len(extraction.errors) == 1


def test_what_an_iterator_raises_comes_after_the_facts_of_the_articles_before_it():
    def articles():
        yield {"id": "a", "text": TEXT}
        yield {"id": "b", "text": TEXT}
        raise OSError("the line broke")

    extraction = entente.extract_many(articles())
    assert [next(extraction)["article"]["id"] for _ in "ab"] == ["a", "b"]
    with pytest.raises(OSError, match="the line broke"):
        next(extraction)


def test_an_article_is_any_mapping_with_the_fields_of_json_lines():
    import collections
    rows = [
        {"body": TEXT, "date": datetime.date(2024, 5, 8), "_id": "a"},
        collections.UserDict(content=TEXT, published=datetime.datetime(2024, 5, 8, 9, 30), id="a"),
        {"text": TEXT, "published": "2024-05-08", "id": "a", "tags": ["x"]},
    ]
    extraction = entente.extract_many(rows + [{"tags": 1}])
    first, *others = extraction
    assert first["agreements"][0]["date"] == "2024-05-06" and others == [first, first]
    assert len(extraction.errors) == 1 and "no text" in extraction.errors[0]
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame([{"text": TEXT, "published": pandas.Timestamp("2024-05-08"), "id": "a"}, {"text": TEXT, "id": "b"}])
    frame["title"] = [None, float("nan")]
    known, unknown = entente.extract_many(frame.to_dict("records"))
    assert known == first and (unknown["article"]["published"], unknown["article"]["title"]) == (None, "")
    as_text = list(entente.extract_many(rows, json=True))
    assert [json.loads(text) for text in as_text] == [first, first, first]


def test_an_open_file_is_read_like_a_path(tmp_path):
    line = json.dumps({"text": TEXT, "published": "2024-05-08"})
    path = tmp_path / "news.jsonl.gz"
    path.write_bytes(gzip.compress(f"{line}\nnonsense\n{line}\n".encode()))
    with path.open("rb") as file:
        articles = entente.read_file(file, "news.jsonl.gz")
        facts = list(entente.extract_many(articles))
    assert facts == list(entente.extract_many(entente.read(path))) and [f["article"]["id"] for f in facts] == ["news#1", "news#3"]
    assert len(articles.errors) == 1 and "line 2" in articles.errors[0]
    with open(__file__) as text:
        articles = entente.read_file(text, "x.txt")
        assert list(articles) == [] and "open it with" in articles.errors[0]


def test_dictionaries_of_articles_give_what_their_files_give():
    given = list(entente.read(SEEDS))
    whole = list(entente.extract_many(entente.read(SEEDS)))
    assert list(entente.extract_many(given)) == whole
    assert [facts["article"]["sha256"] for facts in whole] == [hashlib.sha256(a["text"].encode()).hexdigest() for a in given]


def test_many_articles_give_the_same_on_any_number_of_threads():
    one = list(entente.extract_many(entente.read(SEEDS), threads=1))
    assert len(one) > 100
    assert one == list(entente.extract_many(entente.read(SEEDS), threads=4))
    assert entente.extract_many(entente.read(SEEDS), min_confidence=0.9).__next__() is not None


@pytest.fixture(scope="module")
def graph():
    return entente.Graph().build(entente.extract_many(entente.read(SEEDS)))


def test_questions_are_answered(graph):
    rows = graph.query("agreements-of-country", country="Singapore", since="2025-11-01")
    assert any(r["partners"] == "KOR" and r["type"] == "partnership" for r in rows)
    assert graph.query("ASK { ?s ?p ?o }") is True
    count = graph.query("SELECT (COUNT(DISTINCT ?a) AS ?n) WHERE { GRAPH ?g { ?a a <https://w3id.org/entente/ontology#Article> } }")
    assert count == [{"n": graph.counts()["articles"]}]


def test_events_show_their_sentences(graph):
    events = graph.events(all_of=["KOR", "SGP"], since="2025-11-01")
    assert events and all({"KOR", "SGP"} <= set(e["parties"]) for e in events)
    assert all(graph.evidence(e["iri"])[0]["quote"] for e in events)


def test_ties_are_a_graph_for_networkx(graph):
    net = graph.to_networkx()
    ties = graph.ties()
    assert isinstance(net, networkx.MultiDiGraph) and net.number_of_edges() == len(ties) > 100
    assert net.nodes["KOR"]["name"] == "South Korea"
    assert sum(d["count"] for _, _, d in net.edges(data=True)) == sum(t["count"] for t in ties)


def test_events_are_a_table_for_pandas(graph):
    frame = graph.to_pandas(any_of=["KOR"])
    assert len(frame) == len(graph.events(any_of=["KOR"])) and str(frame["earliest"].dtype).startswith("datetime64")
    acts = entente.table(entente.extract_many(entente.read(SEEDS)), "acts")
    assert {"article", "published", "actor", "recipient", "type", "sentence"} <= set(acts.columns) and len(acts) > 100
    with pytest.raises(ValueError, match="agreements"):
        entente.table([], "deals")


def test_a_graph_forgets_and_dumps(graph):
    first = next(iter(entente.extract_many(entente.read(SEEDS))))
    before = graph.dump("nquads")
    assert graph.add(first) == "unchanged"
    assert graph.forget([first["article"]["id"], "none"]) == ["none"]
    assert graph.counts()["articles"] == len(list(entente.read(SEEDS))) - 1
    assert graph.add(first) == "stored"
    graph.settle()
    assert sorted(graph.dump("nquads").splitlines()) == sorted(before.splitlines())


def test_a_graph_in_a_folder_is_there_again(tmp_path):
    facts = entente.extract(TEXT, published="2024-05-08", id="lima")
    entente.Graph(tmp_path / "g").build([facts])
    assert entente.Graph(tmp_path / "g").counts()["articles"] == 1


def test_the_examples_in_the_documentation_hold():
    code = "import doctest, entente, sys; sys.exit(doctest.testmod(entente).failed)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
