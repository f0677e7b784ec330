"""Supports: one actor helps another with one kind of thing."""

from sqlalchemy import Index

from schema.records import columns
from schema.records.collection import Collection
from schema.records.quantity import Quantified
from schema.records.record import Record
from schema.vocabulary import SUPPORT_KINDS, SUPPORT_PHASES


class Support(Quantified, Record, table=True):
    """One actor helps another with one kind of thing."""

    __collection__ = Collection(
        "supports",
        place=1,
        identified_by=("supporter", "recipient", "against", "kind", "phase", "startedOn"),
        example_fields="kind,supporter.name,evidence.statement.text",
        example_filters={
            "kind.in": "DRONES,MISSILES",
            "kind.under": "MILITARY",
            "recipient.slug": "russia",
            "supporter.slug": "iran",
            "startedOn.gte": "2024",
        },
    )

    __table_args__ = (
        # A filter by kind, giver or receiver, by id or by date, reads its page and no row more.
        Index("ix_support_kind_id", "kind", "id"),
        Index("ix_support_supporter_id", "supporter_id", "id"),
        Index("ix_support_recipient_id", "recipient_id", "id"),
        Index("ix_support_kind", "kind", "started_on_earliest", "id"),
        Index("ix_support_supporter", "supporter_id", "started_on_earliest", "id"),
        Index("ix_support_recipient", "recipient_id", "started_on_earliest", "id"),
        Index("ix_support_started_on", "started_on_earliest", "id"),
        {"sqlite_autoincrement": True},
    )

    supporter_id: int = columns.to_one("actor", "Who gives the support.")
    recipient_id: int = columns.to_one("actor", "Who receives it.")
    against_id: int | None = columns.to_one(
        "actor", "Against whom it is directed.", default=None, index=True
    )
    kind: str = columns.term(SUPPORT_KINDS, "What the support consists of.")
    phase: str = columns.term(SUPPORT_PHASES, "How far it has come.", index=True)
    summary: str | None = columns.text("The support in a sentence.", limit=2000, default=None)
    place: str | None = columns.text("Where it takes place.", limit=300, default=None)
    started_on: str | None = columns.partial_date("When it began.", default=None)
    ended_on: str | None = columns.partial_date("When it ended.", default=None)
    in_return_for_id: int | None = columns.to_one(
        "support", "The support this one repays.", default=None, index=True
    )
    dataset_id: int | None = columns.to_one(
        "dataset", "The data set it came from.", default=None, index=True
    )
    source_category: str | None = columns.text(
        "What the data set calls this kind of support.", limit=300, default=None
    )
    note: str | None = columns.text(
        "What the curator added, and from where.", limit=2000, default=None
    )
