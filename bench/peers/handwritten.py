"""Hand-written SQL for two documents and no others.

One statement returns the JSON text, which is sent unchanged: nothing is parsed, validated or built
in Python. Bare ASGI, one connection, prepared statements.
"""

import sqlite3

import orjson

from bench.peers import asgi
from bench.peers.cursor import SIGNATURE

_CURSOR = f"lower(hex('{SIGNATURE}' || char(31) || {{id}}))"

# The keys of the page are limited before any JSON is built. `json_object` is the fastest way to
# build an object, but a nested JSON text would be parsed again on its way in; so the evidence is
# put in as text before the closing braces of the node. A name ends with a quote, so `rtrim` takes
# the braces and nothing else.
_PAGE = f"""
WITH page AS MATERIALIZED (SELECT id FROM support WHERE kind = ? ORDER BY id LIMIT 51)
SELECT '{{"data":{{"supports":{{"edges":['
    || coalesce(group_concat(
        '{{"cursor":"' || {_CURSOR.format(id="s.id")} || '","node":'
        || rtrim(json_object(
            'id', 'support_' || s.id, 'kind', s.kind, 'phase', s.phase, 'summary', s.summary,
            'place', s.place, 'startedOn', s.started_on, 'endedOn', s.ended_on,
            'supporter', json_object('id', 'actor_' || a.id, 'slug', a.slug, 'name', a.name),
            'recipient', json_object('id', 'actor_' || b.id, 'slug', b.slug, 'name', b.name)
        ), '}}')
        || '}},"evidence":{{"nodes":[' || coalesce((
            SELECT group_concat(json_object('stance', e.stance, 'statement', json_object(
                'text', t.text, 'saidOn', t.said_on,
                'speaker', json_object('slug', k.slug, 'name', k.name)
            )))
            FROM (
                SELECT stance, statement_id FROM evidence WHERE support_id = s.id
                ORDER BY id LIMIT 3
            ) e
            CROSS JOIN statement t ON t.id = e.statement_id
            CROSS JOIN actor k ON k.id = t.speaker_id
        ), '') || ']}}}}}}'
    ), '')
    || '],"pageInfo":{{"hasNextPage":'
    || iif((SELECT count(*) FROM page) > 50, 'true', 'false')
    || ',"endCursor":' || iif(max(s.id), '"' || {_CURSOR.format(id="max(s.id)")} || '"', 'null')
    || '}}}}}}}}'
FROM (SELECT id FROM page ORDER BY id LIMIT 50) p
CROSS JOIN support s ON s.id = p.id
CROSS JOIN actor a ON a.id = s.supporter_id
CROSS JOIN actor b ON b.id = s.recipient_id
"""

LOOKUP = """
SELECT json_object('data', json_object('actor', json_object(
    'id', 'actor_' || id, 'slug', slug, 'name', name, 'kind', kind, 'description', description
)))
FROM actor WHERE slug = ?
"""

NOT_FOUND = (b'{"data":{"actor":null}}',)


def create_app(database: str) -> asgi.Application:
    """An application that runs its statements on the event loop: a thread costs more."""
    connection = connect(database)

    async def app(scope: asgi.Scope, receive: asgi.Receive, send: asgi.Send) -> None:
        variables = orjson.loads(await asgi.read_body(receive))["variables"]
        if "kind" in variables:
            row = connection.execute(_PAGE, (variables["kind"],)).fetchone()
        else:
            row = connection.execute(LOOKUP, (variables["slug"],)).fetchone() or NOT_FOUND
        await asgi.respond(send, row[0])

    return app


def connect(database: str) -> sqlite3.Connection:
    """A connection that only reads."""
    connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True, isolation_level=None)
    # The text is sent as it is stored, without decoding and encoding.
    connection.text_factory = bytes
    connection.execute("PRAGMA query_only = ON")
    connection.execute("PRAGMA mmap_size = 1073741824")
    connection.execute("PRAGMA cache_size = -32768")
    connection.execute("PRAGMA temp_store = MEMORY")
    return connection
