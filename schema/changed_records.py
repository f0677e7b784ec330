"""What a transaction has changed, and what follows: the index of search, numbers of supports.

`service.writing.rows` notes it row by row, so that a write of anything else costs nothing.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from sqlalchemy import Connection, Table

from schema.records.support_count import COUNTED_BY
from schema.rows import Values
from schema.search import SEARCH_TYPES
from schema.search.entries import enter_revision, enter_texts
from schema.support_counts import count_changes

_INFO = "changed_records"


class _Searched(NamedTuple):
    """A table with texts, the place of its type, and the column with the key of the record."""

    type: int
    near: str
    texts: frozenset[str]


_SEARCHED: Mapping[str, _Searched] = MappingProxyType(
    {
        text.table: _Searched(
            place,
            text.near,
            frozenset(each.column for each in type_.texts if each.table == text.table),
        )
        for place, type_ in enumerate(SEARCH_TYPES.values())
        for text in type_.texts
    }
)


_COUNTED_BY = frozenset(COUNTED_BY)


class ChangedRecords:
    """The records of one transaction whose texts may have changed; whether supports have."""

    def __init__(self) -> None:
        """None yet."""
        self._records: dict[int, set[int]] = {}
        self._has_counted = False
        self._is_in_history = False

    def inserted(self, table: Table, row: Values, key: int) -> None:
        """A new row, and its key if it has one."""
        self._note_counted(table)
        searched = _SEARCHED.get(table.name)
        if searched and any(row.get(text) is not None for text in searched.texts):
            self._add(searched, {"id": key, **row})

    def updated(self, table: Table, changes: Values, by: Values) -> None:
        """The rows with some values have others now."""
        if not _COUNTED_BY.isdisjoint(changes):
            self._note_counted(table)
        searched = _SEARCHED.get(table.name)
        if searched and not changes.keys().isdisjoint({*searched.texts, searched.near}):
            self._add(searched, by)
            self._add(searched, {**by, **changes})

    def deleted(self, table: Table, by: Values) -> None:
        """The rows with some values are gone."""
        self._note_counted(table)
        searched = _SEARCHED.get(table.name)
        if searched:
            self._add(searched, by)

    def _add(self, searched: _Searched, values: Values) -> None:
        if searched.near in values:
            self._records.setdefault(searched.type, set()).add(values[searched.near])
        else:
            self.look_in_history()

    def look_in_history(self) -> None:
        """Statements write records that they do not name by their keys: the history has them."""
        self._is_in_history = True

    def complete(self, connection: Connection, revision: int) -> None:
        """Writes what follows from the changes, once all else of the revision is written.

        On a connection that has the lock of writers.
        """
        in_history = self._is_in_history
        if in_history:
            enter_revision(connection, revision)
        else:
            enter_texts(connection, revision, self._records)
        if in_history or self._has_counted:
            count_changes(connection, revision)

    def _note_counted(self, table: Table) -> None:
        self._has_counted = self._has_counted or table.name == "support"


def begin_noting(connection: Connection) -> ChangedRecords:
    """Forgets what the transaction before has noted."""
    connection.info[_INFO] = ChangedRecords()
    return changed_records(connection)


def changed_records(connection: Connection) -> ChangedRecords:
    """What the transaction of a connection has noted by now."""
    found: Any = connection.info.setdefault(_INFO, ChangedRecords())
    records: ChangedRecords = found
    return records
