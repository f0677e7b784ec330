"""The command `import`, which imports the files of other projects' data sets."""

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import orjson
import typer
from rich.table import Table

from service.cli.data import engine_of
from service.cli.terminal import DatabaseUrl, console, errors, progress
from service.database import database_at
from service.errors import StartError
from service.settings import read_settings

if TYPE_CHECKING:
    from seeds.importing.declared import Importer
    from seeds.importing.report import Report

commands = typer.Typer()

# The number of reasons, names and contradictions that are printed; the report has all of them.
_PRINTED_MOST = 10


@commands.command(name="import")
def import_(
    data_set: Annotated[str, typer.Argument(help="Name of the data set, such as ucdp-esd.")],
    files: Annotated[list[Path] | None, typer.Argument(help="Its files: CSV or .xlsx.")] = None,
    database_url: DatabaseUrl = None,
    mapping: Annotated[
        bool, typer.Option("--mapping", help="Print how the files are read, and import nothing.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Report what an import would do; keep nothing.")
    ] = False,
    create_missing: Annotated[
        bool, typer.Option("--create-missing", help="Create actors that are not known.")
    ] = False,
    names: Annotated[
        Path | None, typer.Option("--names", help="Mapping file: which actor each name is.")
    ] = None,
    unresolved: Annotated[
        Path | None,
        typer.Option("--unresolved", help="File for the names that are left, to fill in."),
    ] = None,
    report: Annotated[
        Path | None, typer.Option("--report", help="File for the whole report, as JSON.")
    ] = None,
    author: Annotated[str, typer.Option("--author", help="Author of the revision.")] = "import",
) -> None:
    """Import a data set that researchers use, from its files. Each row is accounted for."""
    importer = _importer(data_set)
    if mapping:
        from seeds.importing.mapping_text import mapping_text

        console.print(mapping_text(importer), end="")
        return
    if not files:
        raise StartError(f"Name the files of {importer.title}.")
    read = [*files, *([names] if names else [])]
    for number, path in enumerate(written := [path for path in (report, unresolved) if path]):
        _refuse_output(path, [*read, *written[:number]])
    if importer.notice:
        console.print(importer.notice)
    reports, refusal = _run(
        importer,
        files,
        database_url,
        names,
        create_missing=create_missing,
        is_dry_run=dry_run,
        author=author,
    )
    for each in reports:
        _print(each, is_dry_run=dry_run)
    if report is not None:
        content = orjson.dumps([each.as_json() for each in reports], option=orjson.OPT_INDENT_2)
        _write(report, content + b"\n")
    if unresolved is not None:
        from seeds.importing.mapping_file import unresolved_text

        left = [name for each in reports for name in each.unresolved]
        _write(unresolved, unresolved_text(left).encode())
    if refusal is not None:
        raise StartError(refusal)


def _refuse_output(path: Path, others: Sequence[Path]) -> None:
    """Raises StartError if a file can't be written, or is another file of the command.

    Checked before the import, so that this can't fail after the records are written.
    """
    if not path.parent.is_dir():
        raise StartError(f"{path} cannot be written: there is no folder {path.parent}.")
    if path.is_dir():
        raise StartError(f"{path} cannot be written: it is a folder.")
    if any(path.resolve() == other.resolve() for other in others):
        raise StartError(f"{path} is named twice: choose another file for what is written.")


def _importer(name: str) -> "Importer":
    from seeds import bundled, on_request
    from seeds.importing.catalogue import importer, names

    try:
        return importer(name)
    except KeyError:
        if any(folder.name == name for folder in (*bundled(), *on_request())):
            message = f"{name} comes with AllyGraph and needs no file: run `allygraph seed {name}`."
            raise StartError(message) from None
        known = ", ".join(names())
        raise StartError(f"Unknown data set {name!r}. Data sets: {known}.") from None


def _run(
    importer: "Importer",
    files: Sequence[Path],
    database_url: str | None,
    names: Path | None,
    *,
    create_missing: bool,
    is_dry_run: bool,
    author: str,
) -> "tuple[Sequence[Report], str | None]":
    """Runs the import; returns the reports and, if the sums do not add up, why nothing is stored.

    Raises StartError for a file that is refused.
    """
    from seeds.files import FileRefused
    from seeds.importing.actors import Settings
    from seeds.importing.mapping_file import read_decisions
    from seeds.importing.run import DoesNotAddUp, run

    settings = read_settings(database_url=database_url)
    try:
        decided = read_decisions(names) if names else {}
        database_at(settings.database_url).check()
        with engine_of(settings) as engine, progress() as bars:
            reports = run(
                engine,
                importer,
                files,
                settings=Settings(decided, create_missing),
                author=author,
                is_dry_run=is_dry_run,
                progress=bars,
            )
    except FileRefused as error:
        raise StartError(str(error)) from None
    except DoesNotAddUp as error:
        return error.reports, str(error)
    return reports, None


def _write(path: Path, content: bytes) -> None:
    try:
        path.write_bytes(content)
    except OSError as error:
        raise StartError(f"{path} cannot be written: {error.strerror}.") from None


def _print(report: "Report", *, is_dry_run: bool) -> None:
    """Prints the report of one file."""
    done = report.message or "Nothing has changed."
    where = "" if report.revision is None else f"Revision {report.revision}: "
    console.print(f"{report.file}: {where}{done}")
    if is_dry_run:
        console.print("This was a dry run: nothing is kept.")
    console.print(_account(report))
    for note in report.notes:
        console.print(note)
    _print_some(
        f"Rejected rows: {report.rejected}",
        [f"{number}, such as row {row}: {reason}" for reason, number, row in report.reasons()],
    )
    _print_some(
        f"Unknown actors: {len(report.unresolved)} (--unresolved FILE lists them,"
        " --create-missing creates them)",
        [f"{each.name} ({each.key}), in rows: {each.rows}" for each in report.unresolved],
    )
    _print_some(
        f"Contradictions: {len(report.contradictions)}",
        [
            f"{c.actor}: the {c.what} is {c.has}; the file says {c.says}"
            for c in report.contradictions
        ],
    )
    _print_some(f"Differences: {len(report.differences)}", report.differences)


def _account(report: "Report") -> Table:
    table = Table("", "file", "database", box=None, pad_edge=False)
    for column in table.columns[1:]:
        column.justify = "right"
    rows = (("rows read", report.read), ("rows used", report.used))
    for name, number in (*rows, ("rows rejected", report.rejected)):
        table.add_row(name, f"{number:,}")
    for name, counts in report.records.items():
        if counts["created"]:
            table.add_row(f"{name} created", "", f"{counts['created']:,}")
    for name, number in sorted(report.counts.items()):
        table.add_row(name, f"{number:,}")
    for name, value in sorted(report.sums.items()):
        table.add_row(name, _shown(value), _shown(report.asked_back.get(name, Decimal())))
    return table


def _shown(value: Decimal) -> str:
    plain = f"{value:,f}"
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


def _print_some(title: str, lines: Sequence[str]) -> None:
    if lines:
        errors.print(title)
        for line in lines[:_PRINTED_MOST]:
            errors.print(f"  {line}")
        if len(lines) > _PRINTED_MOST:
            errors.print(f"  and {len(lines) - _PRINTED_MOST} more")
