"""Revisions: the numbered states of the data, one for each committed write."""

from datetime import UTC, datetime
from functools import lru_cache

from sqlalchemy import (
    Column,
    Computed,
    Connection,
    Dialect,
    bindparam,
    case,
    cast,
    func,
    insert,
    select,
)
from sqlalchemy.sql.compiler import SQLCompiler
from sqlmodel import SQLModel

from schema.records import columns
from schema.records.columns import Meaning, Scalar
from schema.records.sql_types import TEXT
from schema.short_statements import read

_CITATION = (
    "'AllyGraph (' || substr(time, 1, 4) || '): who supports whom, with what, and who says so. "
    "Revision ' || CAST(number AS TEXT) || ' of ' || substr(time, 1, 10) || '.'"
)


class Revision(SQLModel, table=True):
    """A committed write. Revision 0 is the empty database."""

    number: int = columns.integer("Number of the revision: each write adds one.", primary_key=True)
    # Never earlier than that of the revision before.
    time: str = columns.time("Time of the write, in UTC.", index=True)
    author: str = columns.text("Author of the write, such as the name of an API token.", limit=200)
    message: str | None = columns.text(
        "Description of the change in one sentence.", limit=2000, default=None
    )


# The database computes it, so it is not an attribute of the class.
SQLModel.metadata.tables["revision"].append_column(
    Column(
        "citation",
        TEXT,
        Computed(_CITATION),
        nullable=False,
        info={
            "meaning": Meaning(
                Scalar.TEXT, "Citation for work based on the data as of this revision."
            )
        },
    )
)


# The channel on which PostgreSQL announces each revision, by its number, once it is visible.
REVISION_CHANNEL = "allygraph_revision"

# The key of the advisory lock that all writers to a PostgreSQL database share. The value is
# arbitrary. Advisory locks are per database, so two databases on a server do not block each other.
WRITING_LOCK = int.from_bytes(b"allygrap")

_REVISIONS = SQLModel.metadata.tables["revision"]
_NOW = bindparam("now", type_=_REVISIONS.c.time.type)
# The clock may be set back, but the times of revisions never decrease.
_NEXT = (
    select(
        _REVISIONS.c.number + 1,
        case((_REVISIONS.c.time > _NOW, _REVISIONS.c.time), else_=_NOW),
        bindparam("author", type_=_REVISIONS.c.author.type),
        bindparam("message", type_=_REVISIONS.c.message.type),
    )
    .order_by(_REVISIONS.c.number.desc())
    .limit(1)
)
_BEGIN = (
    insert(_REVISIONS)
    .from_select(["number", "time", "author", "message"], _NEXT)
    .returning(_REVISIONS.c.number)
)
# PostgreSQL sends no notification before the commit, so a writer need not wait for another reply.
_BEGIN_ANNOUNCED = _BEGIN.returning(
    func.pg_notify(REVISION_CHANNEL, cast(_REVISIONS.c.number, TEXT))
)


def lock_for_writing(connection: Connection) -> None:
    """Waits for the lock that all writers share, and holds it until the transaction ends.

    A writer takes it before its first read, so that what it has read still holds when it writes.
    On PostgreSQL the transaction must be READ COMMITTED, the default: at a stricter level the
    snapshot is taken by the statement that waits, and misses what the previous writer committed.
    """
    driver = connection.connection.driver_connection
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(WRITING_LOCK)))
    elif driver and not driver.in_transaction:
        # sqlite3 begins a transaction as late as possible, and as a reader.
        connection.exec_driver_sql("BEGIN IMMEDIATE")


def next_revision(
    connection: Connection, author: str, message: str | None, *, is_announced: bool = False
) -> int:
    """Inserts the next revision and returns its number. A writer calls it before it writes.

    The history triggers record the newest revision as the one that wrote a version.
    `is_announced`: as `announce` does; for a transaction that keeps the revision, or nothing.
    """
    now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    is_heard = is_announced and connection.dialect.name == "postgresql"
    compiled = _beginning(connection.dialect, is_announced=is_heard)
    values = compiled.params | {"now": now, "author": author, "message": message}
    places = compiled.positiontup
    bound = values if places is None else tuple(values[name] for name in places)
    ((number, *_),) = read(connection, compiled.string, bound)
    return int(number)


@lru_cache(maxsize=8)
def _beginning(dialect: Dialect, *, is_announced: bool) -> SQLCompiler:
    """The text of the statement: each write begins with it, so it is made once."""
    statement = _BEGIN_ANNOUNCED if is_announced else _BEGIN
    return statement.compile(dialect=dialect)


def announce(connection: Connection, revision: int) -> None:
    """Notifies PostgreSQL's listeners of the revision at commit. SQLite has no notifications."""
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_notify(REVISION_CHANNEL, str(revision))))
