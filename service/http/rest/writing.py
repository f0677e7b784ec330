"""Writes over REST: POST, PATCH and DELETE beside the addresses that answer GET."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any, NamedTuple

import orjson
from fastapi import APIRouter, Request, Response

from schema.concepts import WRITABLE_COLLECTIONS, Concept
from schema.rules import Code, Problem
from service.auth.callers import Caller
from service.documents.limits import check_variables
from service.engine.rest_writes import RestWrites
from service.errors import BadInput, InvalidRecord, UnsupportedMediaType
from service.http.entity_tags import entity_tag
from service.http.problems import problem
from service.http.rest.if_match import matched_revision
from service.http.rest.json_body import JSON, read_json_object
from service.http.rest.reading import PREFIX, pairs_of
from service.http.security_headers import ANSWER_HEADERS
from service.http.write_requests import write_request
from service.planning.parameters import read_member_parameters
from service.settings import Settings
from service.writing.request import WriteRequest, WriteResult

MERGE_PATCH = "application/merge-patch+json"
PATCH_TYPES = (MERGE_PATCH, JSON)
# What the body of a merge holds.
MERGED = "merge"

Editor = Callable[[Request], Awaitable[Caller]]
Handler = Callable[[Request], Awaitable[Response]]
Given = dict[str, Any]


class _Asked(NamedTuple):
    given: Given
    write: WriteRequest
    fields: tuple[str, ...]
    if_revision: int | None


class _RequestReader:
    """Reads a request once it is known that whoever sends it may write."""

    def __init__(self, settings: Settings, editor: Editor) -> None:
        self._settings = settings
        self._editor = editor

    async def read(self, request: Request, media_types: Sequence[str]) -> _Asked:
        """Without media types there is no body. Raises AccessError, RequestError, BadInput."""
        caller = await self._editor(request)
        parameters = _parameters(request, ("message", "fields") if media_types else ("message",))
        given: Given = {}
        if media_types:
            given = await read_json_object(request, self._settings.body_bytes, media_types)
            check_variables(self._settings, given)
        key = request.headers.get("idempotency-key")
        write = write_request(
            caller,
            None if key is None else key.encode("latin-1"),
            _fingerprinted(request, given),
            parameters.get("message"),
        )
        fields = read_member_parameters(p for p in parameters.items() if p[0] == "fields").fields
        return _Asked(given, write, fields, matched_revision(_if_match(request)))


def _parameters(request: Request, known: Sequence[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, text in pairs_of(request):
        if name not in known:
            raise BadInput(f"`{name}` is no parameter here; known are: {', '.join(known)}.")
        if name in found:
            raise BadInput(f"`{name}` is given twice; give it once.")
        found[name] = text
    return found


def _if_match(request: Request) -> str | None:
    """A list may come in several lines."""
    return ", ".join(request.headers.getlist("if-match")) or None


def _fingerprinted(request: Request, given: Given) -> bytes:
    """What makes a request the same as another one with the same Idempotency-Key."""
    head = (request.method, request.url.path, request.url.query, _media_type(request))
    return "\n".join(head).encode() + b"\n" + orjson.dumps(given)


def _media_type(request: Request) -> str:
    return request.headers.get("content-type", "")


def _merged(given: Given) -> Any:
    """The actors that a merge names; the writing layer tells what is wrong with them."""
    problems = [
        Problem((name,), Code.UNKNOWN_FIELD, f"A merge has no such field; it has {MERGED!r}.")
        for name in given
        if name != MERGED
    ]
    if problems:
        raise InvalidRecord(problems)
    return given.get(MERGED)


def rest_write_routes(settings: Settings, writing: RestWrites, editor: Editor) -> APIRouter:
    """The methods that write, for every collection. `editor` says who asks, or refuses."""
    # What they take and give is derived from the concepts, in `openapi_writing.py`.
    router = APIRouter(prefix=PREFIX, include_in_schema=False)
    reader = _RequestReader(settings, editor)
    for name, concept in WRITABLE_COLLECTIONS.items():
        member = f"/{name}/{{key}}"
        at = f"{PREFIX}/{name}"
        router.add_api_route(f"/{name}", _create(reader, writing, concept, at), methods=["POST"])
        router.add_api_route(member, _update(reader, writing, concept), methods=["PATCH"])
        router.add_api_route(member, _delete(reader, writing, concept), methods=["DELETE"])
    router.add_api_route(f"/actors/{{key}}/{MERGED}", _merge(reader, writing), methods=["POST"])
    return router


def _create(reader: _RequestReader, writing: RestWrites, concept: Concept, at: str) -> Handler:
    async def create(request: Request) -> Response:
        asked = await reader.read(request, (JSON,))
        return _response(await writing.create(asked.write, concept, asked.given, asked.fields, at))

    return _telling_types(create, "accept-post", (JSON,))


def _update(reader: _RequestReader, writing: RestWrites, concept: Concept) -> Handler:
    async def update(request: Request) -> Response:
        asked = await reader.read(request, PATCH_TYPES)
        key = request.path_params["key"]
        return _response(
            await writing.update(
                asked.write, concept, key, asked.given, asked.fields, asked.if_revision
            )
        )

    return _telling_types(update, "accept-patch", PATCH_TYPES)


def _delete(reader: _RequestReader, writing: RestWrites, concept: Concept) -> Handler:
    async def delete(request: Request) -> Response:
        asked = await reader.read(request, ())
        key = request.path_params["key"]
        return _response(await writing.delete(asked.write, concept, key, asked.if_revision))

    return delete


def _merge(reader: _RequestReader, writing: RestWrites) -> Handler:
    async def merge(request: Request) -> Response:
        asked = await reader.read(request, (JSON,))
        key, others = request.path_params["key"], _merged(asked.given)
        return _response(await writing.merge(asked.write, key, others, asked.fields))

    return _telling_types(merge, "accept-post", (JSON,))


def _telling_types(handler: Handler, header: str, media_types: Sequence[str]) -> Handler:
    """The same, which tells a client that sends another media type what is taken (RFC 5789)."""

    async def handle(request: Request) -> Response:
        try:
            return await handler(request)
        except UnsupportedMediaType as error:
            return problem(error, {header: ", ".join(media_types)})

    return handle


def _response(answer: WriteResult) -> Response:
    headers = {"cache-control": "no-cache", "allygraph-revision": str(answer.revision)}
    headers |= ANSWER_HEADERS
    if answer.location:
        headers["location"] = answer.location
    if not answer.body:
        return Response(status_code=answer.status, headers=headers)
    headers["etag"] = entity_tag(answer.body, answer.revision)
    return Response(answer.body, answer.status, headers, media_type="application/json")
