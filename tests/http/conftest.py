"""Fixtures of the tests of the transport."""

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.http.editing import Editor
from tests.stores import copy_of

Send = Callable[..., httpx.Response]


@pytest.fixture
def post(send: Send) -> Send:
    """Sends a GraphQL request: `post(document, variables, accept=...)`."""

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
    """Checks after the test that both APIs of the service still respond."""
    yield
    question = {"query": '{ actor(by: {slug: "russia"}) { name } }'}
    assert send("POST", "/graphql", json=question).json() == {"data": {"actor": {"name": "Russia"}}}
    assert send("GET", "/api/v1/actors/russia?fields=name").json() == {"name": "Russia"}


@pytest.fixture
def editor(seeded: Path, tmp_path: Path, runner: asyncio.Runner) -> Iterator[Editor]:
    """An editor of the bundled data."""
    editor = Editor(copy_of(seeded, tmp_path), runner)
    yield editor
    editor.close()
