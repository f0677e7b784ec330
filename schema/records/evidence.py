"""Evidence: the stance of a statement on a support, and the quantity it claims."""

from sqlalchemy import Index

from schema.records import columns
from schema.records.collection import Collection
from schema.records.quantity import Quantified
from schema.records.record import Record
from schema.vocabulary import STANCES


class Evidence(Quantified, Record, table=True):
    """The stance of a statement on a support, with the quantity that it claims."""

    __collection__ = Collection(
        "evidence",
        place=2,
        part_of="support",
        distinct_by=(("support", "statement", "quantity", "worth"),),
        example_fields="stance,support.kind,statement.text",
        example_filters={"stance": "ASSERTS"},
        # The plural equals the singular.
        has_lookup=False,
    )

    __table_args__ = (
        Index("ix_evidence_support_id", "support_id", "id"),
        Index("ix_evidence_support_statement", "support_id", "statement_id"),
        {"sqlite_autoincrement": True},
    )

    support_id: int = columns.to_one("support", "Support that the statement is about.")
    statement_id: int = columns.to_one("statement", "Statement that takes the stance.", index=True)
    stance: str = columns.term(
        STANCES, "Stance of the statement: whether it asserts, denies or questions the support."
    )
    note: str | None = columns.text(
        "Curator's note: additional information and its origin.", limit=2000, default=None
    )
