"""Former names: the ids and slugs that records had before they were merged or renamed.

A former name resolves to the record that took it over, and is never assigned to another. If that
record is deleted, the name resolves to nothing.
"""

from sqlalchemy import Index
from sqlmodel import Field

from schema.records.record import Versioned
from schema.records.sql_types import BIG_INTEGER, TEXT


def _integer() -> dict[str, bool]:
    """Stops SQLite from assigning the key itself."""
    return {"autoincrement": False}


class FormerSlug(Versioned, table=True):
    """A former slug of a record, or of a record that was merged into it."""

    __tablename__ = "former_slug"
    __table_args__ = (Index("ix_former_slug_record", "record_type", "record_id"),)

    # The name of the record's table.
    record_type: str = Field(primary_key=True, sa_type=TEXT)
    slug: str = Field(primary_key=True, sa_type=TEXT)
    record_id: int = Field(sa_type=BIG_INTEGER)


class FormerId(Versioned, table=True):
    """The id of a record that was merged into another one."""

    __tablename__ = "former_id"
    __table_args__ = (Index("ix_former_id_record", "record_type", "record_id"),)

    record_type: str = Field(primary_key=True, sa_type=TEXT)
    id: int = Field(primary_key=True, sa_type=BIG_INTEGER, sa_column_kwargs=_integer())
    record_id: int = Field(sa_type=BIG_INTEGER)
