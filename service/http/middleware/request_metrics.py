"""Counts and times requests to the framework's routes, by method, path and outcome."""

from time import perf_counter

from starlette.types import ASGIApp

from service.http.asgi import Message, Receive, Scope, Send, context_headers, context_of
from service.observability.counters import UNKNOWN, Counters, OperationCounter
from service.request.context import RequestContext

_PAGES = "(pages)"
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"})


class RequestMetrics:
    """Counts each request when its response begins."""

    def __init__(self, app: ASGIApp, counters: Counters) -> None:
        """`counters`: those of the process."""
        self._app = app
        self._counters = counters

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handles one request, or the lifespan."""
        if scope["type"] != "http":
            return await self._app(scope, receive, send)
        begun = perf_counter()
        context = context_of(scope)
        counted: list[tuple[OperationCounter, int]] = []

        async def send_and_count(message: Message) -> None:
            if message["type"] == "http.response.start":
                status = message["status"]
                counted.append((self._count(scope, context, status), status))
                message["headers"] = [*message["headers"], *context_headers(context)]
            await send(message)

        try:
            return await self._app(scope, receive, send_and_count)
        finally:
            for counter, status in counted:
                counter.ended("rest", status, perf_counter() - begun)

    def _count(self, scope: Scope, context: RequestContext, status: int) -> OperationCounter:
        # The response to a client that has disconnected has no code.
        if status >= 400 and not context.code:
            context.code = str(status)
        counter = self._counter_for(scope, context)
        context.operation = counter.name
        if context.code:
            counter.refused[context.code] += 1
        elif context.is_from_cache:
            counter.cached += 1
        else:
            counter.answered += 1
        return counter

    def _counter_for(self, scope: Scope, context: RequestContext) -> OperationCounter:
        """Returns the pattern of the route, because the number of paths is unlimited."""
        route = getattr(scope.get("route"), "path", None)
        if route is None or scope["method"] not in _METHODS:
            return self._counters.internal(UNKNOWN if context.code else _PAGES)
        return self._counters.internal(f"{scope['method']} {route}")
