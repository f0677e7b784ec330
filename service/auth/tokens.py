"""The table of tokens: made, listed, revoked, and found by whoever shows one."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, Text, insert, literal, select, update
from sqlalchemy.exc import DBAPIError
from sqlmodel import SQLModel

from schema.records import Token
from schema.records.revision import lock_for_writing
from schema.rules import Code, Problem
from service.auth.callers import FoundToken, digest_of, now
from service.auth.new_token import NewToken
from service.database import Database
from service.errors import DatabaseUnavailable, InvalidRecord, NotFound
from service.plan import Parameter, Slot
from service.sql.binding import Binding, Statement
from service.sql.dialect import Dialect

_TOKENS = SQLModel.metadata.tables[str(Token.__tablename__)]


class TokenState(StrEnum):
    """Whether a token is still good for anything."""

    ACTIVE = "active"
    EXPIRED = "expired"
    REVOKED = "revoked"


class KeptToken(NamedTuple):
    """What may be told of a token: nothing that would help to use it."""

    id: int
    name: str
    role: str
    created_at: str
    expires_at: str | None
    revoked_at: str | None

    @property
    def state(self) -> TokenState:
        """Whether it is good by now."""
        if self.revoked_at is not None:
            return TokenState.REVOKED
        is_over = self.expires_at is not None and self.expires_at <= now()
        return TokenState.EXPIRED if is_over else TokenState.ACTIVE


_KEPT = [_TOKENS.c[name] for name in KeptToken._fields]


class CreatedToken(NamedTuple):
    """A new token with its secret, which is told this once and kept nowhere."""

    kept: KeptToken
    secret: str


@contextmanager
def token_transaction(database: Database) -> Iterator[Connection]:
    """A short transaction for the functions below. It is no revision: tokens are no data.

    Raises DatabaseUnavailable, with what to do.
    """
    database.check_is_there()
    engine = database.engine()
    try:
        with engine.begin() as connection:
            yield connection
    except DBAPIError as error:
        raise DatabaseUnavailable(database.explain(error)) from error
    finally:
        engine.dispose()


def create_token(connection: Connection, new: NewToken) -> CreatedToken:
    """Makes a token. Raises InvalidRecord where a living one has that name."""
    secret, moment = f"allygraph_{secrets.token_urlsafe(32)}", now()
    # Of two who make the same at once one is refused: the other looks only when this is kept.
    lock_for_writing(connection)
    row = {
        "name": new.name,
        "role": new.role.value,
        "digest": digest_of(secret.encode()),
        "created_at": moment,
        "expires_at": new.expires_at,
    }
    same = select(_TOKENS.c.id).where(_TOKENS.c.name == new.name, _is_living(moment))
    values = select(*(literal(value, Text) for value in row.values())).where(~same.exists())
    made = insert(_TOKENS).from_select(list(row), values).returning(*_KEPT)
    found = connection.execute(made).first()
    if found is None:
        message = f"A living token is named {new.name!r}; revoke it, or take another name."
        raise InvalidRecord([Problem(("name",), Code.DUPLICATE, message)])
    return CreatedToken(KeptToken(*found), secret)


def _is_living(moment: str) -> ColumnElement[bool]:
    never_ends = _TOKENS.c.expires_at.is_(None)
    return _TOKENS.c.revoked_at.is_(None) & (never_ends | (_TOKENS.c.expires_at > moment))


def list_tokens(connection: Connection) -> list[KeptToken]:
    """Every token there ever was, the oldest first."""
    rows = connection.execute(select(*_KEPT).order_by(_TOKENS.c.id))
    return [KeptToken(*row) for row in rows]


def revoke_token(connection: Connection, id: int) -> KeptToken:
    """Ends a token from now on; one that was revoked before stays as it is. Raises NotFound."""
    same = _TOKENS.c.id == id
    connection.execute(
        update(_TOKENS).where(same, _TOKENS.c.revoked_at.is_(None)).values(revoked_at=now())
    )
    row = connection.execute(select(*_KEPT).where(same)).first()
    if row is None:
        raise NotFound(f"There is no token {id}.")
    return KeptToken(*row)


def token_by_digest(dialect: Dialect) -> Statement:
    """The question that `Guard` asks by its variable `digest`; its row is a FoundToken."""
    binding = Binding(dialect)
    digest = binding.parameter(Parameter(Slot(("digest",)), str), Text())
    columns = (_TOKENS.c[name] for name in FoundToken._fields)
    return binding.statement(select(*columns).where(_TOKENS.c.digest == digest))
