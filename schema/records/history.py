"""History: for each table, a second table with every version of its rows.

A version is valid from the revision that wrote it until the revision that replaced it or deleted
the row. The tables themselves hold current rows only, so queries of current data never read past
versions. Triggers fill the history tables (`schema/migrations/triggers/`), so no writer can bypass
them.
"""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

from sqlalchemy import BigInteger, Column, Computed, Index, Table, UniqueConstraint
from sqlmodel import SQLModel

from schema.records.record import Versioned
from schema.records.sql_types import TEXT

FROM_REVISION = "from_revision"
UNTIL_REVISION = "until_revision"

# The value of `until_revision` in the current version of a row.
STILL = 2**63 - 1


def is_kept(column: Column[Any]) -> bool:
    """Whether history has the column: all columns except those that only the loader reads."""
    return bool(column.info.get("kept", True))


def kept_columns(table: Table) -> tuple[Column[Any], ...]:
    """Returns the columns that the triggers write, without computed ones."""
    return tuple(c for c in table.columns if is_kept(c) and c.computed is None)


def _history_of(table: Table) -> Table:
    made = Table(f"{table.name}_history", table.metadata, *_columns(table))
    for index in table.indexes:
        _mirror(made, *(column.name for column in index.columns), **index.dialect_kwargs)
    for constraint in table.constraints:
        if isinstance(constraint, UniqueConstraint):
            _mirror(made, *(column.name for column in constraint.columns))
    # Finds the rows that a revision wrote, in the order in which changes are listed.
    first, *_ = (column.name for column in table.primary_key)
    _mirror(made, FROM_REVISION, first)
    return made


def _columns(table: Table) -> Iterator[Column[Any]]:
    for column in table.columns:
        if is_kept(column):
            computed = (Computed(column.computed.sqltext),) if column.computed is not None else ()
            default = column.server_default if column.computed is None else None
            yield Column(
                column.name,
                column.type,
                *computed,
                server_default=default,
                nullable=column.nullable,
                primary_key=column.primary_key,
                autoincrement=False,
            )
    yield Column(FROM_REVISION, BigInteger, primary_key=True, autoincrement=False)
    yield Column(UNTIL_REVISION, BigInteger, nullable=False)


def _mirror(history: Table, *names: str, **of_databases: Any) -> None:
    columns = (history.c[name] for name in names)
    Index(f"ix_{history.name}_{'_'.join(names)}", *columns, **of_databases)


def _versioned(base: type[Versioned]) -> Iterator[Table]:
    """Yields the tables of a class's subclasses, at all levels."""
    for each in base.__subclasses__():
        if hasattr(each, "__table__"):
            yield each.__table__
        yield from _versioned(each)


# The history of each table of records or of their parts, by the name of the table.
HISTORY: Mapping[str, Table] = MappingProxyType(
    {table.name: _history_of(table) for table in _versioned(Versioned)}
)

# Deleted records by revision, because searching all ended versions for them would be slow.
TOMBSTONES = Table(
    "tombstone",
    SQLModel.metadata,
    Column("kind", TEXT, primary_key=True),
    Column("revision", BigInteger, primary_key=True, autoincrement=False),
    Column("id", BigInteger, primary_key=True, autoincrement=False),
)
