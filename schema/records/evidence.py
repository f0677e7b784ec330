"""Evidence: which statement speaks to which support, and what it claims."""

from sqlalchemy import Index, UniqueConstraint

from schema.records import columns
from schema.records.collection import Collection
from schema.records.quantity import Quantified
from schema.records.record import Record
from schema.vocabulary import STANCES


class Evidence(Quantified, Record, table=True):
    """A statement asserts, denies or questions a support."""

    __collection__ = Collection(
        "evidence",
        place=2,
        part_of="support",
        example_fields="stance,support.kind,statement.text",
        example_filters={"stance": "ASSERTS"},
        # Its plural is its singular.
        has_lookup=False,
    )

    __table_args__ = (
        UniqueConstraint("support_id", "statement_id"),
        Index("ix_evidence_support_id", "support_id", "id"),
        {"sqlite_autoincrement": True},
    )

    support_id: int = columns.to_one("support", "The support spoken of.")
    statement_id: int = columns.to_one("statement", "The statement that speaks of it.", index=True)
    stance: str = columns.term(STANCES, "How the statement stands to the support.")
    note: str | None = columns.text(
        "What the curator added, and from where.", limit=2000, default=None
    )
