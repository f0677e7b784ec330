"""What differs between databases in search. Each implements `WordIndex` in a file of its own."""

from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol

from sqlalchemy import FromClause

from service.sql.dialect import Expression, Source


@dataclass(frozen=True)
class QuerySyntax:
    """How a query of the index is written: words with what stands before and after each.

    A word is letters and digits, so none of them has a meaning of its own there.
    """

    before_beginning: str
    after_beginning: str
    before_alternative: str
    after_alternative: str
    end: str
    both: str


class FoundEntries(NamedTuple):
    """Where entries are read from, the condition that they match, and the shortest texts first."""

    source: FromClause
    matching: Expression
    order: tuple[Expression, ...]


class WordIndex(Protocol):
    """The index of the words of entries, and the lists that a search has as JSON."""

    @property
    def syntax(self) -> QuerySyntax:
        """How a query is written."""

    def found(self, entries: Source, query: Expression) -> FoundEntries:
        """The entries whose words match a query."""

    def each(self, array: Expression) -> Any:
        """The items of a JSON array as rows with a column `value`."""

    def item(self, array: Expression, place: int, sql_type: Any) -> Expression:
        """The item of a JSON array, which is the value of a row, as a plain value."""

    def has(self, text: Expression, part: Expression) -> Expression:
        """Whether a text has a part."""
