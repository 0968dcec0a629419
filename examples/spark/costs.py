#!/usr/bin/env python3
"""What one article costs the job, stage by stage, on one core: the figures of docs/scale.md.

    python examples/spark/costs.py PATH… [--articles N]
"""

import argparse
import collections
import gzip
import itertools
import json
import time

import entente
from entente._entente import Spread

#: Bytes of N-Quads that the job settles at a time.
BATCH = 8 << 20


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("paths", nargs="+")
    parser.add_argument("--articles", type=int, default=10_000)
    options = parser.parse_args()
    rows = []
    clock = time.process_time()

    def lap(what, texts):
        """Notes the processor time since the last lap, and what it made."""
        nonlocal clock
        now = time.process_time()
        size = sum(len(text.encode()) for text in texts)
        packed = len(gzip.compress("".join(itertools.islice(texts, 20_000)).encode(), 1))
        part = sum(len(text.encode()) for text in itertools.islice(texts, 20_000))
        rows.append((what, now - clock, size, size * packed / max(part, 1)))
        clock = time.process_time()

    entente.extract("Japan and Peru signed a treaty.")
    engine = Spread()
    clock = time.process_time()
    facts = list(itertools.islice(entente.extract_many(entente.read(*options.paths), threads=1, json=True), options.articles))
    facts = list({json.loads(text)["article"]["id"]: text for text in facts}.values())
    lap("read and extract", facts)
    made = [engine.article(text) for text in facts]
    quads = [own for own, _, _ in made]
    waiting = [piece for _, _, pieces in made for piece in pieces]
    lap("cut into pieces", [piece[2] for piece in waiting])
    for number, what in ((1, "buckets"), (2, "pairs and names"), (3, "meetings")):
        pieces = sorted((key, text) for round_, key, text in waiting if round_ == number)
        clock = time.process_time()
        told = []
        for batch in batches(pieces):
            own, _, more = engine.settle(batch)
            quads.append(own)
            told.extend(more)
        waiting += told
        lap(f"settle {what}", [piece[2] for piece in told])
    count = len(facts)
    lines = sum(text.count("\n") for text in quads)
    size = sum(len(text.encode()) for text in quads)
    packed = len(gzip.compress("".join(quads[:20_000]).encode(), 1)) * size / max(sum(len(q.encode()) for q in quads[:20_000]), 1)
    print(f"{count:,} articles: {lines / count:.0f} quads an article, {size / count:,.0f} bytes of N-Quads, {packed / count:,.0f} packed\n")
    print("| stage | ms an article | hands on, bytes an article | packed |\n|---|---:|---:|---:|")
    for what, seconds, size, packed in rows:
        print(f"| {what} | {1000 * seconds / count:.2f} | {size / count:,.0f} | {packed / count:,.0f} |")
    print("\nbiggest keys, in pieces:")
    for number in (1, 2, 3):
        keys = collections.Counter(key for round_, key, _ in waiting if round_ == number)
        print(f"  round {number}: " + ", ".join(f"{key.rpartition('/')[2] if number > 1 else key} {many:,}" for key, many in keys.most_common(4)))


def batches(pieces):
    batch, size = [], 0
    for key, text in pieces:
        if size > BATCH and batch[-1][0] != key:
            yield batch
            batch, size = [], 0
        batch.append((key, text))
        size += len(text)
    if batch:
        yield batch


if __name__ == "__main__":
    main()
