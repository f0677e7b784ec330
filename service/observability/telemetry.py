"""Traces for OpenTelemetry, configured by the standard variables `OTEL_*`.

If they request no traces, OpenTelemetry's SDK is not imported, and requests take no longer.
"""

import logging
from collections.abc import Mapping
from threading import Thread
from typing import TYPE_CHECKING

from service import __version__
from service.observability.log import Event, log

if TYPE_CHECKING:
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import SpanExporter
    from opentelemetry.trace import Tracer

_ENDPOINTS = ("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "OTEL_EXPORTER_OTLP_ENDPOINT")
_PROTOCOLS = ("OTEL_EXPORTER_OTLP_TRACES_PROTOCOL", "OTEL_EXPORTER_OTLP_PROTOCOL")
_SUPPORTED_PROTOCOL = "http/protobuf"
# The supported values of OTEL_TRACES_EXPORTER, beside `none`.
_EXPORTERS = ("otlp", "console")
# The maximum delay of the process's exit by spans that no collector accepts, in seconds.
_SHUTDOWN_SECONDS = 3.0


class Telemetry:
    """Exports spans in a separate thread."""

    def __init__(self, provider: "TracerProvider") -> None:
        """`provider`: one with an exporter."""
        self._provider = provider

    @property
    def tracer(self) -> "Tracer":
        """The tracer, which creates spans."""
        return self._provider.get_tracer("allygraph", __version__)

    def close(self) -> None:
        """Exports the remaining spans, within a time limit."""
        shutdown = Thread(target=self._provider.shutdown, daemon=True)
        shutdown.start()
        shutdown.join(_SHUTDOWN_SECONDS)


def open_telemetry(environment: Mapping[str, str]) -> Telemetry | None:
    """Starts the export of traces; returns None if none are requested, or none are possible.

    A fault in the configuration of traces is logged, and does not prevent the service from running.
    """
    exporter = _requested_exporter(environment)
    if exporter is None:
        return None
    problem = _problem(exporter, environment)
    if problem is None:
        try:
            provider = _provider(exporter, environment)
        except ModuleNotFoundError:
            problem = "OpenTelemetry is not installed: pip install 'allygraph[telemetry]'."
        else:
            _redirect_log()
            return Telemetry(provider)
    log.warning(Event.NO_TRACES, reason=problem)
    return None


def _requested_exporter(environment: Mapping[str, str]) -> str | None:
    if environment.get("OTEL_SDK_DISABLED", "").lower() == "true":
        return None
    named = environment.get("OTEL_TRACES_EXPORTER", "").strip()
    if not named and any(map(environment.get, _ENDPOINTS)):
        return "otlp"
    return None if named in ("", "none") else named


def _problem(exporter: str, environment: Mapping[str, str]) -> str | None:
    """Why the requested traces are not supported; None if they are."""
    if exporter not in _EXPORTERS:
        supported = ", ".join(_EXPORTERS)
        return f"OTEL_TRACES_EXPORTER={exporter} is not supported; set one of: {supported}."
    protocol = next(filter(None, map(environment.get, _PROTOCOLS)), _SUPPORTED_PROTOCOL)
    if exporter == "otlp" and protocol != _SUPPORTED_PROTOCOL:
        return (
            f"The protocol {protocol} is not supported; set {_PROTOCOLS[1]}={_SUPPORTED_PROTOCOL}."
        )
    return None


def _provider(exporter: str, environment: Mapping[str, str]) -> "TracerProvider":
    """The provider with the exporter; the SDK reads all other variables itself."""
    from opentelemetry.sdk.resources import SERVICE_NAME, SERVICE_VERSION, Resource
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import BatchSpanProcessor

    is_named = environment.get("OTEL_SERVICE_NAME") or "service.name=" in environment.get(
        "OTEL_RESOURCE_ATTRIBUTES", ""
    )
    attributes = {SERVICE_VERSION: __version__} | ({} if is_named else {SERVICE_NAME: "allygraph"})
    provider = TracerProvider(resource=Resource.create(attributes), shutdown_on_exit=False)
    provider.add_span_processor(BatchSpanProcessor(_span_exporter(exporter)))
    return provider


def _span_exporter(name: str) -> "SpanExporter":
    if name == "console":
        from opentelemetry.sdk.trace.export import ConsoleSpanExporter

        return ConsoleSpanExporter()
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter

    return OTLPSpanExporter()


class _LogHandler(logging.Handler):
    """Writes OpenTelemetry's warnings as lines of the service's log."""

    def emit(self, record: logging.LogRecord) -> None:
        log.warning(Event.NO_TRACES, reason=record.getMessage())


def _redirect_log() -> None:
    logger = logging.getLogger("opentelemetry")
    logger.handlers = [_LogHandler(logging.WARNING)]
    logger.propagate = False
