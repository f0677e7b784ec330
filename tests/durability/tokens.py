"""Creates the tokens of the clients."""

from pathlib import Path

from service.auth.callers import Role
from service.auth.new_token import NewToken
from service.auth.tokens import create_token, token_transaction
from tests.stores import database_of


def editor_token(database: Path, name: str) -> str:
    """Returns the token of an editor with this name."""
    with token_transaction(database_of(database)) as connection:
        return create_token(connection, NewToken(name, Role.EDITOR)).secret
