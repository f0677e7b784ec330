"""Commands on a whole database: migrate, seed, backup, restore, copy, doctor."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.text import Text
from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from schema.migrations import current, head, upgrade
from seeds import bundled
from seeds.loader import Loaded, load
from service.cli.terminal import DatabaseUrl, console, errors, progress
from service.database import Database, database_at
from service.errors import StartError
from service.settings import Settings, read_settings

commands = typer.Typer()


@commands.command()
def seed(
    names: Annotated[
        list[str] | None, typer.Argument(help="Data sets by name; all bundled ones if none.")
    ] = None,
    database_url: DatabaseUrl = None,
) -> None:
    """Load the bundled data sets. Loading one again changes only what has changed in it."""
    load_data_sets(read_settings(database_url=database_url), names or ())


@commands.command()
def migrate(
    database_url: DatabaseUrl = None,
    check: Annotated[
        bool, typer.Option("--check", help="Change nothing; fail where there is something to do.")
    ] = False,
) -> None:
    """Make the tables, or bring them to the newest version."""
    settings = read_settings(database_url=database_url)
    if check:
        _check_migrations(settings)
    else:
        migrate_database(settings)


@commands.command()
def backup(
    file: Annotated[Path, typer.Argument(help="The copy to make; nothing may be there yet.")],
    database_url: DatabaseUrl = None,
) -> None:
    """Copy the database to a file, also while it is served, and check the copy."""
    from service.maintenance.backup import back_up

    settings = read_settings(database_url=database_url)
    made = back_up(database_at(settings.database_url), file)
    console.print(f"{made.path}: {made.size} bytes, sound, at revision {made.revision}.")


@commands.command()
def restore(
    file: Annotated[Path, typer.Argument(help="A copy that `allygraph backup` made.")],
    database_url: DatabaseUrl = None,
    replace: Annotated[
        bool, typer.Option("--replace", help="Put it in the place of a database that is there.")
    ] = False,
) -> None:
    """Put a copy in the place of the database, once nobody serves it."""
    from service.maintenance.backup import restore as put_back

    settings = read_settings(database_url=database_url)
    made = put_back(file, database_at(settings.database_url), replace=replace)
    console.print(f"{made.path}: restored, sound, at revision {made.revision}.")


@commands.command()
def copy(
    source: Annotated[str, typer.Argument(help="The database to copy, by its URL.")],
    target: Annotated[str, typer.Argument(help="The database to fill: empty, or not there yet.")],
) -> None:
    """Copy everything into another database, as SQLite into PostgreSQL, and compare the two.

    One that was broken off goes on where it ended.
    """
    from service.maintenance.copying import copy as copy_all

    with progress() as shown:
        done = copy_all(_database_at(source), _database_at(target), shown)
    console.print(f"{done.rows} rows, alike, at revision {done.revision} (digest {done.digest}).")


@commands.command()
def doctor(database_url: DatabaseUrl = None) -> None:
    """Check settings, database, data and pages, and say what to do."""
    from service.maintenance.doctor import examine

    settings = read_settings(database_url=database_url)
    findings = list(examine(settings))
    for finding in findings:
        mark = ("good", "green") if finding.is_good else ("bad ", "red")
        told = Text.assemble(mark, f"  {finding.what}: {finding.says}")
        (console if finding.is_good else errors).print(told)
    raise typer.Exit(0 if all(finding.is_good for finding in findings) else 1)


def migrate_database(settings: Settings) -> None:
    """Creates the tables, or migrates them. Alembic is slow to import: only where needed."""
    database = database_at(settings.database_url)
    database.make_place()
    with _engine_of(database) as engine:
        with engine.connect() as connection:
            found = current(connection)
        if found != head():
            label = database.label
            console.print(f"Bringing {label} from migration {found or 'none'} to {head()}.")
            _upgrade(engine, label, found)


@contextmanager
def _engine_of(database: Database, wait_seconds: float = 20.0) -> Iterator[Engine]:
    """An engine for one command; what goes wrong is told in the operator's words."""
    engine = database.engine(wait_seconds)
    try:
        yield engine
    except DBAPIError as error:
        raise StartError(database.explain(error)) from None
    finally:
        engine.dispose()


def _check_migrations(settings: Settings) -> None:
    database = database_at(settings.database_url)
    database.check()
    console.print(f"{database.label} is at migration {head()}, the newest.")


def _upgrade(engine: Engine, label: str, found: str | None) -> None:
    from alembic.util import CommandError

    try:
        upgrade(engine)
    except CommandError:
        raise StartError(
            f"The database {label} is at migration {found}, which is not known here: use the "
            "AllyGraph that made it, or a newer one."
        ) from None


def load_data_sets(settings: Settings, names: Sequence[str]) -> None:
    """Loads these data sets; all bundled ones if none is named. Raises StartError."""
    known = {folder.name: folder for folder in bundled()}
    for name in names:
        if name not in known:
            raise StartError(f"There is no data set {name!r}; there is: {', '.join(known)}.")
    database = database_at(settings.database_url)
    database.check()
    with _engine_of(database) as engine:
        for name in names or known:
            with progress() as shown:
                loaded = load(engine, known[name], progress=shown)
            console.print(f"{name}: {_told(loaded)}")


def _database_at(url: str) -> Database:
    """With its password, if that is in a file."""
    return database_at(read_settings(database_url=url).database_url)


def _told(loaded: Loaded) -> str:
    return loaded.message or "nothing has changed since it was loaded."
