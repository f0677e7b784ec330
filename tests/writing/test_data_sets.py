"""Only admins write data sets, and deleting one deletes only its records."""

import pytest

from service.auth.callers import Caller, Role
from service.errors import Forbidden
from tests.writing.world import DRONES, World, creating, deleting, refused, updating

BOB = Caller("bob", Role.EDITOR)
TRADE = {"slug": "trade", "title": "Trade", "version": "1", "licence": "CC0", "citation": "Cite"}
EVIDENCE = [{"statement": "statement_1", "stance": "ASSERTS"}]


def test_what_a_data_set_says_of_itself_is_kept(world: World) -> None:
    world.create(
        "Dataset",
        **TRADE,
        publisher="iran",
        coversFrom="1975",
        coversUntil="2017",
        actorKinds=["STATE"],
        supportKinds=["WEAPONS", "TROOPS"],
        counts=[{"counted": "rows", "number": 4781}],
    )
    query = "SELECT publisher_id, covers_from, covers_until_latest FROM dataset"
    assert world.rows(query) == [(1, "1975", "2017-12-31")]
    assert world.rows("SELECT kind FROM dataset_support_kind ORDER BY 1") == [
        ("TROOPS",),
        ("WEAPONS",),
    ]
    assert world.rows("SELECT counted, number FROM dataset_count") == [("rows", 4781)]


@pytest.mark.parametrize(
    "write",
    [
        creating("Dataset", **TRADE | {"slug": "other"}),
        creating("Coverage", dataset="trade", actor="iran", role="AS_RECIPIENT"),
        updating("dataset_1", title="Another"),
        deleting("dataset_1"),
    ],
)
def test_an_editor_writes_no_data_sets(world: World, write: object) -> None:
    world.create("Dataset", **TRADE)
    before = world.everything()
    with pytest.raises(Forbidden, match="Only a token with the role admin"):
        world.do(write, caller=BOB)  # type: ignore[arg-type]
    assert world.everything() == before


def test_an_editor_does_not_say_which_data_set_a_support_is_of(world: World) -> None:
    world.create("Dataset", **TRADE)
    with refused(("dataset", "ADMIN_ONLY")):
        world.do(creating("Support", **DRONES, dataset="trade"), caller=BOB)
    with refused(("dataset", "ADMIN_ONLY")):
        world.do(updating("support_1", dataset="trade"), caller=BOB)


def test_an_editor_changes_a_support_of_a_data_set(world: World) -> None:
    world.create("Dataset", **TRADE)
    world.update("support_1", dataset="trade")
    world.do(updating("support_1", dataset="trade", place="Here"), caller=BOB)
    assert world.value("SELECT place FROM support WHERE id = 1") == "Here"


def test_a_data_set_goes_with_its_records(world: World) -> None:
    world.create("Dataset", **TRADE)
    before = world.rows("SELECT id FROM support ORDER BY 1")
    world.create("Coverage", dataset="trade", actor="iran", role="AS_RECIPIENT")
    world.create("Support", **DRONES | {"place": "There"}, dataset="trade")
    world.create("Dataset", **TRADE | {"slug": "part"}, partOf="trade")
    world.delete("dataset_1")
    assert world.rows("SELECT id FROM support ORDER BY 1") == before
    assert world.rows("SELECT * FROM coverage") == []
    assert world.rows("SELECT slug, part_of_id FROM dataset") == [("part", None)]


def test_coverage_differs_by_its_counterpart(world: World) -> None:
    world.create("Dataset", **TRADE)
    given = {"dataset": "trade", "actor": "iran", "role": "AS_SUPPORTER"}
    of_all = world.create("Coverage", **given)
    of_one = world.create("Coverage", **given, counterpart="russia")
    with refused(("", "DUPLICATE")):
        world.create("Coverage", **given, counterpart="russia")
    with refused(("counterpart", "COUNTERPART_OF_ITSELF")):
        world.create("Coverage", **given, counterpart="iran")
    with refused(("", "DUPLICATE")):
        world.update(of_one, counterpart=None)
    assert of_all != of_one
    with refused(("counterpart", "COUNTERPART_OF_ITSELF")):
        world.update(of_all, counterpart="iran")


def test_a_support_that_others_speak_of_stays_without_its_data_set(world: World) -> None:
    world.create("Dataset", **TRADE)
    support = world.create("Support", **DRONES | {"place": "There"}, dataset="trade")
    world.create("Evidence", support=support, **EVIDENCE[0])
    key = int(support.rpartition("_")[2])
    world.delete("dataset_1")
    assert world.rows("SELECT dataset_id FROM support WHERE id = ?", key) == [(None,)]
    said = world.value("SELECT message FROM revision ORDER BY number DESC LIMIT 1")
    assert said == f"Kept without the data set {support}. Deleted dataset_1."


def test_a_data_set_is_no_part_of_its_parts(world: World) -> None:
    whole = world.create("Dataset", **TRADE)
    part = world.create("Dataset", **TRADE | {"slug": "part", "partOf": "trade"})
    smaller = world.create("Dataset", **TRADE | {"slug": "smaller", "partOf": "part"})
    for others in (part, smaller):
        with refused(("partOf", "PART_OF_ITSELF")):
            world.update(whole, partOf=others)
    # Within one request too, after the part was reversed.
    world.do(updating(part, partOf=None), updating(whole, partOf=smaller))
    assert world.value("SELECT part_of_id FROM dataset WHERE slug = 'trade'") == 3
