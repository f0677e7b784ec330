"""The index of words in SQLite: FTS5."""

from typing import Any

from sqlalchemy import column, func, literal_column, table

from schema.search.words import ENTRY_BITS, WORDS
from service.sql.dialect import Expression, Source
from service.sql.search.index import FoundEntries, QuerySyntax

_KEY_OF_ENTRY: Expression = literal_column(str(2**ENTRY_BITS - 1))


class SQLiteWords:
    """How SQLite searches words and reads JSON arrays."""

    syntax = QuerySyntax('("', '"*', ' OR "', '"', ")", " AND ")

    def found(self, entries: Source, query: Expression) -> FoundEntries:
        """The index is read in the order of its keys, which begin with the size of the text."""
        words = table(WORDS, column("rowid"), column(WORDS)).alias()
        key = words.c.rowid.op("&")(_KEY_OF_ENTRY)
        source = words.join(entries, entries.c.id == key)
        return FoundEntries(source, words.c[WORDS].op("MATCH")(query), (words.c.rowid,))

    def each(self, array: Expression) -> Any:
        """By a table-valued function."""
        return func.json_each(array).table_valued("value")

    def item(self, array: Expression, place: int, sql_type: Any) -> Expression:
        """JSON has the type of the value."""
        path: Expression = literal_column(f"'$[{place}]'")
        return func.json_extract(array, path, type_=sql_type)

    def has(self, text: Expression, part: Expression) -> Expression:
        """Compares the characters themselves."""
        return func.instr(text, part) > literal_column("0")
