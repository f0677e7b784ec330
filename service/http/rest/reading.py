"""REST reads: collections, single records and changes under `/api/v1`."""

from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple, Protocol
from urllib.parse import parse_qsl, urlencode

from starlette.requests import Request
from starlette.responses import Response

from schema.concepts import COLLECTIONS, Concept
from schema.graphql.types import FIRST_DEFAULT
from service.engine.answer_cache import Answer, AnswerCache
from service.engine.citing.subjects import citable
from service.engine.exporting.tables import TABLES
from service.engine.rest_reads import PAGING, QUESTIONS, RestReads
from service.errors import BadInput, NotAcceptable
from service.http.accepted_types import best_type
from service.http.asgi import AS_OF, REVISION, header_list
from service.http.authorization import Authorization
from service.http.entity_tags import entity_tag, is_known
from service.http.rest.addresses import PREFIX, base_of, citing_links
from service.http.route import Route
from service.http.security_headers import ANSWER_HEADERS
from service.request.context import RequestContext

_PARAMETERS_MOST = 100
_CITABLE = frozenset(citable())
# The maximum length of a query that links repeat: proxies reject responses with long headers.
_CITED_QUERY_MOST = 500

Pairs = list[tuple[str, str]]
Handler = Callable[[Request], Awaitable[Response]]
# Reads a page, or a result without pages.
Pages = Callable[[Pairs, RequestContext], Awaitable[Answer]]


@dataclass(frozen=True)
class Part:
    """Reads a part of the record with an id or slug."""

    read: Callable[[str, Pairs, RequestContext], Awaitable[Answer]]


# What most clients accept. It needs no negotiation, because all of it allows JSON.
_JSON = "application/json"
_ACCEPT_JSON = ("", "*/*", _JSON)


# Answers a client that accepts more than JSON; returns None if it prefers JSON. Raises
# NotAcceptable.
Negotiated = Callable[[str, Request], Awaitable[Response | None]]


class Exported(Protocol):
    """Exports tables in formats other than JSON."""

    async def negotiated(self, name: str, accept: str, request: Request) -> Response | None:
        """Returns the export that a client accepts; None if it prefers JSON.

        Raises NotAcceptable.
        """


async def only_json(accept: str, _: Request) -> None:
    """Negotiates for addresses with no other format than JSON. Raises NotAcceptable."""
    if not best_type([_JSON], accept):
        raise NotAcceptable(f"This is not available as {accept[:200]!r}. Available: {_JSON}.")


class Reply(NamedTuple):
    """A response body with its headers, in the form in which it is cached."""

    body: bytes
    headers: dict[str, str]


class _Route:
    """An address that reads: records of a concept, one record, or pages of another kind."""

    def __init__(
        self,
        reads: RestReads,
        cache: AnswerCache,
        authorization: Authorization,
        read: Concept | Pages | Part,
        exported: Negotiated = only_json,
    ) -> None:
        """`read`: a concept, pages of another kind, or a part of a record.

        The path parameter `key` names a record. `exported`: handles clients that accept more than
        JSON.
        """
        self._reads = reads
        self._cache = cache
        self._authorization = authorization
        self._read = read
        self._exported = exported

    async def read(self, request: Request) -> Response:
        """Handles a request; from the cache if it has the response."""
        accept = header_list(request.headers.raw, b"accept")
        if accept not in _ACCEPT_JSON:
            export = await self._exported(accept, request)
            if export is not None:
                return export
        context = await self._authorization.reader(request)
        newest = self._reads.newest_revision()
        key = (str(request.url), context.caller.role, context.as_of)
        reply: Reply | None = self._cache.get(newest, key) if newest >= context.seen else None
        if reply is not None:
            context.is_from_cache = True
            return _response(request, reply)
        pairs = pairs_of(request)
        answer = await self._answer(request, pairs, context)
        reply = Reply(answer.body, _headers(request, pairs, answer))
        if answer.is_cacheable:
            size = len(key[0]) + len(reply.body) + sum(map(len, reply.headers.values()))
            # The data may have become newer since the request arrived.
            self._cache.keep(max(newest, answer.revision), key, size, reply)
        return _response(request, reply)

    async def _answer(self, request: Request, pairs: Pairs, context: RequestContext) -> Answer:
        name = request.path_params.get("key")
        if isinstance(self._read, Part):
            return await self._read.read(str(name), pairs, context)
        if not isinstance(self._read, Concept):
            return await self._read(pairs, context)
        if name is None:
            return await self._reads.page(self._read, pairs, context)
        return await self._reads.record(self._read, name, pairs, context)


def rest_routes(
    reads: RestReads,
    cache: AnswerCache,
    authorization: Authorization,
    exported: Exported,
    drawn: Negotiated,
) -> Iterator[Route]:
    """The routes: two for each collection, and one for each other kind of page."""
    exports = {name: partial(exported.negotiated, name) for name in TABLES} | {"network": drawn}
    routes = {
        f"/{name}": _Route(
            reads, cache, authorization, partial(reads.find, name), exports.get(name, only_json)
        )
        for name in QUESTIONS
    }
    for name, concept in COLLECTIONS.items():
        routes[f"/{name}"] = _Route(reads, cache, authorization, concept, exports[name])
        routes[f"/{name}/{{key}}"] = _Route(reads, cache, authorization, concept)
    routes["/actors/{key}/position"] = _Route(reads, cache, authorization, Part(reads.position))
    for path, route in routes.items():
        # The routes are described in `openapi/document.py`, from the concepts.
        yield Route(f"{PREFIX}{path}", route.read, methods=["GET"])


def pairs_of(request: Request) -> Pairs:
    """Returns the parameters of the query string, in order. Raises BadInput."""
    try:
        return parse_qsl(
            request.url.query,
            keep_blank_values=True,
            max_num_fields=_PARAMETERS_MOST,
            errors="strict",
        )
    except ValueError as error:
        raise BadInput(f"The query string cannot be parsed: {error}.") from None


def _headers(request: Request, pairs: Pairs, answer: Answer) -> dict[str, str]:
    headers = {
        "etag": entity_tag(answer.body, answer.revision),
        "cache-control": "no-cache",
        "vary": f"accept, authorization, {AS_OF}" if answer.is_page else f"authorization, {AS_OF}",
        **ANSWER_HEADERS,
        REVISION: str(answer.revision),
    }
    if answer.as_of is not None:
        headers[AS_OF] = str(answer.as_of)
    base, path = base_of(request), request.url.path
    links = _pages(f"{base}{path}", pairs, answer) if answer.is_page else []
    name = path.removeprefix(f"{PREFIX}/")
    if name in _CITABLE and len(request.url.query) <= _CITED_QUERY_MOST:
        links += citing_links(base, name, pairs, answer.revision)
    return headers | ({"link": ", ".join(links)} if links else {})


def _pages(address: str, pairs: Pairs, page: Answer) -> list[str]:
    """Returns links (RFC 8288) to the first, the next and the previous page."""
    rest = [(name, value) for name, value in pairs if name not in PAGING]
    size = next((value for name, value in pairs if name in ("first", "last")), str(FIRST_DEFAULT))
    links = [_link(address, [*rest, ("first", size)], "first")]
    if page.next_cursor:
        links.append(_link(address, [*rest, ("first", size), ("after", page.next_cursor)], "next"))
    if page.previous_cursor:
        before = [*rest, ("last", size), ("before", page.previous_cursor)]
        links.append(_link(address, before, "prev"))
    return links


def _link(address: str, pairs: Pairs, relation: str) -> str:
    return f'<{address}?{urlencode(pairs, safe=",")}>; rel="{relation}"'


def _response(request: Request, reply: Reply) -> Response:
    """Returns the reply; 304 without the body if the client has it."""
    if is_known(reply.headers["etag"], header_list(request.headers.raw, b"if-none-match")):
        return Response(status_code=304, headers=reply.headers)
    return Response(reply.body, media_type="application/json", headers=reply.headers)
