"""A server span for each HTTP request, with a child span for each of its stages.

Imported only if traces are on. OpenTelemetry's own ASGI middleware would export the query string,
which contains the query (decision 0011).
"""

import time

from opentelemetry import propagate
from opentelemetry.trace import (
    Span,
    SpanKind,
    StatusCode,
    Tracer,
    format_trace_id,
    set_span_in_context,
)
from starlette.types import ASGIApp

from service.http.asgi import Message, Receive, Scope, Send, context_of
from service.request.context import RequestContext


class TracingMiddleware:
    """Continues the trace of the client (W3C traceparent), or begins a trace."""

    def __init__(self, app: ASGIApp, tracer: Tracer) -> None:
        """`tracer`: makes the spans."""
        self._app = app
        self._tracer = tracer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Traces one HTTP request; WebSockets and the lifespan are not traced."""
        if scope["type"] != "http":
            return await self._app(scope, receive, send)
        span = self._server_span(scope)
        if not span.is_recording():
            # The trace is not sampled.
            return await self._app(scope, receive, send)
        context = context_of(scope)
        context.observe()
        context.trace_id = format_trace_id(span.get_span_context().trace_id)

        async def send_and_record(message: Message) -> None:
            if message["type"] == "http.response.start":
                span.set_attribute("http.response.status_code", message["status"])
                if message["status"] >= 500:
                    span.set_status(StatusCode.ERROR)
            await send(message)

        try:
            await self._app(scope, receive, send_and_record)
        finally:
            self._add_stages(span, context)
            _describe(span, scope, context)
            span.end()

    def _server_span(self, scope: Scope) -> Span:
        headers = {
            key.decode("latin-1"): value.decode("latin-1") for key, value in scope["headers"]
        }
        return self._tracer.start_span(
            scope["method"],
            context=propagate.extract(headers),
            kind=SpanKind.SERVER,
            attributes={
                "http.request.method": scope["method"],
                "url.scheme": scope["scheme"],
                "url.path": scope["path"],
            },
        )

    def _add_stages(self, span: Span, context: RequestContext) -> None:
        """Adds a span for each stage.

        Stages use the monotonic clock, but spans use the time of day.
        """
        offset = time.time_ns() - time.perf_counter_ns()
        parent = set_span_in_context(span)
        for name, begun, ended in context.stages or ():
            stage = self._tracer.start_span(name, parent, start_time=offset + int(begun * 1e9))
            stage.end(offset + int(ended * 1e9))


def _describe(span: Span, scope: Scope, context: RequestContext) -> None:
    """Adds the attributes that are known after the response.

    Names are those of the metrics, so their number is limited.
    """
    span.set_attribute("allygraph.request_id", context.request_id)
    if scope["path"] != "/graphql":
        span.update_name(context.operation or scope["method"])
    else:
        span.update_name(f"{scope['method']} /graphql")
        if context.operation:
            span.set_attribute("graphql.operation.name", context.operation)
    if context.code:
        span.set_attribute("error.type", context.code)
