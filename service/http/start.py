"""Addresses for a client that knows none: the explorer, its icon, and the schema."""

from collections.abc import Iterator

from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response

from schema.graphql.schema import sdl
from service.errors import IntrospectionDisabled
from service.http.accepted_types import best_type
from service.http.asgi import HEADER_MOST
from service.http.authorization import Authorization
from service.http.pages import Pages
from service.http.route import Route
from service.http.security_headers import ANSWER_HEADERS
from service.settings import Settings

_READS = ["GET"]
_HTML, _JSON = "text/html", "application/json"
_LINKS = {
    "graphql": "/graphql",
    "rest": "/api/v1",
    "schema": "/schema.graphql",
    "openapi": "/openapi.json",
    "docs": "/docs/",
    "health": "/healthz",
}
_VARIES = {"vary": "accept", "cache-control": "no-cache", **ANSWER_HEADERS}
_DAY = {"cache-control": "public, max-age=86400", **ANSWER_HEADERS}


def start_routes(settings: Settings, pages: Pages, authorization: Authorization) -> Iterator[Route]:
    """Routes for `/`, `/favicon.ico` and `/schema.graphql`.

    The schema requires the same access as the data.
    """

    async def start(request: Request) -> Response:
        accept = request.headers.get("accept", "*/*")[:HEADER_MOST]
        if _prefers_html(accept):
            return FileResponse(pages.explorer, media_type=_HTML, headers=pages.headers)
        return JSONResponse(_LINKS, headers=_VARIES)

    async def icon(_: Request) -> Response:
        return FileResponse(pages.icon, media_type="image/svg+xml", headers=_DAY)

    async def schema(request: Request) -> Response:
        await authorization.reader(request)
        if not settings.introspection:
            raise IntrospectionDisabled(
                "Introspection is disabled; the operator can set ALLYGRAPH_INTROSPECTION=true."
            )
        return Response(sdl(), media_type="application/graphql; charset=utf-8", headers=_VARIES)

    yield Route("/", start, methods=_READS)
    yield Route("/favicon.ico", icon, methods=_READS)
    yield Route("/schema.graphql", schema, methods=_READS)


def _prefers_html(accept: str) -> bool:
    """Whether the client prefers HTML to JSON, as browsers do, or accepts both equally."""
    return best_type([_JSON, _HTML], accept) == _HTML
