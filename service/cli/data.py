"""Commands for a whole database: migrate, seed, backup, restore, copy, doctor."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.text import Text
from sqlalchemy import Engine, inspect
from sqlalchemy.exc import DBAPIError

from schema.migrations import current, head, migrate_to, repair_triggers, upgrade, versions
from schema.migrations.integrity import trigger_faults
from schema.search.words import is_of_words
from seeds import bundled, on_request
from seeds.loader import Loaded, load
from service.cli.terminal import DatabaseUrl, console, errors, progress
from service.database import Database, database_at
from service.database.commit_watch import CommitWatch
from service.errors import StartError
from service.settings import Settings, read_settings

if TYPE_CHECKING:
    from service.maintenance.doctor.finding import Finding

commands = typer.Typer()

# The time that a command waits for other writes, in seconds.
_WAIT_SECONDS = 20.0


@commands.command()
def seed(
    names: Annotated[
        list[str] | None,
        typer.Argument(help="Names of data sets; default: those that `serve --prepare` loads."),
    ] = None,
    database_url: DatabaseUrl = None,
) -> None:
    """Load bundled data sets. Loading one again applies only its changes.

    `allygraph seed countries` loads the states since 1816, which no start loads by itself.
    """
    load_data_sets(read_settings(database_url=database_url), names or ())


@commands.command()
def migrate(
    database_url: DatabaseUrl = None,
    check: Annotated[
        bool, typer.Option("--check", help="Change nothing; fail if a migration is pending.")
    ] = False,
    to: Annotated[
        str | None,
        typer.Option("--to", help="Migrate to this version, also back to an earlier one."),
    ] = None,
) -> None:
    """Create the tables, or migrate them to the latest version."""
    settings = read_settings(database_url=database_url)
    if check:
        _check_migrations(settings)
    elif to is not None:
        _migrate_to(settings, to)
    else:
        migrate_database(settings)


@commands.command()
def backup(
    file: Annotated[Path, typer.Argument(help="Path of the backup; the file must not exist.")],
    database_url: DatabaseUrl = None,
) -> None:
    """Back up the database to a file and verify the file. The service may run meanwhile."""
    from service.maintenance.backup import back_up

    settings = read_settings(database_url=database_url)
    backup_file = back_up(database_at(settings.database_url), file)
    console.print(
        f"{backup_file.path}: {backup_file.size} bytes, verified, at revision "
        f"{backup_file.revision}."
    )


@commands.command()
def restore(
    file: Annotated[Path, typer.Argument(help="A file written by `allygraph backup`.")],
    database_url: DatabaseUrl = None,
    replace: Annotated[
        bool, typer.Option("--replace", help="Replace an existing database.")
    ] = False,
) -> None:
    """Restore the database from a backup. Stop the service first."""
    from service.maintenance.backup import restore as put_back

    settings = read_settings(database_url=database_url)
    restored = put_back(file, database_at(settings.database_url), replace=replace)
    if not restored.has_digest:
        errors.print(
            f"{file} has no digest beside it ({file.name}.sha256), so it is not known whether "
            "every bit is as it was written."
        )
    console.print(f"{restored.path}: restored and verified, at revision {restored.revision}.")


@commands.command()
def copy(
    source: Annotated[str, typer.Argument(help="URL of the database to copy.")],
    target: Annotated[
        str, typer.Argument(help="URL of the database to fill; it must be empty or missing.")
    ],
) -> None:
    """Copy all data to another database, for example from SQLite to PostgreSQL, and compare both.

    Run it again to resume an interrupted copy.
    """
    from service.maintenance.copying import copy as copy_all

    with progress() as bars:
        done = copy_all(_database_at(source), _database_at(target), bars)
    console.print(
        f"{done.rows} rows copied, identical, at revision {done.revision} (digest {done.digest})."
    )


@commands.command()
def doctor(database_url: DatabaseUrl = None) -> None:
    """Check settings, database, data and web pages, and report what to fix."""
    from service.maintenance.doctor import examine

    settings = read_settings(database_url=database_url)
    findings = list(examine(settings))
    for finding in findings:
        line = Text.assemble(_mark(finding), f"  {finding.what}: {finding.says}")
        (console if finding.is_good else errors).print(line)
    raise typer.Exit(0 if all(finding.is_good for finding in findings) else 1)


def _mark(finding: "Finding") -> tuple[str, str]:
    if finding.is_warning:
        return "warn", "yellow"
    return ("good", "green") if finding.is_good else ("bad ", "red")


def migrate_database(settings: Settings) -> None:
    """Creates the tables, or migrates them. Imports Alembic, which is slow, only if needed."""
    database = database_at(settings.database_url)
    database.make_place()
    with engine_of(settings) as engine:
        label = database.label
        with engine.connect() as connection:
            found = current(connection)
            faults = list(trigger_faults(connection)) if found == head() else []
        if found != head():
            console.print(f"Migrating {label} from {found or 'none'} to {head()}.")
            _upgrade(engine, label, found)
        elif faults:
            console.print(f"Repairing the history triggers of {label}: {', '.join(faults)}.")
            repair_triggers(engine)


@contextmanager
def engine_of(settings: Settings) -> Iterator[Engine]:
    """Yields an engine for one command. Raises StartError for errors of the database.

    Raises it also for a commit that takes longer than `settings.seconds`: a synchronous standby may
    be lost.
    """
    database = database_at(settings.database_url)
    engine = database.engine(_WAIT_SECONDS)
    watch = CommitWatch(database, settings.seconds)
    watch.watch(engine)
    try:
        yield engine
    except DBAPIError as error:
        if watch.is_broken_off:
            raise StartError(_unconfirmed(settings.seconds)) from None
        raise StartError(database.explain(error)) from None
    finally:
        engine.dispose()


def _unconfirmed(seconds: float) -> str:
    return (
        f"The database did not confirm the commit within ALLYGRAPH_SECONDS={seconds:g}, so it may "
        "have been kept: `allygraph doctor` reports whether a synchronous standby is lost. Run the "
        "command again once it is back: what was kept is not done twice."
    )


def _check_migrations(settings: Settings) -> None:
    database = database_at(settings.database_url)
    database.check()
    console.print(f"{database.label} is at the latest migration, {head()}.")


def _migrate_to(settings: Settings, version: str) -> None:
    """Migrates to a later or an earlier version, and prints the columns that were removed."""
    if version not in versions():
        raise StartError(f"Unknown migration {version!r}. Migrations: {', '.join(versions())}.")
    database = database_at(settings.database_url)
    database.make_place()
    with engine_of(settings) as engine:
        before = _columns(engine)
        try:
            migrate_to(engine, version)
        except LookupError as found:
            raise _unknown_migration(database.label, str(found)) from None
        removed = sorted(before - _columns(engine))
    console.print(f"{database.label} is at migration {version}.")
    if removed:
        console.print(f"Dropped, with their contents: {', '.join(removed)}.")


def _columns(engine: Engine) -> set[str]:
    """All columns as `table.column`, without those of history tables and of the index of words.

    A history table has the columns of its table.
    """
    return {
        f"{table}.{column['name']}"
        for (_, table), columns in inspect(engine).get_multi_columns().items()
        for column in columns
        if not (table.endswith("_history") or is_of_words(table))
    }


def _unknown_migration(label: str, found: str | None) -> StartError:
    return StartError(
        f"The database {label} is at the unknown migration {found}: use the AllyGraph version "
        "that created it, or a newer one."
    )


def _upgrade(engine: Engine, label: str, found: str | None) -> None:
    from alembic.util import CommandError

    try:
        upgrade(engine)
    except CommandError:
        raise _unknown_migration(label, found) from None


def load_data_sets(settings: Settings, names: Sequence[str]) -> None:
    """Loads the named data sets, or the default ones if `names` is empty.

    Raises StartError for an unknown name.
    """
    known = {folder.name: folder for folder in (*bundled(), *on_request())}
    for name in names:
        if name not in known:
            raise StartError(f"Unknown data set {name!r}. Data sets: {', '.join(known)}.")
    database = database_at(settings.database_url)
    database.check()
    with engine_of(settings) as engine:
        for name in names or [folder.name for folder in bundled()]:
            with progress() as bars:
                loaded = load(engine, known[name], progress=bars)
            for line in loaded.differences:
                console.print(line, markup=False)
            console.print(f"{name}: {_summary(loaded)}")


def _database_at(url: str) -> Database:
    """The database at the URL, with the password from the password file."""
    return database_at(read_settings(database_url=url).database_url)


def _summary(loaded: Loaded) -> str:
    return loaded.message or "unchanged since the last load."
