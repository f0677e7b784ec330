"""What differs between the databases: each has one file that answers these questions."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from sqlalchemy import ColumnElement, FromClause, Select
from sqlalchemy.engine import Dialect as EngineDialect

Expression = ColumnElement[Any]

# A table under a name of its own within a statement, or a subquery: what rows are read from.
Source = Any

# A part of a text: a text of ours, or what gives a text.
Piece = str | Expression


@dataclass(frozen=True)
class Json:
    """JSON in the making: its text in pieces, which follow each other. None of them is null.

    `call`: the same as one call of a function that knows its result to be JSON, where the database
    has such functions and it is so simple.
    """

    pieces: tuple[Piece, ...]
    call: Expression | None = None


# What a key of an object holds: a plain value of SQL, or JSON.
Content = Expression | Json
Pairs = Sequence[tuple[str, Content]]

# What rows are ordered by. Asked for only where a database has to be told of it once more.
Order = Callable[[], Sequence[Expression]]

# A column of a selection by its name, and an order of such columns wherever they are read from.
Column = Callable[[str], Expression]
OrderOf = Callable[[Column], Iterable[Expression]]


@dataclass(frozen=True)
class ListForm:
    """How a bound list reaches the driver: its type in SQL, and how it is made from Python's."""

    sql_type: Any
    encode: Callable[[Sequence[Any]], Any]


class Dialect(Protocol):
    """How one database writes JSON, lists and texts."""

    @property
    def engine(self) -> EngineDialect:
        """SQLAlchemy's side of it, which writes the statement."""

    def json_object(self, pairs: Pairs) -> Json:
        """An object of any number of keys."""

    def json_array(self, item: Content, order: Order) -> Json:
        """The array of the items of a selection that is ordered so already."""

    def json_array_of(self, items: Sequence[tuple[Expression, Json]]) -> Json:
        """The array of those whose condition holds."""

    def json_where(self, condition: Expression, json: Json) -> Json:
        """The JSON where the condition holds, else null."""

    def json_or_null(self, column: Expression) -> Json:
        """What `answer` gave in a query below, which may have found nothing."""

    def json_boolean(self, truth: Expression) -> Json:
        """A boolean, or null where it is unknown."""

    def json_unescaped(self, *text: Piece, nullable: bool) -> Content:
        """A text that holds nothing to be escaped, by how it is made or by what may be written.

        Where it is null, and it may be, so is the JSON. What a client has given belongs here only
        where `schema.rules` lets nothing else in; all that writes asks these rules first.
        """

    def answer(self, json: Content) -> Expression:
        """The whole, as a statement selects it."""

    def hexadecimal(self, text: Expression) -> Expression:
        """The lower-case hex of the UTF-8 bytes of a text."""

    def list_text(self, item: Content, order: Order) -> Expression:
        """A selection as a JSON array without white space: a text that is itself a value.

        It is null where nothing is selected.
        """

    def limited(
        self, query: Select[Any], size: Expression, most: int, order: OrderOf
    ) -> Select[Any]:
        """The first rows of an ordered selection: `size` of them, which is never above `most`.

        `order`: its order once more, as one of columns of the selection.
        """

    def list_form(self, element: Any) -> ListForm:
        """How a list of plain values is bound; `element` is the type of the column beside it."""

    @property
    def records_form(self) -> ListForm:
        """How a list of (table, key) is bound."""

    def one_of(self, value: Expression, values: Expression) -> Expression:
        """Whether a value is known, and one of a bound list."""

    def none_of(self, value: Expression, values: Expression) -> Expression:
        """Whether a value is known, and none of a bound list."""

    def records_named(self, ids: Expression) -> FromClause:
        """A bound list of (table, key) as rows: columns `place`, `record_table`, `record_id`."""

    def contains(self, text: Expression, part: Expression) -> Expression:
        """Whether a text has another in it; A-Z and a-z are one."""

    def starts_with(self, text: Expression, beginning: Expression) -> Expression:
        """Whether a text begins with another; A-Z and a-z are one."""
