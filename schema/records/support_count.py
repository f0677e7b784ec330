"""How many supports are alike: kept with each write, so that numbers of supports cost little."""

from sqlmodel import Field, SQLModel

from schema.records.sql_types import BIG_INTEGER, TEXT


class SupportCount(SQLModel, table=True):
    """The number of supports with these values, which are those of the columns of a support.

    It stays where the number becomes 0. `schema.support_counts` keeps it.
    """

    __tablename__ = "support_count"

    # The values as one text, since a null differs from any other null in a key of several columns.
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


# The columns by which supports are counted.
COUNTED_BY = (
    *("kind", "phase", "attribution"),
    *("supporter_id", "recipient_id", "against_id", "conflict_id", "dataset_id"),
)
