"""Hand-written SQL on PostgreSQL for the questions of the field, and no others.

As in `handwritten_postgresql.py`, one statement returns the JSON text. Each is written for a known
question, order and page size.
"""

from typing import Any

import orjson

from bench.peers import asgi
from bench.peers.handwritten_postgresql import LOOKUP, NOT_FOUND, open_pool
from schema.records.history import STILL
from schema.search import HITS_MOST

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

# Two hops around an actor: its edges and those of its partners, the strongest first. Kinds are in
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

# A hundred actors in five years. The data set has no coverage records, so no cell is 0. The empty
# text sorts before any day, and a letter after.
_MET = """
    SELECT u.id, {gives} AS gives, s.started_on_earliest AS earliest,
        coalesce(s.ended_on_latest, 'A') AS latest,
        least(s.started_on_latest, s.ended_on_latest) AS begun,
        greatest(s.started_on_earliest, s.ended_on_earliest,
            CASE WHEN s.ended_on IS NULL AND NOT s.end_censored THEN '9999-12-31' END) AS until
    FROM unit u JOIN support s ON s.{end} = u.id
    WHERE s.kind = $1 AND s.dataset_id = 1 AND s.phase = 'DELIVERED' AND s.attribution <> 'SOME_OF'
"""
_CELL = """{{"side":"{side}","certain":', coalesce(nullif({certain}, 0)::text, 'null'),
    ',"uncertain":', {may_be} - {certain}, '}}"""
_PANEL = f"""
WITH unit AS MATERIALIZED (SELECT id, slug FROM actor WHERE id <= 100),
shown AS MATERIALIZED (
    SELECT year, concat(year, '-01-01') COLLATE "C" AS first_day,
        concat(year, '-12-31') COLLATE "C" AS last_day, id, slug
    FROM generate_series(2000, 2024) AS year CROSS JOIN unit ORDER BY year, slug LIMIT 500
),
met AS MATERIALIZED (
    {_MET.format(gives="true", end="supporter_id")}
    UNION ALL {_MET.format(gives="false", end="recipient_id")}
),
cell AS (
    SELECT sh.year, sh.slug,
        count(*) FILTER (WHERE gives AND begun <= last_day AND until >= first_day) AS given,
        count(*) FILTER (WHERE NOT gives AND begun <= last_day AND until >= first_day) AS received,
        count(*) FILTER (WHERE gives) AS may_be_given,
        count(*) FILTER (WHERE NOT gives) AS may_be_received
    FROM shown sh
    LEFT JOIN met ON met.id = sh.id AND met.earliest <= sh.last_day AND met.latest >= sh.first_day
    GROUP BY sh.year, sh.slug
)
SELECT concat('{{"data":{{"panel":{{"nodes":[', string_agg(concat(
    '{{"year":', year, ',"actor":{{"slug":"', slug, '"}},"cells":[
    {_CELL.format(side="GIVEN", certain="given", may_be="may_be_given")},
    {_CELL.format(side="RECEIVED", certain="received", may_be="may_be_received")}]}}'
), ',' ORDER BY year, slug), ']}}}}}}')
FROM cell
"""

# The shortest paths of up to three steps, searched from both ends, so that only the middle step is
# looked up for many actors.
_PATHS = """
WITH a AS MATERIALIZED (SELECT id, slug FROM actor WHERE slug = $1),
b AS MATERIALIZED (SELECT id, slug FROM actor WHERE slug = $2),
first AS MATERIALIZED (
    SELECT DISTINCT recipient_id AS id FROM support WHERE supporter_id = (SELECT id FROM a)
        AND recipient_id IS NOT NULL
),
last AS MATERIALIZED (
    SELECT DISTINCT supporter_id AS id FROM support WHERE recipient_id = (SELECT id FROM b)
        AND supporter_id IS NOT NULL
),
one AS MATERIALIZED (SELECT id FROM first WHERE id = (SELECT id FROM b)),
two AS MATERIALIZED (
    SELECT id AS x FROM first WHERE NOT EXISTS (SELECT FROM one) AND id IN (SELECT id FROM last)
    ORDER BY id LIMIT 10
),
three AS MATERIALIZED (
    SELECT DISTINCT s.supporter_id AS x, s.recipient_id AS y
    FROM first f JOIN support s ON s.supporter_id = f.id
    WHERE NOT EXISTS (SELECT FROM one) AND NOT EXISTS (SELECT FROM two)
        AND s.recipient_id IN (SELECT id FROM last) AND s.recipient_id <> (SELECT id FROM a)
        AND s.supporter_id <> s.recipient_id
    ORDER BY 1, 2 LIMIT 10
),
kept(hops, x, y) AS (
    SELECT 1, NULL::bigint, NULL::bigint FROM one UNION ALL SELECT 2, x, NULL FROM two
    UNION ALL SELECT 3, x, y FROM three
)
SELECT concat('{"data":{"paths":[', string_agg(concat(
    '{"hops":', hops, ',"steps":[{"supporter":{"slug":"', a.slug, '"},"recipient":{"slug":"',
    m.slug || '"}},{"supporter":{"slug":"' || m.slug || '"},"recipient":{"slug":"',
    n.slug || '"}},{"supporter":{"slug":"' || n.slug || '"},"recipient":{"slug":"',
    b.slug, '"}}]}'
), ',' ORDER BY x, y), ']}}')
FROM kept CROSS JOIN a CROSS JOIN b LEFT JOIN actor m ON m.id = x LEFT JOIN actor n ON n.id = y
"""

# Actors with a word that begins with the typed text, which is too short to match similar words.
_SEARCH = f"""
WITH texts AS MATERIALIZED (
    SELECT record_id, field, size, text, folded FROM search_entry
    WHERE array_to_tsvector(string_to_array(btrim(folded), ' '))
            @@ (quote_literal($1::text) || ':*')::tsquery
        AND type = 0 AND until_revision = {STILL}
    ORDER BY size, id LIMIT {HITS_MOST}
),
hit AS (
    SELECT record_id, field, size, text,
        CASE WHEN folded = ' ' || $1::text || ' ' THEN 2
            WHEN starts_with(folded, ' ' || $1::text) THEN 1 ELSE 0 END AS closeness,
        CASE WHEN strpos(folded, ' ' || $1::text || ' ') > 0 THEN 3 ELSE 2 END AS points
    FROM texts
),
best AS (
    SELECT DISTINCT ON (record_id) * FROM hit
    ORDER BY record_id, closeness DESC, points DESC, field, size, text
),
page AS MATERIALIZED (
    SELECT * FROM best ORDER BY closeness DESC, points DESC, field, size, record_id LIMIT 10
)
SELECT concat('{{"data":{{"search":{{"nodes":[', string_agg(concat(
    '{{"text":', to_json(p.text), ',"record":{{"id":"actor_', a.id, '","slug":"', a.slug,
    '","name":', to_json(a.name), '}}}}'
), ',' ORDER BY closeness DESC, points DESC, field, size, record_id), ']}}}}}}')
FROM page p JOIN actor a ON a.id = p.record_id
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
    """An application that opens its connections with the first request."""
    pool: Any = None

    async def app(scope: asgi.Scope, receive: asgi.Receive, send: asgi.Send) -> None:
        nonlocal pool
        pool = pool or await open_pool(database)
        variables = orjson.loads(await asgi.read_body(receive))["variables"]
        statement = _STATEMENTS[next(iter(variables))]
        found = await pool.fetchval(statement, *variables.values()) or NOT_FOUND
        await asgi.respond(send, found)

    return app
