"""The index of search. Migration 0010 makes it again, and fills it.

Revision: 0008
After: 0007
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from schema.migrations.first_words import CREATE_FIRST_WORDS

revision: str = "0008"
down_revision: str | None = "0007"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

_ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")
_TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Makes the tables."""
    op.create_table(
        "search_entry",
        sa.Column("id", _ID, primary_key=True),
        sa.Column("type", sa.Integer, nullable=False),
        sa.Column("record_id", _ID, nullable=False),
        sa.Column("field", sa.Integer, nullable=False),
        sa.Column("text", _TEXT, nullable=False),
        sa.Column("folded", _TEXT, nullable=False),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("words", _TEXT, nullable=False),
        sa.Column("from_revision", _ID, nullable=False),
        sa.Column("until_revision", _ID, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_search_entry_record", "search_entry", ["type", "record_id"])
    op.create_table(
        "search_form",
        sa.Column("form", _TEXT, primary_key=True),
        sa.Column("word", _TEXT, primary_key=True),
    )
    connection = op.get_bind()
    for statement in CREATE_FIRST_WORDS[connection.dialect.name]:
        connection.exec_driver_sql(statement)


def downgrade() -> None:
    """Removes the index; nothing else is in it."""
    if op.get_bind().dialect.name == "sqlite":
        # First, lest its trigger fires for each entry.
        op.execute("DROP TABLE search_word")
    op.drop_table("search_form")
    op.drop_table("search_entry")
