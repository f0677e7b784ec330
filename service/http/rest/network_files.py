"""Networks as files: `/api/v1/network.gexf`, or `/api/v1/network` with `Accept`."""

import asyncio
from collections.abc import Iterator

import orjson
from starlette.requests import Request
from starlette.responses import Response

from service.engine.exporting.networks import NETWORK_FORMATS, NetworkType
from service.engine.rest_reads import RestReads
from service.errors import NotAcceptable
from service.http.accepted_types import best_type
from service.http.asgi import header_list
from service.http.authorization import Authorization
from service.http.entity_tags import is_known
from service.http.rest.addresses import PREFIX, as_of_address, base_of
from service.http.rest.file_headers import file_headers
from service.http.rest.reading import pairs_of
from service.http.route import Route

NAME = "network"
_JSON = "application/json"
# The default comes last: `best_type` returns the last of equally preferred types.
_OFFERED = [*(form.media_type for form in NETWORK_FORMATS.values()), _JSON]


class NetworkFiles:
    """Handles requests for networks in the formats of other programs."""

    def __init__(self, reads: RestReads, authorization: Authorization) -> None:
        """`reads`: reads the networks."""
        self._reads = reads
        self._authorization = authorization

    async def negotiated(self, accept: str, request: Request) -> Response | None:
        """Returns the file that a client accepts; None if it prefers JSON. Raises NotAcceptable."""
        chosen = best_type(_OFFERED, accept)
        if chosen == _JSON:
            return None
        for form in NETWORK_FORMATS.values():
            if form.media_type == chosen:
                return await self._answer(form, request)
        raise NotAcceptable(f"A network is not available as {accept[:200]!r}. {_AVAILABLE}")

    async def read(self, request: Request) -> Response:
        """Handles a request. The extension decides, and not `Accept`."""
        extension = request.path_params["extension"]
        if extension not in NETWORK_FORMATS:
            raise NotAcceptable(f"Unknown extension {extension[:20]!r}. {_AVAILABLE}")
        return await self._answer(NETWORK_FORMATS[extension], request)

    async def _answer(self, form: NetworkType, request: Request) -> Response:
        context = await self._authorization.reader(request)
        pairs = pairs_of(request)
        answer = await self._reads.find("network", pairs, context)
        headers = file_headers(
            *(NAME, form.extension, form.media_type, pairs),
            *(answer.revision, answer.as_of, request),
        )
        if is_known(headers["etag"], header_list(request.headers.raw, b"if-none-match")):
            return Response(status_code=304, headers=headers)
        resource = f"{NAME}.{form.extension}"
        source = base_of(request) + as_of_address(resource, pairs, answer.revision)
        network = orjson.loads(answer.body)["data"]
        # In a thread, so that the event loop serves other requests meanwhile.
        return Response(await asyncio.to_thread(form.write, network, source), headers=headers)


_AVAILABLE = f"Available: {_JSON} without an extension; " + "; ".join(
    f".{form.extension} ({form.media_type})" for form in NETWORK_FORMATS.values()
)


def network_file_routes(files: NetworkFiles) -> Iterator[Route]:
    """The route of network files, with the extension of a format."""
    yield Route(f"{PREFIX}/{NAME}.{{extension}}", files.read, methods=["GET"])
