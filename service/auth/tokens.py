"""The table of tokens: create, list, revoke, and find by digest."""

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
from service.database import WAIT_SECONDS, Database
from service.database.commit_watch import CommitWatch
from service.errors import InvalidRecord, NotFound, UnconfirmedWrite
from service.plan import Parameter, Slot
from service.sql.binding import Binding, Statement
from service.sql.dialect import Dialect

_TOKENS = SQLModel.metadata.tables[str(Token.__tablename__)]


class TokenState(StrEnum):
    """Whether a token is valid."""

    ACTIVE = "active"
    EXPIRED = "expired"
    REVOKED = "revoked"


class KeptToken(NamedTuple):
    """What clients may see of a token: not its secret or digest."""

    id: int
    name: str
    role: str
    created_at: str
    expires_at: str | None
    revoked_at: str | None

    @property
    def state(self) -> TokenState:
        """The state at this moment."""
        if self.revoked_at is not None:
            return TokenState.REVOKED
        has_expired = self.expires_at is not None and self.expires_at <= now()
        return TokenState.EXPIRED if has_expired else TokenState.ACTIVE


_KEPT = [_TOKENS.c[name] for name in KeptToken._fields]


class CreatedToken(NamedTuple):
    """A new token with its secret, which is not stored."""

    kept: KeptToken
    secret: str


@contextmanager
def token_transaction(database: Database) -> Iterator[Connection]:
    """A short transaction for the functions below. It creates no revision.

    Raises DatabaseUnavailable, and UnconfirmedWrite if the commit waits for a lost standby.
    """
    database.check_is_there()
    engine = database.engine()
    watch = CommitWatch(database, WAIT_SECONDS)
    try:
        with engine.connect() as connection, connection.begin() as transaction:
            yield connection
            watch.commit(transaction)
    except DBAPIError as error:
        if watch.is_broken_off:
            raise UnconfirmedWrite(watch.seconds) from error
        raise database.unavailable(error) from error
    finally:
        engine.dispose()


def create_token(connection: Connection, new: NewToken) -> CreatedToken:
    """Creates a token. Raises InvalidRecord if an active one has that name."""
    secret, time = f"allygraph_{secrets.token_urlsafe(32)}", now()
    # Serialises writers, so that of two concurrent calls with one name the second is refused.
    lock_for_writing(connection)
    row = {
        "name": new.name,
        "role": new.role.value,
        "digest": digest_of(secret.encode()),
        "created_at": time,
        "expires_at": new.expires_at,
    }
    same = select(_TOKENS.c.id).where(_TOKENS.c.name == new.name, _is_active(time))
    values = select(*(literal(value, Text) for value in row.values())).where(~same.exists())
    insertion = insert(_TOKENS).from_select(list(row), values).returning(*_KEPT)
    created = connection.execute(insertion).first()
    if created is None:
        message = f"An active token has the name {new.name!r}; revoke it, or use another name."
        raise InvalidRecord([Problem(("name",), Code.DUPLICATE, message)])
    return CreatedToken(KeptToken(*created), secret)


def _is_active(time: str) -> ColumnElement[bool]:
    never_expires = _TOKENS.c.expires_at.is_(None)
    return _TOKENS.c.revoked_at.is_(None) & (never_expires | (_TOKENS.c.expires_at > time))


def list_tokens(connection: Connection) -> list[KeptToken]:
    """All tokens, including expired and revoked ones, the oldest first."""
    rows = connection.execute(select(*_KEPT).order_by(_TOKENS.c.id))
    return [KeptToken(*row) for row in rows]


def revoke_token(connection: Connection, id: int) -> KeptToken:
    """Revokes a token; one that was revoked before stays unchanged. Raises NotFound."""
    same = _TOKENS.c.id == id
    connection.execute(
        update(_TOKENS).where(same, _TOKENS.c.revoked_at.is_(None)).values(revoked_at=now())
    )
    row = connection.execute(select(*_KEPT).where(same)).first()
    if row is None:
        raise NotFound(f"There is no token {id}.")
    return KeptToken(*row)


def token_by_digest(dialect: Dialect) -> Statement:
    """The query of `Guard.find`, with the variable `digest`; its row is a FoundToken."""
    binding = Binding(dialect)
    digest = binding.parameter(Parameter(Slot(("digest",)), str), Text())
    columns = (_TOKENS.c[name] for name in FoundToken._fields)
    return binding.statement(select(*columns).where(_TOKENS.c.digest == digest))
