"""Writing and history: earlier versions of every record, merged actors, tokens, kept answers.

Of the time before this migration nothing is known: history begins with the revision it finds.

Revision: 0002
After: 0001
"""

from collections.abc import Iterator, Sequence

import sqlalchemy as sa
from alembic import op

from schema.migrations.computed import DAYS_LEVEL_0, MAGNITUDE

revision: str = "0002"
down_revision: str | None = "0001"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

_ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")
_TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
_STILL = 2**63 - 1

_KEPT = (
    "actor",
    "actor_alias",
    "actor_code",
    "former_actor",
    "membership",
    "dataset",
    "source",
    "statement",
    "mention",
    "support",
    "evidence",
)
_NOT_KEPT = {("dataset", "digest")}

_CITATION = (
    "'AllyGraph (' || substr(time, 1, 4) || '): who supports whom, with what, and who says so. "
    "Revision ' || CAST(number AS TEXT) || ' of ' || substr(time, 1, 10) || '.'"
)


def _create_former_actors() -> None:
    op.create_table(
        "former_actor",
        sa.Column("id", _ID, primary_key=True, autoincrement=False),
        sa.Column("slug", _TEXT, nullable=False),
        sa.Column(
            "actor_id",
            _ID,
            sa.ForeignKey("actor.id", name="fk_former_actor_actor_id_actor"),
            nullable=False,
        ),
        sa.UniqueConstraint("slug", name="uq_former_actor_slug"),
    )
    op.create_index("ix_former_actor_actor_id", "former_actor", ["actor_id"])


def _create_tokens() -> None:
    op.create_table(
        "token",
        sa.Column("id", _ID, primary_key=True),
        sa.Column("name", _TEXT, nullable=False),
        sa.Column("role", _TEXT, nullable=False),
        sa.Column("digest", _TEXT, nullable=False),
        sa.Column("created_at", _TEXT, nullable=False),
        sa.Column("expires_at", _TEXT, nullable=True),
        sa.Column("revoked_at", _TEXT, nullable=True),
        sa.UniqueConstraint("digest", name="uq_token_digest"),
        sqlite_autoincrement=True,
    )


def _create_kept_answers() -> None:
    op.create_table(
        "kept_answer",
        sa.Column("caller", _TEXT, primary_key=True),
        sa.Column("key", _TEXT, primary_key=True),
        sa.Column("request", _TEXT, nullable=False),
        sa.Column("status", sa.Integer, nullable=False),
        sa.Column("location", _TEXT, nullable=True),
        sa.Column("body", sa.LargeBinary, nullable=False),
        sa.Column("revision", _ID, nullable=False),
        sa.Column("time", _TEXT, nullable=False),
    )
    op.create_index("ix_kept_answer_time", "kept_answer", ["time"])


def _create_tombstones() -> None:
    op.create_table(
        "tombstone",
        sa.Column("kind", _TEXT, primary_key=True),
        sa.Column("revision", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("id", sa.BigInteger, primary_key=True, autoincrement=False),
    )


def _create_history(name: str) -> None:
    """The columns and indexes of a table as they are by now, and between which revisions."""
    table = sa.Table(name, sa.MetaData(), autoload_with=op.get_bind())
    history = f"{name}_history"
    op.create_table(
        history,
        *_history_columns(table),
        sa.Column("from_revision", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("until_revision", sa.BigInteger, nullable=False),
    )
    unique = [c for c in table.constraints if isinstance(c, sa.UniqueConstraint)]
    for columns in (*(i.columns for i in table.indexes), *(c.columns for c in unique)):
        _create_index(history, [column.name for column in columns])
    first = next(column.name for column in table.primary_key)
    _create_index(history, ["from_revision", first])
    _fill(table, history)


def _formula(name: str) -> str:
    """Reflection can't read it back from a SQLite column that was added to a table."""
    formulas = {**DAYS_LEVEL_0, **MAGNITUDE}
    (suffix,) = (suffix for suffix in formulas if name.endswith(suffix))
    return formulas[suffix].format(c=name.removesuffix(suffix))


def _history_columns(table: sa.Table) -> Iterator[sa.Column[object]]:
    for column in table.columns:
        if (table.name, column.name) not in _NOT_KEPT:
            computed = (sa.Computed(_formula(column.name)),) if column.computed else ()
            yield sa.Column(
                column.name,
                column.type,
                *computed,
                nullable=column.nullable,
                primary_key=column.primary_key,
                autoincrement=False,
            )


def _create_index(history: str, names: list[str]) -> None:
    op.create_index(f"ix_{history}_{'_'.join(names)}", history, names)


def _fill(table: sa.Table, history: str) -> None:
    """What is there holds from the newest revision there is."""
    names = [
        c.name
        for c in table.columns
        if c.computed is None and (table.name, c.name) not in _NOT_KEPT
    ]
    revisions = sa.table("revision", sa.column("number"))
    newest = sa.select(sa.func.max(revisions.c.number)).scalar_subquery()
    into = sa.table(history, *map(sa.column, [*names, "from_revision", "until_revision"]))
    rows = sa.select(*(table.c[name] for name in names), newest, sa.literal(_STILL))
    op.execute(into.insert().from_select(list(into.c.keys()), rows))


def upgrade() -> None:
    """Makes the tables; what is there becomes the first version of each record."""
    op.create_index("ix_revision_time", "revision", ["time"])
    citation = sa.Column("citation", _TEXT, sa.Computed(_CITATION), nullable=False)
    op.add_column("revision", citation)
    _create_former_actors()
    _create_tokens()
    _create_kept_answers()
    _create_tombstones()
    for name in _KEPT:
        _create_history(name)


def downgrade() -> None:
    """Forgets every earlier version, every merge, every token and every kept answer."""
    for name in _KEPT:
        op.drop_table(f"{name}_history")
    op.drop_table("tombstone")
    op.drop_table("kept_answer")
    op.drop_table("token")
    op.drop_table("former_actor")
    op.drop_column("revision", "citation")
    op.drop_index("ix_revision_time", "revision")
