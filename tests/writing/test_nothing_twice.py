"""Records that exist are not created again."""

from typing import Any

import pytest

from service.errors import InvalidRecord
from service.writing import operations
from tests.writing.test_creating import add_data_set
from tests.writing.world import DRONES, World, refused

EVIDENCE = {"support": "support_1", "statement": "statement_1", "stance": "ASSERTS"}
ASSERTED = [{"statement": "statement_1", "stance": "ASSERTS"}]
SUPPORT = {**DRONES, "place": "Isfahan", "evidence": ASSERTED}
SAID = {"text": "Iran sends drones.", "speaker": "analyst", "source": "source_1"}
PIECES = {"unit": "PIECES"}


def record(world: World, **given: Any) -> None:
    world.do(lambda tx: operations.record_statement(tx, given))


AGAIN: list[tuple[str, dict[str, Any], str, str]] = [
    ("Support", SUPPORT, "", "support_1"),
    ("Support", {**SUPPORT, "note": "But this.", "quantity": None}, "", "support_1"),
    ("Statement", SAID, "text", "statement_1"),
    (
        "Statement",
        {**SAID, "quoted": True, "note": "Again", "language": "fa"},
        "text",
        "statement_1",
    ),
    ("Source", {"title": "A report"}, "title", "source_1"),
    ("Evidence", EVIDENCE, "statement", "evidence_1"),
    ("Evidence", {**EVIDENCE, "stance": "DENIES"}, "statement", "evidence_1"),
]


@pytest.mark.parametrize(("concept", "given", "path", "id"), AGAIN)
def test_the_same_again_is_a_duplicate_of_the_first(
    world: World, concept: str, given: dict[str, Any], path: str, id: str
) -> None:
    before = world.everything()
    with pytest.raises(InvalidRecord, match=f"{id} is the same") as caught:
        world.create(concept, **given)
    (problem,) = caught.value.problems
    assert (".".join(problem.path), problem.code) == (path, "DUPLICATE")
    assert world.everything() == before


OTHER: list[tuple[str, dict[str, Any]]] = [
    ("Support", {**SUPPORT, "place": None}),
    ("Support", {**SUPPORT, "mutual": True}),
    ("Support", {**SUPPORT, "quantity": {"estimated": False}}),
    ("Support", {**SUPPORT, "inReturnFor": "support_1"}),
    ("Statement", {**SAID, "saidOn": "2024"}),
    ("Statement", {**SAID, "text": "Iran sends Drones."}),
    ("Source", {"title": "A report", "publishedOn": "2024"}),
    ("Source", {"title": "A report", "url": "https://example.org/other"}),
    ("Evidence", {**EVIDENCE, "quantity": {"value": "10000", **PIECES}}),
]


@pytest.mark.parametrize(("concept", "given"), OTHER)
def test_what_differs_is_another(world: World, concept: str, given: dict[str, Any]) -> None:
    world.create(concept, **given)
    with refused_as_duplicate():
        world.create(concept, **given)


def refused_as_duplicate() -> Any:
    return pytest.raises(InvalidRecord, match=r"is the same|has the same")


def test_a_statement_claims_twice_where_the_quantities_differ(world: World) -> None:
    for value in ("10000", "12000"):
        world.create("Evidence", **EVIDENCE, quantity={"value": value, **PIECES})
    with refused(("statement", "DUPLICATE")):
        world.create("Evidence", **EVIDENCE, quantity={"value": "12000.0", **PIECES})
    with refused(("quantity", "DUPLICATE")):
        world.update("evidence_2", quantity={"value": "12000"})


def test_rows_of_a_data_set_are_distinguished_by_their_key(world: World) -> None:
    add_data_set(world)
    given = {**DRONES, "dataset": {"id": "dataset_1"}}
    world.create("Support", **given, sourceKey="1")
    world.create("Support", **given, sourceKey="2")
    with refused(("sourceKey", "DUPLICATE")):
        world.create("Support", **{**given, "kind": "TROOPS"}, sourceKey="2")
    world.create("Support", **given)
    with refused(("", "DUPLICATE")):
        world.create("Support", **given)


def test_an_update_makes_nothing_twice(world: World) -> None:
    world.create("Support", **{**SUPPORT, "place": None})
    with refused(("", "DUPLICATE")):
        world.update("support_2", place="Isfahan")
    world.update("support_2", place="Tabriz")


def test_a_source_without_its_url_is_distinguished_by_what_it_is_called(world: World) -> None:
    called = {"title": "Tasnim", "publisher": "iran", "publishedOn": "2024"}
    world.create("Source", **called)
    world.create("Source", **called, url="https://example.org/tasnim")
    with refused(("url", "DUPLICATE")):
        world.update("source_3", url=None)
    world.update("source_3", url=None, publishedOn="2025")


def test_memberships_are_made_once(world: World) -> None:
    membership = {"member": "analyst", "organisation": "russia", "relation": "MEMBER"}
    world.create("Membership", **membership)
    with refused(("", "DUPLICATE")):
        world.create("Membership", **membership, note="Again")
    world.create("Membership", **membership, startedOn="2024")


def test_a_statement_that_is_recorded_again_is_the_first(world: World) -> None:
    claim = {"support": "support_1", "stance": "ASSERTS"}
    before = world.rows("SELECT * FROM statement"), world.rows("SELECT * FROM evidence")
    record(world, **SAID, claims=[claim])
    assert (world.rows("SELECT * FROM statement"), world.rows("SELECT * FROM evidence")) == before


def test_recording_it_again_adds_what_is_new(world: World) -> None:
    more = {"support": "support_1", "stance": "ASSERTS", "quantity": {"value": "5", **PIECES}}
    record(world, **SAID, mentions=["iran"], claims=[more])
    assert world.rows("SELECT statement_id, quantity_value FROM evidence ORDER BY id") == [
        (1, None),
        (1, "5"),
    ]


def test_recording_it_again_drops_nothing(world: World) -> None:
    claim = {"support": "support_1", "stance": "DENIES", "note": "But."}
    with refused(("language", "CONTRADICTS")):
        record(world, **SAID, language="fa")
    with refused(("claims.0.stance", "CONTRADICTS"), ("claims.0.note", "CONTRADICTS")):
        record(world, **SAID, claims=[claim])


def test_evidence_of_a_new_support_that_is_there_is_added(world: World) -> None:
    world.create("Statement", **{**SAID, "text": "More."})
    repaid = {**DRONES, "evidence": [{"statement": "statement_2", "stance": "DENIES"}]}
    given = {**DRONES, "kind": "FUNDING", "supporter": "russia", "recipient": "iran"}
    world.create("Support", **given, inReturnFor={"new": repaid}, evidence=ASSERTED)
    assert world.rows("SELECT statement_id FROM evidence WHERE support_id = 1 ORDER BY id") == [
        (1,),
        (2,),
    ]
