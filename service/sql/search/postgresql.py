"""The index of words in PostgreSQL: GIN, over lexemes that are the words of each entry."""

from typing import Any

from sqlalchemy import Boolean, Select, cast, func, literal_column, select, union_all
from sqlalchemy.dialects.postgresql import JSON, TSQUERY

from schema.search import HITS_MOST, SEARCH_TYPES, SearchType
from service.plan import Parameter
from service.sql.binding import Binding
from service.sql.dialect import Expression
from service.sql.search.index import QuerySyntax, SoughtTexts, has_names
from service.sql.texts import number, own_text


class PostgreSQLWords:
    """Searches words and reads JSON arrays in PostgreSQL."""

    syntax = QuerySyntax("('", "':*", "'", " | '", ")", " & ")

    def shortest(self, binding: Binding, sought: SoughtTexts) -> Select[Any]:
        """Sorts the entries of each type: the index finds them in no order."""
        of_types = (
            self._of_type(binding, sought, place, type_)
            for place, type_ in enumerate(SEARCH_TYPES.values())
        )
        found = union_all(*(select(each.subquery()) for each in of_types)).subquery()
        return select(found.c.id)

    def _of_type(
        self, binding: Binding, sought: SoughtTexts, place: int, type_: SearchType
    ) -> Select[Any]:
        entries = sought.entries
        # Must equal the expression of the index exactly, or PostgreSQL does not use the index.
        words = func.string_to_array(func.btrim(entries.c.folded), own_text(" "))
        query = cast(sought.names if has_names(type_) else sought.texts, TSQUERY)
        where = [
            entries.c.type == number(place),
            func.array_to_tsvector(words).op("@@")(query),
            *sought.holding,
        ]
        if has_names(type_):
            where.append(sought.is_match)
        if sought.types is not None:
            where.append(_is_among(binding, sought.types, place))
        shortest = select(entries.c.id).where(*where).order_by(entries.c.size, entries.c.id)
        return shortest.limit(number(HITS_MOST))

    def each(self, array: Expression) -> Any:
        """Calls a set-returning function, which keeps the order of the array."""
        return func.json_array_elements(cast(array, JSON)).table_valued("value").render_derived()

    def item(self, array: Expression, place: int, sql_type: Any) -> Expression:
        """Reads the item as text, and casts it."""
        return cast(array.op("->>")(literal_column(str(place))), sql_type)

    def has(self, text: Expression, part: Expression) -> Expression:
        """Compares characters, without patterns."""
        return func.strpos(text, part) > literal_column("0")


def _is_among(binding: Binding, types: Parameter, place: int) -> Expression:
    """Whether the query selects a type."""

    def read(value: Any) -> bool:
        return place in types.read(value)

    return binding.parameter(Parameter(types.source, read), Boolean())
