"""Who may have given a support, what it is worth, dated names and codes, where data sets looked.

Money moves from quantities to worths, in earlier versions too. The database computes magnitudes as
texts that sort exactly. Names and codes get an id, since an actor may have one of them twice.

Revision: 0005
After: 0004
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

from schema.migrations.computed import DAYS_LEVEL_1, MAGNITUDE, MAGNITUDE_EXACT
from schema.migrations.replacing import replace_table, restart_ids

revision: str = "0005"
down_revision: str | None = "0004"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

_ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")
_TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")

_TABLES = ("", "_history")
_QUANTIFIED = ("support", "evidence")
_AMOUNTS = ("value", "low", "high")
_RECORD = ("id",)

# Until when a version holds that is the current one.
_STILL = 2**63 - 1

_Columns = Callable[[], Iterator[sa.Column[Any]]]


# --- columns ------------------------------------------------------------------------------------


def _text(name: str, *, default: str | None = None, optional: bool = False) -> sa.Column[Any]:
    return sa.Column(name, _TEXT, server_default=default, nullable=optional)


def _date(name: str) -> Iterator[sa.Column[Any]]:
    yield _text(name, optional=True)
    for suffix, formula in DAYS_LEVEL_1.items():
        computed = sa.Computed(formula.format(c=name))
        yield sa.Column(name + suffix, _TEXT, computed, nullable=suffix == "_latest")


def _magnitude(name: str, formulas: Mapping[str, str], sql_type: Any) -> sa.Column[Any]:
    ((suffix, formula),) = formulas.items()
    return sa.Column(name + suffix, sql_type, sa.Computed(formula.format(c=name)), nullable=False)


def _worth() -> Iterator[sa.Column[Any]]:
    for name in (f"worth_{amount}" for amount in _AMOUNTS):
        yield _text(name, optional=True)
        yield _magnitude(name, MAGNITUDE_EXACT, _TEXT)
    yield _text("worth_unit", optional=True)
    yield _text("worth_currency", optional=True)
    yield sa.Column("worth_estimated", sa.Boolean, nullable=True)


def _attribution() -> Iterator[sa.Column[Any]]:
    yield _text("attribution", default="CERTAIN")
    yield sa.Column("candidates_at_least", sa.Integer, nullable=True)


def _dataset_fields() -> Iterator[sa.Column[Any]]:
    yield _text("doi", optional=True)
    for name in ("published_on", "retrieved_on"):
        yield from _date(name)
    yield _text("checksum", optional=True)
    for name in ("covers_from", "covers_until"):
        yield from _date(name)
    for name in ("scope", "unit_of_observation", "mapping_version"):
        yield _text(name, optional=True)


# --- tables -------------------------------------------------------------------------------------


def _names() -> Iterator[sa.Column[Any]]:
    yield sa.Column("actor_id", _ID, nullable=False)
    yield _text("name")
    yield _text("language", optional=True)
    yield _text("kind", default="ALIAS")
    yield from _date("started_on")
    yield from _date("ended_on")


def _codes() -> Iterator[sa.Column[Any]]:
    yield sa.Column("actor_id", _ID, nullable=False)
    yield _text("scheme")
    yield _text("value")
    yield from _date("started_on")
    yield from _date("ended_on")


def _conflict_codes() -> Iterator[sa.Column[Any]]:
    yield sa.Column("conflict_id", _ID, nullable=False)
    yield _text("scheme")
    yield _text("value")


def _candidates() -> Iterator[sa.Column[Any]]:
    yield sa.Column("support_id", _ID, nullable=False)
    yield sa.Column("actor_id", _ID, nullable=False)


def _scope_kinds() -> Iterator[sa.Column[Any]]:
    yield sa.Column("dataset_id", _ID, nullable=False)
    yield _text("kind")


def _counts() -> Iterator[sa.Column[Any]]:
    yield sa.Column("dataset_id", _ID, nullable=False)
    yield _text("counted")
    yield sa.Column("number", sa.Integer, nullable=False)


def _successions() -> Iterator[sa.Column[Any]]:
    yield sa.Column("predecessor_id", _ID, nullable=False)
    yield sa.Column("successor_id", _ID, nullable=False)
    yield _text("kind")
    yield from _date("succeeded_on")
    yield _text("note", optional=True)


def _coverage() -> Iterator[sa.Column[Any]]:
    yield sa.Column("dataset_id", _ID, nullable=False)
    yield sa.Column("actor_id", _ID, nullable=False)
    yield _text("role")
    yield from _date("covers_from")
    yield from _date("covers_until")


def _create(
    table: str,
    fields: _Columns,
    *,
    key: tuple[str, ...],
    references: Mapping[str, str],
    indexes: Sequence[Sequence[str]] = (),
    unique: Sequence[str] = (),
    is_record: bool = False,
) -> None:
    """A table, and the one for its history."""
    constraints: list[sa.schema.SchemaItem] = [
        sa.ForeignKeyConstraint([name], [f"{target}.id"], name=f"fk_{table}_{name}_{target}")
        for name, target in references.items()
    ]
    if unique:
        name = f"uq_{table}_{'_'.join(unique)}"
        constraints.append(sa.UniqueConstraint(*unique, name=name))
    columns = list(_with_key(fields, key))
    op.create_table(table, *columns, *constraints, sqlite_autoincrement=is_record)
    for names in indexes:
        op.create_index(f"ix_{table}_{'_'.join(names)}", table, list(names))
    history = f"{table}_history"
    versions = list(_with_key(fields, key))
    for column in versions:
        column.autoincrement = False
    op.create_table(
        history,
        *versions,
        sa.Column("from_revision", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("until_revision", sa.BigInteger, nullable=False),
    )
    for names in (*indexes, *([unique] if unique else ()), ("from_revision", key[0])):
        op.create_index(f"ix_{history}_{'_'.join(names)}", history, list(names))


def _with_key(fields: _Columns, key: tuple[str, ...]) -> Iterator[sa.Column[Any]]:
    if key == _RECORD:
        yield sa.Column("id", _ID, primary_key=True)
    for column in fields():
        column.primary_key = column.name in key
        yield column


def _drop(table: str) -> None:
    op.drop_table(f"{table}_history")
    op.drop_table(table)


def _create_actor_names() -> None:
    _create(
        "actor_alias",
        _names,
        key=_RECORD,
        references={"actor_id": "actor"},
        indexes=(("actor_id",), ("name",)),
    )


def _create_actor_codes() -> None:
    _create(
        "actor_code",
        _codes,
        key=_RECORD,
        references={"actor_id": "actor"},
        indexes=(("actor_id",), ("scheme", "value")),
    )


def _create_others() -> None:
    _create(
        "candidate",
        _candidates,
        key=("support_id", "actor_id"),
        references={"support_id": "support", "actor_id": "actor"},
        indexes=(("actor_id",),),
    )
    _create(
        "conflict_code",
        _conflict_codes,
        key=("conflict_id", "scheme", "value"),
        references={"conflict_id": "conflict"},
        unique=("scheme", "value"),
    )
    of_dataset = {"dataset_id": "dataset"}
    for table in ("dataset_actor_kind", "dataset_support_kind"):
        _create(table, _scope_kinds, key=("dataset_id", "kind"), references=of_dataset)
    _create("dataset_count", _counts, key=("dataset_id", "counted"), references=of_dataset)
    _create(
        "succession",
        _successions,
        key=_RECORD,
        references={"predecessor_id": "actor", "successor_id": "actor"},
        indexes=(("predecessor_id",), ("successor_id",)),
        is_record=True,
    )
    _create(
        "coverage",
        _coverage,
        key=_RECORD,
        references={"dataset_id": "dataset", "actor_id": "actor"},
        indexes=(("actor_id",), ("dataset_id", "actor_id")),
        is_record=True,
    )


_NEW_PARTS = (
    "candidate",
    "conflict_code",
    "dataset_actor_kind",
    "dataset_support_kind",
    "dataset_count",
)
_NEW_RECORDS = {"succession": "Succession", "coverage": "Coverage"}


# --- names and codes ----------------------------------------------------------------------------


def _with_ids(table: str, names: tuple[str, ...], create: Callable[[], None]) -> None:
    """Makes the table of a list again, with an id for each item that there is or has been."""
    listed = ", ".join(names)
    op.execute(f"CREATE TABLE listed_before AS SELECT {listed} FROM {table}")
    op.execute(
        "CREATE TABLE listed_history_before AS "
        f"SELECT {listed}, from_revision, until_revision FROM {table}_history"
    )
    op.execute(
        f"CREATE TABLE listed_ids AS SELECT row_number() OVER (ORDER BY {listed}) AS id, {listed} "
        f"FROM (SELECT {listed} FROM listed_before "
        f"UNION SELECT {listed} FROM listed_history_before) AS ever"
    )
    _drop(table)
    create()
    op.execute(
        f"INSERT INTO {table} (id, {listed}) "
        f"SELECT id, {listed} FROM listed_before JOIN listed_ids USING ({listed})"
    )
    op.execute(
        f"INSERT INTO {table}_history (id, {listed}, from_revision, until_revision) "
        f"SELECT id, {listed}, from_revision, until_revision "
        f"FROM listed_history_before JOIN listed_ids USING ({listed})"
    )
    restart_ids(op.get_bind(), table)
    for name in ("listed_before", "listed_history_before", "listed_ids"):
        op.drop_table(name)


def _without_ids(table: str, names: tuple[str, ...], unique: tuple[str, ...]) -> None:
    """The table of a list as it was; of items that differ in their dates alone one is left."""
    listed = ", ".join(names)
    op.execute(f"CREATE TABLE listed_before AS SELECT DISTINCT {listed} FROM {table}")
    op.execute(
        f"CREATE TABLE listed_history_before AS SELECT {listed}, from_revision, "
        f"max(until_revision) AS until_revision FROM {table}_history "
        f"GROUP BY {listed}, from_revision"
    )
    _drop(table)

    def columns() -> Iterator[sa.Column[Any]]:
        yield sa.Column("actor_id", _ID, nullable=False)
        yield from (_text(name) for name in names[1:])

    _create(table, columns, key=names, references={"actor_id": "actor"}, unique=unique)
    op.execute(f"INSERT INTO {table} ({listed}) SELECT {listed} FROM listed_before")
    op.execute(
        f"INSERT INTO {table}_history ({listed}, from_revision, until_revision) "
        f"SELECT {listed}, from_revision, until_revision FROM listed_history_before"
    )
    for name in ("listed_before", "listed_history_before"):
        op.drop_table(name)


def _leave_codes_to_their_last_actors() -> None:
    """Earlier versions know one actor of each code: the last that has it."""
    op.execute(
        "DELETE FROM actor_code WHERE EXISTS (SELECT 1 FROM actor_code AS later "
        "WHERE later.scheme = actor_code.scheme AND later.value = actor_code.value "
        "AND later.actor_id <> actor_code.actor_id AND (later.started_on_earliest, later.id) "
        "> (actor_code.started_on_earliest, actor_code.id))"
    )
    op.execute(
        f"DELETE FROM actor_code_history WHERE until_revision = {_STILL} AND NOT EXISTS "
        "(SELECT 1 FROM actor_code WHERE actor_code.id = actor_code_history.id)"
    )


_ALIAS = ("actor_id", "name")
_CODE = ("actor_id", "scheme", "value")


# --- amounts ------------------------------------------------------------------------------------


def _compute_magnitudes(table: str, formulas: Mapping[str, str], sql_type: Any) -> None:
    for name in (f"quantity_{amount}" for amount in _AMOUNTS):
        column = _magnitude(name, formulas, sql_type)
        op.drop_column(table, column.name)
        op.add_column(table, column)


def _move_money(table: str, source: str, target: str) -> None:
    """Moves amounts of money from one group of columns to the other."""
    moved = [*_AMOUNTS, "unit", "estimated"]
    names = [f"{group}_{each}" for group in (source, target) for each in moved]
    currencies = ["worth_currency", "quantity_currency"]
    rows = sa.table(table, *map(sa.column, [*names, *currencies]))
    values: dict[str, Any] = {f"{target}_{each}": rows.c[f"{source}_{each}"] for each in moved}
    values[f"{target}_currency"] = rows.c[f"{source}_currency"]
    values |= {f"{source}_{each}": sa.null() for each in (*moved, "currency")}
    op.execute(rows.update().values(values).where(rows.c[f"{source}_unit"] == "CURRENCY"))


def _add(table: str, columns: Iterator[sa.Column[Any]]) -> None:
    for column in columns:
        op.add_column(table, column)


def _drop_columns(table: str, columns: Iterator[sa.Column[Any]]) -> None:
    """The computed ones first: the others can't go before them."""
    made = list(columns)
    for column in sorted(made, key=lambda column: column.computed is None):
        op.drop_column(table, column.name)


# --- references ---------------------------------------------------------------------------------

_REFERENCES = (
    ("statement", "corrects_id", "statement"),
    ("dataset", "publisher_id", "actor"),
    ("dataset", "part_of_id", "dataset"),
)


def _add_reference(table: str, name: str, target: str) -> None:
    """The reference; earlier versions refer to nothing."""
    constraint = f"fk_{table}_{name}_{target}"
    if op.get_bind().dialect.name == "sqlite":
        # SQLite adds no constraint to a table that exists, but a column with one.
        op.execute(
            f"ALTER TABLE {table} ADD COLUMN {name} INTEGER "
            f"CONSTRAINT {constraint} REFERENCES {target} (id)"
        )
    else:
        op.add_column(table, sa.Column(name, _ID, nullable=True))
        op.create_foreign_key(constraint, table, target, [name], ["id"])
    op.add_column(f"{table}_history", sa.Column(name, _ID, nullable=True))
    for each in (table, f"{table}_history"):
        op.create_index(f"ix_{each}_{name}", each, [name])


def _drop_reference(table: str, name: str) -> None:
    for each in (table, f"{table}_history"):
        op.drop_index(f"ix_{each}_{name}", each)
        op.drop_column(each, name)


_ENDS = ("supporter_id", "recipient_id")


def _let_be_null(*, optional: bool) -> None:
    """The ends of supports."""
    for table in ("support", "support_history"):
        if op.get_bind().dialect.name == "sqlite":
            replace_table(op.get_bind(), table, dict.fromkeys(_ENDS, optional))
        else:
            for name in _ENDS:
                op.alter_column(table, name, nullable=optional)


# --- both ways ----------------------------------------------------------------------------------


def upgrade() -> None:
    """Creates the tables and columns; moves money from quantities to worths."""
    for table in (each + suffix for each in _QUANTIFIED for suffix in _TABLES):
        _compute_magnitudes(table, MAGNITUDE_EXACT, _TEXT)
        _add(table, _worth())
        _move_money(table, "quantity", "worth")
        op.drop_column(table, "quantity_currency")
    for table in ("support", "support_history"):
        _add(table, _attribution())
    _let_be_null(optional=True)
    for table in ("conflict", "conflict_history"):
        op.alter_column(table, "location", new_column_name="place")
    for reference in _REFERENCES:
        _add_reference(*reference)
    for table in ("dataset", "dataset_history"):
        _add(table, _dataset_fields())
    _with_ids("actor_alias", _ALIAS, _create_actor_names)
    _with_ids("actor_code", _CODE, _create_actor_codes)
    _create_others()


def downgrade() -> None:
    """Removes what only this version can say.

    Supports without both ends, worths in TIV, codes of actors that had them before others.
    """
    for table in (*_NEW_PARTS, *_NEW_RECORDS):
        _drop(table)
    for table, concept in _NEW_RECORDS.items():
        op.execute(f"DELETE FROM tombstone WHERE kind = '{table}'")
        op.execute(f"DELETE FROM seed_key WHERE concept = '{concept}'")
    _leave_codes_to_their_last_actors()
    _without_ids("actor_code", _CODE, ("scheme", "value"))
    _without_ids("actor_alias", _ALIAS, ())
    for table in ("dataset", "dataset_history"):
        _drop_columns(table, _dataset_fields())
    for table, name, _ in reversed(_REFERENCES):
        _drop_reference(table, name)
    for table in ("conflict", "conflict_history"):
        op.alter_column(table, "place", new_column_name="location")
    _remove_supports_without_ends()
    _let_be_null(optional=False)
    for table in ("support", "support_history"):
        _drop_columns(table, _attribution())
    for table in (each + suffix for each in _QUANTIFIED for suffix in _TABLES):
        op.add_column(table, _text("quantity_currency", optional=True))
        _move_money(table, "worth", "quantity")
        _drop_columns(table, _worth())
        _compute_magnitudes(table, MAGNITUDE, sa.Double())


def _remove_supports_without_ends() -> None:
    """They go with their evidence; what they were given in return for stays."""
    without = "SELECT id FROM support WHERE supporter_id IS NULL OR recipient_id IS NULL"
    op.execute(f"UPDATE support SET in_return_for_id = NULL WHERE in_return_for_id IN ({without})")
    op.execute(f"DELETE FROM seed_key WHERE concept = 'Support' AND record_id IN ({without})")
    op.execute(f"DELETE FROM evidence WHERE support_id IN ({without})")
    op.execute(f"DELETE FROM support WHERE id IN ({without})")
    op.execute("DELETE FROM support_history WHERE supporter_id IS NULL OR recipient_id IS NULL")
