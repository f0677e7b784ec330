"""What data sets say: dates of EDTF level 1, conflicts, and more of a support.

The database computes the first and the last day of each date by another formula from here on.

Revision: 0003
After: 0002
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

from schema.migrations.computed import DAYS_LEVEL_0, DAYS_LEVEL_1

revision: str = "0003"
down_revision: str | None = "0002"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

_ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")
_TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")

_DATES = (
    ("membership", "started_on"),
    ("membership", "ended_on"),
    ("source", "published_on"),
    ("statement", "said_on"),
    ("support", "started_on"),
    ("support", "ended_on"),
)
_FLAGS = ("start_censored", "end_censored", "mutual")

_TABLES = ("", "_history")


def _days(name: str, formulas: Mapping[str, str]) -> Iterator[sa.Column[Any]]:
    """The columns that the database computes from a date."""
    for suffix, formula in formulas.items():
        computed = sa.Computed(formula.format(c=name))
        yield sa.Column(name + suffix, _TEXT, computed, nullable=suffix == "_latest")


def _date(name: str) -> Iterator[sa.Column[Any]]:
    yield sa.Column(name, _TEXT, nullable=True)
    yield from _days(name, DAYS_LEVEL_1)


def _compute_again(formulas: Mapping[str, str]) -> None:
    """Replaces the computed columns of each date, and the indexes on them."""
    for table, name in ((each + suffix, name) for each, name in _DATES for suffix in _TABLES):
        computed = list(_days(name, formulas))
        names = {column.name for column in computed}
        inspected = sa.inspect(op.get_bind()).get_indexes(table)
        # None of them is of an expression, and each has a name.
        indexes = {
            str(each["name"]): [str(column) for column in each["column_names"]]
            for each in inspected
            if names & set(each["column_names"])
        }
        for index in indexes:
            op.drop_index(index, table)
        for column in computed:
            op.drop_column(table, column.name)
            op.add_column(table, column)
        for index, indexed in indexes.items():
            op.create_index(index, table, indexed)


def _conflict_fields() -> Iterator[sa.Column[Any]]:
    yield sa.Column("slug", _TEXT, nullable=False)
    yield sa.Column("name", _TEXT, nullable=False)
    yield sa.Column("kind", _TEXT, nullable=False)
    yield sa.Column("location", _TEXT, nullable=True)
    yield from _date("started_on")
    yield from _date("ended_on")
    yield sa.Column("note", _TEXT, nullable=True)


def _create_conflicts() -> None:
    op.create_table(
        "conflict",
        sa.Column("id", _ID, primary_key=True),
        *_conflict_fields(),
        sa.UniqueConstraint("slug", name="uq_conflict_slug"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "conflict_history",
        sa.Column("id", _ID, primary_key=True, autoincrement=False),
        *_conflict_fields(),
        sa.Column("from_revision", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("until_revision", sa.BigInteger, nullable=False),
    )
    for name in ("name", "kind"):
        op.create_index(f"ix_conflict_{name}", "conflict", [name])
    for name in ("slug", "name", "kind"):
        op.create_index(f"ix_conflict_history_{name}", "conflict_history", [name])
    op.create_index(
        "ix_conflict_history_from_revision_id", "conflict_history", ["from_revision", "id"]
    )


def _add_fields(table: str) -> None:
    for column in _date("agreed_on"):
        op.add_column(table, column)
    for name in _FLAGS:
        op.add_column(table, sa.Column(name, sa.Boolean, server_default=sa.false(), nullable=False))
    _add_conflict(table)
    op.add_column(table, sa.Column("source_key", _TEXT, nullable=True))
    op.create_index(f"ix_{table}_conflict_id", table, ["conflict_id"])


def _add_conflict(table: str) -> None:
    """The reference; earlier versions of a support refer to nothing."""
    if table == "support" and op.get_bind().dialect.name == "sqlite":
        # SQLite adds no constraint to a table that exists, but a column with one.
        op.execute(
            "ALTER TABLE support ADD COLUMN conflict_id INTEGER "
            'CONSTRAINT fk_support_conflict_id_conflict REFERENCES "conflict" (id)'
        )
        return
    op.add_column(table, sa.Column("conflict_id", _ID, nullable=True))
    if table == "support":
        op.create_foreign_key(
            "fk_support_conflict_id_conflict", table, "conflict", ["conflict_id"], ["id"]
        )


def upgrade() -> None:
    """Creates the table of conflicts and the columns; computes the days of each date again."""
    _compute_again(DAYS_LEVEL_1)
    _create_conflicts()
    for suffix in _TABLES:
        _add_fields(f"support{suffix}")


def downgrade() -> None:
    """Removes the conflicts and the columns; dates keep what EDTF level 0 can say."""
    for table in (f"support{suffix}" for suffix in _TABLES):
        op.drop_index(f"ix_{table}_conflict_id", table)
        for name in ("source_key", "conflict_id", *reversed(_FLAGS)):
            op.drop_column(table, name)
        for name in ("agreed_on_latest", "agreed_on_earliest", "agreed_on"):
            op.drop_column(table, name)
    op.drop_table("conflict_history")
    op.drop_table("conflict")
    op.execute("DELETE FROM tombstone WHERE kind = 'conflict'")
    op.execute("DELETE FROM seed_key WHERE concept = 'Conflict'")
    _keep_level_0()
    _compute_again(DAYS_LEVEL_0)


def _keep_level_0() -> None:
    """What is left of a date without a qualifier and without unspecified digits."""
    for table, name in ((each + suffix, name) for each, name in _DATES for suffix in _TABLES):
        column: sa.ColumnClause[str] = sa.column(name, _TEXT)
        rows = sa.table(table, column)
        known = sa.func.replace(sa.func.rtrim(column, "?~%"), "-XX", "")
        kept = sa.case((known.contains("X"), sa.null()), else_=known)
        kept_or_empty = sa.func.coalesce(kept, "")
        op.execute(rows.update().values({name: kept}).where(column != kept_or_empty))
