"""Successions: which actor follows which, such as Russia the Soviet Union."""

from schema.records import columns
from schema.records.collection import EVERYTHING, Collection
from schema.records.record import Record
from schema.vocabulary import SUCCESSION_KINDS


class Succession(Record, table=True):
    """The succession of one actor to another. No total follows it unless asked to."""

    __collection__ = Collection(
        "successions",
        place=8,
        identified_by=("predecessor", "successor", "kind"),
        distinct_by=(EVERYTHING,),
        example_fields="predecessor.name,successor.name,kind",
        example_filters={"predecessor.slug": "soviet-union"},
        has_lookup=False,
    )

    predecessor_id: int = columns.to_one("actor", "Actor that is succeeded.", index=True)
    successor_id: int = columns.to_one("actor", "Actor that succeeds it.", index=True)
    kind: str = columns.term(SUCCESSION_KINDS, "How the successor follows the predecessor.")
    succeeded_on: str | None = columns.partial_date("Date of the succession.", default=None)
    note: str | None = columns.text(
        "Curator's note: additional information and its origin.", limit=2000, default=None
    )
