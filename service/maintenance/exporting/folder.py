"""Exports a whole database to a folder: every collection, and files that describe them.

In Parquet, collections whose records refer to a data set have one file for each data set.

All files have the data of one revision. `codebook.md` is for people, `datapackage.json` for
Frictionless, `croissant.json` for Croissant; `citation.bib` and `citation.txt` are the citation.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import orjson

from service.engine.citing.bibtex import bibtex
from service.engine.citing.citations import Citations
from service.engine.citing.text import text
from service.engine.engine import Engine
from service.engine.exporting.formats import Format
from service.maintenance.exporting.codebook import codebook
from service.maintenance.exporting.croissant import croissant
from service.maintenance.exporting.frictionless import data_package
from service.maintenance.exporting.package import Package
from service.maintenance.exporting.parts import is_divided
from service.maintenance.exporting.tables import Progress, TableWriter, WrittenTable
from service.request.context import RequestContext


async def write_package(
    engine: Engine,
    names: Sequence[str],
    form: Format,
    folder: Path,
    pairs: list[tuple[str, str]],
    progress: Progress,
) -> Package:
    """Writes these tables, and the files that describe them, to a new folder.

    `pairs`: the query parameters; only `asOf` makes sense, since all tables have it.
    Raises BadInput, UnknownRevision, AnswerError, OSError.
    """
    folder.mkdir()
    writer = TableWriter(engine, form, progress)
    tables: list[WrittenTable] = []
    revision: int | None = None
    for name in names:
        if is_divided(name, form):
            tables.append(await writer.divide(name, folder, pairs, revision))
        else:
            path = folder / f"{name}.{form.value.extension}"
            tables.append(await writer.write(name, path, pairs, revision))
        revision = tables[0].revision
    cited = await Citations(engine).find("datasets", [("asOf", str(revision))], RequestContext())
    package = Package(tables, form, cited)
    _describe(package, folder)
    return package


def _describe(package: Package, folder: Path) -> None:
    documents: dict[str, Any] = {
        "datapackage.json": data_package(package),
        "croissant.json": croissant(package),
    }
    for name, document in documents.items():
        (folder / name).write_bytes(orjson.dumps(document, option=orjson.OPT_INDENT_2) + b"\n")
    texts = {
        "codebook.md": codebook(package.tables),
        "citation.bib": bibtex(package.citation),
        "citation.txt": text(package.citation),
    }
    for name, content in texts.items():
        (folder / name).write_text(content, "utf-8")
