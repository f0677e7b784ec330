"""The command `load`, which writes the records that the lines of a file describe."""

import asyncio
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import IO, TYPE_CHECKING, Annotated, cast

import orjson
import typer

from service.cli.terminal import DatabaseUrl, console, errors, progress
from service.database import database_at
from service.errors import StartError
from service.request.caller import Caller, Role
from service.request.context import RequestContext
from service.settings import Settings, read_settings

if TYPE_CHECKING:
    from service.writing.transaction import Transaction

commands = typer.Typer()

# A larger response is stored in a temporary file.
_IN_MEMORY_BYTES = 1_000_000
_CHUNK_BYTES = 65_536
_STANDARD_INPUT = "-"


@commands.command()
def load(
    file: Annotated[str, typer.Argument(help="NDJSON, as POST /api/v1/bulk takes; -: input.")],
    database_url: DatabaseUrl = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Check all lines, and write nothing.")
    ] = False,
    message: Annotated[
        str | None, typer.Option("--message", help="Message of the revision.")
    ] = None,
    author: Annotated[str, typer.Option("--author", help="Author of the revision.")] = "load",
    output: Annotated[
        Path | None, typer.Option("--output", help="File for the response, with all ids.")
    ] = None,
) -> None:
    """Create, update and delete records as the lines of a file say, in one revision or none."""
    settings = read_settings(database_url=database_url)
    context = RequestContext(Caller(author, Role.EDITOR), message=message)
    with _opened(file) as source, SpooledTemporaryFile(_IN_MEMORY_BYTES) as answer:
        is_good = _load(settings, context, source, answer, is_dry_run=dry_run)
        if output is not None:
            _copy(answer, output)
        _print(answer, is_good=is_good)
    if not is_good:
        raise typer.Exit(1)


@contextmanager
def _opened(file: str) -> Iterator[IO[bytes]]:
    if file == _STANDARD_INPUT:
        yield sys.stdin.buffer
        return
    try:
        source = Path(file).open("rb")  # noqa: SIM115 - only opening it is our error
    except OSError as error:
        raise StartError(f"{file} cannot be read: {error.strerror}.") from None
    with source:
        yield source


def _load(
    settings: Settings,
    context: RequestContext,
    source: IO[bytes],
    answer: IO[bytes],
    *,
    is_dry_run: bool,
) -> bool:
    """Runs the bulk request; returns whether every line was accepted."""
    # Imported here, so that other commands start faster.
    from service.writing.bulk import BulkTransaction, LineReader, write_many
    from service.writing.result import WriteResult
    from service.writing.writer import Writer

    database = database_at(settings.database_url)
    database.check()
    size = source.seek(0, 2) if source.seekable() else 0
    if size:
        source.seek(0)
    reader = LineReader(source, line_bytes=settings.body_bytes)
    is_good = False
    with progress() as bars:

        def work(transaction: "Transaction") -> WriteResult:
            nonlocal is_good
            is_good = write_many(
                cast(BulkTransaction, transaction),
                reader,
                answer,
                is_dry_run=is_dry_run,
                progress=lambda done: bars("written", done, max(size, done)),
            )
            return WriteResult(200, b"", is_kept=is_good and not is_dry_run)

        writer = Writer(database, settings)
        try:
            asyncio.run(writer.write(context, work, BulkTransaction))
        finally:
            writer.close()
    return is_good


def _copy(answer: IO[bytes], output: Path) -> None:
    answer.seek(0)
    try:
        with output.open("wb") as file:
            while chunk := answer.read(_CHUNK_BYTES):
                file.write(chunk)
    except OSError as error:
        raise StartError(f"{output} cannot be written: {error.strerror}.") from None


def _print(answer: IO[bytes], *, is_good: bool) -> None:
    # Imported here, so that other commands start faster.
    from service.writing.bulk.answers import COUNTED, PAST

    answer.seek(0)
    summary = {}
    for text in answer:
        summary = orjson.loads(text)
        for each in summary.get("errors", ()):
            path = ".".join(each["path"])
            where = f"line {summary['line']}: {path}: " if path else f"line {summary['line']}: "
            errors.print(f"{where}{each['message']} ({each['code']})")
    if not is_good:
        errors.print(f"allygraph: {summary['message']}")
        return
    done = ", ".join(f"{summary[name]} {name}" for name in COUNTED)
    revision = summary["revision"]
    if revision is None:
        where = "Nothing is written, since this is a dry run"
    elif any(summary[name] for name in PAST.values()):
        where = f"Revision {revision}"
    else:
        where = f"Nothing changes, so revision {revision} stays the newest"
    console.print(f"{where}: {done}.")
