"""A bulk request has the same effect as single writes: the same database and problems."""

import json
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from random import Random
from typing import Any

import pytest

from schema.concepts import COLLECTIONS
from schema.rules import Problem
from service.errors import InvalidRecord, RefusedWrite
from service.writing import operations
from service.writing.bulk import BulkTransaction, LineReader, write_many
from service.writing.bulk import lines as lines_module
from service.writing.result import WriteResult
from service.writing.transaction import Transaction
from tests.stores import copy_of
from tests.writing.bulk.random_lines import Line, RandomLines
from tests.writing.world import BEGINNING, World, undone_if_refused

TYPES = {concept.singular: concept for concept in COLLECTIONS.values()}
LINES = 60

Told = dict[int, list[tuple[str, str]]]


class OneByOne:
    """Runs lines as single writes in one transaction, and lists the problems."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx
        self._ids: dict[Any, str] = {}
        self._refused: set[Any] = set()
        # Each check at the end, with the line that caused it.
        self._checks: dict[Any, tuple[object, int]] = {}
        self.told: Told = {}

    def write(self, lines: Sequence[Line]) -> Told:
        for number, line in enumerate(lines, 1):
            ref = line.get("ref")
            # A ref must name only one record.
            is_named_twice = ref is not None and (ref in self._ids or ref in self._refused)
            if is_named_twice:
                self.told[number] = [("ref", "DUPLICATE")]
            try:
                with undone_if_refused(self._tx):
                    id = self._write(line)
                    if is_named_twice:
                        raise InvalidRecord([])
            except RefusedWrite as refused:
                self._tell(number, refused.problems)
                self._refused |= {ref} - {None}
            else:
                self._ids[ref] = id
            for name, check in self._tx._checks.items():
                if self._checks.get(name, (None, 0))[0] is not check:
                    self._checks[name] = check, number
        for name, check in self._tx._checks.items():
            problem = check(self._tx.connection)
            if problem:
                self._tell(self._checks[name][1], [problem])
        return self.told

    def _tell(self, number: int, problems: Sequence[Problem]) -> None:
        self.told[number] = self.told.get(number, []) + [
            (".".join(each.path), each.code.value) for each in problems
        ]

    def _write(self, line: Line) -> str:
        given = {name: self._with_ids(value) for name, value in line.items()}
        (verb,) = {"create", "update", "delete"} & given.keys()
        concept, seen, by = TYPES[given.pop(verb)], given.pop("ifRevision", None), None
        given.pop("ref", None)
        if verb == "create":
            written = operations.create_whole(self._tx, concept, given)
        else:
            by = given.pop("by")
            key = operations.find(self._tx, concept, by)
            if verb == "update":
                written = operations.update(self._tx, concept, key, given, seen)
            else:
                written = operations.delete(self._tx, concept, key, seen)
        return f"{concept.id_prefix}{written.id}"

    def _with_ids(self, value: Any) -> Any:
        match value:
            case {"ref": str(name)}:
                return {"id": self._ids.get(name, "nothing_1")}
            case dict():
                return {name: self._with_ids(each) for name, each in value.items()}
            case list():
                return [self._with_ids(each) for each in value]
        return value


def one_by_one(world: World, lines: Sequence[Line], *, is_kept: bool) -> Told:
    told: Told = {}

    def work(tx: Transaction) -> WriteResult:
        told.update(OneByOne(tx).write(lines))
        return WriteResult(200, b"", is_kept=is_kept)

    world.write(work, message="Many")
    return told


def as_bulk(world: World, lines: Sequence[Line]) -> tuple[Told, list[str]]:
    """Returns the problems, and the ids if there are none."""
    source = BytesIO(b"".join(json.dumps(line).encode() + b"\n" for line in lines))
    answer = BytesIO()

    def work(tx: Transaction) -> WriteResult:
        assert isinstance(tx, BulkTransaction)
        reader = LineReader(source, line_bytes=100_000)
        return WriteResult(200, b"", is_kept=write_many(tx, reader, answer))

    world.write(work, begin=BulkTransaction, message="Many")
    *answers, _ = map(json.loads, answer.getvalue().splitlines())
    told = {
        each["line"]: [(".".join(error["path"]), error["code"]) for error in each["errors"]]
        for each in answers
        if "errors" in each
    }
    return told, [each["id"] for each in answers if "id" in each]


def alike(told: Told) -> Told:
    """Returns the problems in one order, with one name for references."""
    return {
        number: sorted(
            (".".join({"ref": "id", "by": "id"}.get(s, s) for s in path.split(".")), code)
            for path, code in problems
        )
        for number, problems in sorted(told.items())
    }


def rows_of(world: World) -> dict[str, list[tuple[Any, ...]]]:
    """Returns all rows without the time of the revision and internal ids."""
    found = world.everything()
    found["revision"] = [row[:1] + row[2:4] for row in found["revision"]]
    for name in ("actor_alias", "actor_code"):
        for table in (name, f"{name}_history"):
            found[table] = sorted((row[1:] for row in found[table]), key=repr)
    return found


@pytest.fixture
def worlds(beginning: Path, tmp_path: Path) -> Any:
    made = [World(copy_of(beginning, tmp_path, f"{name}.db")) for name in ("tried", "one", "many")]
    yield made
    for world in made:
        world.close()


@pytest.mark.parametrize("seed", range(30))
def test_many_writes_are_as_single_ones(
    worlds: list[World], seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried, single, many = worlds
    # Batches may end between any two lines.
    monkeypatch.setattr(lines_module, "_BATCH_LINES", (1_000, 7, 1)[seed % 3])
    lines = RandomLines(Random(seed)).lines(LINES)
    expected = one_by_one(tried, lines, is_kept=False)
    told, _ = as_bulk(tried, lines)
    assert alike(told) == alike(expected)

    good = lines
    while refused := one_by_one(tried, good, is_kept=False):
        good = [line for number, line in enumerate(good, 1) if number not in refused]
    assert len(good) > 10
    one_by_one(single, good, is_kept=True)
    assert as_bulk(many, good)[0] == {}
    assert rows_of(many) == rows_of(single)


def test_what_is_there_already_is_found_whatever_is_unknown_of_it(worlds: list[World]) -> None:
    """Creates each initial record again; its identity has unknown values."""
    world, *_ = worlds
    singular = {concept.name: name for name, concept in TYPES.items()}
    lines = [{"create": singular[concept], **given} for concept, given in BEGINNING]
    expected = one_by_one(world, lines, is_kept=False)
    assert set(expected) == set(range(1, len(lines) + 1))
    assert alike(as_bulk(world, lines)[0]) == alike(expected)
