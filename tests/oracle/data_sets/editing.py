"""Invents how a data set changes: revision after revision, each of them a few edits."""

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

# Removing a record removes what names it: an actor of whom much is said is left in peace.
MOST_REMOVED = 4


class Editor:
    """Changes one data set, and remembers all that it was."""

    def __init__(self, inventor: Inventor) -> None:
        """`inventor`: whoever invented the data set, and knows which rows it took."""
        self._inventor = inventor
        self._random: Random = inventor.random

    def revised(self, world: World, revision: Revision) -> World:
        """The data set after one more revision: changed a little, or not at all."""
        states = [world]
        for _ in range(self._random.choice((0, 1, 2, 2, 3, 5, 8))):
            states.append(self._next(states))
        after = states[-1].copied() if len(states) == 1 else states[-1]
        after.revision, after.before, after.passed = revision, world, states[1:-1]
        return after

    def _next(self, states: Sequence[World]) -> World:
        """One edit further; at times back to an earlier state of the same revision."""
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
        """Some fields of a record become those of another one that is invented for them."""
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
        """Another list of other names, with some of those that were there."""
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
        """One actor becomes part of another: its id and slug lead there from now on."""
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
        """One of these, in a list; nothing where there are none."""
        return [self._random.choice(records)] if records else []

    def _some(self, options: Sequence[T]) -> list[T]:
        """Some of these, in another order."""
        return self._random.sample(options, self._random.randint(0, len(options)))


def _changeable(record: Record) -> list[str]:
    """The fields that may have any value: lists are edited by themselves, pairs are kept."""
    fixed = ("support", "statement", "aliases", "codes", "mentions")
    return [name for name in record.own_fields if name not in fixed]


def _named_by(record: Record) -> list[Any]:
    """The records that a record can't be without."""
    values = [getattr(record, name) for name in record.own_fields]
    return [value for value in values if isinstance(value, Record)]


def _with_those_that_name(record: Record, records: Sequence[Record]) -> list[Record]:
    """A record, what names it, what names that, and so on."""
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
    """A slug that a record had leads to it, until the record takes it back."""
    after = record.slug  # type: ignore[attr-defined]
    if after != before:
        type_ = type(record)
        rest = [each for each in world.former if (each.type_, each.name) != (type_, after)]
        world.former = [*rest, Former(type_, before, record.row)]


def _put_in_place(record: Record, old: Actor, new: Actor) -> None:
    """Whatever names one actor names another."""
    for name in record.own_fields:
        value = getattr(record, name)
        if value is old:
            setattr(record, name, new)
        elif isinstance(value, list) and old in value:
            actors = [new if each is old else each for each in value]
            setattr(record, name, list(dict.fromkeys(actors)))
