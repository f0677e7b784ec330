"""Coverage with one actor at the other end.

Revision: 0011
After: 0010
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0011"
down_revision: str | None = "0010"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

_ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")
_NAME = "counterpart_id"
_TABLES = ("coverage", "coverage_history")


def upgrade() -> None:
    """Whoever was at the other end, the data sets have looked at it so far."""
    constraint = f"fk_coverage_{_NAME}_actor"
    if op.get_bind().dialect.name == "sqlite":
        # SQLite adds no constraint to a table that exists, but a column with one.
        op.execute(
            f"ALTER TABLE coverage ADD COLUMN {_NAME} INTEGER "
            f"CONSTRAINT {constraint} REFERENCES actor (id)"
        )
    else:
        op.add_column("coverage", sa.Column(_NAME, _ID, nullable=True))
        op.create_foreign_key(constraint, "coverage", "actor", [_NAME], ["id"])
    op.add_column("coverage_history", sa.Column(_NAME, _ID, nullable=True))
    for table in _TABLES:
        op.create_index(f"ix_{table}_{_NAME}", table, [_NAME])


def downgrade() -> None:
    """Removes coverage with one actor at the other end: without it, it would be of all."""
    of_one = f"SELECT id FROM coverage WHERE {_NAME} IS NOT NULL"
    op.execute(f"DELETE FROM seed_key WHERE concept = 'Coverage' AND record_id IN ({of_one})")
    for table in _TABLES:
        op.execute(f"DELETE FROM {table} WHERE {_NAME} IS NOT NULL")
        op.drop_index(f"ix_{table}_{_NAME}", table)
        op.drop_column(table, _NAME)
