"""Sources: the publications that report statements."""

from schema.records import columns
from schema.records.collection import Collection
from schema.records.record import Record
from schema.vocabulary import RELIABILITIES


class Source(Record, table=True):
    """A publication that reports statements: an article, report, transcript or web page."""

    __collection__ = Collection(
        "sources",
        place=4,
        natural_key="url",
        identified_by=("title", "publisher", "publishedOn"),
        distinct_by=(("url",), ("title", "publisher", "publishedOn")),
        reference=("title",),
        example_fields="title,publishedOn",
        example_filters={"title.contains": "troops"},
    )

    title: str = columns.text("Title of the source.", limit=500)
    url: str | None = columns.text(
        "URL of the source (http or https).", limit=2000, default=None, unique=True
    )
    publisher_id: int | None = columns.to_one(
        "actor", "Actor that published the source.", default=None, index=True
    )
    published_on: str | None = columns.partial_date("Date of publication.", default=None)
    reliability: str | None = columns.term(
        RELIABILITIES,
        "Reliability: the letter of the Admiralty code, A (completely reliable) to F (unknown).",
        default=None,
    )
    note: str | None = columns.text(
        "Curator's note: additional information and its origin.", limit=2000, default=None
    )
