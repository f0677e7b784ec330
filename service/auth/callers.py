"""Who asks, and what they may do."""

import hashlib
import hmac
import re
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, NamedTuple

from service.errors import Forbidden, InvalidToken, Unauthenticated
from service.settings import Settings


class Role(StrEnum):
    """What a token allows: each role also what the roles before it do."""

    READER = "reader"
    EDITOR = "editor"
    ADMIN = "admin"

    def includes(self, needed: "Role") -> bool:
        """Whether who has this role may do what `needed` may."""
        roles = list(Role)
        return roles.index(self) >= roles.index(needed)


class Caller(NamedTuple):
    """Whoever asks. `name` is the token's; nobody's without one."""

    name: str
    role: Role


ANYBODY = Caller("", Role.READER)

TIME_FORMAT = "%Y-%m-%dT%H:%M:%SZ"

# RFC 6750. The scheme is written in any case, as every scheme of RFC 9110.
_BEARER = re.compile(rb"(?i:bearer) +(allygraph_[A-Za-z0-9_-]{43}) *")


class FoundToken(NamedTuple):
    """What is kept of a token, in the column order of `service.auth.tokens.token_by_digest`.

    Texts are bytes, as every reader of ours gives them.
    """

    digest: bytes
    name: bytes
    role: bytes
    expires_at: bytes | None
    revoked_at: bytes | None


# The row of the token with a digest; empty, or None, where there is none.
Find = Callable[[str], Awaitable[Sequence[Any] | None]]


def digest_of(secret: bytes) -> str:
    """What is kept of a secret, in hexadecimal digits."""
    return hashlib.sha256(secret).hexdigest()


def now() -> str:
    """The time, as the tables have it: such texts compare as the times do."""
    return datetime.now(UTC).strftime(TIME_FORMAT)


class Guard:
    """Knows a caller by the Authorization header: `find` looks the token up, each time anew."""

    def __init__(self, settings: Settings, find: Find, clock: Callable[[], str] = now) -> None:
        """`find` raises DatabaseUnavailable where it can't look."""
        self.anybody_reads = settings.read == "open"
        self._find = find
        self._clock = clock

    async def reader(self, authorization: bytes | None) -> Caller:
        """Whoever asks, who may read: every question begins with it. `authorization`: the header.

        Raises Unauthenticated where reading needs a token, InvalidToken where one is no good.
        """
        caller = await self.caller(authorization)
        if not self.anybody_reads:
            require(caller, Role.READER)
        return caller

    async def caller(self, authorization: bytes | None) -> Caller:
        """Whoever asks; ANYBODY without a header. Raises InvalidToken."""
        return ANYBODY if authorization is None else await self._known(authorization)

    async def _known(self, authorization: bytes) -> Caller:
        bearer = _BEARER.fullmatch(authorization)
        if bearer is None:
            raise InvalidToken(
                "The Authorization header holds no token of this service; "
                "send `Authorization: Bearer allygraph_...`, or leave it out."
            )
        digest = digest_of(bearer[1])
        row = await self._find(digest)
        token = FoundToken(*row) if row else None
        # The database compares byte by byte, and so may tell by its time how a digest begins. That
        # helps nobody: to make a secret for the beginning of a digest is to invert SHA-256.
        if token is None or not hmac.compare_digest(token.digest, digest.encode()):
            raise InvalidToken("This token is not known here; ask an administrator for another.")
        return self._living(token)

    def _living(self, token: FoundToken) -> Caller:
        if token.revoked_at is not None:
            raise InvalidToken("This token was revoked; ask an administrator for another.")
        if token.expires_at is not None and token.expires_at.decode() <= self._clock():
            raise InvalidToken("This token has expired; ask an administrator for another.")
        return Caller(token.name.decode(), Role(token.role.decode()))


def require(caller: Caller, role: Role) -> None:
    """Raises Unauthenticated where there is no token, Forbidden where its role is too weak."""
    if not caller.name:
        raise Unauthenticated(_needs_token(role))
    if not caller.role.includes(role):
        raise Forbidden(
            f"The token {caller.name!r} has the role {caller.role}; this needs the role {role}."
        )


def _needs_token(role: Role) -> str:
    return f"This needs a token of the role {role}: send it as `Authorization: Bearer TOKEN`."
