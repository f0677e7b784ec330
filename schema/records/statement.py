"""Statements: what one actor said, in one source."""

from sqlmodel import Field

from schema.records import columns
from schema.records.collection import Collection
from schema.records.record import Record, Versioned
from schema.records.sql_types import BIG_INTEGER


class Statement(Record, table=True):
    """What one actor said, as one source reports it."""

    __collection__ = Collection(
        "statements",
        place=3,
        identified_by=("source", "speaker", "text", "saidOn"),
        distinct_by=(("source", "speaker", "text", "saidOn"),),
        example_fields="text,speaker.name,source.title",
        example_filters={"speaker.slug": "mark-rutte"},
    )

    text: str = columns.text(
        "Text of the statement: verbatim if `quoted` is true, otherwise a paraphrase.", limit=5000
    )
    quoted: bool = columns.boolean("Whether `text` quotes the speaker verbatim.", default=False)
    language: str = columns.text(
        "Language of `text`: a BCP 47 tag such as en or uk-UA.", limit=35, default="en"
    )
    speaker_id: int = columns.to_one("actor", "Actor who made the statement.", index=True)
    on_behalf_of_id: int | None = columns.to_one(
        "actor", "Actor on whose behalf the speaker made the statement.", default=None, index=True
    )
    said_on: str | None = columns.partial_date("Date of the statement.", default=None)
    source_id: int = columns.to_one("source", "Source that reports the statement.", index=True)
    credibility: int | None = columns.integer(
        "Credibility: the number of the Admiralty code, 1 (confirmed) to 6 (cannot be judged).",
        default=None,
    )
    note: str | None = columns.text(
        "Curator's note: additional information and its origin.", limit=2000, default=None
    )
    corrects_id: int | None = columns.to_one(
        "statement",
        "Earlier statement that this one corrects or withdraws.",
        default=None,
        index=True,
    )


class Mention(Versioned, table=True):
    """The mention of an actor in a statement."""

    statement_id: int = Field(foreign_key="statement.id", primary_key=True, sa_type=BIG_INTEGER)
    actor_id: int = Field(foreign_key="actor.id", primary_key=True, index=True, sa_type=BIG_INTEGER)
