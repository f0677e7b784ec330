"""The numbers of supports that are alike, counted once.

Revision: 0009
After: 0008
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0009"
down_revision: str | None = "0008"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

_ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")
_TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
_TERMS = ("kind", "phase", "attribution")
_KEYS = ("supporter_id", "recipient_id", "against_id", "conflict_id", "dataset_id")
_IS_POSSIBLE = sa.text("attribution = 'SOME_OF'")


def upgrade() -> None:
    """Counts the supports."""
    op.create_table(
        "support_count",
        sa.Column("alike", _TEXT, primary_key=True),
        *(sa.Column(name, _TEXT, nullable=False) for name in _TERMS),
        *(sa.Column(name, _ID, nullable=True) for name in _KEYS),
        sa.Column("supports", _ID, nullable=False),
    )
    names = ", ".join((*_TERMS, *_KEYS))
    alike = " || '/' || ".join((*_TERMS, *(f"CAST(coalesce({name}, 0) AS TEXT)" for name in _KEYS)))
    op.execute(
        f"INSERT INTO support_count (alike, {names}, supports) "
        f"SELECT {alike}, {names}, count(*) FROM support GROUP BY {names}"
    )
    for name in ("kind", "supporter_id", "recipient_id"):
        op.create_index(f"ix_support_count_{name}", "support_count", [name])
    for name, table in (
        ("ix_support_possible", "support"),
        ("ix_support_history_attribution", "support_history"),
    ):
        op.create_index(
            name,
            table,
            ["attribution"],
            sqlite_where=_IS_POSSIBLE,
            postgresql_where=_IS_POSSIBLE,
        )


def downgrade() -> None:
    """Removes the numbers; supports are counted again where they are asked for."""
    op.drop_index("ix_support_history_attribution", "support_history")
    op.drop_index("ix_support_possible", "support")
    op.drop_table("support_count")
