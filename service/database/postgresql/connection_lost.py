"""What can happen to a connection, or to the server behind it, and says nothing of the question."""

import asyncpg

LOST = (
    OSError,
    asyncpg.PostgresConnectionError,
    asyncpg.InterfaceError,
    # What asyncpg says of a question that meets the news that the connection was ended.
    asyncpg.InternalClientError,
    asyncpg.OperatorInterventionError,
    asyncpg.InsufficientResourcesError,
    asyncpg.InvalidAuthorizationSpecificationError,
    asyncpg.InvalidCatalogNameError,
    # It is told to let nobody in, or not yet in the state to do so.
    asyncpg.ObjectNotInPrerequisiteStateError,
    # None of several hosts is the primary.
    asyncpg.exceptions.TargetServerAttributeNotMatched,
    # A replica that had to choose between the question and keeping up.
    asyncpg.SerializationError,
    # The tables were changed beneath a statement that was prepared.
    asyncpg.InvalidCachedStatementError,
)


class Lost(Exception):
    """The server could not be asked; another one may be. `cause` is what the driver said."""

    def __init__(self, cause: Exception) -> None:
        """Nothing of the question was answered."""
        super().__init__(str(cause))
        self.cause = cause
