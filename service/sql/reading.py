"""What a query reads its rows from: a table, what its to-one edges lead to, and nested answers.

Where rows hold nested answers (a page within a page), these are selected as columns of a layer
below, and the answer is made from the layer's columns. Written into the answer itself they would
stand within all of its calls, and SQLite's parser gives up where too many calls are open at once.
"""

from typing import Any

from sqlalchemy import FromClause, Select, column, select

from service.sql.dialect import Expression, Json, Source


class Reading:
    """The rows of one query: it grows as edges are followed, each by an outer join.

    Outer joins leave the rows, and so their order, as they are.
    """

    def __init__(
        self,
        source: FromClause,
        *,
        where: Expression | None = None,
        within: tuple[Source, ...] = (),
        order: tuple[Expression, ...] = (),
        in_layers: bool = False,
    ) -> None:
        """`within`: rows of queries around that are spoken of. `in_layers`: for nested answers.

        `order`: of the rows, where the source has none of its own.
        """
        self.source = source
        self._where = where
        self._within = within
        self._order = order
        self._in_layers = in_layers
        self._below: dict[Any, tuple[str, Expression]] = {}

    def follow(self, target: Source, on: Expression) -> None:
        """Joins one more table."""
        self.source = self.source.outerjoin(target, on)

    def column(self, wanted: Expression) -> Expression:
        """A column of the rows, as the answer names it."""
        return self._from_below(wanted, wanted) if self._in_layers else wanted

    def nested(self, query: Select[Any]) -> Json:
        """The one JSON value that a query selects for each row."""
        return Json((self._from_below(query, query.scalar_subquery()),))

    def select(self, *answer: Expression) -> Select[Any]:
        """The answer, selected from the rows; without a layer where it holds nothing of them."""
        if not self._in_layers or not self._below:
            return self._rows(*answer)
        named = (expression.label(name) for name, expression in self._below.values())
        return select(*answer).select_from(self._rows(*named).subquery("layer"))

    def _rows(self, *columns: Any) -> Select[Any]:
        rows = select(*columns).select_from(self.source).order_by(*self._order)
        if self._where is not None:
            rows = rows.where(self._where)
        return rows.correlate(*self._within) if self._within else rows

    def _from_below(self, key: Any, expression: Expression) -> Expression:
        if key not in self._below:
            self._below[key] = (f"value_{len(self._below) + 1}", expression)
        return column(self._below[key][0], expression.type)
