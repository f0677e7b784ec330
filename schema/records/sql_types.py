"""SQL types whose definition differs between databases, so that all return the same results."""

from typing import Any

from sqlalchemy import BigInteger, Computed, Integer, Text
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import DDLCompiler

# SQLite assigns ids only in a primary key of the type INTEGER.
BIG_INTEGER = BigInteger().with_variant(Integer, "sqlite")

# Text sorts by code point and case-insensitive comparison covers a-z only, as in SQLite, whatever
# the locale of the PostgreSQL cluster.
TEXT = Text().with_variant(Text(collation="C"), "postgresql")


@compiles(Computed, "postgresql")
def _stored(computed: Computed, compiler: DDLCompiler, **_: Any) -> str:
    """Makes computed columns STORED, because indexes use them.

    PostgreSQL 18 makes them VIRTUAL by default; earlier versions support only STORED. On SQLite
    they stay virtual, because it cannot add a stored column to an existing table.
    """
    formula = compiler.sql_compiler.process(
        computed.sqltext, include_table=False, literal_binds=True
    )
    return f"GENERATED ALWAYS AS ({formula}) STORED"
