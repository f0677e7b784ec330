"""Coverage: where a data set looked, so that finding nothing there is an observed zero."""

from sqlalchemy import Index

from schema.records import columns
from schema.records.collection import EVERYTHING, Collection, Period
from schema.records.record import Record
from schema.vocabulary import COVERAGE_ROLES


class Coverage(Record, table=True):
    """An actor and a period that a data set looked at, with one actor or all at the other end.

    A data set without any looked at every actor of its scope from its `coversFrom` to its
    `coversUntil`.
    """

    __collection__ = Collection(
        "coverage",
        place=9,
        identified_by=("dataset", "actor", "role", "counterpart", "coversFrom", "coversUntil"),
        distinct_by=(EVERYTHING,),
        example_fields="dataset.slug,actor.slug,role,counterpart.slug,coversFrom,coversUntil",
        example_filters={"role": "AS_RECIPIENT"},
        # The plural equals the singular.
        has_lookup=False,
        needs_admin=True,
        period=Period("coversFrom", "coversUntil", dataset="dataset", is_coverage=True),
    )

    __table_args__ = (
        Index("ix_coverage_dataset_id_actor_id", "dataset_id", "actor_id"),
        {"sqlite_autoincrement": True},
    )

    dataset_id: int = columns.to_one("dataset", "Data set that looked.")
    actor_id: int = columns.to_one("actor", "Actor that it looked at.", index=True)
    role: str = columns.term(COVERAGE_ROLES, "Role in which it looked at the actor.")
    counterpart_id: int | None = columns.to_one(
        "actor",
        "Actor at the other end that it looked at; null if it looked at all.",
        default=None,
        index=True,
    )
    covers_from: str | None = columns.partial_date(
        "First date that it looked at; null if it is that of the data set.", default=None
    )
    covers_until: str | None = columns.partial_date(
        "Last date that it looked at; null if it is that of the data set.", default=None
    )
