"""Authenticates callers by their token, and authorises them by its role."""

import hashlib
import hmac
import re
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple

from service.errors import Forbidden, InvalidToken, Unauthenticated
from service.request.caller import ANONYMOUS_CALLER, Caller, Role
from service.settings import Settings

__all__ = [
    "ANONYMOUS_CALLER",
    "Caller",
    "Find",
    "FoundToken",
    "Guard",
    "Role",
    "digest_of",
    "now",
    "require",
]

TIME_FORMAT = "%Y-%m-%dT%H:%M:%SZ"

# RFC 6750. RFC 9110 makes the scheme case-insensitive.
_BEARER = re.compile(rb"(?i:bearer) +(allygraph_[A-Za-z0-9_-]{43}) *")


class FoundToken(NamedTuple):
    """A stored token, in the column order of `service.auth.tokens.token_by_digest`.

    Texts are bytes, as the executors return them.
    """

    digest: bytes
    name: bytes
    role: bytes
    expires_at: bytes | None
    revoked_at: bytes | None


# Returns the row of the token with a digest; empty or None if there is none.
Find = Callable[[str], Awaitable[Sequence[Any] | None]]


def digest_of(secret: bytes) -> str:
    """The SHA-256 of a secret in hexadecimal digits; the secret itself is not stored."""
    return hashlib.sha256(secret).hexdigest()


def now() -> str:
    """The current time in UTC as the tables store it; such texts sort by time."""
    return datetime.now(UTC).strftime(TIME_FORMAT)


class Guard:
    """Identifies a caller by the Authorization header; looks the token up on every request."""

    def __init__(self, settings: Settings, find: Find, clock: Callable[[], str] = now) -> None:
        """`find` looks a token up by its digest; it may raise DatabaseUnavailable."""
        self.public_reads = settings.read == "open"
        self._find = find
        self._clock = clock

    async def reader(self, authorization: bytes | None) -> Caller:
        """The caller of a read. `authorization`: the value of the header.

        Raises Unauthenticated if reads require a token and there is none, or InvalidToken.
        """
        caller = await self.caller(authorization)
        if not self.public_reads:
            require(caller, Role.READER)
        return caller

    async def caller(self, authorization: bytes | None) -> Caller:
        """The caller; ANONYMOUS_CALLER without a header. Raises InvalidToken."""
        return (
            ANONYMOUS_CALLER if authorization is None else await self._authenticate(authorization)
        )

    async def _authenticate(self, authorization: bytes) -> Caller:
        bearer = _BEARER.fullmatch(authorization)
        if bearer is None:
            raise InvalidToken(
                "The Authorization header contains no valid token: "
                "send `Authorization: Bearer allygraph_...`, or omit it."
            )
        digest = digest_of(bearer[1])
        row = await self._find(digest)
        token = FoundToken(*row) if row else None
        # The database does not compare digests in constant time, so its response time may leak a
        # prefix. That is harmless: finding a secret for a prefix means inverting SHA-256.
        if token is None or not hmac.compare_digest(token.digest, digest.encode()):
            raise InvalidToken("Unknown token; ask an administrator for a new one.")
        return self._active_caller(token)

    def _active_caller(self, token: FoundToken) -> Caller:
        if token.revoked_at is not None:
            raise InvalidToken("This token was revoked; ask an administrator for a new one.")
        if token.expires_at is not None and token.expires_at.decode() <= self._clock():
            raise InvalidToken("This token has expired; ask an administrator for a new one.")
        return Caller(token.name.decode(), Role(token.role.decode()))


def require(caller: Caller, role: Role) -> None:
    """Raises Unauthenticated without a token, Forbidden if its role does not include `role`."""
    if not caller.name:
        raise Unauthenticated(_token_required(role))
    if not caller.role.includes(role):
        raise Forbidden(
            f"The token {caller.name!r} has the role {caller.role}; this requires the role {role}."
        )


def _token_required(role: Role) -> str:
    return f"This requires a token with the role {role}: send `Authorization: Bearer TOKEN`."
