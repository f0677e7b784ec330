"""The triggers that write history. They are recreated after every migration, from the tables.

`description.py` says what they do. The file of each database has the SQL that differs, and
`wording.py` the SQL that both share. Table names come from the code.
"""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

from sqlalchemy import Connection, inspect

from schema.migrations.triggers.description import statements
from schema.migrations.triggers.kept_table import KeptTable
from schema.migrations.triggers.postgresql import PostgreSQLWording
from schema.migrations.triggers.sqlite import SQLiteWording
from schema.migrations.triggers.wording import PREFIX, Wording
from schema.records.history import FROM_REVISION, UNTIL_REVISION
from schema.relations import PARTS

__all__ = [
    "PREFIX",
    "FoundTrigger",
    "create_triggers",
    "drop_triggers",
    "expected_triggers",
    "found_triggers",
]


class FoundTrigger(NamedTuple):
    """A trigger found in a database."""

    name: str
    table: str
    definition: str
    is_enabled: bool


_SUFFIX = "_history"
_KEPT_BY_ITSELF = frozenset({FROM_REVISION, UNTIL_REVISION})
_WORDINGS: Mapping[str, Wording] = MappingProxyType(
    {"sqlite": SQLiteWording(), "postgresql": PostgreSQLWording()}
)


def drop_triggers(connection: Connection) -> None:
    """Drops all history triggers, because a table with triggers cannot be altered."""
    wording = _WORDINGS[connection.dialect.name]
    quote = connection.dialect.identifier_preparer.quote
    for trigger in found_triggers(connection):
        connection.exec_driver_sql(wording.drop(quote(trigger.name), quote(trigger.table)))
    for name in connection.exec_driver_sql(wording.find).scalars().all():
        if name.startswith(PREFIX):
            connection.exec_driver_sql(wording.drop_function(quote(name)))


def create_triggers(connection: Connection) -> None:
    """Creates the triggers of every table that has a history."""
    for statement in _statements(connection):
        connection.exec_driver_sql(statement)


def expected_triggers(connection: Connection) -> dict[str, str]:
    """Returns the definitions that `create_triggers` uses, by the names of the triggers."""
    return _WORDINGS[connection.dialect.name].definitions(_statements(connection))


def found_triggers(connection: Connection) -> list[FoundTrigger]:
    """Returns the triggers in the database whose names have the prefix."""
    rows = connection.exec_driver_sql(_WORDINGS[connection.dialect.name].read).all()
    return [
        FoundTrigger(name, table, definition, bool(is_enabled))
        for name, table, definition, is_enabled in rows
        if name.startswith(PREFIX)
    ]


def _statements(connection: Connection) -> Iterator[str]:
    wording = _WORDINGS[connection.dialect.name]
    tables = {table.name: table for table in _tables(connection)}
    for table in tables.values():
        owner, near = PARTS.get(table.name, ("", ""))
        yield from statements(wording, table, tables.get(owner), near)


def _tables(connection: Connection) -> Iterator[KeptTable]:
    inspector = inspect(connection)
    for history in inspector.get_table_names():
        if history.endswith(_SUFFIX):
            columns = [c["name"] for c in inspector.get_columns(history) if "computed" not in c]
            table = history.removesuffix(_SUFFIX)
            constrained = inspector.get_pk_constraint(history)["constrained_columns"]
            key = tuple(name for name in constrained if name not in _KEPT_BY_ITSELF)
            yield KeptTable(
                table,
                history,
                tuple(name for name in columns if name not in _KEPT_BY_ITSELF),
                key,
                is_record=key == ("id",) and table not in PARTS,
            )
