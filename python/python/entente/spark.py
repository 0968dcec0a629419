"""The knowledge graph of many articles with Apache Spark: the same graph that one machine makes, quad for quad.

::

    python -m entente.spark news/*.warc.gz graph/                       # or spark-submit, with this file
    python -m entente.spark hdfs://cluster/news.parquet hdfs://cluster/graph --partitions 4000

Articles become facts one by one, facts become pieces of work, each for one key: the claims of one pair of parties, one
name, one leader. Spark brings the pieces of a key together, three times, and the engine settles each key as it would in a
store of its own. The output folder holds::

    facts/          one row an article: id, sha256, the facts as JSON; or, for what could not be read, the error
    stages/         the pieces between the rounds; may be deleted when the graph is there
    quads.nq/       the graph as N-Quads (gzip), without blank nodes
    quads.parquet/  the same as a table: subject, predicate, object, graph

Needs ``pyspark``, ``pyarrow`` and Java; the engine must be installed on every worker.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import sys
from collections.abc import Iterable, Iterator
from datetime import datetime, timezone
from functools import partial
from typing import Any
from urllib.parse import unquote, urlsplit

import pyarrow as pa
from pyspark.sql import DataFrame, SparkSession, Window
from pyspark.sql import functions as F

import entente
from entente import _entente

#: What Spark calls a row of facts, and a row of work.
_FACTS = "place string, number long, id string, sha256 string, facts string, error string"
_WORK = "round int, key string, quads string"
#: Rows of work that are no piece: quads that only this row has, and quads that others may have too.
_OWN, _SHARED = "own", "shared"
#: Rows that are handed to Spark at a time.
_ROWS = 500
#: Bytes of N-Quads that are settled at a time, about: some 50,000 quads, a few dozen megabytes of memory.
_BATCH = 8 << 20
#: One quad in canonical form: IRIs alone but for the object.
_QUAD = r"^<([^>]*)> <([^>]*)> (.*) <([^>]*)> \.$"
#: Schemes that are read as a stream; others are read whole by Spark, up to 2 GB a file.
_STREAMED = {"": "", "file": "", "hdfs": "hdfs", "viewfs": "viewfs", "s3": "s3", "s3a": "s3", "s3n": "s3", "gs": "gs", "abfs": "abfs", "abfss": "abfss"}


def facts(spark: SparkSession, articles: DataFrame | str | Iterable[str], *, min_confidence: float = 0.0,
          any_language: bool = False, partitions: int | None = None, stream: bool = True) -> DataFrame:
    """The facts of articles, one row each; ids are told apart as on one machine.

    `articles` is a table with the fields that a line of JSON Lines may have (``text``, ``id``, ``title``, ``published``,
    ``source``, ``url``), or paths of Parquet files with such a table, or of files of any kind that :func:`entente.read`
    reads (JSON Lines, WARC, text …), on any file system that Spark reads. Files are split among the workers, but not cut.
    """
    options = {"min_confidence": min_confidence, "any_language": any_language}
    table = articles if isinstance(articles, DataFrame) else _table(spark, [articles] if isinstance(articles, str) else list(articles))
    if isinstance(table, DataFrame):
        if partitions:
            table = table.repartition(partitions)
        rows = table.mapInArrow(partial(_facts_of_rows, options=options), _FACTS)
    else:
        files = spark.read.format("binaryFile").option("recursiveFileLookup", "true").load(table)
        streamed = stream and all(urlsplit(path).scheme in _STREAMED for path in table)
        # The content is only read where it is asked for.
        files = files.select("path") if streamed else files.select("path", "content")
        if streamed:
            count = partitions or max(files.count(), 1)
            files = files.repartition(count, "path")
        rows = files.mapInArrow(partial(_facts_of_files, options=options), _FACTS)
    return rows


def _table(spark: SparkSession, paths: list[str]) -> DataFrame | list[str]:
    """The table of Parquet files, or the paths of other files."""
    parquet = [path.rstrip("/").endswith(".parquet") for path in paths]
    if paths and all(parquet):
        return spark.read.parquet(*paths)
    if any(parquet):
        raise ValueError("Parquet files and others cannot be read in one run; build from one kind at a time")
    if not paths:
        raise ValueError("no path is given")
    return paths


def _facts_of_rows(batches: Iterator[pa.RecordBatch], options: dict) -> Iterator[pa.RecordBatch]:
    # What JSON does not know, such as a decimal number, is taken as text.
    articles = (json.loads(json.dumps(row, default=str)) for batch in batches for row in batch.to_pylist())
    return _chunks(_rows("", entente.extract_many(articles, threads=1, json=True, **options)), _FACTS)


def _facts_of_files(batches: Iterator[pa.RecordBatch], options: dict) -> Iterator[pa.RecordBatch]:
    def rows() -> Iterator[tuple]:
        for batch in batches:
            for file in batch.to_pylist():
                path = file["path"]
                content = file.get("content")
                stream = _open(path) if content is None else io.BytesIO(content)
                name = unquote(urlsplit(path).path).rpartition("/")[2]
                articles = entente.read_file(stream, name, any_language=options["any_language"])
                yield from _rows(path, entente.extract_many(articles, threads=1, json=True, **options))
    return _chunks(rows(), _FACTS)


def _open(path: str):
    """A file as a stream."""
    from pyarrow import fs

    parts = urlsplit(path)
    if parts.scheme in ("", "file"):
        return open(unquote(parts.path), "rb")
    system, inner = fs.FileSystem.from_uri(parts._replace(scheme=_STREAMED[parts.scheme]).geturl())
    return system.open_input_stream(inner, compression=None)


def _rows(place: str, extraction: entente.Extraction) -> Iterator[tuple]:
    number = 0
    for text in extraction:
        article = json.loads(text)["article"]
        yield place, number, article["id"], article["sha256"], text, None
        number += 1
    for number, error in enumerate(extraction.errors, number):
        yield place, number, None, None, None, error


def _chunks(rows: Iterable[tuple], schema: str) -> Iterator[pa.RecordBatch]:
    types = {"string": pa.string(), "long": pa.int64(), "int": pa.int32()}
    fields = pa.schema([(name, types[kind]) for name, kind in (field.split() for field in schema.split(", "))])
    chunk: list[tuple] = []

    def batch() -> pa.RecordBatch:
        return pa.RecordBatch.from_arrays([pa.array(column, field.type) for column, field in zip(zip(*chunk), fields)], schema=fields)

    for row in rows:
        chunk.append(row)
        if len(chunk) >= _ROWS:
            yield batch()
            chunk.clear()
    if chunk:
        yield batch()


def told_apart(rows: DataFrame) -> DataFrame:
    """One row an article. Different articles of one id get ids of their own, and of one article that comes twice the last
    is taken, both as on one machine: by the order of files and of articles within them.
    """
    order = [F.split("place", "/"), F.col("number"), F.col("sha256")]
    of_id = Window.partitionBy("id").orderBy(*order)
    first = F.first("sha256").over(of_id)
    other = F.concat("id", F.lit("~"), F.substring("sha256", 1, 8))
    named = rows.where("error IS NULL").withColumn("id", F.when(F.col("sha256") == first, F.col("id")).otherwise(other))
    last = Window.partitionBy("id").orderBy(*[column.desc() for column in order])
    return named.withColumn("last", F.row_number().over(last)).where("last = 1").select("id", "facts")


def _cut(batches: Iterator[pa.RecordBatch], settings: str) -> Iterator[pa.RecordBatch]:
    engine = _entente.Spread(settings)

    def rows() -> Iterator[tuple]:
        for batch in batches:
            for row in batch.to_pylist():
                facts = row["facts"]
                article = json.loads(facts)
                if article["article"]["id"] != row["id"]:
                    article["article"]["id"] = row["id"]
                    facts = json.dumps(article, ensure_ascii=False)
                yield from _work(engine.article(facts))
    return _chunks(rows(), _WORK)


def _settle(batches: Iterator[pa.RecordBatch], settings: str) -> Iterator[pa.RecordBatch]:
    """Settles the keys of a partition, which come one after the other, some at a time."""
    engine = _entente.Spread(settings)

    def rows() -> Iterator[tuple]:
        pieces: list[tuple[str, str]] = []
        size = 0
        for batch in batches:
            for key, quads in zip(batch.column("key").to_pylist(), batch.column("quads").to_pylist()):
                if size > _BATCH and pieces[-1][0] != key:
                    yield from _work(engine.settle(pieces))
                    pieces.clear()
                    size = 0
                pieces.append((key, quads))
                size += len(quads)
        yield from _work(engine.settle(pieces))
    return _chunks(rows(), _WORK)


def _work(part: tuple) -> Iterator[tuple]:
    own, shared, pieces = part
    # Without the last line's end, so that splitting gives no empty line.
    if own:
        yield 0, _OWN, own.rstrip("\n")
    if shared:
        yield 0, _SHARED, shared.rstrip("\n")
    yield from pieces


def build(spark: SparkSession, articles: DataFrame | str | Iterable[str], output: str, *, partitions: int | None = None,
          min_confidence: float = 0.0, any_language: bool = False, canonical: bool = False, at: str | None = None,
          resume: bool = False, stream: bool = True) -> dict[str, int]:
    """Builds the graph of articles in the folder `output`; gives the number of articles, errors and quads.

    `partitions` is the number of tasks of each stage (by default that of Spark). With `canonical` the files of N-Quads, one
    after the other, are the canonical form of the graph, sorted. `at` is the time that the graph notes for this run
    (``xsd:dateTime``; without it none is noted). With `resume` the stages of a run that was cut off are taken as they are;
    a run of other inputs or options is refused (of a data frame only the options are compared).
    """
    output = output.rstrip("/")
    if not resume and _exists(spark, output):
        raise FileExistsError(f"{output} is there already; name another folder, or resume the run that was cut off")
    settings = " ".join(([f"min-confidence={min_confidence}"] if min_confidence else []) + (["any-language"] if any_language else []))
    if not isinstance(articles, DataFrame):
        articles = [articles] if isinstance(articles, str) else list(articles)
    asked = json.dumps({"settings": settings, "articles": None if isinstance(articles, DataFrame) else articles})
    if not _exists(spark, f"{output}/stages/asked/_SUCCESS"):
        spark.createDataFrame([(asked,)], "value string").coalesce(1).write.mode("overwrite").text(f"{output}/stages/asked")
    elif asked not in (row.value for row in spark.read.text(f"{output}/stages/asked").collect()):
        raise ValueError(f"the run in {output} had other articles or options; resume it with those, or name another folder")
    width = partitions or int(spark.conf.get("spark.sql.shuffle.partitions") or 200)

    def stage(name: str, rows) -> DataFrame:
        path = f"{output}/{name}"
        if not _exists(spark, f"{path}/_SUCCESS"):
            rows().write.mode("overwrite").parquet(path)
        return spark.read.schema(_FACTS if name == "facts" else _WORK).parquet(path)

    read = stage("facts", lambda: facts(spark, articles, min_confidence=min_confidence, any_language=any_language,
                                        partitions=partitions, stream=stream))
    done = [stage("stages/articles", lambda: told_apart(read).mapInArrow(partial(_cut, settings=settings), _WORK))]
    for number in (1, 2, 3):
        def settled(number=number) -> DataFrame:
            pieces = _union(done).where(F.col("round") == number).select("key", "quads")
            return pieces.repartition(width, "key").sortWithinPartitions("key").mapInArrow(partial(_settle, settings=settings), _WORK)
        done.append(stage(f"stages/round-{number}", settled))

    count = read.where("error IS NULL").count()
    engine = _entente.Spread(settings)
    noted = engine.fixed() + (engine.call(at, count) if at and count else "")
    lines = F.explode(F.split("quads", "\n")).alias("line")
    work = _union(done)
    shared = work.where(F.col("key") == _SHARED).select(lines)
    shared = shared.union(spark.createDataFrame([(noted.rstrip("\n"),)], "quads string").select(lines)).distinct()
    quads = work.where(F.col("key") == _OWN).select(lines).union(shared)
    if canonical:
        quads = quads.orderBy("line")
    quads.write.mode("overwrite").option("compression", "gzip").text(f"{output}/quads.nq")
    quads = spark.read.text(f"{output}/quads.nq")
    columns = [F.regexp_extract("value", _QUAD, number).alias(name) for number, name in enumerate(("subject", "predicate", "object", "graph"), 1)]
    quads.select(*columns).write.mode("overwrite").parquet(f"{output}/quads.parquet")
    return {
        "articles": count,
        "errors": read.where("error IS NOT NULL").count(),
        "quads": spark.read.parquet(f"{output}/quads.parquet").count(),
    }


def _union(frames: list[DataFrame]) -> DataFrame:
    first, *others = frames
    for frame in others:
        first = first.union(frame)
    return first


def _exists(spark: Any, path: str) -> bool:
    hadoop = spark._jvm.org.apache.hadoop.fs.Path(path)
    return hadoop.getFileSystem(spark._jsc.hadoopConfiguration()).exists(hadoop)


def main(arguments: list[str] | None = None) -> int:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m entente.spark", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("input", nargs="+", help="Parquet files, or JSON Lines, WARC, text … (plain or compressed), or folders of them")
    parser.add_argument("output", help="folder to be made")
    parser.add_argument("--master", help="where Spark runs, such as local[2] or yarn (default: as spark-submit says)")
    parser.add_argument("--partitions", type=int, metavar="N", help="tasks of each stage; a few thousand articles each")
    parser.add_argument("--min-confidence", type=float, default=0.0, metavar="0–1", help="leave out facts that are less sure")
    parser.add_argument("--any-language", action="store_true", help="read articles of every language")
    parser.add_argument("--canonical", action="store_true", help="sort the N-Quads")
    parser.add_argument("--resume", action="store_true", help="go on with a run that was cut off, with the same inputs and options")
    parser.add_argument("--at", metavar="DATETIME", help="time that the graph notes for this run (default: now)")
    options = parser.parse_args(arguments)
    builder = SparkSession.builder.appName("entente")
    if options.master:
        builder = builder.master(options.master)
    # Workers run the Python that runs this.
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    spark = builder.getOrCreate()
    at = options.at or datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
    try:
        counts = build(spark, options.input, options.output, partitions=options.partitions, min_confidence=options.min_confidence,
                       any_language=options.any_language, canonical=options.canonical, at=at, resume=options.resume)
    except (FileExistsError, ValueError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    finally:
        spark.stop()
    print(f"{counts['articles']:,} articles, {counts['errors']:,} that could not be read, {counts['quads']:,} quads in {options.output}")
    return 1 if counts["errors"] else 0


if __name__ == "__main__":
    sys.exit(main())
