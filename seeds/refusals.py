"""Reports constraint violations as errors of the data set, the same on both databases."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import MappingProxyType

from sqlalchemy import UniqueConstraint
from sqlalchemy.exc import IntegrityError
from sqlmodel import SQLModel

import schema.records  # noqa: F401 - puts the tables into the metadata
from seeds.source import Description, SeedError


@contextmanager
def refusals_told(description: Description) -> Iterator[None]:
    """Raises SeedError for an IntegrityError of the database."""
    try:
        yield
    except IntegrityError as error:
        message = f"The database refuses it: {_violation(error)}."
        raise SeedError(message, file=description.file) from error


def _violation(error: IntegrityError) -> str:
    """Returns the violated constraint with its columns.

    SQLite's message names the columns. PostgreSQL's names the constraint, so the columns are looked
    up.
    """
    diagnosis = getattr(error.orig, "diag", None)
    columns = _UNIQUE.get(diagnosis.constraint_name) if diagnosis else None
    return f"UNIQUE constraint failed: {columns}" if columns else str(error.orig).splitlines()[0]


def _unique_columns() -> Iterator[tuple[str, str]]:
    """Yields the names of constraints, each with its columns."""
    for table in SQLModel.metadata.tables.values():
        key = ", ".join(map(str, table.primary_key))
        yield f"{table.name}_pkey", key
        for constraint in table.constraints:
            if isinstance(constraint, UniqueConstraint):
                yield str(constraint.name), ", ".join(map(str, constraint.columns))


_UNIQUE: Mapping[str, str] = MappingProxyType(dict(_unique_columns()))
