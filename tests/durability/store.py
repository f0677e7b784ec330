"""Reads the database by plain SQL, without code of the service."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.durability.effects import FORMER, Name, Row
from tests.stores import ON_POSTGRESQL, column_names, connected, placed, table_names

_STILL = 2**63 - 1

_OBJECT = "json_build_object" if ON_POSTGRESQL else "json_object"


def _list(column: str, rows: str) -> str:
    """Returns the SQL of a list of values in other rows: an empty list if there are none."""
    if ON_POSTGRESQL:
        return f"coalesce((SELECT json_agg({column}) FROM {rows}), '[]')"
    # A subquery returns text, which `json` parses again.
    return f"json((SELECT json_group_array({column}) FROM {rows}))"


# For each kind of record: its identity, its values, and its tables.
_READ = {
    "Actor": (
        "actor.slug",
        "'name', actor.name, 'description', actor.description, 'aliases', "
        + _list("name", "actor_alias WHERE actor_id = actor.id"),
        "actor",
    ),
    "Source": ("source.url", "'title', source.title", "source"),
    "Statement": (
        "statement.text",
        "'speaker', speaker.slug, 'source', source.url, 'mentions', "
        + _list(
            "slug", "mention JOIN actor ON actor.id = actor_id WHERE statement_id = statement.id"
        ),
        "statement JOIN actor speaker ON speaker.id = speaker_id "
        "JOIN source ON source.id = source_id",
    ),
    "Support": (
        "support.summary",
        "'supporter', actor.slug, 'startedOn', support.started_on, 'place', support.place",
        "support JOIN actor ON actor.id = supporter_id",
    ),
    "Evidence": (
        "support.summary",
        "'statement', statement.text, 'stance', evidence.stance",
        "evidence JOIN support ON support.id = support_id "
        "JOIN statement ON statement.id = statement_id",
    ),
    FORMER: (
        "former_slug.slug",
        "'actor', actor.slug",
        "former_slug JOIN actor ON actor.id = record_id",
    ),
}


class Store:
    """A database."""

    def __init__(self, path: Path) -> None:
        self._path = path

    @contextmanager
    def snapshot(self) -> Iterator["Snapshot"]:
        """Yields a snapshot of the database, independent of concurrent writes."""
        with connected(self._path) as connection:
            if ON_POSTGRESQL:
                connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            else:
                connection.execute("PRAGMA query_only = 1")
                connection.execute("BEGIN")
            yield Snapshot(self._path, connection)


class Snapshot:
    """A snapshot of the database."""

    def __init__(self, path: Path, connection: Any) -> None:
        self._path = path
        self._connection = connection

    def revisions(self, since: int) -> list[tuple[int, str, str]]:
        return self._all(
            "SELECT number, author, message FROM revision WHERE number > ? ORDER BY number", since
        )

    def rows(self) -> dict[Name, Row]:
        """Returns every record by its identity."""
        found: dict[Name, Row] = {}
        for kind, (key, values, tables) in _READ.items():
            as_text = f"CAST({_OBJECT}({values}) AS TEXT)"
            for text, row in self._all(f"SELECT {key}, {as_text} FROM {tables}"):
                assert Name(kind, text) not in found
                found[Name(kind, text)] = settled(json.loads(row))
        return found

    def kept_answers(self) -> dict[str, int]:
        """Returns the revisions of the responses stored for repeated requests, by key."""
        return dict(self._all("SELECT key, revision FROM kept_answer"))

    def unmatched_history(self) -> list[Any]:
        """Returns revisions without changes, and changes without a revision."""
        columns = [(t, c) for t in self._histories() for c in ("from_revision", "until_revision")]
        changed = (f"SELECT {column} FROM {t} WHERE {column} < {_STILL}" for t, column in columns)
        # Revision 0 changes nothing.
        return self._differences(
            " UNION ".join(["SELECT 0", *changed]), "SELECT number FROM revision"
        )

    def faults(self) -> list[Any]:
        """Returns SQLite's integrity errors, and current versions that differ from current rows."""
        found: list[Any] = []
        if not ON_POSTGRESQL:
            found += [text for (text,) in self._all("PRAGMA integrity_check") if text != "ok"]
            found += self._all("PRAGMA foreign_key_check")
        for history in self._histories():
            columns = ", ".join(self._columns(history))
            today = f"SELECT {columns} FROM {history.removesuffix('_history')}"
            versions = f"SELECT {columns} FROM {history} WHERE until_revision = {_STILL}"
            found += self._differences(today, versions)
        return found

    def select(self, query: str) -> list[Any]:
        """Returns the rows of a query."""
        return self._all(query)

    def _histories(self) -> list[str]:
        found = [name for name in table_names(self._path) if name.endswith("_history")]
        assert found
        return found

    def _columns(self, history: str) -> list[str]:
        """Returns the columns that the current table has as well."""
        names = column_names(self._path, history)
        return [name for name in names if name not in ("from_revision", "until_revision")]

    def _differences(self, one: str, other: str) -> list[Any]:
        """Returns the rows that only one of two queries has."""
        both = ((one, other), (other, one))
        return [
            row
            for a, b in both
            for row in self._all(f"SELECT * FROM ({a}) one EXCEPT SELECT * FROM ({b}) other")
        ]

    def _all(self, sql: str, *values: Any) -> list[Any]:
        found: list[Any] = self._connection.execute(placed(sql), values).fetchall()
        return found


def settled(row: dict[str, Any]) -> Row:
    """Returns the row with sorted lists, because lists have no order."""
    return {
        field: sorted(value) if isinstance(value, list) else value for field, value in row.items()
    }
