"""The index of search by type of record, with the vocabulary of all texts, and data sets.

Revision: 0010
After: 0009
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from schema.migrations.first_words import CREATE_FIRST_WORDS
from schema.search.entries import enter_history
from schema.search.words import CREATE_WORDS

revision: str = "0010"
down_revision: str | None = "0009"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

_TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
# The place of data sets among the types of records.
_DATASET = 2


def upgrade() -> None:
    """Enters all texts again."""
    connection = op.get_bind()
    _drop_words(connection)
    op.execute("DELETE FROM search_entry")
    op.execute("DELETE FROM search_form")
    op.create_table(
        "search_vocabulary", sa.Column("word", _TEXT, primary_key=True), sqlite_with_rowid=False
    )
    for statement in CREATE_WORDS[connection.dialect.name]:
        connection.exec_driver_sql(statement)
    enter_history(connection)


def downgrade() -> None:
    """Data sets are not found any more; the texts of other records stay entered."""
    connection = op.get_bind()
    _drop_words(connection)
    op.execute(f"DELETE FROM search_entry WHERE type = {_DATASET}")
    op.execute(f"UPDATE search_entry SET type = type - 1 WHERE type > {_DATASET}")
    for statement in CREATE_FIRST_WORDS[connection.dialect.name]:
        connection.exec_driver_sql(statement)
    if connection.dialect.name == "sqlite":
        op.execute(
            "INSERT INTO search_word (rowid, folded) "
            "SELECT size << 40 | id, folded FROM search_entry ORDER BY 1"
        )
    op.drop_table("search_vocabulary")


def _drop_words(connection: sa.Connection) -> None:
    """First, lest its triggers fire for each entry."""
    if connection.dialect.name == "sqlite":
        for name in ("insert", "delete"):
            op.execute(f"DROP TRIGGER search_word_{name}")
        op.execute("DROP TABLE search_word")
    else:
        found = connection.exec_driver_sql(
            "SELECT indexname FROM pg_indexes "
            "WHERE schemaname = current_schema() AND starts_with(indexname, 'search_word')"
        )
        for name in found.scalars().all():
            op.execute(f"DROP INDEX {name}")
