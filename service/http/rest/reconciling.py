"""The W3C reconciliation API 0.2 at /api/v1/reconcile, as OpenRefine uses it."""

import asyncio
from collections.abc import Callable, Iterator, Mapping
from typing import Any
from urllib.parse import parse_qsl

import orjson
from starlette.requests import Request
from starlette.responses import Response

from service import __version__
from service.engine.reconciling import answers
from service.engine.reconciling.queries import QUERIES_MOST, read_limit, read_skipped, read_text
from service.engine.reconciling.reconciling import Reconciling
from service.errors import BadInput, MalformedBody, UnsupportedMediaType
from service.http.asgi import AS_OF, REVISION, context_of
from service.http.authorization import Authorization
from service.http.problems import problem
from service.http.request_body import body_of
from service.http.rest.actor_preview import HEIGHT, PREVIEW_HEADERS, WIDTH, preview
from service.http.rest.addresses import PREFIX
from service.http.rest.reading import pairs_of
from service.http.route import Route
from service.http.security_headers import ANSWER_HEADERS
from service.request.context import RequestContext
from service.settings import Settings

RECONCILE = f"{PREFIX}/reconcile"
FORM = "application/x-www-form-urlencoded"
QUERIES, EXTEND = "queries", "extend"
SUGGEST = {name: f"{RECONCILE}/suggest/{name}" for name in ("entity", "type", "property")}
PROPOSE = f"{RECONCILE}/properties"
PREVIEW = f"{RECONCILE}/preview"

_READS = ["GET"]
_FIELDS_MOST = 10
# A longer form may take more than some milliseconds, so a thread parses it.
_QUICKLY_PARSED = 20_000
_PROPOSED_MOST = len(answers.PROPERTIES)


def reconcile_routes(
    settings: Settings, reconciling: Reconciling, authorization: Authorization
) -> Iterator[Route]:
    """The routes of the reconciliation API, described in `openapi/reconciling.py`."""
    handler = _Reconcile(settings, reconciling, authorization)
    yield Route(RECONCILE, handler.by_address, methods=_READS)
    yield Route(RECONCILE, handler.by_form, methods=["POST"])
    yield Route(SUGGEST["entity"], handler.suggest_entity, methods=_READS)
    yield Route(SUGGEST["type"], handler.suggest(answers.types_like), methods=_READS)
    yield Route(SUGGEST["property"], handler.suggest(answers.properties_like), methods=_READS)
    yield Route(PROPOSE, handler.propose, methods=_READS)
    yield Route(PREVIEW, handler.preview, methods=_READS)


class _Reconcile:
    """The handlers, one for each address."""

    def __init__(
        self, settings: Settings, reconciling: Reconciling, authorization: Authorization
    ) -> None:
        self._most = settings.body_bytes
        self._reconciling = reconciling
        self._authorization = authorization

    async def by_address(self, request: Request) -> Response:
        """Returns the manifest, or the results of `queries` or `extend`."""
        context = await self._authorization.reader(request)
        given = _parameters(request, QUERIES, EXTEND)
        return _answer(await self._answered(request, given, context), context)

    async def by_form(self, request: Request) -> Response:
        """Like `by_address`, but with the fields of a form, which may be longer than an address."""
        context = await self._authorization.reader(request)
        try:
            given = _known(await self._form(request), QUERIES, EXTEND)
        except UnsupportedMediaType as error:
            return problem(error, context_of(request.scope), {"accept-post": FORM})
        if not given:
            raise BadInput(f"The form has neither the field `{QUERIES}` nor `{EXTEND}`.")
        return _answer(await self._answered(request, given, context), context)

    async def _answered(
        self, request: Request, given: Mapping[str, str], context: RequestContext
    ) -> dict[str, Any]:
        await self._reconciling.check(context)
        if len(given) > 1:
            raise BadInput(f"Send `{QUERIES}` or `{EXTEND}`, not both.")
        if QUERIES in given:
            return await self._reconciling.batch(given[QUERIES], context)
        if EXTEND in given:
            return await self._reconciling.extend(given[EXTEND], context)
        return manifest(f"{request.url.scheme}://{request.url.netloc}")

    async def _form(self, request: Request) -> list[tuple[str, str]]:
        body = await body_of(request, self._most, (FORM,))
        try:
            if len(body) <= _QUICKLY_PARSED:
                return _fields(body)
            return await asyncio.to_thread(_fields, body)
        except ValueError as error:
            raise MalformedBody(f"The form cannot be parsed: {error}.") from None

    async def suggest_entity(self, request: Request) -> Response:
        """Suggests actors by the beginning of a name."""
        context = await self._authorization.reader(request)
        await self._reconciling.check(context)
        given = _parameters(request, "prefix", "cursor")
        found = await self._reconciling.suggest_actors(
            given.get("prefix"), given.get("cursor"), context
        )
        return _answer(found, context)

    def suggest(self, like: Callable[[str], list[dict[str, Any]]]) -> Callable[..., Any]:
        """Returns the handler of a short list that needs no database."""

        async def suggested(request: Request) -> Response:
            context = await self._authorization.reader(request)
            given = _parameters(request, "prefix", "cursor")
            text = read_text(given.get("prefix"), "prefix").strip()
            skipped = read_skipped(given.get("cursor"))
            return _answer({"result": like(text)[skipped:]}, context)

        return suggested

    async def propose(self, request: Request) -> Response:
        """Returns the properties that `extend` can return."""
        context = await self._authorization.reader(request)
        given = _parameters(request, "type", "limit")
        limit = read_limit(given.get("limit"), _PROPOSED_MOST)
        kind = {"type": given["type"]} if given.get("type") else {}
        return _answer({**kind, "limit": limit, "properties": answers.proposed(limit)}, context)

    async def preview(self, request: Request) -> Response:
        """Returns a small page about an actor, for a frame."""
        context = await self._authorization.reader(request)
        await self._reconciling.check(context)
        given = _parameters(request, "id")
        if "id" not in given:
            raise BadInput("`id` is missing: name an actor by its id.")
        actor = await self._reconciling.actor(read_text(given["id"], "id"), context)
        headers = PREVIEW_HEADERS | _facts(context)
        return Response(preview(actor), media_type="text/html", headers=headers)


def _fields(body: bytes) -> list[tuple[str, str]]:
    """The fields of a form. Raises ValueError."""
    return parse_qsl(
        body.decode(), keep_blank_values=True, max_num_fields=_FIELDS_MOST, errors="strict"
    )


def manifest(base: str) -> dict[str, Any]:
    """Describes the service and its functions.

    `base`: the address of the service, without a path.
    """
    return {
        "versions": ["0.2"],
        "name": "AllyGraph",
        "identifierSpace": f"{base}{PREFIX}/actors/",
        "schemaSpace": f"{base}{RECONCILE}/types/",
        "documentation": f"{base}/docs/",
        "serviceVersion": __version__,
        "defaultTypes": answers.types(),
        "view": {"url": f"{base}{PREFIX}/actors/{{{{id}}}}"},
        "preview": {
            "url": f"{base}{PREVIEW}?id={{{{id}}}}",
            "width": WIDTH,
            "height": HEIGHT,
        },
        "suggest": {
            name: {"service_url": base, "service_path": path} for name, path in SUGGEST.items()
        },
        "extend": {
            "propose_properties": {"service_url": base, "service_path": PROPOSE},
            "property_settings": [],
        },
        # Not in version 0.2. It is the maximum number of queries that OpenRefine sends at once.
        "batchSize": QUERIES_MOST,
    }


def _parameters(request: Request, *known: str) -> dict[str, str]:
    return _known(pairs_of(request), *known)


def _known(pairs: list[tuple[str, str]], *known: str) -> dict[str, str]:
    given: dict[str, str] = {}
    for name, value in pairs:
        if name == "callback":
            raise BadInput(
                "There is no JSONP here: a script of any site could read the answer. Allow the "
                "origin of the client instead, by ALLYGRAPH_CORS_ORIGINS."
            )
        if name not in known:
            named = ", ".join(f"`{each}`" for each in known)
            raise BadInput(f"Unknown parameter `{name[:_NAME_MOST]}`; parameters: {named}.")
        if name in given:
            raise BadInput(f"`{name}` is given twice.")
        given[name] = value
    return given


_NAME_MOST = 100


def _answer(content: Mapping[str, Any], context: RequestContext) -> Response:
    headers = ANSWER_HEADERS | _facts(context)
    return Response(orjson.dumps(content), media_type="application/json", headers=headers)


def _facts(context: RequestContext) -> dict[str, str]:
    headers = {"cache-control": "no-cache", "vary": f"authorization, {AS_OF}"}
    if context.read_as_of is not None:
        headers |= {REVISION: str(context.read_as_of), AS_OF: str(context.read_as_of)}
    return headers
