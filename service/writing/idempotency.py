"""Idempotency keys: a client that has lost the response to a write can send the write again."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, bindparam, delete, select
from sqlmodel import SQLModel

from schema.records import KeptAnswer
from service.auth.callers import TIME_FORMAT
from service.errors import KeyReused, MalformedBody
from service.request.context import RequestContext
from service.writing.result import WriteResult
from service.writing.rows import insert_row

_KEY_LONGEST = 200

_KEPT = SQLModel.metadata.tables[str(KeptAnswer.__tablename__)]
_FORGET = delete(_KEPT).where(_KEPT.c.time < bindparam("since"))
_FIND = select(_KEPT).where(
    _KEPT.c.caller == bindparam("caller"),
    _KEPT.c.key == bindparam("key"),
    _KEPT.c.time >= bindparam("since"),
)


def check_key(key: str) -> None:
    """Raises MalformedBody for an invalid key."""
    if not (0 < len(key) <= _KEY_LONGEST and key.isascii() and key.isprintable()):
        raise MalformedBody(
            f"An Idempotency-Key has 1 to {_KEY_LONGEST} printable characters of ASCII; "
            "use a UUID, for example."
        )


def kept_answer(connection: Connection, context: RequestContext, hours: int) -> WriteResult | None:
    """The stored result of the same request; None if the key is new or older than `hours`.

    Raises KeyReused if the caller has sent a different request with the key.
    """
    values = {"caller": context.caller.name, "key": context.idempotency_key}
    row = connection.execute(_FIND, {**values, "since": _time(hours)}).first()
    if row is None:
        return None
    if row.request != context.fingerprint:
        raise KeyReused(
            "This Idempotency-Key was used with another request; "
            "use a new key for each new request."
        )
    return WriteResult(row.status, row.body, row.location, revision=row.revision)


def keep_answer(
    connection: Connection, context: RequestContext, answer: WriteResult, hours: int
) -> None:
    """Stores the result in the transaction of the write; deletes results older than `hours`."""
    connection.execute(_FORGET, {"since": _time(hours)})
    row = {
        "caller": context.caller.name,
        "key": context.idempotency_key,
        "request": context.fingerprint,
        "status": answer.status,
        "location": answer.location,
        "body": answer.body,
        "revision": answer.revision,
        "time": _time(0),
    }
    insert_row(connection, _KEPT, row)


def _time(hours_ago: int) -> str:
    return (datetime.now(UTC) - timedelta(hours=hours_ago)).strftime(TIME_FORMAT)
