"""The FROM clause of a query: a table, the tables of its to-one edges, and nested queries.

Nested queries (a page within a page) become columns of an inner query, the layer, and the JSON is
built from the layer's columns. Within the JSON the queries would be nested in its function calls,
whose nesting SQLite's parser limits.
"""

from typing import Any

from sqlalchemy import FromClause, Select, column, select

from service.sql.dialect import Expression, Json, Source

# The prefix of a common table expression to compute once, however many others read it. Both
# databases would otherwise repeat the expression, with all its subqueries, for each row that reads
# it.
ONCE = "MATERIALIZED"


class Reading:
    """The rows of one query.

    Following an edge adds an outer join, which changes neither the number of the rows nor their
    order.
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
        """`within`: the sources of enclosing queries that are referenced.

        `in_layers`: whether to use a layer. `order`: the order of the rows, if the source has none.
        """
        self.source = source
        self._where = where
        self._within = within
        self._order = order
        self._in_layers = in_layers
        self.joins = 0
        self._layer: dict[Any, tuple[str, Expression]] = {}

    def follow(self, target: Source, on: Expression) -> None:
        """Joins a table by an outer join."""
        self.joins += 1
        self.source = self.source.outerjoin(target, on)

    def column(self, expression: Expression) -> Expression:
        """A column of the rows, for use in the JSON."""
        return self._layer_column(expression, expression) if self._in_layers else expression

    def nested(self, query: Select[Any]) -> Json:
        """The JSON of a nested query, which has one row and column for each row."""
        return Json((self._layer_column(query, query.scalar_subquery()),))

    def select(self, *columns: Expression) -> Select[Any]:
        """Selects from the rows; without a layer if no column of the layer is used."""
        if not self._in_layers or not self._layer:
            return self._rows(*columns)
        named = (expression.label(name) for name, expression in self._layer.values())
        return select(*columns).select_from(self._rows(*named).subquery("layer"))

    def _rows(self, *columns: Any) -> Select[Any]:
        rows = select(*columns).select_from(self.source).order_by(*self._order)
        if self._where is not None:
            rows = rows.where(self._where)
        return rows.correlate(*self._within) if self._within else rows

    def _layer_column(self, key: Any, expression: Expression) -> Expression:
        if key not in self._layer:
            self._layer[key] = (f"value_{len(self._layer) + 1}", expression)
        return column(self._layer[key][0], expression.type)
