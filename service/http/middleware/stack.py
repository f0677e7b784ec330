"""The middleware that the settings turn on, in order."""

import ipaddress
from typing import Any, cast

from starlette.types import ASGIApp
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from service.errors import StartError
from service.http.client_identity import Clients
from service.http.middleware.cors import AllowedOrigins, read_origins
from service.http.middleware.hosts import AllowedHosts, read_hosts
from service.http.middleware.rate_limit import RateLimit
from service.observability.counters import Counters
from service.settings import Settings

# Probes request these paths by IP address, and must not be rate limited.
PROBES = frozenset({"/healthz", "/readyz", "/metrics"})


class MiddlewareStack:
    """Wraps an application in the middleware that the settings turn on."""

    def __init__(self, settings: Settings) -> None:
        """Raises StartError for an invalid setting."""
        self._limits_rate = settings.requests_per_minute > 0
        self._origins = read_origins(settings.cors_origins)
        self._hosts = read_hosts(settings.hosts)
        self._proxies = read_proxies(settings.trusted_proxies)

    def around(self, app: ASGIApp, clients: Clients, counters: Counters) -> ASGIApp:
        """Returns the wrapped application, or the application itself if nothing is turned on."""
        if self._limits_rate:
            app = RateLimit(app, clients, counters, PROBES)
        if self._origins:
            app = AllowedOrigins(app, self._origins)
        if self._hosts:
            app = AllowedHosts(app, self._hosts, PROBES)
        if self._proxies:
            # Wraps last, so that it runs first: the others then see the client and not the proxy.
            app = cast(ASGIApp, ProxyHeadersMiddleware(app, self._proxies))  # type: ignore[arg-type]
        return app


def read_proxies(text: str) -> list[str]:
    """Reads the addresses and networks in a setting. Raises StartError.

    Rejects `*` and networks that together contain all addresses, because a trusted proxy can claim
    any address.
    """
    networks = [_network(each) for each in text.split()]
    for whole in _ALL_ADDRESSES:
        same = (network for network in networks if network.version == whole.version)
        if any(whole.subnet_of(network) for network in ipaddress.collapse_addresses(same)):
            raise StartError(
                f"ALLYGRAPH_TRUSTED_PROXIES: {' '.join(text.split())} is every address, so any "
                "client could claim any other; write the addresses of your proxies."
            )
    return text.split()


# The networks of all addresses; the last has those of IPv4 as an IPv6 socket shows them.
_ALL_ADDRESSES: tuple[Any, ...] = tuple(
    map(ipaddress.ip_network, ("0.0.0.0/0", "::/0", "::ffff:0:0/96"))
)


def _network(text: str) -> Any:
    try:
        return ipaddress.ip_network(text)
    except ValueError:
        raise StartError(
            f"ALLYGRAPH_TRUSTED_PROXIES: {text!r} is not an IP address or network; write "
            "`10.0.0.2` or `10.0.0.0/24`."
        ) from None
