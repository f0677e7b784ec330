"""Reads and writes records row by row, through the buffer of the connection if it has one.

`by` is the condition of a row: values by column name, where None matches null.
"""

from typing import Any

from sqlalchemy import Connection, Table

from schema.rows import Row, Values
from schema.writing.changed_records import changed_records
from schema.writing.drafts import written_columns
from service.writing.rows.buffer import buffer_of
from service.writing.rows.statement_texts import (
    bound,
    delete_text,
    insert_text,
    select_text,
    shape_of,
    update_text,
)


def find_rows(
    connection: Connection, table: Table, wanted: tuple[str, ...], by: Values, most: int = -1
) -> list[tuple[Any, ...]]:
    """The wanted columns of the rows that match `by`; at most `most` rows, or all for -1."""
    buffer = buffer_of(connection)
    found = None if buffer is None else buffer.find(table, wanted, by)
    if found is None:
        text = select_text(connection.dialect, table, wanted, shape_of(by), most)
        found = text.run(connection, bound(by))
        if buffer is not None:
            found += buffer.waiting(table, wanted, by)
    return found[:most] if 0 <= most < len(found) else found


def find_value(connection: Connection, table: Table, wanted: str, by: Values) -> Any:
    """One column of a row that matches `by`; None if no row does."""
    found = find_rows(connection, table, (wanted,), by, 1)
    return found[0][0] if found else None


def read_row(connection: Connection, table: Table, key: int) -> Row | None:
    """The id and the written columns of the record with this key; None if there is none."""
    names = ("id", *written_columns(table))
    rows = find_rows(connection, table, names, {"id": key})
    return dict(zip(names, rows[0], strict=True)) if rows else None


def insert_row(connection: Connection, table: Table, row: Values) -> int:
    """Inserts a row; returns the key that it got, or 0 if it got none."""
    buffer = buffer_of(connection)
    if buffer is not None:
        key = buffer.insert(table, row)
    else:
        made = insert_text(connection.dialect, table, tuple(row)).run(connection, row)
        key = made[0][0] if made else 0
    changed_records(connection).inserted(table, row, key)
    return key


def update_rows(connection: Connection, table: Table, changes: Values, by: Values) -> None:
    """Sets the rows that match `by` to the values in `changes`."""
    _before_change(connection, table)
    text = update_text(connection.dialect, table, tuple(sorted(changes)), shape_of(by))
    text.run(connection, {**changes, **bound(by)})
    changed_records(connection).updated(table, changes, by)


def delete_rows(connection: Connection, table: Table, by: Values) -> None:
    """Deletes the rows that match `by`."""
    _before_change(connection, table)
    delete_text(connection.dialect, table, shape_of(by)).run(connection, bound(by))
    changed_records(connection).deleted(table, by)


def _before_change(connection: Connection, table: Table) -> None:
    buffer = buffer_of(connection)
    if buffer is not None:
        buffer.before_change(table)
