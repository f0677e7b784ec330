"""Automatic persisted queries: a client sends a digest, and the document only on request."""

import asyncio
import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from service.documents import persisted_documents
from service.documents.registered_documents import RegisteredDocuments
from service.http.graphql.requests import JSON
from tests.http.application import Service, service

NAME = "query Name($slug: String!) { actor(by: {slug: $slug}) { name } }"
IRAN = {"data": {"actor": {"name": "Iran"}}}
GRAPHQL = "application/graphql-response+json"
METHODS = ["POST", "GET"]


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def persisted(text: str = NAME, **more: Any) -> dict[str, Any]:
    """Returns the extension with the digest of a document."""
    return {"persistedQuery": {"version": 1, "sha256Hash": digest(text)} | more}


def ask(
    running: Service, method: str = "POST", accept: str = GRAPHQL, **content: Any
) -> httpx.Response:
    """Sends a request; over GET its objects are JSON texts in the query string."""
    headers = {"accept": accept}
    if method == "POST":
        return running.send("POST", "/graphql", json=content, headers=headers)
    texts = {k: v if isinstance(v, str) else json.dumps(v) for k, v in content.items()}
    return running.send("GET", "/graphql", params=texts, headers=headers)


def code_of(answer: httpx.Response) -> str:
    (error,) = answer.json()["errors"]
    return str(error["extensions"]["code"])


@pytest.fixture
def open_service(seeded: Path, runner: asyncio.Runner) -> Iterator[Service]:
    with service(seeded, runner) as running:
        yield running


@pytest.fixture
def known_service(seeded: Path, tmp_path: Path, runner: asyncio.Runner) -> Iterator[Service]:
    (tmp_path / "name.graphql").write_text(NAME)
    with service(seeded, runner, documents="known", documents_folder=str(tmp_path)) as running:
        yield running


SLUG = {"slug": "iran"}


@pytest.mark.parametrize("method", METHODS)
def test_digest_is_unknown_then_registered_then_suffices(
    open_service: Service, method: str
) -> None:
    named: dict[str, Any] = {"variables": SLUG, "extensions": persisted()}
    first = ask(open_service, method, **named)
    assert (first.status_code, code_of(first)) == (400, "PERSISTED_QUERY_NOT_FOUND")
    assert ask(open_service, method, query=NAME, **named).json() == IRAN
    # The second request may find the document by its digest.
    for _ in range(2):
        assert ask(open_service, method, **named).json() == IRAN


def test_message_is_the_one_that_clients_compare(open_service: Service) -> None:
    answer = ask(open_service, accept=JSON, extensions=persisted())
    assert (answer.status_code, answer.headers["content-type"][:16]) == (200, JSON)
    (error,) = answer.json()["errors"]
    assert error["message"] == "PersistedQueryNotFound"


def test_one_method_registers_for_the_other(open_service: Service) -> None:
    named: dict[str, Any] = {"variables": SLUG, "extensions": persisted()}
    ask(open_service, "POST", query=NAME, **named)
    assert ask(open_service, "GET", **named).json() == IRAN
    by_id = ask(open_service, "POST", documentId=digest(NAME), variables=SLUG)
    assert by_id.json() == IRAN


@pytest.mark.parametrize("method", METHODS)
def test_digest_of_another_text_is_refused_and_registers_nothing(
    open_service: Service, method: str
) -> None:
    other = "{ __typename }"
    answer = ask(open_service, method, query=other, extensions=persisted())
    assert (answer.status_code, code_of(answer)) == (400, "BAD_REQUEST")
    assert code_of(ask(open_service, method, extensions=persisted())) == "PERSISTED_QUERY_NOT_FOUND"
    assert code_of(ask(open_service, method, extensions=persisted(other))) == (
        "PERSISTED_QUERY_NOT_FOUND"
    )


@pytest.mark.parametrize("text", ["{ nothing }", "{", ""])
def test_document_that_is_invalid_is_not_registered(open_service: Service, text: str) -> None:
    ask(open_service, query=text, extensions=persisted(text))
    answer = ask(open_service, extensions=persisted(text))
    assert code_of(answer) == "PERSISTED_QUERY_NOT_FOUND"


@pytest.mark.parametrize("version", [0, 2, "1", None, True, [1]])
def test_other_version_is_not_supported(open_service: Service, version: Any) -> None:
    for query in ({}, {"query": NAME}):
        answer = ask(open_service, **query, extensions=persisted(version=version))
        (error,) = answer.json()["errors"]
        assert error["message"] == "PersistedQueryNotSupported"
        assert error["extensions"]["code"] == "PERSISTED_QUERY_NOT_SUPPORTED"


@pytest.mark.parametrize(
    "extension",
    [7, "x", [], {"version": 1}, {"version": 1, "sha256Hash": 7}]
    + [{"version": 1, "sha256Hash": text} for text in ("", "abc", "z" * 64, "0" * 65)],
)
def test_malformed_extension_is_refused(open_service: Service, extension: Any) -> None:
    answer = ask(open_service, extensions={"persistedQuery": extension})
    assert (answer.status_code, code_of(answer)) == (400, "BAD_REQUEST")


def test_digest_may_have_capital_letters(open_service: Service) -> None:
    capitals = persisted(sha256Hash=digest(NAME).upper())
    asked: dict[str, Any] = {"variables": SLUG, "extensions": capitals}
    assert ask(open_service, query=NAME, **asked).json() == IRAN
    assert ask(open_service, **asked).json() == IRAN


def test_extension_and_document_id_must_agree(open_service: Service) -> None:
    ask(open_service, query=NAME, variables=SLUG, extensions=persisted())
    same = ask(
        open_service, documentId=f"sha256:{digest(NAME)}", variables=SLUG, extensions=persisted()
    )
    assert same.json() == IRAN
    other = ask(open_service, documentId=digest("{ x }"), extensions=persisted())
    assert code_of(other) == "BAD_REQUEST"


def test_mutation_by_its_digest_needs_post(open_service: Service) -> None:
    text = 'mutation { deleteActor(id: "actor_1") { errors { code } } }'
    refused = ask(open_service, "POST", query=text, extensions=persisted(text))
    assert code_of(refused) == "UNAUTHENTICATED"
    answer = ask(open_service, "GET", extensions=persisted(text))
    assert (answer.status_code, code_of(answer)) == (405, "METHOD_NOT_ALLOWED")


@pytest.mark.parametrize("method", METHODS)
def test_stream_is_opened_by_its_digest(open_service: Service, method: str) -> None:
    named: dict[str, Any] = {"variables": SLUG, "extensions": persisted()}
    ask(open_service, query=NAME, **named)
    answer = ask(open_service, method, "text/event-stream", **named)
    assert json.dumps(IRAN, separators=(",", ":")) in answer.text


# --- known documents only -----------------------------------------------------------------------


@pytest.mark.parametrize("method", METHODS)
def test_digest_is_a_document_id_where_only_known_documents_are_allowed(
    known_service: Service, method: str
) -> None:
    named: dict[str, Any] = {"variables": SLUG, "extensions": persisted()}
    assert ask(known_service, method, **named).json() == IRAN
    assert ask(known_service, method, query=NAME, **named).json() == IRAN


@pytest.mark.parametrize("method", METHODS)
def test_nothing_is_registered_where_only_known_documents_are_allowed(
    known_service: Service, method: str
) -> None:
    other = "{ __typename }"
    named: dict[str, Any] = {"extensions": persisted(other)}
    assert code_of(ask(known_service, method, **named)) == "PERSISTED_DOCUMENT_NOT_FOUND"
    assert code_of(ask(known_service, method, query=other, **named)) == "DOCUMENT_NOT_ALLOWED"
    assert code_of(ask(known_service, method, **named)) == "PERSISTED_DOCUMENT_NOT_FOUND"


# --- the store ----------------------------------------------------------------------------------


def test_dropped_document_is_registered_again(
    monkeypatch: pytest.MonkeyPatch, seeded: Path, runner: asyncio.Runner
) -> None:
    small = RegisteredDocuments(3_000)
    monkeypatch.setattr(persisted_documents, "RegisteredDocuments", lambda: small)
    named: dict[str, Any] = {"variables": SLUG, "extensions": persisted()}
    with service(seeded, runner) as running:
        ask(running, query=NAME, **named)
        for number in range(20):
            other = f"{{ a{number}: __typename }}"
            ask(running, query=other, extensions=persisted(other))
        assert code_of(ask(running, **named)) == "PERSISTED_QUERY_NOT_FOUND"
        # The same request as before. A cached response would not register the document.
        ask(running, query=NAME, **named)
        assert ask(running, **named).json() == IRAN


def test_document_that_was_sent_with_its_document_id_is_registered_all_the_same(
    open_service: Service,
) -> None:
    ask(open_service, query=NAME, documentId=digest(NAME), variables=SLUG)
    named: dict[str, Any] = {"variables": SLUG, "extensions": persisted()}
    assert code_of(ask(open_service, **named)) == "PERSISTED_QUERY_NOT_FOUND"
    ask(open_service, query=NAME, **named)
    assert ask(open_service, **named).json() == IRAN
