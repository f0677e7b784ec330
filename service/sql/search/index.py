"""What differs between databases in search. Each implements `WordIndex` in its own file."""

from dataclasses import dataclass
from typing import Any, Protocol

from sqlalchemy import Select

from schema.search import SearchType
from service.plan import Parameter
from service.sql.binding import Binding
from service.sql.dialect import Expression, Source


@dataclass(frozen=True)
class QuerySyntax:
    """How a query of the index is written: what stands around words and between them.

    After a word that may be the beginning of others stands `beginning`, after another `whole`.
    A word is letters and digits, so none of them has a special meaning there.
    """

    before: str
    beginning: str
    whole: str
    alternative: str
    end: str
    both: str


@dataclass(frozen=True)
class SoughtTexts:
    """Which entries are sought.

    `types`: reads the places of types of records; None for all. `names` and `texts`: the queries of
    the index for types that have names, and for others. `holding`: the conditions for a record to
    have the text. `is_match`: whether an entry matches that the query for names finds; by a word
    that is alike it finds what is not a name, too.
    """

    entries: Source
    types: Parameter | None
    names: Expression
    texts: Expression
    holding: list[Expression]
    is_match: Expression


def has_names(type_: SearchType) -> bool:
    """Whether errors are forgiven in a text of a type."""
    return any(text.is_name for text in type_.texts)


class WordIndex(Protocol):
    """The index of the words of entries, and the lists that a search has as JSON."""

    @property
    def syntax(self) -> QuerySyntax:
        """How a query is written."""

    def shortest(self, binding: Binding, sought: SoughtTexts) -> Select[Any]:
        """The ids of entries that match: of each type the shortest ones."""

    def each(self, array: Expression) -> Any:
        """The items of a JSON array as rows with a column `value`."""

    def item(self, array: Expression, place: int, sql_type: Any) -> Expression:
        """The item of a JSON array, which is the value of a row, as a plain value."""

    def has(self, text: Expression, part: Expression) -> Expression:
        """Whether a text has a part."""
