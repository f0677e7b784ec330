"""Planner and oracle agree on search: hits, their order, and matches."""

from collections import Counter
from collections.abc import Iterable
from random import Random
from typing import Any

import pytest

from schema.values.folding import words_of
from tests.oracle.agreement import Ask, as_text
from tests.oracle.conftest import Library
from tests.oracle.data_sets.world import Record
from tests.oracle.data_sets.worlds import invented
from tests.oracle.resolvers.resolvers import answer
from tests.oracle.resolvers.search import TYPES, texts_of
from tests.runner.parts import examples

DOCUMENT = """
query($text: String!, $types: [SearchType!], $first: Int) %s {
  search(text: $text, types: $types, first: $first) {
    totalCount
    pageInfo { hasNextPage hasPreviousPage }
    nodes { type text matches { start end } record { __typename id } }
    edges { node { record { ... on Actor { slug name } ... on Support { kind } } } }
  }
}"""
PAGE = """
query($text: String!, $after: String) {
  search(text: $text, first: 2, after: $after) {
    edges { cursor node { record { id } } }
    pageInfo { hasNextPage hasPreviousPage endCursor }
  }
}"""
STATES = ("", "@asOf(revision: 2)")
SEEDS = (1, 2, 4)


def known_words(seed: int, *types: str) -> list[str]:
    """Returns the words of all texts of these types, with repetitions."""
    records = [each for each in invented(seed).records() if isinstance(each, searched(types))]
    texts = [text for record in records for _, text, _ in texts_of(record)]
    return [word for text in texts for word in text.split() if words_of(word)]


def searched(types: Iterable[str]) -> tuple[type[Record], ...]:
    return tuple(TYPES[each] for each in types or TYPES)


def mistyped(random: Random, word: str) -> str:
    """Returns misspellings: one letter left out, two swapped, or only the beginning."""
    at = random.randrange(len(word))
    return random.choice((word[:at] + word[at + 1 :], word[: at + 1], word.upper(), swapped(word)))


def swapped(word: str) -> str:
    return word[:1] + word[1:3][::-1] + word[3:]


@pytest.mark.sampled
@pytest.mark.parametrize("state", STATES)
def test_of_random_words(ask: Ask, library: Library, state: str) -> None:
    random = Random(f"search {state}")
    seen = Counter[str]()
    for _ in range(examples(25, 50)):
        seed = random.choice(SEEDS)
        type_ = random.choice(list(TYPES))
        words = random.choices(known_words(seed, type_), k=random.choice((1, 1, 1, 2)))
        text = " ".join(mistyped(random, word) for word in words)
        variables: dict[str, Any] = {
            "text": text if words_of(text) else words[0],
            "types": random.choice((None, [type_], [type_, random.choice(list(TYPES))])),
            "first": random.choice((1, 5, 500)),
        }
        document = DOCUMENT % state
        expected = answer(invented(seed), document, variables, None)
        given = ask(library.database(seed), document, variables, None, "text")
        assert as_text(given) == as_text(expected), (seed, state, variables)
        seen.update(hit["type"] for hit in given["data"]["search"]["nodes"])
    assert set(seen) == set(TYPES)


@pytest.mark.parametrize("seed", SEEDS)
def test_pages_follow_each_other_without_a_gap(ask: Ask, library: Library, seed: int) -> None:
    # The most frequent first letter of words.
    ((letter, _),) = Counter(words_of(w)[0].folded[0] for w in known_words(seed)).most_common(1)
    whole = answer(invented(seed), DOCUMENT % "", {"text": letter, "first": 500}, None)
    expected = [hit["record"]["id"] for hit in whole["data"]["search"]["nodes"]]
    found: list[str] = []
    variables: dict[str, Any] = {"text": letter}
    while len(found) < len(expected):
        page = ask(library.database(seed), PAGE, variables, None, "text")["data"]["search"]
        found += [edge["node"]["record"]["id"] for edge in page["edges"]]
        assert page["pageInfo"]["hasNextPage"] is (len(found) < len(expected))
        variables["after"] = page["pageInfo"]["endCursor"]
    assert found == expected
