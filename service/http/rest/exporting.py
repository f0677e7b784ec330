"""Exports: `/api/v1/supports.csv`, or the collection itself with `Accept: text/csv`."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Iterator
from contextlib import ExitStack
from typing import Any

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.types import Receive, Scope, Send

from service.database.concurrency_limit import ConcurrencyLimit
from service.engine.exporting.exports import Exports
from service.engine.exporting.formats import FORMATS, Format
from service.engine.exporting.tables import TABLES
from service.errors import AllyGraphError, NotAcceptable, Overloaded
from service.http.accepted_types import best_type
from service.http.asgi import header_list
from service.http.authorization import Authorization
from service.http.client_identity import Clients
from service.http.entity_tags import is_known
from service.http.extensions import ABORT
from service.http.failures import log_failure
from service.http.rest.addresses import PREFIX
from service.http.rest.file_headers import file_headers
from service.http.rest.reading import pairs_of
from service.http.route import Route
from service.http.token_watch import token_fault
from service.request.caller import Caller

# The maximum number of exports at a time: each reads pages until its client has read the file.
_EXPORTS_MOST, _EXPORTS_OF_A_CLIENT = 8, 4
_JSON = "application/json"
# The default comes last: `best_type` returns the last of equally preferred types.
_OFFERED = [*(name for each in Format for name in reversed(each.value.media_types)), _JSON]


class Exporting:
    """Handles exports, up to a number at a time."""

    def __init__(self, exports: Exports, authorization: Authorization, clients: Clients) -> None:
        """`exports`: reads the pages. `clients`: identifies clients, each of which has a limit."""
        self._exports = exports
        self._authorization = authorization
        self._clients = clients
        full = f"{_EXPORTS_MOST} exports are in progress, the maximum."
        full_each = (
            f"A client may have at most {_EXPORTS_OF_A_CLIENT} exports at a time; "
            "wait until one has ended."
        )
        self._in_progress = ConcurrencyLimit(
            *(_EXPORTS_MOST, lambda: Overloaded(full)),
            *(_EXPORTS_OF_A_CLIENT, lambda: Overloaded(full_each)),
        )

    async def negotiated(self, name: str, accept: str, request: Request) -> Response | None:
        """Returns the export that a client accepts; None if it prefers JSON.

        Raises NotAcceptable.
        """
        chosen = best_type(_OFFERED, accept)
        if chosen == _JSON:
            return None
        for each in Format:
            if chosen in each.value.media_types:
                _check_installed(each)
                return await self.answer(name, each, chosen, request)
        raise NotAcceptable(f"{name} is not available as {accept[:200]!r}. {_available()}")

    async def answer(self, name: str, form: Format, media_type: str, request: Request) -> Response:
        """Returns the export. Raises AccessError, BadInput, Overloaded and the errors of a page."""
        context = await self._authorization.reader(request)
        with ExitStack() as slot:
            slot.enter_context(self._in_progress.take(self._clients.client_of(request.scope)))
            pairs = pairs_of(request)
            export = await self._exports.begin(name, form, pairs, context)
            headers = file_headers(
                *(name, form.value.extension, media_type, pairs),
                *(export.revision, export.as_of, request),
            )
            headers["content-type"] += form.value.parameters
            known = header_list(request.headers.raw, b"if-none-match")
            if is_known(headers["etag"], known):
                return Response(status_code=304, headers=headers)
            if request.method == "HEAD":
                # Without a length, which is unknown until all pages are read.
                return StreamingResponse(iter(()), headers=headers)
            caller = self._authorization.again(request)
            return _Stream(export.chunks(), headers, caller, slot.pop_all().close)


class _Stream(StreamingResponse):
    """Streams a file page by page.

    If a page fails, the connection is aborted, so that no client takes the file for complete.
    """

    def __init__(
        self,
        chunks: AsyncIterator[bytes],
        headers: dict[str, str],
        caller: Callable[[], Awaitable[Caller]] | None,
        done: Callable[[], None],
    ) -> None:
        """`caller`: authenticates a client with a token again. `done`: is called at the end."""
        super().__init__(chunks, headers=headers)
        self._caller = caller
        self._done = done

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Sends each chunk after the client has read most of those before it."""
        try:
            await self._while_allowed(super().__call__(scope, receive, send))
        except AllyGraphError as error:
            log_failure(error, scope["path"])
            abort = scope.get("state", {}).get(ABORT)
            if abort is None:
                raise
            abort()
        finally:
            self._done()

    async def _while_allowed(self, sending: Coroutine[Any, Any, None]) -> None:
        """Sends until the end; raises Unauthenticated once the token is no longer valid."""
        if self._caller is None:
            return await sending
        sent = asyncio.create_task(sending)
        refused = asyncio.create_task(token_fault(self._caller))
        try:
            await asyncio.wait({sent, refused}, return_when=asyncio.FIRST_COMPLETED)
            if not sent.done():
                raise refused.result()
            return sent.result()
        finally:
            sent.cancel()
            refused.cancel()


def export_routes(exporting: Exporting) -> Iterator[Route]:
    """The routes of each table, with the extension of a format."""
    for name in TABLES:
        handler = _Table(exporting, name).read
        yield Route(f"{PREFIX}/{name}.{{extension}}", handler, methods=["GET"])


class _Table:
    """Handles the exports of one table."""

    def __init__(self, exporting: Exporting, name: str) -> None:
        self._exporting = exporting
        self._name = name

    async def read(self, request: Request) -> Response:
        """Handles a request. The extension decides, and not `Accept`."""
        extension = request.path_params["extension"]
        form = FORMATS.get(extension)
        if form is None:
            raise NotAcceptable(f"Unknown extension {extension[:20]!r}. {_available()}")
        _check_installed(form)
        media_type = form.value.media_types[0]
        return await self._exporting.answer(self._name, form, media_type, request)


def _check_installed(form: Format) -> None:
    """Raises NotAcceptable for a format whose package is not installed."""
    if not form.value.is_installed:
        raise NotAcceptable(
            f".{form.value.extension} needs a package that is not installed here: the operator "
            f"can install allygraph[{form.value.extra}]. {_available()}"
        )


def _available() -> str:
    """Returns the available formats, for an error message."""
    installed = (form.value for form in Format if form.value.is_installed)
    exports = (f".{each.extension} ({', '.join(each.media_types)})" for each in installed)
    return f"Available: {_JSON} without an extension; {'; '.join(exports)}."
