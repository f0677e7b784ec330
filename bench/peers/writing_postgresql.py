"""A hand-written write on PostgreSQL: a support with its evidence.

One transaction, as durable as AllyGraph's and on the same tables with the same triggers. It takes
the same lock as AllyGraph, and announces the revision. One statement reads all that the write needs
and writes all three rows, so the write takes four round trips, including begin and commit.
"""

from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

import orjson

from bench.peers import asgi
from bench.peers.handwritten_postgresql import open_pool
from schema.records.revision import REVISION_CHANNEL, WRITING_LOCK

# A token may have been revoked, so it is looked up for each request.
_TOKEN = "SELECT name, role, expires_at FROM token WHERE digest = $1 AND revoked_at IS NULL"

_LOCK = f"SELECT pg_advisory_xact_lock({WRITING_LOCK})"

_WRITE = f"""
WITH known AS MATERIALIZED (
    SELECT a.id AS supporter_id, a.name AS supporter_name, b.id AS recipient_id,
        b.name AS recipient_name, t.id AS statement_id, r.number + 1 AS number,
        greatest(r.time, $4::text) AS time, nextval('support_id_seq') AS support_id,
        nextval('evidence_id_seq') AS evidence_id
    FROM actor a CROSS JOIN actor b CROSS JOIN statement t
    CROSS JOIN (SELECT number, time FROM revision ORDER BY number DESC LIMIT 1) r
    WHERE a.slug = $1 AND b.slug = $2 AND t.id = $3
), revised AS (
    INSERT INTO revision (number, time, author, message)
    SELECT number, time, $5,
        concat('Created support_', support_id, ', evidence_', evidence_id, '.')
    FROM known RETURNING number, message
), supported AS (
    INSERT INTO support (
        id, supporter_id, recipient_id, kind, phase, summary, started_on, quantity_value,
        quantity_unit
    ) SELECT support_id, supporter_id, recipient_id, $6, $7, $8, $9, $10, $11 FROM known
), stated AS (
    INSERT INTO evidence (id, support_id, statement_id, stance)
    SELECT evidence_id, support_id, statement_id, $12 FROM known
)
SELECT known.*, message, pg_notify('{REVISION_CHANNEL}', revised.number::text)
FROM known CROSS JOIN revised
"""

_NO_WRITE = b'{"data":null}'
_EDITORS = ("editor", "admin")


def create_app(database: str) -> asgi.Application:
    """An application with one mutation; other requests get no data."""
    pool: Any = None

    async def app(scope: asgi.Scope, receive: asgi.Receive, send: asgi.Send) -> None:
        nonlocal pool
        pool = pool or await open_pool(database)
        variables = orjson.loads(await asgi.read_body(receive))["variables"]
        if "input" not in variables:
            await asgi.respond(send, _NO_WRITE)
            return
        async with pool.acquire() as connection:
            answer = await _write(connection, await _author(connection, scope), variables["input"])
        await asgi.respond(send, orjson.dumps(answer))

    return app


async def _author(connection: Any, scope: asgi.Scope) -> str:
    """The name of the request's token."""
    (shown,) = (value for name, value in scope["headers"] if name == b"authorization")
    digest = sha256(shown.removeprefix(b"Bearer ")).hexdigest()
    row = await connection.fetchrow(_TOKEN, digest)
    if row is None:
        raise PermissionError("Unknown token.")
    author, role, expires_at = (value and value.decode() for value in row)
    if role not in _EDITORS or (expires_at is not None and expires_at <= _now()):
        raise PermissionError(f"The token {author!r} is not an editor's, or has expired.")
    return str(author)


async def _write(connection: Any, author: str, given: dict[str, Any]) -> dict[str, Any]:
    """Writes the rows, and returns the result after the commit."""
    (evidence,) = given["evidence"]
    supporter, recipient = given["supporter"]["slug"], given["recipient"]["slug"]
    statement_id = int(evidence["statement"]["id"].removeprefix("statement_"))
    kind, phase, summary = given["kind"], given["phase"], given["summary"]
    started_on, stance, quantity = given["startedOn"], evidence["stance"], given["quantity"]
    async with connection.transaction():
        await connection.execute(_LOCK)
        row = await connection.fetchrow(
            *(_WRITE, supporter, recipient, statement_id, _now(), author, kind, phase, summary),
            *(started_on, quantity["value"], quantity["unit"], stance),
        )
    claim = {"id": f"evidence_{row['evidence_id']}", "stance": stance}
    record = {
        "id": f"support_{row['support_id']}",
        "kind": kind,
        "phase": phase,
        "summary": summary,
        "startedOn": started_on,
        "quantity": quantity,
        "supporter": {
            "id": f"actor_{row['supporter_id']}",
            "slug": supporter,
            "name": row["supporter_name"].decode(),
        },
        "recipient": {
            "id": f"actor_{row['recipient_id']}",
            "slug": recipient,
            "name": row["recipient_name"].decode(),
        },
        "evidence": {"nodes": [{**claim, "statement": evidence["statement"]}]},
    }
    revision = {"number": row["number"], "author": author, "message": row["message"].decode()}
    return {"data": {"createSupport": {"support": record, "revision": revision, "errors": []}}}


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
