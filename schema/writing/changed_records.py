"""Notes what a transaction changes, to update the search index and the counts of supports.

`service.writing.rows` notes each row that it writes, so that writes of other tables cost nothing.
"""

from collections import Counter
from collections.abc import Mapping
from contextlib import nullcontext
from types import MappingProxyType
from typing import Any, NamedTuple

from sqlalchemy import Connection, Table

from schema.records.internal.support_count import COUNTED_BY
from schema.rows import Values
from schema.search import SEARCH_TYPES
from schema.search.entries import enter_new_texts, enter_revision, enter_texts
from schema.writing.short_statements import unanswered
from schema.writing.support_counts import count_changes, count_new

_INFO = "changed_records"


class _Searched(NamedTuple):
    """A table with searched texts.

    `type`: the position of its record type in `SEARCH_TYPES`. `near`: the column with the key of
    the record. `texts`: the position of the field of each column.
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

# The maximum number of new records whose texts are held in memory; texts of further records are
# read again. Also the maximum number of distinct kinds of new supports that are counted one by one;
# beyond it, the history is read.
_NEW_MOST = 100


class ChangedRecords:
    """The records whose texts one transaction may have changed, and its changes of supports."""

    def __init__(self) -> None:
        """Starts with no changes."""
        self._records: dict[int, set[int]] = {}
        # All texts of new records with their fields, by the position of the type and the key.
        self._new: dict[tuple[int, int], set[tuple[int, str]]] = {}
        # The numbers of new supports, by their values of COUNTED_BY.
        self._supports: Counter[tuple[Any, ...]] = Counter()
        self._new_supports = 0
        self._has_changed_supports = False
        self._is_in_history = False

    def inserted(self, table: Table, row: Values, key: int) -> None:
        """Notes a new row. `key`: its id, if the table has one."""
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
        """Notes a change of the rows that have the values `by`."""
        if not _COUNTED_BY.isdisjoint(changes):
            self._note_changed(table)
        searched = _SEARCHED.get(table.name)
        if searched and not changes.keys().isdisjoint({*searched.texts, searched.near}):
            self._add(searched, by)
            self._add(searched, {**by, **changes})

    def deleted(self, table: Table, by: Values) -> None:
        """Notes that the rows that have the values `by` were deleted."""
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
        """Whether the changed records must be read from the history."""
        return self._is_in_history

    def look_in_history(self) -> None:
        """Makes `complete` read the history, because a statement changed records without keys."""
        self._is_in_history = True

    def complete(self, connection: Connection, revision: int) -> None:
        """Updates the index and the counts after all other writes of the revision.

        The connection must hold the lock of writers.
        """
        if self._is_in_history:
            enter_revision(connection, revision)
            count_changes(connection, revision)
            return
        enter_texts(connection, revision, self._records)
        # The results of these statements are not needed, so two share a pipeline; a single one is
        # faster without.
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
    """Starts a new object for the transaction, and discards the previous one's."""
    connection.info[_INFO] = ChangedRecords()
    return changed_records(connection)


def changed_records(connection: Connection) -> ChangedRecords:
    """Returns the changes that the connection's transaction has noted so far."""
    found: Any = connection.info.setdefault(_INFO, ChangedRecords())
    records: ChangedRecords = found
    return records
