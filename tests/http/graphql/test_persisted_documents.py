"""A persisted document can be named by its id in every GraphQL transport, or exclusively."""

import asyncio
import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from service.app import create_app
from service.settings import Settings
from tests.stores import url_of

NAME = "query Name($slug: String!) { actor(by: {slug: $slug}) { name } }\n"
NAME_ID = hashlib.sha256(NAME.encode()).hexdigest()
OTHER = '{ actor(by: {slug: "iran"}) { slug } }'
IRAN = {"data": {"actor": {"name": "Iran"}}}

Ask = Callable[[dict[str, Any]], httpx.Response]


def asking(
    seeded: Path, folder: Path, runner: asyncio.Runner, documents: str
) -> Iterator[Callable[[str], Ask]]:
    (folder / "name.graphql").write_text(NAME)
    settings = Settings(
        database_url=url_of(seeded), documents_folder=str(folder), documents=documents
    )
    app = create_app(settings)
    client = httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://a.test")

    def by(method: str) -> Ask:
        where = "json" if method == "POST" else "params"
        # In GraphQL's media type, an invalid request has an error status.
        telling = {"accept": "application/graphql-response+json"}

        def ask(content: dict[str, Any]) -> httpx.Response:
            request = client.request(method, "/graphql", headers=telling, **{where: content})
            return runner.run(request)

        return ask

    yield by
    runner.run(client.aclose())
    runner.run(app.close())


@pytest.fixture(scope="module")
def open_doors(
    seeded: Path, tmp_path_factory: pytest.TempPathFactory, runner: asyncio.Runner
) -> Iterator[Callable[[str], Ask]]:
    yield from asking(seeded, tmp_path_factory.mktemp("open"), runner, "open")


@pytest.fixture(scope="module")
def known_only(
    seeded: Path, tmp_path_factory: pytest.TempPathFactory, runner: asyncio.Runner
) -> Iterator[Callable[[str], Ask]]:
    yield from asking(seeded, tmp_path_factory.mktemp("known"), runner, "known")


def code_of(answer: httpx.Response) -> str:
    return str(answer.json()["errors"][0]["extensions"]["code"])


def values(method: str, **given: str) -> dict[str, Any]:
    if method == "POST":
        return {"variables": given}
    text = ",".join(f'"{name}":"{value}"' for name, value in given.items())
    return {"variables": f"{{{text}}}"}


METHODS = ["POST", "GET"]


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("prefix", ["", "sha256:"])
def test_document_is_asked_by_its_id(
    open_doors: Callable[[str], Ask], known_only: Callable[[str], Ask], method: str, prefix: str
) -> None:
    for door in (open_doors(method), known_only(method)):
        # The second request may use the cached statements.
        for _ in range(2):
            asked = {"documentId": prefix + NAME_ID, **values(method, slug="iran")}
            assert door(asked).json() == IRAN


@pytest.mark.parametrize("method", METHODS)
def test_document_may_come_with_its_id(open_doors: Callable[[str], Ask], method: str) -> None:
    both = {"query": NAME, "documentId": NAME_ID, **values(method, slug="iran")}
    assert open_doors(method)(both).json() == IRAN
    answer = open_doors(method)(both | {"query": OTHER})
    assert (answer.status_code, code_of(answer)) == (400, "BAD_REQUEST")


@pytest.mark.parametrize("method", METHODS)
def test_unknown_id_is_reported(open_doors: Callable[[str], Ask], method: str) -> None:
    answer = open_doors(method)({"documentId": "0" * 64})
    assert (answer.status_code, code_of(answer)) == (400, "PERSISTED_DOCUMENT_NOT_FOUND")


@pytest.mark.parametrize("method", METHODS)
def test_other_documents_are_answered_where_any_is(
    open_doors: Callable[[str], Ask], method: str
) -> None:
    assert open_doors(method)({"query": OTHER}).status_code == 200


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("query", [OTHER, NAME.strip(), "{ __schema { queryType { name } } }", ""])
def test_other_documents_are_refused_where_known_ones_alone_are_answered(
    known_only: Callable[[str], Ask], method: str, query: str
) -> None:
    answer = known_only(method)({"query": query})
    assert (answer.status_code, code_of(answer)) == (403, "DOCUMENT_NOT_ALLOWED")
    assert "www-authenticate" not in answer.headers


@pytest.mark.parametrize("method", METHODS)
def test_known_document_may_be_sent_whole(known_only: Callable[[str], Ask], method: str) -> None:
    asked = {"query": NAME, **values(method, slug="iran")}
    assert known_only(method)(asked).json() == IRAN
