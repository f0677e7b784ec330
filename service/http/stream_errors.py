"""Errors on connections that stay open."""

from service.errors import AllyGraphError, Unexpected
from service.http.failures import log_failure
from service.observability.counters import Counters
from service.observability.log import Event, log


def client_error(error: Exception, counters: Counters) -> AllyGraphError:
    """Returns the error to send to the client. Logs and counts it."""
    if not isinstance(error, AllyGraphError):
        log.error(Event.FAULT, path="/graphql", exc_info=error)
        error = Unexpected("Internal error. The log of the service has the details.")
    counters.refused(error)
    log_failure(error, "/graphql")
    return error
