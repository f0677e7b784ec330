"""The migrations from an empty database to the current tables, run by Alembic.

Alembic is slow to import, so it is imported only where it is used: a server with nothing to migrate
calls only `head` and `current`, which do not need it.
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

# The newest script in versions/. A test compares the two.
HEAD = "0011"


def head() -> str:
    """Returns the version that the code requires."""
    return HEAD


def current(connection: Connection) -> str | None:
    """Returns the version of the database; None if it was never migrated."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    version: str | None = connection.scalar(select(column("version_num")).select_from(_VERSIONS))
    return version


def upgrade(url_or_engine: str | URL | Engine) -> None:
    """Migrates the database to the newest version. Does nothing if it has that version."""
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
            # Another process may have migrated the database while this one waited for the lock.
            if current(connection) != head():
                command.upgrade(configuration(connection), "head")


def repair_triggers(engine: Engine) -> None:
    """Recreates the history triggers. Writes that happened without them stay out of the history."""
    from schema.migrations.triggers import create_triggers, drop_triggers

    with migration(engine) as connection:
        drop_triggers(connection)
        create_triggers(connection)


def downgrade(engine: Engine, version: str) -> None:
    """Migrates the database back to an earlier version; `base` is the empty database."""
    from alembic import command

    with migration(engine) as connection:
        command.downgrade(configuration(connection), version)


def versions() -> list[str]:
    """Returns the versions of all scripts, the oldest first."""
    scripts = (Path(__file__).parent / "versions").glob("[0-9]*_*.py")
    return sorted(script.name.partition("_")[0] for script in scripts)


def migrate_to(engine: Engine, version: str) -> None:
    """Migrates the database to one of `versions`, forwards or back, in one transaction.

    Raises LookupError if the database has none of these versions.
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
    """Opens one transaction for all scripts, with the lock of writers.

    So a migration is complete or rolled back, and the history misses no concurrent write.
    """
    with engine.connect() as connection, _unenforced(connection), connection.begin():
        if connection.dialect.name == "postgresql":
            # Migrations and the wait for another migration may take long.
            connection.execute(text("SET LOCAL statement_timeout = 0"))
            connection.execute(text("SET LOCAL lock_timeout = 0"))
        lock_for_writing(connection)
        yield connection


@contextmanager
def _unenforced(connection: Connection) -> Iterator[None]:
    """Turns off foreign keys on SQLite, where recreating a table would delete referring rows.

    The setting cannot change within a transaction, so it is changed before.
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
    """Returns the configuration of Alembic, in place of an alembic.ini."""
    from alembic.config import Config

    config = Config(attributes={"connection": connection})
    # The configuration parser interprets a single per cent sign.
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config


_VERSIONS = table("alembic_version", column("version_num"))
