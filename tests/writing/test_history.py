"""History has the state of each revision, compared with copies made after each."""

import random
from collections.abc import Callable, Iterable
from typing import Any

import pytest

from schema.records import HISTORY
from schema.records.history import FROM_REVISION, STILL, UNTIL_REVISION
from schema.relations import PARTS
from service.errors import RefusedWrite
from service.writing.transaction import Transaction
from tests.names import names
from tests.writing.world import DRONES, World, creating, deleting, merging, updating

Operation = Callable[[Transaction], object]
Copy = dict[str, set[tuple[Any, ...]]]

COLUMNS = {
    name: ", ".join(c.name for c in table.c if c.name not in (FROM_REVISION, UNTIL_REVISION))
    for name, table in HISTORY.items()
}
ASSERTED = [{"statement": "statement_1", "stance": "ASSERTS"}]


def copy_of(world: World) -> Copy:
    return {name: set(world.rows(f"SELECT {of} FROM {name}")) for name, of in COLUMNS.items()}


def copy_from_history(world: World, revision: int) -> Copy:
    within = f"WHERE {FROM_REVISION} <= {revision} AND {UNTIL_REVISION} > {revision}"
    found = {}
    for name, columns in COLUMNS.items():
        rows = world.rows(f"SELECT {columns} FROM {name}_history {within}")
        assert len(rows) == len(set(rows)), f"{name} has a row twice in revision {revision}."
        found[name] = set(rows)
    return found


def play(world: World, requests: Iterable[list[Operation]]) -> dict[int, Copy]:
    """Writes each request. Returns a copy of the tables after each revision."""
    copies = {world.revision(): copy_of(world)}
    for request in requests:
        try:
            revision = world.do(*request).revision
        except RefusedWrite:
            revision = max(copies)
        after = copy_of(world)
        assert after == copies.setdefault(revision or 0, after)
    return copies


def newest_versions(world: World, table: str) -> dict[int, int]:
    """Returns the revision of the newest version of each existing record."""
    query = f"SELECT id, {FROM_REVISION} FROM {table}_history WHERE {UNTIL_REVISION} = {STILL}"
    return dict(world.rows(query))  # type: ignore[arg-type]


def last_changes(copies: dict[int, Copy], table: str) -> dict[int, int]:
    """Computes the same from the copies: the last change of a record or of its parts."""
    parts = [part for part, (owner, _) in PARTS.items() if owner == table]
    changed: dict[int, int] = {}
    before: dict[int, set[Any]] = {}
    for revision, copy in sorted(copies.items()):
        now = {row[0]: {row} for row in copy[table]}
        for part in parts:
            place = COLUMNS[part].split(", ").index(PARTS[part][1])
            for row in copy[part]:
                now[row[place]].add((part, *row))
        for record, rows in now.items():
            if before.get(record) != rows:
                changed[record] = revision
        changed = {record: number for record, number in changed.items() if record in now}
        before = now
    return changed


def check(world: World, copies: dict[int, Copy]) -> None:
    for revision, copy in copies.items():
        assert copy_from_history(world, revision) == copy, f"revision {revision}"


def check_newest_versions(world: World, copies: dict[int, Copy]) -> None:
    for table in ("actor", "source", "statement", "support", "evidence", "membership"):
        versions = newest_versions(world, table)
        known = {record: max(number, min(copies)) for record, number in versions.items()}
        assert known == last_changes(copies, table)


PERSIA = {"slug": "persia", "name": "Persia", "kind": "STATE", "aliases": names("A", "B")}
COWS = [{"scheme": "COW", "value": "731"}]

STORIES: dict[str, list[list[Operation]]] = {
    "a record is made, changed and removed": [
        [creating("Actor", **PERSIA)],
        [updating("actor_5", name="New", aliases=names("B", "C"), codes=COWS)],
        [updating("actor_5", codes=[])],
        [deleting("actor_5")],
    ],
    "all of it in one revision": [
        [
            creating("Actor", **PERSIA),
            updating("actor_5", aliases=names("B", "C")),
            updating("actor_5", aliases=names("A"), name="New"),
            deleting("actor_5"),
        ],
        [creating("Actor", **PERSIA)],
    ],
    "a list changes and changes back": [
        [updating("actor_1", aliases=names("X"))],
        [updating("actor_1", aliases=names("Persia"))],
        [updating("statement_1", mentions=[]), updating("statement_1", mentions=["iran"])],
        [updating("statement_1", mentions=["iran", "russia"])],
    ],
    "evidence is replaced": [
        [
            deleting("evidence_1"),
            creating("Evidence", support="support_1", statement="statement_1", stance="DENIES"),
        ],
        [deleting("support_1")],
        [deleting("statement_1")],
    ],
    "an actor is merged": [
        [creating("Actor", **PERSIA), updating("statement_1", mentions=["iran", "persia"])],
        [updating("support_1", against="persia")],
        [merging("north-korea", "persia")],
        [merging("analyst", "north-korea", allowDifferentKinds=True)],
        [updating("statement_1", speaker="russia", mentions=[])],
        [updating("support_1", against=None), deleting("actor_4")],
    ],
    "an actor is made and merged in one revision": [
        [
            creating("Actor", **PERSIA),
            creating("Membership", member="persia", organisation="russia", relation="PART"),
            creating("Membership", member="iran", organisation="russia", relation="PART"),
            updating("statement_1", mentions=["persia"]),
            merging("iran", "persia"),
        ],
        [updating("actor_1", aliases=[])],
    ],
    "a refused operation is in no history": [
        [creating("Actor", **PERSIA), creating("Actor", **PERSIA)],
        [creating("Support", **DRONES, evidence=[*ASSERTED, {"stance": "ASSERTS"}])],
        [creating("Actor", **PERSIA)],
    ],
}


@pytest.mark.parametrize("story", STORIES)
def test_every_revision_can_be_read_from_history(world: World, story: str) -> None:
    copies = play(world, STORIES[story])
    check(world, copies)
    check_newest_versions(world, copies)


def any_operation(world: World, dice: random.Random) -> Operation:
    """A write that may be refused."""

    def any_of(table: str) -> str:
        return f"{table}_{dice.choice(world.rows(f'SELECT id FROM {table}') or [(1,)])[0]}"

    actor, other, third = (any_of("actor") for _ in range(3))
    statement, support = any_of("statement"), any_of("support")
    evidence = [{"statement": statement, "stance": "ASSERTS"}]
    letters = dice.sample("ABCD", dice.randint(0, 3))
    slug = f"slug-{dice.randint(1, 99)}"
    said = {"text": dice.choice("XY"), "speaker": actor, "source": "source_1"}
    codes = [{"scheme": "COW", "value": str(ord(letter))} for letter in letters]
    choices: list[Operation] = [
        creating(
            "Actor", slug=slug, name=dice.choice("ABCD"), kind="STATE", aliases=names(*letters)
        ),
        creating("Statement", **said, mentions=[actor]),
        creating("Support", **DRONES | {"supporter": actor, "evidence": evidence}),
        creating("Membership", member=actor, organisation=other, relation="PART"),
        creating("Evidence", support=support, **evidence[0]),
        updating(actor, aliases=names(*letters), name=dice.choice("ABCD")),
        updating(actor, codes=codes),
        updating(statement, mentions=[actor, other], speaker=other),
        updating(support, against=other, quantity={"value": str(dice.randint(0, 3))}),
        updating(any_of("evidence"), support=support),
        deleting(actor),
        deleting(statement),
        deleting(support),
        deleting(any_of("evidence")),
        deleting(any_of("membership")),
        merging(actor, other),
        merging(actor, other, third, allowDifferentKinds=True),
    ]
    return dice.choice(choices)


@pytest.mark.parametrize("seed", range(6))
def test_whatever_is_written_every_revision_can_be_read_from_history(
    world: World, seed: int
) -> None:
    dice = random.Random(seed)
    requests = (
        [any_operation(world, dice) for _ in range(dice.choice([1, 1, 2]))] for _ in range(150)
    )
    copies = play(world, requests)
    assert len(copies) > 30
    check(world, copies)
