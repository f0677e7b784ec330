"""Runs the application until the process gets a signal to stop."""

import errno
import json
import os
import signal
import socket
import sys
import time
from collections.abc import Callable
from functools import partial
from multiprocessing.connection import Connection
from types import FrameType

import uvicorn
from starlette.types import ASGIApp
from uvicorn.config import LOGGING_CONFIG

from service.app import create_app
from service.engine.live import Live
from service.errors import StartError
from service.http.middleware.request_log import RequestLog
from service.observability.log import Event, configure_log
from service.observability.telemetry import open_telemetry
from service.observability.worker_counters import WorkerCounters, WorkerSlot
from service.server.http_protocol import http_protocol
from service.server.websocket_protocol import WebSocketProtocol
from service.server.workers import supervise, supervisor_is_dead
from service.settings import Settings

# The time limit for requests in progress when the process stops, in seconds.
_SHUTDOWN_SECONDS = 15
# The maximum number of bytes of a connection that the system buffers unsent.
_UNSENT_BYTES = 131_072


def run(settings: Settings, announce: Callable[[str], None]) -> None:
    """Serves until a signal stops it. Raises StartError.

    `announce`: called with a greeting when the service is ready.
    """
    configure_log(settings)
    with _listen(settings) as listener:
        address = _address_of(listener)
        is_human = settings.log_format == "human"
        greeting = _greeting(address) if is_human else _greeting_as_json(address)
        if settings.workers > 1:
            work = partial(_serve_as_worker, settings, listener)
            supervise(settings.workers, work, lambda: announce(greeting), settings.drain_seconds)
        else:
            _serve(settings, listener, lambda: announce(greeting))


def _serve(
    settings: Settings,
    listener: socket.socket,
    announce: Callable[[], None],
    slot: WorkerSlot | None = None,
) -> None:
    app = create_app(settings, slot)
    announce()
    entry = RequestLog(app.edge) if settings.log_requests else app.edge
    telemetry = open_telemetry(os.environ)
    if telemetry is not None:
        # Imported here: it needs OpenTelemetry, which is an extra.
        from service.http.middleware.tracing import TracingMiddleware

        entry = TracingMiddleware(entry, telemetry.tracer)
    _exit_with_status_0_on_signals()
    _raise_open_file_limit()
    config = server_settings(settings, entry)
    drain = settings.drain_seconds
    server = (
        WorkerServer(config, app.live, drain, app.counts)
        if app.counts
        else Server(config, app.live, drain)
    )
    try:
        server.run(sockets=[listener])
    finally:
        if telemetry is not None:
            telemetry.close()


def _serve_as_worker(
    settings: Settings, listener: socket.socket, slot: WorkerSlot, supervisor: Connection
) -> None:
    """Runs in a worker process. Sends an empty string when it is ready, or why it can't serve."""
    configure_log(settings)
    try:
        _serve(settings, listener, lambda: supervisor.send(""), slot)
    except StartError as error:
        supervisor.send(error.message)
        raise SystemExit(1) from None


def server_settings(settings: Settings, app: ASGIApp) -> uvicorn.Config:
    """The configuration of uvicorn for the application."""
    return uvicorn.Config(
        app,
        interface="asgi3",
        loop="auto",
        # The middleware reads the client and the scheme, if a proxy is trusted.
        proxy_headers=False,
        http=http_protocol(settings),
        ws=WebSocketProtocol,
        ws_max_size=settings.body_bytes,
        # Compression takes more memory for each socket than everything else.
        ws_per_message_deflate=False,
        ws_ping_interval=settings.heartbeat_seconds,
        ws_ping_timeout=settings.slow_reader_seconds,
        access_log=False,
        # With None, uvicorn's lines have the format of the service's log.
        log_config=LOGGING_CONFIG if settings.log_format == "human" else None,
        log_level="warning",
        server_header=False,
        timeout_graceful_shutdown=_SHUTDOWN_SECONDS,
    )


class Server(uvicorn.Server):
    """uvicorn's server, which ends subscriptions instead of waiting for them when it stops."""

    def __init__(self, config: uvicorn.Config, live: Live, drain_seconds: float = 0.0) -> None:
        """`live` holds the open subscriptions.

        `drain_seconds`: the time for which it still serves after a signal, while `/readyz` is 503.
        """
        super().__init__(config)
        self._live = live
        self._drain_seconds = drain_seconds
        self._exit_at: float | None = None

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """The first signal begins to drain; another one stops the process at once."""
        if self._drain_seconds and self._exit_at is None:
            self._captured_signals.append(sig)
            self._live.is_draining = True
            self._exit_at = time.monotonic() + self._drain_seconds
        else:
            super().handle_exit(sig, frame)

    async def on_tick(self, counter: int) -> bool:
        """Called ten times a second."""
        if self._exit_at is not None and time.monotonic() >= self._exit_at:
            self.should_exit = True
        return await super().on_tick(counter)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Accepts no new connection, ends subscriptions, then waits for requests to end."""
        for server in self.servers:
            server.close()
        await self._live.end()
        await super().shutdown(sockets)


class WorkerServer(Server):
    """The server of a worker, which shares its counters, and stops if its supervisor dies."""

    def __init__(
        self, config: uvicorn.Config, live: Live, drain_seconds: float, counts: WorkerCounters
    ) -> None:
        """`counts`: the counters of this worker, and of the other workers."""
        super().__init__(config, live, drain_seconds)
        self._counts = counts

    async def on_tick(self, counter: int) -> bool:
        """Called ten times a second; once a second it writes the counters.

        It then also stops the server if the supervisor has died.
        """
        if counter % 10 == 0:
            self._counts.write()
            self.should_exit = self.should_exit or supervisor_is_dead()
        return await super().on_tick(counter)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Writes the counters again after the last request."""
        await super().shutdown(sockets)
        self._counts.write()


def _exit_with_status_0_on_signals() -> None:
    """Sets handlers that exit with status 0: uvicorn raises the signal again after its shutdown."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _exit)


def _exit(*_: object) -> None:
    raise SystemExit(0)


def _raise_open_file_limit() -> None:
    """Raises the limit to the system's maximum: each connection is an open file.

    The default is often 1,024.
    """
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
        # Without this, the system buffers megabytes for a client that does not read.
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NOTSENT_LOWAT, _UNSENT_BYTES)
    return listener


def _refusal(error: OSError | UnicodeError) -> str:
    """Why the service can't listen, and what to do."""
    match getattr(error, "errno", None):
        case errno.EADDRINUSE:
            return (
                "the port is in use; stop the process that uses it, or set another ALLYGRAPH_PORT"
            )
        case errno.EACCES:
            return "this user may not use the port; set ALLYGRAPH_PORT to one above 1023"
    return "this computer has no such address; set another ALLYGRAPH_HOST"


def _address_of(listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _greeting_as_json(address: str) -> str:
    """The greeting as one line of JSON, for programs that read the output."""
    return json.dumps({"event": Event.LISTENING, "address": address})


def _greeting(address: str) -> str:
    return (
        f"AllyGraph is at {address}\n"
        f"  GraphiQL, with example queries           {address}/graphql\n"
        f"  REST, to try in the browser              {address}/docs\n"
        f"  Who supports Russia                      "
        f"{address}/api/v1/supports?recipient.slug=russia\n"
        "Stop it with Ctrl-C."
    )
