"""Tokens for those who write here."""

from pathlib import Path

from service.auth.callers import Role
from service.auth.new_token import NewToken
from service.auth.tokens import create_token, token_transaction
from tests.stores import database_of


def editor_token(database: Path, name: str) -> str:
    """What an editor of this name shows."""
    with token_transaction(database_of(database)) as connection:
        return create_token(connection, NewToken(name, Role.EDITOR)).secret
