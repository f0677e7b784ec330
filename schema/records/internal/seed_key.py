"""Seed keys: the record into which each key of a data set was loaded.

Only the loader reads them. They identify the row to update when a data set is loaded again, and the
rows that the data set owns and may update or delete.
"""

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from schema.records.sql_types import BIG_INTEGER, TEXT


class SeedKey(SQLModel, table=True):
    """The key of a record within the data set that it was loaded from."""

    __tablename__ = "seed_key"
    # At most one data set owns a record.
    __table_args__ = (UniqueConstraint("concept", "record_id"),)

    dataset_id: int = Field(foreign_key="dataset.id", primary_key=True, sa_type=BIG_INTEGER)
    concept: str = Field(primary_key=True, sa_type=TEXT)
    key: str = Field(primary_key=True, sa_type=TEXT)
    record_id: int = Field(sa_type=BIG_INTEGER)
