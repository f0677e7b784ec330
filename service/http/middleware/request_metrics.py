"""The routes of the framework, counted: each by its address and method, with what came of it."""

from starlette.types import ASGIApp

from service.http.asgi import Message, Receive, Scope, Send
from service.http.response_headers import asks_timing, marks
from service.observability.counters import UNKNOWN, Counters, OperationCounter
from service.observability.request_context import RequestContext, context_of, under_way

_PAGES = "(pages)"
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"})


class Counted:
    """Tells of each request once its answer has begun."""

    def __init__(self, app: ASGIApp, measures: Counters) -> None:
        """`measures` counts."""
        self._app = app
        self._measures = measures

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request, or the lifespan."""
        if scope["type"] != "http":
            return await self._app(scope, receive, send)
        exchange = context_of(scope)
        if asks_timing(scope):
            exchange.observe()

        async def marked(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._count(scope, exchange, message["status"])
                message["headers"] = [*message["headers"], *marks(scope, exchange)]
            await send(message)

        under_way.set(scope)
        return await self._app(scope, receive, marked)

    def _count(self, scope: Scope, exchange: RequestContext, status: int) -> None:
        # Not every refusal has a code: a client that has gone is told none.
        if status >= 400 and not exchange.code:
            exchange.code = str(status)
        tally = self._tally(scope, exchange)
        exchange.operation = tally.name
        if exchange.code:
            tally.refused[exchange.code] += 1
        elif exchange.is_from_cache:
            tally.cached += 1
        else:
            tally.answered += 1

    def _tally(self, scope: Scope, exchange: RequestContext) -> OperationCounter:
        """By the route as we write it, never by the address as it came."""
        route = getattr(scope.get("route"), "path", None)
        if route is None or scope["method"] not in _METHODS:
            return self._measures.ours(UNKNOWN if exchange.code else _PAGES)
        return self._measures.ours(f"{scope['method']} {route}")
