"""The attribution of a support: a supporter, some of several candidates, or unknown."""

from typing import Any

import pytest

from tests.writing.world import World, refused

EVIDENCE = {"evidence": [{"statement": "statement_1", "stance": "ASSERTS"}]}
WEAPONS = {"kind": "WEAPONS", "phase": "DELIVERED", "recipient": "russia", **EVIDENCE}
SOME = {"attribution": "SOME_OF", "candidates": ["iran", "north-korea"]}


def candidates(world: World, support: str) -> list[int]:
    key = int(support.rpartition("_")[2])
    query = "SELECT actor_id FROM candidate WHERE support_id = ? ORDER BY 1"
    return [actor for (actor,) in world.rows(query, key)]


def test_some_of_several_are_kept_as_they_were_given(world: World) -> None:
    support = world.create("Support", **WEAPONS, **SOME, candidatesAtLeast=1)
    assert candidates(world, support) == [1, 3]
    asked = "supporter_id, attribution, candidates_at_least"
    query = f"SELECT {asked} FROM support ORDER BY id DESC LIMIT 1"
    assert world.rows(query) == [(None, "SOME_OF", 1)]


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ({"candidates": ["iran", "north-korea"], "supporter": "iran"}, "candidates"),
        ({"attribution": "SOME_OF"}, "candidates"),
        ({"attribution": "SOME_OF", "candidates": ["iran"]}, "candidates"),
        ({**SOME, "candidatesAtLeast": 2}, "candidatesAtLeast"),
        ({**SOME, "candidatesAtLeast": 0}, "candidatesAtLeast"),
        ({**SOME, "supporter": "iran"}, "supporter"),
        ({"attribution": "UNKNOWN", "candidates": ["iran", "north-korea"]}, "candidates"),
        ({"attribution": "UNKNOWN", "supporter": "iran"}, "supporter"),
    ],
)
def test_the_candidates_agree_with_the_attribution(
    world: World, given: dict[str, Any], problem: str
) -> None:
    before = world.everything()
    with refused((problem, "ATTRIBUTION")):
        world.create("Support", **WEAPONS, **given)
    assert world.everything() == before


def test_the_recipient_is_no_candidate(world: World) -> None:
    given = {"attribution": "SOME_OF", "candidates": ["iran", "russia"]}
    with refused(("candidates", "SUPPORTS_ITSELF")):
        world.create("Support", **WEAPONS, **given)


def test_what_becomes_certain_has_no_candidates(world: World) -> None:
    support = world.create("Support", **WEAPONS, **SOME)
    with refused(("candidates", "ATTRIBUTION")):
        world.update(support, attribution="CERTAIN", supporter="iran")
    world.update(support, attribution="CERTAIN", supporter="iran", candidates=[])
    assert candidates(world, support) == []


def test_two_candidates_do_not_become_one_by_a_merge(world: World) -> None:
    world.create("Support", **WEAPONS, **SOME)
    before = world.everything()
    with refused(("merge.0", "ATTRIBUTION")):
        world.merge("iran", "north-korea")
    assert world.everything() == before


def test_a_merge_moves_candidates(world: World) -> None:
    support = world.create("Support", **WEAPONS, **SOME)
    world.create("Actor", slug="dprk", name="DPRK", kind="STATE")
    world.merge("dprk", "north-korea")
    assert candidates(world, support) == [1, 5]
