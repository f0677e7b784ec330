"""What data sets state about records that they do not own, such as Russia in two data sets.

Only the loader and the deletion of a data set read these tables. A record belongs to one data set
(`SeedKey`) or to a person; these tables have the other data sets that state it, and the items of
its lists that they state.
"""

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from schema.records.sql_types import BIG_INTEGER, TEXT


class SeedShare(SQLModel, table=True):
    """A record that a data set states, but another data set or a person owns."""

    __tablename__ = "seed_share"
    __table_args__ = (Index("ix_seed_share_record", "concept", "record_id"),)

    dataset_id: int = Field(foreign_key="dataset.id", primary_key=True, sa_type=BIG_INTEGER)
    concept: str = Field(primary_key=True, sa_type=TEXT)
    key: str = Field(primary_key=True, sa_type=TEXT)
    record_id: int = Field(sa_type=BIG_INTEGER)


class SeedItem(SQLModel, table=True):
    """An item of a list, such as an alias, that a data set states for a shared record.

    `item`: the known columns of the item, as JSON. `is_shared`: whether the owner of the record has
    the item too, so that it stays when this data set is removed.
    """

    __tablename__ = "seed_item"
    __table_args__ = (Index("ix_seed_item_record", "concept", "record_id"),)

    dataset_id: int = Field(foreign_key="dataset.id", primary_key=True, sa_type=BIG_INTEGER)
    concept: str = Field(primary_key=True, sa_type=TEXT)
    record_id: int = Field(primary_key=True, sa_type=BIG_INTEGER)
    list_name: str = Field(primary_key=True, sa_type=TEXT)
    item: str = Field(primary_key=True, sa_type=TEXT)
    is_shared: bool
