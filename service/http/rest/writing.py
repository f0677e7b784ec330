"""Writes over REST: POST, PATCH and DELETE at the addresses that also handle GET."""

from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from typing import Any

import orjson
from starlette.requests import Request
from starlette.responses import Response

from schema.concepts import COLLECTIONS, Concept
from schema.rules import Code, Problem
from service.documents.limits import check_variables
from service.engine.rest_writes import RecordWrite, RestWrites
from service.errors import BadInput, InvalidRecord, UnsupportedMediaType
from service.http.asgi import REVISION, context_of
from service.http.authorization import Authorization
from service.http.entity_tags import entity_tag
from service.http.problems import problem
from service.http.rest.addresses import PREFIX
from service.http.rest.json_body import JSON, read_json_object
from service.http.rest.preconditions import refuse_conditions, seen_of
from service.http.rest.reading import pairs_of
from service.http.route import Route
from service.http.security_headers import ANSWER_HEADERS
from service.request.context import RequestContext
from service.settings import Settings
from service.writing.operations.merging import ALLOWED
from service.writing.result import WriteResult

MERGE_PATCH = "application/merge-patch+json"
PATCH_TYPES = (MERGE_PATCH, JSON)
# The field of a merge's body with the actors to merge.
MERGED = "merge"
_NEW_RECORD = "a POST creates a new record, so leave it out."

Handler = Callable[[Request], Awaitable[Response]]
Given = dict[str, Any]


class _Reader:
    """Reads requests of callers that may write."""

    def __init__(self, settings: Settings, authorization: Authorization) -> None:
        self._settings = settings
        self._authorization = authorization

    async def read(
        self, request: Request, media_types: Sequence[str]
    ) -> tuple[RequestContext, RecordWrite]:
        """Returns the context and the write. Without media types the request has no body.

        Raises AccessError, RequestError, BadInput.
        """
        context = await self._authorization.editor(request)
        parameters = parameters_of(request, ("message", "fields") if media_types else ("message",))
        given: Given = {}
        if media_types:
            given = await read_json_object(request, self._settings.body_bytes, media_types)
            check_variables(self._settings, given)
        context.message = parameters.get("message")
        key = request.headers.get("idempotency-key")
        if key is not None:
            context.make_idempotent(key, identity_of(request, orjson.dumps(given)))
        return context, RecordWrite(given, parameters.get("fields"), seen_of(request))


def parameters_of(request: Request, known: Sequence[str]) -> dict[str, str]:
    """Returns the parameters of the query string. Raises BadInput for unknown or duplicate ones."""
    found: dict[str, str] = {}
    for name, text in pairs_of(request):
        if name not in known:
            raise BadInput(f"Unknown parameter `{name}`; parameters: {', '.join(known)}.")
        if name in found:
            raise BadInput(f"`{name}` occurs twice; send it once.")
        found[name] = text
    return found


def identity_of(request: Request, content: bytes) -> bytes:
    """Returns what a repeated request shares with the first one with its Idempotency-Key."""
    head = (request.method, request.url.path, request.url.query, _media_type(request))
    return "\n".join(head).encode() + b"\n" + content


def _media_type(request: Request) -> str:
    return request.headers.get("content-type", "")


def _refuse_unknown(given: Mapping[str, Any]) -> None:
    """Raises InvalidRecord for unknown fields of a merge. The writing layer checks the values."""
    known = (MERGED, ALLOWED)
    message = f"A merge has no such field; it has {' and '.join(known)}."
    problems = [
        Problem((name,), Code.UNKNOWN_FIELD, message) for name in given if name not in known
    ]
    if problems:
        raise InvalidRecord(problems)


def rest_write_routes(
    settings: Settings, writes: RestWrites, authorization: Authorization
) -> Iterator[Route]:
    """The routes that write, for every collection."""
    # The routes are described in `openapi/writing.py`, from the concepts.
    reader = _Reader(settings, authorization)
    for name, concept in COLLECTIONS.items():
        collection = f"{PREFIX}/{name}"
        member = f"{collection}/{{key}}"
        create = _create(reader, writes, concept, collection)
        yield Route(collection, create, methods=["POST"])
        yield Route(member, _update(reader, writes, concept), methods=["PATCH"])
        yield Route(member, _delete(reader, writes, concept), methods=["DELETE"])
    merge = f"{PREFIX}/actors/{{key}}/{MERGED}"
    yield Route(merge, _merge(reader, writes), methods=["POST"])


def _create(reader: _Reader, writes: RestWrites, concept: Concept, collection: str) -> Handler:
    async def create(request: Request) -> Response:
        context, write = await reader.read(request, (JSON,))
        refuse_conditions(request, _NEW_RECORD)
        return _response(await writes.create(context, concept, write, collection))

    return _with_accepted_types(create, "accept-post", (JSON,))


def _update(reader: _Reader, writes: RestWrites, concept: Concept) -> Handler:
    async def update(request: Request) -> Response:
        context, write = await reader.read(request, PATCH_TYPES)
        name = request.path_params["key"]
        return _response(await writes.update(context, concept, name, write))

    return _with_accepted_types(update, "accept-patch", PATCH_TYPES)


def _delete(reader: _Reader, writes: RestWrites, concept: Concept) -> Handler:
    async def delete(request: Request) -> Response:
        context, write = await reader.read(request, ())
        name = request.path_params["key"]
        return _response(await writes.delete(context, concept, name, write))

    return delete


def _merge(reader: _Reader, writes: RestWrites) -> Handler:
    async def merge(request: Request) -> Response:
        context, write = await reader.read(request, (JSON,))
        _refuse_unknown(write.given)
        return _response(await writes.merge(context, request.path_params["key"], write))

    return _with_accepted_types(merge, "accept-post", (JSON,))


def _with_accepted_types(handler: Handler, header: str, media_types: Sequence[str]) -> Handler:
    """Wraps a handler: an unsupported media type is answered with the accepted ones (RFC 5789)."""

    async def handle(request: Request) -> Response:
        try:
            return await handler(request)
        except UnsupportedMediaType as error:
            return problem(error, context_of(request.scope), {header: ", ".join(media_types)})

    return handle


def _response(result: WriteResult) -> Response:
    headers = {"cache-control": "no-cache", REVISION: str(result.revision)}
    headers |= ANSWER_HEADERS
    if result.location:
        headers["location"] = result.location
    if not result.body:
        return Response(status_code=result.status, headers=headers)
    headers["etag"] = entity_tag(result.body, result.revision)
    return Response(result.body, result.status, headers, media_type="application/json")
