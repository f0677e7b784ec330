"""Updates change given fields, keep omitted ones, and clear null ones."""

from typing import Any

import pytest

from service.errors import InvalidRecord
from tests.names import names
from tests.writing.test_creating import add_data_set
from tests.writing.world import DRONES, World, deleting, refused, updating

QUANTITY = "SELECT quantity_value, quantity_unit, quantity_estimated FROM support WHERE id = 1"


def test_only_what_is_given_changes(world: World) -> None:
    world.update("support_1", phase="PLEDGED", note="New.")
    assert world.rows("SELECT kind, phase, started_on, note FROM support") == [
        ("DRONES", "PLEDGED", "2024-10", "New.")
    ]


def test_null_makes_a_field_unknown(world: World) -> None:
    world.update("support_1", startedOn=None, against={"slug": "north-korea"})
    world.update("support_1", against=None)
    assert world.rows("SELECT started_on, against_id FROM support") == [(None, None)]


def test_a_group_is_merged(world: World) -> None:
    world.update("support_1", quantity={"value": "046.0", "unit": "PIECES", "estimated": True})
    world.update("support_1", quantity={"value": "47", "estimated": None})
    assert world.rows(QUANTITY) == [("47", "PIECES", None)]


def test_a_group_that_is_null_is_unknown_as_a_whole(world: World) -> None:
    world.update("support_1", quantity={"value": "46", "unit": "PIECES"})
    world.update("support_1", quantity=None)
    assert world.rows(QUANTITY) == [(None, None, None)]


def test_what_is_merged_is_judged_as_a_whole(world: World) -> None:
    world.update("support_1", quantity={"low": "10"})
    with refused(("quantity.low", "LOW_ABOVE_HIGH")):
        world.update("support_1", quantity={"high": "9"})
    with refused(("endedOn", "ENDS_BEFORE_START")):
        world.update("support_1", endedOn="2024-09")


def test_a_list_is_replaced_whole(world: World) -> None:
    world.update("actor_1", aliases=names("Iran proper", "Persia"))
    assert world.rows("SELECT name FROM actor_alias ORDER BY 1") == [("Iran proper",), ("Persia",)]
    world.update("actor_1", aliases=names("Iran proper"))
    assert world.rows("SELECT name FROM actor_alias") == [("Iran proper",)]
    world.update("actor_1", aliases=None, codes=[])
    assert not world.rows("SELECT * FROM actor_alias")
    assert not world.rows("SELECT * FROM actor_code")


def test_mentions_are_replaced_whole(world: World) -> None:
    world.update("statement_1", mentions=[{"slug": "north-korea"}, "iran"])
    assert world.rows("SELECT actor_id FROM mention ORDER BY 1") == [(1,), (3,)]


def test_a_reference_can_change_and_bring_a_new_record(world: World) -> None:
    world.update("statement_1", speaker={"new": {"slug": "bob", "name": "Bob", "kind": "PERSON"}})
    assert world.value("SELECT speaker_id FROM statement") == 5


BAD: list[tuple[str, dict[str, Any], str, str]] = [
    ("actor_1", {"name": None}, "name", "MISSING"),
    ("actor_1", {"slug": "Not a slug"}, "slug", "BAD_SLUG"),
    ("actor_1", {"slug": "russia"}, "slug", "DUPLICATE"),
    ("actor_1", {"id": "actor_1"}, "id", "UNKNOWN_FIELD"),
    ("actor_2", {"codes": [{"scheme": "COW", "value": "630"}]}, "codes.0", "DUPLICATE"),
    ("support_1", {"recipient": "iran"}, "recipient", "SUPPORTS_ITSELF"),
    ("support_1", {"inReturnFor": "support_1"}, "inReturnFor", "REPAYS_ITSELF"),
    ("support_1", {"evidence": []}, "evidence", "UNKNOWN_FIELD"),
    ("statement_1", {"speaker": {"slug": "nobody"}}, "speaker.slug", "UNKNOWN_REFERENCE"),
    ("statement_1", {"claims": []}, "claims", "UNKNOWN_FIELD"),
    ("evidence_1", {"stance": "SAYS"}, "stance", "UNKNOWN_TERM"),
]


@pytest.mark.parametrize(("id", "given", "path", "code"), BAD)
def test_what_cannot_be_kept_is_reported(
    world: World, id: str, given: dict[str, Any], path: str, code: str
) -> None:
    before = world.everything()
    with refused((path, code)):
        world.update(id, **given)
    assert world.everything() == before


@pytest.mark.parametrize("id", ["actor_99", "support_99", "evidence_99", "membership_1"])
def test_what_is_not_there_cannot_change(world: World, id: str) -> None:
    with refused(("id", "NOT_FOUND")):
        world.update(id, note="New.")
    with refused(("id", "NOT_FOUND")):
        world.delete(id)


def test_a_key_that_no_record_can_have_is_not_there(world: World) -> None:
    with refused(("id", "NOT_FOUND")):
        world.do(updating("actor_-1", name="New"))


def test_a_merged_actor_is_reported_as_part_of_another(world: World) -> None:
    world.merge({"slug": "iran"}, {"slug": "north-korea"})
    with pytest.raises(InvalidRecord, match="actor_3; it is part of actor_1 now"):
        world.update("actor_3", name="New")


def test_a_source_keeps_its_own_address(world: World) -> None:
    world.update("source_1", url="https://example.org/report", title="New")
    assert world.value("SELECT title FROM source") == "New"


def test_evidence_cannot_come_to_be_there_twice(world: World) -> None:
    second = world.create("Statement", text="So.", speaker="russia", source="source_1")
    world.create("Evidence", support="support_1", statement=second, stance="ASSERTS")
    with refused(("statement", "DUPLICATE")):
        world.update("evidence_2", statement={"id": "statement_1"})


def test_a_support_does_not_lose_its_only_evidence_to_another(world: World) -> None:
    evidence = [{"statement": "statement_1", "stance": "ASSERTS"}]
    missiles = world.create("Support", **DRONES | {"kind": "MISSILES"}, evidence=evidence)
    second = world.create("Statement", text="So.", speaker="russia", source="source_1")
    with refused(("support", "WITHOUT_EVIDENCE")):
        world.update("evidence_2", support="support_1", statement=second)
    world.create("Evidence", support=missiles, statement=second, stance="ASSERTS")
    world.update("evidence_2", support="support_1", statement=second)


def test_a_support_without_evidence_does_not_lose_its_data_set(world: World) -> None:
    add_data_set(world)
    world.create("Support", **DRONES, dataset={"slug": "trade-2025"})
    with refused(("dataset", "WITHOUT_EVIDENCE")):
        world.update("support_2", dataset=None)
    world.update("support_1", dataset="trade-2025")
    world.update("support_1", dataset=None)


def test_later_operations_see_what_earlier_ones_did(world: World) -> None:
    world.do(
        updating("actor_1", slug="persia"),
        updating("statement_1", speaker={"slug": "persia"}),
        updating("actor_1", slug="iran"),
    )
    assert world.value("SELECT speaker_id FROM statement") == 1
    with refused(("id", "NOT_FOUND")):
        world.do(deleting("evidence_1"), updating("evidence_1", note="New"))


def test_statements_do_not_correct_each_other_in_a_circle(world: World) -> None:
    said = {"speaker": "iran", "source": "source_1"}
    second = world.create("Statement", **said, text="Later.", corrects="statement_1")
    third = world.create("Statement", **said, text="Later still.", corrects=second)
    for last in (second, third):
        with refused(("corrects", "CORRECTS_ITSELF")):
            world.update("statement_1", corrects=last)
    assert world.rows("SELECT corrects_id FROM statement WHERE id = 1") == [(None,)]


def test_a_chain_of_corrections_that_is_too_long_to_follow_is_refused(world: World) -> None:
    said = {"speaker": "iran", "source": "source_1"}
    last = world.create("Statement", **said, text="First.")
    for number in range(101):
        last = world.create("Statement", **said, text=f"Correction {number}.", corrects=last)
    with refused(("corrects", "CORRECTS_ITSELF")):
        world.update("statement_1", corrects=last)
