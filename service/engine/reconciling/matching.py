"""Finds the actors that a name may mean: the filters that select candidates, and their scores.

All rules of matching are here. The filters have the form of the nested arguments that GraphQL and
REST share.
"""

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import Any

from schema.values.names import normalised
from service.engine.reconciling.queries import ReconciliationQuery

# An actor as REST returns it.
Actor = Mapping[str, Any]
Where = dict[str, Any]

EXACT, SAME_BUT_FOR_FORM, SIMILAR_MOST, SIMILAR_LEAST = 100.0, 95.0, 90.0, 45.0
# The maximum score of an actor that has another code of the query's scheme.
ANOTHER_CODE = 50.0
# The filters look for the longest words of a text. Of each word they look for the text after its
# first letter, as written, and for its end and its beginning without accents, because the database
# ignores the case of A-Z only.
_WORDS_MOST, _PART = 4, 4
_CODE_MOST = 50
# The maximum number of names of one actor that are compared.
_NAMES_MOST = 100


@dataclass(frozen=True, slots=True)
class Candidate:
    """An actor that a query may mean.

    `is_own`: whether the text is the actor's name, slug or id, rather than an alias or a code.
    `is_match`: whether no other actor can be meant.
    """

    actor: Actor
    score: float
    is_own: bool = False
    is_match: bool = False

    @property
    def is_exact(self) -> bool:
        """Whether the query has exactly the name, an alias, the slug, the id or a code."""
        return self.score == EXACT


class _Wanted:
    """A normalised name to compare with many others."""

    def __init__(self, name: str) -> None:
        self.name = name
        # SequenceMatcher prepares its second sequence once, so that is the name.
        self._letters = SequenceMatcher(None, "", name, autojunk=False)

    def similarity(self, other: str) -> float:
        """Returns a similarity from 0 to 1: of the letters in order, or of the words in any order.

        Most names are not similar at all, so it computes quick upper bounds first.
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
    """Returns the filter for actors with exactly this name, alias, slug, id or code."""
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
    """Returns the filter for actors whose names contain every word; None without words."""
    words = [_found_in_names(parts) for parts in _words(query.text)]
    return _restricted(query, {"and": words}) if words else None


def with_any_word(query: ReconciliationQuery) -> Where | None:
    """Returns the filter for actors whose names contain any word; None for fewer than two words."""
    words = [_found_in_names(parts) for parts in _words(query.text)]
    return _restricted(query, {"or": words}) if len(words) > 1 else None


def beginning_with(text: str) -> Where:
    """Returns the filter for actors whose name, alias or slug begins with a text.

    Also finds actors with exactly this code.
    """
    begins = {"startsWith": text}
    return {
        "or": [
            {"name": begins},
            {"aliases": {"some": {"name": begins}}},
            {"slug": begins},
            {"codes": {"some": {"value": {"in": _spelled([text])}}}},
        ]
    }


def ranked(
    query: ReconciliationQuery, exactly: Iterable[Actor], others: Iterable[Actor]
) -> list[Candidate]:
    """Returns the candidates, best first, up to the query's limit. Duplicate actors count once.

    `exactly`: the actors that the filter `exact` finds.
    """
    found = {actor["id"]: actor for actor in exactly}
    wanted = _Wanted(normalised(query.text))
    scored = [_exactly(query, actor, wanted) for actor in found.values()]
    similar = {actor["id"]: actor for actor in others if actor["id"] not in found}
    scored += [_scored(query, actor, wanted) for actor in similar.values()]
    good = [each for each in scored if each.score >= SIMILAR_LEAST]
    good.sort(key=lambda each: (-each.score, not each.is_own, each.actor["name"], each.actor["id"]))
    if good and _is_certain(good):
        good[0] = replace(good[0], is_match=True)
    return good[: query.limit]


def _is_certain(good: Sequence[Candidate]) -> bool:
    """Whether only the first candidate is exact, or exact by its own name, slug or id."""
    first, *others = good
    rivals = [each for each in others if each.is_exact]
    return first.is_exact and not any(each.is_own or not first.is_own for each in rivals)


def _exactly(query: ReconciliationQuery, actor: Actor, wanted: _Wanted) -> Candidate:
    """Scores an actor that the text or a code leads to.

    If no code does, and it is called otherwise, the text is a slug or an id that it had before, or
    that an actor had which was merged into it.
    """
    candidate = _scored(query, actor, wanted)
    agreeing = [_agrees(actor, scheme, values) for scheme, values in query.codes]
    if candidate.is_exact or any(agreeing):
        return candidate
    return replace(candidate, score=ANOTHER_CODE if False in agreeing else EXACT, is_own=True)


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
    """Restricts a filter to the kinds of actor that the query names."""
    return {"kind": {"in": list(query.kinds)}, "and": [where]} if query.kinds else where


def _spelled(codes: Sequence[str]) -> list[str]:
    """Returns codes as given and in capitals, which the schemes use."""
    return list(dict.fromkeys(each[:_CODE_MOST] for code in codes for each in (code, code.upper())))


def _found_in_names(parts: Iterable[str]) -> Where:
    return {"or": [where for part in parts for where in _in_names(part)]}


def _in_names(part: str) -> Iterator[Where]:
    contains = {"contains": part}
    yield {"name": contains}
    yield {"aliases": {"some": {"name": contains}}}


def _words(text: str) -> list[tuple[str, ...]]:
    """Returns parts of each of the longest words. A misspelt word still has some of these parts."""
    words = sorted({*text.split()}, key=lambda word: (-len(word), word))[:_WORDS_MOST]
    found: list[tuple[str, ...]] = []
    for word in words:
        plain = normalised(word).replace(" ", "")
        written = word[1:] if len(word) >= _PART else word
        if plain:
            found.append((written, plain[-_PART:], plain[:_PART]))
    return found
