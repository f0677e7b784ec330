"""What is to be checked of PostgreSQL alone."""

import time
from collections.abc import Iterator

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from service.database import Database
from service.database.postgresql.database import PostgreSQLDatabase
from service.errors import AllyGraphError, StartError
from service.maintenance.doctor.finding import Finding, checked
from service.settings import Settings

TRIGGERS = (
    "SELECT DISTINCT tgname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid "
    "WHERE NOT tgisinternal AND relnamespace = current_schema()::regnamespace"
)

_CLOCK_SECONDS = 5.0
# Beside those that read, each process has one that writes and one that listens.
_OTHER_CONNECTIONS = 2
_INVALID = (
    "SELECT indexrelid::regclass::text FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid "
    "WHERE NOT indisvalid AND relnamespace = current_schema()::regnamespace"
)
_SIZE = "SELECT pg_size_pretty(pg_database_size(current_database()))"


def before(_: Database, __: Settings) -> Iterator[Finding]:
    """Nothing can be said without asking the server."""
    yield from ()


def after(_: Database, settings: Settings, engine: Engine) -> Iterator[Finding]:
    """What is to be said of a database that can be served."""
    with engine.connect() as connection:
        yield checked("server", lambda: _server(connection))
        yield checked("safety", lambda: _safety(connection))
        yield checked("sound indexes", lambda: _sound_indexes(connection))
        yield checked("connections", lambda: _connections(connection, settings))
        yield checked("server's clock", lambda: _clock(connection))
    for url in settings.replicas:
        replica = PostgreSQLDatabase(url)
        yield checked(f"replica {replica.label}", lambda replica=replica: _replica(replica))  # type: ignore[misc]


def _shown(connection: Connection, setting: str) -> str:
    return str(connection.exec_driver_sql(f"SHOW {setting}").scalar_one())


def _server(connection: Connection) -> str:
    if _shown(connection, "server_encoding") != "UTF8":
        raise AllyGraphError(
            "its texts are not in UTF-8; make the database anew with ENCODING 'UTF8'"
        )
    size = connection.exec_driver_sql(_SIZE).scalar_one()
    return f"PostgreSQL {_shown(connection, 'server_version')}, the database takes {size}"


def _safety(connection: Connection) -> str:
    """What is acknowledged is on the disk."""
    for setting in ("fsync", "full_page_writes"):
        if _shown(connection, setting) != "on":
            raise AllyGraphError(f"{setting} is off: a power cut may destroy all; set it on")
    if _shown(connection, "synchronous_commit") == "off":
        raise AllyGraphError(
            "synchronous_commit is off: a crash loses writes that were acknowledged; set it on"
        )
    return "what is acknowledged is on the disk"


def _sound_indexes(connection: Connection) -> str:
    invalid = list(connection.exec_driver_sql(_INVALID).scalars())
    if invalid:
        raise AllyGraphError(f"{', '.join(invalid)} can't be used; run REINDEX on each")
    return "every one can be used"


def _connections(connection: Connection, settings: Settings) -> str:
    most = int(_shown(connection, "max_connections"))
    needed = settings.workers * (settings.pool_size + _OTHER_CONNECTIONS)
    if needed > most:
        raise AllyGraphError(
            f"{settings.workers} processes take up to {needed} connections, and there are {most}; "
            "lower ALLYGRAPH_POOL_SIZE, or raise max_connections"
        )
    return f"up to {needed} of {most} are taken by this service"


def _clock(connection: Connection) -> str:
    now = float(connection.exec_driver_sql("SELECT extract(epoch FROM now())").scalar_one())
    if abs(now - time.time()) > _CLOCK_SECONDS:
        raise AllyGraphError(
            f"differs from this machine's by {abs(now - time.time()):.0f} seconds; set both"
        )
    return "that of this machine"


def _replica(replica: PostgreSQLDatabase) -> str:
    engine = replica.engine()
    try:
        with engine.connect() as connection:
            if not connection.exec_driver_sql("SELECT pg_is_in_recovery()").scalar_one():
                raise AllyGraphError(
                    "follows nobody: it is a primary; take it out of ALLYGRAPH_REPLICA_URLS"
                )
            newest = connection.exec_driver_sql("SELECT max(number) FROM revision").scalar_one()
    except DBAPIError as error:
        raise StartError(replica.explain(error)) from None
    finally:
        engine.dispose()
    return f"is at revision {newest}"
