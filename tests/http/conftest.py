"""What the tests of the transport share."""

from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest

Send = Callable[..., httpx.Response]


@pytest.fixture
def post(send: Send) -> Send:
    """Asks a GraphQL question: `post(document, variables, accept=...)`."""

    def ask(
        document: str,
        variables: dict[str, Any] | None = None,
        accept: str = "application/json",
        **more: Any,
    ) -> httpx.Response:
        question = {"query": document, "variables": variables} | more
        return send("POST", "/graphql", json=question, headers={"accept": accept})

    return ask


@pytest.fixture
def goes_on(send: Send) -> Iterator[None]:
    """Whatever the test sent, the service answers a good question afterwards, at both doors."""
    yield
    question = {"query": '{ actor(by: {slug: "russia"}) { name } }'}
    assert send("POST", "/graphql", json=question).json() == {"data": {"actor": {"name": "Russia"}}}
    assert send("GET", "/api/v1/actors/russia?fields=name").json() == {"name": "Russia"}
