"""Revisions: the numbered states of the data, one for each committed write."""

from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    Column,
    Computed,
    Connection,
    Dialect,
    UpdateBase,
    bindparam,
    case,
    cast,
    delete,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.sql.compiler import SQLCompiler
from sqlmodel import SQLModel

from schema.records import columns
from schema.records.columns import Meaning, Scalar
from schema.records.sql_types import TEXT
from schema.writing.short_statements import Parameters, read, run

_CITATION = (
    "'AllyGraph (' || substr(time, 1, 4) || '): who supports whom, with what, and who says so. "
    "Revision ' || CAST(number AS TEXT) || ' of ' || substr(time, 1, 10) || '.'"
)


class Revision(SQLModel, table=True):
    """A committed write. Revision 0 is the empty database."""

    number: int = columns.integer("Number of the revision: each write adds one.", primary_key=True)
    # Never earlier than the time of the previous revision.
    time: str = columns.time("Time of the write, in UTC.", index=True)
    author: str = columns.text("Author of the write, such as the name of an API token.", limit=200)
    message: str | None = columns.text(
        "Description of the change in one sentence.", limit=2000, default=None
    )


# Not an attribute of the class, because the database computes it.
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


# The PostgreSQL channel that announces the number of each revision once it is committed.
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
_THIS = _REVISIONS.c.number == bindparam("this", type_=_REVISIONS.c.number.type)
_COMPLETE = (
    update(_REVISIONS)
    .where(_THIS)
    .values(message=bindparam("words", type_=_REVISIONS.c.message.type))
)
# PostgreSQL sends the notification only at commit, so it can be part of this statement, which saves
# a reply.
_COMPLETE_ANNOUNCED = _COMPLETE.returning(
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
        # sqlite3 otherwise begins a transaction as late as possible, and as a reader.
        connection.exec_driver_sql("BEGIN IMMEDIATE")


def next_revision(connection: Connection, author: str, message: str | None) -> int:
    """Inserts the next revision and returns its number. A writer calls it before it writes.

    The history triggers record the newest revision as the one that wrote a version.
    """
    ((number,),) = read(connection, *revision_statement(connection, author, message))
    return int(number)


def revision_statement(
    connection: Connection, author: str, message: str | None
) -> tuple[str, Parameters]:
    """Returns the statement that inserts the next revision and returns its number."""
    now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return _bound(connection, _BEGIN, now=now, author=author, message=message)


def complete_revision(connection: Connection, revision: int, message: str | None) -> None:
    """Announces a revision and sets its message. None: the message is set already."""
    if message is None:
        announce(connection, revision)
        return
    is_heard = connection.dialect.name == "postgresql"
    statement = _COMPLETE_ANNOUNCED if is_heard else _COMPLETE
    run(connection, *_bound(connection, statement, this=revision, words=message))


def take_back(connection: Connection, revision: int) -> int:
    """Deletes a revision that wrote nothing. Returns the number of the newest revision left."""
    connection.execute(delete(_REVISIONS).where(_THIS), {"this": revision})
    return connection.scalar(select(func.max(_REVISIONS.c.number))) or 0


def _bound(connection: Connection, statement: UpdateBase, **values: Any) -> tuple[str, Parameters]:
    """Returns the text of a statement and its parameters in the form of the driver."""
    compiled = _compiled(connection.dialect, statement)
    given = compiled.params | values
    if compiled.positiontup is None:
        return compiled.string, given
    return compiled.string, tuple(given[name] for name in compiled.positiontup)


@lru_cache(maxsize=8)
def _compiled(dialect: Dialect, statement: UpdateBase) -> SQLCompiler:
    """Compiles a statement once, because each write executes these."""
    compiled = statement.compile(dialect=dialect)
    if not isinstance(compiled, SQLCompiler):
        raise TypeError(f"{compiled!r} is not the text of a statement.")
    return compiled


def announce(connection: Connection, revision: int) -> None:
    """Notifies PostgreSQL's listeners of the revision at commit. SQLite has no notifications."""
    if connection.dialect.name == "postgresql":
        run(connection, "SELECT pg_notify(%s, %s)", (REVISION_CHANNEL, str(revision)))
