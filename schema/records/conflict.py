"""Conflicts: the wars and armed conflicts within which support is given."""

from schema.records import columns
from schema.records.collection import Collection
from schema.records.record import Record
from schema.vocabulary import CONFLICT_KINDS


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
    )

    slug: str = columns.text(
        "Unique name for URLs: lower-case letters, digits and single hyphens.",
        limit=100,
        unique=True,
    )
    name: str = columns.text("Name in English.", limit=300, index=True)
    kind: str = columns.term(CONFLICT_KINDS, "Kind of conflict.", index=True)
    location: str | None = columns.text(
        "Where the conflict is fought, in words.", limit=300, default=None
    )
    started_on: str | None = columns.partial_date("Date on which the conflict began.", default=None)
    ended_on: str | None = columns.partial_date("Date on which the conflict ended.", default=None)
    note: str | None = columns.text(
        "Curator's note: additional information and its origin.", limit=2000, default=None
    )
