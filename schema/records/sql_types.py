"""The SQL types that each database has a word of its own for, so that all of them answer alike."""

from typing import Any

from sqlalchemy import BigInteger, Computed, Integer, Text
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import DDLCompiler

# SQLite counts ids up by itself only in a column that is called INTEGER.
BIG_INTEGER = BigInteger().with_variant(Integer, "sqlite")

# Texts are ordered by the numbers of their characters, and only a-z have capitals: so SQLite has
# it, whatever language a PostgreSQL was set up for.
TEXT = Text().with_variant(Text(collation="C"), "postgresql")


@compiles(Computed, "postgresql")
def _stored(computed: Computed, compiler: DDLCompiler, **_: Any) -> str:
    """A computed column is stored, since indexes are made of it.

    Before PostgreSQL 18 there is no other sort, and from then on it is the other one that is made
    where nothing is said. SQLite computes it as it reads, and can't add a stored one to a table.
    """
    formula = compiler.sql_compiler.process(
        computed.sqltext, include_table=False, literal_binds=True
    )
    return f"GENERATED ALWAYS AS ({formula}) STORED"
