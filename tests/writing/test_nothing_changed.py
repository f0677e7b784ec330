"""A write without effect creates no revision, no version and no event."""

import io
from typing import Any, cast

import orjson
import pytest

from schema.concepts import COLLECTIONS, CONCEPTS
from service.writing import operations
from service.writing.bulk import BulkTransaction, LineReader, write_many
from service.writing.transaction import Transaction
from service.writing.writer import WriteResult
from tests.writing.world import DRONES, World, creating, deleting, merging, updating

CODE = {"scheme": "COW", "value": "630"}
ALIAS = {"name": "Persia", "language": "fa", "kind": "FORMER", "startedOn": "1900"}
UNESCO = {
    "slug": "unesco",
    "name": "UNESCO",
    "kind": "ORGANISATION",
    "description": "It sits in Paris.",
    "aliases": [ALIAS, {"name": "Unesco"}],
    "codes": [{"scheme": "COW", "value": "002"}, {"scheme": "ISO_3166_1_ALPHA_2", "value": "un"}],
}
# A record of each type, with values in fields of every kind.
EACH: dict[str, dict[str, Any]] = {
    "Actor": UNESCO,
    "Source": {"title": "B", "url": "HTTPS://Example.org:443/%7Eb", "publishedOn": "2024~"},
    "Dataset": {
        "slug": "set",
        "title": "A set",
        "version": "1",
        "licence": "CC0",
        "citation": "A set.",
        "coversFrom": "1990",
        "coversUntil": "2000",
    },
    "Conflict": {"slug": "war", "name": "A war", "kind": "INTERSTATE"},
    "Statement": {
        "text": "Cafe\u0301 drones.",
        "speaker": "analyst",
        "source": "source_1",
        "language": "uk-ua",
        "saidOn": "198X",
        "credibility": 2,
        "mentions": ["russia", "iran"],
    },
    "Support": DRONES
    | {
        "supporter": None,
        "attribution": "SOME_OF",
        "candidates": ["iran", "north-korea"],
        "candidatesAtLeast": 1,
        "quantity": {"value": "12.50", "unit": "PIECES", "estimated": True},
        "worth": {"low": "1", "unit": "CURRENCY", "currency": "EUR"},
        "mutual": False,
        "evidence": [{"statement": "statement_1", "stance": "ASSERTS"}],
    },
    "Evidence": {
        "support": "support_1",
        "statement": "statement_1",
        "stance": "DENIES",
        "quantity": {"value": "3", "unit": "PIECES"},
    },
    "Membership": {"member": "iran", "organisation": "russia", "relation": "PART"},
    "Succession": {"predecessor": "iran", "successor": "russia", "kind": "RENAMED"},
    "Coverage": {"actor": "iran", "role": "AS_EITHER", "dataset": "set", "coversFrom": "1990"},
}


@pytest.fixture
def each(world: World) -> dict[str, str]:
    """Returns the id of one record of each type, by type."""
    order = sorted(EACH, key=lambda concept: concept == "Coverage")
    return {concept: world.create(concept, **EACH[concept]) for concept in order}


def updating_of(concept: str, id: str, given: dict[str, Any]) -> Any:
    key = int(id.rpartition("_")[2])
    changes = {name: value for name, value in given.items() if name != "evidence"}
    return lambda tx: operations.update(tx, CONCEPTS[concept], key, changes, None)


def test_there_is_a_record_of_each_type() -> None:
    assert {concept.name for concept in COLLECTIONS.values()} == EACH.keys()


def test_the_values_that_there_are_make_no_revision(world: World, each: dict[str, str]) -> None:
    before = world.everything()
    for concept, id in each.items():
        done = world.do(updating_of(concept, id, EACH[concept]), message="Again")
        assert done.revision == world.revision()
    all_of_them = [updating_of(concept, id, EACH[concept]) for concept, id in each.items()]
    world.do(*all_of_them)
    world.do(*(updating_of(concept, id, {}) for concept, id in each.items()))
    assert world.everything() == before


def test_what_changes_is_written_though_the_rest_is_as_it_was(
    world: World, each: dict[str, str]
) -> None:
    before = world.revision()
    all_of_them = [updating_of(concept, id, EACH[concept]) for concept, id in each.items()]
    world.do(*all_of_them, updating("actor_2", description="Large."), *all_of_them)
    assert world.revision() == before + 1
    assert world.value("SELECT message FROM revision WHERE number = ?", before + 1) == (
        "Updated actor_2."
    )
    written = [
        name
        for name, rows in world.everything().items()
        if name.endswith("_history") and any(before + 1 in row for row in rows)
    ]
    assert written == ["actor_history"]


def test_a_statement_that_is_there_with_its_claims_makes_no_revision(world: World) -> None:
    given = {
        "text": "Iran sends drones.",
        "speaker": "analyst",
        "source": {"new": {"title": "A report", "url": "https://example.org/report"}},
        "claims": [{"support": "support_1", "stance": "ASSERTS"}],
    }
    before = world.everything()
    world.do(lambda tx: operations.record_statement(tx, given))
    assert world.everything() == before


def test_a_merge_changes_no_record_that_says_the_same_afterwards(world: World) -> None:
    world.create("Actor", slug="persia", name="Eran", kind="STATE")
    evidence = [{"statement": "statement_1", "stance": "ASSERTS"}]
    world.create(
        "Support",
        **DRONES | {"supporter": "persia", "place": "Isfahan", "note": "So."},
        evidence=evidence,
    )
    world.update("support_1", note="So.")
    world.merge("iran", "persia")
    assert (
        world.rows(
            "SELECT id FROM support_history WHERE id = 1 AND from_revision = ?", world.revision()
        )
        == []
    )


def test_an_answer_is_kept_though_nothing_was_changed(world: World) -> None:
    same = updating("actor_1", name="Iran")
    before = world.revision()
    first = world.do(same, idempotency_key="key", fingerprint="a")
    world.update("actor_1", name="Persia")
    assert world.do(same, idempotency_key="key", fingerprint="a") == first
    assert (first.revision, world.revision()) == (before, before + 1)


def test_a_revision_that_is_not_needed_leaves_no_gap(world: World) -> None:
    for _ in range(3):
        world.do(updating("actor_1", name="Iran"))
    world.update("actor_1", name="Persia")
    numbers = [number for (number,) in world.rows("SELECT number FROM revision ORDER BY 1")]
    assert numbers == list(range(len(numbers)))


def test_a_write_after_another_state_is_refused_even_without_changes(world: World) -> None:
    seen = world.revision()
    world.update("actor_1", name="Persia")
    with pytest.raises(Exception, match="read it again"):
        world.do(updating("actor_1", seen, name="Persia"))


def test_what_is_created_and_deleted_in_one_request_is_a_revision(world: World) -> None:
    before = world.revision()
    made = creating("Actor", slug="none", name="None", kind="PERSON")
    world.do(made, deleting("actor_5"))
    assert world.revision() == before + 1


def bulk(world: World, *lines: dict[str, Any]) -> list[Any]:
    answer = io.BytesIO()
    reader = LineReader(io.BytesIO(b"\n".join(map(orjson.dumps, lines))), line_bytes=10_000)

    def work(tx: Transaction) -> WriteResult:
        assert write_many(cast(BulkTransaction, tx), reader, answer)
        return WriteResult(200, b"")

    world.write(work, begin=BulkTransaction)
    return [orjson.loads(line) for line in answer.getvalue().splitlines()]


def summary(revision: int, **counts: int) -> dict[str, int]:
    return {"revision": revision, "created": 0, "updated": 0, "deleted": 0, "unchanged": 0} | counts


def test_lines_that_change_nothing_make_no_revision(world: World) -> None:
    before = world.everything()
    assert bulk(world) == [summary(world.revision())]
    same = {"update": "actor", "by": "iran", "aliases": [{"name": "Persia"}], "codes": [CODE]}
    assert bulk(world, same, same) == [
        {"line": 1, "id": "actor_1"},
        {"line": 2, "id": "actor_1"},
        summary(world.revision(), unchanged=2),
    ]
    assert world.everything() == before


def test_only_lines_that_change_something_are_in_the_revision(world: World) -> None:
    before = world.revision()
    *_, told = bulk(
        world,
        {"update": "actor", "by": "iran", "name": "Iran"},
        {"update": "actor", "by": "russia", "name": "Russian Federation"},
        {"create": "source", "title": "Another"},
        {"update": "support", "by": "support_1", "kind": "DRONES"},
    )
    assert told == summary(before + 1, created=1, updated=1, unchanged=2)
    assert world.value("SELECT message FROM revision WHERE number = ?", before + 1) == (
        "Updated 1 actor. Created 1 source."
    )
    assert world.rows("SELECT id FROM actor_history WHERE from_revision = ?", before + 1) == [(2,)]


def test_a_merge_of_nothing_is_refused(world: World) -> None:
    with pytest.raises(Exception, match="Name at least one actor"):
        world.do(merging("iran"))
