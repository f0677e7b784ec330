"""A client with the token of an admin, in both APIs of a database that a test may change."""

import asyncio
from collections.abc import Coroutine
from pathlib import Path
from typing import Any

import httpx

from service.app import create_app
from service.auth.callers import Role
from service.auth.new_token import NewToken
from service.auth.tokens import create_token, token_transaction
from service.settings import Settings
from tests import stores
from tests.conftest import in_order
from tests.stores import database_of, known_to_be_whole, url_of


class Editor:
    """Writes as `ada`, and reads the database itself to see what was stored."""

    def __init__(self, path: Path, runner: asyncio.Runner, **settings: Any) -> None:
        self.path = path
        self._runner = runner
        url = url_of(path)
        self._headers = {"authorization": f"Bearer {self.token('ada')}"}
        # Not validated, because a test may set limits that operators may not.
        with known_to_be_whole():
            self.app = create_app(Settings(database_url=url).model_copy(update=settings))
        transport = httpx.ASGITransport(self.app, raise_app_exceptions=False)
        self._client = httpx.AsyncClient(transport=transport, base_url="http://allygraph.test")

    def token(self, name: str, role: Role = Role.ADMIN) -> str:
        """Returns the secret of a new token."""
        with token_transaction(database_of(self.path)) as connection:
            return create_token(connection, NewToken(name, role)).secret

    def send(self, method: str, path: str, **options: Any) -> httpx.Response:
        """Sends a request to any address."""
        return self.send_as(self._headers | options.pop("headers", {}), method, path, **options)

    def send_as(
        self, headers: dict[str, str], method: str, path: str, **options: Any
    ) -> httpx.Response:
        """Sends a request as another client, with the token in the headers, if any."""
        return self._runner.run(self._client.request(method, path, headers=headers, **options))

    async def sent(self, method: str, path: str, **options: Any) -> httpx.Response:
        """Sends a request like `send`, but as a coroutine in the event loop."""
        headers = self._headers | options.pop("headers", {})
        return await self._client.request(method, path, headers=headers, **options)

    def run(self, work: Coroutine[Any, Any, Any]) -> Any:
        """Returns the result of `work`, run in the event loop of the application."""
        return self._runner.run(work)

    def send_together(self, *requests: tuple[str, str, dict[str, Any]]) -> list[httpx.Response]:
        """Sends requests concurrently, all before the first response."""

        async def all_of_them() -> list[httpx.Response]:
            sent = (
                self._client.request(method, path, headers=self._headers, json=body)
                for method, path, body in requests
            )
            return list(await asyncio.gather(*sent))

        return self._runner.run(all_of_them())

    def rest(self, method: str, path: str, body: Any = None, **headers: str) -> httpx.Response:
        """Sends a request below /api/v1: `rest("PATCH", "actors/iran", {...}, if_match=tag)`."""
        told = {name.replace("_", "-"): value for name, value in headers.items()}
        content = {} if body is None else {"json": body}
        return self.send(method, f"/api/v1/{path}", headers=told, **content)

    def ask(self, document: str, variables: dict[str, Any] | None = None, **options: Any) -> Any:
        """Returns the complete response to a GraphQL document."""
        question = {"query": document, "variables": variables}
        return in_order(self.send("POST", "/graphql", json=question, **options).content)

    def mutate(self, document: str, variables: dict[str, Any] | None = None) -> Any:
        """Returns the data of a mutation, which must be valid."""
        answer = self.ask(f"mutation {document}", variables)
        assert "errors" not in answer, answer
        return answer["data"]

    def rows(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        """Returns rows of the database, read by a separate connection."""
        return stores.rows(self.path, sql, *values)

    def revision(self) -> int:
        """Returns the number of the newest revision in the database."""
        ((number,),) = self.rows("SELECT max(number) FROM revision")
        return int(number)

    def catch_up(self) -> None:
        """Waits until the application knows the newest revision, also of another writer."""
        newest = self.app.live.revisions.wait_beyond(self.revision() - 1)
        self._runner.run(asyncio.wait_for(newest, 20))

    def everything(self) -> dict[str, list[tuple[Any, ...]]]:
        """Returns every row of every table, to check that nothing was stored."""
        return stores.everything(self.path)

    def close(self) -> None:
        """Closes the application."""
        self._runner.run(self._client.aclose())
        self._runner.run(self.app.close())
