"""Runs a real server in this process, for an application of the test."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import uvicorn
from starlette.types import ASGIApp

from service.server.http_protocol import http_protocol
from service.server.serve import open_listener
from service.settings import Settings


class Running:
    """A server that accepts connections."""

    def __init__(self, server: uvicorn.Server, address: tuple[str, int]) -> None:
        self._server = server
        self.address = address

    @property
    def open_connections(self) -> int:
        return len(self._server.server_state.connections)


@asynccontextmanager
async def running(app: ASGIApp, settings: Settings) -> AsyncIterator[Running]:
    """Yields the application behind the HTTP protocol with these settings."""
    http = http_protocol(settings)
    config = uvicorn.Config(app, http=http, interface="asgi3", lifespan="off", log_config=None)
    server = uvicorn.Server(config)
    with open_listener("127.0.0.1", 0) as listener:
        task = asyncio.create_task(server.serve(sockets=[listener]))
        try:
            yield Running(server, listener.getsockname())
        finally:
            server.should_exit = True
            await task
