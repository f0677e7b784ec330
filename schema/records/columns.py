"""Declares a field of a record: its type, its description and its limits, in one line.

Each function here creates one column and stores its meaning in the column's `info`. Types, filters,
orders, REST parameters and documentation are derived from that meaning alone.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import Boolean, Column, Integer, Table, event, false
from sqlmodel import Field, SQLModel

from schema.records.derived import DERIVED_COLUMNS
from schema.records.sql_types import BIG_INTEGER, TEXT
from schema.vocabulary import Vocabulary


class Scalar(StrEnum):
    """The kinds of value a field can hold. Each has a GraphQL type and a set of operators."""

    ID = "ID"
    TEXT = "TEXT"
    TERM = "TERM"
    INTEGER = "INTEGER"
    BOOLEAN = "BOOLEAN"
    DATE = "DATE"
    DECIMAL = "DECIMAL"
    TIME = "TIME"


@dataclass(frozen=True)
class ColumnGroup:
    """Columns that form one object, such as a quantity.

    `name` is one word: the name of the object in both APIs, and the prefix of its columns.
    """

    name: str
    description: str


@dataclass(frozen=True)
class Meaning:
    """What a column means to a client.

    `group` is the object a column is a part of (`quantity`), `target` the table that a to-one
    column points at, `vocabulary` the terms it can hold, `limit` the maximum
    length of a text in characters.
    """

    scalar: Scalar
    description: str
    group: ColumnGroup | None = None
    target: str | None = None
    vocabulary: Vocabulary | None = None
    limit: int | None = None


def column_of(
    meaning: Meaning,
    sql_type: Any,
    *,
    autoincrement: Any = "auto",
    server_default: Any = None,
    **options: Any,
) -> Any:
    """Returns a field whose column carries its meaning.

    `server_default`: the value that a migration writes into existing rows.
    """
    extra = {
        "info": {"meaning": meaning},
        "autoincrement": autoincrement,
        "server_default": server_default,
    }
    return Field(sa_type=sql_type, sa_column_kwargs=extra, **options)


def identity(description: str) -> Any:
    """The primary key: assigned by the database and never reused."""
    return column_of(Meaning(Scalar.ID, description), BIG_INTEGER, default=None, primary_key=True)


def text(
    description: str, *, limit: int = 500, group: ColumnGroup | None = None, **options: Any
) -> Any:
    """Text of at most `limit` characters."""
    meaning = Meaning(Scalar.TEXT, description, group=group, limit=limit)
    return column_of(meaning, TEXT, **options)


def term(
    vocabulary: Vocabulary, description: str, *, group: ColumnGroup | None = None, **options: Any
) -> Any:
    """A term of a vocabulary, stored as its code."""
    meaning = Meaning(Scalar.TERM, description, group=group, vocabulary=vocabulary)
    return column_of(meaning, TEXT, **options)


def integer(description: str, *, group: ColumnGroup | None = None, **options: Any) -> Any:
    """A 32-bit integer. The writer assigns it, even if it is a key."""
    meaning = Meaning(Scalar.INTEGER, description, group=group)
    return column_of(meaning, Integer, autoincrement=False, **options)


def boolean(description: str, *, group: ColumnGroup | None = None, **options: Any) -> Any:
    """True or false."""
    return column_of(Meaning(Scalar.BOOLEAN, description, group=group), Boolean, **options)


def flag(description: str) -> Any:
    """True or false; false by default, also in rows that exist before the migration."""
    meaning = Meaning(Scalar.BOOLEAN, description)
    kwargs = {"info": {"meaning": meaning}, "server_default": false()}
    return Field(default=False, sa_type=Boolean, sa_column_kwargs=kwargs)


def time(description: str, **options: Any) -> Any:
    """A time in UTC, as ISO 8601 text that ends in Z."""
    return column_of(Meaning(Scalar.TIME, description), TEXT, **options)


def partial_date(description: str, *, group: ColumnGroup | None = None, **options: Any) -> Any:
    """A date of reduced precision (EDTF), with derived columns for its earliest and latest day."""
    return column_of(Meaning(Scalar.DATE, description, group=group), TEXT, **options)


def decimal(description: str, *, group: ColumnGroup | None = None, **options: Any) -> Any:
    """An exact decimal as text, with a derived column for its magnitude."""
    return column_of(Meaning(Scalar.DECIMAL, description, group=group), TEXT, **options)


def to_one(table: str, description: str, **options: Any) -> Any:
    """A reference to one record of another table."""
    meaning = Meaning(Scalar.ID, description, target=table)
    return column_of(meaning, BIG_INTEGER, foreign_key=f"{table}.id", **options)


def meaning_of(column: Column[Any]) -> Meaning | None:
    """Returns the meaning of a column for clients; None for internal columns."""
    meaning: Meaning | None = column.info.get("meaning")
    return meaning


@event.listens_for(Column, "after_parent_attach")
def _derive_columns(column: Column[Any], parent: object) -> None:
    """Adds to each date and each decimal the columns that filters and orders compare."""
    meaning = meaning_of(column)
    # A copy of a table, as Alembic makes, already has copies of these columns.
    if meaning and isinstance(parent, Table) and parent.metadata is SQLModel.metadata:
        for derived in DERIVED_COLUMNS.get(meaning.scalar, ()):
            parent.append_column(derived.of(column.name))
