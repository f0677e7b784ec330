"""Many rows in PostgreSQL: COPY, after which one statement writes their history."""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Dialect,
    Table,
    Text,
    func,
    literal,
    select,
    tuple_,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.exc import IntegrityError

from schema.writing.short_statements import run


class PostgreSQLRows:
    """The operations on many rows in PostgreSQL."""

    is_remote = True

    def insert(
        self,
        connection: Connection,
        table: Table,
        names: Sequence[str],
        rows: Iterable[tuple[Any, ...]],
    ) -> None:
        """Inserts rows by COPY."""
        quote = connection.dialect.identifier_preparer.quote
        columns = ", ".join(quote(name) for name in names)
        text = f"COPY {quote(table.name)} ({columns}) FROM STDIN"
        cursor = connection.connection.cursor()
        try:
            with cursor.copy(text) as copy:
                for row in rows:
                    copy.write_row(row)
        except connection.dialect.loaded_dbapi.IntegrityError as error:
            # SQLAlchemy raises this error for its own statements.
            raise IntegrityError(text, None, error) from error
        finally:
            cursor.close()

    def insert_few(
        self,
        connection: Connection,
        table: Table,
        names: Sequence[str],
        rows: Iterable[tuple[Any, ...]],
    ) -> None:
        """Inserts rows one by one, because a pipeline with other statements cannot contain COPY."""
        text = _insert(connection.dialect, table, tuple(names))
        for row in rows:
            run(connection, text, row)

    def among(
        self, columns: Sequence[Column[Any]], values: Sequence[tuple[Any, ...]]
    ) -> ColumnElement[bool]:
        """Binds an array for each column: PostgreSQL plans a list of rows as many conditions."""
        arrays = (
            literal([value[place] for value in values], _array(column))
            for place, column in enumerate(columns)
        )
        given = func.unnest(*arrays).table_valued(*(each.name for each in columns)).render_derived()
        return tuple_(*columns).in_(select(*given.c))

    def last_keys_text(self, tables: Sequence[Table]) -> str:
        """Reads the last values of the sequences."""
        last = "coalesce(pg_sequence_last_value({}::regclass), 0)"
        return "SELECT " + ", ".join(last.format(_sequence(table)) for table in tables)

    def keep_last_keys(self, connection: Connection, keys: Mapping[Table, int]) -> None:
        """Sets the sequences, which do not advance when rows are inserted with keys."""
        if keys:
            calls = ", ".join(f"setval({_sequence(table)}, %s)" for table in keys)
            run(connection, f"SELECT {calls}", tuple(keys.values()))


def _array(column: Column[Any]) -> ARRAY[Any]:
    # An array type cannot have the collation of the column.
    return ARRAY(Text() if isinstance(column.type, Text) else column.type)


def _sequence(table: Table) -> str:
    return f"pg_get_serial_sequence('{table.name}', 'id')"


@lru_cache(maxsize=64)
def _insert(dialect: Dialect, table: Table, names: tuple[str, ...]) -> str:
    quote = dialect.identifier_preparer.quote
    columns, values = ", ".join(map(quote, names)), ", ".join(["%s"] * len(names))
    return f"INSERT INTO {quote(table.name)} ({columns}) VALUES ({values})"
