"""Runs the application until it is told to stop."""

import socket
from collections.abc import Callable

import uvicorn

from service.app import create_app
from service.errors import StartError
from service.events import write_log_as
from service.http.request_log import RequestLog
from service.settings import Settings

# Requests under way when the process is told to stop have this long to end, in seconds.
_FAREWELL_SECONDS = 15


def run(settings: Settings, announce: Callable[[str], None]) -> None:
    """Serves. Raises StartError where it can't begin."""
    write_log_as(settings)
    listener = _listen(settings)
    with listener:
        app = create_app(settings)
        host, port = listener.getsockname()[:2]
        announce(_where(f"http://{host}:{port}"))
        config = uvicorn.Config(
            RequestLog(app) if settings.log_requests else app,
            loop="auto",
            http="httptools",
            access_log=False,
            log_level="warning",
            server_header=False,
            timeout_graceful_shutdown=_FAREWELL_SECONDS,
        )
        uvicorn.Server(config).run(sockets=[listener])


def _listen(settings: Settings) -> socket.socket:
    try:
        return socket.create_server((settings.host, settings.port), backlog=2048)
    except OSError as error:
        raise StartError(
            f"Can't listen at {settings.host}:{settings.port} ({error.strerror or error}): "
            "set another ALLYGRAPH_PORT, or end what uses it."
        ) from None


def _where(address: str) -> str:
    return (
        f"AllyGraph is at {address}\n"
        f"  GraphiQL, with questions to begin with   {address}/graphql\n"
        f"  REST, to try in the browser              {address}/docs\n"
        f"  Who supports Russia                      "
        f"{address}/api/v1/supports?recipient.slug=russia\n"
        "Stop it with Ctrl-C."
    )
