"""Traces the statements with which the service answers requests."""

import re
from pathlib import Path
from typing import Any

import apsw
import pytest

from service.database.postgresql import server as servers
from service.database.sqlite import executor as sqlite_execution
from service.database.sqlite.database import open_reader
from tests.stores import ON_POSTGRESQL

# Statements of transactions, of the check for new revisions, and of authentication.
_OWN = re.compile(
    r"BEGIN|ROLLBACK|COMMIT|PRAGMA data_version|SELECT max\(number\) FROM revision|SELECT token\."
)


class Statements(list[str]):
    """The statements of queries, in order."""

    def tell(self, sql: str) -> bool:
        """Records a statement. Returns True, so that the driver runs it."""
        if not _OWN.match(sql):
            self.append(sql)
        return True


def traced_statements(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Returns a list to which the driver's statements are added."""
    statements = Statements()
    if ON_POSTGRESQL:
        _trace_postgresql(monkeypatch, statements)
    else:
        _trace_sqlite(monkeypatch, statements)
    return statements


def _trace_sqlite(monkeypatch: pytest.MonkeyPatch, statements: Statements) -> None:
    def traced(path: Path, cache_kib: int) -> apsw.Connection:
        connection = open_reader(path, cache_kib)
        connection.exec_trace = lambda _, sql, __: statements.tell(sql)
        return connection

    monkeypatch.setattr(sqlite_execution, "open_reader", traced)


def _trace_postgresql(monkeypatch: pytest.MonkeyPatch, statements: Statements) -> None:
    prepare = servers._read_text_as_bytes

    async def traced(connection: Any) -> None:
        await prepare(connection)
        connection.add_query_logger(lambda record: statements.tell(record.query))

    monkeypatch.setattr(servers, "_read_text_as_bytes", traced)
