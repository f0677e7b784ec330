"""Hand-written SQL for the questions of the field, and no others.

As in `handwritten.py`, one statement returns the JSON text. Each is what somebody would write who
knows the question, its order and the page size beforehand.
"""

import orjson

from bench.peers import asgi
from bench.peers.handwritten import LOOKUP, NOT_FOUND, connect

# By supporter: the order is that of the groups' ids.
_TOTALS = """
WITH groups AS (
    SELECT supporter_id, dataset_id, phase, count(*) AS supports,
        count(DISTINCT recipient_id) AS recipients
    FROM support WHERE kind = ? AND attribution <> 'SOME_OF'
    GROUP BY supporter_id, dataset_id, phase ORDER BY supporter_id, dataset_id, phase LIMIT 51
),
page AS MATERIALIZED (SELECT * FROM groups LIMIT 50)
SELECT '{"data":{"supportTotals":{"nodes":['
    || coalesce(group_concat(json_object(
        'supporter', json_object('id', 'actor_' || a.id, 'slug', a.slug, 'name', a.name),
        'phase', p.phase, 'dataset', json_object('slug', d.slug),
        'certain', json_object('supports', p.supports, 'recipients', p.recipients)
    )), '')
    || ']}}}'
FROM page p JOIN actor a ON a.id = p.supporter_id JOIN dataset d ON d.id = p.dataset_id
"""

# Two hops around an actor: the edges of it and of its partners, the strongest first. Kinds are in
# the order of their codes.
_NETWORK = """
WITH middle AS MATERIALIZED (SELECT id FROM actor WHERE slug = ?),
partner AS MATERIALIZED (
    SELECT recipient_id AS id FROM support WHERE supporter_id = (SELECT id FROM middle)
    UNION SELECT supporter_id FROM support WHERE recipient_id = (SELECT id FROM middle)
    UNION SELECT id FROM middle
),
link AS (
    SELECT s.id, s.supporter_id AS giver, s.recipient_id AS taker, s.kind
    FROM partner p CROSS JOIN support s ON s.supporter_id = p.id WHERE s.recipient_id IS NOT NULL
    UNION SELECT s.id, s.supporter_id, s.recipient_id, s.kind
    FROM partner p CROSS JOIN support s ON s.recipient_id = p.id WHERE s.supporter_id IS NOT NULL
),
edge AS MATERIALIZED (SELECT giver, taker, count(*) AS certain FROM link GROUP BY giver, taker),
kept AS MATERIALIZED (
    SELECT giver, taker, certain FROM edge ORDER BY certain DESC, giver, taker LIMIT 100
)
SELECT '{"data":{"network":{"edgeCount":' || (SELECT count(*) FROM edge)
    || ',"edges":[' || coalesce(group_concat(json_object(
        'supporter', json_object('slug', a.slug), 'recipient', json_object('slug', b.slug),
        'certain', k.certain, 'kinds', json((
            SELECT json_group_array(kind) FROM (
                SELECT DISTINCT kind FROM support
                WHERE supporter_id = k.giver AND recipient_id = k.taker ORDER BY kind
            )
        ))
    )), '')
    || ']}}}'
FROM kept k CROSS JOIN actor a ON a.id = k.giver CROSS JOIN actor b ON b.id = k.taker
"""

# By the variable of the document. The bench asks for an actor until a service is ready.
_STATEMENTS = {"slug": LOOKUP, "totalled": _TOTALS, "around": _NETWORK}


def create_app(database: str) -> asgi.Application:
    """An application that runs its statements on the event loop: a thread costs more."""
    connection = connect(database)

    async def app(scope: asgi.Scope, receive: asgi.Receive, send: asgi.Send) -> None:
        variables = orjson.loads(await asgi.read_body(receive))["variables"]
        ((name, value),) = variables.items()
        row = connection.execute(_STATEMENTS[name], (value,)).fetchone() or NOT_FOUND
        await asgi.respond(send, row[0])

    return app
