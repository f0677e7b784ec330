"""The initial data of a soak, a smaller form of the bench's data, and the writers' tokens."""

from bench.databases import Database
from bench.generated.rows import Sizes
from service.auth.callers import Role
from service.auth.new_token import NewToken
from service.auth.tokens import create_token, token_transaction
from service.database import database_at

SIZES = Sizes(actors=1_000, sources=500, supports=20_000, statements=40_000)


def token(database: Database, name: str) -> str:
    """Creates a token for an editor."""
    with token_transaction(database_at(database.url)) as connection:
        return create_token(connection, NewToken(name, Role.EDITOR)).secret
