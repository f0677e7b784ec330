"""Hand-written SQL on PostgreSQL for two documents and no others.

One statement returns the JSON text, which is sent unchanged: nothing is parsed, validated or built
in Python. Bare ASGI and a pool of asyncpg, which keeps statements prepared. Queries leave no state
in a connection, so the pool does not reset it.
"""

import os
from typing import Any

import asyncpg
import orjson

from bench.peers import asgi
from bench.peers.cursor import SEPARATOR, SIGNATURE

# The part of every cursor before the id.
_CURSOR = (SIGNATURE + SEPARATOR).encode().hex()

# The keys of the page are limited before any JSON is built. Objects are concatenated as text,
# because `json_build_object` and `json_agg` take half as long again. Only values that may need it
# are escaped, by `to_json`; `concat` writes nothing for null.
_PAGE = f"""
WITH page AS MATERIALIZED (SELECT id FROM support WHERE kind = $1 ORDER BY id LIMIT 51),
shown AS MATERIALIZED (SELECT id FROM page ORDER BY id LIMIT 50)
SELECT concat('{{"data":{{"supports":{{"edges":[', (
    SELECT string_agg(concat(
        '{{"cursor":"{_CURSOR}', encode(convert_to(s.id::text, 'UTF8'), 'hex'),
        '","node":{{"id":"support_', s.id, '","kind":"', s.kind, '","phase":"', s.phase,
        '","summary":', coalesce(to_json(s.summary), 'null'),
        ',"place":', coalesce(to_json(s.place), 'null'),
        ',"startedOn":', coalesce(to_json(s.started_on), 'null'),
        ',"endedOn":', coalesce(to_json(s.ended_on), 'null'),
        ',"supporter":{{"id":"actor_', a.id, '","slug":"', a.slug, '","name":', to_json(a.name),
        '}},"recipient":{{"id":"actor_', b.id, '","slug":"', b.slug, '","name":', to_json(b.name),
        '}},"evidence":{{"nodes":[', (
            SELECT string_agg(node, ',') FROM (
                SELECT concat(
                    '{{"stance":"', e.stance, '","statement":{{"text":', to_json(t.text),
                    ',"saidOn":', coalesce(to_json(t.said_on), 'null'),
                    ',"speaker":{{"slug":"', k.slug, '","name":', to_json(k.name), '}}}}}}'
                ) AS node
                FROM evidence e
                JOIN statement t ON t.id = e.statement_id
                JOIN actor k ON k.id = t.speaker_id
                WHERE e.support_id = s.id ORDER BY e.id LIMIT 3
            ) nodes
        ), ']}}}}}}'
    ), ',' ORDER BY s.id)
    FROM shown p
    JOIN support s ON s.id = p.id
    JOIN actor a ON a.id = s.supporter_id
    JOIN actor b ON b.id = s.recipient_id
), '],"pageInfo":{{"hasNextPage":', to_json((SELECT count(*) FROM page) > 50), ',"endCursor":', (
    SELECT coalesce('"{_CURSOR}' || encode(convert_to(max(id)::text, 'UTF8'), 'hex') || '"', 'null')
    FROM shown
), '}}}}}}}}')
"""

LOOKUP = """
SELECT concat(
    '{"data":{"actor":{"id":"actor_', id, '","slug":"', slug, '","name":', to_json(name),
    ',"kind":"', kind, '","description":', coalesce(to_json(description), 'null'), '}}}'
)
FROM actor WHERE slug = $1
"""

NOT_FOUND = b'{"data":{"actor":null}}'


def create_app(database: str) -> asgi.Application:
    """An application that opens its connections with the first request."""
    pool: Any = None

    async def app(scope: asgi.Scope, receive: asgi.Receive, send: asgi.Send) -> None:
        nonlocal pool
        pool = pool or await open_pool(database)
        variables = orjson.loads(await asgi.read_body(receive))["variables"]
        if "kind" in variables:
            found = await pool.fetchval(_PAGE, variables["kind"])
        else:
            found = await pool.fetchval(LOOKUP, variables["slug"]) or NOT_FOUND
        await asgi.respond(send, found)

    return app


async def open_pool(database: str) -> Any:
    """Opens as many connections as every service has."""
    count = int(os.environ["BENCH_CONNECTIONS"])
    return await asyncpg.create_pool(
        database, min_size=count, max_size=count, init=_prepare, reset=_no_reset
    )


async def _prepare(connection: Any) -> None:
    """Text is passed on as bytes, without decoding."""
    await connection.set_type_codec(
        "text", schema="pg_catalog", format="binary", encoder=str.encode, decoder=bytes
    )


async def _no_reset(connection: Any) -> None:
    """Does not reset a connection after a query."""
