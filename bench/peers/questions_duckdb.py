"""Totals by DuckDB, read from Parquet for each request, behind the server of the standard library.

Runs in the environment of `requirements/readers.txt`: `python questions_duckdb.py FOLDER PORT`.
"""

import json
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import duckdb  # type: ignore[import-not-found]  # of another environment

# By supporter, as in `questions.py`: the order is that of the groups' ids.
TOTALS = """
SELECT "supporter.id" AS supporter, any_value("supporter.slug"), any_value("supporter.name"),
    phase, "dataset.slug" AS slug, count(*), count(DISTINCT "recipient.id")
FROM read_parquet(?) WHERE kind = ? AND attribution <> 'SOME_OF'
GROUP BY supporter, slug, phase
ORDER BY CAST(split_part(supporter, '_', 2) AS BIGINT), slug, phase LIMIT 50
"""


class Handler(BaseHTTPRequestHandler):
    """Answers each request on a thread of its connection."""

    protocol_version = "HTTP/1.1"
    files: str
    database: duckdb.DuckDBPyConnection

    def do_POST(self) -> None:
        """Sends the totals of a kind. Empty for other requests, such as the readiness check."""
        body = self.rfile.read(int(self.headers["Content-Length"]))
        kind = json.loads(body)["variables"].get("totalled")
        rows = self.database.cursor().execute(TOTALS, [self.files, kind]).fetchall()
        answer = json.dumps({"data": {"supportTotals": {"nodes": [_node(*row) for row in rows]}}})
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer.encode("ascii"))

    def log_message(self, format: str, *args: object) -> None:
        """Logs nothing."""


def _node(
    id_: str, slug: str, name: str, phase: str, dataset: str, supports: int, recipients: int
) -> dict[str, object]:
    return {
        "supporter": {"id": id_, "slug": slug, "name": name},
        "phase": phase,
        "dataset": {"slug": dataset},
        "certain": {"supports": supports, "recipients": recipients},
    }


if __name__ == "__main__":
    folder, port = sys.argv[1:]
    Handler.files = str(Path(folder) / "supports" / "*" / "*.parquet")
    Handler.database = duckdb.connect()
    ThreadingHTTPServer(("127.0.0.1", int(port)), Handler).serve_forever()
