"""`python -m bench.imports`: imports of made-up files beside the bare work.

The bare work parses the same file and inserts the same rows into the same tables with the same
triggers, in one transaction of this process. It looks up, folds and checks nothing.
"""

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile
from types import MappingProxyType
from typing import Annotated, NamedTuple

import typer
from rich.console import Console

from bench import databases, report, servers
from bench.databases import Database, Kind, newest_revision
from bench.errors import BenchError
from bench.figures import Finding, Outcome, Target
from bench.generated.data import TableRows
from bench.generated.rows import Sizes
from bench.imports.files import Format, read, written
from bench.processes import last_line
from bench.rounds import Rounds
from schema.concepts import CONCEPTS
from schema.writing.drafts import written_columns


class _Limits(NamedTuple):
    """The maximum seconds and MiB of an import of this number of rows."""

    rows: int
    seconds: float
    memory: float


LIMITS: Mapping[Format, _Limits] = MappingProxyType(
    {
        Format.SIPRI: _Limits(20_480, 8, 200),
        Format.ATOP: _Limits(273_296, 20, 300),
        # Many times the rows of the real files, within the limits of the largest.
        Format.ESD: _Limits(30_000, 20, 300),
        Format.KIEL: _Limits(10_000, 20, 300),
    }
)
RATIO = 4
_WRITTEN = ("Actor", "Conflict", "Support", "Coverage")
_OURS, _BARE, _MEMORY = "import, seconds", "bare, seconds", "import, MiB"

Only = Annotated[list[Format] | None, typer.Option(help="Import only this; repeatable.")]
On = Annotated[Kind, typer.Option(help="The database.")]
Rows = Annotated[int | None, typer.Option(min=1, help="The rows of each file.")]
Count = Annotated[int, typer.Option(min=1, help="The number of rounds; the median counts.")]

app = typer.Typer(add_completion=False)


@app.command()
def main(
    only: Only = None, rows: Rows = None, database: On = Kind.SQLITE, rounds: Count = 3
) -> None:
    """Import made-up files in new databases, and print seconds, ratios and peak memory."""
    console = Console()
    plan = Rounds(rounds, 0, partial(console.print, soft_wrap=True))
    few = Sizes(actors=10, sources=10, supports=10, statements=10)
    try:
        with (
            TemporaryDirectory() as folder,
            databases.new(database, few, "imports") as empty,
        ):
            findings = [
                finding
                for each in only or list(Format)
                for finding in _compared(plan, empty, each, rows or LIMITS[each].rows, Path(folder))
            ]
    except BenchError as error:
        console.print(str(error), style="red", markup=False, soft_wrap=True)
        raise typer.Exit(1) from None
    report.show(console, Outcome([], findings))


def _compared(
    plan: Rounds, empty: Database, format_: Format, rows: int, folder: Path
) -> Iterator[Finding]:
    files, limits = written(format_, rows, folder), LIMITS[format_]
    figures = plan.run(f"{format_}, {rows} rows", partial(_round, empty, format_, files))
    ratio = figures[_OURS].over(figures[_BARE])
    yield Finding(f"{format_} / bare", ratio, Target(RATIO, at_most=True))
    seconds = Target(limits.seconds * rows / limits.rows, "s", at_most=True)
    yield Finding(f"{format_}, {rows} rows", figures[_OURS], seconds)
    memory = Target(limits.memory, "MiB", at_most=True)
    yield Finding(f"{format_}, peak memory", figures[_MEMORY], memory)


def _round(empty: Database, format_: Format, files: Sequence[Path]) -> dict[str, float]:
    with empty.copied() as copy:
        seconds, memory = _imported(copy, format_, files)
        tables = [_rows(copy, empty, concept) for concept in _WRITTEN]
    with empty.copied() as copy:
        started = time.perf_counter()
        for _ in read(files[0]):
            pass
        parsed = time.perf_counter() - started
        bare = parsed + copy.fill(newest_revision(copy) + 1, tables)
    return {_OURS: seconds, _BARE: bare, _MEMORY: memory}


def _imported(database: Database, format_: Format, files: Sequence[Path]) -> tuple[float, float]:
    """Returns the seconds and MiB of the command, including the start of Python."""
    command = [sys.executable, "-m", "service.cli", "import", format_, *map(str, files)]
    with TemporaryFile() as log:
        started = time.perf_counter()
        process = subprocess.Popen(
            [*command, "--create-missing"],
            env=servers.environment(database),
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        seconds = time.perf_counter() - started
        if process.returncode:
            raise BenchError(f"The import of {files[0].name} failed: {last_line(log)}")
    return seconds, used.ru_maxrss / 1024


def _rows(copy: Database, empty: Database, concept: str) -> TableRows:
    table = CONCEPTS[concept].table
    (last,) = empty.column(f"SELECT coalesce(max(id), 0) FROM {table.name}")
    columns = ("id", *written_columns(table))
    query = f"SELECT {', '.join(columns)} FROM {table.name} WHERE id > {last} ORDER BY id"
    # The bare rows need a data set, which must exist before.
    query = query.replace("dataset_id", "(SELECT min(id) FROM dataset)", 1)
    return TableRows(table.name, columns, copy.rows(query))


if __name__ == "__main__":
    app()
