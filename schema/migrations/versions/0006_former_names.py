"""Former names: slugs of renamed records lead on too, and ids of any record that was merged.

Revision: 0006
After: 0005
"""

from collections.abc import Iterator, Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0006"
down_revision: str | None = "0005"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

_ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")
_TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")

_TABLES = ("", "_history")
_NAMES = {"former_slug": "slug", "former_id": "id"}
_VERSION = ("from_revision", "until_revision")
_ACTOR = "actor"


def _fields(name: str) -> Iterator[sa.Column[object]]:
    yield sa.Column("record_type", _TEXT, primary_key=True)
    sql_type = _ID if name == "id" else _TEXT
    yield sa.Column(name, sql_type, primary_key=True, autoincrement=False)
    yield sa.Column("record_id", _ID, nullable=False)


def _revisions() -> Iterator[sa.Column[object]]:
    yield sa.Column("from_revision", sa.BigInteger, primary_key=True, autoincrement=False)
    yield sa.Column("until_revision", sa.BigInteger, nullable=False)


def _create(table: str, name: str) -> None:
    op.create_table(table, *_fields(name))
    op.create_index(f"ix_{table}_record", table, ["record_type", "record_id"])
    history = f"{table}_history"
    op.create_table(history, *_fields(name), *_revisions())
    for names in (["record_type", "record_id"], ["from_revision", "record_type"]):
        op.create_index(f"ix_{history}_{'_'.join(names)}", history, names)


def _move(table: str, name: str) -> None:
    """The ids and slugs of merged actors, with their history."""
    for suffix in _TABLES:
        version = _VERSION if suffix else ()
        old = sa.table(f"former_actor{suffix}", *map(sa.column, (name, "actor_id", *version)))
        new = sa.table(
            f"{table}{suffix}", *map(sa.column, ("record_type", name, "record_id", *version))
        )
        rows = sa.select(sa.literal(_ACTOR, _TEXT), *old.c)
        op.execute(new.insert().from_select(list(new.c.keys()), rows))


def upgrade() -> None:
    """Makes the tables, of which those of merged actors become a part."""
    for table, name in _NAMES.items():
        _create(table, name)
        _move(table, name)
    op.drop_table("former_actor_history")
    op.drop_table("former_actor")


def downgrade() -> None:
    """Keeps the ids and slugs of merged actors whose record is there; forgets all others."""
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
    op.create_table(
        "former_actor_history",
        sa.Column("id", _ID, primary_key=True, autoincrement=False),
        sa.Column("slug", _TEXT, nullable=False),
        sa.Column("actor_id", _ID, nullable=False),
        *_revisions(),
    )
    for names in (["actor_id"], ["slug"], ["from_revision", "id"]):
        name = f"ix_former_actor_history_{'_'.join(names)}"
        op.create_index(name, "former_actor_history", names)
    for suffix in _TABLES:
        _move_back(suffix)
    for table in _NAMES:
        op.drop_table(f"{table}_history")
        op.drop_table(table)


def _move_back(suffix: str) -> None:
    """The slug that a merged actor had last is in the history of actors."""
    version = _VERSION if suffix else ()
    ids = sa.table(
        f"former_id{suffix}", *map(sa.column, ("record_type", "id", "record_id", *version))
    )
    actors = sa.table("actor", sa.column("id"))
    earlier = sa.table("actor_history", *map(sa.column, ("id", "slug", "until_revision")))
    slug = sa.select(earlier.c.slug).where(earlier.c.id == ids.c.id)
    newest = slug.order_by(earlier.c.until_revision.desc()).limit(1)
    former = newest.correlate(ids).scalar_subquery()
    rows = sa.select(ids.c.id, former, ids.c.record_id, *(ids.c[each] for each in version)).where(
        ids.c.record_type == _ACTOR, former.is_not(None)
    )
    if not suffix:
        rows = rows.where(ids.c.record_id.in_(sa.select(actors.c.id)))
    new = sa.table(f"former_actor{suffix}", *map(sa.column, ("id", "slug", "actor_id", *version)))
    op.execute(new.insert().from_select(list(new.c.keys()), rows))
