"""The steps from an empty database to the tables of today, run by Alembic.

Alembic is slow to import and a server that has nothing to migrate should not wait for it. So it is
imported only where it is used; `head` and `current` do without.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import URL, Connection, Engine, column, create_engine, inspect, select, table

if TYPE_CHECKING:
    from alembic.config import Config

# The newest script in versions/; a test compares them.
HEAD = "0002"


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
    from alembic import command

    with engine.connect() as connection:
        is_there = current(connection) == head()
    if not is_there:
        command.upgrade(configuration(engine), "head")


def configuration(engine: Engine) -> Config:
    """What Alembic's commands need to know, in the place of an alembic.ini."""
    from alembic.config import Config

    config = Config(attributes={"engine": engine})
    # The parser of the settings takes a single per cent sign for a reference.
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config


_VERSIONS = table("alembic_version", column("version_num"))
