"""Counts of similar supports, updated with each write, so that reading numbers is fast."""

from sqlmodel import Field, SQLModel

from schema.records.sql_types import BIG_INTEGER, TEXT


class SupportCount(SQLModel, table=True):
    """The number of supports that share these values, which are columns of a support.

    The row stays if the number becomes 0. `schema.writing.support_counts` updates it.
    """

    __tablename__ = "support_count"

    # All values as one text, because in a unique key of several columns each null is distinct.
    alike: str = Field(primary_key=True, sa_type=TEXT)
    kind: str = Field(sa_type=TEXT, index=True)
    phase: str = Field(sa_type=TEXT)
    attribution: str = Field(sa_type=TEXT)
    supporter_id: int | None = Field(default=None, sa_type=BIG_INTEGER, index=True)
    recipient_id: int | None = Field(default=None, sa_type=BIG_INTEGER, index=True)
    against_id: int | None = Field(default=None, sa_type=BIG_INTEGER)
    conflict_id: int | None = Field(default=None, sa_type=BIG_INTEGER)
    dataset_id: int | None = Field(default=None, sa_type=BIG_INTEGER)
    supports: int = Field(sa_type=BIG_INTEGER)


# The columns that the counted supports share.
COUNTED_BY = (
    *("kind", "phase", "attribution"),
    *("supporter_id", "recipient_id", "against_id", "conflict_id", "dataset_id"),
)
