"""Traces for OpenTelemetry, where its own variables ask for them: `OTEL_*`, as everywhere else.

Without them nothing of it is imported, and no request takes longer.
"""

import logging
from collections.abc import Mapping
from typing import TYPE_CHECKING

from service.observability.log import Event, log

if TYPE_CHECKING:
    from service.http.middleware.tracing import Tracing

_ENDPOINTS = ("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "OTEL_EXPORTER_OTLP_ENDPOINT")
_PROTOCOLS = ("OTEL_EXPORTER_OTLP_TRACES_PROTOCOL", "OTEL_EXPORTER_OTLP_PROTOCOL")
_SPOKEN = "http/protobuf"
# What can be asked for by OTEL_TRACES_EXPORTER.
_EXPORTERS = ("otlp", "console")


def open_tracing(environment: Mapping[str, str]) -> "Tracing | None":
    """What makes traces; None where nobody has asked for any, or where they can't be had.

    The log says why they can't. That keeps nobody from being answered.
    """
    exporter = _exporter_in(environment)
    if exporter is None:
        return None
    hindrance = _hindrance(exporter, environment)
    if hindrance is None:
        try:
            from service.http.middleware.tracing import Tracing
        except ModuleNotFoundError:
            hindrance = "OpenTelemetry is not installed: pip install 'allygraph[telemetry]'."
        else:
            _take_over_its_log()
            return Tracing(exporter, environment)
    log.warning(Event.NO_TRACES, reason=hindrance)
    return None


def _exporter_in(environment: Mapping[str, str]) -> str | None:
    if environment.get("OTEL_SDK_DISABLED", "").lower() == "true":
        return None
    asked = environment.get("OTEL_TRACES_EXPORTER", "").strip()
    if not asked and any(map(environment.get, _ENDPOINTS)):
        return "otlp"
    return None if asked in ("", "none") else asked


def _hindrance(exporter: str, environment: Mapping[str, str]) -> str | None:
    """Why what is asked for can't be had; None where it can."""
    if exporter not in _EXPORTERS:
        return f"OTEL_TRACES_EXPORTER={exporter} is none of: {', '.join(_EXPORTERS)}."
    protocol = next(filter(None, map(environment.get, _PROTOCOLS)), _SPOKEN)
    if exporter == "otlp" and protocol != _SPOKEN:
        return f"Traces are sent as {_SPOKEN}, and not as {protocol}: set {_PROTOCOLS[1]} to that."
    return None


class _IntoOurLog(logging.Handler):
    """What OpenTelemetry complains of, as a line like every other."""

    def emit(self, record: logging.LogRecord) -> None:
        log.warning(Event.NO_TRACES, reason=record.getMessage())


def _take_over_its_log() -> None:
    logger = logging.getLogger("opentelemetry")
    logger.handlers = [_IntoOurLog(logging.WARNING)]
    logger.propagate = False
