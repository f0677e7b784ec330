"""A write with the last seen revision is refused if the record has changed since."""

import pytest

from service.auth.callers import Caller, Role
from service.errors import RefusedWrite, RevisionConflict
from tests.writing.world import World, creating, deleting, updating

BOB = Caller("bob", Role.EDITOR)


def race(world: World, id: str, seen: int) -> str:
    with pytest.raises(RefusedWrite) as caught:
        world.do(updating(id, if_revision=seen, note="New."))
    (problem,) = caught.value.problems
    assert isinstance(caught.value, RevisionConflict)
    assert (problem.path, problem.code) == (("ifRevision",), "CONFLICT")
    return problem.message


def test_an_unchanged_record_can_change(world: World) -> None:
    world.do(updating("support_1", if_revision=7, note="One."))
    world.do(updating("support_1", if_revision=8, note="Two."))
    assert world.value("SELECT note FROM support") == "Two."


def test_the_newest_revision_will_do_whatever_it_changed(world: World) -> None:
    world.update("actor_1", name="New")
    world.do(updating("support_1", if_revision=8, note="One."))


def test_a_changed_record_is_reported_with_its_author_and_revision(world: World) -> None:
    world.do(updating("support_1", note="Bob's."), caller=BOB)
    world.update("actor_1", name="New")
    assert race(world, "support_1", 7) == (
        "bob changed support_1 in revision 8, after revision 7; read it again, and decide again."
    )
    assert world.value("SELECT note FROM support") == "Bob's."


def test_a_part_that_changed_counts(world: World) -> None:
    world.do(updating("statement_1", mentions=[]), caller=BOB)
    assert "bob changed statement_1 in revision 8" in race(world, "statement_1", 7)


def test_a_delete_can_lose_as_well(world: World) -> None:
    world.do(updating("support_1", note="Bob's."), caller=BOB)
    with pytest.raises(RevisionConflict):
        world.do(deleting("support_1", if_revision=7))


def test_a_request_does_not_race_against_itself(world: World) -> None:
    world.do(
        updating("support_1", if_revision=7, note="One."),
        updating("support_1", if_revision=7, note="Two."),
        creating("Actor", slug="bob", name="Bob", kind="PERSON"),
        updating("actor_5", if_revision=7, name="Robert"),
    )
    assert world.value("SELECT note FROM support") == "Two."


@pytest.mark.parametrize("seen", [8, 9, 2**70])
def test_a_future_revision_is_refused(world: World, seen: int) -> None:
    assert f"There is no revision {seen} yet" in race(world, "support_1", seen)


def test_a_merge_changes_what_it_moved(world: World) -> None:
    world.do(updating("actor_1", name="Bob's"), caller=BOB)
    world.merge("iran", "north-korea")
    assert "alice changed actor_1 in revision 9" in race(world, "actor_1", 8)


def test_a_merge_can_lose_as_well(world: World) -> None:
    world.do(updating("actor_1", description="Bob's."), caller=BOB)
    with pytest.raises(RevisionConflict, match="bob changed actor_1 in revision 8"):
        world.merge("iran", "north-korea", ifRevision=7)
    world.merge("iran", "north-korea", ifRevision=8)


def test_evidence_added_since_is_not_deleted_unseen(world: World) -> None:
    evidence = {"support": "support_1", "statement": "statement_1", "stance": "DENIES"}
    quantity = {"value": "7", "unit": "PIECES"}
    world.do(creating("Evidence", **evidence, quantity=quantity), caller=BOB)
    with pytest.raises(RevisionConflict, match="bob changed evidence of support_1 in revision 8"):
        world.do(deleting("support_1", if_revision=7))
    # The revision is not a part of the changes.
    world.do(updating("support_1", if_revision=7, note="New."))
    world.do(deleting("support_1", if_revision=9))
