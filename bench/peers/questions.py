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

# By the variable of the document. The bench asks for an actor until a service is ready.
_STATEMENTS = {"slug": LOOKUP, "totalled": _TOTALS}


def create_app(database: str) -> asgi.Application:
    """An application that runs its statements on the event loop: a thread costs more."""
    connection = connect(database)

    async def app(scope: asgi.Scope, receive: asgi.Receive, send: asgi.Send) -> None:
        variables = orjson.loads(await asgi.read_body(receive))["variables"]
        ((name, value),) = variables.items()
        row = connection.execute(_STATEMENTS[name], (value,)).fetchone() or NOT_FOUND
        await asgi.respond(send, row[0])

    return app
