"""Checks for PostgreSQL only."""

import asyncio
import time
from collections.abc import Iterator

import asyncpg
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from service.database import Database
from service.database.executors import check_listener
from service.database.postgresql.connection_lost import LOST
from service.database.postgresql.database import PostgreSQLDatabase
from service.database.postgresql.standbys import STANDBYS, standbys_in
from service.errors import AllyGraphError, StartError
from service.maintenance.doctor.finding import Finding, checked
from service.settings import Settings

_CLOCK_SECONDS = 5.0
# Besides its pool, each process has one connection for writes and one that listens.
_OTHER_CONNECTIONS = 2
_INVALID = (
    "SELECT indexrelid::regclass::text FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid "
    "WHERE NOT indisvalid AND relnamespace = current_schema()::regnamespace"
)
_NEWEST = "SELECT max(number) FROM revision"
_ANSWER_SECONDS = 10
_SIZE = "SELECT pg_size_pretty(pg_database_size(current_database()))"


def before(_: Database, __: Settings) -> Iterator[Finding]:
    """Yields nothing: every check needs the server."""
    yield from ()


def after(database: Database, settings: Settings, engine: Engine) -> Iterator[Finding]:
    """The checks of a database that is ready."""
    if isinstance(database, PostgreSQLDatabase):
        yield checked("queries", lambda: _queries(database))
        yield checked("notifications", lambda: _notifications(database, settings))
        yield checked("writes", lambda: _writes(database, engine))
    with engine.connect() as connection:
        yield checked("server", lambda: _server(connection))
        yield checked("safety", lambda: _durability(connection))
        yield checked("synchronous standbys", lambda: _standbys(connection))
        yield checked("valid indexes", lambda: _valid_indexes(connection))
        yield checked("connections", lambda: _connections(connection, settings))
        yield checked("server's clock", lambda: _clock(connection))
    for url in settings.replicas:
        replica = PostgreSQLDatabase(url)
        yield checked(f"replica {replica.label}", lambda replica=replica: _replica(replica))  # type: ignore[misc]


def _queries(database: PostgreSQLDatabase) -> str:
    """Checks the driver of queries; all other checks use the driver of writes."""
    try:
        newest = asyncio.run(_newest(database))
    except (*LOST, TimeoutError, asyncpg.PostgresError) as error:
        raise StartError(database.explain(error)) from None
    return f"are answered at revision {newest}"


def _notifications(database: PostgreSQLDatabase, settings: Settings) -> str:
    check_listener(database, settings)
    if database.pooler:
        return f"arrive; the URL says that a pooler of {database.pooler}s is in front"
    return "arrive"


async def _newest(database: PostgreSQLDatabase) -> int:
    # Without cached statements, which a pooler in transaction mode does not support.
    connection = await asyncpg.connect(
        database.serving_url, timeout=_ANSWER_SECONDS, statement_cache_size=0
    )
    try:
        async with connection.transaction():
            newest: int = await connection.fetchval(_NEWEST)
            return newest
    finally:
        await connection.close()


def _writes(database: PostgreSQLDatabase, engine: Engine) -> str:
    """Checks that a row can be written, and rolls back."""
    try:
        with engine.connect() as connection:
            connection.exec_driver_sql("UPDATE alembic_version SET version_num = version_num")
            connection.rollback()
    except DBAPIError as error:
        raise StartError(database.explain(error)) from None
    return "a row was written and rolled back"


def _show(connection: Connection, setting: str) -> str:
    return str(connection.exec_driver_sql(f"SHOW {setting}").scalar_one())


def _server(connection: Connection) -> str:
    if _show(connection, "server_encoding") != "UTF8":
        raise AllyGraphError(
            "the encoding is not UTF-8; recreate the database with ENCODING 'UTF8'"
        )
    size = connection.exec_driver_sql(_SIZE).scalar_one()
    return f"PostgreSQL {_show(connection, 'server_version')}, database size {size}"


def _durability(connection: Connection) -> str:
    """Checks that acknowledged writes survive a crash."""
    for setting in ("fsync", "full_page_writes"):
        if _show(connection, setting) != "on":
            raise AllyGraphError(
                f"{setting} is off: a power failure may destroy the database; turn it on"
            )
    if _show(connection, "synchronous_commit") == "off":
        raise AllyGraphError(
            "synchronous_commit is off: a crash loses acknowledged writes; turn it on"
        )
    return "acknowledged writes are on disk"


def _standbys(connection: Connection) -> str:
    """Checks the required standbys: without them commits wait, and writes return 504 and 503."""
    found = standbys_in(tuple(connection.exec_driver_sql(STANDBYS).one()))
    if found.problem:
        raise AllyGraphError(found.problem)
    if not found.required:
        return "none is required: a write is acknowledged once the primary has it"
    return f"{found.connected} are connected, {found.required} required"


def _valid_indexes(connection: Connection) -> str:
    invalid = list(connection.exec_driver_sql(_INVALID).scalars())
    if invalid:
        raise AllyGraphError(f"{', '.join(invalid)} cannot be used; run REINDEX on each")
    return "all are valid"


def _connections(connection: Connection, settings: Settings) -> str:
    most = int(_show(connection, "max_connections"))
    needed = settings.workers * (settings.pool_size + _OTHER_CONNECTIONS)
    if needed > most:
        raise AllyGraphError(
            f"{settings.workers} processes use up to {needed} connections of {most}; "
            "lower ALLYGRAPH_POOL_SIZE, or raise max_connections"
        )
    return f"this service uses up to {needed} of {most}"


def _clock(connection: Connection) -> str:
    now = float(connection.exec_driver_sql("SELECT extract(epoch FROM now())").scalar_one())
    if abs(now - time.time()) > _CLOCK_SECONDS:
        raise AllyGraphError(
            f"differs from this machine by {abs(now - time.time()):.0f} seconds; set both clocks"
        )
    return "the same as the clock of this machine"


def _replica(replica: PostgreSQLDatabase) -> str:
    engine = replica.engine()
    try:
        with engine.connect() as connection:
            if not connection.exec_driver_sql("SELECT pg_is_in_recovery()").scalar_one():
                raise AllyGraphError(
                    "it is a primary, not a replica; remove it from ALLYGRAPH_REPLICA_URLS"
                )
            newest = connection.exec_driver_sql("SELECT max(number) FROM revision").scalar_one()
    except DBAPIError as error:
        raise StartError(replica.explain(error)) from None
    finally:
        engine.dispose()
    return f"is at revision {newest}"
