"""A hand-written write of one kind: a support with its evidence.

One transaction, as durable as AllyGraph's and on the same tables with the same triggers. One
statement reads all that the write needs; three more write. The last ids are read first, so that the
revision is inserted once, with its message. Statements are kept prepared and run on the event loop:
a thread would cost more than it gains, since writes wait for each other anyway.
"""

import sqlite3
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

import orjson

from bench.peers import asgi

# A token may have been revoked, so it is looked up for each request.
_TOKEN = """
SELECT name, role, expires_at FROM token WHERE digest = ? AND revoked_at IS NULL
"""

# Reads the referenced records, the newest revision, and the last ids.
_KNOWN = """
SELECT a.id, a.name, b.id, b.name, t.id, r.number, r.time,
    (SELECT seq FROM sqlite_sequence WHERE name = 'support'),
    (SELECT seq FROM sqlite_sequence WHERE name = 'evidence')
FROM actor a CROSS JOIN actor b CROSS JOIN statement t CROSS JOIN revision r
WHERE a.slug = ? AND b.slug = ? AND t.id = ?
    AND r.number = (SELECT max(number) FROM revision)
"""

_REVISION = "INSERT INTO revision (number, time, author, message) VALUES (?, ?, ?, ?)"
_SUPPORT = """
INSERT INTO support (
    id, supporter_id, recipient_id, kind, phase, summary, started_on, quantity_value, quantity_unit
) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
_EVIDENCE = "INSERT INTO evidence (id, support_id, statement_id, stance) VALUES (?, ?, ?, ?)"

_NO_WRITE = b'{"data":null}'
_EDITORS = ("editor", "admin")


def create_app(database: str) -> asgi.Application:
    """An application with one mutation; other requests get no data."""
    connection = _connect(database)

    async def app(scope: asgi.Scope, receive: asgi.Receive, send: asgi.Send) -> None:
        variables = orjson.loads(await asgi.read_body(receive))["variables"]
        if "input" in variables:
            author = _author(connection, scope)
            await asgi.respond(send, _write(connection, author, variables["input"]))
        else:
            await asgi.respond(send, _NO_WRITE)

    return app


def _author(connection: sqlite3.Connection, scope: asgi.Scope) -> str:
    """The name of the request's token."""
    (shown,) = (value for name, value in scope["headers"] if name == b"authorization")
    digest = sha256(shown.removeprefix(b"Bearer ")).hexdigest()
    author: str
    row = connection.execute(_TOKEN, (digest,)).fetchone()
    if row is None:
        raise PermissionError("Unknown token.")
    author, role, expires_at = row
    if role not in _EDITORS or (expires_at is not None and expires_at <= _now()):
        raise PermissionError(f"The token {author!r} is not an editor's, or has expired.")
    return author


def _write(connection: sqlite3.Connection, author: str, given: dict[str, Any]) -> bytes:
    """Writes the rows, and returns the response after the commit."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        answer = _insert(connection, author, given)
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")
    return orjson.dumps(answer)


def _insert(connection: sqlite3.Connection, author: str, given: dict[str, Any]) -> dict[str, Any]:
    (evidence,) = given["evidence"]
    supporter, recipient = given["supporter"]["slug"], given["recipient"]["slug"]
    statement_id = int(evidence["statement"]["id"].removeprefix("statement_"))
    found = connection.execute(_KNOWN, (supporter, recipient, statement_id)).fetchone()
    supporter_id, supporter_name, recipient_id, recipient_name, *rest = found
    _, number, time, support_id, evidence_id = rest
    number, support_id, evidence_id = number + 1, support_id + 1, evidence_id + 1
    kind, phase, summary = given["kind"], given["phase"], given["summary"]
    started_on, stance, quantity = given["startedOn"], evidence["stance"], given["quantity"]
    message = f"Created support_{support_id}, evidence_{evidence_id}."
    support = (support_id, supporter_id, recipient_id, kind, phase, summary, started_on)
    execute = connection.execute
    execute(_REVISION, (number, max(time, _now()), author, message))
    execute(_SUPPORT, (*support, quantity["value"], quantity["unit"]))
    execute(_EVIDENCE, (evidence_id, support_id, statement_id, stance))
    claim = {"id": f"evidence_{evidence_id}", "stance": stance, "statement": evidence["statement"]}
    record = {
        "id": f"support_{support_id}",
        "kind": kind,
        "phase": phase,
        "summary": summary,
        "startedOn": started_on,
        "quantity": quantity,
        "supporter": {
            "id": f"actor_{supporter_id}",
            "slug": supporter,
            "name": supporter_name,
        },
        "recipient": {
            "id": f"actor_{recipient_id}",
            "slug": recipient,
            "name": recipient_name,
        },
        "evidence": {"nodes": [claim]},
    }
    revision = {"number": number, "author": author, "message": message}
    return {"data": {"createSupport": {"support": record, "revision": revision, "errors": []}}}


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _connect(database: str) -> sqlite3.Connection:
    connection = sqlite3.connect(database, timeout=30, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA cache_size = -32768")
    connection.execute("PRAGMA temp_store = MEMORY")
    return connection
