"""Reads the folders of two exports, as CSV and as Parquet, and prints what programs read.

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

# All data sets of the supports in Parquet.
SUPPORTS = "supports/*/*.parquet"
# Totals of supports by supporter and kind, in either format.
TOTALS = """
    SELECT "supporter.slug" AS supporter, kind, count(*)::INT AS supports
    FROM '{file}' GROUP BY ALL ORDER BY ALL NULLS FIRST
"""
DATASETS = """
    SELECT id, dataset FROM read_parquet('{file}', hive_partitioning = true) ORDER BY id
"""
DATES = """
    SELECT id, "startedOn.earliest"::VARCHAR AS first, "worth.value"::DOUBLE AS worth
    FROM '{file}' WHERE "startedOn" IS NOT NULL OR "worth.value" IS NOT NULL ORDER BY id
"""


def checked_by_frictionless(folder: Path) -> dict[str, Any]:
    """Whether the data fit their descriptor: types, terms, keys, references, sizes, digests."""
    report = frictionless.validate(str(folder / "datapackage.json"))
    return {"errors": report.flatten(["type", "message"]), "tables": len(report.tasks)}


def described_to_frictionless(folder: Path) -> dict[str, Any]:
    """Whether a descriptor is valid, and how many rows its paths have for each table."""
    report = frictionless.Package.validate_descriptor(str(folder / "datapackage.json"))
    rows = {}
    for resource in json.loads((folder / "datapackage.json").read_text("utf-8"))["resources"]:
        paths = [resource["path"]] if isinstance(resource["path"], str) else resource["path"]
        files = [str(folder / path) for path in paths]
        table = duckdb.read_parquet(files, hive_partitioning=False)
        assert table.columns == [field["name"] for field in resource["schema"]["fields"]]
        rows[resource["name"]] = len(table)
    return {"errors": report.flatten(["type", "message"]), "rows": rows}


def read_by_croissant(folder: Path) -> dict[str, Any]:
    """Returns Croissant's errors, and the ids of each table that it reads."""
    dataset = mlcroissant.Dataset(jsonld=str(folder / "croissant.json"))
    return {
        "issues": sorted(dataset.metadata.ctx.issues.errors | dataset.metadata.ctx.issues.warnings),
        "ids": {
            table.id: sorted(row[f"{table.id}/id"].decode() for row in dataset.records(table.id))
            for table in dataset.metadata.record_sets
        },
    }


def read_by_duckdb(files: Path, query: str) -> list[list[Any]]:
    """Returns the rows of a query of these files."""
    return [list(row) for row in duckdb.sql(query.format(file=files)).fetchall()]


def read_by_pandas(csv: Path, parquet: Path) -> dict[str, Any]:
    """Prints the shapes of each table in both formats, and texts that CSV must escape."""
    tables = {path.stem: pandas.read_csv(path, dtype=str) for path in csv.glob("*.csv")}
    # A folder of parts is read as one table.
    typed = {name: _typed(parquet, name) for name in tables}
    supports = typed["supports"]
    return {
        "by dataset": sorted(zip(supports["id"], supports["dataset"].astype(str), strict=True)),
        "rows": {name: len(table) for name, table in tables.items()},
        "typed": {name: len(table) for name, table in typed.items()},
        "names": sorted(tables["actors"]["name"]),
        "typed_names": sorted(typed["actors"]["name"]),
    }


def _typed(folder: Path, name: str) -> pandas.DataFrame:
    file = folder / f"{name}.parquet"
    return pandas.read_parquet(file if file.exists() else folder / name)


if __name__ == "__main__":
    as_csv, as_parquet = map(Path, sys.argv[1:])
    found = {
        "frictionless": checked_by_frictionless(as_csv),
        "croissant": read_by_croissant(as_csv),
        "frictionless of Parquet": described_to_frictionless(as_parquet),
        "croissant of Parquet": read_by_croissant(as_parquet),
        "duckdb": read_by_duckdb(as_csv / "supports.csv", TOTALS),
        "duckdb of Parquet": read_by_duckdb(as_parquet / SUPPORTS, TOTALS),
        "by dataset": read_by_duckdb(as_parquet / SUPPORTS, DATASETS),
        "dates": read_by_duckdb(as_parquet / SUPPORTS, DATES),
        "pandas": read_by_pandas(as_csv, as_parquet),
    }
    sys.stdout.write(json.dumps(found))
