"""Search: the hits of a text, best first, and the members of each hit."""

from dataclasses import dataclass

from service.plan.pages import Page, PageMember, TypeName
from service.plan.selections import NodeChoice
from service.plan.values import Parameter


@dataclass(frozen=True, slots=True)
class SearchFact:
    """One value of a hit or of a match, by its GraphQL name: type, text, start, end."""

    key: str
    name: str


@dataclass(frozen=True, slots=True)
class SearchMatches:
    """The positions of the search's words in the text of a hit."""

    key: str
    members: tuple[TypeName | SearchFact, ...]


@dataclass(frozen=True, slots=True)
class FoundRecord:
    """The record of a hit."""

    key: str
    choices: tuple[NodeChoice, ...]


SearchMember = TypeName | SearchFact | SearchMatches | FoundRecord


@dataclass(frozen=True, slots=True)
class Search:
    """A page of hits.

    `text`: reads the `AskedText` of `service.planning.search`. `types`: the places of types of
    records; None for all. `signature`: the prefix of this search's cursors, which no other search
    has.
    """

    text: Parameter
    types: Parameter | None
    signature: Parameter
    page: Page
    members: tuple[PageMember[SearchMember], ...]
