"""Addresses with a file extension, for data that is available as JSON only: status 406."""

from collections.abc import Iterator

from starlette.requests import Request
from starlette.responses import Response

from schema.concepts import COLLECTIONS, CONCEPTS, Concept
from service.engine.exporting.tables import TABLES
from service.engine.rest_reads import QUESTIONS, RestReads
from service.errors import NotAcceptable
from service.http.authorization import Authorization
from service.http.rest.addresses import CITE, PREFIX
from service.http.rest.citing import available as citations
from service.http.rest.network_files import NAME as NETWORK
from service.http.rest.reading import Handler, pairs_of
from service.http.route import Route

_JSON = "Available: application/json without an extension."


def extension_routes(reads: RestReads, authorization: Authorization) -> Iterator[Route]:
    """Yields routes that reject file extensions.

    The status is 404 if the address names a record that does not exist.
    """
    for name in QUESTIONS:
        if name not in TABLES and name != NETWORK:
            yield _route(f"{PREFIX}/{name}", _Refusal(_JSON).read)
    yield _route(CITE, _Refusal(citations()).read)
    for name, concept in COLLECTIONS.items():
        of_record = _OfRecord(reads, authorization, concept)
        yield _route(f"{PREFIX}/{name}/{{key}}", of_record.read)
    position = _OfRecord(reads, authorization, CONCEPTS["Actor"])
    yield _route(f"{PREFIX}/actors/{{key}}/position", position.read)


def _route(path: str, handler: Handler) -> Route:
    return Route(f"{path}.{{extension}}", handler, methods=["GET"])


class _Refusal:
    """Rejects every extension."""

    def __init__(self, available: str) -> None:
        """`available`: a sentence that lists the available formats."""
        self._available = available

    async def read(self, request: Request) -> Response:
        """Raises NotAcceptable."""
        extension = request.url.path.rpartition("/")[2].partition(".")[2]
        raise NotAcceptable(
            f"This resource is not available as .{extension[:20]}. {self._available}"
        )


class _OfRecord(_Refusal):
    """Rejects an extension of a record that exists."""

    def __init__(self, reads: RestReads, authorization: Authorization, concept: Concept) -> None:
        """`concept`: of the record that the path parameter `key` names."""
        super().__init__(_JSON)
        self._reads = reads
        self._authorization = authorization
        self._concept = concept

    async def read(self, request: Request) -> Response:
        """Raises NotFound or NotAcceptable."""
        context = await self._authorization.reader(request)
        # No id or slug contains a dot.
        key = request.path_params["key"].partition(".")[0]
        as_of = [pair for pair in pairs_of(request) if pair[0] == "asOf"]
        await self._reads.record(self._concept, key, [("fields", "id"), *as_of], context)
        return await super().read(request)
