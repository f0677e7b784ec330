"""One record for one thing: texts in one spelling, and more than one claim of a statement.

Where a text in its one spelling is taken already, it stays as it is.

Revision: 0004
After: 0003
"""

import unicodedata
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress

import sqlalchemy as sa
from alembic import op

from schema.migrations.computed import MAGNITUDE
from schema.values.addresses import canonical_url
from schema.values.canonical import canonical_code
from schema.values.languages import canonical_language

revision: str = "0004"
down_revision: str | None = "0003"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

_ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")
_TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")

_UNIQUE = "uq_evidence_support_id_statement_id"
_PAIR = ("support_id", "statement_id")
_TABLES = ("", "_history")

_AMOUNTS = ("quantity_value", "quantity_low", "quantity_high")
_OTHER_FIELDS = ("quantity_unit", "quantity_currency", "quantity_estimated")
_COPIED = ("id", *_AMOUNTS, *_OTHER_FIELDS, *_PAIR, "stance", "note")

# The texts of each table.
_TEXTS = {
    "actor": ("name", "description"),
    "actor_alias": ("name",),
    "actor_code": ("value",),
    "conflict": ("name", "location", "note"),
    "dataset": ("title", "version", "licence", "citation", "url"),
    "evidence": ("note",),
    "membership": ("role", "note"),
    "source": ("title", "url", "note"),
    "statement": ("text", "language", "note"),
    "support": ("summary", "place", "source_category", "source_key", "note"),
}
_SPELLINGS: dict[str, Callable[[str], str]] = {
    "url": canonical_url,
    "language": canonical_language,
    "value": canonical_code,
}
# What is unique with a text: the other columns of its key.
_KEYS: dict[tuple[str, str], tuple[str, ...]] = {
    ("source", "url"): (),
    ("actor_alias", "name"): ("actor_id",),
    ("actor_alias_history", "name"): ("actor_id", "from_revision"),
    ("actor_code", "value"): ("scheme",),
    ("actor_code_history", "value"): ("scheme", "actor_id", "from_revision"),
}


def _columns() -> Iterator[sa.Column[object]]:
    """The columns of evidence, in their order."""
    yield sa.Column("id", _ID, primary_key=True)
    for name in _AMOUNTS:
        yield sa.Column(name, _TEXT, nullable=True)
        for suffix, formula in MAGNITUDE.items():
            computed = sa.Computed(formula.format(c=name))
            yield sa.Column(name + suffix, sa.Double, computed, nullable=False)
    yield sa.Column("quantity_unit", _TEXT, nullable=True)
    yield sa.Column("quantity_currency", _TEXT, nullable=True)
    yield sa.Column("quantity_estimated", sa.Boolean, nullable=True)
    for name, table in zip(_PAIR, ("support", "statement"), strict=True):
        points_at = sa.ForeignKey(f"{table}.id", name=f"fk_evidence_{name}_{table}")
        yield sa.Column(name, _ID, points_at, nullable=False)
    yield sa.Column("stance", _TEXT, nullable=False)
    yield sa.Column("note", _TEXT, nullable=True)


def _copy_evidence(*constraints: sa.UniqueConstraint) -> None:
    """Makes the table again, since SQLite can't change the constraints of one.

    Ids go on where they were: those of deleted rows are not used again.
    """
    sequences = sa.table("sqlite_sequence", sa.column("name"), sa.column("seq"))
    named = sequences.c.name == "evidence"
    last = op.get_bind().scalar(sa.select(sequences.c.seq).where(named))
    copy = op.create_table("evidence_copy", *_columns(), *constraints, sqlite_autoincrement=True)
    old = sa.table("evidence", *map(sa.column, _COPIED))
    op.execute(copy.insert().from_select(list(_COPIED), sa.select(*old.c)))
    op.drop_table("evidence")
    op.rename_table("evidence_copy", "evidence")
    if last is not None:
        op.execute(sequences.delete().where(named))
        op.execute(sequences.insert().values(name="evidence", seq=last))
    op.create_index("ix_evidence_support_id", "evidence", ["support_id", "id"])
    op.create_index("ix_evidence_statement_id", "evidence", ["statement_id"])


def _is_sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"


def _let_statements_claim_twice() -> None:
    if _is_sqlite():
        _copy_evidence()
    else:
        op.drop_constraint(_UNIQUE, "evidence")
    op.create_index("ix_evidence_support_statement", "evidence", list(_PAIR))


# --- spellings ----------------------------------------------------------------------------------


def _spell_texts() -> None:
    for table in (each + suffix for each in _TEXTS for suffix in _TABLES):
        for name in _TEXTS[table.removesuffix("_history")]:
            _spell(table, name)


def _spell(table: str, name: str) -> None:
    keys = _KEYS.get((table, name))
    rows = sa.table(table, sa.column(name, _TEXT), *map(sa.column, keys or ()))
    column = rows.c[name]
    texts = op.get_bind().scalars(sa.select(column).where(column.is_not(None)).distinct()).all()
    for text in texts:
        spelled = _spelled(name, text)
        if spelled != text:
            change = rows.update().where(column == text).values({name: spelled})
            if keys is not None:
                taken = rows.alias("taken")
                same = (taken.c[key] == rows.c[key] for key in keys)
                others = sa.select(1).where(taken.c[name] == spelled, *same)
                change = change.where(~others.correlate(rows).exists())
            op.execute(change)


def _spelled(name: str, text: str) -> str:
    text = unicodedata.normalize("NFC", text)
    with suppress(ValueError):
        return _SPELLINGS.get(name, str)(text)
    return text


def upgrade() -> None:
    """Spells the texts, lets a statement claim twice, and adds an index of the rows of files."""
    _spell_texts()
    _let_statements_claim_twice()
    op.create_index("ix_support_source_key", "support", ["dataset_id", "source_key"])
    op.create_index(
        "ix_support_history_dataset_id_source_key", "support_history", ["dataset_id", "source_key"]
    )


def downgrade() -> None:
    """Keeps the first claim of a statement on a support; texts keep their spelling."""
    op.drop_index("ix_support_history_dataset_id_source_key", "support_history")
    op.drop_index("ix_support_source_key", "support")
    op.drop_index("ix_evidence_support_statement", "evidence")
    evidence = sa.table("evidence", *map(sa.column, _COPIED))
    first = sa.select(sa.func.min(evidence.c.id)).group_by(*(evidence.c[name] for name in _PAIR))
    op.execute(evidence.delete().where(evidence.c.id.not_in(first)))
    if _is_sqlite():
        _copy_evidence(sa.UniqueConstraint(*_PAIR, name=_UNIQUE))
    else:
        op.create_unique_constraint(_UNIQUE, "evidence", list(_PAIR))
