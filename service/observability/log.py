"""The log: one line per event, as text or JSON. `Event` lists all events."""

import logging
import sys
from enum import StrEnum

import structlog
from structlog.tracebacks import ExceptionDictTransformer
from structlog.typing import EventDict

from service.request.context import current_context
from service.settings import Settings

# No values of local variables: they include headers, and so tokens.
_TRACEBACKS = structlog.processors.ExceptionRenderer(ExceptionDictTransformer(show_locals=False))


class Event(StrEnum):
    """All events that the service logs."""

    STARTED = "started"
    LISTENING = "listening"
    STOPPED = "stopped"
    REQUEST = "request"
    WORKER_DIED = "worker died"
    NO_TRACES = "no traces"
    FAULT = "fault"
    FAILED = "failed"
    DATABASE_UNAVAILABLE = "database unavailable"
    TWO_PRIMARIES = "two primaries"


log: structlog.stdlib.BoundLogger = structlog.get_logger("allygraph")


def _add_request(_: object, __: str, line: EventDict) -> EventDict:
    """Adds the request id, which relates log lines to the error that the client received."""
    context = current_context()
    if context is not None:
        line["request_id"] = context.request_id
        if context.trace_id:
            line["trace_id"] = context.trace_id
    return line


def _log_libraries_as_json() -> None:
    """Formats lines of libraries, such as uvicorn's warnings and asyncio's errors, as JSON too."""
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[
            structlog.processors.add_log_level,
            structlog.stdlib.add_logger_name,
            _add_request,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _TRACEBACKS,
        ],
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.JSONRenderer(),
        ],
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(formatter)
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
    logging.captureWarnings(capture=True)
    sys.excepthook = lambda kind, error, trace: log.error(
        Event.FAULT, exc_info=(kind, error, trace)
    )


def _log_libraries_as_text() -> None:
    """Warnings of libraries, as they come. One that finds no handler brings its own, and logs more.

    The SDK for assistants then writes what a client has sent.
    """
    logging.basicConfig(stream=sys.stderr, format="%(message)s", level=logging.WARNING, force=True)


def configure_log(settings: Settings) -> None:
    """Configures the log: standard error, in the format and at the level of the settings."""
    if settings.log_format == "json":
        _log_libraries_as_json()
    else:
        _log_libraries_as_text()
    level = logging.getLevelNamesMapping()[settings.log_level.upper()]
    human = settings.log_format == "human"
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            _add_request,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            *([] if human else [_TRACEBACKS]),
            structlog.dev.ConsoleRenderer(
                colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback
            )
            if human
            else structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
