"""Errors of one connection or of one server: another server may still answer."""

import asyncpg

from service.errors import BusyDatabase

# SQLSTATE 57014 is for a time limit and for `pg_cancel_backend`; only the message differs.
_CANCELLED_BY_USER = "user request"

LOST = (
    OSError,
    asyncpg.PostgresConnectionError,
    asyncpg.InterfaceError,
    # For a query whose connection the server has just terminated.
    asyncpg.InternalClientError,
    asyncpg.OperatorInterventionError,
    asyncpg.InsufficientResourcesError,
    asyncpg.InvalidAuthorizationSpecificationError,
    asyncpg.InvalidCatalogNameError,
    # The database does not allow connections, or not yet.
    asyncpg.ObjectNotInPrerequisiteStateError,
    # No host of several is the primary.
    asyncpg.exceptions.TargetServerAttributeNotMatched,
    # A replica that cancels a query to apply changes of the primary.
    asyncpg.SerializationError,
    # The tables of a prepared statement have changed.
    asyncpg.InvalidCachedStatementError,
)


class ConnectionLost(Exception):
    """The query did not run; another server may run it. `cause` is the driver's error."""

    def __init__(self, cause: Exception) -> None:
        """`cause`: the driver's error."""
        super().__init__(str(cause))
        self.cause = cause


def refuse_cancelled(error: Exception) -> None:
    """Raises BusyDatabase if a user, not the time limit, has cancelled the statement."""
    if _CANCELLED_BY_USER in str(error):
        raise BusyDatabase(
            "An administrator of the database cancelled the query; send it again."
        ) from error
