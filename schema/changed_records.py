"""The records whose texts a transaction may have changed: the index of search is brought to them.

`service.writing.rows` notes them row by row, so that a write of anything else costs nothing.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from sqlalchemy import Connection, Table

from schema.rows import Values
from schema.search import SEARCH_TYPES
from schema.search.entries import Records, changed_since

_INFO = "changed_records"


class _Searched(NamedTuple):
    """A table with a text, the place of its type, and the column with the key of the record."""

    type: int
    near: str
    text: str


_SEARCHED: Mapping[str, _Searched] = MappingProxyType(
    {
        text.table: _Searched(place, text.near, text.column)
        for place, type_ in enumerate(SEARCH_TYPES.values())
        for text in type_.texts
    }
)


class ChangedRecords:
    """The records of one transaction, by the place of their type."""

    def __init__(self) -> None:
        """None yet."""
        self._records: dict[int, set[int]] = {}
        self._is_in_history = False

    def inserted(self, table: Table, row: Values, key: int) -> None:
        """A new row, and its key if it has one."""
        searched = _SEARCHED.get(table.name)
        if searched and row.get(searched.text) is not None:
            self._add(searched, {"id": key, **row})

    def updated(self, table: Table, changes: Values, by: Values) -> None:
        """The rows with some values have others now."""
        searched = _SEARCHED.get(table.name)
        if searched and (searched.text in changes or searched.near in changes):
            self._add(searched, by)
            self._add(searched, {**by, **changes})

    def deleted(self, table: Table, by: Values) -> None:
        """The rows with some values are gone."""
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

    def by_type(self, connection: Connection, revision: int) -> Records:
        """The records that the revision may have changed, once all of it is written."""
        return changed_since(connection, revision - 1) if self._is_in_history else self._records


def begin_noting(connection: Connection) -> ChangedRecords:
    """Forgets what the transaction before has noted."""
    connection.info[_INFO] = ChangedRecords()
    return changed_records(connection)


def changed_records(connection: Connection) -> ChangedRecords:
    """What the transaction of a connection has noted by now."""
    found: Any = connection.info.setdefault(_INFO, ChangedRecords())
    records: ChangedRecords = found
    return records
