"""A marker in a database that `allygraph copy` has not completed, which can't be served."""

from sqlalchemy import BigInteger, Column, Connection, MetaData, Table, inspect, select

from service.errors import StartError

# `revision`: the newest revision of the original database.
UNFINISHED = Table("unfinished_copy", MetaData(), Column("revision", BigInteger, nullable=False))


def unfinished_revision(connection: Connection) -> int | None:
    """The revision of the original database; None if this is not an unfinished copy."""
    if not inspect(connection).has_table(UNFINISHED.name):
        return None
    return connection.scalar(select(UNFINISHED.c.revision))


def refuse_unfinished(connection: Connection, label: str) -> None:
    """Raises StartError for an unfinished copy."""
    if unfinished_revision(connection) is not None:
        raise StartError(
            f"The database {label} is an unfinished copy: run the same `allygraph copy` again, "
            "which goes on where it ended."
        )
