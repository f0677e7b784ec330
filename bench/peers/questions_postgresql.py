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

# Two hops around an actor: the edges of it and of its partners, the strongest first. Kinds are in
# the order of their codes.
_NETWORK = """
WITH middle AS (SELECT id FROM actor WHERE slug = $1),
partner AS MATERIALIZED (
    SELECT recipient_id AS id FROM support WHERE supporter_id = (SELECT id FROM middle)
    UNION SELECT supporter_id FROM support WHERE recipient_id = (SELECT id FROM middle)
    UNION SELECT id FROM middle
),
link AS (
    SELECT s.id, s.supporter_id AS giver, s.recipient_id AS taker
    FROM partner p JOIN support s ON s.supporter_id = p.id WHERE s.recipient_id IS NOT NULL
    UNION SELECT s.id, s.supporter_id, s.recipient_id
    FROM partner p JOIN support s ON s.recipient_id = p.id WHERE s.supporter_id IS NOT NULL
),
edge AS MATERIALIZED (SELECT giver, taker, count(*) AS certain FROM link GROUP BY giver, taker),
kept AS MATERIALIZED (
    SELECT giver, taker, certain FROM edge ORDER BY certain DESC, giver, taker LIMIT 100
)
SELECT concat('{"data":{"network":{"edgeCount":', (SELECT count(*) FROM edge), ',"edges":[',
    string_agg(concat(
        '{"supporter":{"slug":"', a.slug, '"},"recipient":{"slug":"', b.slug,
        '"},"certain":', k.certain, ',"kinds":["', (
            SELECT string_agg(DISTINCT kind, '","' ORDER BY kind) FROM support
            WHERE supporter_id = k.giver AND recipient_id = k.taker
        ), '"]}'
    ), ',' ORDER BY k.certain DESC, k.giver, k.taker), ']}}}')
FROM kept k JOIN actor a ON a.id = k.giver JOIN actor b ON b.id = k.taker
"""

# By the variable of the document. The bench asks for an actor until a service is ready.
_STATEMENTS = {"slug": LOOKUP, "totalled": _TOTALS, "around": _NETWORK}


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
