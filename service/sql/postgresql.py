"""The dialect of PostgreSQL, 14 and newer.

JSON is built as text by `concat`, which ignores nulls. PostgreSQL's JSON functions take 1.5 times
as long, because each of them copies the result of its arguments. `to_json` encodes values that may
need escaping. Joins do not preserve order, so each array has an ORDER BY.
"""

from collections.abc import Sequence
from typing import Any

import orjson
from sqlalchemy import (
    BigInteger,
    Integer,
    Numeric,
    Select,
    Text,
    case,
    cast,
    distinct,
    func,
    literal_column,
    select,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSON, array
from sqlalchemy.dialects.postgresql.asyncpg import PGDialect_asyncpg
from sqlalchemy.engine import Dialect as EngineDialect

from schema.analysis.position import PLACES
from service.sql.dialect import (
    Content,
    Expression,
    Json,
    ListForm,
    Order,
    OrderOf,
    Pairs,
    Piece,
    Source,
)
from service.sql.json_text import NULL, JsonText, array_of, chained, expressions, object_of
from service.sql.texts import key_piece, own_text

# PostgreSQL's maximum number of arguments in a call.
_ARGUMENTS_MOST = 100


class PostgreSQL(JsonText):
    """How PostgreSQL writes JSON, lists and texts."""

    # The dialect of this driver writes the type of a parameter: $1::BIGINT.
    engine: EngineDialect = PGDialect_asyncpg()  # type: ignore[no-untyped-call]
    records_form = ListForm(Text(), lambda values: orjson.dumps(values).decode())

    def names_of(self, compiled: Any) -> Sequence[str]:
        """Returns the names in the order of their numbers."""
        return compiled.positiontup or ()

    def json_object(self, pairs: Pairs) -> Json:
        """Concatenates each key and its value."""
        return object_of([key_piece(key), *_pieces(content)] for key, content in pairs)

    def json_values(self, values: Sequence[Content]) -> Json:
        """Concatenates the values."""
        return array_of(map(_pieces, values))

    def json_array(self, item: Content, order: Order) -> Json:
        """Aggregates the items; without rows the aggregate is null, which `concat` ignores."""
        text = _concat(_pieces(item))
        items = func.string_agg(text, own_text(",")).aggregate_order_by(*order())
        return Json(("[", items, "]"))

    def json_array_of(self, items: Sequence[tuple[Expression, Json]]) -> Json:
        """Joins the items by `array_to_string`, which ignores nulls."""
        texts = [case((holds, self.answer(item))) for holds, item in items]
        return Json(("[", func.array_to_string(array(texts), own_text(",")), "]"))

    def json_array_in_order(self, item: Content, order: Sequence[Expression]) -> Json:
        """Like `json_array`: each array has an ORDER BY."""
        return self.json_array(item, lambda: order)

    def json_terms(self, column: Expression) -> Json:
        """Sorts the quoted terms, as DISTINCT requires; the quotation marks do not matter."""
        term = chained(('"', column, '"'))
        terms = func.string_agg(distinct(term), own_text(",")).aggregate_order_by(term)
        return Json(("[", terms, "]"))

    def json_or_null(self, column: Expression) -> Json:
        """Uses the column once: PostgreSQL may run the subquery twice for two uses."""
        return Json((func.coalesce(column, NULL),))

    def json_boolean(self, truth: Expression) -> Json:
        """Casts to text: PostgreSQL's text of a boolean is JSON."""
        return Json((func.coalesce(cast(truth, Text), NULL),))

    def json_unescaped(self, *text: Piece, nullable: bool) -> Content:
        """Adds quotation marks. Unlike `concat`, `||` is null if a part is null."""
        quoted = ('"', *text, '"')
        if not nullable:
            return Json(quoted)
        return Json((func.coalesce(chained(quoted), NULL),))

    def answer(self, json: Content) -> Expression:
        """Concatenates the pieces."""
        return _concat(json.pieces) if isinstance(json, Json) else json

    def sent(self, json: Expression) -> Expression:
        """Returns the text unchanged, because the driver returns bytes."""
        return json

    def hexadecimal(self, text: Expression) -> Expression:
        """Converts to UTF-8 first, so that the encoding of the database does not matter."""
        return func.encode(func.convert_to(text, own_text("UTF8")), own_text("hex"))

    def limited(
        self, query: Select[Any], size: Expression, most: int, order: OrderOf
    ) -> Select[Any]:
        """Applies a constant limit first, then `size`.

        A generic plan does not depend on `size` and assumes a tenth of all rows. Of a million rows
        it would join 100,000, by scanning whole tables. Without a second ORDER BY, PostgreSQL would
        not know the order of the subquery, and would sort again for the array.
        """
        few = query.limit(literal_column(str(most))).subquery()
        return select(few).order_by(*order(lambda name: few.c[name])).limit(size)

    def list_form(self, element: Any) -> ListForm:
        """Binds a list as an array."""
        plain = BigInteger() if isinstance(element, Integer) else Text()
        return ListForm(ARRAY(plain), list)

    def one_of(self, value: Expression, values: Expression) -> Expression:
        """Compares with ANY of the array, which can use an index."""
        return value == func.any(values)

    def one_of_rows(self, column: Expression, rows: Select[Any]) -> Expression:
        """Compares with an array, which can use an index within OR; a subquery cannot."""
        return column == func.any(func.array(rows.scalar_subquery()))

    def looked_up(self, column: Expression, rows: Select[Any]) -> Expression:
        """Compares with an array: PostgreSQL expects few values in it, but many rows in a CTE."""
        return self.one_of_rows(column, rows)

    def outer_join(self, left: Source, right: Source, on: Expression) -> Source:
        """A full join, which PostgreSQL hashes.

        For an outer join it expects few rows in a CTE, and compares all pairs.
        """
        return left.outerjoin(right, on, full=True)

    def none_of(self, value: Expression, values: Expression) -> Expression:
        """Checks for null, because for an empty list the comparison is true even of null."""
        return value.is_not(None) & (value != func.all(values))

    def records_named(self, ids: Expression) -> Any:
        """Binds the list as a JSON array whose items are arrays of table, key and revision."""
        listed = func.json_array_elements(cast(ids, JSON))
        each = listed.table_valued("value", with_ordinality="place").render_derived()
        return select(
            each.c.place,
            _element(each.c.value, 0).label("record_table"),
            cast(_element(each.c.value, 1), BigInteger).label("record_id"),
            cast(_element(each.c.value, 2), BigInteger).label("revision"),
        ).subquery("named")

    def texts_listed(self, rows: Expression, width: int) -> tuple[Expression, ...]:
        """Binds the list as a JSON array of arrays."""
        listed = func.json_array_elements(cast(rows, JSON))
        each = listed.table_valued("value", with_ordinality="place").render_derived()
        return each.c.place, *(_element(each.c.value, place) for place in range(width))

    def json_array_of_group(self, item: Content, order: Sequence[Expression]) -> Json:
        """Like `json_array_in_order` of a whole query."""
        return self.json_array(item, lambda: order)

    def decimal_sum(self, amounts: Expression, where: Expression) -> Expression:
        """Sums `numeric`, which is exact."""
        total = func.sum(cast(amounts, Numeric())).filter(where)
        return cast(func.trim_scale(total), Text).collate("C")

    def decimal_share(self, part: Expression, whole: Expression) -> Expression:
        """Divides as `numeric`."""
        return _share(cast(part, Numeric()), cast(whole, Numeric()))

    def sum_of_squared_shares(self, amounts: Expression) -> Expression:
        """Divides the sum of squares by the square of the sum."""
        amount = cast(amounts, Numeric())
        total = func.sum(amount)
        return _share(func.sum(amount * amount), total * total)

    def contains(self, text: Expression, part: Expression) -> Expression:
        """Uses `strpos`: `LIKE` would interpret % and _ in the search text."""
        return func.strpos(func.lower(text), func.lower(part)) > 0

    def starts_with(self, text: Expression, beginning: Expression) -> Expression:
        """Uses `lower`, which converts only A-Z here: columns and values have COLLATE "C"."""
        return func.starts_with(func.lower(text), func.lower(beginning))


def _share(part: Expression, whole: Expression) -> Expression:
    """Rounds half up, by a division of integers: a division of `numeric` would round twice."""
    scale = 10**PLACES
    known = case((whole > literal_column("0"), whole))
    halves = func.div(part * literal_column(str(2 * scale)) + known, known * literal_column("2"))
    share = halves / literal_column(str(scale))
    return cast(func.trim_scale(share), Text).collate("C")


def _pieces(content: Content) -> Sequence[Piece]:
    if isinstance(content, Json):
        return content.pieces
    return (func.coalesce(func.to_json(content), NULL),)


def _concat(pieces: Sequence[Piece]) -> Expression:
    """Returns one call of `concat`, or nested calls for too many pieces."""
    parts = list(expressions(pieces))
    while len(parts) > _ARGUMENTS_MOST:
        starts = range(0, len(parts), _ARGUMENTS_MOST)
        parts = [_call(parts[start : start + _ARGUMENTS_MOST]) for start in starts]
    return _call(parts)


def _call(parts: Sequence[Expression]) -> Expression:
    return func.concat(*parts, type_=Text())


def _element(value: Expression, place: int) -> Expression:
    return value.op("->>")(literal_column(str(place)))
