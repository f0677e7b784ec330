"""Former names: the ids and slugs that records had before they were merged or renamed.

A former name leads to the record that has it now, and is never given to another. Where that record
is deleted, it leads to nothing.
"""

from sqlalchemy import Index
from sqlmodel import Field

from schema.records.record import Versioned
from schema.records.sql_types import BIG_INTEGER, TEXT


def _integer() -> dict[str, bool]:
    """SQLite would take the key to be one that it assigns."""
    return {"autoincrement": False}


class FormerSlug(Versioned, table=True):
    """A slug that a record had, or that a record had which is part of it now."""

    __tablename__ = "former_slug"
    __table_args__ = (Index("ix_former_slug_record", "record_type", "record_id"),)

    # The name of its table.
    record_type: str = Field(primary_key=True, sa_type=TEXT)
    slug: str = Field(primary_key=True, sa_type=TEXT)
    record_id: int = Field(sa_type=BIG_INTEGER)


class FormerId(Versioned, table=True):
    """The id of a record that is part of another one now."""

    __tablename__ = "former_id"
    __table_args__ = (Index("ix_former_id_record", "record_type", "record_id"),)

    record_type: str = Field(primary_key=True, sa_type=TEXT)
    id: int = Field(primary_key=True, sa_type=BIG_INTEGER, sa_column_kwargs=_integer())
    record_id: int = Field(sa_type=BIG_INTEGER)
