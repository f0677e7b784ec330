"""What a transaction has changed, and what follows: the index of search, numbers of supports.

`service.writing.rows` notes it row by row, so that a write of anything else costs nothing.
"""

from collections import Counter
from collections.abc import Mapping
from contextlib import nullcontext
from types import MappingProxyType
from typing import Any, NamedTuple

from sqlalchemy import Connection, Table

from schema.records.support_count import COUNTED_BY
from schema.rows import Values
from schema.search import SEARCH_TYPES
from schema.search.entries import enter_new_texts, enter_revision, enter_texts
from schema.short_statements import unanswered
from schema.support_counts import count_changes, count_new

_INFO = "changed_records"


class _Searched(NamedTuple):
    """A table with texts, the place of its type, and the column with the key of the record.

    `texts`: the place of the field that each column is.
    """

    type: int
    near: str
    texts: Mapping[str, int]


_SEARCHED: Mapping[str, _Searched] = MappingProxyType(
    {
        text.table: _Searched(
            place,
            text.near,
            {
                each.column: field
                for field, each in enumerate(type_.texts)
                if each.table == text.table
            },
        )
        for place, type_ in enumerate(SEARCH_TYPES.values())
        for text in type_.texts
    }
)


_COUNTED_BY = frozenset(COUNTED_BY)

# Of so many new records are the texts in memory at most; those of others are read again. So many
# kinds of new supports are counted one by one, and more of them from the history.
_NEW_MOST = 100


class ChangedRecords:
    """The records of one transaction whose texts may have changed; whether supports have."""

    def __init__(self) -> None:
        """None yet."""
        self._records: dict[int, set[int]] = {}
        # Of new records, by the place of the type and the key: all their texts, with their fields.
        self._new: dict[tuple[int, int], set[tuple[int, str]]] = {}
        # Of new supports, how many have the same of what they are counted by.
        self._supports: Counter[tuple[Any, ...]] = Counter()
        self._new_supports = 0
        self._has_changed_supports = False
        self._is_in_history = False

    def inserted(self, table: Table, row: Values, key: int) -> None:
        """A new row, and its key if it has one."""
        if table.name == "support":
            self._new_supports += 1
            if len(self._supports) <= _NEW_MOST:
                self._supports[tuple(map(row.get, COUNTED_BY))] += 1
        searched = _SEARCHED.get(table.name)
        if searched is None:
            return
        values = {"id": key, **row}
        record = searched.type, values[searched.near]
        if searched.near == "id" and len(self._new) < _NEW_MOST:
            self._new[record] = set()
        found = {(f, row[text]) for text, f in searched.texts.items() if row.get(text) is not None}
        if record in self._new:
            self._new[record] |= found
        elif found:
            self._add(searched, values)

    def updated(self, table: Table, changes: Values, by: Values) -> None:
        """The rows with some values have others now."""
        if not _COUNTED_BY.isdisjoint(changes):
            self._note_changed(table)
        searched = _SEARCHED.get(table.name)
        if searched and not changes.keys().isdisjoint({*searched.texts, searched.near}):
            self._add(searched, by)
            self._add(searched, {**by, **changes})

    def deleted(self, table: Table, by: Values) -> None:
        """The rows with some values are gone."""
        self._note_changed(table)
        searched = _SEARCHED.get(table.name)
        if searched:
            self._add(searched, by)

    def _add(self, searched: _Searched, values: Values) -> None:
        if searched.near in values:
            record = values[searched.near]
            self._new.pop((searched.type, record), None)
            self._records.setdefault(searched.type, set()).add(record)
        else:
            self.look_in_history()

    @property
    def is_in_history(self) -> bool:
        """Whether only the history has what was changed."""
        return self._is_in_history

    def look_in_history(self) -> None:
        """Statements write records that they do not name by their keys: the history has them."""
        self._is_in_history = True

    def complete(self, connection: Connection, revision: int) -> None:
        """Writes what follows from the changes, once all else of the revision is written.

        On a connection that has the lock of writers.
        """
        if self._is_in_history:
            enter_revision(connection, revision)
            count_changes(connection, revision)
            return
        enter_texts(connection, revision, self._records)
        # Nothing reads what these give; one alone is quicker without a pipeline.
        is_by_history = self._has_changed_supports or len(self._supports) > _NEW_MOST
        are_two = (is_by_history or self._new_supports) and any(self._new.values())
        with unanswered(connection) if are_two else nullcontext():
            enter_new_texts(connection, revision, self._new)
            if is_by_history:
                count_changes(connection, revision, self._new_supports)
            else:
                count_new(connection, self._supports)

    def _note_changed(self, table: Table) -> None:
        self._has_changed_supports = self._has_changed_supports or table.name == "support"


def begin_noting(connection: Connection) -> ChangedRecords:
    """Discards what the transaction before has noted."""
    connection.info[_INFO] = ChangedRecords()
    return changed_records(connection)


def changed_records(connection: Connection) -> ChangedRecords:
    """What the transaction of a connection has noted by now."""
    found: Any = connection.info.setdefault(_INFO, ChangedRecords())
    records: ChangedRecords = found
    return records
