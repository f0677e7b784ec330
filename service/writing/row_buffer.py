"""Rows of one transaction that wait to be written together, and what is known of those there are.

`service.writing.rows` asks the buffer of its connection first, if there is one. So the operations
of a bulk request are those of a single write, and neither looks up nor inserts row by row.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Table, event
from sqlmodel import SQLModel

from schema.concepts import COLLECTIONS
from schema.many_rows import find_many, many_rows
from schema.rows import Row, Values

_buffers: WeakKeyDictionary[Connection, "RowBuffer"] = WeakKeyDictionary()

_Key = tuple[Any, ...]
_Look = tuple[Table, tuple[str, ...]]


class _Mark(NamedTuple):
    """How much was waiting when an operation began, and the last keys by then."""

    waiting: dict[Table, int]
    keys: dict[Table, int]


class RowBuffer:
    """The waiting rows of one connection.

    What changes or removes rows, and each statement that does not come by way of
    `service.writing.rows`, first writes all that waits.
    """

    def __init__(self, connection: Connection) -> None:
        """Nothing waits yet. The connection has the lock of writers."""
        self._connection = connection
        self._many = many_rows(connection)
        self._waiting: dict[Table, list[Row]] = {}
        # For each look at a table: the waiting rows by their values.
        self._indexes: dict[_Look, dict[_Key, list[Row]]] = {}
        # The rows in the database, by their values, as far as they have been looked up.
        self._known: dict[_Look, dict[_Key, list[Row]]] = {}
        # What the writer of the rows wants to remember until rows are changed, removed or undone.
        self.memory: dict[_Key, int] = {}
        self._keys: dict[Table, int] = {}
        self._mark: _Mark | None = None
        self._has_savepoint = False
        self._is_executing = False

    def forget_known(self, most: int) -> None:
        """Keeps what is known of the database from growing beyond so many values."""
        if sum(map(len, self._known.values())) > most:
            self._known.clear()
        if len(self.memory) > most:
            self.memory.clear()

    # --- looking up -------------------------------------------------------------------------------

    def know(self, table: Table, by: tuple[str, ...], values: set[_Key]) -> None:
        """Looks up all rows with these values at once, so that `find` knows them.

        But for those with an unknown one among their values, which SQL does not compare.
        """
        known = self._known.setdefault((table, by), {})
        new = [value for value in values if value not in known and None not in value]
        if not new:
            return
        names = _kept_columns(table, by)
        known.update((value, []) for value in new)
        with self._own_statements():
            for found in find_many(self._connection, table, names, by, new):
                row = dict(zip(names, found, strict=True))
                known[tuple(row[name] for name in by)].append(row)

    def look(self, table: Table, by: Values) -> tuple[tuple[str, ...], _Key]:
        """By which columns `find` looks for rows with these values, and what they are."""
        names = _plan(table, tuple(by)).names(by)
        return names, tuple(by[name] for name in names)

    def find(self, table: Table, wanted: tuple[str, ...], by: Values) -> list[_Key] | None:
        """The wanted columns of the rows with these values, or None: then the database is asked.

        The rows that wait are then to be added to those that it has: see `waiting`.
        """
        plan = _plan(table, tuple(by))
        names = plan.names(by)
        values = tuple(by[name] for name in names)
        known = self._known.get((table, names))
        rows = None if known is None else known.get(values)
        if rows is None and self._refers_to_waiting(plan, by):
            rows = []
        if rows is None:
            return None
        try:
            if rows and plan.is_wide:
                rows = [row for row in rows if all(row[name] == by[name] for name in by)]
            waiting = self._waiting_rows(table, plan, by)
            return _columns_of([*rows, *waiting] if waiting else rows, wanted)
        except KeyError:
            return None

    def waiting(self, table: Table, wanted: tuple[str, ...], by: Values) -> list[_Key]:
        """The wanted columns of the rows with these values that the database has not got yet."""
        return _columns_of(self._waiting_rows(table, _plan(table, tuple(by)), by), wanted)

    def _waiting_rows(self, table: Table, plan: "_Plan", by: Values) -> Sequence[Row]:
        """Those with these values; what the database computes follows from what it is made of."""
        if table not in self._waiting:
            return ()
        names = plan.stored_names(by)
        rows = self._index((table, names)).get(tuple(by[name] for name in names), ())
        if rows and plan.is_wide:
            return [row for row in rows if all(row.get(n) == by[n] for n in plan.stored)]
        return rows

    def _index(self, look: _Look) -> dict[_Key, list[Row]]:
        index = self._indexes.get(look)
        if index is None:
            index = self._indexes[look] = {}
            for row in self._waiting.get(look[0], ()):
                index.setdefault(tuple(map(row.get, look[1])), []).append(row)
        return index

    def _refers_to_waiting(self, plan: "_Plan", by: Values) -> bool:
        """Whether a value is the key of a row that waits, so that only waiting rows can have it."""
        for name, target in plan.references:
            if target in self._waiting and (by[name],) in self._index((target, ("id",))):
                return True
        return False

    # --- writing ----------------------------------------------------------------------------------

    def insert(self, table: Table, row: Values) -> int:
        """Puts a new row among those that wait; returns its key, if the table has keys."""
        made = dict(row)
        if "id" in table.c and "id" not in made:
            if table not in self._keys:
                with self._own_statements():
                    self._keys[table] = self._many.last_key(self._connection, table)
            self._keys[table] += 1
            made["id"] = self._keys[table]
        waiting = self._waiting.get(table)
        if waiting is None:
            waiting = self._waiting[table] = []
        waiting.append(made)
        for by, index in self._indexes_of(table):
            index.setdefault(tuple(map(made.get, by)), []).append(made)
        key: int = made.get("id", 0)
        return key

    def _indexes_of(self, table: Table) -> Iterator[tuple[tuple[str, ...], dict[_Key, list[Row]]]]:
        return ((by, index) for (of, by), index in self._indexes.items() if of is table)

    def flush(self) -> None:
        """Writes all that waits. Within an operation, what it wrote itself can still be undone."""
        if self._is_executing or not self._waiting:
            return
        mark = self._mark
        if mark is not None and not self._has_savepoint:
            self._write(
                {table: rows[: mark.waiting.get(table, 0)] for table, rows in self._waiting.items()}
            )
            self._connection.exec_driver_sql("SAVEPOINT operation")
            self._has_savepoint = True
            self._write(
                {table: rows[mark.waiting.get(table, 0) :] for table, rows in self._waiting.items()}
            )
        else:
            self._write(self._waiting)
        self._forget()

    def _write(self, rows: dict[Table, list[Row]]) -> None:
        with self._own_statements():
            for table in SQLModel.metadata.sorted_tables:
                if rows.get(table):
                    self._write_table(table, rows[table])

    @contextmanager
    def _own_statements(self) -> Iterator[None]:
        """What the buffer itself executes needs none of the rows that wait."""
        before, self._is_executing = self._is_executing, True
        try:
            yield
        finally:
            self._is_executing = before

    def _write_table(self, table: Table, rows: list[Row]) -> None:
        if table in self._keys:
            self._many.keep_last_key(self._connection, table, self._keys[table])
        start = 0
        while start < len(rows):
            names = tuple(name for name in table.c.keys() if name in rows[start])  # noqa: SIM118
            end = start
            while end < len(rows) and len(rows[end]) == len(names):
                end += 1
            values = _values_of(names)
            self._many.insert(self._connection, table, names, map(values, rows[start:end]))
            start = end

    def _forget(self) -> None:
        """What was known may have another row beside it now."""
        for table in self._waiting:
            for look in [look for look in self._known if look[0] is table]:
                del self._known[look]
        self._waiting, self._indexes = {}, {}
        if self._mark is not None:
            self._mark = self._mark._replace(waiting={})

    def before_change(self, table: Table) -> None:
        """Rows of this table are about to be changed or removed."""
        self.flush()
        self.memory.clear()
        self._begin_savepoint()
        for look in [look for look in self._known if look[0] is table]:
            del self._known[look]

    def _begin_savepoint(self) -> None:
        if self._mark is not None and not self._has_savepoint:
            self._connection.exec_driver_sql("SAVEPOINT operation")
            self._has_savepoint = True

    # --- operations -------------------------------------------------------------------------------

    def begin_operation(self) -> None:
        """From now on what is written can be undone."""
        waiting = {table: len(rows) for table, rows in self._waiting.items()}
        self._mark, self._has_savepoint = _Mark(waiting, dict(self._keys)), False

    def end_operation(self) -> None:
        """What was written stays."""
        if self._has_savepoint:
            self._connection.exec_driver_sql("RELEASE operation")
        self._mark, self._has_savepoint = None, False

    def undo_operation(self) -> None:
        """Nothing of the operation stays."""
        mark, self._mark = self._mark, None
        if mark is None:
            raise RuntimeError("No operation has begun.")
        if self._has_savepoint:
            self._connection.exec_driver_sql("ROLLBACK TO operation")
            self._connection.exec_driver_sql("RELEASE operation")
            self._known.clear()
            self.memory.clear()
        self._has_savepoint = False
        for table, rows in list(self._waiting.items()):
            count = mark.waiting.get(table, 0)
            if len(rows) > count:
                del rows[count:]
                self._indexes.clear()
                self.memory.clear()
            if not rows:
                del self._waiting[table]
        self._keys = mark.keys


@contextmanager
def buffered(connection: Connection) -> Iterator[RowBuffer]:
    """A buffer for what is written by this connection; at the end all is in the database."""
    buffer = RowBuffer(connection)

    def write_all(*_: object) -> None:
        buffer.flush()

    _buffers[connection] = buffer
    event.listen(connection, "before_execute", write_all)
    try:
        yield buffer
        buffer.flush()
    finally:
        event.remove(connection, "before_execute", write_all)
        del _buffers[connection]


def buffer_of(connection: Connection) -> RowBuffer | None:
    """The buffer in which rows of this connection wait, if there is one."""
    return _buffers.get(connection) if _buffers else None


# By more columns than this, rows are looked up by the few that tell most of them apart.
_NARROW = 5


@dataclass(frozen=True)
class _Plan:
    """How rows are found by some columns.

    `stored`: those that rows are written with. `references`: those that refer to keys of a table.
    `is_wide`: whether there are many; then `telling` are the references and the first days, and
    `stored_telling` what of these is stored.
    """

    columns: tuple[str, ...]
    stored: tuple[str, ...]
    references: tuple[tuple[str, Table], ...]
    is_wide: bool
    telling: tuple[str, ...]
    stored_telling: tuple[str, ...]

    def names(self, by: Values) -> tuple[str, ...]:
        """By which columns to look in the database."""
        return self._known_of(self.telling, by) or self.columns

    def stored_names(self, by: Values) -> tuple[str, ...]:
        """By which columns to look among rows that wait."""
        return self._known_of(self.stored_telling, by) or self.stored

    def _known_of(self, names: tuple[str, ...], by: Values) -> tuple[str, ...]:
        return tuple(name for name in names if by[name] is not None)


@lru_cache(maxsize=512)
def _plan(table: Table, by: tuple[str, ...]) -> _Plan:
    """Raises LookupError for a column that is computed from none of the others."""
    stored = tuple(name for name in by if table.c[name].computed is None)
    computed = [name for name in by if name not in stored]
    sources = {}
    for name in computed:
        source = next((each for each in stored if name.startswith(f"{each}_")), None)
        if source is None:
            raise LookupError(f"Rows that wait can't be found by {table.name}.{name} alone.")
        sources[name] = source
    references = tuple(
        (name, key.column.table)
        for name in by
        for key in table.c[name].foreign_keys
        if key.column.name == "id"
    )
    is_wide = len(by) > _NARROW
    edges = [name for name, _ in references] if is_wide else []
    telling = (*edges, *computed) if is_wide else ()
    stored_telling = (*edges, *(sources[name] for name in computed)) if is_wide else ()
    return _Plan(by, stored, references, is_wide, telling, stored_telling)


def _values_of(names: tuple[str, ...]) -> Callable[[Row], _Key]:
    """A function that takes the values of these columns from a row."""
    if len(names) == 1:
        (name,) = names
        return lambda row: (row[name],)
    return itemgetter(*names)


def _columns_of(rows: Sequence[Row], wanted: tuple[str, ...]) -> list[_Key]:
    if len(wanted) == 1:
        (name,) = wanted
        return [(row[name],) for row in rows]
    return [tuple(row[name] for name in wanted) for row in rows]


@lru_cache(maxsize=512)
def _kept_columns(table: Table, by: tuple[str, ...]) -> tuple[str, ...]:
    """What is kept of rows that are looked up: what identifies them, and of links the whole."""
    if any(table.c[name].computed is not None for name in by):
        # Such rows are compared in all their columns.
        return tuple(column.name for column in table.columns)
    names = [column.name for column in table.columns if column.computed is None]
    is_small = len(names) <= _SMALL
    return tuple(n for n in names if is_small or n == "id" or n in by or n in _COMPARED)


# Rows with few columns are kept whole.
_SMALL = 6
# The columns that a new record is compared in with the one that it may be.
_COMPARED = frozenset(
    concept.attribute(name).column.name
    for concept in COLLECTIONS.values()
    for name in concept.collection.must_agree
)
