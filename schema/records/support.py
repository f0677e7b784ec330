"""Supports: help of one kind that one actor gives to another; with who may have given it."""

from sqlalchemy import Index, text
from sqlmodel import Field

from schema.records import columns
from schema.records.collection import EVERYTHING, Collection, Period
from schema.records.quantity import Quantified
from schema.records.record import Record, Versioned
from schema.records.sql_types import BIG_INTEGER
from schema.vocabulary import ATTRIBUTIONS, SUPPORT_KINDS, SUPPORT_PHASES

# Few supports have candidates, so an index of these alone is small.
_IS_POSSIBLE = text("attribution = 'SOME_OF'")


class Support(Quantified, Record, table=True):
    """Support of one kind that one actor gives to another."""

    __collection__ = Collection(
        "supports",
        place=1,
        identified_by=("supporter", "recipient", "against", "kind", "phase", "startedOn"),
        distinct_by=(("dataset", "sourceKey"), EVERYTHING),
        example_fields="kind,supporter.name,evidence.statement.text",
        example_filters={
            "kind.in": "DRONES,TROOPS",
            "kind.under": "MILITARY",
            "recipient.slug": "russia",
            "supporter.slug": "north-korea",
            "startedOn.gte": "2024",
        },
        period=Period(
            start_censored="startCensored", end_censored="endCensored", dataset="dataset"
        ),
    )

    __table_args__ = (
        # A filter by kind, supporter or recipient, sorted by id or by date, reads only its page.
        Index("ix_support_kind_id", "kind", "id"),
        Index("ix_support_supporter_id", "supporter_id", "id"),
        Index("ix_support_recipient_id", "recipient_id", "id"),
        Index("ix_support_kind", "kind", "started_on_earliest", "id"),
        Index("ix_support_supporter", "supporter_id", "started_on_earliest", "id"),
        Index("ix_support_recipient", "recipient_id", "started_on_earliest", "id"),
        Index("ix_support_source_key", "dataset_id", "source_key"),
        Index("ix_support_started_on", "started_on_earliest", "id"),
        Index(
            "ix_support_possible",
            "attribution",
            sqlite_where=_IS_POSSIBLE,
            postgresql_where=_IS_POSSIBLE,
        ),
        {"sqlite_autoincrement": True},
    )

    supporter_id: int | None = columns.to_one(
        "actor",
        "Actor that gives the support; null unless `attribution` is CERTAIN.",
        default=None,
    )
    recipient_id: int | None = columns.to_one(
        "actor", "Actor that receives the support; null if it is not known.", default=None
    )
    against_id: int | None = columns.to_one(
        "actor", "Actor that the support is directed against.", default=None, index=True
    )
    kind: str = columns.term(SUPPORT_KINDS, "Kind of support.")
    phase: str = columns.term(
        SUPPORT_PHASES,
        "Phase that the support has reached, from prediction to delivery.",
        index=True,
    )
    summary: str | None = columns.text("Summary in one sentence.", limit=2000, default=None)
    place: str | None = columns.text("Place where the support is given.", limit=300, default=None)
    started_on: str | None = columns.partial_date("Date on which the support began.", default=None)
    ended_on: str | None = columns.partial_date("Date on which the support ended.", default=None)
    in_return_for_id: int | None = columns.to_one(
        "support", "Support that this one is given in return for.", default=None, index=True
    )
    dataset_id: int | None = columns.to_one(
        "dataset", "Data set that the support was imported from.", default=None, index=True
    )
    source_category: str | None = columns.text(
        "Category of the support in the data set, as published there.", limit=300, default=None
    )
    note: str | None = columns.text(
        "Curator's note: additional information and its origin.", limit=2000, default=None
    )
    agreed_on: str | None = columns.partial_date(
        "Date on which the support was pledged, ordered or signed, before it was given.",
        default=None,
    )
    start_censored: bool = columns.flag(
        "Whether the support may have begun before `startedOn`: the data begin there, not the"
        " support (left-censored)."
    )
    end_censored: bool = columns.flag(
        "Whether the support may have gone on after `endedOn`: the data end there, not the support"
        " (right-censored)."
    )
    mutual: bool = columns.flag(
        "Whether the recipient is bound alike, by another support: a pact is one support in"
        " each direction."
    )
    conflict_id: int | None = columns.to_one(
        "conflict", "Conflict within which the support is given.", default=None, index=True
    )
    source_key: str | None = columns.text(
        "Rows of the data set's file that the support was made of, as the file names them: the id"
        " of one row, or the first and the last.",
        limit=300,
        default=None,
    )
    attribution: str = columns.term(
        ATTRIBUTIONS,
        "What is known of who gives the support.",
        default="CERTAIN",
        server_default="CERTAIN",
    )
    candidates_at_least: int | None = columns.integer(
        "Least number of the candidates that give the support, if `attribution` is SOME_OF.",
        default=None,
    )


class Candidate(Versioned, table=True):
    """An actor that may be among those that give a support."""

    support_id: int = Field(foreign_key="support.id", primary_key=True, sa_type=BIG_INTEGER)
    actor_id: int = Field(foreign_key="actor.id", primary_key=True, index=True, sa_type=BIG_INTEGER)
