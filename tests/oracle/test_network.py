"""Planner and oracle agree on networks: their actors, hops, edges and values."""

from itertools import product
from random import Random
from typing import Any

import pytest

from tests.oracle.agreement import Ask, as_text
from tests.oracle.conftest import Library
from tests.oracle.data_sets.worlds import invented
from tests.oracle.resolvers.resolvers import answer
from tests.runner.parts import examples

SHARED = "certain possible mutual contested firstOn lastOn"
DOCUMENT = """
query($around: [ActorBy!], $hops: Int, $where: SupportFilter, $first: Int,
  $measure: NetworkMeasure, $currency: String) %s {
  network(around: $around, hops: $hops, where: $where, first: $first, measure: $measure,
    currency: $currency) {
    nodes { actor { slug } hop given received }
    edges {
      supporter { slug } recipient { slug } strength kinds phases %s
      datasets { slug }
      parts { kind phase %s }
    }
    nodeCount edgeCount supportCount unknownCount complete
  }
}"""
# The selections of edges and their parts: all fields, and counts alone.
SELECTIONS = (
    (SHARED, f"{SHARED} startCensored endCensored candidatesAtLeast candidates"),
    ("certain possible", "certain possible"),
)
STATES = ("", "@asOf(revision: 2)")
FILTERS: tuple[Any, ...] = (
    None,
    {"validAt": "2023"},
    {"attribution": {"eq": "SOME_OF"}},
    {"supporter": {"slug": {"startsWith": "a"}}},
    {"kind": {"under": "MILITARY"}, "dataset": {"isNull": False}},
)

Json = dict[str, Any]


def check(ask: Ask, library: Library, seed: int, state: str, variables: Json) -> Any:
    for selected in SELECTIONS:
        document = DOCUMENT % (state, *selected)
        expected = answer(invented(seed), document, variables, None)
        given = ask(library.database(seed), document, variables, None, "text")
        assert as_text(given) == as_text(expected), (seed, state, selected, variables)
    return given["data"]["network"]


@pytest.mark.parametrize(("measure", "currency"), [("COUNT", None), ("WORTH", "EUR")])
def test_whole_networks(ask: Ask, library: Library, measure: str, currency: str | None) -> None:
    ranked = {"measure": measure, "currency": currency}
    for seed, state in product((1, 2), STATES):
        for first in (1, 5000):
            check(ask, library, seed, state, {"first": first, **ranked})


@pytest.mark.sampled
def test_around_some_actors(ask: Ask, library: Library) -> None:
    random = Random("network")
    sizes = set()
    for _ in range(examples(10, 30)):
        seed = random.choice((1, 2, 3, 4))
        actors = invented(seed).actors
        around = [{"id": actor.id} for actor in random.sample(actors, random.choice((1, 1, 2)))]
        variables: Json = {
            "around": [*around, {"slug": "nobody"}],
            "hops": random.choice((1, 1, 2, 3, 4)),
            "where": random.choice(FILTERS),
            "first": random.choice((1, 3, 5000)),
        }
        if random.random() < 0.3:
            variables |= {"measure": "WORTH", "currency": random.choice(("EUR", "USD"))}
        found = check(ask, library, seed, random.choice(STATES), variables)
        sizes.add(found["edgeCount"])
    assert len(sizes) > 3
