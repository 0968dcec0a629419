"""The graph that Spark makes on two workers is the one of a single machine, quad for quad."""

import datetime
import gzip
import json
import os
import pathlib
import shutil
import subprocess
import sys

import pytest

import entente

pytest.importorskip("pyspark", reason="pyspark is not installed (`make spark` installs it)")
if not (shutil.which("java") or os.environ.get("JAVA_HOME")):
    pytest.skip("there is no Java, which Spark needs", allow_module_level=True)

import pyarrow as pa  # noqa: E402
import pyarrow.parquet as pq  # noqa: E402
from pyspark.sql import SparkSession  # noqa: E402

from entente import spark as job  # noqa: E402

SEEDS = pathlib.Path(__file__).parents[2] / "seeds" / "articles"


@pytest.fixture(scope="module")
def spark():
    os.environ["PYSPARK_PYTHON"] = sys.executable
    session = (SparkSession.builder.master("local[2]").appName("test").config("spark.ui.enabled", "false")
               .config("spark.sql.shuffle.partitions", "4").getOrCreate())
    session.sparkContext.setLogLevel("ERROR")
    yield session
    session.stop()


def graph_of(articles):
    return entente.Graph().build(entente.extract_many(articles)).dump("nquads").splitlines()


def quads(folder):
    return [line for part in sorted((folder / "quads.nq").glob("part-*.gz")) for line in gzip.decompress(part.read_bytes()).decode().splitlines()]


def test_the_seed_articles_of_a_parquet_file(spark, tmp_path):
    articles = [{**a, "published": a["published"] and datetime.date.fromisoformat(a["published"])} for a in entente.read(SEEDS)]
    pq.write_table(pa.Table.from_pylist(articles), tmp_path / "seeds.parquet", row_group_size=64)
    counts = job.build(spark, str(tmp_path / "seeds.parquet"), str(tmp_path / "graph"), partitions=3, canonical=True)
    expected = graph_of(entente.read(SEEDS))
    made = quads(tmp_path / "graph")
    assert (len(made), len(set(made) - set(expected)), len(set(expected) - set(made))) == (len(expected), 0, 0)
    assert len(expected) > 20_000 and made == expected
    assert counts == {"articles": len(articles), "errors": 0, "quads": len(expected)}
    table = pq.read_table(tmp_path / "graph" / "quads.parquet").to_pylist()
    assert sorted("<{subject}> <{predicate}> {object} <{graph}> .".format(**row) for row in table) == expected
    with pytest.raises(FileExistsError):
        job.build(spark, str(tmp_path / "seeds.parquet"), str(tmp_path / "graph"))
    # A run that was cut off goes on with the stages that are whole.
    shutil.rmtree(tmp_path / "graph" / "stages" / "round-2")
    shutil.rmtree(tmp_path / "graph" / "quads.nq")
    left = (tmp_path / "graph" / "stages" / "round-1" / "_SUCCESS").stat().st_mtime_ns
    # It is not read again.
    (tmp_path / "seeds.parquet").unlink()
    job.build(spark, str(tmp_path / "seeds.parquet"), str(tmp_path / "graph"), resume=True)
    assert sorted(quads(tmp_path / "graph")) == expected
    assert (tmp_path / "graph" / "stages" / "round-1" / "_SUCCESS").stat().st_mtime_ns == left


@pytest.mark.parametrize("stream", [True, False])
def test_json_lines_and_web_archives_with_ids_that_come_twice(spark, tmp_path, stream):
    news = tmp_path / "news"
    news.mkdir()
    seeds = list(entente.read(SEEDS))[:40]
    # Other texts under ids that were there, one article twice, one line that is none.
    lines = [json.dumps(a) for a in seeds] + [json.dumps({**b, "id": a["id"]}) for a, b in zip(seeds, seeds[5:15])] + [json.dumps(seeds[0]), "{"]
    (news / "a.jsonl.gz").write_bytes(gzip.compress("\n".join(lines[:30]).encode()))
    (news / "b.jsonl").write_text("\n".join(lines[30:]))
    page = "<html><head><title>Oslo</title></head><body><article><p>The prime ministers of Norway and Sweden met in Oslo on 2 May 2024 and signed an agreement on fisheries.</p></article></body></html>"
    http = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{page}".encode()
    head = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://news.example/1\r\nWARC-Date: 2024-05-03T00:00:00Z\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n".encode()
    (news / "c.warc.gz").write_bytes(gzip.compress(head + http + b"\r\n\r\n"))
    counts = job.build(spark, str(news), str(tmp_path / "graph"), partitions=2, stream=stream)
    assert counts["errors"] == 1 and counts["articles"] == 52
    # The program tells ids apart as it reads; the same here by hand.
    known, articles = {}, []
    for article in entente.read(news):
        if known.setdefault(article["id"], article["text"]) != article["text"]:
            article["id"] += "~" + entente.extract(article["text"], any_language=True)["article"]["sha256"][:8]
        articles.append(article)
    made, expected = quads(tmp_path / "graph"), graph_of(articles)
    assert (len(made), len(set(made) - set(expected)), len(set(expected) - set(made))) == (len(expected), 0, 0)


@pytest.mark.skipif("ENTENTE" not in os.environ, reason="ENTENTE does not name the program")
def test_the_program_makes_the_same_of_the_same_file(spark, tmp_path):
    with (tmp_path / "seeds.jsonl").open("w") as lines:
        lines.writelines(json.dumps(article) + "\n" for article in entente.read(SEEDS))
    job.build(spark, str(tmp_path / "seeds.jsonl"), str(tmp_path / "graph"), partitions=2)
    program = [os.environ["ENTENTE"], "--quiet", "--store", str(tmp_path / "store")]
    subprocess.run([*program, "build", str(tmp_path / "seeds.jsonl")], check=True)
    dump = subprocess.run([*program, "export", "--format", "nquads"], check=True, capture_output=True, text=True).stdout
    # The program notes when it was called.
    assert sorted(quads(tmp_path / "graph")) == [line for line in dump.splitlines() if "/id/call/" not in line]


def test_the_command_line_notes_its_run_and_says_what_it_did(tmp_path):
    (tmp_path / "a.txt").write_text("# date: 2024-05-08\nJapan and Peru signed a fisheries treaty in Lima on Monday.")
    command = [sys.executable, "-m", "entente.spark", "--master", "local[1]", "--partitions", "1", "--at", "2026-01-01T00:00:00Z"]
    done = subprocess.run([*command, str(tmp_path / "a.txt"), str(tmp_path / "graph")], capture_output=True, text=True, check=False)
    assert done.returncode == 0 and done.stdout.startswith("1 articles, 0 that could not be read, "), done.stderr[-2000:]
    assert any("2026-01-01T00:00:00Z" in line for line in quads(tmp_path / "graph"))


def test_a_run_of_others_is_not_resumed(spark, tmp_path):
    for name in "ab":
        (tmp_path / f"{name}.txt").write_text("# date: 2024-05-08\nJapan and Peru signed a fisheries treaty in Lima on Monday.")
    counts = job.build(spark, [str(tmp_path / "a.txt")], str(tmp_path / "graph"), partitions=1)
    assert job.build(spark, [str(tmp_path / "a.txt")], str(tmp_path / "graph"), partitions=1, resume=True) == counts
    with pytest.raises(ValueError, match="other articles or options"):
        job.build(spark, [str(tmp_path / "b.txt")], str(tmp_path / "graph"), partitions=1, resume=True)
    with pytest.raises(ValueError, match="other articles or options"):
        job.build(spark, [str(tmp_path / "a.txt")], str(tmp_path / "graph"), partitions=1, resume=True, min_confidence=0.5)
