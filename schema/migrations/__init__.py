"""The steps from an empty database to the tables of today, run by Alembic.

Alembic is slow to import and a server that has nothing to migrate should not wait for it. So it is
imported only where it is used; `head` and `current` do without.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import URL, Connection, Engine, column, create_engine, inspect, select, table, text

from schema.records.revision import lock_for_writing

if TYPE_CHECKING:
    from alembic.config import Config

# The newest script in versions/; a test compares them.
HEAD = "0011"


def head() -> str:
    """The version that the code was written for."""
    return HEAD


def current(connection: Connection) -> str | None:
    """The version that the database is at; None if no migration ever ran on it."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    version: str | None = connection.scalar(select(column("version_num")).select_from(_VERSIONS))
    return version


def upgrade(url_or_engine: str | URL | Engine) -> None:
    """Brings the database to the newest version; does nothing where it is there already."""
    if isinstance(url_or_engine, Engine):
        _upgrade(url_or_engine)
        return
    engine = create_engine(url_or_engine)
    try:
        _upgrade(engine)
    finally:
        engine.dispose()


def _upgrade(engine: Engine) -> None:
    with engine.connect() as connection:
        is_there = current(connection) == head()
    if not is_there:
        from alembic import command

        with migration(engine) as connection:
            # A process that had to wait for another finds it done.
            if current(connection) != head():
                command.upgrade(configuration(connection), "head")


def repair_triggers(engine: Engine) -> None:
    """Makes the history triggers again. What was written without them stays out of the history."""
    from schema.migrations.triggers import create_triggers, drop_triggers

    with migration(engine) as connection:
        drop_triggers(connection)
        create_triggers(connection)


def downgrade(engine: Engine, version: str) -> None:
    """Takes the database back to an earlier version; `base` is the one before the first."""
    from alembic import command

    with migration(engine) as connection:
        command.downgrade(configuration(connection), version)


def versions() -> list[str]:
    """The versions that the scripts lead to, the oldest first."""
    scripts = (Path(__file__).parent / "versions").glob("[0-9]*_*.py")
    return sorted(script.name.partition("_")[0] for script in scripts)


def migrate_to(engine: Engine, version: str) -> None:
    """Takes the database to one of `versions`, forwards or back, in one transaction.

    Raises LookupError if the database is at none of them.
    """
    from alembic import command

    with migration(engine) as connection:
        found = current(connection)
        if found is not None and found not in versions():
            raise LookupError(found)
        go = command.downgrade if found is not None and version < found else command.upgrade
        go(configuration(connection), version)


@contextmanager
def migration(engine: Engine) -> Iterator[Connection]:
    """One transaction for all scripts, while nobody else migrates or writes.

    So it is made whole or not at all, and history misses no write that came in between.
    """
    with engine.connect() as connection, _unenforced(connection), connection.begin():
        if connection.dialect.name == "postgresql":
            # It may take long, and so may the wait for another one.
            connection.execute(text("SET LOCAL statement_timeout = 0"))
            connection.execute(text("SET LOCAL lock_timeout = 0"))
        lock_for_writing(connection)
        yield connection


@contextmanager
def _unenforced(connection: Connection) -> Iterator[None]:
    """Without foreign keys on SQLite: it removes what refers to a table that is made again.

    They are enforced or not for a whole transaction, so it is set before.
    """
    if connection.dialect.name != "sqlite":
        yield
        return
    enforced = connection.exec_driver_sql("PRAGMA foreign_keys").scalar_one()
    connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
    connection.commit()
    try:
        yield
    finally:
        connection.exec_driver_sql(f"PRAGMA foreign_keys={'ON' if enforced else 'OFF'}")
        connection.commit()


def configuration(connection: Connection) -> Config:
    """What Alembic's commands need to know, in the place of an alembic.ini."""
    from alembic.config import Config

    config = Config(attributes={"connection": connection})
    # The parser of the settings takes a single per cent sign for a reference.
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config


_VERSIONS = table("alembic_version", column("version_num"))
