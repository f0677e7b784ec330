"""Errors of a connection, or of the server behind it, which another server may not have."""

import asyncpg

from service.errors import BusyDatabase

# 57014 is for its own time limit, and for `pg_cancel_backend`; only the message distinguishes them.
_CANCELLED_BY_SOMEBODY = "user request"

LOST = (
    OSError,
    asyncpg.PostgresConnectionError,
    asyncpg.InterfaceError,
    # asyncpg raises it for a query whose connection the server has just terminated.
    asyncpg.InternalClientError,
    asyncpg.OperatorInterventionError,
    asyncpg.InsufficientResourcesError,
    asyncpg.InvalidAuthorizationSpecificationError,
    asyncpg.InvalidCatalogNameError,
    # The database does not allow connections, or not yet.
    asyncpg.ObjectNotInPrerequisiteStateError,
    # None of several hosts is the primary.
    asyncpg.exceptions.TargetServerAttributeNotMatched,
    # A replica that cancels a query to apply changes of the primary.
    asyncpg.SerializationError,
    # The tables of a prepared statement have changed.
    asyncpg.InvalidCachedStatementError,
)


class ConnectionLost(Exception):
    """The query did not run; another server may run it. `cause` is the driver's error."""

    def __init__(self, cause: Exception) -> None:
        """The query has no result."""
        super().__init__(str(cause))
        self.cause = cause


def refuse_cancelled(error: Exception) -> None:
    """Raises BusyDatabase if a user has cancelled the statement, and not its time limit."""
    if _CANCELLED_BY_SOMEBODY in str(error):
        raise BusyDatabase(
            "An administrator of the database cancelled the query; send it again."
        ) from error
