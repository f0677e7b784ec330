"""Any JSON input is either stored or refused with problems."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from schema.concepts import CONCEPTS, Attribute, Group, Owned, ToOne
from schema.rules import Problem
from schema.writing.drafts import written_members
from service.errors import RefusedWrite
from service.writing import operations
from service.writing.transaction import Transaction
from tests.stores import copy_of
from tests.writing.world import World

WRITABLE = [concept.name for concept in operations.WRITABLE]

# Python's recursion limit is lower than the parser's.
DEEP: Any = "deep"
for _ in range(900):
    DEEP = [DEEP]

WORSE: dict[str, Any] = {
    "nested deep": DEEP,
    "in an object": {"a": DEEP},
    "a long number": 10**5000,
    "no number": float("nan"),
    "half a character": {"\ud83d": 1},
}

texts = st.text(max_size=20) | st.sampled_from(
    ["iran", "actor_1", "actor_99", "support_1", "source_1", "STATE", "2024-10", "046.50", "nul\0"]
)
numbers = st.integers() | st.floats() | st.just(2**64)
plain = st.none() | st.booleans() | numbers | texts
names = st.sampled_from(["id", "slug", "code", "url", "new", "scheme", "value", "kind", "name"])
json = st.recursive(
    plain,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(names | texts, inner, max_size=3),
    max_leaves=8,
)


def good_values(concept: str) -> dict[str, st.SearchStrategy[Any]]:
    """Values that are valid for a field, so that refusals have different reasons."""
    found: dict[str, st.SearchStrategy[Any]] = {}
    for name, member in written_members(concept).items():
        if isinstance(member, Attribute):
            codes = member.meaning.vocabulary.codes if member.meaning.vocabulary else ()
            found[name] = st.sampled_from(codes or ["a-text", "2024-10", "en", True, 2])
        elif isinstance(member, ToOne):
            table = CONCEPTS[member.target].table.name
            ids = st.sampled_from([f"{table}_1", f"{table}_2", f"{table}_3"])
            found[name] = st.fixed_dictionaries({"id": ids})
        elif isinstance(member, Group):
            found[name] = st.dictionaries(st.sampled_from([*member.attributes]), plain)
        elif isinstance(member, Owned):
            found[name] = st.lists(st.fixed_dictionaries({"scheme": texts, "value": texts}))
    return found


def any_given(concept: str) -> st.SearchStrategy[Any]:
    fields = {name: good | good | good | json for name, good in good_values(concept).items()}
    evidence = {"evidence": st.lists(json, max_size=2), "claims": st.lists(json, max_size=2)}
    return json | st.fixed_dictionaries({}, optional={**fields, **evidence})


@pytest.fixture(scope="module")
def shared(beginning: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """One database for all examples, each of which is rolled back."""
    world = World(copy_of(beginning, tmp_path_factory.mktemp("hostile")))
    yield world
    world.close()


def refuse_or_do(world: World, operation: Callable[[Transaction], object]) -> None:
    class Undone(Exception):
        pass

    def work(transaction: Transaction) -> None:
        operation(transaction)
        transaction.finish()
        raise Undone

    with pytest.raises((RefusedWrite, Undone)) as caught:
        world.do(work)
    if isinstance(caught.value, RefusedWrite):
        assert caught.value.problems
        assert all(is_well_formed(problem) for problem in caught.value.problems)
    assert world.revision() == 7


def is_well_formed(problem: Problem) -> bool:
    return all(isinstance(step, str) for step in problem.path) and len(problem.message) < 1_000


quickly = settings(
    max_examples=60,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.mark.parametrize("concept", WRITABLE)
@quickly
@given(data=st.data())
def test_any_json_is_created_or_refused(shared: World, concept: str, data: st.DataObject) -> None:
    value = data.draw(any_given(concept))
    refuse_or_do(shared, lambda tx: operations.create(tx, CONCEPTS[concept], value))


@pytest.mark.parametrize("concept", WRITABLE)
@quickly
@given(data=st.data())
def test_any_json_updates_or_is_refused(shared: World, concept: str, data: st.DataObject) -> None:
    value, seen = data.draw(any_given(concept)), data.draw(st.none() | st.integers())
    refuse_or_do(shared, lambda tx: operations.update(tx, CONCEPTS[concept], 1, value, seen))


@quickly
@given(value=any_given("Statement"))
def test_any_json_is_recorded_or_refused(shared: World, value: Any) -> None:
    refuse_or_do(shared, lambda tx: operations.record_statement(tx, value))


@quickly
@given(keep=json, others=json | st.lists(json | texts, max_size=3), allowed=json)
@example(keep="iran", others=["north-korea", "analyst"], allowed=True)
def test_any_json_is_merged_or_refused(shared: World, keep: Any, others: Any, allowed: Any) -> None:
    given = {"keep": keep, "merge": others, "allowDifferentKinds": allowed}
    refuse_or_do(shared, lambda tx: operations.merge_actors(tx, given))


@pytest.mark.parametrize("value", WORSE.values(), ids=WORSE.keys())
def test_what_is_worse_than_json_is_not_merged(shared: World, value: Any) -> None:
    for keep, others in ((value, ["iran"]), ("iran", value), ("iran", [value, {"id": value}])):
        given = {"keep": keep, "merge": others}
        with pytest.raises(RefusedWrite):
            shared.do(lambda tx, given=given: operations.merge_actors(tx, given))


@pytest.mark.parametrize("concept", WRITABLE)
@pytest.mark.parametrize("value", WORSE.values(), ids=WORSE.keys())
def test_what_is_worse_than_json_is_refused_in_every_field(
    shared: World, concept: str, value: Any
) -> None:
    for name in (*written_members(concept), "evidence", "claims", "x"):
        for given_value in (value, [value], {"id": value}, {"new": value}, {"slug": value}):
            operation = {name: given_value}
            with pytest.raises(RefusedWrite):
                shared.do(
                    lambda tx, given=operation: operations.create(tx, CONCEPTS[concept], given)
                )
