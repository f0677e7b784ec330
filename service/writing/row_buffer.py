"""Rows of one transaction that wait to be written together, and what is known of those there are.

`service.writing.rows` asks the buffer of its connection first, if there is one. So the operations
of a bulk request are those of a single write, and neither looks up nor inserts row by row.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
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
        """Looks up all rows with these values at once, so that `find` knows them."""
        known = self._known.setdefault((table, by), {})
        new = [value for value in values if value not in known]
        if not new:
            return
        names = _kept_columns(table, by)
        known.update((value, []) for value in new)
        with self._own_statements():
            for found in find_many(self._connection, table, names, by, new):
                row = dict(zip(names, found, strict=True))
                known[tuple(row[name] for name in by)].append(row)

    def find(self, table: Table, wanted: tuple[str, ...], by: Values) -> list[_Key] | None:
        """The wanted columns of the rows with these values, or None: then the database is asked.

        The rows that wait are then to be added to those that it has: see `waiting`.
        """
        look = (table, tuple(by))
        values = tuple(by.values())
        known = self._known.get(look)
        rows = None if known is None else known.get(values)
        if rows is None and self._refers_to_waiting(look, values):
            rows = []
        if rows is None:
            return None
        waiting = self._waiting_rows(table, by)
        if waiting:
            rows = [*rows, *waiting]
        try:
            return _columns_of(rows, wanted)
        except KeyError:
            return None

    def waiting(self, table: Table, wanted: tuple[str, ...], by: Values) -> list[_Key]:
        """The wanted columns of the rows with these values that the database has not got yet."""
        return _columns_of(self._waiting_rows(table, by), wanted)

    def _waiting_rows(self, table: Table, by: Values) -> Sequence[Row]:
        """Those with these values; what the database computes follows from what it is made of."""
        if table not in self._waiting:
            return ()
        names = _stored(table, tuple(by))
        return self._index((table, names)).get(tuple(by[name] for name in names), ())

    def _index(self, look: _Look) -> dict[_Key, list[Row]]:
        index = self._indexes.get(look)
        if index is None:
            index = self._indexes[look] = {}
            for row in self._waiting.get(look[0], ()):
                index.setdefault(tuple(map(row.get, look[1])), []).append(row)
        return index

    def _refers_to_waiting(self, look: _Look, values: _Key) -> bool:
        """Whether a value is the key of a row that waits, so that only waiting rows can have it."""
        for place, target in _references(*look):
            if target in self._waiting and (values[place],) in self._index((target, ("id",))):
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
            values = ([row[name] for name in names] for row in rows[start:end])
            self._many.insert(self._connection, table, names, map(tuple, values))
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


@lru_cache(maxsize=512)
def _stored(table: Table, by: tuple[str, ...]) -> tuple[str, ...]:
    """The columns among these that rows are written with.

    Raises LookupError for one that is computed from none of the others: waiting rows lack it.
    """
    stored = tuple(name for name in by if table.c[name].computed is None)
    for name in set(by) - set(stored):
        if not any(name.startswith(f"{source}_") for source in stored):
            raise LookupError(f"Rows that wait can't be found by {table.name}.{name} alone.")
    return stored


def _columns_of(rows: Sequence[Row], wanted: tuple[str, ...]) -> list[_Key]:
    if len(wanted) == 1:
        (name,) = wanted
        return [(row[name],) for row in rows]
    return [tuple(row[name] for name in wanted) for row in rows]


@lru_cache(maxsize=512)
def _references(table: Table, by: Sequence[str]) -> tuple[tuple[int, Table], ...]:
    """Which of these columns refer to the keys of which tables, by their places."""
    return tuple(
        (place, key.column.table)
        for place, name in enumerate(by)
        for key in table.c[name].foreign_keys
        if key.column.name == "id"
    )


@lru_cache(maxsize=512)
def _kept_columns(table: Table, by: tuple[str, ...]) -> tuple[str, ...]:
    """What is kept of rows that are looked up: what identifies them, and of links the whole."""
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
