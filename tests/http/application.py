"""The complete application in this process, with requests from any address."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx

from service.app import create_app
from service.settings import Settings
from tests.stores import known_to_be_whole, url_of

QUESTION = {"query": '{ actor(by: {slug: "iran"}) { name } }'}
IRAN = {"name": "Iran"}
# One request to each API, as `send` takes it.
DOORS: dict[str, dict[str, Any]] = {
    "GraphQL by POST": {"method": "POST", "path": "/graphql", "json": QUESTION},
    "GraphQL by GET": {"method": "GET", "path": "/graphql", "params": QUESTION},
    "REST": {"method": "GET", "path": "/api/v1/actors/iran", "params": {"fields": "name"}},
}


class Service:
    """An application with the test's settings."""

    def __init__(self, path: Path, runner: asyncio.Runner, settings: dict[str, Any]) -> None:
        with known_to_be_whole():
            self.app = create_app(Settings(database_url=url_of(path), **settings))
        self.runner = runner

    async def asked(
        self, method: str, path: str, client: str = "192.0.2.1", **options: Any
    ) -> httpx.Response:
        """Returns the response to a client at that address."""
        transport = httpx.ASGITransport(
            self.app.edge, raise_app_exceptions=False, client=(client, 40_000)
        )
        async with httpx.AsyncClient(transport=transport, base_url="http://a.test") as sender:
            return await sender.request(method, path, **options)

    def send(self, method: str, path: str, **options: Any) -> httpx.Response:
        return self.runner.run(self.asked(method, path, **options))

    def statuses(self, times: int, door: dict[str, Any], **options: Any) -> list[int]:
        """Returns the statuses of this many sequential requests."""
        return [self.send(**door, **options).status_code for _ in range(times)]

    def is_well(self, **options: Any) -> bool:
        """Whether all APIs respond."""
        answers = {name: self.send(**door, **options).json() for name, door in DOORS.items()}
        graphql = {"data": {"actor": IRAN}}
        return answers == dict.fromkeys(DOORS, graphql) | {"REST": IRAN}


@contextmanager
def service(path: Path, runner: asyncio.Runner, **settings: Any) -> Iterator[Service]:
    """Yields an application on that database, which is closed at the end."""
    running = Service(path, runner, settings)
    try:
        yield running
    finally:
        runner.run(running.app.close())


def code_of(answer: httpx.Response) -> str:
    """Returns the code of the error, of any API."""
    content = answer.json()
    code: str = content.get("code") or content["errors"][0]["extensions"]["code"]
    return code
