"""The dialect of SQLite, 3.54 and newer.

JSON is built as text. `json_object` writes plain values quickly and safely, and accepts the result
of another JSON function as JSON. It would parse the JSON of a subquery again, so that JSON is
concatenated as text between groups of plain values.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

import orjson
from sqlalchemy import (
    LargeBinary,
    Select,
    Text,
    and_,
    case,
    cast,
    distinct,
    func,
    literal_column,
    select,
    true,
)
from sqlalchemy.dialects.sqlite.base import SQLiteCompiler, SQLiteDialect

from service.sql.chains import concatenated
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
from service.sql.json_text import NULL, JsonText, array_of, chained, object_of
from service.sql.texts import key_piece, key_text, own_text

# SQLite allows 127 arguments in a call: 63 keys with their values.
_VALUES_MOST, _PAIRS_MOST = 127, 63

_BOOLEANS: Mapping[Any, Expression] = {
    literal_column("1"): own_text("true"),
    literal_column("0"): own_text("false"),
}


class _NumberedValues(SQLiteCompiler):
    """Numbers the values as `?1`, `?2`, so that a value is bound once however often it is used."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        self.numbers: dict[str, int] = {}
        super().__init__(*arguments, **options)

    def bindparam_string(self, name: str, *_: Any, **__: Any) -> str:
        return f"?{self.numbers.setdefault(name, len(self.numbers) + 1)}"


class _Engine(SQLiteDialect):
    statement_compiler = _NumberedValues
    supports_statement_cache = True


class SQLite(JsonText):
    """How SQLite writes JSON, lists and texts."""

    engine = _Engine(paramstyle="named")
    records_form = ListForm(Text(), lambda values: orjson.dumps(values).decode())

    def names_of(self, compiled: Any) -> Sequence[str]:
        """Returns the names in the order of their numbers."""
        return list(compiled.numbers)

    def json_object(self, pairs: Pairs) -> Json:
        """Makes one call if all members are plain values or calls.

        Otherwise joins text, and calls for groups of plain values.
        """
        if len(pairs) <= _PAIRS_MOST and not any(_is_text(content) for _, content in pairs):
            call = _object_call(pairs)
            return Json((call,), call)
        return object_of(_parts(pairs))

    def json_values(self, values: Sequence[Content]) -> Json:
        """Makes one call for each run of plain values, and removes the brackets of its result."""
        parts: list[Sequence[Piece]] = []
        for nested, run in groupby(values, key=lambda value: isinstance(value, Json)):
            some = list(run)
            if nested:
                parts += [each.pieces for each in some if isinstance(each, Json)]
            else:
                for start in range(0, len(some), _VALUES_MOST):
                    call = func.json_array(*some[start : start + _VALUES_MOST])
                    # No plain value begins or ends with a bracket.
                    parts.append([func.trim(call, own_text("[]"))])
        return array_of(parts)

    def json_array(self, item: Content, order: Order) -> Json:
        """Aggregates without ORDER BY, because SQLite keeps the order of the subquery's rows."""
        if isinstance(item, Json):
            joined = func.group_concat(self.answer(item))
            return Json(("[", func.coalesce(joined, own_text("")), "]"))
        return Json((func.json_group_array(item),))

    def json_array_in_order(self, item: Content, order: Sequence[Expression]) -> Json:
        """Aggregates with an ORDER BY of the aggregate."""
        if isinstance(item, Json):
            joined = func.group_concat(self.answer(item)).aggregate_order_by(*order)
            return Json(("[", func.coalesce(joined, own_text("")), "]"))
        return Json((func.json_group_array(item).aggregate_order_by(*order),))

    def json_terms(self, column: Expression) -> Json:
        """Aggregates distinct, sorted terms."""
        terms = func.json_group_array(distinct(column)).aggregate_order_by(column)
        return Json((terms,))

    def json_array_of(self, items: Sequence[tuple[Expression, Json]]) -> Json:
        """Concatenates items with a leading comma, and removes the first comma."""
        each = (
            case((condition, own_text(",").concat(self.answer(item))), else_=own_text(""))
            for condition, item in items
        )
        return Json(("[", func.substr(concatenated((own_text(""), *each)), 2), "]"))

    def json_or_null(self, column: Expression) -> Json:
        """Like `json_where`."""
        return self.json_where(column.is_not(None), Json((column,)))

    def json_boolean(self, truth: Expression) -> Json:
        """Maps 1 and 0, which are SQLite's booleans, to `true` and `false`."""
        return Json((case(_BOOLEANS, value=truth, else_=NULL),))

    def json_unescaped(self, *text: Piece, nullable: bool) -> Content:
        """Returns a plain value: `json_object` is as fast, although it escapes."""
        return chained(text)

    def answer(self, json: Content) -> Expression:
        """Concatenates the pieces."""
        return chained(json.pieces) if isinstance(json, Json) else json

    def sent(self, json: Expression) -> Expression:
        """Converts to bytes: the driver would decode a text, and the server encode it again."""
        return cast(json, LargeBinary)

    def hexadecimal(self, text: Expression) -> Expression:
        """Converts to lower case: `hex` returns upper case."""
        return func.lower(func.hex(text))

    def list_text(self, item: Content, order: Order) -> Expression:
        """Concatenates the empty text, so that SQLite does not treat the value as JSON."""
        return super().list_text(item, order).concat(own_text(""))

    def limited(
        self, query: Select[Any], size: Expression, most: int, order: OrderOf
    ) -> Select[Any]:
        """Limits the query by `size` alone: SQLite does not plan by the number of rows."""
        return query.limit(size)

    def list_form(self, element: Any) -> ListForm:
        """Binds a list as the text of a JSON array."""
        return self.records_form

    def one_of(self, value: Expression, values: Expression) -> Expression:
        """Compares with a subquery, which reads the list once."""
        return value.in_(_elements(values))

    def one_of_rows(self, column: Expression, rows: Select[Any]) -> Expression:
        """Compares with a subquery: SQLite uses an index for each condition of an OR."""
        return column.in_(rows)

    def looked_up(self, column: Expression, rows: Select[Any]) -> Expression:
        """Always true: SQLite uses an index for a join whenever there is one."""
        return true()

    def outer_join(self, left: Source, right: Source, on: Expression) -> Source:
        """A left join: SQLite builds a temporary index for it."""
        return left.outerjoin(right, on)

    def none_of(self, value: Expression, values: Expression) -> Expression:
        """Checks for null, because for an empty list NOT IN is true even of null."""
        return and_(value.is_not(None), value.not_in(_elements(values)))

    def records_named(self, ids: Expression) -> Any:
        """Binds the list as a JSON array whose items are arrays of table, key and revision."""
        each = func.json_each(ids).table_valued("key", "value")
        return select(
            each.c.key.label("place"),
            func.json_extract(each.c.value, "$[0]").label("record_table"),
            func.json_extract(each.c.value, "$[1]").label("record_id"),
            func.json_extract(each.c.value, "$[2]").label("revision"),
        ).subquery("named")

    def texts_listed(self, rows: Expression, width: int) -> tuple[Expression, ...]:
        """Binds the list as a JSON array of arrays."""
        each = func.json_each(rows).table_valued("key", "value")
        texts = (func.json_extract(each.c.value, f"$[{place}]") for place in range(width))
        return each.c.key, *texts

    def json_array_of_group(self, item: Content, order: Sequence[Expression]) -> Json:
        """Sorts in the aggregate, because groups do not keep the order of rows."""
        joined = func.group_concat(self.answer(item), own_text(",")).aggregate_order_by(*order)
        return Json(("[", joined, "]"))

    def decimal_sum(self, amounts: Expression, where: Expression) -> Expression:
        """Calls a function that each connection has (`service/database/sqlite/decimals.py`)."""
        return func.decimal_sum(amounts, type_=Text()).filter(where)

    def decimal_share(self, part: Expression, whole: Expression) -> Expression:
        """Calls a function, like `decimal_sum`."""
        return func.decimal_share(part, whole, type_=Text())

    def sum_of_squared_shares(self, amounts: Expression) -> Expression:
        """Calls a function, like `decimal_sum`."""
        return func.sum_of_squared_shares(amounts, type_=Text())

    def contains(self, text: Expression, part: Expression) -> Expression:
        """Uses `instr`: `LIKE` would interpret % and _ in the search text."""
        return func.instr(func.lower(text), func.lower(part)) > 0

    def starts_with(self, text: Expression, beginning: Expression) -> Expression:
        """Uses `lower`, which converts only A-Z."""
        start = func.substr(func.lower(text), 1, func.length(beginning))
        return start == func.lower(beginning)


def _elements(values: Expression) -> Select[Any]:
    return select(func.json_each(values).table_valued("value").c.value)


def _parts(pairs: Pairs) -> Iterator[list[Piece]]:
    """Yields the content of the object: nested JSON with its keys, and groups of plain values."""
    for nested, run in groupby(pairs, key=lambda pair: isinstance(pair[1], Json)):
        members = list(run)
        if nested:
            for key, content in members:
                yield [key_piece(key), *(content.pieces if isinstance(content, Json) else ())]
        else:
            for start in range(0, len(members), _PAIRS_MOST):
                yield [_without_braces(members[start : start + _PAIRS_MOST])]


def _is_text(content: Content) -> bool:
    return isinstance(content, Json) and content.call is None


def _object_call(pairs: Pairs) -> Expression:
    values = ((key, each.call if isinstance(each, Json) else each) for key, each in pairs)
    return func.json_object(*(part for key, value in values for part in (key_text(key), value)))


def _without_braces(pairs: Pairs) -> Expression:
    """Removes the braces of the call's result. No plain value begins or ends with a brace."""
    return func.trim(_object_call(pairs), own_text("{}"))
