"""Planner and oracle agree on panels: units, zeros and missing values, by pages."""

from functools import partial
from pathlib import Path
from random import Random
from typing import Any

import pytest

from schema.analysis.panel import MISSING, UNITS
from schema.vocabulary import SUPPORT_KINDS, SUPPORT_PHASES
from tests.oracle.agreement import Ask, as_text
from tests.oracle.conftest import Library
from tests.oracle.data_sets.crowded import crowded
from tests.oracle.data_sets.storage import store
from tests.oracle.data_sets.world import World
from tests.oracle.data_sets.worlds import invented
from tests.oracle.resolvers.resolvers import answer
from tests.runner.parts import examples
from tests.stores import database_of

ACTOR = "{ id slug name kind code }"
CELL = "dataset kind phase side certain possible sum uncertain missing supports possibleSupports"
DOCUMENT = f"""
query($unit: PanelUnit!, $datasets: [String!]!, $kinds: [SupportKind!], $phases: [SupportPhase!],
  $amounts: String, $from: Int!, $to: Int!, $codes: CodeScheme, $actors: [String!],
  $covered: Boolean, $first: Int, $after: String) STATE {{
  panel(unit: $unit, datasets: $datasets, kinds: $kinds, phases: $phases, amounts: $amounts,
    from: $from, to: $to, codes: $codes, actors: $actors, covered: $covered, first: $first,
    after: $after) {{
    totalCount pageInfo {{ hasNextPage hasPreviousPage startCursor endCursor }}
    edges {{ cursor node {{ year actor {ACTOR} first {ACTOR} second {ACTOR} supporter {ACTOR}
      recipient {ACTOR} cells {{ {CELL} }} }} }} }} }}
"""

Json = dict[str, Any]


def check(ask: Ask, path: Path, world: World, state: str, variables: Json) -> Any:
    document = DOCUMENT.replace("STATE", state)
    expected = answer(world, document, variables, None)
    given = ask(path, document, variables, None, "text")
    assert as_text(given) == as_text(expected), (state, variables)
    return given["data"]["panel"]


def years_of(world: Any) -> list[int]:
    """Returns the years around which values change."""
    dates = [
        day
        for each in (*world.supports, *world.coverage, *world.datasets)
        for name in ("started_on", "ended_on", "covers_from", "covers_until")
        if (day := getattr(each, name, None))
    ]
    return [int(day.earliest[:4]) for day in dates] or [2000]


def question(random: Random, world: World, unit: str) -> Json:
    year = min(max(random.choice(years_of(world)) - random.choice((0, 1, 2)), 1), 9995)
    kinds = SUPPORT_KINDS.codes
    datasets = [each.slug for each in world.datasets]
    actors = [each.id if n % 2 else each.slug for n, each in enumerate(world.actors)]
    return {
        "unit": unit,
        "datasets": random.sample(datasets, min(len(datasets), random.choice((1, 2, 3)))),
        "kinds": random.choice((None, ["SUPPORT", "MILITARY"], random.sample(kinds, 2))),
        # A data set with several phases needs phases.
        "phases": random.sample(SUPPORT_PHASES.codes, random.choice((1, 2, 5))),
        "amounts": random.choice((None, "PIECES", "ROUNDS", "PERSONS", "TIV", "EUR", "USD")),
        "from": year,
        "to": year + random.choice((0, 1, 3)),
        "codes": random.choice((None, "COW", "GLEDITSCH_WARD", "ISO_3166_1_ALPHA_3")),
        "actors": random.sample(actors, min(len(actors), random.choice((2, 4, 8)))),
        "covered": random.choice((None, False, True)),
    }


@pytest.mark.sampled
@pytest.mark.parametrize("is_earlier", [False, True], ids=["now", "as of an earlier revision"])
def test_panels_page_by_page(ask: Ask, library: Library, is_earlier: bool) -> None:
    random = Random("earlier panels" if is_earlier else "panels")
    worlds = {seed: list(invented(seed).past())[: 1 + is_earlier][-1] for seed in range(1, 9)}
    seeds = [seed for seed, world in worlds.items() if world.datasets and world.actors]
    seen = set()
    for number in range(examples(3, 12)):
        unit, seed = list(UNITS)[number % len(UNITS)], random.choice(seeds)
        world, variables = worlds[seed], question(random, worlds[seed], unit)
        state = f"@asOf(revision: {world.revision.number})" if is_earlier else ""
        asked = partial(check, ask, library.database(seed), invented(seed), state)
        page = asked(variables | {"first": random.choice((3, 40))})
        for _ in range(2):
            seen |= {cell["missing"] for e in page["edges"] for cell in e["node"]["cells"]}
            if not page["pageInfo"]["hasNextPage"]:
                break
            page = asked(variables | {"first": 30, "after": page["pageInfo"]["endCursor"]})
    assert {None, "NOT_COVERED"} <= seen <= {None, *MISSING.codes}


@pytest.mark.parametrize("unit", UNITS)
def test_sums_of_amounts(ask: Ask, tmp_path: Path, unit: str) -> None:
    world, path = crowded(), tmp_path / "crowded.db"
    engine = database_of(path).engine()
    store(world, engine)
    engine.dispose()
    variables: Json = {
        "unit": unit,
        "datasets": ["data-1"],
        "kinds": ["DRONES", "MILITARY"],
        "phases": ["AGREED", "PLEDGED"],
        "actors": [each.slug for each in world.actors],
        "from": 2021,
        "to": 2025,
        "first": 400,
    }
    found = set()
    for amounts in ("EUR", "PIECES"):
        page = check(ask, path, world, "", variables | {"amounts": amounts})
        found |= {cell["sum"] for edge in page["edges"] for cell in edge["node"]["cells"]}
    assert {None, "0"} < found
    assert len(found) > 5
