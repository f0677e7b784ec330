"""Changes to tables that SQLite can't alter: the table is made again, with the same rows.

https://www.sqlite.org/lang_altertable.html#otheralter. Names are those of our own tables.
"""

import re
from collections.abc import Mapping

from sqlalchemy import Connection, text


def replace_table(connection: Connection, table: str, optional: Mapping[str, bool]) -> None:
    """Lets columns of a SQLite table be null, or forbids it, by the names of the columns.

    Triggers are made after every migration. Foreign keys are off, so those that refer to the table
    refer to the new one.
    """
    quoted = connection.dialect.identifier_preparer.quote(table)
    found = (
        "SELECT sql FROM sqlite_master WHERE tbl_name = :table AND type = :type AND sql NOT NULL"
    )
    (made,) = connection.scalars(text(found), {"table": table, "type": "table"}).all()
    indexes = connection.scalars(text(found), {"table": table, "type": "index"}).all()
    names = ", ".join(_written_columns(connection, table))
    last_id = connection.scalar(
        text("SELECT seq FROM sqlite_sequence WHERE name = :table"), {"table": table}
    )
    connection.exec_driver_sql(f"CREATE TABLE rows_before AS SELECT {names} FROM {quoted}")
    connection.exec_driver_sql(f"DROP TABLE {quoted}")
    connection.exec_driver_sql(_with_optional(made, optional))
    connection.exec_driver_sql(f"INSERT INTO {quoted} ({names}) SELECT {names} FROM rows_before")
    connection.exec_driver_sql("DROP TABLE rows_before")
    for index in indexes:
        connection.exec_driver_sql(index)
    # An id that was given to a deleted row must not be given again.
    if last_id is not None:
        _set_sequence(connection, table, last_id)


def _with_optional(statement: str, optional: Mapping[str, bool]) -> str:
    for name, may_be_null in optional.items():
        pattern = rf"\b({name} [A-Z]+)( NOT NULL)?(?=,)"
        replaced = r"\1" if may_be_null else r"\1 NOT NULL"
        statement, count = re.subn(pattern, replaced, statement)
        if count != 1:
            raise LookupError(f"The table has no column {name} as expected: {statement}")
    return statement


def _written_columns(connection: Connection, table: str) -> list[str]:
    """Those that the database does not compute."""
    columns = connection.execute(
        text("SELECT name, hidden FROM pragma_table_xinfo(:table)"), {"table": table}
    )
    return [name for name, hidden in columns if not hidden]


def _set_sequence(connection: Connection, table: str, last_id: int) -> None:
    values = {"table": table, "last": last_id}
    connection.execute(text("DELETE FROM sqlite_sequence WHERE name = :table"), values)
    connection.execute(
        text("INSERT INTO sqlite_sequence (name, seq) VALUES (:table, :last)"), values
    )


def restart_ids(connection: Connection, table: str) -> None:
    """Lets new ids of a PostgreSQL table follow those that it has. SQLite does so by itself."""
    if connection.dialect.name == "postgresql":
        quoted = connection.dialect.identifier_preparer.quote(table)
        following = f"coalesce((SELECT max(id) FROM {quoted}_history), 0) + 1"
        connection.exec_driver_sql(
            f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), {following}, false)"
        )
