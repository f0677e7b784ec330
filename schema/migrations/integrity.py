"""Checks that a database has the history triggers, keys and constraints of the migrations.

If a trigger is missing, disabled or replaced, the history of each write is lost without an error.
If a key or constraint is missing, nothing else rejects invalid rows.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import CheckConstraint, Connection, Inspector, Table, UniqueConstraint, inspect
from sqlmodel import SQLModel

from schema.migrations.triggers import expected_triggers, found_triggers


def trigger_faults(connection: Connection) -> Iterator[str]:
    """Yields the faults of history triggers. Recreating the triggers repairs each of them."""
    found = found_triggers(connection)
    for name, definition in expected_triggers(connection).items():
        named = [trigger for trigger in found if trigger.name == name]
        expected = _plain(definition, connection)
        same = [each for each in named if _plain(each.definition, connection) == expected]
        if not named:
            yield f"the trigger {name} is missing"
        elif not same:
            yield f"the trigger {name} was replaced by another"
        elif not any(trigger.is_enabled for trigger in same):
            yield f"the trigger {name} is disabled"


def constraint_faults(connection: Connection) -> Iterator[str]:
    """Yields the keys and constraints that are missing."""
    inspector = inspect(connection)
    found = _Found(inspector)
    for table in SQLModel.metadata.sorted_tables:
        if found.has(table):
            yield from (f"{table.name} has no {what}" for what in found.missing_of(table))
        else:
            yield f"the table {table.name} is missing"


def _plain(definition: str, connection: Connection) -> str:
    """Returns a definition without the parts that databases print differently."""
    schema = connection.dialect.default_schema_name or ""
    return re.sub(
        rf'[\s()"]|\b{re.escape(schema)}\.' if schema else r"[\s()]", "", definition
    ).lower()


Columns = tuple[str, ...]


class _Found:
    """The keys and constraints of all tables, read with a few queries."""

    def __init__(self, inspector: Inspector) -> None:
        self._keys = _by_table(inspector.get_multi_pk_constraint())
        self._unique = _by_table(inspector.get_multi_unique_constraints())
        self._indexes = _by_table(inspector.get_multi_indexes())
        self._foreign = _by_table(inspector.get_multi_foreign_keys())
        self._checks = _by_table(inspector.get_multi_check_constraints())
        self._columns = _by_table(inspector.get_multi_columns())

    def has(self, table: Table) -> bool:
        """Whether the database has the table."""
        return table.name in self._columns

    def missing_of(self, table: Table) -> Iterator[str]:
        """Yields descriptions of the table's missing keys and constraints."""
        if set(self._keys[table.name]["constrained_columns"]) != set(
            table.primary_key.columns.keys()
        ):
            yield "primary key"
        unique = self._unique_columns(table)
        foreign = {
            (tuple(each["constrained_columns"]), each["referred_table"])
            for each in self._foreign[table.name]
        }
        checks = {each["name"] for each in self._checks[table.name]}
        for constraint in table.constraints:
            columns = tuple(column.name for column in getattr(constraint, "columns", ()))
            if isinstance(constraint, UniqueConstraint) and frozenset(columns) not in unique:
                yield f"unique constraint on {', '.join(columns)}"
            is_check = isinstance(constraint, CheckConstraint) and constraint.name is not None
            if is_check and str(constraint.name) not in checks:
                yield f"check constraint {constraint.name}"
        for key in table.foreign_key_constraints:
            if (tuple(key.column_keys), key.referred_table.name) not in foreign:
                yield f"foreign key on {', '.join(key.column_keys)}"
        nullable = {each["name"]: each["nullable"] for each in self._columns[table.name]}
        for column in table.columns:
            if not column.nullable and column.computed is None and nullable.get(column.name, True):
                yield f"constraint NOT NULL on {column.name}"

    def _unique_columns(self, table: Table) -> set[frozenset[str]]:
        constraints = {frozenset(each["column_names"]) for each in self._unique[table.name]}
        indexes = {
            frozenset(name for name in each["column_names"] if name)
            for each in self._indexes[table.name]
            if each["unique"]
        }
        return constraints | indexes


def _by_table(found: Mapping[Any, Any]) -> dict[str, Any]:
    return {name: each for (_, name), each in found.items()}
