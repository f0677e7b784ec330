"""What is logged: a closed list, one line an event, written as people or programs want it."""

import logging
import sys
from enum import StrEnum

import structlog
from structlog.tracebacks import ExceptionDictTransformer

from service.settings import Settings

# Without the values of local variables: these hold headers, and with them tokens.
_TRACEBACKS = structlog.processors.ExceptionRenderer(ExceptionDictTransformer(show_locals=False))


class Event(StrEnum):
    """Everything the service says in its log."""

    STARTED = "started"
    STOPPED = "stopped"
    REQUEST = "request"
    FAULT = "fault"
    DATABASE_UNAVAILABLE = "database unavailable"


log: structlog.stdlib.BoundLogger = structlog.get_logger("allygraph")


def write_log_as(settings: Settings) -> None:
    """Sends every line to standard error, in the format and from the level that are set."""
    level = logging.getLevelNamesMapping()[settings.log_level.upper()]
    human = settings.log_format == "human"
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
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
