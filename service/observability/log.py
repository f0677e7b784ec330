"""What is logged: a closed list, one line an event, written as people or programs want it."""

import logging
import sys
from enum import StrEnum

import structlog
from structlog.tracebacks import ExceptionDictTransformer
from structlog.typing import EventDict

from service.observability.request_context import current_context
from service.settings import Settings

# Without the values of local variables: these hold headers, and with them tokens.
_TRACEBACKS = structlog.processors.ExceptionRenderer(ExceptionDictTransformer(show_locals=False))


class Event(StrEnum):
    """Everything the service says in its log."""

    STARTED = "started"
    STOPPED = "stopped"
    REQUEST = "request"
    WORKER_DIED = "worker died"
    NO_TRACES = "no traces"
    FAULT = "fault"
    DATABASE_UNAVAILABLE = "database unavailable"


log: structlog.stdlib.BoundLogger = structlog.get_logger("allygraph")


def _add_request(_: object, __: str, line: EventDict) -> EventDict:
    """By its id every line of a request is found, and the error that its client was told of."""
    exchange = current_context()
    if exchange is not None:
        line["request_id"] = exchange.request_id
        if exchange.trace_id:
            line["trace_id"] = exchange.trace_id
    return line


def write_log_as(settings: Settings) -> None:
    """Sends every line to standard error, in the format and from the level that are set."""
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
