"""The index of words in SQLite: FTS5."""

from typing import Any

import orjson
from sqlalchemy import (
    BigInteger,
    Select,
    Text,
    case,
    column,
    func,
    literal_column,
    or_,
    select,
    table,
)

from schema.search import HITS_MOST, SEARCH_TYPES
from schema.search.words import ENTRY_BITS, SIZE_BITS, WORDS
from service.plan import Parameter
from service.sql.binding import Binding
from service.sql.dialect import Expression
from service.sql.search.index import QuerySyntax, SoughtTexts, has_names
from service.sql.texts import number, own_text

_KEY_OF_ENTRY: Expression = literal_column(str(2**ENTRY_BITS - 1))
_BITS = SIZE_BITS + ENTRY_BITS
# For each type: the first and the last possible key in the index, and 1 if the type has names.
_TYPES = tuple(
    (place << _BITS, (place + 1 << _BITS) - 1, int(has_names(type_)))
    for place, type_ in enumerate(SEARCH_TYPES.values())
)


def _json(places: Any) -> str:
    return orjson.dumps([_TYPES[place] for place in dict.fromkeys(places)]).decode()


_ALL_TYPES = own_text(_json(range(len(_TYPES))))


class SQLiteWords:
    """Searches words and reads JSON arrays in SQLite."""

    syntax = QuerySyntax('("', '"*', '"', ' OR "', ")", " AND ")

    def shortest(self, binding: Binding, sought: SoughtTexts) -> Select[Any]:
        """Reads the index in the order of its keys: by type, then by the size of the text.

        One query reads each type in turn. SQLite copies a common table expression at each
        reference, and limits the copies to fewer than a query for each type would need.
        """
        types = self.each(self._types(binding, sought.types)).alias("types")
        first, last, with_names = (
            self.item(types.c.value, place, BigInteger()) for place in range(len(_TYPES[0]))
        )
        entries = sought.entries
        words = table(WORDS, column("rowid"), column(WORDS)).alias()
        query = case((with_names == number(1), sought.names), else_=sought.texts)
        of_type = (
            select(entries.c.id)
            .select_from(words.join(entries, entries.c.id == words.c.rowid.op("&")(_KEY_OF_ENTRY)))
            .where(
                words.c[WORDS].op("MATCH")(query),
                words.c.rowid.between(first, last),
                *sought.holding,
                or_(with_names == number(0), sought.is_match),
            )
            .order_by(words.c.rowid)
            .limit(number(HITS_MOST))
            .correlate(types)
            .subquery()
        )
        ids = select(func.json_group_array(of_type.c.id)).correlate(types).scalar_subquery()
        found = self.each(ids)
        return select(found.c.value.label("id")).select_from(types).join(found, number(1) == 1)

    def _types(self, binding: Binding, types: Parameter | None) -> Expression:
        return _ALL_TYPES if types is None else binding.parameter(types, Text(), _json)

    def each(self, array: Expression) -> Any:
        """Calls a table-valued function."""
        return func.json_each(array).table_valued("value")

    def item(self, array: Expression, place: int, sql_type: Any) -> Expression:
        """Extracts the item, which has the type of the JSON value."""
        path: Expression = literal_column(f"'$[{place}]'")
        return func.json_extract(array, path, type_=sql_type)

    def has(self, text: Expression, part: Expression) -> Expression:
        """Compares characters, without patterns."""
        return func.instr(text, part) > literal_column("0")
