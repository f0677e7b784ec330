"""Deletions: what is deleted, with which parts, and what stays because it is referred to."""

import pytest

from service.errors import RefusedWrite
from tests.writing.test_creating import add_data_set
from tests.writing.world import DRONES, World, creating, deleting, executing, refused, updating


def test_a_support_goes_with_its_evidence(world: World) -> None:
    world.delete("support_1")
    assert not world.rows("SELECT * FROM support")
    assert not world.rows("SELECT * FROM evidence")


def test_a_statement_goes_with_its_mentions(world: World) -> None:
    world.do(deleting("support_1"), deleting("statement_1"))
    assert not world.rows("SELECT * FROM statement")
    assert not world.rows("SELECT * FROM mention")


def test_an_actor_goes_with_its_names_and_codes(world: World) -> None:
    world.do(deleting("support_1"), deleting("statement_1"), deleting("actor_1"))
    assert not world.rows("SELECT * FROM actor WHERE id = 1")
    assert not world.rows("SELECT * FROM actor_alias")
    assert not world.rows("SELECT * FROM actor_code")


def test_former_names_of_a_deleted_actor_are_not_reused(world: World) -> None:
    world.merge("north-korea", "analyst", allowDifferentKinds=True)
    world.update("statement_1", speaker="russia")
    world.delete("actor_3")
    with refused(("slug", "DUPLICATE")):
        world.create("Actor", slug="analyst", name="Another analyst", kind="PERSON")
    with refused(("speaker", "UNKNOWN_REFERENCE")):
        world.update("statement_1", speaker="analyst")
    with refused(("speaker.id", "UNKNOWN_REFERENCE")):
        world.update("statement_1", speaker={"id": "actor_4"})


def refusal(world: World, id: str) -> str:
    before = world.everything()
    with pytest.raises(RefusedWrite) as caught:
        world.delete(id)
    (problem,) = caught.value.problems
    assert (problem.path, problem.code) == (("id",), "IN_USE")
    assert world.everything() == before
    return problem.message


@pytest.mark.parametrize(
    ("id", "users"),
    [
        ("actor_1", "support_1, statement_1 refer to actor_1"),
        ("actor_4", "statement_1 refers to actor_4"),
        ("source_1", "statement_1 refers to source_1"),
        ("statement_1", "evidence_1 refers to statement_1"),
    ],
)
def test_what_others_refer_to_is_not_removed(world: World, id: str, users: str) -> None:
    assert refusal(world, id) == f"{users}; change or delete that first."


def test_every_way_of_referring_to_an_actor_counts(world: World) -> None:
    world.create("Actor", slug="bob", name="Bob", kind="PERSON")
    bob = {"slug": "bob"}
    users = [
        creating("Membership", member=bob, organisation="russia", relation="PART"),
        creating("Membership", member="analyst", organisation=bob, relation="PART"),
        creating("Source", title="T", publisher=bob),
        updating("statement_1", onBehalfOf=bob),
        updating("statement_1", mentions=[bob]),
        updating("statement_1", speaker=bob),
        updating("support_1", supporter=bob),
        updating("support_1", recipient=bob),
        updating("support_1", against=bob),
    ]
    for user in users:
        with refused(("id", "IN_USE")):
            world.do(user, deleting("actor_5"))


def test_support_that_is_repaid_is_not_removed(world: World) -> None:
    evidence = [{"statement": "statement_1", "stance": "ASSERTS"}]
    world.create("Support", **DRONES, inReturnFor="support_1", evidence=evidence)
    assert "support_2 refers to support_1" in refusal(world, "support_1")


def test_only_a_few_referring_records_are_named(world: World) -> None:
    evidence = [{"statement": "statement_1", "stance": "ASSERTS"}]
    for number in range(7):
        repaying = {**DRONES, "summary": str(number), "inReturnFor": "support_1"}
        world.create("Support", **repaying, evidence=evidence)
    message = refusal(world, "support_1")
    assert "support_2, support_3, support_4, support_5, support_6 and more refer to" in message


def test_the_last_evidence_of_a_support_is_not_removed(world: World) -> None:
    before = world.everything()
    with refused(("id", "WITHOUT_EVIDENCE")):
        world.delete("evidence_1")
    assert world.everything() == before


def test_evidence_and_its_support_can_go_together(world: World) -> None:
    world.do(deleting("evidence_1"), deleting("support_1"))
    assert not world.rows("SELECT * FROM support")


def test_evidence_can_be_replaced_within_a_request(world: World) -> None:
    world.do(
        deleting("evidence_1"),
        creating("Evidence", support="support_1", statement="statement_1", stance="DENIES"),
    )
    assert world.rows("SELECT id, stance FROM evidence") == [(2, "DENIES")]


def test_evidence_can_go_where_a_data_set_is(world: World) -> None:
    add_data_set(world)
    world.update("support_1", dataset="trade-2025")
    world.delete("evidence_1")
    assert not world.rows("SELECT * FROM evidence")


def test_what_is_gone_belongs_to_no_data_set(world: World) -> None:
    add_data_set(world)
    keys = [("Support", "drones", 1), ("Evidence", "first", 1), ("Actor", "iran", 1)]
    for values in keys:
        world.do(executing("INSERT INTO seed_key VALUES (1, ?, ?, ?)", *values))
    world.delete("support_1")
    assert world.rows("SELECT concept FROM seed_key") == [("Actor",)]


def test_an_id_is_not_given_again(world: World) -> None:
    evidence = [{"statement": "statement_1", "stance": "ASSERTS"}]
    world.delete("support_1")
    assert world.create("Support", **DRONES, evidence=evidence) == "support_2"
