"""REST: collections and single records under `/api/v1`."""

import hashlib
from collections.abc import Awaitable, Callable
from urllib.parse import parse_qsl, urlencode

from fastapi import APIRouter, Request, Response

from schema.concepts import COLLECTIONS, Concept
from schema.graphql.types import FIRST_DEFAULT
from service.errors import BadInput
from service.planning.parameters import PAGING
from service.resources import ResourcePage, Resources

PREFIX = "/api/v1"
_PARAMETERS_MOST = 100

Handler = Callable[[Request], Awaitable[Response]]


def rest_routes(resources: Resources) -> APIRouter:
    """Two addresses for each collection."""
    router = APIRouter(prefix=PREFIX)
    for name, concept in COLLECTIONS.items():
        for path, handler in (
            (f"/{name}", _collection(resources, concept)),
            (f"/{name}/{{key}}", _member(resources, concept)),
        ):
            # What they take and give is derived from the concepts, in `openapi.py`.
            router.add_api_route(path, handler, methods=["GET", "HEAD"], include_in_schema=False)
    return router


def _collection(resources: Resources, concept: Concept) -> Handler:
    async def collection(request: Request) -> Response:
        pairs = _pairs(request)
        page = await resources.page(concept, pairs)
        return _answer(request, page.body, {"link": _links(request.url.path, pairs, page)})

    return collection


def _member(resources: Resources, concept: Concept) -> Handler:
    async def member(request: Request) -> Response:
        body = await resources.record(concept, request.path_params["key"], _pairs(request))
        return _answer(request, body, {})

    return member


def _pairs(request: Request) -> list[tuple[str, str]]:
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


def _answer(request: Request, body: bytes, headers: dict[str, str]) -> Response:
    """The body with its entity tag; without it where the client has it already."""
    tag = f'"{hashlib.blake2b(body, digest_size=12).hexdigest()}"'
    headers = {name: value for name, value in headers.items() if value}
    headers |= {"etag": tag, "cache-control": "no-cache"}
    known = request.headers.get("if-none-match", "")
    if known.strip() == "*" or tag in (
        each.strip().removeprefix("W/") for each in known.split(",")
    ):
        return Response(status_code=304, headers=headers)
    return Response(body, media_type="application/json", headers=headers)
