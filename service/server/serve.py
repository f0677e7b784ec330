"""Runs the application until it is told to stop."""

import errno
import os
import signal
import socket
import sys
from collections.abc import Callable
from functools import partial
from multiprocessing.connection import Connection

import uvicorn
from starlette.types import ASGIApp

from service.app import create_app
from service.engine.live import Live
from service.errors import StartError
from service.http.middleware.request_log import RequestLog
from service.observability.log import configure_log
from service.observability.worker_counters import WorkerCounters, WorkerSlot
from service.server.http_protocol import http_protocol
from service.server.telemetry import open_tracing
from service.server.websocket_protocol import WebSocketProtocol
from service.server.workers import supervise, supervisor_is_gone
from service.settings import Settings

# Requests under way when the process is told to stop have this long to end, in seconds.
_FAREWELL_SECONDS = 15
# How much the system keeps for a connection beyond what its client is ready to take.
_UNSENT_BYTES = 131_072


def run(settings: Settings, announce: Callable[[str], None]) -> None:
    """Serves. Raises StartError where it can't begin."""
    configure_log(settings)
    with _listen(settings) as listener:
        where = _where(_address_of(listener))
        if settings.workers > 1:
            work = partial(_serve_as_worker, settings, listener)
            supervise(settings.workers, work, lambda: announce(where))
        else:
            _serve(settings, listener, lambda: announce(where))


def _serve(
    settings: Settings,
    listener: socket.socket,
    announce: Callable[[], None],
    place: WorkerSlot | None = None,
) -> None:
    app = create_app(settings, place)
    announce()
    entry = RequestLog(app.edge) if settings.log_requests else app.edge
    tracing = open_tracing(os.environ)
    if tracing is not None:
        entry = tracing.around(entry)
    _take_signals_as_wishes()
    _allow_many_connections()
    config = server_settings(settings, entry)
    server = WorkerServer(config, app.live, app.counts) if app.counts else Server(config, app.live)
    try:
        server.run(sockets=[listener])
    finally:
        if tracing is not None:
            tracing.close()


def _serve_as_worker(
    settings: Settings, listener: socket.socket, place: WorkerSlot, supervisor: Connection
) -> None:
    """What a worker's process runs. It tells the supervisor when it can serve, or why it can't."""
    configure_log(settings)
    try:
        _serve(settings, listener, lambda: supervisor.send(""), place)
    except StartError as error:
        supervisor.send(error.message)
        raise SystemExit(1) from None


def server_settings(settings: Settings, app: ASGIApp) -> uvicorn.Config:
    """How uvicorn serves the application."""
    return uvicorn.Config(
        app,
        interface="asgi3",
        loop="auto",
        # Who asked, and by which scheme, is read at the edge if a proxy is trusted.
        proxy_headers=False,
        http=http_protocol(settings),
        ws=WebSocketProtocol,
        ws_max_size=settings.body_bytes,
        # Compressing takes more memory for each socket than all the rest of it.
        ws_per_message_deflate=False,
        ws_ping_interval=settings.heartbeat_seconds,
        ws_ping_timeout=settings.slow_reader_seconds,
        access_log=False,
        log_level="warning",
        server_header=False,
        timeout_graceful_shutdown=_FAREWELL_SECONDS,
    )


class Server(uvicorn.Server):
    """uvicorn, which would wait for whoever follows the data as it waits for an answer to end."""

    def __init__(self, config: uvicorn.Config, live: Live) -> None:
        """`live` knows all who follow."""
        super().__init__(config)
        self._live = live

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Takes no new connection, ends those that would stay open, then the others."""
        for server in self.servers:
            server.close()
        await self._live.end()
        await super().shutdown(sockets)


class WorkerServer(Server):
    """One of several, which tells the others what it has counted, and ends with its supervisor."""

    def __init__(self, config: uvicorn.Config, live: Live, counts: WorkerCounters) -> None:
        """`counts` are its own and those of the others."""
        super().__init__(config, live)
        self._counts = counts

    async def on_tick(self, counter: int) -> bool:
        """Ten times a second; what is done here is done once in a second."""
        if counter % 10 == 0:
            self._counts.write()
            self.should_exit = self.should_exit or supervisor_is_gone()
        return await super().on_tick(counter)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """The last that is counted is told too."""
        await super().shutdown(sockets)
        self._counts.write()


def _take_signals_as_wishes() -> None:
    """Being told to stop is no failure: the exit status is 0.

    uvicorn lets requests end, then raises the signal once more with the handler set here.
    """
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _leave)


def _leave(*_: object) -> None:
    raise SystemExit(0)


def _allow_many_connections() -> None:
    """As many as the system lets us have: each is an open file, and 1,024 are soon used up."""
    if sys.platform != "win32":
        import resource

        _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


def _listen(settings: Settings) -> socket.socket:
    try:
        return open_listener(settings.host, settings.port)
    except (OSError, UnicodeError) as error:
        where = f"{settings.host}:{settings.port}"
        raise StartError(f"Can't listen at {where}: {_refusal(error)}.") from None


def open_listener(host: str, port: int) -> socket.socket:
    """A socket that listens. Raises OSError or UnicodeError."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.create_server((host, port), family=family, backlog=2048)
    if hasattr(socket, "TCP_NOTSENT_LOWAT"):
        # Else the system takes megabytes for a client that does not read, and we hear of it late.
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NOTSENT_LOWAT, _UNSENT_BYTES)
    return listener


def _refusal(error: OSError | UnicodeError) -> str:
    """What keeps us from listening, and what to do."""
    match getattr(error, "errno", None):
        case errno.EADDRINUSE:
            return "the port is in use; end what uses it, or set another ALLYGRAPH_PORT"
        case errno.EACCES:
            return "this user may not use the port; set ALLYGRAPH_PORT to one above 1023"
    return "this computer has no such address; set another ALLYGRAPH_HOST"


def _address_of(listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _where(address: str) -> str:
    return (
        f"AllyGraph is at {address}\n"
        f"  GraphiQL, with questions to begin with   {address}/graphql\n"
        f"  REST, to try in the browser              {address}/docs\n"
        f"  Who supports Russia                      "
        f"{address}/api/v1/supports?recipient.slug=russia\n"
        "Stop it with Ctrl-C."
    )
