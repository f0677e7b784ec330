"""The comparison of bulk writes: 20,000 supports with evidence in one request.

The peer does only the work of the database: it inserts the same rows into the same tables with the
same triggers, by one `executemany` a table (SQLite) or one `COPY` (PostgreSQL), in one transaction
of this process. It reads, resolves and checks nothing, and uses no HTTP.
"""

import time
from functools import partial

from bench import servers, workloads
from bench.errors import BenchError
from bench.figures import Figures, Finding, Outcome, Target
from bench.generated import copies
from bench.generated.copies import Copy
from bench.generated.data import TableRows
from bench.servers import ALLYGRAPH
from bench.session import Session
from schema.concepts import CONCEPTS
from schema.writing.drafts import written_columns

RATIO = Target(0.3)
SECONDS = Target(5, "s", at_most=True)
MEMORY = Target(150, "MiB", at_most=True)

LINES = 20_000
_WRITTEN = ("Support", "Evidence")
_OURS, _BARE, _MEMORY = "AllyGraph, seconds", "bare, seconds", "AllyGraph, MiB"


def compare(session: Session) -> Outcome:
    """Measures both, each on a new copy of the database in every round."""
    body = workloads.bulk(session.database, LINES)
    of = session.rounds.run("bulk", partial(_round, session, body))
    ours, bare = of[_OURS], of[_BARE]
    findings = [
        Finding("bulk / bare", bare.over(ours), RATIO),
        Finding(f"bulk, {LINES} lines", ours, SECONDS),
        Finding("bulk, peak memory", Figures(of[_MEMORY].values), MEMORY),
    ]
    return Outcome([], findings)


def _round(session: Session, body: bytes) -> dict[str, float]:
    with copies.copied(session.database) as copy:
        before = [_last_id(copy, name) for name in _WRITTEN]
        with servers.running(ALLYGRAPH, copy.database) as server:
            seconds = _send(server, copy, body)
            memory = server.peak_memory()
        rows = [_written(copy, name, id) for name, id in zip(_WRITTEN, before, strict=True)]
    counts = {len(list(each.rows)) for each in rows}
    if counts != {LINES}:
        raise BenchError(f"AllyGraph wrote {counts} rows instead of {LINES}.")
    with copies.copied(session.database) as copy:
        bare = copy.database.fill(copy.newest_revision() + 1, rows)
    return {_OURS: seconds, _BARE: bare, _MEMORY: memory}


def _send(server: servers.Server, copy: Copy, body: bytes) -> float:
    started = time.perf_counter()
    status, answer = server.post("/api/v1/bulk", body, "application/x-ndjson", copy.token)
    seconds = time.perf_counter() - started
    if status != 200:
        raise BenchError(f"The bulk request was answered with {status}: {answer[:500]!r}")
    return seconds


def _last_id(copy: Copy, concept: str) -> int:
    (id,) = copy.database.column(f"SELECT max(id) FROM {CONCEPTS[concept].table.name}")
    return int(id)


def _written(copy: Copy, concept: str, after: int) -> TableRows:
    table = CONCEPTS[concept].table
    columns = ("id", *written_columns(table))
    query = f"SELECT {', '.join(columns)} FROM {table.name} WHERE id > {after} ORDER BY id"
    return TableRows(table.name, columns, copy.database.rows(query))
