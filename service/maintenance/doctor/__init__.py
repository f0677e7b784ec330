"""Checks an installation; each check yields one finding."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime

from sqlalchemy import Engine, func, inspect, select
from sqlalchemy.exc import DBAPIError
from sqlmodel import SQLModel

from schema.migrations.triggers import found_triggers
from schema.records import Revision
from service import __version__
from service.auth.callers import TIME_FORMAT
from service.database import Database, database_at
from service.database.sqlite.database import SQLiteDatabase
from service.documents.persisted_documents import PersistedDocuments
from service.errors import AllyGraphError, StartError
from service.http.middleware.stack import MiddlewareStack
from service.http.pages import Pages
from service.maintenance.doctor import postgresql, sqlite
from service.maintenance.doctor.counts import support_counts
from service.maintenance.doctor.currencies import currency_finding
from service.maintenance.doctor.finding import Check, Finding, checked
from service.maintenance.doctor.search import search_index
from service.settings import Settings

__all__ = ["Finding", "examine"]

_REVISIONS = SQLModel.metadata.tables[str(Revision.__tablename__)]

# Maximum difference between two clocks, in seconds.
_CLOCK_SECONDS = 5.0


def examine(settings: Settings) -> Iterator[Finding]:
    """Runs all checks and yields their findings, in the order in which the service needs them."""
    yield Finding("version", f"AllyGraph {__version__}, system time {_now()}")
    yield checked("settings", lambda: _settings(settings))
    database = database_at(settings.database_url)
    yield from _database_findings(database, settings)
    yield checked("documents", lambda: _documents(settings))
    yield checked("pages", _pages)


def _database_findings(database: Database, settings: Settings) -> Iterator[Finding]:
    dialect_checks = sqlite if isinstance(database, SQLiteDatabase) else postgresql
    yield from dialect_checks.before(database, settings)
    ready = checked("database", lambda: _ready(database))
    yield ready
    if ready.is_good:
        engine = database.engine()
        try:
            for what, check in _checks(engine):
                yield checked(what, _with_explained_errors(database, check))
            yield currency_finding(engine)
            yield from dialect_checks.after(database, settings, engine)
        finally:
            engine.dispose()


def _checks(engine: Engine) -> Iterator[tuple[str, Check]]:
    yield "migrations", lambda: _tables(engine)
    yield "indexes", lambda: _indexes(engine)
    yield "search", lambda: search_index(engine)
    yield "counts", lambda: support_counts(engine)
    yield "data", lambda: _data(engine)
    yield "clock", lambda: _clock(engine)


def _with_explained_errors(database: Database, check: Check) -> Check:
    def run() -> str:
        try:
            return check()
        except DBAPIError as error:
            raise StartError(database.explain(error)) from None

    return run


def _settings(settings: Settings) -> str:
    """Checks the values that `serve` parses: host names, origins and proxies."""
    MiddlewareStack(settings)
    return "the names, origins and proxies that they list are valid"


def _ready(database: Database) -> str:
    database.check()
    return f"{database.label} is ready"


def _tables(engine: Engine) -> str:
    """Describes the tables; `Database.check` has compared them already, in the `database` check."""
    with engine.connect() as connection:
        found = len(found_triggers(connection))
    return f"at the latest migration, with {found} history triggers and all constraints"


def _indexes(engine: Engine) -> str:
    inspector, count = inspect(engine), 0
    for table in SQLModel.metadata.sorted_tables:
        existing = {index["name"] for index in inspector.get_indexes(table.name)}
        for index in table.indexes:
            if index.name not in existing:
                raise AllyGraphError(
                    f"{index.name} is missing, so some queries are slow; create it as in "
                    "schema/migrations"
                )
            count += 1
    return f"all {count} exist"


def _data(engine: Engine) -> str:
    with engine.connect() as connection:
        supports = SQLModel.metadata.tables["support"]
        count = connection.scalar(select(func.count()).select_from(supports))
    if not count:
        raise AllyGraphError("there are no supports; load them with `allygraph seed`")
    return f"{count} supports"


def _clock(engine: Engine) -> str:
    """Checks this machine's clock, from which revisions get their times."""
    with engine.connect() as connection:
        newest: str = connection.scalar(select(func.max(_REVISIONS.c.time))) or ""
    seconds_ahead = (
        datetime.strptime(newest, TIME_FORMAT).replace(tzinfo=UTC).timestamp() - time.time()
    )
    if seconds_ahead > _CLOCK_SECONDS:
        raise AllyGraphError(
            f"the newest revision is {seconds_ahead:.0f} seconds in the future; "
            "set the clock of this machine, for example by NTP"
        )
    return f"later than the newest revision, {newest}"


def _now() -> str:
    return datetime.now(UTC).strftime(TIME_FORMAT)


def _documents(settings: Settings) -> str:
    if settings.documents == "open" and not settings.documents_folder:
        return "any document is allowed; no folder of known documents is set"
    # Imported here, since the GraphQL schema takes a while to build.
    from schema.graphql.schema import graphql_schema
    from service.documents.documents import Documents

    known = PersistedDocuments(settings, Documents(graphql_schema(), settings).get)
    others = "any other is allowed" if settings.documents == "open" else "no other is allowed"
    return f"{known.count} known documents; {others}"


def _pages() -> str:
    Pages()
    return "built"
