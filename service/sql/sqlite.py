"""SQLite, 3.38 and newer: everything about it that another database does otherwise.

JSON is put together as text. `json_object` writes plain values, quickly and safely, and takes what
another call of its kind returns as it is. The JSON of a subquery it would parse once more: that is
set as text between runs of plain values.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

import orjson
from sqlalchemy import Select, case, func, literal_column, select
from sqlalchemy.dialects.sqlite.base import SQLiteDialect

from service.sql.dialect import Content, Expression, Json, Pairs
from service.sql.texts import key_piece, key_text, own_text

# SQLite takes at most 127 arguments in one call: 63 keys with their values.
_PAIRS_MOST = 63

_NULL = own_text("null")
_WORDS: Mapping[Any, Expression] = {
    literal_column("1"): own_text("true"),
    literal_column("0"): own_text("false"),
}


class SQLite:
    """How SQLite writes JSON, lists and texts."""

    engine = SQLiteDialect(paramstyle="qmark")

    def json_object(self, pairs: Pairs) -> Json:
        """One call where all that it holds are values and calls; else runs of these, and texts."""
        if len(pairs) <= _PAIRS_MOST and not any(_is_text(content) for _, content in pairs):
            call = _object_call(pairs)
            return Json((call,), call)
        pieces: list[str | Expression] = ["{"]
        for number, part in enumerate(_parts(pairs)):
            pieces += ([","] if number else []) + part
        return Json((*pieces, "}"))

    def json_array(self, item: Content) -> Json:
        """SQLite gathers in the order of the rows: the selection below is ordered."""
        if isinstance(item, Json):
            joined = func.group_concat(self.answer(item))
            return Json(("[", func.coalesce(joined, own_text("")), "]"))
        return Json((func.json_group_array(item),))

    def json_where(self, condition: Expression, json: Json) -> Json:
        """Null is a word of JSON here, for a null of SQL would swallow the text around it."""
        return Json((case((condition, self.answer(json)), else_=_NULL),))

    def json_boolean(self, truth: Expression) -> Json:
        """SQLite's truths are 1 and 0."""
        return Json((case(_WORDS, value=truth, else_=_NULL),))

    def json_column(self, column: Expression) -> Json:
        """Text is text, whichever query wrote it."""
        return Json((column,))

    def answer(self, json: Content) -> Expression:
        """The pieces, one behind the other."""
        if not isinstance(json, Json):
            return json
        first, *rest = _joined(json.pieces)
        whole = first
        for piece in rest:
            whole = whole.concat(piece)
        return whole

    def hexadecimal(self, text: Expression) -> Expression:
        """`hex` writes capitals."""
        return func.lower(func.hex(text))

    def elements(self, values: Expression) -> Select[Any]:
        """A list is bound as the text of a JSON array."""
        return select(func.json_each(values).table_valued("value").c.value)

    def records_named(self, ids: Expression) -> Any:
        """Each element is a JSON array of table and key."""
        each = func.json_each(ids).table_valued("key", "value")
        return select(
            each.c.key.label("place"),
            func.json_extract(each.c.value, "$[0]").label("record_table"),
            func.json_extract(each.c.value, "$[1]").label("record_id"),
        ).subquery("named")

    def encode_list(self, values: Sequence[Any]) -> str:
        """The text of a JSON array."""
        return orjson.dumps(values).decode()

    def contains(self, text: Expression, part: Expression) -> Expression:
        """`LIKE` would read % and _ in what was asked for."""
        return func.instr(func.lower(text), func.lower(part)) > 0

    def starts_with(self, text: Expression, beginning: Expression) -> Expression:
        """`lower` folds A-Z alone."""
        start = func.substr(func.lower(text), 1, func.length(beginning))
        return start == func.lower(beginning)


def _parts(pairs: Pairs) -> Iterator[list[str | Expression]]:
    """The object's content: each nested JSON with its key, each run of plain values bare."""
    for nested, run in groupby(pairs, key=lambda pair: isinstance(pair[1], Json)):
        members = list(run)
        if nested:
            for key, content in members:
                yield [key_piece(key), *(content.pieces if isinstance(content, Json) else ())]
        else:
            for start in range(0, len(members), _PAIRS_MOST):
                yield [_bare(members[start : start + _PAIRS_MOST])]


def _is_text(content: Content) -> bool:
    return isinstance(content, Json) and content.call is None


def _object_call(pairs: Pairs) -> Expression:
    values = ((key, each.call if isinstance(each, Json) else each) for key, each in pairs)
    return func.json_object(*(part for key, value in values for part in (key_text(key), value)))


def _bare(pairs: Pairs) -> Expression:
    """Without its braces. A plain value never begins or ends with one: texts have their quotes."""
    return func.trim(_object_call(pairs), own_text("{}"))


def _joined(pieces: Sequence[str | Expression]) -> Iterator[Expression]:
    """Texts of ours that meet become one."""
    for ours, run in groupby(pieces, key=lambda piece: isinstance(piece, str)):
        if ours:
            yield own_text("".join(str(piece) for piece in run))
        else:
            yield from (piece for piece in run if not isinstance(piece, str))
