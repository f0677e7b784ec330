"""PostgreSQL, 14 and newer: everything about it that another database does otherwise.

JSON is put together as text by `concat`, which passes over nulls. Functions that make JSON of their
own take half as long again: each copies what the one below it has made. `to_json` is asked for what
may have to be escaped. Joins give their rows in any order, so each array is told what it is ordered
by.
"""

from collections.abc import Sequence
from typing import Any

import orjson
from sqlalchemy import BigInteger, Integer, Select, Text, case, cast, func, literal_column, select
from sqlalchemy.dialects.postgresql import ARRAY, JSON, array
from sqlalchemy.dialects.postgresql.asyncpg import PGDialect_asyncpg
from sqlalchemy.engine import Dialect as EngineDialect

from service.sql.dialect import Content, Expression, Json, ListForm, Order, OrderOf, Pairs, Piece
from service.sql.json_text import NULL, JsonText, chained, expressions, object_of
from service.sql.texts import key_piece, own_text

# PostgreSQL takes at most 100 arguments in one call.
_ARGUMENTS_MOST = 100


class PostgreSQL(JsonText):
    """How PostgreSQL writes JSON, lists and texts."""

    # Of all drivers, since it writes the type of a value behind its place: $1::BIGINT.
    engine: EngineDialect = PGDialect_asyncpg()  # type: ignore[no-untyped-call]
    records_form = ListForm(Text(), lambda values: orjson.dumps(values).decode())

    def json_object(self, pairs: Pairs) -> Json:
        """Each value behind its key."""
        return object_of([key_piece(key), *_pieces(content)] for key, content in pairs)

    def json_array(self, item: Content, order: Order) -> Json:
        """Of no rows nothing is gathered, and `concat` writes nothing for it."""
        text = _concat(_pieces(item))
        items = func.string_agg(text, own_text(",")).aggregate_order_by(*order())
        return Json(("[", items, "]"))

    def json_array_of(self, items: Sequence[tuple[Expression, Json]]) -> Json:
        """`array_to_string` passes over nulls."""
        texts = [case((holds, self.answer(item))) for holds, item in items]
        return Json(("[", func.array_to_string(array(texts), own_text(",")), "]"))

    def json_or_null(self, column: Expression) -> Json:
        """The column is named once: named twice, the query below might run twice."""
        return Json((func.coalesce(column, NULL),))

    def json_boolean(self, truth: Expression) -> Json:
        """As text PostgreSQL's truths are JSON's."""
        return Json((func.coalesce(cast(truth, Text), NULL),))

    def json_unescaped(self, *text: Piece, nullable: bool) -> Content:
        """Between quotation marks. Unlike `concat`, `||` gives null where a part is null."""
        quoted = ('"', *text, '"')
        if not nullable:
            return Json(quoted)
        return Json((func.coalesce(chained(quoted), NULL),))

    def answer(self, json: Content) -> Expression:
        """The pieces, one behind the other."""
        return _concat(json.pieces) if isinstance(json, Json) else json

    def hexadecimal(self, text: Expression) -> Expression:
        """Whatever the database is encoded in."""
        return func.encode(func.convert_to(text, own_text("UTF8")), own_text("hex"))

    def limited(
        self, query: Select[Any], size: Expression, most: int, order: OrderOf
    ) -> Select[Any]:
        """First by a number that stands in the text.

        A plan is made once for every `size`, and takes it for a tenth of all rows. Of a million
        rows it would then join a hundred thousand, by going through whole tables. Unless the order
        is said again, PostgreSQL forgets it here, and sorts anew for the array above.
        """
        few = query.limit(literal_column(str(most))).subquery()
        return select(few).order_by(*order(lambda name: few.c[name])).limit(size)

    def list_form(self, element: Any) -> ListForm:
        """A list is bound as an array."""
        plain = BigInteger() if isinstance(element, Integer) else Text()
        return ListForm(ARRAY(plain), list)

    def one_of(self, value: Expression, values: Expression) -> Expression:
        """An index leads to each."""
        return value == func.any(values)

    def none_of(self, value: Expression, values: Expression) -> Expression:
        """To SQL, even an unknown value is not in an empty list."""
        return value.is_not(None) & (value != func.all(values))

    def records_named(self, ids: Expression) -> Any:
        """Bound as the text of a JSON array; each element is an array of table and key."""
        listed = func.json_array_elements(cast(ids, JSON))
        each = listed.table_valued("value", with_ordinality="place").render_derived()
        return select(
            each.c.place,
            _element(each.c.value, 0).label("record_table"),
            cast(_element(each.c.value, 1), BigInteger).label("record_id"),
        ).subquery("named")

    def contains(self, text: Expression, part: Expression) -> Expression:
        """`LIKE` would read % and _ in what was asked for."""
        return func.strpos(func.lower(text), func.lower(part)) > 0

    def starts_with(self, text: Expression, beginning: Expression) -> Expression:
        """`lower` folds A-Z alone, since columns and values bound beside them have COLLATE "C"."""
        return func.starts_with(func.lower(text), func.lower(beginning))


def _pieces(content: Content) -> Sequence[Piece]:
    if isinstance(content, Json):
        return content.pieces
    return (func.coalesce(func.to_json(content), NULL),)


def _concat(pieces: Sequence[Piece]) -> Expression:
    """One call; where there are too many pieces for it, one of calls."""
    parts = list(expressions(pieces))
    while len(parts) > _ARGUMENTS_MOST:
        starts = range(0, len(parts), _ARGUMENTS_MOST)
        parts = [_call(parts[start : start + _ARGUMENTS_MOST]) for start in starts]
    return _call(parts)


def _call(parts: Sequence[Expression]) -> Expression:
    return func.concat(*parts, type_=Text())


def _element(value: Expression, place: int) -> Expression:
    return value.op("->>")(literal_column(str(place)))
