"""Reads the definitions of tables, except the names of constraints."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Engine, text

_SQLITE = """
    SELECT sql FROM sqlite_master
    WHERE sql NOT NULL AND type != 'trigger'
    AND tbl_name NOT IN ('alembic_version', 'sqlite_sequence')
"""

# A column with its type and order, its nullability, and its formula.
_POSTGRESQL = (
    """
    SELECT concat_ws(' ', relname, attname, format_type(atttypid, atttypmod), collname, attnotnull,
        attgenerated, pg_get_expr(adbin, adrelid))
    FROM pg_attribute
    JOIN pg_class ON pg_class.oid = attrelid
    LEFT JOIN pg_collation ON pg_collation.oid = attcollation
    LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
    WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace
    AND relname != 'alembic_version' AND attnum > 0 AND NOT attisdropped
    """,
    """
    SELECT relname || ' ' || pg_get_constraintdef(pg_constraint.oid) FROM pg_constraint
    JOIN pg_class ON pg_class.oid = conrelid
    WHERE connamespace = current_schema()::regnamespace AND contype != 'n'
    AND relname != 'alembic_version'
    """,
    """
    SELECT pg_get_indexdef(indexrelid) FROM pg_index
    JOIN pg_class ON pg_class.oid = indrelid
    WHERE relnamespace = current_schema()::regnamespace
    AND indexrelid NOT IN (SELECT conindid FROM pg_constraint)
    """,
)


def definitions(engine: Engine) -> set[str]:
    """Every table and every index."""
    if engine.dialect.name == "sqlite":
        return set(map(_in_one_order, _asked(engine, _SQLITE)))
    return {found for query in _POSTGRESQL for found in _asked(engine, query)}


def is_named_with_its_column(engine: Engine, table: str, constraint: Mapping[str, Any]) -> bool:
    """Whether a column's definition names the constraint, whose name SQLite's reflection omits."""
    (column,) = constraint["constrained_columns"]
    (statement,) = _asked(engine, f"SELECT sql FROM sqlite_master WHERE name = '{table}'")
    return f"{column} INTEGER CONSTRAINT fk_{table}_{column}_" in statement


def history_writers(engine: Engine) -> dict[str, str]:
    """Returns every trigger with its definition."""
    if engine.dialect.name == "sqlite":
        query = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
    else:
        query = (
            "SELECT tgname, pg_get_triggerdef(pg_trigger.oid) || prosrc FROM pg_trigger "
            "JOIN pg_proc ON pg_proc.oid = tgfoid WHERE NOT tgisinternal"
        )
    with engine.connect() as connection:
        return {row[0]: row[1] for row in connection.execute(text(query))}


def _asked(engine: Engine, query: str) -> Sequence[str]:
    with engine.connect() as connection:
        return connection.scalars(text(query)).all()


def _in_one_order(statement: str) -> str:
    """Normalises the order of columns and the place of foreign keys, which have no meaning."""
    unnamed = re.sub(r"CONSTRAINT \w+ ", "", " ".join(statement.split()))
    head, _, body = unnamed.removesuffix(")").partition("(")
    parts = []
    for part in _parts(body):
        column, refers, target = part.partition(" REFERENCES ")
        if refers and not column.startswith("FOREIGN KEY"):
            parts.append(f"FOREIGN KEY({column.split()[0]}) REFERENCES {target}")
            part = column
        parts.append(part)
    # A renamed table has its name in quotation marks. The order of columns in an index has a
    # meaning.
    return "; ".join([head.replace('"', ""), *(parts if "INDEX" in head else sorted(parts))])


def _parts(body: str) -> Iterator[str]:
    """Splits at commas outside parentheses."""
    depth, part = 0, ""
    for character in body:
        depth += (character == "(") - (character == ")")
        if character == "," and depth == 0:
            yield part.strip()
            part = ""
        else:
            part += character
    yield part.strip()
