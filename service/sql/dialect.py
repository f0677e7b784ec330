"""What differs between the databases: each has one file that answers these questions."""

from collections.abc import Sequence
from typing import Any, Protocol

from sqlalchemy import ColumnElement, FromClause, Select
from sqlalchemy.engine import Dialect as EngineDialect

Expression = ColumnElement[Any]

# A table under a name of its own within a statement, or a subquery: what rows are read from.
Source = Any
Pairs = Sequence[tuple[Expression, Expression]]


class Dialect(Protocol):
    """How one database writes JSON, lists and texts."""

    @property
    def engine(self) -> EngineDialect:
        """SQLAlchemy's side of it, which writes the statement."""

    def json_object(self, pairs: Pairs) -> Expression:
        """A JSON object of any number of keys."""

    def json_array(self, item: Expression, keep: Expression | None) -> Expression:
        """The JSON array of the items of an ordered selection; only those to `keep`, if given."""

    def json_nested(self, query: Select[Any]) -> Expression:
        """The one JSON value that a query selects, to stand within another."""

    def json_text(self, text: Expression) -> Expression:
        """A text that is JSON, to stand within other JSON as what it is."""

    def json_boolean(self, truth: Expression) -> Expression:
        """A boolean as JSON has it."""

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
