"""Sources: where a statement can be read."""

from schema.records import columns
from schema.records.collection import Collection
from schema.records.record import Record
from schema.vocabulary import RELIABILITIES


class Source(Record, table=True):
    """An article, a report, a transcript, a page."""

    __collection__ = Collection(
        "sources",
        place=4,
        natural_key="url",
        identified_by=("title", "publisher", "publishedOn"),
        reference=("title",),
        example_fields="title,publishedOn",
        example_filters={"title.contains": "troops"},
    )

    title: str = columns.text("What it is called.", limit=500)
    url: str | None = columns.text("Where it can be read.", limit=2000, default=None, unique=True)
    publisher_id: int | None = columns.to_one(
        "actor", "Who published it.", default=None, index=True
    )
    published_on: str | None = columns.partial_date("When it was published.", default=None)
    reliability: str | None = columns.term(
        RELIABILITIES, "How far it can be relied on: the Admiralty code's letter.", default=None
    )
    note: str | None = columns.text(
        "What the curator added, and from where.", limit=2000, default=None
    )
