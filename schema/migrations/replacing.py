"""Alters SQLite tables in ways that ALTER TABLE cannot: recreates the table with its rows.

See https://www.sqlite.org/lang_altertable.html#otheralter. Table names come from the code.
"""

import re
from collections.abc import Mapping

from sqlalchemy import Connection, text


def replace_table(connection: Connection, table: str, optional: Mapping[str, bool]) -> None:
    """Allows or forbids null in columns of a SQLite table. `optional`: by column, whether allowed.

    The triggers are created after every migration. Foreign keys are off, so references to the table
    then refer to the new one.
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
    # The id of a deleted row must not be assigned again.
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
    """Returns the columns that are not computed."""
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
    """Lets PostgreSQL assign ids after the last one in the history. SQLite does that by itself."""
    if connection.dialect.name == "postgresql":
        quoted = connection.dialect.identifier_preparer.quote(table)
        following = f"coalesce((SELECT max(id) FROM {quoted}_history), 0) + 1"
        connection.exec_driver_sql(
            f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), {following}, false)"
        )
