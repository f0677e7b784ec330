"""The command `export`, which writes tables to files."""

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from urllib.parse import parse_qsl

import typer

from service.cli.terminal import DatabaseUrl, console, progress
from service.errors import StartError
from service.settings import Settings, read_settings

if TYPE_CHECKING:
    from service.engine.exporting.formats import Format

commands = typer.Typer()


@commands.command()
def export(
    output: Annotated[
        Path, typer.Option("--output", help="The file; a folder for several collections.")
    ],
    names: Annotated[
        list[str] | None,
        typer.Argument(help="Collections, such as supports, or totals. Default: the database."),
    ] = None,
    form: Annotated[
        str,
        typer.Option(
            "--format", help="csv, jsonl or parquet. Default: the ending of the output, or csv."
        ),
    ] = "",
    query: Annotated[
        str,
        typer.Option("--query", help="Filters as in an address: recipient.slug=russia&fields=id."),
    ] = "",
    as_of: Annotated[
        str | None, typer.Option("--as-of", help="Revision or time to read; default: the newest.")
    ] = None,
    replace: Annotated[
        bool, typer.Option("--replace", help="Replace what the output has already.")
    ] = False,
    database_url: DatabaseUrl = None,
) -> None:
    """Export a collection to a file, or the whole database to a folder that describes itself."""
    from service.maintenance.exporting.files import beside

    settings = read_settings(database_url=database_url)
    names = _known(names or [])
    chosen = _form(form or _named_form(output, names))
    _refuse_other_ending(output, names, chosen)
    if query and len(names) != 1:
        raise StartError("--query is for one collection: name it, or omit --query.")
    pairs = parse_qsl(query, keep_blank_values=True)
    with beside(output, replace=replace) as made:
        if len(names) == 1:
            pairs += _as_of_pairs(as_of)
            said = asyncio.run(_one(settings, names[0], chosen, made, pairs))
        else:
            pairs = _as_of_pairs(as_of)
            said = asyncio.run(_several(settings, names, chosen, made, pairs))
    console.print(f"{output}: {said}.")


def _as_of_pairs(as_of: str | None) -> list[tuple[str, str]]:
    """The parameter `asOf`. An empty value is passed on and refused: a shell variable is unset."""
    return [] if as_of is None else [("asOf", as_of)]


def _named_form(output: Path, names: list[str]) -> str:
    """The format of the output's suffix; default: csv. Raises StartError for an unknown suffix.

    Otherwise a file named `.xlsx` would contain CSV.
    """
    from service.engine.exporting.formats import FORMATS

    if len(names) == 1 and output.suffix and not _ending(output, names):
        endings = ", ".join(f".{each}" for each in FORMATS)
        raise StartError(
            f"{output}: unknown format {output.suffix!r}. End the name with one of {endings}, or "
            "use --format."
        )
    return _ending(output, names) or "csv"


def _ending(output: Path, names: list[str]) -> str:
    """The format that the output's suffix names; empty for another suffix, and for a folder."""
    from service.engine.exporting.formats import FORMATS

    ending = output.suffix.removeprefix(".").lower()
    return ending if len(names) == 1 and ending in FORMATS else ""


def _refuse_other_ending(output: Path, names: list[str], form: "Format") -> None:
    extension = form.value.extension
    if str(output) == "-":
        raise StartError("An export is written to a file: name one, such as supports.csv.")
    if _ending(output, names) not in ("", extension):
        raise StartError(f"{output} would be {extension}: use a name that ends in .{extension}.")


def _form(name: str) -> "Format":
    # Imported here, so that other commands start faster.
    from service.engine.exporting.formats import FORMATS

    if name not in FORMATS:
        raise StartError(f"Unknown format {name!r}. Formats: {', '.join(FORMATS)}.")
    form = FORMATS[name]
    if not form.value.is_installed:
        raise StartError(f"{name} needs a package: pip install 'allygraph[{form.value.extra}]'.")
    return form


def _known(names: list[str]) -> list[str]:
    """The names without repetitions, or those of all collections if there are none.

    Raises StartError for an unknown name, or for totals together with other names.
    """
    from schema.concepts import COLLECTIONS
    from service.engine.exporting.tables import TABLES

    for name in names:
        if name not in TABLES:
            raise StartError(f"Unknown collection {name!r}. Collections: {', '.join(TABLES)}.")
    several = list(dict.fromkeys(names)) or list(COLLECTIONS)
    others = [name for name in several if name not in COLLECTIONS]
    if others and len(several) > 1:
        raise StartError(f"{others[0]} is not a collection: export it alone, with --query.")
    return several


async def _one(
    settings: Settings, name: str, form: "Format", path: Path, pairs: list[tuple[str, str]]
) -> str:
    from service.engine.engine import Engine
    from service.maintenance.exporting.tables import TableWriter

    engine = Engine.open(settings, reads_once=True)
    try:
        with progress() as bars:
            table = await TableWriter(engine, form, bars).write(name, path, pairs)
    finally:
        await engine.close()
    count = "" if table.records is None else f"{table.records} records, "
    return f"{count}{table.size} bytes, at revision {table.revision}"


async def _several(
    settings: Settings,
    names: list[str],
    form: "Format",
    folder: Path,
    pairs: list[tuple[str, str]],
) -> str:
    from service.engine.engine import Engine
    from service.maintenance.exporting.folder import write_package

    engine = Engine.open(settings, reads_once=True)
    try:
        with progress() as bars:
            package = await write_package(engine, names, form, folder, pairs, bars)
    finally:
        await engine.close()
    count = sum(table.records or 0 for table in package.tables)
    files = [file for table in package.tables for file in table.files]
    size, revision = sum(file.size for file in files), package.cited.revision
    return f"{len(files)} files, {count} records, {size} bytes, at revision {revision}"
