"""Revisions: the states that the data has been in."""

from datetime import UTC, datetime

from sqlalchemy import Column, Computed, Connection, func, insert, select
from sqlmodel import SQLModel

from schema.records import columns
from schema.records.columns import Meaning, Scalar
from schema.records.sql_types import TEXT

_CITATION = (
    "'AllyGraph (' || substr(time, 1, 4) || '): who supports whom, with what, and who says so. "
    "Revision ' || CAST(number AS TEXT) || ' of ' || substr(time, 1, 10) || '.'"
)


class Revision(SQLModel, table=True):
    """One write: number 0 is the empty data set, each later one a transaction."""

    number: int = columns.integer("Counts up by one with each write.", primary_key=True)
    # Never earlier than that of the revision before.
    time: str = columns.time("When it was written.", index=True)
    author: str = columns.text("Who wrote it.", limit=200)
    message: str | None = columns.text("What it changed, in a sentence.", limit=2000, default=None)


# The database writes it, so it is no attribute of the class.
SQLModel.metadata.tables["revision"].append_column(
    Column(
        "citation",
        TEXT,
        Computed(_CITATION),
        nullable=False,
        info={
            "meaning": Meaning(
                Scalar.TEXT, "What to put under a table made from it, which can be asked again."
            )
        },
    )
)


# Where PostgreSQL tells of each revision, by its number, as soon as it may be read.
REVISION_CHANNEL = "allygraph_revision"

# One number for all who write to a PostgreSQL: any would do that nobody else takes. A lock is one
# of its database, so that two of them on a server do not wait for each other.
WRITING_LOCK = int.from_bytes(b"allygrap")

_REVISIONS = SQLModel.metadata.tables["revision"]
_NEWEST = (
    select(_REVISIONS.c.number, _REVISIONS.c.time).order_by(_REVISIONS.c.number.desc()).limit(1)
)
_BEGIN = insert(_REVISIONS)


def lock_for_writing(connection: Connection) -> None:
    """Waits until nobody else writes, and keeps them waiting until the transaction ends.

    Whoever writes begins with it, and reads only then: what it has read is then still so as it
    writes. On PostgreSQL the transaction has to be READ COMMITTED, which it is unless told
    otherwise: others show it all from its first statement on, and that is the one which waits.
    """
    driver = connection.connection.driver_connection
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(WRITING_LOCK)))
    elif driver and not driver.in_transaction:
        # Python's driver begins as late as it can, and then without the right to write.
        connection.exec_driver_sql("BEGIN IMMEDIATE")


def next_revision(connection: Connection, author: str, message: str | None) -> int:
    """Begins a revision, and gives its number: whoever writes begins with it.

    History says of each version which revision wrote it, and takes the newest one for it.
    """
    newest = connection.execute(_NEWEST).one()
    now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    row = {"number": newest.number + 1, "author": author, "message": message}
    # A clock may be set back; the order of revisions may not.
    connection.execute(_BEGIN, {**row, "time": max(now, newest.time)})
    number: int = newest.number + 1
    return number


def announce(connection: Connection, revision: int) -> None:
    """Tells whoever waits for it, once the transaction has ended well; SQLite is looked at."""
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_notify(REVISION_CHANNEL, str(revision))))
