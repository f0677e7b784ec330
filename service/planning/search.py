"""Plans a search: the text, the cursor, and the members of each hit."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any

from schema.concepts import CONCEPTS
from schema.records.columns import Scalar
from schema.search import FORGIVEN_LEAST, SEARCH_TYPES, TEXT_MOST, WORDS_MOST
from schema.values.folding import folded_text, words_of
from schema.values.names import forms_of
from service import plan
from service.errors import BadInput
from service.planning.arguments import Argument, Arguments, as_list
from service.planning.fields import Collect, SelectedField, Selections
from service.planning.page_members import PageMembers
from service.planning.paging import key_reader, read_cursor, signature_of, size_of
from service.planning.resource import own_members, page_facts
from service.planning.values import read_term

# The sort keys of hits, each with whether it is descending. No two hits share all keys.
RANK: tuple[tuple[str, bool], ...] = (
    ("closeness", True),
    ("points", True),
    ("type", False),
    ("field", False),
    ("size", False),
    ("record_id", False),
)
_PLACES = {code: place for place, code in enumerate(SEARCH_TYPES)}


@dataclass(frozen=True)
class AskedText:
    """The text of a search.

    `words`: each word once, folded. `forms`: pairs of a word's place and a form; words that share a
    form are similar. Only long words have forms. `folded`: the whole text.
    """

    words: tuple[str, ...]
    forms: tuple[tuple[int, str], ...]
    folded: str


@lru_cache(maxsize=1_024)
def read_asked_text(text: str) -> AskedText:
    """Reads the text of a search. Raises BadInput."""
    if len(text) > TEXT_MOST:
        raise BadInput(f"`text` has {len(text)} characters; the limit is {TEXT_MOST}.")
    found = words_of(text)
    words = tuple(dict.fromkeys(word.folded for word in found))
    if not words:
        raise BadInput("`text` has no letters or digits; give a word or the beginning of one.")
    if len(words) > WORDS_MOST:
        raise BadInput(f"`text` has {len(words)} words; the limit is {WORDS_MOST}.")
    forms = (
        (place, form)
        for place, word in enumerate(words)
        if len(word) >= FORGIVEN_LEAST
        for form in sorted(forms_of(word))
    )
    return AskedText(words, tuple(forms), folded_text(found))


def search_of(
    arguments: Arguments, members: tuple[plan.PageMember[plan.SearchMember], ...]
) -> plan.Search:
    """Returns the search that these arguments describe. Raises BadInput."""
    text, types = arguments["text"], arguments.get("types")
    types = None if types is None else as_list(types)
    size = size_of("first", arguments.get("first"))
    return plan.Search(
        plan.Parameter(text, read_asked_text),
        None if types is None else plan.Parameter(types, _read_types),
        plan.Parameter([text, types], _signature),
        plan.Page(size, after=_cursor(arguments.get("after"), text, types)),
        members,
    )


def _read_types(values: list[Any]) -> list[int]:
    return [_PLACES[read_term(value)] for value in values]


def _signature(given: list[Any]) -> str:
    text, types = given
    codes = sorted({read_term(each) for each in types or SEARCH_TYPES})
    return signature_of("Search", *codes, text)


def _cursor(after: Argument, text: Argument, types: Argument) -> tuple[plan.Parameter, ...] | None:
    if after is None:
        return None
    return tuple(
        plan.Parameter([after, text, types], partial(_read_key, place))
        for place, _ in enumerate(RANK)
    )


_READERS = [key_reader(Scalar.INTEGER) for _ in RANK]


def _read_key(place: int, given: list[Any]) -> int:
    cursor, *search = given
    key: int = read_cursor("after", _signature(search), _READERS, cursor, "search")[place]
    return key


class SearchSelector:
    """Plans a search in a GraphQL query."""

    def __init__(
        self,
        collect: Collect,
        choices: Callable[[SelectedField, Any], tuple[plan.NodeChoice, ...]],
    ) -> None:
        """`choices`: plans the members of a record that may be of several concepts."""
        self._collect = collect
        self._choices = choices

    def search(self, arguments: Arguments, selections: Selections) -> plan.Search:
        """Plans the search of the root field. Raises BadInput."""
        page = PageMembers(self._collect, "SearchHit", self._hit, "SearchConnection")
        return search_of(arguments, page.read(selections))

    def _hit(self, selections: Selections) -> tuple[plan.SearchMember, ...]:
        return tuple(map(self._member, self._collect(selections, "SearchHit")))

    def _member(self, field: SelectedField) -> plan.SearchMember:
        match field.name:
            case "record":
                return plan.FoundRecord(field.key, self._choices(field, found_concepts()))
            case "matches":
                inner = self._collect(field.selections, "SearchMatch")
                return plan.SearchMatches(field.key, tuple(map(_fact("SearchMatch"), inner)))
        return _fact("SearchHit")(field)


def _fact(type_name: str) -> Callable[[SelectedField], plan.TypeName | plan.SearchFact]:
    def read(field: SelectedField) -> plan.TypeName | plan.SearchFact:
        if field.name == "__typename":
            return plan.TypeName(field.key, type_name)
        return plan.SearchFact(field.key, field.name)

    return read


def found_concepts() -> list[Any]:
    """Returns the concepts whose records a search can find."""
    return [CONCEPTS[each.concept] for each in SEARCH_TYPES.values()]


def resource_search(arguments: Arguments) -> plan.Search:
    """Plans a page of hits over REST, with the fields of each record. Raises BadInput."""
    return search_of(arguments, (plan.Nodes("data", tuple(_hit_members())), page_facts()))


def _hit_members() -> Iterator[plan.SearchMember]:
    yield plan.SearchFact("type", "type")
    yield plan.FoundRecord(
        "record",
        tuple(plan.NodeChoice(concept, own_members(concept)) for concept in found_concepts()),
    )
    yield plan.SearchFact("text", "text")
    facts = tuple(plan.SearchFact(name, name) for name in ("start", "end"))
    yield plan.SearchMatches("matches", facts)
