"""Identifies the client of a request, for limits per client."""

import ipaddress
from collections.abc import Awaitable, Callable, Sequence
from functools import lru_cache
from typing import Any

from service.auth.callers import digest_of
from service.http.asgi import Scope

Find = Callable[[str], Awaitable[Sequence[Any] | None]]

# A client with IPv6 has very many addresses; these leading bits identify its network.
_NETWORK_BITS = 64
# The maximum length of an address. A proxy may pass on any text.
_ADDRESS_CHARACTERS = 45


def _count_none(_client: str) -> None:
    """Counts nothing, for a service without a rate limit."""


class Clients:
    """Identifies a client by a valid token, or else by address.

    A token counts only after it was found in the database, so a client gains nothing from invented
    tokens.
    """

    def __init__(self, count: Callable[[str], None] = _count_none) -> None:
        """`count`: counts a request; may raise TooManyRequests. No tokens are known at first."""
        self._tokens: set[str] = set()
        self.count = count

    def remembering(self, find: Find) -> Find:
        """Returns `find`, extended to remember the tokens that it finds. Valid tokens are few."""

        async def found(digest: str) -> Sequence[Any] | None:
            row = await find(digest)
            if row:
                self._tokens.add(digest)
            return row

        return found

    def client_of(self, scope: Scope, authorization: bytes | None = None) -> str:
        """Returns a text that identifies the client in all its requests.

        `authorization`: replaces the header Authorization.
        """
        if authorization is None:
            for name, value in scope["headers"]:
                if name == b"authorization":
                    authorization = value
        if authorization is not None:
            digest = digest_of(authorization.rpartition(b" ")[2])
            if digest in self._tokens:
                return digest
        address = scope.get("client")
        return _network_of(address[0]) if address else ""


@lru_cache(maxsize=4096)
def _network_of(text: str) -> str:
    """Returns an IPv4 address unchanged, and the network of an IPv6 address."""
    if ":" not in text:
        return text[:_ADDRESS_CHARACTERS]
    try:
        address = ipaddress.IPv6Address(text)
    except ValueError:
        return text[:_ADDRESS_CHARACTERS]
    if address.ipv4_mapped:
        return str(address.ipv4_mapped)
    return str(ipaddress.ip_network((int(address), _NETWORK_BITS), strict=False))
