"""Search: each word is searched in each text of each record, and all hits are sorted.

Words are folded, and their forms computed, by the project's functions, which `test_folding.py`
tests.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from schema.values.folding import Word, words_of
from schema.values.names import forms_of
from tests.oracle.data_sets.world import (
    Actor,
    Conflict,
    Dataset,
    Record,
    Source,
    Statement,
    Support,
    World,
)
from tests.oracle.resolvers.pages import DEFAULT_SIZE, Edge, Page, PageInfo

# In the order in which hits of equal rank are listed, as the names of types in the API.
TYPES: Mapping[str, type[Record]] = {
    "ACTOR": Actor,
    "CONFLICT": Conflict,
    "DATASET": Dataset,
    "SUPPORT": Support,
    "STATEMENT": Statement,
    "SOURCE": Source,
}
_PASSAGE, _BEFORE, _FORGIVEN = 300, 80, 5
# The shortest texts of each type are searched, and the first words with a longer prefix.
_TEXTS, _SHORT, _LONGER = 100, 4, 50


@dataclass(frozen=True)
class Match:
    """The start and end of a match in a text."""

    start: int
    end: int


@dataclass(frozen=True)
class Hit:
    """A hit: a record with its best matching text."""

    type: str
    record: Record
    text: str
    matches: list[Match]
    rank: tuple[Any, ...]


def search_page(world: World, arguments: Mapping[str, Any]) -> Page:
    """Returns the first hits, without cursors."""
    asked = [word.folded for word in words_of(arguments["text"])]
    longer = {each: _longer(each, world) for each in asked}
    hits: list[Hit] = []
    for type_ in dict.fromkeys(arguments.get("types") or TYPES):
        records = [each for each in world.records() if isinstance(each, TYPES[type_])]
        found = [hit for record in records for hit in _hits(type_, record, asked, longer)]
        found.sort(key=lambda hit: hit.rank[_SIZE:])
        hits += _best_of_each(found[:_TEXTS])
    hits.sort(key=lambda hit: hit.rank)
    shown = hits[: arguments.get("first") or DEFAULT_SIZE]
    info = PageInfo(len(hits) > len(shown), has_previous_page=False, start_cursor="", end_cursor="")
    return Page([Edge("", hit) for hit in shown], info, len(hits))


def texts_of(record: Any) -> Iterator[tuple[int, str, bool]]:
    """Yields each text with its position in the record, and whether it is a name."""
    match record:
        case Actor():
            yield 0, record.name, True
            yield from ((1, alias.name, True) for alias in record.aliases)
            yield from ((2, code.value, False) for code in record.codes)
        case Conflict():
            yield 0, record.name, True
            yield from ((1, code.value, False) for code in record.codes)
        case Dataset():
            yield 0, record.title, False
            yield 1, record.slug, False
        case Support():
            yield 0, record.summary or "", False
        case Statement():
            yield 0, record.text, False
        case Source():
            yield 0, record.title, False


# The position of the text's size in a rank; the record's number follows.
_SIZE = 4


def _hits(
    type_: str, record: Any, asked: list[str], longer: Mapping[str, set[str]]
) -> Iterator[Hit]:
    """Yields each matching text as a separate hit."""
    for place, text, is_name in texts_of(record):
        words = [word.folded for word in words_of(text)]
        points = [_points(each, words, longer, is_name=is_name) for each in dict.fromkeys(asked)]
        if all(points):
            whole, searched = " ".join(words), " ".join(asked)
            closeness = 2 if whole == searched else 1 if whole.startswith(searched) else 0
            rank = (-closeness, -sum(points), list(TYPES).index(type_), place, len(whole))
            yield Hit(type_, record, *_passage(text, asked, is_name=is_name), (*rank, record.row))


def _best_of_each(hits: Iterable[Hit]) -> Iterator[Hit]:
    """Yields the best hit of each record; of equal ones, the alphabetically first."""
    best: dict[Any, Hit] = {}
    for hit in sorted(hits, key=lambda hit: (hit.rank, hit.text)):
        best.setdefault(hit.record, hit)
    yield from best.values()


def _longer(asked: str, world: World) -> set[str]:
    """Returns the words with a prefix that are searched."""
    texts = [text for record in world.records() for _, text, _ in texts_of(record)]
    words = {word.folded for text in texts for word in words_of(text)}
    found = sorted(word for word in words if word.startswith(asked) and word != asked)
    return {*(found if len(asked) <= _SHORT else found[:_LONGER])}


def _points(asked: str, words: list[str], longer: Mapping[str, set[str]], *, is_name: bool) -> int:
    if asked in words:
        return 3
    if not longer[asked].isdisjoint(words):
        return 2
    return int(is_name and any(_is_alike(asked, word) for word in words))


def _is_alike(asked: str, word: str) -> bool:
    return len(asked) >= _FORGIVEN and bool(forms_of(asked) & forms_of(word))


def _passage(text: str, asked: list[str], *, is_name: bool) -> tuple[str, list[Match]]:
    """Returns the shown passage of a text, and the matches in it."""
    words = words_of(text)
    matching = [word for word in words if _matches(word, asked, is_name=is_name)]
    start, end = 0, len(text)
    if len(text) > _PASSAGE:
        start = min(word.start for word in words if word.start >= matching[0].start - _BEFORE)
        inner = [w.end for w in words if w.start >= start and w.end <= start + _PASSAGE]
        end = max(inner, default=start + _PASSAGE)
    matches: list[Match] = []
    for word in matching:
        if word.start >= start and word.end <= end:
            match = Match(word.start - start, word.end - start)
            if matches and match.start < matches[-1].end:
                match = Match(matches.pop().start, match.end)
            matches.append(match)
    return text[start:end], matches


def _matches(word: Word, asked: list[str], *, is_name: bool) -> bool:
    return any(
        word.folded.startswith(each) or (is_name and _is_alike(each, word.folded)) for each in asked
    )
