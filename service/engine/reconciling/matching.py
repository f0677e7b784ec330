"""Which actors a name may mean: where they are looked for, and how well each of them matches.

Everything about how names are found is here. The filters are those that GraphQL and REST
have, in their form of nested arguments.
"""

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import Any

from schema.names import normalised
from service.engine.reconciling.queries import ReconciliationQuery

# An actor as a page of REST has it.
Actor = Mapping[str, Any]
Where = dict[str, Any]

EXACT, SAME_BUT_FOR_FORM, SIMILAR_MOST, SIMILAR_LEAST = 100.0, 95.0, 90.0, 45.0
# The most that a name is worth where the actor has another code of the scheme.
ANOTHER_CODE = 50.0
# The longest words of a text are looked for, and of each what follows its first letter, as it is
# written, and its end and its beginning without accents: the database ignores only the case of A-Z.
_WORDS_MOST, _PART = 4, 4
_CODE_MOST = 50
# So many names of one actor are compared.
_NAMES_MOST = 100


@dataclass(frozen=True, slots=True)
class Candidate:
    """An actor that a query may mean.

    `is_own`: the text is its own name, slug or id, and not an alias or a code. `is_match`: nothing
    else may be meant.
    """

    actor: Actor
    score: float
    is_own: bool = False
    is_match: bool = False

    @property
    def is_exact(self) -> bool:
        """Whether the query has just what the actor is called, or a code of it."""
        return self.score == EXACT


class _Wanted:
    """A normalised name that many others are compared with."""

    def __init__(self, name: str) -> None:
        self.name = name
        # Prepares its second sequence once.
        self._letters = SequenceMatcher(None, "", name, autojunk=False)

    def similarity(self, other: str) -> float:
        """From 0 to 1: of the letters in their order, and of the words in any order.

        Bounds that are quick to compute come first: most names are not similar at all.
        """
        if not self.name or not other:
            return 0.0
        words, others = set(self.name.split()), set(other.split())
        shared = 2 * len(words & others) / (len(words) + len(others))
        least = max(shared, SIMILAR_LEAST / SIMILAR_MOST)
        self._letters.set_seq1(other)
        if self._letters.real_quick_ratio() < least or self._letters.quick_ratio() < least:
            return shared
        return max(shared, self._letters.ratio())


def exact(query: ReconciliationQuery) -> Where:
    """The filter of the actors that have just this name, alias, slug or id, or one of the codes."""
    ways: list[Where] = [
        {"codes": {"some": {"scheme": {"eq": scheme}, "value": {"in": _spelled(values)}}}}
        for scheme, values in query.codes
    ]
    if query.text:
        of_name = {"in": [query.text, unicodedata.normalize("NFC", query.text)]}
        ways += [
            {"name": of_name},
            {"aliases": {"some": {"name": of_name}}},
            {"codes": {"some": {"value": {"in": _spelled([query.text])}}}},
            {"slug": {"in": [query.text]}},
            {"id": {"in": [query.text]}},
        ]
    return _restricted(query, {"or": ways})


def with_all_words(query: ReconciliationQuery) -> Where | None:
    """The filter of the actors in whose names every word is found; None without a word."""
    words = [_found_in_names(parts) for parts in _words(query.text)]
    return _restricted(query, {"and": words}) if words else None


def with_any_word(query: ReconciliationQuery) -> Where | None:
    """The filter of the actors in whose names some word is found; None with fewer than two."""
    words = [_found_in_names(parts) for parts in _words(query.text)]
    return _restricted(query, {"or": words}) if len(words) > 1 else None


def beginning_with(text: str) -> Where:
    """The filter of the actors whose name or alias begins so, or that have just this code."""
    begins = {"startsWith": text}
    return {
        "or": [
            {"name": begins},
            {"aliases": {"some": {"name": begins}}},
            {"slug": begins},
            {"codes": {"some": {"value": {"in": _spelled([text])}}}},
        ]
    }


def ranked(query: ReconciliationQuery, actors: Iterable[Actor]) -> list[Candidate]:
    """The candidates, best first; as many as the query requests. Each actor counts once."""
    found = {actor["id"]: actor for actor in actors}
    wanted = _Wanted(normalised(query.text))
    scored = [_scored(query, actor, wanted) for actor in found.values()]
    good = [each for each in scored if each.score >= SIMILAR_LEAST]
    good.sort(key=lambda each: (-each.score, not each.is_own, each.actor["name"], each.actor["id"]))
    if good and _is_certain(good):
        good[0] = replace(good[0], is_match=True)
    return good[: query.limit]


def _is_certain(good: Sequence[Candidate]) -> bool:
    """Whether one candidate alone is exact, or alone is called so by its own name."""
    first, *others = good
    rivals = [each for each in others if each.is_exact]
    return first.is_exact and not any(each.is_own or not first.is_own for each in rivals)


def _scored(query: ReconciliationQuery, actor: Actor, wanted: _Wanted) -> Candidate:
    score = _score_of_name(query.text, actor, wanted)
    is_own = _is_own(query.text, actor)
    agreeing = [_agrees(actor, scheme, values) for scheme, values in query.codes]
    if False in agreeing:
        return Candidate(actor, min(score, ANOTHER_CODE))
    return Candidate(actor, EXACT if True in agreeing else score, is_own)


def _agrees(actor: Actor, scheme: str, values: Sequence[str]) -> bool | None:
    """Whether the actor has one of the codes; None if it has no code of the scheme."""
    own = {code["value"] for code in actor["codes"] if code["scheme"] == scheme}
    return bool(own & {*_spelled(values)}) if own else None


def _score_of_name(text: str, actor: Actor, wanted: _Wanted) -> float:
    names = [actor["name"], *(alias["name"] for alias in actor["aliases"])]
    if _is_own(text, actor) or _is_called(text, actor, names):
        return EXACT
    forms = {normalised(name) for name in names[:_NAMES_MOST]}
    if wanted.name and wanted.name in forms:
        return SAME_BUT_FOR_FORM
    best = max(map(wanted.similarity, forms), default=0.0)
    return round(SIMILAR_MOST * best, 1)


def _is_own(text: str, actor: Actor) -> bool:
    return unicodedata.normalize("NFC", text) in (actor["name"], actor["slug"], actor["id"])


def _is_called(text: str, actor: Actor, names: Sequence[str]) -> bool:
    codes = {code["value"] for code in actor["codes"]}
    is_code = bool(codes.intersection(_spelled([text])))
    return is_code or unicodedata.normalize("NFC", text) in names


def _restricted(query: ReconciliationQuery, where: Where) -> Where:
    """The same among the kinds of actor that are wanted."""
    return {"kind": {"in": list(query.kinds)}, "and": [where]} if query.kinds else where


def _spelled(codes: Sequence[str]) -> list[str]:
    """Codes as they come and in capitals, as the schemes have them."""
    return list(dict.fromkeys(each[:_CODE_MOST] for code in codes for each in (code, code.upper())))


def _found_in_names(parts: Iterable[str]) -> Where:
    return {"or": [where for part in parts for where in _in_names(part)]}


def _in_names(part: str) -> Iterator[Where]:
    contains = {"contains": part}
    yield {"name": contains}
    yield {"aliases": {"some": {"name": contains}}}


def _words(text: str) -> list[tuple[str, ...]]:
    """Of each of the longest words some parts, of which a name with a slip has one all the same."""
    words = sorted({*text.split()}, key=lambda word: (-len(word), word))[:_WORDS_MOST]
    found: list[tuple[str, ...]] = []
    for word in words:
        plain = normalised(word).replace(" ", "")
        written = word[1:] if len(word) >= _PART else word
        if plain:
            found.append((written, plain[-_PART:], plain[:_PART]))
    return found
