"""What differs between the databases: each has one file that answers these questions."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from sqlalchemy import ColumnElement, FromClause, Select
from sqlalchemy.engine import Dialect as EngineDialect

Expression = ColumnElement[Any]

# A table under a name of its own within a statement, or a subquery: what rows are read from.
Source = Any


@dataclass(frozen=True)
class Json:
    """JSON in the making: expressions, and texts of ours that stand between them.

    `call`: the same as one call of a function that knows its result to be JSON, if it is so simple.
    """

    pieces: tuple[str | Expression, ...]
    call: Expression | None = None


# What a key of an object holds: a plain value of SQL, or JSON.
Content = Expression | Json
Pairs = Sequence[tuple[str, Content]]


class Dialect(Protocol):
    """How one database writes JSON, lists and texts."""

    @property
    def engine(self) -> EngineDialect:
        """SQLAlchemy's side of it, which writes the statement."""

    def json_object(self, pairs: Pairs) -> Json:
        """An object of any number of keys."""

    def json_array(self, item: Content) -> Json:
        """The array of the items of an ordered selection."""

    def json_where(self, condition: Expression, json: Json) -> Json:
        """The JSON where the condition holds, else null."""

    def json_boolean(self, truth: Expression) -> Json:
        """A boolean, or null where it is unknown."""

    def json_column(self, column: Expression) -> Json:
        """A column that holds what `answer` gave in a query below."""

    def answer(self, json: Content) -> Expression:
        """The whole, as a statement selects it."""

    def hexadecimal(self, text: Expression) -> Expression:
        """The lower-case hex of the UTF-8 bytes of a text."""

    def elements(self, values: Expression) -> Select[Any]:
        """The elements of a bound list of plain values."""

    def records_named(self, ids: Expression) -> FromClause:
        """A bound list of (table, key) as rows: columns `place`, `record_table`, `record_id`."""

    def encode_list(self, values: Sequence[Any]) -> Any:
        """A list as the driver takes it, for `elements` and `records_named`."""

    def contains(self, text: Expression, part: Expression) -> Expression:
        """Whether a text has another in it; A-Z and a-z are one."""

    def starts_with(self, text: Expression, beginning: Expression) -> Expression:
        """Whether a text begins with another; A-Z and a-z are one."""
