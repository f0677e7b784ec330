"""REST: collections and single records under `/api/v1`."""

from collections.abc import Awaitable, Callable
from urllib.parse import parse_qsl, urlencode

from fastapi import APIRouter, Request, Response

from schema.concepts import COLLECTIONS, Concept
from schema.graphql.types import FIRST_DEFAULT
from service.auth.callers import Caller
from service.engine.answer_cache import Answer, AnswerCache
from service.engine.rest_reads import ResourcePage, RestReads
from service.errors import BadInput
from service.http.asgi import REVISION, revision_seen
from service.http.entity_tags import entity_tag, is_known
from service.http.security_headers import ANSWER_HEADERS
from service.observability.request_context import context_of
from service.planning.parameters import PAGING

PREFIX = "/api/v1"
_PARAMETERS_MOST = 100

Handler = Callable[[Request], Awaitable[Response]]
Answerer = Callable[[Request], Awaitable[Answer]]
Reader = Callable[[Request], Awaitable[Caller]]


def rest_routes(resources: RestReads, cache: AnswerCache, reader: Reader) -> APIRouter:
    """Two addresses for each collection. `reader` says who asks, or refuses."""
    router = APIRouter(prefix=PREFIX)
    answers = {"/changes": _changes(resources)}
    for name, concept in COLLECTIONS.items():
        answers[f"/{name}"] = _collection(resources, concept)
        answers[f"/{name}/{{key}}"] = _member(resources, concept)
    for path, answer in answers.items():
        # What they take and give is derived from the concepts, in `openapi.py`.
        handler = _handler(resources, cache, reader, answer)
        router.add_api_route(path, handler, methods=["GET", "HEAD"], include_in_schema=False)
    return router


def _handler(resources: RestReads, cache: AnswerCache, reader: Reader, answer: Answerer) -> Handler:
    async def handle(request: Request) -> Response:
        caller = await reader(request)
        newest, asked = resources.newest_revision(), (str(request.url), caller.role)
        found: Answer | None = cache.get(newest, asked) if newest >= _seen(request) else None
        if found is not None:
            context_of(request.scope).is_from_cache = True
        else:
            found = await answer(request)
            if found.lasts:
                size = len(asked[0]) + len(found.body) + len(found.links)
                # One that was read meanwhile from newer data is an answer about that data.
                cache.keep(max(newest, found.revision), asked, size, found)
        return _response(request, found)

    return handle


def _collection(resources: RestReads, concept: Concept) -> Answerer:
    async def collection(request: Request) -> Answer:
        pairs = pairs_of(request)
        page = await resources.page(concept, pairs, _seen(request))
        return _paged(request, pairs, page)

    return collection


def _changes(resources: RestReads) -> Answerer:
    async def changes(request: Request) -> Answer:
        pairs = pairs_of(request)
        page = await resources.changes(pairs, _seen(request))
        return _paged(request, pairs, page)

    return changes


def _member(resources: RestReads, concept: Concept) -> Answerer:
    async def member(request: Request) -> Answer:
        key, pairs = request.path_params["key"], pairs_of(request)
        return await resources.record(concept, key, pairs, _seen(request))

    return member


def _seen(request: Request) -> int:
    return revision_seen(request.headers.get(REVISION, "").encode("latin-1"))


def _paged(request: Request, pairs: list[tuple[str, str]], page: ResourcePage) -> Answer:
    links = _links(request.url.path, pairs, page)
    return Answer(page.body, page.revision, links, page.lasts)


def pairs_of(request: Request) -> list[tuple[str, str]]:
    """The parameters of the query string, in their order. Raises BadInput."""
    try:
        return parse_qsl(
            request.url.query,
            keep_blank_values=True,
            max_num_fields=_PARAMETERS_MOST,
            errors="strict",
        )
    except ValueError as error:
        raise BadInput(f"The query string can't be read: {error}.") from None


def _links(path: str, pairs: list[tuple[str, str]], page: ResourcePage) -> str:
    """RFC 8288: where the first, the next and the previous page are."""
    rest = [(name, value) for name, value in pairs if name not in PAGING]
    size = next((value for name, value in pairs if name in ("first", "last")), str(FIRST_DEFAULT))
    links = [_link(path, [*rest, ("first", size)], "first")]
    if page.next_after:
        links.append(_link(path, [*rest, ("first", size), ("after", page.next_after)], "next"))
    if page.previous_before:
        before = [*rest, ("last", size), ("before", page.previous_before)]
        links.append(_link(path, before, "prev"))
    return ", ".join(links)


def _link(path: str, pairs: list[tuple[str, str]], relation: str) -> str:
    return f'<{path}?{urlencode(pairs, safe=",")}>; rel="{relation}"'


def _response(request: Request, answer: Answer) -> Response:
    """The answer with its entity tag; without its body where the client has it already."""
    tag = entity_tag(answer.body, answer.revision)
    headers = {"etag": tag, "cache-control": "no-cache", "vary": "authorization", **ANSWER_HEADERS}
    headers[REVISION] = str(answer.revision)
    if answer.links:
        headers["link"] = answer.links
    if is_known(tag, request.headers.get("if-none-match", "")):
        return Response(status_code=304, headers=headers)
    return Response(answer.body, media_type="application/json", headers=headers)
