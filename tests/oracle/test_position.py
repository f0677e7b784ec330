"""Planner and oracle agree on the positions of all actors, in each unit and period."""

from itertools import product
from pathlib import Path
from random import Random
from typing import Any

import pytest

from tests.oracle.agreement import Ask, as_text
from tests.oracle.conftest import Library
from tests.oracle.data_sets.crowded import crowded
from tests.oracle.data_sets.storage import store
from tests.oracle.data_sets.world import World
from tests.oracle.data_sets.worlds import invented
from tests.oracle.resolvers.resolvers import answer
from tests.runner.parts import examples
from tests.stores import database_of

DEGREES = "given received recipients suppliers possibleGiven possibleReceived"
SUPPLY = "total supports unknownAmount unknownSupplier suppliers tied largestShare herfindahl"
DOCUMENT = f"""
query($unit: String, $from: Int, $until: Int, $where: SupportFilter, $first: Int) %s {{
  actors(first: 100) {{ nodes {{
    slug
    position(unit: $unit, from: $from, until: $until, where: $where, first: $first) {{
      dataset {{ slug }} phase {DEGREES} undated unknownCount
      kinds {{ kind {DEGREES} }}
      supply {{ {SUPPLY} largestSupplier {{ id codes {{ value }} }} }}
    }}
  }} }}
}}"""
STATES = ("", "@asOf(revision: 2)")
UNITS = (None, "PIECES", "PERSONS", "ROUNDS", "TONNES", "PER_CENT", "TIV", "EUR", "USD")
PERIODS: tuple[tuple[int | None, int | None], ...] = (
    *((None, None), (2022, 2024), (None, 2000), (2024, None), (1, 9999), (1984, 1984)),
)
FILTERS: tuple[Any, ...] = (
    None,
    {"validAt": "2023"},
    {"attribution": {"ne": "CERTAIN"}},
    {"supporter": {"slug": {"gte": "a"}}, "kind": {"under": "MILITARY"}},
)

Json = dict[str, Any]


def check(ask: Ask, path: Path, world: World, state: str, variables: Json) -> Any:
    document = DOCUMENT % state
    expected = answer(world, document, variables, None)
    given = ask(path, document, variables, None, "text")
    assert as_text(given) == as_text(expected), (state, variables)
    return [each for node in given["data"]["actors"]["nodes"] for each in node["position"]]


def test_in_each_unit(ask: Ask, library: Library) -> None:
    for unit, seed, state in product(UNITS, (1, 2), STATES):
        check(ask, library.database(seed), invented(seed), state, {"unit": unit, "first": 200})


def test_of_several_suppliers(ask: Ask, tmp_path: Path) -> None:
    world, path = crowded(), tmp_path / "crowded.db"
    engine = database_of(path).engine()
    store(world, engine)
    engine.dispose()
    supplies = []
    for unit, period in product((None, "PIECES", "EUR"), PERIODS):
        variables = dict(zip(("from", "until"), period, strict=True), unit=unit)
        supplies += [each["supply"] for each in check(ask, path, world, "", variables)]
    assert len({each["herfindahl"] for each in supplies}) > 5
    # Some shares are null, although the amounts are known.
    assert any(each["total"] and not each["herfindahl"] for each in supplies)
    assert any(each["tied"] > 1 for each in supplies)


@pytest.mark.sampled
def test_in_each_period(ask: Ask, library: Library) -> None:
    random = Random("position")
    for first, last in PERIODS:
        for _ in range(examples(2, 6)):
            variables: Json = {
                "unit": random.choice(UNITS),
                "from": first,
                "until": last,
                "where": random.choice(FILTERS),
                "first": random.choice((None, 1, 3, 200)),
            }
            seed = random.choice((1, 2, 3, 4))
            check(ask, library.database(seed), invented(seed), random.choice(STATES), variables)
