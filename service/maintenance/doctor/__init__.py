"""Checks an installation, one finding a check, each with what to do."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime

from sqlalchemy import Engine, func, inspect, select
from sqlalchemy.exc import DBAPIError
from sqlmodel import SQLModel

from schema.migrations.triggers import PREFIX
from schema.records import Revision
from schema.records.history import HISTORY
from service import __version__
from service.auth.callers import TIME_FORMAT
from service.database import Database, database_at
from service.database.sqlite.database import SQLiteDatabase
from service.documents.persisted_documents import PersistedDocuments
from service.errors import AllyGraphError, StartError
from service.http.pages import Pages
from service.maintenance.doctor import postgresql, sqlite
from service.maintenance.doctor.finding import Check, Finding, checked
from service.settings import Settings

__all__ = ["Finding", "examine"]

_REVISIONS = SQLModel.metadata.tables[str(Revision.__tablename__)]

# A clock may differ by so much from what it is compared with, in seconds.
_CLOCK_SECONDS = 5.0
_TRIGGERS_A_TABLE = 3


def examine(settings: Settings) -> Iterator[Finding]:
    """Every check, in the order in which a start would meet them."""
    yield Finding("version", f"AllyGraph {__version__}, Python's clock says {_now()}")
    database = database_at(settings.database_url)
    yield from _told(database, settings)
    yield checked("documents", lambda: _documents(settings))
    yield checked("pages", _pages)


def _told(database: Database, settings: Settings) -> Iterator[Finding]:
    own = sqlite if isinstance(database, SQLiteDatabase) else postgresql
    yield from own.before(database, settings)
    served = checked("database", lambda: _served(database))
    yield served
    if served.is_good:
        engine = database.engine()
        try:
            for what, check in _checks(engine):
                yield checked(what, _in_words(database, check))
            yield from own.after(database, settings, engine)
        finally:
            engine.dispose()


def _checks(engine: Engine) -> Iterator[tuple[str, Check]]:
    yield "migrations", lambda: _tables(engine)
    yield "indexes", lambda: _indexes(engine)
    yield "data", lambda: _data(engine)
    yield "clock", lambda: _clock(engine)


def _in_words(database: Database, check: Check) -> Check:
    def tried() -> str:
        try:
            return check()
        except DBAPIError as error:
            raise StartError(database.explain(error)) from None

    return tried


def _served(database: Database) -> str:
    database.check()
    return f"{database.label} can be served"


def _tables(engine: Engine) -> str:
    """Whoever restores by hand may forget what writes the history."""
    with engine.connect() as connection:
        own = sqlite if connection.dialect.name == "sqlite" else postgresql
        names = set(connection.exec_driver_sql(own.TRIGGERS).scalars())
    found = sum(name.startswith(PREFIX) for name in names)
    if found < len(HISTORY) * _TRIGGERS_A_TABLE:
        raise AllyGraphError(
            f"only {found} triggers write history, of {len(HISTORY) * _TRIGGERS_A_TABLE}; restore "
            "a copy, or ask for help: what is written now has no history"
        )
    return f"at the newest, and {found} triggers write history"


def _indexes(engine: Engine) -> str:
    inspector, count = inspect(engine), 0
    for table in SQLModel.metadata.sorted_tables:
        there = {index["name"] for index in inspector.get_indexes(table.name)}
        for index in table.indexes:
            if index.name not in there:
                raise AllyGraphError(
                    f"{index.name} is missing, so some questions are slow; make it anew as "
                    "schema/migrations has it"
                )
            count += 1
    return f"all {count} are there"


def _data(engine: Engine) -> str:
    with engine.connect() as connection:
        supports = SQLModel.metadata.tables["support"]
        count = connection.scalar(select(func.count()).select_from(supports))
    if not count:
        raise AllyGraphError("there are no supports; load them with `allygraph seed`")
    return f"{count} supports"


def _clock(engine: Engine) -> str:
    """Revisions are dated by this machine."""
    with engine.connect() as connection:
        newest: str = connection.scalar(select(func.max(_REVISIONS.c.time))) or ""
    ahead = datetime.strptime(newest, TIME_FORMAT).replace(tzinfo=UTC).timestamp() - time.time()
    if ahead > _CLOCK_SECONDS:
        raise AllyGraphError(
            f"the newest revision was written {ahead:.0f} seconds from now; set this machine's "
            "clock (an NTP client does it)"
        )
    return f"later than the newest revision, {newest}"


def _now() -> str:
    return datetime.now(UTC).strftime(TIME_FORMAT)


def _documents(settings: Settings) -> str:
    if settings.documents == "open" and not settings.documents_folder:
        return "any is answered, and none is known by an id"
    # Imported here: only the documents need the GraphQL schema, which takes a while to make.
    from schema.graphql.schema import graphql_schema
    from service.documents.documents import Documents

    known = PersistedDocuments(settings, Documents(graphql_schema(), settings).get)
    others = "any other is answered" if settings.documents == "open" else "no other is answered"
    return f"{known.count} are known by their ids, and {others}"


def _pages() -> str:
    Pages()
    return "built"
