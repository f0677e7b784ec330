"""SQLite, 3.38 and newer: everything about it that another database does otherwise."""

from collections.abc import Sequence
from typing import Any

import orjson
from sqlalchemy import Select, case, func, literal_column, select
from sqlalchemy.dialects.sqlite.base import SQLiteDialect

from service.sql.dialect import Expression, Pairs

# SQLite takes at most 127 arguments in one call: 63 keys with their values.
_PAIRS_MOST = 63


class SQLite:
    """How SQLite writes JSON, lists and texts."""

    engine = SQLiteDialect(paramstyle="qmark")

    def json_object(self, pairs: Pairs) -> Expression:
        """`json_object`; wider ones are cut from several and joined as text."""
        chunks = [pairs[start : start + _PAIRS_MOST] for start in range(0, len(pairs), _PAIRS_MOST)]
        objects = [func.json_object(*(part for pair in chunk for part in pair)) for chunk in chunks]
        if len(objects) < 2:
            return objects[0] if objects else func.json_object()
        text: Expression = func.substr(objects[0], 1, func.length(objects[0]) - 1)
        for other in objects[1:]:
            text = text.concat(",").concat(func.substr(other, 2, func.length(other) - 2))
        return func.json(text.concat("}"))

    def json_array(self, item: Expression, keep: Expression | None) -> Expression:
        """SQLite gathers in the order of the rows: the selection below is ordered."""
        array = func.json_group_array(item)
        return array if keep is None else array.filter(keep)

    def json_nested(self, query: Select[Any]) -> Expression:
        """Text that comes out of a subquery has to be told to be JSON."""
        return func.json(query.scalar_subquery())

    def json_text(self, text: Expression) -> Expression:
        """A text that is told to be JSON."""
        return func.json(text)

    def json_boolean(self, truth: Expression) -> Expression:
        """SQLite's truths are 1 and 0."""
        names: dict[int, Expression] = {1: literal_column("'true'"), 0: literal_column("'false'")}
        whens: dict[Any, Any] = {
            literal_column(str(number)): name for number, name in names.items()
        }
        return func.json(case(whens, value=truth))

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
