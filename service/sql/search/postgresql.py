"""The index of words in PostgreSQL: GIN, over lexemes that are the words of each entry."""

from typing import Any

from sqlalchemy import cast, func, literal_column
from sqlalchemy.dialects.postgresql import JSON, TSQUERY

from service.sql.dialect import Expression, Source
from service.sql.search.index import FoundEntries, QuerySyntax
from service.sql.texts import own_text


class PostgreSQLWords:
    """How PostgreSQL searches words and reads JSON arrays."""

    syntax = QuerySyntax("('", "':*", " | '", "'", ")", " & ")

    def found(self, entries: Source, query: Expression) -> FoundEntries:
        """The index has no order, so what it finds is sorted."""
        # As in the index, to the letter: else it is not used.
        words = func.string_to_array(func.btrim(entries.c.folded), own_text(" "))
        matching = func.array_to_tsvector(words).op("@@")(cast(query, TSQUERY))
        return FoundEntries(entries, matching, (entries.c.size, entries.c.id))

    def each(self, array: Expression) -> Any:
        """By a set-returning function, in the order of the array."""
        return func.json_array_elements(cast(array, JSON)).table_valued("value").render_derived()

    def item(self, array: Expression, place: int, sql_type: Any) -> Expression:
        """As text, and as what it is."""
        return cast(array.op("->>")(literal_column(str(place))), sql_type)

    def has(self, text: Expression, part: Expression) -> Expression:
        """Compares the characters themselves."""
        return func.strpos(text, part) > literal_column("0")
