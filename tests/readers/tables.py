#!/usr/bin/env python3
"""Opens exported tables with pandas and polars, and compares what they see with what was meant.

tables.py DIR: DIR/NAME.csv, .tsv and .parquet for each table in DIR/tables.json, which is {NAME: [{COLUMN: VALUE}, …]}, a
row each; of a table only the columns given are compared. null is a missing value. Prints a line a check.
"""

import datetime
import json
import pathlib
import sys

import pandas as pd
import polars as pl


def shown(value):
    """The text of a value, as a table of text has it."""
    if value is None or value is pd.NaT or value != value:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, (datetime.date, datetime.datetime)):
        return value.isoformat()[:10]
    return str(value)


def compare(reader, rows, wanted, change=lambda text: text):
    if len(rows) != len(wanted):
        raise AssertionError(f"{reader}: {len(rows)} rows are not {len(wanted)}")
    for at, (row, expected) in enumerate(zip(rows, wanted)):
        for column, value in expected.items():
            got, meant = shown(row[column]), change(shown(value))
            if got != meant:
                raise AssertionError(f"{reader}: {column} of row {at}: {got!r} is not {meant!r}")
    print(f"{reader}: {len(rows)} rows")


def one_line(text):
    return " ".join(text.split()) if any(c in text for c in "\t\n\r") else text


def typed(reader, kinds, wanted, is_number):
    """Columns of numbers are numbers."""
    for column, value in wanted.items():
        if isinstance(value, (int, float)) and not isinstance(value, bool) and not is_number(kinds[column]):
            raise AssertionError(f"{reader}: {column} is {kinds[column]}")


def main(folder):
    for name, wanted in json.loads((folder / "tables.json").read_text("utf-8")).items():
        path = folder / name
        plain = dict(dtype=str, keep_default_na=False)
        compare(f"{name}.csv in pandas", pd.read_csv(f"{path}.csv", **plain).to_dict("records"), wanted)
        compare(f"{name}.csv in polars", pl.read_csv(f"{path}.csv", infer_schema=False).to_dicts(), wanted)
        tabbed = pd.read_csv(f"{path}.tsv", sep="\t", **plain)
        compare(f"{name}.tsv in pandas", tabbed.to_dict("records"), wanted, one_line)
        frame = pd.read_parquet(f"{path}.parquet")
        compare(f"{name}.parquet in pandas", frame.to_dict("records"), wanted)
        frame = pl.read_parquet(f"{path}.parquet")
        compare(f"{name}.parquet in polars", frame.to_dicts(), wanted)
        typed(name, frame.schema, wanted[0], lambda kind: kind.is_numeric())


main(pathlib.Path(sys.argv[1]))
