"""Seed keys: which record a data set's own name for it became.

Only the loader reads them. They let it find the same row again when a data set is loaded anew,
and know which rows are the data set's to change or to remove.
"""

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from schema.records.sql_types import BIG_INTEGER, TEXT


class SeedKey(SQLModel, table=True):
    """A data set calls one of its records by a key of its own."""

    __tablename__ = "seed_key"
    # A record belongs to one data set at most.
    __table_args__ = (UniqueConstraint("concept", "record_id"),)

    dataset_id: int = Field(foreign_key="dataset.id", primary_key=True, sa_type=BIG_INTEGER)
    concept: str = Field(primary_key=True, sa_type=TEXT)
    key: str = Field(primary_key=True, sa_type=TEXT)
    record_id: int = Field(sa_type=BIG_INTEGER)
