"""Hand-written SQL for the questions of the field, and no others.

As in `handwritten.py`, one statement returns the JSON text. Each is written for a known question,
order and page size.
"""

import orjson

from bench.peers import asgi
from bench.peers.handwritten import LOOKUP, NOT_FOUND, connect
from schema.records.history import STILL
from schema.search import HITS_MOST
from schema.search.words import ENTRY_BITS, SIZE_BITS

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

# Two hops around an actor: its edges and those of its partners, the strongest first. Kinds are in
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

# A hundred actors in five years. The data set has no coverage records, so no cell is 0. The empty
# text sorts before any day, and a letter after. The plus makes the database use the index on the
# actor.
_MET = """
    SELECT u.id, {gives} AS gives, s.started_on_earliest AS earliest,
        coalesce(s.ended_on_latest, 'A') AS latest,
        min(coalesce(s.started_on_latest, 'A'), coalesce(s.ended_on_latest, 'A')) AS begun,
        max(s.started_on_earliest, s.ended_on_earliest,
            iif(s.ended_on IS NULL AND NOT s.end_censored, '9999-12-31', '')) AS until
    FROM unit u CROSS JOIN support s ON s.{end} = u.id
    WHERE +s.kind = ?1 AND +s.dataset_id = 1 AND s.phase = 'DELIVERED'
        AND s.attribution <> 'SOME_OF'
"""
_PANEL = f"""
WITH RECURSIVE each_year(year) AS (
    SELECT 2000 UNION ALL SELECT year + 1 FROM each_year WHERE year < 2024
),
unit AS MATERIALIZED (SELECT id, slug FROM actor WHERE id <= 100),
shown AS MATERIALIZED (
    SELECT year, year || '-01-01' AS first_day, year || '-12-31' AS last_day, id, slug
    FROM each_year CROSS JOIN unit ORDER BY year, slug LIMIT 500
),
met AS MATERIALIZED (
    {_MET.format(gives=1, end="supporter_id")} UNION ALL {_MET.format(gives=0, end="recipient_id")}
),
cell AS (
    SELECT sh.year, sh.slug,
        coalesce(sum(gives AND begun <= last_day AND until >= first_day), 0) AS given,
        coalesce(sum(NOT gives AND begun <= last_day AND until >= first_day), 0) AS received,
        coalesce(sum(gives), 0) AS may_be_given, count(gives) AS may_be
    FROM shown sh
    LEFT JOIN met ON met.id = sh.id AND met.earliest <= sh.last_day AND met.latest >= sh.first_day
    GROUP BY sh.year, sh.slug ORDER BY sh.year, sh.slug
)
SELECT '{{"data":{{"panel":{{"nodes":[' || group_concat(
    '{{"year":' || year || ',"actor":{{"slug":"' || slug
    || '"}},"cells":[{{"side":"GIVEN","certain":' || coalesce(nullif(given, 0), 'null')
    || ',"uncertain":' || (may_be_given - given)
    || '}},{{"side":"RECEIVED","certain":' || coalesce(nullif(received, 0), 'null')
    || ',"uncertain":' || (may_be - may_be_given - received) || '}}]}}'
) || ']}}}}}}'
FROM cell
"""

# The shortest paths of up to three steps, searched from both ends, so that only the middle step is
# looked up for many actors.
_PATHS = """
WITH a AS MATERIALIZED (SELECT id, slug FROM actor WHERE slug = ?),
b AS MATERIALIZED (SELECT id, slug FROM actor WHERE slug = ?),
first AS MATERIALIZED (
    SELECT DISTINCT recipient_id AS id FROM support WHERE supporter_id = (SELECT id FROM a)
        AND recipient_id IS NOT NULL
),
last AS MATERIALIZED (
    SELECT DISTINCT supporter_id AS id FROM support WHERE recipient_id = (SELECT id FROM b)
        AND supporter_id IS NOT NULL
),
one AS MATERIALIZED (SELECT 1 WHERE (SELECT id FROM b) IN first),
two AS MATERIALIZED (
    SELECT id AS x FROM first WHERE NOT EXISTS (SELECT * FROM one) AND id IN last
    ORDER BY id LIMIT 10
),
three AS MATERIALIZED (
    SELECT DISTINCT s.supporter_id AS x, s.recipient_id AS y
    FROM first f CROSS JOIN support s ON s.supporter_id = f.id
    WHERE NOT EXISTS (SELECT * FROM one) AND NOT EXISTS (SELECT * FROM two)
        AND s.recipient_id IN last AND s.recipient_id <> (SELECT id FROM a)
        AND s.supporter_id <> s.recipient_id
    ORDER BY 1, 2 LIMIT 10
),
kept(hops, x, y) AS (
    SELECT 1, NULL, NULL FROM one UNION ALL SELECT 2, x, NULL FROM two
    UNION ALL SELECT 3, x, y FROM three
)
SELECT '{"data":{"paths":[' || coalesce(group_concat(
    '{"hops":' || hops || ',"steps":[{"supporter":{"slug":"' || a.slug || '"},"recipient":{"slug":"'
    || CASE WHEN hops > 1
        THEN m.slug || '"}},{"supporter":{"slug":"' || m.slug || '"},"recipient":{"slug":"'
        ELSE '' END
    || CASE WHEN hops > 2
        THEN n.slug || '"}},{"supporter":{"slug":"' || n.slug || '"},"recipient":{"slug":"'
        ELSE '' END
    || b.slug || '"}}]}'
), '') || ']}}'
FROM kept CROSS JOIN a CROSS JOIN b LEFT JOIN actor m ON m.id = x LEFT JOIN actor n ON n.id = y
"""

# Actors with a word that begins with the typed text, which is too short to match similar words.
_SEARCH = f"""
WITH texts AS MATERIALIZED (
    SELECT e.record_id, e.field, e.size, e.text, e.folded
    FROM search_word w JOIN search_entry e ON e.id = w.rowid & {2**ENTRY_BITS - 1}
    WHERE w.search_word MATCH '"' || ?1 || '"*' AND w.rowid < 1 << {SIZE_BITS + ENTRY_BITS}
        AND e.until_revision = {STILL}
    ORDER BY w.rowid LIMIT {HITS_MOST}
),
hit AS (
    SELECT record_id, field, size, text,
        iif(folded = ' ' || ?1 || ' ', 2, instr(folded, ' ' || ?1) = 1) AS closeness,
        iif(instr(folded, ' ' || ?1 || ' '), 3, 2) AS points
    FROM texts
),
best AS (
    SELECT record_id, field, size, text, closeness, points, row_number() OVER (
        PARTITION BY record_id ORDER BY closeness DESC, points DESC, field, size, text
    ) AS nth
    FROM hit
),
page AS MATERIALIZED (
    SELECT * FROM best WHERE nth = 1
    ORDER BY closeness DESC, points DESC, field, size, record_id LIMIT 10
)
SELECT '{{"data":{{"search":{{"nodes":[' || coalesce(group_concat(json_object(
    'text', p.text,
    'record', json_object('id', 'actor_' || a.id, 'slug', a.slug, 'name', a.name)
)), '') || ']}}}}}}'
FROM page p CROSS JOIN actor a ON a.id = p.record_id
"""

# Statements by the first variable of the document. The bench queries an actor until a service is
# ready.
_STATEMENTS = {
    "slug": LOOKUP,
    "totalled": _TOTALS,
    "around": _NETWORK,
    "counted": _PANEL,
    "from": _PATHS,
    "text": _SEARCH,
}


def create_app(database: str) -> asgi.Application:
    """An application that runs its statements on the event loop: a thread costs more."""
    connection = connect(database)

    async def app(scope: asgi.Scope, receive: asgi.Receive, send: asgi.Send) -> None:
        variables = orjson.loads(await asgi.read_body(receive))["variables"]
        statement = _STATEMENTS[next(iter(variables))]
        row = connection.execute(statement, tuple(variables.values())).fetchone() or NOT_FOUND
        await asgi.respond(send, row[0])

    return app
