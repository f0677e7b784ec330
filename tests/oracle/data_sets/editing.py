"""Generates the changes of a data set: revisions of a few random edits each."""

from collections.abc import Callable, Sequence
from random import Random
from typing import Any, TypeVar

from tests.oracle.data_sets.invention import Inventor
from tests.oracle.data_sets.world import (
    COLLECTIONS,
    Actor,
    ActorAlias,
    Former,
    Record,
    Revision,
    World,
)

T = TypeVar("T")

# Deleting a record deletes the records that refer to it, so actors with many references stay.
MOST_REMOVED = 4


class Editor:
    """Changes one data set, and keeps its earlier states."""

    def __init__(self, inventor: Inventor) -> None:
        """`inventor`: the generator of the data set, which knows the used rows."""
        self._inventor = inventor
        self._random: Random = inventor.random

    def revised(self, world: World, revision: Revision) -> World:
        """Returns the data set after one more revision of several edits, or none."""
        states = [world]
        for _ in range(self._random.choice((0, 1, 2, 2, 3, 5, 8))):
            states.append(self._next(states))
        after = states[-1].copied() if len(states) == 1 else states[-1]
        after.revision, after.before, after.passed = revision, world, states[1:-1]
        return after

    def _next(self, states: Sequence[World]) -> World:
        """Returns the state after one more edit, or an earlier state of the same revision."""
        if len(states) > 1 and self._random.random() < 0.15:
            return self._random.choice(states[:-1]).copied()
        state = states[-1].copied()
        self._random.choice(self._edits)(state)
        state.link()
        return state

    @property
    def _edits(self) -> Sequence[Callable[[World], None]]:
        return (
            *(self._create, self._create, self._change, self._change, self._change),
            *(self._remove, self._remove, self._rename, self._recode, self._mention, self._merge),
        )

    def _create(self, world: World) -> None:
        name = self._random.choice(COLLECTIONS)
        record = self._inventor.one_more(name, world)
        if record:
            getattr(world, name).append(record)

    def _change(self, world: World) -> None:
        """Replaces some fields of a record by those of a newly generated one."""
        name = self._random.choice(COLLECTIONS)
        records = getattr(world, name)
        if not records:
            return
        record = self._random.choice(records)
        other = self._inventor.one_more(name, world, row=record.row)
        if other:
            before = getattr(record, "slug", None)
            for field in self._some(_changeable(record)):
                setattr(record, field, getattr(other, field))
            if before is not None:
                _remember(world, record, before)

    def _remove(self, world: World) -> None:
        records = list(world.records())
        gone = _with_those_that_name(self._random.choice(records), records) if records else []
        if len(gone) <= MOST_REMOVED:
            for record in gone:
                _remove_one(world, record)

    def _rename(self, world: World) -> None:
        """Replaces the aliases of an actor by some of the old and some new ones."""
        for actor in self._one_of(world.actors):
            names = [*actor.aliases, *self._inventor.aliases(2)]
            actor.aliases = self._some(list(dict.fromkeys(names)))

    def _recode(self, world: World) -> None:
        for actor in self._one_of(world.actors):
            codes = [*actor.codes, *self._inventor.free_codes(world)[:2]]
            actor.codes = self._some(codes)

    def _mention(self, world: World) -> None:
        for statement in self._one_of(world.statements):
            statement.mentions = self._some(world.actors)[:4]

    def _merge(self, world: World) -> None:
        """Merges an actor into another, to which its id and slug then lead."""
        if len(world.actors) < 2:
            return
        kept, other = self._random.sample(world.actors, 2)
        for record in world.records():
            _put_in_place(record, other, kept)
        names = [*kept.aliases, *other.aliases, ActorAlias(other.name)]
        kept.aliases = list(dict.fromkeys(names))
        kept.codes = [*kept.codes, *other.codes]
        names = [(each.name, each.row == other.row) for each in world.former if each.type_ is Actor]
        others = [each for each in world.former if each.type_ is not Actor]
        rows = {each.name: each.row for each in world.former if each.type_ is Actor}
        moved = [
            Former(Actor, name, kept.row if is_moved else rows[name]) for name, is_moved in names
        ]
        new = [Former(Actor, name, kept.row) for name in (other.row, other.slug)]
        world.former = [*others, *moved, *new]
        world.actors.remove(other)

    def _one_of(self, records: Sequence[T]) -> list[T]:
        """Returns a list of one random record, or an empty list."""
        return [self._random.choice(records)] if records else []

    def _some(self, options: Sequence[T]) -> list[T]:
        """Returns some of the options in random order."""
        return self._random.sample(options, self._random.randint(0, len(options)))


def _changeable(record: Record) -> list[str]:
    """Returns the fields to change. Lists have edits of their own, and pairs stay."""
    fixed = ("support", "statement", "aliases", "codes", "mentions")
    return [name for name in record.own_fields if name not in fixed]


def _named_by(record: Record) -> list[Any]:
    """Returns the records to which a record refers."""
    values = [getattr(record, name) for name in record.own_fields]
    return [value for value in values if isinstance(value, Record)]


def _with_those_that_name(record: Record, records: Sequence[Record]) -> list[Record]:
    """Returns a record and all records that refer to it, directly or indirectly."""
    found = [record]
    for each in found:
        found += [other for other in records if each in _named_by(other) and other not in found]
    return found


def _remove_one(world: World, record: Record) -> None:
    for name in COLLECTIONS:
        held = getattr(world, name)
        if record in held:
            held.remove(record)
    for statement in world.statements:
        statement.mentions = [actor for actor in statement.mentions if actor is not record]
    for support in world.supports:
        support.candidates = [actor for actor in support.candidates if actor is not record]


def _remember(world: World, record: Record, before: str) -> None:
    """Adds the former slug of a record. A slug that the record takes back is no former one."""
    after = record.slug  # type: ignore[attr-defined]
    if after != before:
        type_ = type(record)
        rest = [each for each in world.former if (each.type_, each.name) != (type_, after)]
        world.former = [*rest, Former(type_, before, record.row)]


def _put_in_place(record: Record, old: Actor, new: Actor) -> None:
    """Replaces all references to an actor by references to another."""
    for name in record.own_fields:
        value = getattr(record, name)
        if value is old:
            setattr(record, name, new)
        elif isinstance(value, list) and old in value:
            actors = [new if each is old else each for each in value]
            setattr(record, name, list(dict.fromkeys(actors)))
