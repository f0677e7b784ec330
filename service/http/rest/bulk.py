"""POST /api/v1/bulk: many writes in one request, as lines of JSON."""

from collections.abc import Iterator
from contextlib import ExitStack
from tempfile import SpooledTemporaryFile
from typing import IO

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from service.engine.bulk_writes import BulkWrite, BulkWrites
from service.errors import BadInput, Overloaded, UnsupportedMediaType
from service.http.asgi import REVISION, context_of
from service.http.authorization import Authorization
from service.http.problems import problem
from service.http.request_body import check_media_type, coding_of, store_body
from service.http.rest.addresses import PREFIX
from service.http.rest.preconditions import refuse_conditions
from service.http.rest.writing import identity_of, parameters_of
from service.http.route import Route
from service.http.security_headers import ANSWER_HEADERS
from service.request.context import RequestContext
from service.settings import Settings
from service.writing.bulk.lines import IF_REVISION
from service.writing.result import WriteResult

NDJSON = "application/x-ndjson"
BULK = f"{PREFIX}/bulk"
DRY_RUN = "dryRun"
_IN_LINES = f"leave it out, and give the lines of records that you have read an {IF_REVISION}."

_PARAMETERS = ("message", DRY_RUN)
# Larger bodies and responses are stored in a file.
_IN_MEMORY_BYTES = 262_144
_CHUNK_BYTES = 65_536
# The maximum number at a time: each takes space on disk, and they are written one by one.
_BULKS_MOST = 8


def bulk_routes(
    settings: Settings, writes: BulkWrites, authorization: Authorization
) -> Iterator[Route]:
    """The route of bulk writes."""
    handler = _Bulk(settings, writes, authorization)

    async def bulk(request: Request) -> Response:
        try:
            return await handler.answer(request)
        except UnsupportedMediaType as error:
            return problem(error, context_of(request.scope), {"accept-post": NDJSON})

    yield Route(BULK, bulk, methods=["POST"])


class _Bulk:
    """Handles bulk requests, up to a number at a time."""

    def __init__(
        self, settings: Settings, writes: BulkWrites, authorization: Authorization
    ) -> None:
        self._settings = settings
        self._writes = writes
        self._authorization = authorization
        self._in_progress = 0

    async def answer(self, request: Request) -> Response:
        """Runs a bulk request. Raises AccessError, RequestError, BadInput, Overloaded."""
        context = await self._authorization.editor(request)
        parameters = parameters_of(request, _PARAMETERS)
        context.message = parameters.get("message")
        is_dry_run = _flag(parameters.get(DRY_RUN, "false"))
        check_media_type(request, (NDJSON,))
        refuse_conditions(request, _IN_LINES)
        if self._in_progress >= _BULKS_MOST:
            raise Overloaded(f"{_BULKS_MOST} bulk requests are in progress, the maximum.")
        self._in_progress += 1
        try:
            return await self._answer(request, context, is_dry_run=is_dry_run)
        finally:
            self._in_progress -= 1

    async def _answer(
        self, request: Request, context: RequestContext, *, is_dry_run: bool
    ) -> Response:
        with ExitStack() as files:
            answer = files.enter_context(SpooledTemporaryFile(_IN_MEMORY_BYTES))
            with SpooledTemporaryFile(_IN_MEMORY_BYTES) as source:
                digest = await self._store(request, source)
                key = request.headers.get("idempotency-key")
                if key is not None:
                    context.make_idempotent(key, identity_of(request, digest))
                source.seek(0)
                result = await self._writes.write(context, BulkWrite(source, answer, is_dry_run))
            response = _response(result, answer)
            # The response closes the file once it is sent.
            files.pop_all()
        return response

    async def _store(self, request: Request, source: IO[bytes]) -> bytes:
        coding = coding_of(request)
        most = self._settings.bulk_bytes
        return await store_body(request.scope, request.receive, source, most, coding)


def _flag(text: str) -> bool:
    if text not in ("true", "false"):
        raise BadInput(f"`{DRY_RUN}` must be true or false, but is {text[:20]!r}.")
    return text == "true"


def _response(result: WriteResult, answer: IO[bytes]) -> Response:
    headers = {"cache-control": "no-cache"} | ANSWER_HEADERS
    if result.revision is not None:
        headers[REVISION] = str(result.revision)
    if result.body:
        answer.close()
        return Response(result.body, result.status, headers, media_type=NDJSON)
    headers["content-length"] = str(answer.tell())
    answer.seek(0)
    return StreamingResponse(_chunks(answer), result.status, headers, media_type=NDJSON)


def _chunks(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        while chunk := file.read(_CHUNK_BYTES):
            yield chunk
