"""Planner and oracle agree on paths, for each condition on time, and on their supports."""

from random import Random
from typing import Any

import pytest

from tests.oracle.agreement import Ask, as_text
from tests.oracle.conftest import Library
from tests.oracle.data_sets.world import Actor
from tests.oracle.data_sets.worlds import invented
from tests.oracle.resolvers.resolvers import answer
from tests.runner.parts import examples

DOCUMENT = """
query($from: ActorBy!, $to: ActorBy!, $maxHops: Int, $where: SupportFilter, $time: PathTime,
  $first: Int) %s {
  paths(from: $from, to: $to, maxHops: $maxHops, where: $where, time: $time, first: $first) {
    hops
    year
    steps {
      supporter { slug }
      recipient { slug }
      supports(first: 2, orderBy: {startedOn: DESC}) {
        totalCount pageInfo { hasNextPage endCursor } edges { cursor node { id kind startedOn } }
      }
    }
  }
  pathsUnknownCount(where: $where, time: $time)
}"""
STATES = ("", "@asOf(revision: 2)")
FILTERS: tuple[Any, ...] = (
    None,
    {"phase": {"ne": "PLEDGED"}},
    {"validAt": "2023"},
    {"not": {"validDuring": {"from": "2000", "to": "2010"}}},
)
TIMES = ("ANY", "SAME_YEAR", "FORWARD")


def check(ask: Ask, library: Library, seed: int, state: str, variables: dict[str, Any]) -> Any:
    document = DOCUMENT % state
    expected = answer(invented(seed), document, variables, None)
    given = ask(library.database(seed), document, variables, None, "text")
    assert as_text(given) == as_text(expected), (seed, state, variables)
    return given["data"]["paths"]


def ends_of_supports(random: Random, seed: int) -> tuple[Actor, Actor]:
    """Returns a supporter and another actor that receives support: few other pairs have a path."""
    supports = [each for each in invented(seed).supports if each.supporter and each.recipient]
    start = random.choice(supports).supporter
    ends = [each.recipient for each in supports if each.recipient is not start]
    return start, random.choice(ends)


@pytest.mark.sampled
@pytest.mark.parametrize("time", TIMES)
def test_between_random_actors(ask: Ask, library: Library, time: str) -> None:
    random = Random(f"paths {time}")
    lengths = set()
    for _ in range(examples(15, 30)):
        seed = random.choice((1, 2, 4))
        start, end = ends_of_supports(random, seed)
        variables = {
            "from": {"id": start.id},
            "to": {"slug": end.slug},
            "maxHops": random.choice((1, 2, 3, 4, 4)),
            "where": random.choice(FILTERS),
            "time": time,
            "first": random.choice((1, 3, 100)),
        }
        for path in check(ask, library, seed, random.choice(STATES), variables):
            lengths.add(path["hops"])
    assert len(lengths) > 1
