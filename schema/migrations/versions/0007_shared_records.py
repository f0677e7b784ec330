"""What data sets say of records that another data set, or a person, has.

Revision: 0007
After: 0006
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0007"
down_revision: str | None = "0006"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

_ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")
_TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def _create(table: str, *columns: sa.Column[object]) -> None:
    name = f"fk_{table}_dataset_id_dataset"
    op.create_table(
        table,
        sa.Column("dataset_id", _ID, sa.ForeignKey("dataset.id", name=name), primary_key=True),
        sa.Column("concept", _TEXT, primary_key=True),
        *columns,
    )
    op.create_index(f"ix_{table}_record", table, ["concept", "record_id"])


def upgrade() -> None:
    """Data sets share nothing so far: the first to state a record has it."""
    _create(
        "seed_share",
        sa.Column("key", _TEXT, primary_key=True),
        sa.Column("record_id", _ID, nullable=False),
    )
    _create(
        "seed_item",
        sa.Column("record_id", _ID, primary_key=True),
        sa.Column("list_name", _TEXT, primary_key=True),
        sa.Column("item", _TEXT, primary_key=True),
        sa.Column("is_shared", sa.Boolean, nullable=False),
    )


def downgrade() -> None:
    """The items stay with the records."""
    op.drop_table("seed_item")
    op.drop_table("seed_share")
