"""A span for each request, and one for each of its stages. Imported where traces are asked for."""

import time
from collections.abc import Mapping
from threading import Thread

from opentelemetry import propagate
from opentelemetry.sdk.resources import SERVICE_NAME, SERVICE_VERSION, Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor, ConsoleSpanExporter, SpanExporter
from opentelemetry.trace import (
    Span,
    SpanKind,
    Status,
    StatusCode,
    Tracer,
    format_trace_id,
    set_span_in_context,
)
from starlette.types import ASGIApp

from service import __version__
from service.http.asgi import Message, Receive, Scope, Send
from service.observability.request_context import RequestContext, context_of, under_way

# Spans that nobody takes do not keep a process from ending for longer than this, in seconds.
_FAREWELL_SECONDS = 3.0


class Tracing:
    """Makes spans and sends them away from a thread of its own."""

    def __init__(self, exporter: str, environment: Mapping[str, str]) -> None:
        """`exporter`: `otlp` or `console`; everything else it reads from its variables itself."""
        named = environment.get("OTEL_SERVICE_NAME") or "service.name=" in environment.get(
            "OTEL_RESOURCE_ATTRIBUTES", ""
        )
        about = {SERVICE_VERSION: __version__} | ({} if named else {SERVICE_NAME: "allygraph"})
        self._provider = TracerProvider(resource=Resource.create(about), shutdown_on_exit=False)
        self._provider.add_span_processor(BatchSpanProcessor(_exporter(exporter)))

    def around(self, app: ASGIApp) -> "Traced":
        """The application with its requests traced."""
        return Traced(app, self._provider.get_tracer("allygraph", __version__))

    def close(self) -> None:
        """Sends what is left."""
        farewell = Thread(target=self._provider.shutdown, daemon=True)
        farewell.start()
        farewell.join(_FAREWELL_SECONDS)


def _exporter(name: str) -> SpanExporter:
    if name == "console":
        return ConsoleSpanExporter()
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter

    return OTLPSpanExporter()


class Traced:
    """Goes on with the trace of whoever asks (W3C traceparent), or begins one."""

    def __init__(self, app: ASGIApp, tracer: Tracer) -> None:
        """`tracer` makes the spans."""
        self._app = app
        self._tracer = tracer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request; WebSockets and the lifespan are left alone."""
        if scope["type"] != "http":
            return await self._app(scope, receive, send)
        span = self._tracer.start_span(
            scope["method"],
            context=propagate.extract(_texts(scope)),
            kind=SpanKind.SERVER,
            attributes={
                "http.request.method": scope["method"],
                "url.scheme": scope["scheme"],
                "url.path": scope["path"],
            },
        )
        if not span.is_recording():
            # Not one of the sample.
            return await self._app(scope, receive, send)
        exchange = context_of(scope)
        exchange.observe()
        exchange.trace_id = format_trace_id(span.get_span_context().trace_id)
        under_way.set(scope)

        async def noted(message: Message) -> None:
            if message["type"] == "http.response.start":
                _note_status(span, message["status"])
            await send(message)

        try:
            await self._app(scope, receive, noted)
        finally:
            self._add_stages(span, exchange)
            _note(span, scope, exchange)
            span.end()

    def _add_stages(self, span: Span, exchange: RequestContext) -> None:
        """Spans of what is over: their times are told by another clock, which never goes back."""
        now, ticks, within = time.time_ns(), time.perf_counter(), set_span_in_context(span)
        for name, begun, ended in exchange.stages or ():
            begun_at, ended_at = (now - int((ticks - at) * 1e9) for at in (begun, ended))
            stage = self._tracer.start_span(name, context=within, start_time=begun_at)
            stage.end(ended_at)


def _texts(scope: Scope) -> dict[str, str]:
    return {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}


def _note_status(span: Span, status: int) -> None:
    span.set_attribute("http.response.status_code", status)
    if status >= 500:
        span.set_status(Status(StatusCode.ERROR))


def _note(span: Span, scope: Scope, exchange: RequestContext) -> None:
    """What is known once the answer is given. Names are those of the metrics, so they are few."""
    span.set_attribute("allygraph.request_id", exchange.request_id)
    if scope["path"] != "/graphql":
        span.update_name(exchange.operation or scope["method"])
    else:
        span.update_name(f"{scope['method']} /graphql")
        if exchange.operation:
            span.set_attribute("graphql.operation.name", exchange.operation)
    if exchange.code:
        span.set_attribute("error.type", exchange.code)
