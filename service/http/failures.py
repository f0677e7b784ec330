"""Logs requests that fail because of the service or its database, with the reason."""

from service.errors import AllyGraphError, DatabaseUnavailable, Stopping, Unexpected
from service.observability.log import Event, log

_FAILURE = 500


def log_failure(error: AllyGraphError, path: str) -> None:
    """Logs an error of the service, except an unexpected one, which is logged with its traceback.

    `Stopping` is not a failure either.
    """
    if error.status < _FAILURE or isinstance(error, Unexpected | Stopping):
        return
    if isinstance(error, DatabaseUnavailable):
        log.error(Event.DATABASE_UNAVAILABLE, reason=error.reason, path=path)
    else:
        log.error(Event.FAILED, reason=str(error), code=error.code, path=path)
