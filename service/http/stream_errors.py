"""What is told, and what is logged, where an answer that is on its way can't be given."""

from service.errors import AllyGraphError, DatabaseUnavailable, Unexpected
from service.observability.counters import Counters
from service.observability.log import Event, log


def told_as(error: Exception, measures: Counters) -> AllyGraphError:
    """The error that the client is told of; what an operator should know stands in the log."""
    if not isinstance(error, AllyGraphError):
        log.error(Event.FAULT, path="/graphql", exc_info=error)
        error = Unexpected("Something went wrong here; the log says what.")
    measures.refused(error)
    if isinstance(error, DatabaseUnavailable):
        log.error(Event.DATABASE_UNAVAILABLE, reason=error.reason)
    return error
