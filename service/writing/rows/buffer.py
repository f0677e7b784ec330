"""Buffers the new rows of one transaction, to write them together, and caches rows it has read.

`service.writing.rows` uses the buffer of its connection first, if the connection has one. So a bulk
request can run the operations of single writes without a lookup or an insert for each row.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from functools import lru_cache, partial
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Table, event
from sqlmodel import SQLModel

from schema.many_rows import find_many, last_keys, many_rows
from schema.rows import Row, Values
from schema.writing.short_statements import Parameters, read_all, unanswered
from service.writing.rows.find_plans import (
    FindPlan,
    Key,
    columns_of,
    find_plan,
    kept_columns,
    values_of,
)
from service.writing.rows.statement_texts import StatementText, bound, select_text, shape_of

_buffers: WeakKeyDictionary[Connection, "RowBuffer"] = WeakKeyDictionary()

_Look = tuple[Table, tuple[str, ...]]


class _Mark(NamedTuple):
    """The number of waiting rows and the last key of each table when an operation began."""

    waiting: dict[Table, int]
    keys: dict[Table, int]


class RowBuffer:
    """The waiting rows of one connection.

    An update, a deletion, and each statement that does not come through `service.writing.rows`
    first writes all waiting rows.
    """

    def __init__(self, connection: Connection, *, are_few: bool = False) -> None:
        """Starts without rows. The connection must have the writers' lock.

        `are_few`: whether the rows are those of one record, and are sent together with the other
        statements of the write.
        """
        self._are_few = are_few
        self._connection = connection
        self._many = many_rows(connection)
        self._waiting: dict[Table, list[Row]] = {}
        # For each table and columns looked up: the waiting rows by their values.
        self._indexes: dict[_Look, dict[Key, list[Row]]] = {}
        # For each table and columns looked up: the rows that the database has for the values.
        self._known: dict[_Look, dict[Key, list[Row]]] = {}
        # The callers' cache; cleared when rows are updated, deleted or undone.
        self.memory: dict[Key, int] = {}
        self._keys: dict[Table, int] = {}
        self._mark: _Mark | None = None
        self._has_savepoint = False
        self._is_executing = False

    def forget_known(self, most: int) -> None:
        """Clears the caches that have more than `most` entries."""
        if sum(map(len, self._known.values())) > most:
            self._known.clear()
        if len(self.memory) > most:
            self.memory.clear()

    # --- looking up -------------------------------------------------------------------------------

    def know(self, table: Table, by: tuple[str, ...], values: set[Key]) -> None:
        """Reads all rows with these values at once, so that `find` needs no statement for them.

        Skips tuples that contain None, since SQL does not compare null.
        """
        known = self._known.setdefault((table, by), {})
        new = [value for value in values if value not in known and None not in value]
        if not new:
            return
        names = kept_columns(table, by)
        known.update((value, []) for value in new)
        with self._own_statements():
            for found in find_many(self._connection, table, names, by, new):
                row = dict(zip(names, found, strict=True))
                known[tuple(row[name] for name in by)].append(row)

    def know_each(
        self, looks: Mapping[_Look, Collection[Key]], new_tables: Collection[Table]
    ) -> None:
        """Like `know`, for few values of several tables, with all statements sent together.

        Also reads the last keys of the tables that will get new rows.
        """
        statements: list[tuple[str, Parameters]] = []
        found: list[Callable[[Sequence[Sequence[Any]]], None]] = []
        for (table, by), values in looks.items():
            known, names = self._known.setdefault((table, by), {}), kept_columns(table, by)
            for value in values:
                if value in known or None in value:
                    continue
                known[value] = []
                given = dict(zip(by, value, strict=True))
                text = select_text(self._connection.dialect, table, names, shape_of(given), -1)
                statements.append((text.sql, text.bound(bound(given))))
                found.append(partial(_add_rows, known[value], names, text))
        keyed = [table for table in new_tables if "id" in table.c and table not in self._keys]
        if keyed:
            statements.append((self._many.last_keys_text(keyed), ()))
            found.append(partial(self._set_last_keys, keyed))
        if statements:
            with self._own_statements():
                for add, rows in zip(found, read_all(self._connection, statements), strict=True):
                    add(rows)

    def _set_last_keys(self, tables: Sequence[Table], rows: Sequence[Sequence[Any]]) -> None:
        (keys,) = rows
        self._keys.update(zip(tables, map(int, keys), strict=True))

    def look(self, table: Table, by: Values) -> tuple[tuple[str, ...], Key]:
        """The columns, and their values, by which `find` looks up rows that match `by`."""
        names = find_plan(table, tuple(by)).names(by)
        return names, tuple(by[name] for name in names)

    def find(self, table: Table, wanted: tuple[str, ...], by: Values) -> list[Key] | None:
        """The wanted columns of the rows that match `by`; None if the database must be queried.

        The caller then adds the waiting rows to those of the database: see `waiting`.
        """
        plan = find_plan(table, tuple(by))
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
            return columns_of([*rows, *waiting] if waiting else rows, wanted)
        except KeyError:
            return None

    def waiting(self, table: Table, wanted: tuple[str, ...], by: Values) -> list[Key]:
        """The wanted columns of the waiting rows that match `by`."""
        return columns_of(self._waiting_rows(table, find_plan(table, tuple(by)), by), wanted)

    def _waiting_rows(self, table: Table, plan: FindPlan, by: Values) -> Sequence[Row]:
        """The waiting rows that match `by`.

        Computed columns are matched by the stored columns that the database computes them from.
        """
        if table not in self._waiting:
            return ()
        names = plan.stored_names(by)
        rows = self._index((table, names)).get(tuple(by[name] for name in names), ())
        if rows and plan.is_wide:
            return [row for row in rows if all(row.get(n) == by[n] for n in plan.stored)]
        return rows

    def _index(self, look: _Look) -> dict[Key, list[Row]]:
        index = self._indexes.get(look)
        if index is None:
            index = self._indexes[look] = {}
            for row in self._waiting.get(look[0], ()):
                index.setdefault(tuple(map(row.get, look[1])), []).append(row)
        return index

    def _refers_to_waiting(self, plan: FindPlan, by: Values) -> bool:
        """Whether `by` has the key of a waiting row: then only waiting rows can refer to it."""
        for name, target in plan.references:
            if target in self._waiting and (by[name],) in self._index((target, ("id",))):
                return True
        return False

    # --- writing ----------------------------------------------------------------------------------

    def insert(self, table: Table, row: Values) -> int:
        """Adds a row to the waiting ones; returns its key, or 0 if the table has no keys."""
        made = dict(row)
        if "id" in table.c and "id" not in made:
            if table not in self._keys:
                with self._own_statements():
                    self._keys |= last_keys(self._connection, (table,))
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

    def _indexes_of(self, table: Table) -> Iterator[tuple[tuple[str, ...], dict[Key, list[Row]]]]:
        return ((by, index) for (of, by), index in self._indexes.items() if of is table)

    def flush(self) -> None:
        """Writes all waiting rows. Within an operation, its own rows can still be undone after."""
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
        # Many rows are written by a statement that can't be sent together with others.
        together = unanswered(self._connection) if self._are_few else nullcontext()
        insert = self._many.insert_few if self._are_few else self._many.insert
        tables = [table for table in _in_order() if rows.get(table)]
        keys = {table: self._keys[table] for table in tables if table in self._keys}
        with self._own_statements(), together:
            self._many.keep_last_keys(self._connection, keys)
            for table in tables:
                self._write_table(table, rows[table], insert)

    @contextmanager
    def _own_statements(self) -> Iterator[None]:
        """Prevents a flush before the buffer's own statements, which need no waiting rows."""
        before, self._is_executing = self._is_executing, True
        try:
            yield
        finally:
            self._is_executing = before

    def _write_table(self, table: Table, rows: list[Row], insert: Callable[..., None]) -> None:
        start = 0
        while start < len(rows):
            names = tuple(name for name in table.c.keys() if name in rows[start])  # noqa: SIM118
            end = start
            while end < len(rows) and len(rows[end]) == len(names):
                end += 1
            values = values_of(names)
            insert(self._connection, table, names, map(values, rows[start:end]))
            start = end

    def _forget(self) -> None:
        """Forgets the waiting rows after a write, and what was read of their tables before it."""
        for table in self._waiting:
            for look in [look for look in self._known if look[0] is table]:
                del self._known[look]
        self._waiting, self._indexes = {}, {}
        if self._mark is not None:
            self._mark = self._mark._replace(waiting={})

    def before_change(self, table: Table) -> None:
        """Prepares for an update or a deletion in this table: writes all waiting rows.

        Also clears the caches that the change may make wrong.
        """
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
        """Marks the start of an operation: `undo_operation` undoes what is written after."""
        waiting = {table: len(rows) for table, rows in self._waiting.items()}
        self._mark, self._has_savepoint = _Mark(waiting, dict(self._keys)), False

    def end_operation(self) -> None:
        """Ends the operation: its rows can no longer be undone by themselves."""
        if self._has_savepoint:
            self._connection.exec_driver_sql("RELEASE operation")
        self._mark, self._has_savepoint = None, False

    def undo_operation(self) -> None:
        """Undoes all that was written since the operation began, in the database and the buffer."""
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
    """Gives the connection a buffer; writes the rows that wait at the end of the block."""
    with _following(connection) as buffer:
        yield buffer
        buffer.flush()


@contextmanager
def gathered(connection: Connection) -> Iterator[None]:
    """Gives the connection a buffer for the few rows of a single write, if it waits for replies.

    The end of the block drops the rows that still wait, so call `write_waiting` before.
    """
    if many_rows(connection).is_remote:
        with _following(connection, are_few=True):
            yield
    else:
        yield


@contextmanager
def _following(connection: Connection, *, are_few: bool = False) -> Iterator[RowBuffer]:
    if not event.contains(connection, "before_execute", write_waiting):
        event.listen(connection, "before_execute", write_waiting)
    buffer = _buffers[connection] = RowBuffer(connection, are_few=are_few)
    try:
        yield buffer
    finally:
        del _buffers[connection]


def write_waiting(connection: Connection, *_: object) -> None:
    """Writes the waiting rows of this connection, if it has a buffer."""
    buffer = buffer_of(connection)
    if buffer is not None:
        buffer.flush()


def buffer_of(connection: Connection) -> RowBuffer | None:
    """The buffer of this connection, if it has one."""
    return _buffers.get(connection) if _buffers else None


@lru_cache(maxsize=1)
def _in_order() -> tuple[Table, ...]:
    """All tables, each after those that it refers to."""
    return tuple(SQLModel.metadata.sorted_tables)


def _add_rows(
    known: list[Row], names: tuple[str, ...], text: StatementText, rows: Sequence[Sequence[Any]]
) -> None:
    known += (dict(zip(names, text.converted(row), strict=True)) for row in rows)
