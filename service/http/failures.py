"""Logs the requests that fail because of the service or its database, with the reason."""

from service.errors import AllyGraphError, DatabaseUnavailable, Stopping, Unexpected
from service.observability.log import Event, log

_FAILURE = 500


def log_failure(error: AllyGraphError, path: str) -> None:
    """Logs an error of the service; an unexpected one has been logged with its traceback.

    That the process stops is not a failure.
    """
    if error.status < _FAILURE or isinstance(error, Unexpected | Stopping):
        return
    if isinstance(error, DatabaseUnavailable):
        log.error(Event.DATABASE_UNAVAILABLE, reason=error.reason, path=path)
    else:
        log.error(Event.FAILED, reason=str(error), code=error.code, path=path)
