"""After every kind of write, the search index has the texts of each revision."""

import json
from typing import Any

import pytest

from tests.http.editing import Editor
from tests.names import names
from tests.searched_texts import check_entries, entries
from tests.writing.test_data_sets import TRADE
from tests.writing.world import DRONES, World, creating, deleting, merging, updating

NEW = {"name": "A witness", "kind": "PERSON", "aliases": names("Somebody", "—")}
SAID = {"text": "They said so.", "speaker": {"slug": "analyst"}, "source": {"id": "source_1"}}
CLAIM = {"statement": {"id": "statement_1"}, "stance": "ASSERTS"}


def check(world: World) -> None:
    check_entries(world.rows, range(world.revision() + 1))


@pytest.mark.parametrize(
    "works",
    [
        pytest.param(
            [
                creating(
                    "Statement",
                    text="They said so.",
                    speaker={"new": NEW | {"slug": "witness"}},
                    source={"new": {"title": "A new report"}},
                )
            ],
            id="new records within each other",
        ),
        pytest.param(
            [updating("actor_1", name="Persia", aliases=names("Iran", "Eran"), codes=[])],
            id="a name and an alias change places",
        ),
        pytest.param(
            [updating("actor_1", name="Eran"), updating("actor_1", name="Iran")],
            id="a name comes back",
        ),
        pytest.param(
            [creating("Source", title="For a while"), deleting("source_2")], id="a record goes"
        ),
        pytest.param(
            [updating("actor_1", aliases=[]), updating("actor_1", aliases=names("Persia", "Pars"))],
            id="an alias comes back",
        ),
        pytest.param([updating("support_1", summary="Drones.")], id="a text is new"),
        pytest.param(
            [
                merging(
                    {"slug": "iran"},
                    {"slug": "north-korea"},
                    {"slug": "analyst"},
                    allowDifferentKinds=True,
                )
            ],
            id="actors become one",
        ),
        pytest.param([updating("statement_1", text="?!")], id="a text without words"),
    ],
)
def test_entries_follow_the_texts(world: World, works: list[Any]) -> None:
    world.do(*works)
    check(world)
    # Once more, and back.
    world.do(updating("statement_1", text="Something else."), updating("source_1", title="B"))
    world.do(updating("statement_1", text="Iran sends drones."))
    check(world)


def test_entries_of_deleted_records_end(world: World) -> None:
    world.do(deleting("support_1"), deleting("statement_1"), deleting("source_1"))
    check(world)
    assert {each[-1] for each in entries(world.rows) if each[0] in (4, 5)} == {world.revision()}


def test_entries_of_a_deleted_data_set_end(world: World) -> None:
    world.create("Dataset", **TRADE)
    support = DRONES | {"place": "There", "summary": "Drones by rail."}
    world.create("Support", **support, dataset="trade")
    world.create("Support", **support | {"place": "Here"}, dataset="trade", evidence=[CLAIM])
    check(world)
    world.delete("dataset_1")
    check(world)
    assert sorted(each[-1] == world.revision() for each in entries(world.rows) if each[0] == 3) == (
        [False, True]
    )


def test_entries_follow_what_is_undone(world: World) -> None:
    before = entries(world.rows)
    with pytest.raises(ZeroDivisionError):
        world.do(updating("actor_1", name="Eran"), lambda _: 1 // 0)
    world.do(creating("Statement", **SAID))
    check(world)
    assert set(before) < set(entries(world.rows))


def test_entries_follow_bulk_requests(world: World, runner: Any) -> None:
    lines = [
        {"create": "actor", "ref": "w", "slug": "witness", **NEW},
        {"create": "statement", **SAID | {"speaker": {"ref": "w"}}},
        {"update": "actor", "by": "iran", "name": "Eran", "aliases": []},
        {"delete": "support", "by": {"id": "support_1"}},
    ]
    editor = Editor(world.path, runner)
    content = b"".join(json.dumps(line).encode() + b"\n" for line in lines)
    kind = {"content-type": "application/x-ndjson"}
    response = editor.send("POST", "/api/v1/bulk", content=content, headers=kind)
    assert response.status_code == 200, response.text
    editor.close()
    check(world)
    assert len(entries(world.rows)) > len(lines)
