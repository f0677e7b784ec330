"""Which client a request comes from, for limits per client."""

import ipaddress
from collections.abc import Awaitable, Callable, Sequence
from functools import lru_cache
from typing import Any

from service.auth.callers import digest_of
from service.http.asgi import Scope

Find = Callable[[str], Awaitable[Sequence[Any] | None]]

# A client with IPv6 has very many addresses: the bits that distinguish networks.
_NETWORK_BITS = 64
# What an address is made of; a proxy may pass on anything.
_ADDRESS_CHARACTERS = 45


def _count_none(_client: str) -> None:
    """Without a rate limit no request is counted."""


class Clients:
    """Identifies a client by its token if that is valid, else by its address.

    A token counts once it was found in the database, so invented tokens change nothing.
    """

    def __init__(self, count: Callable[[str], None] = _count_none) -> None:
        """No token is known yet. `count` counts a request; it may raise TooManyRequests."""
        self._tokens: set[str] = set()
        self.count = count

    def remembering(self, find: Find) -> Find:
        """The same, but remembers each token that is found, of which there are few."""

        async def found(digest: str) -> Sequence[Any] | None:
            row = await find(digest)
            if row:
                self._tokens.add(digest)
            return row

        return found

    def client_of(self, scope: Scope, authorization: bytes | None = None) -> str:
        """The client that sends a request: the same text for all its requests.

        `authorization`: what stands in place of the header.
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
    """An address of IPv4 as it is, of IPv6 the network that it is in."""
    if ":" not in text:
        return text[:_ADDRESS_CHARACTERS]
    try:
        address = ipaddress.IPv6Address(text)
    except ValueError:
        return text[:_ADDRESS_CHARACTERS]
    if address.ipv4_mapped:
        return str(address.ipv4_mapped)
    return str(ipaddress.ip_network((int(address), _NETWORK_BITS), strict=False))
