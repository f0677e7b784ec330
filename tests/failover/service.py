"""Runs the service on a pair of servers."""

from contextlib import AbstractContextManager

from schema.migrations import upgrade
from service.auth.callers import Role
from service.auth.new_token import read_new_token
from service.auth.tokens import create_token, token_transaction
from service.database import database_at
from tests.commands import Serving, serving

from .pair import Node


def prepared(primary: Node) -> str:
    """Creates the tables, and the token of an editor."""
    database = database_at(primary.url)
    engine = database.engine()
    upgrade(engine)
    engine.dispose()
    new = read_new_token({"name": "writer", "role": Role.EDITOR.value, "expires": None})
    with token_transaction(database) as table:
        _, secret = create_token(table, new)
    return secret


def serving_both(primary: Node, replica: Node, **settings: str) -> AbstractContextManager[Serving]:
    """Serves with the current primary for writes and the replica for reads."""
    both = f"postgresql://postgres@{primary.address},{replica.address}/postgres"
    return serving(ALLYGRAPH_DATABASE_URL=both, ALLYGRAPH_REPLICA_URLS=replica.url, **settings)
