"""Planner and oracle agree on totals: dimensions, orders and pages."""

from itertools import cycle
from random import Random
from typing import Any

import pytest

from tests.oracle.agreement import Ask, as_text
from tests.oracle.conftest import Library
from tests.oracle.data_sets.worlds import invented
from tests.oracle.generator.arguments import DIMENSIONS, total_keys
from tests.oracle.resolvers.resolvers import answer
from tests.runner.parts import examples

STATES = ("", "@asOf(revision: 2)")
PLACE = (
    "supporter { slug } recipient { id name } against { slug } kind phase year conflict { name }"
    " dataset { slug } quantityUnit worthUnit worthCurrency"
)
COUNTS = "supports supporters recipients"
SUMS = "value low high valued"
WITHOUT_UNIT = f"certain {{ {COUNTS} }} possible {{ {COUNTS} }}"
WITH_UNIT = WITHOUT_UNIT.replace("}", f"quantity {{ {SUMS} }} worth {{ {SUMS} }} }}")
FACTS = "unknownCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor }"
COUNTED = f"totalCount {FACTS}"
FILTERS: tuple[dict[str, Any], ...] = (
    {},
    {"validAt": "2023"},
    {"attribution": {"ne": "UNKNOWN"}},
    {"assessment": {"contested": {"eq": False}}, "recipient": {"isNull": False}},
)
# Dates of the worlds span all years. These periods are short enough for groups by year.
_OPEN = {"endedOn": {"isNull": True}, "not": {"dataset": {"coversUntil": {"gt": "2100"}}}}
SHORT: tuple[dict[str, Any], ...] = (
    {"startedOn": {"gte": "1900"}, "or": [{"endedOn": {"lt": "2100"}}, _OPEN]},
    {"startedOn": {"isNull": True}, "endedOn": {"isNull": False}},
    {"startedOn": {"isNull": True}, "endedOn": {"isNull": True}, "attribution": {"ne": "UNKNOWN"}},
)

Json = dict[str, Any]


def check(ask: Ask, library: Library, seed: int, state: str, variables: Json) -> Any:
    """Checks a page with and without the number of groups, which run different statements."""
    checked(ask, library, seed, state, variables, FACTS)
    return checked(ask, library, seed, state, variables, COUNTED)


def checked(ask: Ask, library: Library, seed: int, state: str, variables: Json, facts: str) -> Any:
    sums = WITH_UNIT if "UNIT" in variables["groupBy"] else WITHOUT_UNIT
    arguments = ", ".join(f"{name}: ${name}" for name in variables)
    declared = ", ".join(f"${name}: {TYPES[name]}" for name in variables)
    document = (
        f"query({declared}) {state} {{ supportTotals({arguments})"
        f" {{ {facts} edges {{ cursor node {{ {PLACE} {sums} }} }} }} }}"
    )
    expected = answer(invented(seed), document, variables, None)
    given = ask(library.database(seed), document, variables, None, "text")
    assert as_text(given) == as_text(expected), (document, variables)
    return given["data"]["supportTotals"]


TYPES = {
    "groupBy": "[SupportDimension!]!",
    "kindLevel": "Int",
    "where": "SupportFilter",
    "orderBy": "[SupportTotalOrder!]",
    "first": "Int",
    "after": "String",
}


@pytest.mark.parametrize("dimension", [None, *DIMENSIONS])
def test_by_one_dimension(ask: Ask, library: Library, dimension: str | None) -> None:
    for seed, state in ((1, ""), (1, STATES[1]), (2, ""), (0, "")):
        for where in SHORT if dimension == "YEAR" else FILTERS:
            group_by = [dimension] if dimension else []
            check(ask, library, seed, state, {"groupBy": group_by, "where": where, "first": 50})


@pytest.mark.sampled
def test_by_several_dimensions_page_by_page(ask: Ask, library: Library) -> None:
    random = Random("totals")
    states = cycle(STATES)
    for _ in range(examples(15, 30)):
        group_by = random.sample(DIMENSIONS, random.choice((2, 2, 3, 4, 9)))
        filters = SHORT if "YEAR" in group_by else FILTERS
        variables: Json = {"groupBy": group_by, "where": random.choice(filters)}
        if "KIND" in group_by:
            variables["kindLevel"] = random.choice((None, 0, 1, 2, 3))
        keys = list(total_keys(group_by))
        variables["orderBy"] = random.sample(keys, min(len(keys), random.choice((0, 1, 2, 3))))
        seed, state = random.choice((1, 2, 3, 4)), next(states)
        page = check(ask, library, seed, state, variables | {"first": random.choice((1, 3, 20))})
        for _ in range(3):
            if not page["pageInfo"]["hasNextPage"]:
                break
            after = page["pageInfo"]["endCursor"]
            page = check(ask, library, seed, state, variables | {"first": 3, "after": after})


@pytest.mark.parametrize("part", ["certain", "possible"])
def test_in_the_order_of_each_number(ask: Ask, library: Library, part: str) -> None:
    group_by = ["RECIPIENT", "UNIT"]
    for key in total_keys(group_by):
        if part in key:
            variables = {"groupBy": group_by, "orderBy": [key]}
            page = check(ask, library, 1, "", variables | {"first": 4})
            after = page["pageInfo"]["endCursor"]
            check(ask, library, 1, "", variables | {"first": 50, "after": after})
