"""Finds the changes of each revision by comparing the states before and after it."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from itertools import pairwise
from typing import Any

from tests.oracle.data_sets.values import Date, camel_case, spelled
from tests.oracle.data_sets.world import Group, Item, Record, Revision, World
from tests.oracle.resolvers.filters import matches
from tests.oracle.resolvers.pages import DEFAULT_SIZE, Edge, Page, PageInfo

LOG, HISTORY = "changes", "history"

Texts = dict[str, str | None]


@dataclass(frozen=True)
class FieldChange:
    """A field before and after a change."""

    field: str
    before: str | None
    after: str | None


@dataclass(frozen=True, eq=False)
class Change:
    """The change of one record in one revision: its states before and after."""

    revision: Revision
    old: Record | None
    record: Record | None

    @property
    def action(self) -> str:
        """The action."""
        if self.old is None:
            return "CREATED"
        return "UPDATED" if self.record else "DELETED"

    @property
    def _one(self) -> Record:
        """The record after the change, or before it if it was deleted."""
        record = self.record or self.old
        assert record
        return record

    @property
    def singular(self) -> str:
        """The name of the record type in a filter on changes."""
        return camel_case(self._one.singular())

    @property
    def type(self) -> str:
        """The record type as queries name it."""
        return self._one.singular().upper()

    @property
    def place(self) -> tuple[int, int, int]:
        """The sort key among all changes."""
        row = self.record.row if self.record else self.old.row if self.old else 0
        return (self.revision.number, self._one.change_place, row)

    @property
    def id(self) -> str:
        """The id of the change: the revision and the record, which together are unique."""
        return f"change_{self.revision.number}_{self.record_id}"

    @property
    def record_id(self) -> str:
        """The id of the record."""
        return self._one.id

    @property
    def fields(self) -> list[FieldChange]:
        """The fields that differ; none if the revision undid its own change."""
        names = _texts(self.record or self.old)
        before, after = _texts(self.old), _texts(self.record)
        changes = (FieldChange(name, before.get(name), after.get(name)) for name in names)
        return [each for each in changes if each.before != each.after]


@cache
def changes_until(world: World) -> Sequence[Change]:
    """Returns all changes, the oldest first."""
    worlds = list(world.past())[::-1]
    found = [change for each in worlds for change in _changes_of(each)]
    return sorted(found, key=lambda change: change.place)


def _changes_of(world: World) -> Iterator[Change]:
    """Yields the changes of one revision, without records that it created and deleted again."""
    if world.before is None:
        return
    states = [_by_id(state) for state in (world.before, *world.passed, world)]
    before, after = states[0], states[-1]
    for id_ in before.keys() | after.keys():
        if any(_texts(a.get(id_)) != _texts(b.get(id_)) for a, b in pairwise(states)):
            yield Change(world.revision, before.get(id_), after.get(id_))


def _by_id(world: World) -> dict[str, Record]:
    return {record.id: record for record in world.records()}


def _texts(record: Record | None) -> Texts:
    """Returns each field of a record as changes show it; empty for None."""
    texts: Texts = {}
    for name in record.own_fields if record else ():
        value = getattr(record, name)
        if isinstance(value, Group):
            texts |= {f"{name}.{part}": _text(each) for part, each in vars(value).items()}
        else:
            texts[camel_case(name)] = _text(value)
    return texts


def _text(value: Any) -> str | None:
    match value:
        case None | []:
            return None
        case bool():
            return "true" if value else "false"
        case Date():
            return value.text
        case Decimal():
            return spelled(value)
        case Record():
            return value.id
        case list():
            return json.dumps(_listed(value), ensure_ascii=False, separators=(",", ":"))
    return str(value)


def _listed(values: list[Any]) -> list[Any]:
    if isinstance(values[0], Record):
        return [record.id for record in sorted(values, key=lambda record: record.row)]
    return [_item(each) if isinstance(each, Item) else each for each in sorted(values, key=rank_of)]


def _item(item: Item) -> dict[str, Any]:
    shown = {name: getattr(value, "text", value) for name, value in vars(item).items()}
    return {camel_case(name): value for name, value in shown.items()}


def rank_of(value: Any) -> list[str]:
    """Returns the sort keys of the lists that a record owns."""
    return value.rank if isinstance(value, Item) else [value]


# --- pages ------------------------------------------------------------------------------------


def change_cursor(kind: str, place: Sequence[int]) -> str:
    """Returns the cursor of a change in the log or in a record's history."""
    return "\x1f".join([kind, *map(str, place)]).encode().hex()


def log_page(world: World, arguments: Mapping[str, Any]) -> Page:
    """Returns a page of changes since a revision, the oldest first."""
    given = {name: value for name, value in arguments.items() if value is not None}
    types, where = given.get("types"), given.get("where", {})
    found = [
        change
        for change in changes_until(world)
        if change.revision.number > given["since"]
        and (types is None or change.type in types)
        and _is_wanted(change, where.get(change.singular))
    ]
    return _page(LOG, found, given)


def history_page(record: Record, arguments: Mapping[str, Any]) -> Page:
    """Returns a page of the changes of a record, the newest first."""
    given = {name: value for name, value in arguments.items() if value is not None}
    found = [change for change in changes_until(record.world) if change.record_id == record.id]
    return _page(HISTORY, found[::-1], given)


def _is_wanted(change: Change, condition: Mapping[str, Any] | None) -> bool:
    records = (each for each in (change.old, change.record) if each)
    return condition is None or any(matches(record, condition) for record in records)


def _page(kind: str, found: list[Change], given: Mapping[str, Any]) -> Page:
    rest = [change for change in found if "after" not in given or _is_beyond(change, kind, given)]
    shown = rest[: given.get("first", DEFAULT_SIZE)]
    edges = [Edge(change_cursor(kind, change.place), change) for change in shown]
    info = PageInfo(
        has_next_page=len(rest) > len(shown),
        # Pages of changes have no `before`.
        has_previous_page=False,
        start_cursor=edges[0].cursor if edges else None,
        end_cursor=edges[-1].cursor if edges else None,
    )
    return Page(edges, info, len(found))


def _is_beyond(change: Change, kind: str, given: Mapping[str, Any]) -> bool:
    found, *keys = bytes.fromhex(given["after"]).decode().split("\x1f")
    assert found == kind, "the generator made a cursor of other changes"
    place = tuple(map(int, keys))
    return change.place > place if kind == LOG else change.place < place
