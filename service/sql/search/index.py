"""The differences between databases in search. Each database implements `WordIndex`."""

from dataclasses import dataclass
from typing import Any, Protocol

from sqlalchemy import Select

from schema.search import SearchType
from service.plan import Parameter
from service.sql.binding import Binding
from service.sql.dialect import Expression, Source


@dataclass(frozen=True)
class QuerySyntax:
    """The syntax of a query of the index: the text around words and between them.

    `beginning` follows a word that may be the beginning of others, `whole` any other word. Words
    are letters and digits, which have no special meaning in a query.
    """

    before: str
    beginning: str
    whole: str
    alternative: str
    end: str
    both: str


@dataclass(frozen=True)
class SoughtTexts:
    """The entries to find.

    `types`: reads the places of types of records; None for all. `names` and `texts`: the queries of
    the index for types with names, and for others. `holding`: the conditions for a record to have
    the text. `is_match`: whether an entry that the query for names has found does match: that query
    also finds similar words in texts that are not names.
    """

    entries: Source
    types: Parameter | None
    names: Expression
    texts: Expression
    holding: list[Expression]
    is_match: Expression


def has_names(type_: SearchType) -> bool:
    """Whether searches forgive errors in a text of this type."""
    return any(text.is_name for text in type_.texts)


class WordIndex(Protocol):
    """The index of the words of entries, and the lists of a search, which are JSON."""

    @property
    def syntax(self) -> QuerySyntax:
        """The syntax of a query."""

    def shortest(self, binding: Binding, sought: SoughtTexts) -> Select[Any]:
        """The ids of the entries that match: the shortest ones of each type."""

    def each(self, array: Expression) -> Any:
        """The items of a JSON array, as rows with a column `value`."""

    def item(self, array: Expression, place: int, sql_type: Any) -> Expression:
        """An item of a JSON array in a column, as a plain value."""

    def has(self, text: Expression, part: Expression) -> Expression:
        """Whether a text contains a part."""
