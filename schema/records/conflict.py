"""Conflicts: the wars and armed conflicts within which support is given; with their codes."""

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from schema.records import columns
from schema.records.collection import Collection, Period
from schema.records.record import Record, Versioned
from schema.records.sql_types import BIG_INTEGER
from schema.vocabulary import CONFLICT_CODE_SCHEMES, CONFLICT_KINDS


class Conflict(Record, table=True):
    """An armed conflict within which support is given."""

    __collection__ = Collection(
        "conflicts",
        place=7,
        natural_key="slug",
        must_agree=("kind",),
        reference=("slug", "name"),
        example_fields="slug,name,kind",
        example_filters={"kind.in": "INTERSTATE,INTRASTATE"},
        period=Period(),
    )

    slug: str = columns.text(
        "Unique name for URLs: lower-case letters, digits and single hyphens.",
        limit=100,
        unique=True,
    )
    name: str = columns.text("Name in English.", limit=300, index=True)
    kind: str = columns.term(CONFLICT_KINDS, "Kind of conflict.", index=True)
    place: str | None = columns.text(
        "Where the conflict is fought, in words.", limit=300, default=None
    )
    started_on: str | None = columns.partial_date("Date on which the conflict began.", default=None)
    ended_on: str | None = columns.partial_date("Date on which the conflict ended.", default=None)
    note: str | None = columns.text(
        "Curator's note: additional information and its origin.", limit=2000, default=None
    )


class ConflictCode(Versioned, table=True):
    """A code of a conflict in an external code scheme."""

    __tablename__ = "conflict_code"
    __table_args__ = (UniqueConstraint("scheme", "value"),)

    conflict_id: int = Field(foreign_key="conflict.id", primary_key=True, sa_type=BIG_INTEGER)
    scheme: str = columns.term(
        CONFLICT_CODE_SCHEMES, "Code scheme, such as that of UCDP.", primary_key=True
    )
    value: str = columns.text("Code within the scheme.", limit=50, primary_key=True)
