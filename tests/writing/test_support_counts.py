"""After every kind of write, the counts of similar supports are correct."""

import json
from typing import Any

import pytest

from schema.writing import changed_records, support_counts
from tests.counted_supports import check_counts, counted
from tests.http.editing import Editor
from tests.writing.test_data_sets import TRADE
from tests.writing.world import DRONES, World, creating, deleting, merging, updating

WAR = {"slug": "war", "name": "A war", "kind": "INTERSTATE"}
PHASES = ("DELIVERED", "PLEDGED")
CLAIM = {"statement": {"id": "statement_1"}, "stance": "ASSERTS"}
NEW = {**DRONES, "evidence": [CLAIM]}
ALIKE = {**NEW, "startedOn": "2023"}
SOME_OF = {
    **{name: value for name, value in NEW.items() if name != "supporter"},
    "attribution": "SOME_OF",
    "candidates": [{"slug": "iran"}, {"slug": "north-korea"}],
    "candidatesAtLeast": 1,
}


@pytest.mark.parametrize(
    "works",
    [
        pytest.param([creating("Support", **ALIKE)], id="one more that is alike"),
        pytest.param([creating("Support", **NEW | {"kind": "MISSILES"})], id="another kind"),
        pytest.param([creating("Support", **SOME_OF)], id="one of several gives it"),
        pytest.param([updating("support_1", phase="PLEDGED")], id="another phase"),
        pytest.param([updating("support_1", against={"slug": "analyst"})], id="against somebody"),
        pytest.param([updating("support_1", note="As said.")], id="nothing that is counted by"),
        pytest.param([deleting("support_1")], id="it goes"),
        pytest.param(
            [updating("support_1", phase="PLEDGED"), updating("support_1", phase="DELIVERED")],
            id="there and back",
        ),
        pytest.param([creating("Support", **ALIKE), deleting("support_2")], id="it comes and goes"),
        pytest.param(
            [creating("Conflict", **WAR), updating("support_1", conflict={"slug": "war"})],
            id="within a conflict",
        ),
        pytest.param(
            [
                creating("Support", **NEW | {"supporter": {"slug": "north-korea"}}),
                merging({"slug": "iran"}, {"slug": "north-korea"}),
            ],
            id="their supporters become one",
        ),
    ],
)
@pytest.mark.parametrize("in_one_revision", [True, False])
def test_counts_follow_the_supports(world: World, works: list[Any], in_one_revision: bool) -> None:
    if in_one_revision:
        world.do(*works)
    else:
        for work in works:
            world.do(work)
    check_counts(world.rows)


def test_supports_that_are_alike_are_one_number(world: World) -> None:
    (alike,) = counted(world.rows)
    world.do(creating("Support", **ALIKE))
    assert counted(world.rows) == {alike: 2}
    world.do(deleting("support_1"), deleting("support_2"))
    assert counted(world.rows) == {}


def test_a_deleted_data_set_leaves_numbers_of_what_stays(world: World) -> None:
    world.create("Dataset", **TRADE)
    world.create("Support", **DRONES | {"place": "There"}, dataset="trade")
    world.create("Support", **DRONES | {"place": "Here"}, dataset="trade", evidence=[CLAIM])
    world.delete("dataset_1")
    check_counts(world.rows)
    assert sum(counted(world.rows).values()) == 2


def test_counts_follow_bulk_requests(world: World, runner: Any) -> None:
    new = {"create": "support", **NEW}
    lines = [
        {**new, "ref": "one", "place": "Here"},
        {**new, "place": "There"},
        {"update": "support", "by": {"ref": "one"}, "kind": "MISSILES"},
        {"delete": "support", "by": {"id": "support_1"}},
    ]
    editor = Editor(world.path, runner)
    content = b"".join(json.dumps(line).encode() + b"\n" for line in lines)
    kind = {"content-type": "application/x-ndjson"}
    response = editor.send("POST", "/api/v1/bulk", content=content, headers=kind)
    assert response.status_code == 200, response.text
    editor.close()
    check_counts(world.rows)
    assert sorted(counted(world.rows).values()) == [1, 1]


@pytest.mark.parametrize("most", [0, 100])
def test_many_new_supports_are_counted_from_the_history_in_parts(
    world: World, runner: Any, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    monkeypatch.setattr(changed_records, "_NEW_MOST", most)
    monkeypatch.setattr(support_counts, "_PART", 2)
    new = {"create": "support", **NEW}
    lines = [{**new, "phase": phase, "place": f"{n}"} for phase in PHASES for n in range(3)]
    editor = Editor(world.path, runner)
    content = b"".join(json.dumps(line).encode() + b"\n" for line in lines)
    kind = {"content-type": "application/x-ndjson"}
    response = editor.send("POST", "/api/v1/bulk", content=content, headers=kind)
    assert response.status_code == 200, response.text
    editor.close()
    check_counts(world.rows)
    assert sorted(counted(world.rows).values()) == [3, 4]


def test_a_write_that_fails_counts_nothing(world: World) -> None:
    before = counted(world.rows)
    with pytest.raises(ZeroDivisionError):
        world.do(creating("Support", **ALIKE), lambda _: 1 // 0)
    assert counted(world.rows) == before
