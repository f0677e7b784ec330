"""Reads the database file as it is: plain SQL, and nothing of the service."""

import json
import sqlite3
from collections import Counter
from collections.abc import Collection, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from .effects import FORMER, Name, Row

_STILL = 2**63 - 1

# For each kind of record what it is known by, what it says, and where that stands.
_READ = {
    "Actor": (
        "actor.slug",
        """'name', actor.name, 'description', actor.description, 'aliases', (
            SELECT json_group_array(name) FROM actor_alias WHERE actor_id = actor.id)""",
        "actor",
    ),
    "Source": ("source.url", "'title', source.title", "source"),
    "Statement": (
        "statement.text",
        """'speaker', speaker.slug, 'source', source.url, 'mentions', (
            SELECT json_group_array(slug) FROM mention JOIN actor ON actor.id = actor_id
            WHERE statement_id = statement.id)""",
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
        "former_actor.slug",
        "'actor', actor.slug",
        "former_actor JOIN actor ON actor.id = actor_id",
    ),
}


class Store:
    """A database file."""

    def __init__(self, path: Path) -> None:
        self._path = path

    @contextmanager
    def snapshot(self) -> Iterator["Snapshot"]:
        """The database as it is now, whoever goes on writing."""
        with closing(sqlite3.connect(self._path, isolation_level=None)) as connection:
            connection.execute("PRAGMA query_only = 1")
            connection.execute("BEGIN")
            yield Snapshot(connection)


class Snapshot:
    """One state of the database."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def revisions(self, since: int) -> list[tuple[int, str, str]]:
        return self._all(
            "SELECT number, author, message FROM revision WHERE number > ? ORDER BY number", since
        )

    def rows(self, names: Collection[Name] | None = None) -> dict[Name, Row]:
        """The records of these names that there are, or all."""
        found: dict[Name, Row] = {}
        for kind, (key, values, tables) in _READ.items():
            sql, bound = f"SELECT {key}, json_object({values}) FROM {tables}", []
            if names is not None:
                sql += f" WHERE {key} IN (SELECT value FROM json_each(?))"
                bound = [json.dumps([name.key for name in names if name.kind == kind])]
            for text, row in self._all(sql, *bound):
                assert Name(kind, text) not in found
                found[Name(kind, text)] = settled(json.loads(row))
        return found

    def counts(self) -> Counter[str]:
        """How many rows there are of each kind."""
        tables = {kind: _READ[kind][2].split()[0] for kind in _READ}
        return Counter(
            {kind: self._one(f"SELECT count(*) FROM {table}") for kind, table in tables.items()}
        )

    def kept_answers(self) -> dict[str, int]:
        """By their key, the revisions of the answers that are kept for whoever asks again."""
        return dict(self._all("SELECT key, revision FROM kept_answer"))

    def unmatched_history(self, since: int) -> list[Any]:
        """Revisions that changed nothing, and changes that belong to no revision."""
        begun_or_ended = " UNION ALL ".join(
            f"SELECT {column} FROM {table} WHERE {column} > :since AND {column} < {_STILL}"
            for table in self._histories()
            for column in ("from_revision", "until_revision")
        )
        revisions = "SELECT number FROM revision WHERE number > :since"
        return self._all(
            f"WITH changed AS ({begun_or_ended}) "
            f"SELECT * FROM (SELECT * FROM changed EXCEPT {revisions}) "
            f"UNION SELECT * FROM ({revisions} EXCEPT SELECT * FROM changed)",
            {"since": since},
        )

    def faults(self) -> list[Any]:
        """What SQLite finds wrong with the file, and versions of today that differ from the rows."""
        found = [text for (text,) in self._all("PRAGMA integrity_check") if text != "ok"]
        found += self._all("PRAGMA foreign_key_check")
        for history in self._histories():
            columns = ", ".join(
                name
                for _, name, *_ in self._all(f"PRAGMA table_info({history})")
                if name not in ("from_revision", "until_revision")
            )
            table = history.removesuffix("_history")
            today = f"SELECT {columns} FROM {table}"
            versions = f"SELECT {columns} FROM {history} WHERE until_revision = {_STILL}"
            found += self._all(f"{today} EXCEPT {versions}")
            found += self._all(f"{versions} EXCEPT {today}")
        return found

    def _histories(self) -> list[str]:
        found = self._all(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE '%\\_history' "
            "ESCAPE '\\'"
        )
        assert found
        return [name for (name,) in found]

    def _one(self, sql: str) -> Any:
        ((value,),) = self._all(sql)
        return value

    def _all(self, sql: str, *bound: Any) -> list[Any]:
        # Names are bound as one object, places one by one.
        values = bound[0] if bound and isinstance(bound[0], dict) else bound
        return self._connection.execute(sql, values).fetchall()


def settled(row: dict[str, Any]) -> Row:
    """The row with its lists in order, since they have none of their own."""
    return {
        field: sorted(value) if isinstance(value, list) else value for field, value in row.items()
    }
