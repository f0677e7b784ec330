"""The triggers that write history: made anew after every migration, from the tables as they are.

What they do stands in `description.py`, once. How a database writes it stands in its own file, and
what both read alike in `wording.py`. Names are those of our own tables.
"""

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from sqlalchemy import Connection, inspect

from schema.migrations.triggers.description import statements
from schema.migrations.triggers.kept_table import KeptTable
from schema.migrations.triggers.postgresql import PostgreSQLWording
from schema.migrations.triggers.sqlite import SQLiteWording
from schema.migrations.triggers.wording import PREFIX, Wording
from schema.records.history import FROM_REVISION, UNTIL_REVISION
from schema.relations import PARTS

__all__ = ["PREFIX", "create_triggers", "drop_triggers"]

_SUFFIX = "_history"
_KEPT_BY_ITSELF = frozenset({FROM_REVISION, UNTIL_REVISION})
_WORDINGS: Mapping[str, Wording] = MappingProxyType(
    {"sqlite": SQLiteWording(), "postgresql": PostgreSQLWording()}
)


def drop_triggers(connection: Connection) -> None:
    """Removes every trigger of ours: tables can't be altered beneath them."""
    wording = _WORDINGS[connection.dialect.name]
    names = connection.exec_driver_sql(wording.find).scalars().all()
    for name in names:
        if name.startswith(PREFIX):
            connection.exec_driver_sql(wording.drop(name))


def create_triggers(connection: Connection) -> None:
    """Makes the triggers of every table that has a history."""
    wording = _WORDINGS[connection.dialect.name]
    tables = {table.name: table for table in _tables(connection)}
    for table in tables.values():
        owner, near = PARTS.get(table.name, ("", ""))
        for statement in statements(wording, table, tables.get(owner), near):
            connection.exec_driver_sql(statement)


def _tables(connection: Connection) -> Iterator[KeptTable]:
    inspector = inspect(connection)
    for history in inspector.get_table_names():
        if history.endswith(_SUFFIX):
            columns = [c["name"] for c in inspector.get_columns(history) if "computed" not in c]
            key = inspector.get_pk_constraint(history)["constrained_columns"]
            yield KeptTable(
                history.removesuffix(_SUFFIX),
                history,
                tuple(name for name in columns if name not in _KEPT_BY_ITSELF),
                tuple(name for name in key if name not in _KEPT_BY_ITSELF),
            )
