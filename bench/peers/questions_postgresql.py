"""Hand-written SQL on PostgreSQL for the questions of the field, and no others.

As in `handwritten_postgresql.py`, one statement returns the JSON text. Each is what somebody would
write who knows the question, its order and the page size beforehand.
"""

from typing import Any

import orjson

from bench.peers import asgi
from bench.peers.handwritten_postgresql import LOOKUP, NOT_FOUND, open_pool

# By supporter: the order is that of the groups' ids.
_TOTALS = """
WITH groups AS (
    SELECT supporter_id, dataset_id, phase, count(*) AS supports,
        count(DISTINCT recipient_id) AS recipients
    FROM support WHERE kind = $1 AND attribution <> 'SOME_OF'
    GROUP BY supporter_id, dataset_id, phase
    ORDER BY supporter_id, dataset_id, phase COLLATE "C" LIMIT 51
),
page AS MATERIALIZED (SELECT * FROM groups LIMIT 50)
SELECT concat('{"data":{"supportTotals":{"nodes":[', string_agg(concat(
    '{"supporter":{"id":"actor_', a.id, '","slug":"', a.slug, '","name":', to_json(a.name),
    '},"phase":"', p.phase, '","dataset":{"slug":"', d.slug,
    '"},"certain":{"supports":', p.supports, ',"recipients":', p.recipients, '}}'
), ',' ORDER BY p.supporter_id, p.dataset_id, p.phase COLLATE "C"), ']}}}')
FROM page p JOIN actor a ON a.id = p.supporter_id JOIN dataset d ON d.id = p.dataset_id
"""

# By the variable of the document. The bench asks for an actor until a service is ready.
_STATEMENTS = {"slug": LOOKUP, "totalled": _TOTALS}


def create_app(database: str) -> asgi.Application:
    """An application that opens its connections with the first request."""
    pool: Any = None

    async def app(scope: asgi.Scope, receive: asgi.Receive, send: asgi.Send) -> None:
        nonlocal pool
        pool = pool or await open_pool(database)
        variables = orjson.loads(await asgi.read_body(receive))["variables"]
        ((name, value),) = variables.items()
        found = await pool.fetchval(_STATEMENTS[name], value) or NOT_FOUND
        await asgi.respond(send, found)

    return app
