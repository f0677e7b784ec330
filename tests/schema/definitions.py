"""What a database says its tables are, but for the names of constraints and of what made them."""

import re
from collections.abc import Sequence

from sqlalchemy import Engine, text

_SQLITE = """
    SELECT sql FROM sqlite_master
    WHERE sql NOT NULL AND type != 'trigger'
    AND tbl_name NOT IN ('alembic_version', 'sqlite_sequence')
"""

# A field that is added later stands behind these; that says nothing.
_REVISIONS = ", from_revision BIGINT NOT NULL, until_revision BIGINT NOT NULL"

# A column with its place, its type and order, whether it is null, and how it is computed.
_POSTGRESQL = (
    """
    SELECT concat_ws(' ', relname,
        CASE WHEN attname NOT IN ('from_revision', 'until_revision') THEN row_number() OVER (
            PARTITION BY relname, attname IN ('from_revision', 'until_revision') ORDER BY attnum
        ) END, attname, format_type(atttypid, atttypmod), collname, attnotnull, attgenerated,
        pg_get_expr(adbin, adrelid))
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
        return set(map(_columns_in_order, _asked(engine, _SQLITE)))
    return {found for query in _POSTGRESQL for found in _asked(engine, query)}


def history_writers(engine: Engine) -> dict[str, str]:
    """Every trigger, with what it does."""
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


def _columns_in_order(statement: str) -> str:
    """Constraints stand after the columns; in which order among themselves says nothing."""
    unnamed = re.sub(r"CONSTRAINT \w+ ", "", " ".join(statement.split()))
    head, *rest = re.split(r", (?=UNIQUE|FOREIGN KEY|PRIMARY KEY)", unnamed.removesuffix(")"))
    columns, with_revisions, added = head.partition(_REVISIONS)
    columns = (columns + added).strip()
    return " ".join([columns, with_revisions, *sorted(part.strip() for part in rest)])
