"""What stands before the application: only what the settings switch on."""

import ipaddress
from collections.abc import Awaitable
from typing import cast

from starlette.types import ASGIApp
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from service.errors import StartError, TooManyRequests
from service.http.asgi import Receive, Scope, Send
from service.http.client_identity import Clients
from service.http.middleware.cors import CrossOrigin, read_origins
from service.http.middleware.hosts import KnownHosts, read_hosts
from service.http.refusals import refuse
from service.observability.counters import Counters
from service.settings import Settings

# Asked by whoever watches over the service: by its address, and however much there is to do.
WATCHED = frozenset({"/healthz", "/readyz", "/metrics"})


class CountedRequests:
    """Refuses a request, or a WebSocket, of a client that has asked too often."""

    def __init__(self, app: ASGIApp, clients: Clients, measures: Counters) -> None:
        """`clients` knows who asks, and how often; `measures` counts who is refused."""
        self._app = app
        self._clients = clients
        self._measures = measures

    def __call__(self, scope: Scope, receive: Receive, send: Send) -> Awaitable[None]:
        """One connection, or the lifespan."""
        if scope["type"] != "lifespan" and scope["path"] not in WATCHED:
            try:
                self._clients.count(self._clients.client_of(scope))
            except TooManyRequests as error:
                self._measures.refused(error)
                return refuse(error, scope, receive, send)
        return self._app(scope, receive, send)


class MiddlewareStack:
    """What the settings ask to stand before an application."""

    def __init__(self, settings: Settings) -> None:
        """Raises StartError where a setting can't be read."""
        self._counts = settings.requests_per_minute > 0
        self._origins = read_origins(settings.cors_origins)
        self._hosts = read_hosts(settings.hosts)
        self._proxies = read_proxies(settings.trusted_proxies)

    def around(self, app: ASGIApp, clients: Clients, measures: Counters) -> ASGIApp:
        """The application behind all of it; the application itself where nothing is asked for."""
        if self._counts:
            app = CountedRequests(app, clients, measures)
        if self._origins:
            app = CrossOrigin(app, self._origins)
        if self._hosts:
            app = KnownHosts(app, self._hosts, WATCHED)
        if self._proxies:
            # Before the others: they see the client, and not the proxy.
            app = cast(ASGIApp, ProxyHeadersMiddleware(app, self._proxies))  # type: ignore[arg-type]
        return app


def read_proxies(text: str) -> list[str]:
    """The addresses and networks in a setting. Raises StartError.

    There is no word for all of them: whoever is believed can say that he is anybody.
    """
    for place in text.split():
        try:
            ipaddress.ip_network(place)
        except ValueError:
            raise StartError(
                f"ALLYGRAPH_TRUSTED_PROXIES: {place!r} is no address and no network; write "
                "`10.0.0.2` or `10.0.0.0/24`."
            ) from None
    return text.split()
