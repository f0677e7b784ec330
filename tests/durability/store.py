"""Reads the database as it is: plain SQL, and nothing of the service."""

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
    """A list of what other rows hold, which is none of SQL's nulls where there are none."""
    if ON_POSTGRESQL:
        return f"coalesce((SELECT json_agg({column}) FROM {rows}), '[]')"
    # A subquery gives text, which is JSON again by `json`.
    return f"json((SELECT json_group_array({column}) FROM {rows}))"


# For each kind of record what it is known by, what it says, and where that stands.
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
        """The database as it is now, whoever goes on writing."""
        with connected(self._path) as connection:
            if ON_POSTGRESQL:
                connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            else:
                connection.execute("PRAGMA query_only = 1")
                connection.execute("BEGIN")
            yield Snapshot(self._path, connection)


class Snapshot:
    """One state of the database."""

    def __init__(self, path: Path, connection: Any) -> None:
        self._path = path
        self._connection = connection

    def revisions(self, since: int) -> list[tuple[int, str, str]]:
        return self._all(
            "SELECT number, author, message FROM revision WHERE number > ? ORDER BY number", since
        )

    def rows(self) -> dict[Name, Row]:
        """Every record, by what it is known by."""
        found: dict[Name, Row] = {}
        for kind, (key, values, tables) in _READ.items():
            as_text = f"CAST({_OBJECT}({values}) AS TEXT)"
            for text, row in self._all(f"SELECT {key}, {as_text} FROM {tables}"):
                assert Name(kind, text) not in found
                found[Name(kind, text)] = settled(json.loads(row))
        return found

    def kept_answers(self) -> dict[str, int]:
        """By their key, the revisions of the answers that are kept for whoever asks again."""
        return dict(self._all("SELECT key, revision FROM kept_answer"))

    def unmatched_history(self) -> list[Any]:
        """Revisions that changed nothing, and changes that belong to no revision."""
        columns = [(t, c) for t in self._histories() for c in ("from_revision", "until_revision")]
        changed = (f"SELECT {column} FROM {t} WHERE {column} < {_STILL}" for t, column in columns)
        # All begins with revision 0, which changes nothing.
        return self._differences(
            " UNION ".join(["SELECT 0", *changed]), "SELECT number FROM revision"
        )

    def faults(self) -> list[Any]:
        """What SQLite finds wrong, and versions of today that are not the rows of today."""
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
        """The rows of a select."""
        return self._all(query)

    def _histories(self) -> list[str]:
        found = [name for name in table_names(self._path) if name.endswith("_history")]
        assert found
        return found

    def _columns(self, history: str) -> list[str]:
        """Those that the table of today has as well."""
        names = column_names(self._path, history)
        return [name for name in names if name not in ("from_revision", "until_revision")]

    def _differences(self, one: str, other: str) -> list[Any]:
        """The rows that only one of two selects has."""
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
    """The row with its lists in order, since they have none of their own."""
    return {
        field: sorted(value) if isinstance(value, list) else value for field, value in row.items()
    }
