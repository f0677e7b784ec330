"""Reads the folders of two exports, as CSV and as Parquet, and prints what other programs find.

Runs in an environment of its own, from `requirements/readers.txt`.
"""

import json
import sys
from pathlib import Path
from typing import Any

import duckdb
import frictionless
import mlcroissant
import pandas

# Totals of supports by supporter and kind, whichever format they are read from.
TOTALS = """
    SELECT "supporter.slug" AS supporter, kind, count(*)::INT AS supports
    FROM '{file}' GROUP BY ALL ORDER BY ALL NULLS FIRST
"""
DATES = """
    SELECT id, "startedOn.earliest"::VARCHAR AS first, "worth.value"::DOUBLE AS worth
    FROM '{file}' WHERE "startedOn" IS NOT NULL OR "worth.value" IS NOT NULL ORDER BY id
"""


def checked_by_frictionless(folder: Path) -> dict[str, Any]:
    """Whether the data fit their descriptor: types, terms, keys, references, sizes, digests."""
    report = frictionless.validate(str(folder / "datapackage.json"))
    return {"errors": report.flatten(["type", "message"]), "tables": len(report.tasks)}


def read_by_croissant(folder: Path) -> dict[str, Any]:
    """What Croissant finds wrong, and the ids of each table that it reads."""
    dataset = mlcroissant.Dataset(jsonld=str(folder / "croissant.json"))
    return {
        "issues": sorted(dataset.metadata.ctx.issues.errors | dataset.metadata.ctx.issues.warnings),
        "actors": [row["actors/id"].decode() for row in dataset.records("actors")],
    }


def read_by_duckdb(folder: Path, extension: str, query: str) -> list[list[Any]]:
    """The rows of a query of the supports."""
    found = duckdb.sql(query.format(file=folder / f"supports.{extension}")).fetchall()
    return [list(row) for row in found]


def read_by_pandas(csv: Path, parquet: Path) -> dict[str, Any]:
    """The shapes of each table in both formats, and texts that CSV has to escape."""
    tables = {path.stem: pandas.read_csv(path, dtype=str) for path in csv.glob("*.csv")}
    typed = {path.stem: pandas.read_parquet(path) for path in parquet.glob("*.parquet")}
    return {
        "rows": {name: len(table) for name, table in tables.items()},
        "typed": {name: len(table) for name, table in typed.items()},
        "names": sorted(tables["actors"]["name"]),
        "typed_names": sorted(typed["actors"]["name"]),
    }


if __name__ == "__main__":
    as_csv, as_parquet = map(Path, sys.argv[1:])
    found = {
        "frictionless": checked_by_frictionless(as_csv),
        "croissant": read_by_croissant(as_csv),
        "croissant of Parquet": mlcroissant.Dataset(
            jsonld=str(as_parquet / "croissant.json")
        ).metadata.name,
        "duckdb": read_by_duckdb(as_csv, "csv", TOTALS),
        "duckdb of Parquet": read_by_duckdb(as_parquet, "parquet", TOTALS),
        "dates": read_by_duckdb(as_parquet, "parquet", DATES),
        "pandas": read_by_pandas(as_csv, as_parquet),
    }
    sys.stdout.write(json.dumps(found))
