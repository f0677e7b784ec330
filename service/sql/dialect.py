"""The differences between databases. Each database implements `Dialect` in a file of its own."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from sqlalchemy import ColumnElement, FromClause, Select
from sqlalchemy.engine import Compiled
from sqlalchemy.engine import Dialect as EngineDialect

Expression = ColumnElement[Any]

# A source of rows: an alias of a table, or a subquery.
Source = Any

# A part of a text: a constant, or an expression.
Piece = str | Expression


@dataclass(frozen=True)
class Json:
    """JSON text in pieces to concatenate, none of which is null.

    `call`: the same JSON as one function call whose result the database treats as JSON, if the
    database has such a function and the JSON is simple enough.
    """

    pieces: tuple[Piece, ...]
    call: Expression | None = None


# The value of a key: a plain SQL value, or JSON.
Content = Expression | Json
Pairs = Sequence[tuple[str, Content]]

# The order of rows. A function, because only some aggregates need their own ORDER BY.
Order = Callable[[], Sequence[Expression]]

# Returns a column of a query by name, and an order of such columns.
Column = Callable[[str], Expression]
OrderOf = Callable[[Column], Iterable[Expression]]


@dataclass(frozen=True)
class ListForm:
    """The form in which a list is bound: its SQL type, and a function that encodes the list."""

    sql_type: Any
    encode: Callable[[Sequence[Any]], Any]


class Dialect(Protocol):
    """How one database writes JSON, lists and texts."""

    @property
    def engine(self) -> EngineDialect:
        """The dialect of SQLAlchemy that compiles the statements."""

    def names_of(self, compiled: Compiled) -> Sequence[str]:
        """The names of the values of a statement, in the order in which they are bound."""

    def json_object(self, pairs: Pairs) -> Json:
        """An object with any number of keys."""

    def json_values(self, values: Sequence[Content]) -> Json:
        """An array of any number of values."""

    def json_array(self, item: Content, order: Order) -> Json:
        """An array of the rows of a query that is already ordered."""

    def json_array_in_order(self, item: Content, order: Sequence[Expression]) -> Json:
        """An array of the rows of a query, or of each of its groups, in any order."""

    def json_terms(self, column: Expression) -> Json:
        """A sorted array of the distinct terms in the rows of a query, or of each of its groups."""

    def json_array_of(self, items: Sequence[tuple[Expression, Json]]) -> Json:
        """An array of the items whose condition is true."""

    def json_where(self, condition: Expression, json: Json) -> Json:
        """The JSON if the condition is true, else null."""

    def sent(self, json: Expression) -> Expression:
        """The JSON of a whole column, in the form in which the driver returns it fastest."""

    def json_or_null(self, column: Expression) -> Json:
        """The result of `answer` in a subquery, or null if the subquery has no row."""

    def json_boolean(self, truth: Expression) -> Json:
        """A boolean; null if the value is null."""

    def json_unescaped(self, *text: Piece, nullable: bool) -> Content:
        """A text that needs no escaping; null if the text is null.

        Use it for the schema's constants, and for a client's text only if `schema.rules` excludes
        all characters that need escaping: every write checks these rules.
        """

    def answer(self, json: Content) -> Expression:
        """The complete JSON text, as a column to select."""

    def hexadecimal(self, text: Expression) -> Expression:
        """The lower-case hex of the UTF-8 bytes of a text."""

    def list_text(self, item: Content, order: Order) -> Expression:
        """The rows of a query as the text of a JSON array without white space, used as a value.

        Null if the query has no rows.
        """

    def limited(
        self, query: Select[Any], size: Expression, most: int, order: OrderOf
    ) -> Select[Any]:
        """The first `size` rows of an ordered query; `size` is at most `most`.

        `order`: the order of the query, by its columns.
        """

    def list_form(self, element: Any) -> ListForm:
        """How to bind a list of plain values; `element` is the type of the compared column."""

    @property
    def records_form(self) -> ListForm:
        """How to bind a list of (table, key, revision)."""

    def one_of(self, value: Expression, values: Expression) -> Expression:
        """Whether a value is not null and in a bound list."""

    def one_of_rows(self, column: Expression, rows: Select[Any]) -> Expression:
        """Whether a column has one of the values of a query, in a form that an index matches.

        OR can join such conditions, each of which uses its own index.
        """

    def looked_up(self, column: Expression, rows: Select[Any]) -> Expression:
        """A condition that is true of every joined row, and makes the planner expect few rows."""

    def outer_join(self, left: Source, right: Source, on: Expression) -> Source:
        """An outer join of two large sources.

        It may add rows of `right` that match none, with nulls in the columns of `left`.
        """

    def none_of(self, value: Expression, values: Expression) -> Expression:
        """Whether a value is not null and not in a bound list."""

    def records_named(self, ids: Expression) -> FromClause:
        """A bound list of (table, key, revision) as rows.

        Columns: `place`, `record_table`, `record_id`, `revision`.
        """

    def texts_listed(self, rows: Expression, width: int) -> tuple[Expression, ...]:
        """The columns of a bound list of lists of texts, one row for each inner list.

        The form of the list is `records_form`. The first column is the position in the list; the
        others are `width` columns of text.
        """

    def json_array_of_group(self, item: Content, order: Sequence[Expression]) -> Json:
        """An array of the rows of each group of a query, in the given order."""

    def decimal_sum(self, amounts: Expression, where: Expression) -> Expression:
        """The exact sum of the amounts in rows where a condition is true; null without such a row.

        The sum has the canonical form of `schema.values.decimals`.
        """

    def decimal_share(self, part: Expression, whole: Expression) -> Expression:
        """An amount divided by another, rounded to the places of `schema.analysis.position`.

        The quotient has the canonical form; it is null unless the divisor is positive.
        """

    def sum_of_squared_shares(self, amounts: Expression) -> Expression:
        """The sum of the squared shares that amounts have in their total, as `decimal_share`.

        It is computed exactly, and then rounded.
        """

    def contains(self, text: Expression, part: Expression) -> Expression:
        """Whether a text contains another, ignoring the case of ASCII letters."""

    def starts_with(self, text: Expression, beginning: Expression) -> Expression:
        """Whether a text starts with another, ignoring the case of ASCII letters."""
