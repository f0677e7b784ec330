"""The initial data of a soak: generated as for the bench, but less, in a new database."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.data import FOLDER
from bench.databases import Database, Kind
from bench.rows import Sizes
from service.auth.callers import Role
from service.auth.new_token import NewToken
from service.auth.tokens import create_token, token_transaction
from service.database import database_at

SIZES = Sizes(actors=1_000, sources=500, supports=20_000, statements=40_000)


@contextmanager
def prepared(kind: Kind, sizes: Sizes = SIZES) -> Iterator[Database]:
    """A new database, removed at the end."""
    FOLDER.mkdir(exist_ok=True)
    if kind is Kind.SQLITE:
        from bench.databases import sqlite

        with TemporaryDirectory(dir=FOLDER, prefix="soak-") as folder:
            yield sqlite.build(Path(folder, "soak.db"), sizes)
    else:
        from bench.databases import postgresql, postgresql_server

        name = "allygraph_soak"
        with postgresql_server.running() as server:
            server.drop(name)
            try:
                yield postgresql.build(server, name, sizes)
            finally:
                server.drop(name)


def token(database: Database, name: str) -> str:
    """Creates a token for an editor."""
    with token_transaction(database_at(database.url)) as connection:
        return create_token(connection, NewToken(name, Role.EDITOR)).secret
