"""Statements: what somebody said, in one source, on one date."""

from sqlmodel import Field

from schema.records import columns
from schema.records.collection import Collection
from schema.records.record import Record, Versioned
from schema.records.sql_types import BIG_INTEGER


class Statement(Record, table=True):
    """What one actor said, in one source."""

    __collection__ = Collection(
        "statements",
        place=3,
        identified_by=("source", "speaker", "text"),
        example_fields="text,speaker.name,source.title",
        example_filters={"speaker.slug": "mark-rutte"},
    )

    text: str = columns.text(
        "What was said: in the speaker's words if quoted, else in ours.", limit=5000
    )
    quoted: bool = columns.boolean("Whether the text is the speaker's own words.", default=False)
    language: str = columns.text("The language of the text (BCP 47).", limit=35, default="en")
    speaker_id: int = columns.to_one("actor", "Who said it.", index=True)
    on_behalf_of_id: int | None = columns.to_one(
        "actor", "For whom the speaker spoke.", default=None, index=True
    )
    said_on: str | None = columns.partial_date("When it was said.", default=None)
    source_id: int = columns.to_one("source", "Where it can be read.", index=True)
    credibility: int | None = columns.integer(
        "How credible it is: the Admiralty code's number, 1 (confirmed) to 6 (cannot be judged).",
        default=None,
    )
    note: str | None = columns.text(
        "What the curator added, and from where.", limit=2000, default=None
    )


class Mention(Versioned, table=True):
    """A statement speaks of an actor."""

    statement_id: int = Field(foreign_key="statement.id", primary_key=True, sa_type=BIG_INTEGER)
    actor_id: int = Field(foreign_key="actor.id", primary_key=True, index=True, sa_type=BIG_INTEGER)
