"""The first slice: actors, supports, statements, evidence, and where they came from.

Revision: 0001
After: nothing
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from alembic import op

from schema.migrations.computed import DAYS_LEVEL_0, MAGNITUDE

revision: str = "0001"
down_revision: str | None = None
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

_ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")
_TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def _identity() -> sa.Column[int]:
    return sa.Column("id", _ID, primary_key=True)


def _text(name: str, *, optional: bool = False, key: bool = False) -> sa.Column[str]:
    return sa.Column(name, _TEXT, nullable=optional, primary_key=key)


def _reference(
    table: str, name: str, target: str, *, optional: bool = False, key: bool = False
) -> sa.Column[int]:
    points_at = sa.ForeignKey(f"{target}.id", name=f"fk_{table}_{name}_{target}")
    return sa.Column(name, _ID, points_at, nullable=optional, primary_key=key)


def _computed(
    name: str, sql_type: sa.types.TypeEngine[Any], formula: str, *, optional: bool
) -> sa.Column[object]:
    return sa.Column(name, sql_type, sa.Computed(formula), nullable=optional)


def _partial_date(name: str) -> list[sa.Column[object]]:
    earliest, latest = (formula.format(c=name) for formula in DAYS_LEVEL_0.values())
    return [
        sa.Column(name, _TEXT, nullable=True),
        _computed(f"{name}_earliest", _TEXT, earliest, optional=False),
        _computed(f"{name}_latest", _TEXT, latest, optional=True),
    ]


def _decimal(name: str) -> list[sa.Column[object]]:
    magnitude = MAGNITUDE["_magnitude"].format(c=name)
    return [
        sa.Column(name, _TEXT, nullable=True),
        _computed(f"{name}_magnitude", sa.Double(), magnitude, optional=False),
    ]


def _quantity() -> list[sa.Column[object]]:
    return [
        *_decimal("quantity_value"),
        *_decimal("quantity_low"),
        *_decimal("quantity_high"),
        sa.Column("quantity_unit", _TEXT, nullable=True),
        sa.Column("quantity_currency", _TEXT, nullable=True),
        sa.Column("quantity_estimated", sa.Boolean, nullable=True),
    ]


def _unique(table: str, *names: str) -> sa.UniqueConstraint:
    return sa.UniqueConstraint(*names, name=f"uq_{table}_{'_'.join(names)}")


def _create_actors() -> None:
    op.create_table(
        "actor",
        _identity(),
        _text("slug"),
        _text("name"),
        _text("kind"),
        _text("description", optional=True),
        _unique("actor", "slug"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_actor_kind", "actor", ["kind"])
    op.create_index("ix_actor_name", "actor", ["name"])
    op.create_table(
        "actor_alias",
        _reference("actor_alias", "actor_id", "actor", key=True),
        _text("name", key=True),
    )
    op.create_table(
        "actor_code",
        _reference("actor_code", "actor_id", "actor", key=True),
        _text("scheme", key=True),
        _text("value", key=True),
        _unique("actor_code", "scheme", "value"),
    )


def _create_memberships() -> None:
    op.create_table(
        "membership",
        _identity(),
        _reference("membership", "member_id", "actor"),
        _reference("membership", "organisation_id", "actor"),
        _text("relation"),
        _text("role", optional=True),
        *_partial_date("started_on"),
        *_partial_date("ended_on"),
        _text("note", optional=True),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_membership_member_id", "membership", ["member_id"])
    op.create_index("ix_membership_organisation_id", "membership", ["organisation_id"])


def _create_datasets() -> None:
    op.create_table(
        "dataset",
        _identity(),
        _text("slug"),
        _text("title"),
        _text("version"),
        _text("licence"),
        _text("citation"),
        _text("url", optional=True),
        sa.Column("digest", sa.String, nullable=True),
        _unique("dataset", "slug"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "seed_key",
        _reference("seed_key", "dataset_id", "dataset", key=True),
        _text("concept", key=True),
        _text("key", key=True),
        sa.Column("record_id", _ID, nullable=False),
        _unique("seed_key", "concept", "record_id"),
    )


def _create_sources() -> None:
    op.create_table(
        "source",
        _identity(),
        _text("title"),
        _text("url", optional=True),
        _reference("source", "publisher_id", "actor", optional=True),
        *_partial_date("published_on"),
        _text("reliability", optional=True),
        _text("note", optional=True),
        _unique("source", "url"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_source_publisher_id", "source", ["publisher_id"])


def _create_statements() -> None:
    op.create_table(
        "statement",
        _identity(),
        _text("text"),
        sa.Column("quoted", sa.Boolean, nullable=False),
        _text("language"),
        _reference("statement", "speaker_id", "actor"),
        _reference("statement", "on_behalf_of_id", "actor", optional=True),
        *_partial_date("said_on"),
        _reference("statement", "source_id", "source"),
        sa.Column("credibility", sa.Integer, nullable=True),
        _text("note", optional=True),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_statement_speaker_id", "statement", ["speaker_id"])
    op.create_index("ix_statement_on_behalf_of_id", "statement", ["on_behalf_of_id"])
    op.create_index("ix_statement_source_id", "statement", ["source_id"])
    op.create_table(
        "mention",
        _reference("mention", "statement_id", "statement", key=True),
        _reference("mention", "actor_id", "actor", key=True),
    )
    op.create_index("ix_mention_actor_id", "mention", ["actor_id"])


def _create_supports() -> None:
    op.create_table(
        "support",
        _identity(),
        *_quantity(),
        _reference("support", "supporter_id", "actor"),
        _reference("support", "recipient_id", "actor"),
        _reference("support", "against_id", "actor", optional=True),
        _text("kind"),
        _text("phase"),
        _text("summary", optional=True),
        _text("place", optional=True),
        *_partial_date("started_on"),
        *_partial_date("ended_on"),
        _reference("support", "in_return_for_id", "support", optional=True),
        _reference("support", "dataset_id", "dataset", optional=True),
        _text("source_category", optional=True),
        _text("note", optional=True),
        sqlite_autoincrement=True,
    )
    newest_first = ["started_on_earliest", "id"]
    op.create_index("ix_support_kind_id", "support", ["kind", "id"])
    op.create_index("ix_support_supporter_id", "support", ["supporter_id", "id"])
    op.create_index("ix_support_recipient_id", "support", ["recipient_id", "id"])
    op.create_index("ix_support_kind", "support", ["kind", *newest_first])
    op.create_index("ix_support_supporter", "support", ["supporter_id", *newest_first])
    op.create_index("ix_support_recipient", "support", ["recipient_id", *newest_first])
    op.create_index("ix_support_started_on", "support", newest_first)
    op.create_index("ix_support_against_id", "support", ["against_id"])
    op.create_index("ix_support_phase", "support", ["phase"])
    op.create_index("ix_support_in_return_for_id", "support", ["in_return_for_id"])
    op.create_index("ix_support_dataset_id", "support", ["dataset_id"])


def _create_evidence() -> None:
    op.create_table(
        "evidence",
        _identity(),
        *_quantity(),
        _reference("evidence", "support_id", "support"),
        _reference("evidence", "statement_id", "statement"),
        _text("stance"),
        _text("note", optional=True),
        _unique("evidence", "support_id", "statement_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_evidence_support_id", "evidence", ["support_id", "id"])
    op.create_index("ix_evidence_statement_id", "evidence", ["statement_id"])


def _create_revisions() -> None:
    revisions = op.create_table(
        "revision",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        _text("time"),
        _text("author"),
        _text("message", optional=True),
    )
    now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    first = {"number": 0, "time": now, "author": "allygraph", "message": "The empty data set."}
    op.bulk_insert(revisions, [first])


def upgrade() -> None:
    """Makes every table, and revision 0."""
    _create_actors()
    _create_memberships()
    _create_datasets()
    _create_sources()
    _create_statements()
    _create_supports()
    _create_evidence()
    _create_revisions()


def downgrade() -> None:
    """Removes every table."""
    for table in (
        "revision",
        "evidence",
        "support",
        "mention",
        "statement",
        "source",
        "seed_key",
        "dataset",
        "membership",
        "actor_code",
        "actor_alias",
        "actor",
    ):
        op.drop_table(table)
