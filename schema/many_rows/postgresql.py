"""Many rows in PostgreSQL: COPY, which also makes their history by one statement."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Table,
    Text,
    cast,
    func,
    literal,
    select,
    tuple_,
)
from sqlalchemy.dialects.postgresql import ARRAY, REGCLASS
from sqlalchemy.exc import IntegrityError


class PostgreSQLRows:
    """How PostgreSQL takes them."""

    def insert(
        self,
        connection: Connection,
        table: Table,
        names: Sequence[str],
        rows: Iterable[tuple[Any, ...]],
    ) -> None:
        """By COPY."""
        quote = connection.dialect.identifier_preparer.quote
        columns = ", ".join(quote(name) for name in names)
        text = f"COPY {quote(table.name)} ({columns}) FROM STDIN"
        cursor = connection.connection.cursor()
        try:
            with cursor.copy(text) as copy:
                for row in rows:
                    copy.write_row(row)
        except connection.dialect.loaded_dbapi.IntegrityError as error:
            # As SQLAlchemy reports it for its own statements.
            raise IntegrityError(text, None, error) from error
        finally:
            cursor.close()

    def among(
        self, columns: Sequence[Column[Any]], values: Sequence[tuple[Any, ...]]
    ) -> ColumnElement[bool]:
        """As arrays: a list of row values would be planned as a condition for each of them."""
        arrays = (
            literal([value[place] for value in values], _array(column))
            for place, column in enumerate(columns)
        )
        given = func.unnest(*arrays).table_valued(*(each.name for each in columns)).render_derived()
        return tuple_(*columns).in_(select(*given.c))

    def last_key(self, connection: Connection, table: Table) -> int:
        """The last value of the sequence."""
        last = func.pg_sequence_last_value(cast(_sequence(table), REGCLASS))
        return connection.scalar(select(last)) or 0

    def keep_last_key(self, connection: Connection, table: Table, key: int) -> None:
        """Sets the sequence, which does not note the keys that rows bring."""
        connection.execute(select(func.setval(_sequence(table), key)))


def _array(column: Column[Any]) -> ARRAY[Any]:
    # Without the collation of the column, which an array type can't have.
    return ARRAY(Text() if isinstance(column.type, Text) else column.type)


def _sequence(table: Table) -> ColumnElement[str]:
    return func.pg_get_serial_sequence(table.name, "id", type_=Text())
