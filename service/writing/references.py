"""References: one record names another by its id, or by another value unique to that record."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import Connection

from schema.concepts import CONCEPTS, Concept, Owned
from schema.records.columns import Meaning, Scalar
from schema.rows import Values
from schema.rules import Code
from schema.rules.values import fault
from schema.values.canonical import canonical
from schema.values.dates import may_hold, partial_date
from schema.values.shown import shown
from schema.writing.drafts import ListTable, list_tables
from service.planning.values import read_any_id
from service.writing.former_names import find_former
from service.writing.input_path import InputPath
from service.writing.input_reading import read_item_key, report_unknown
from service.writing.pending_records import Key, Unresolved
from service.writing.rows import find_rows, find_value

NEW = "new"

_ID = Meaning(Scalar.TEXT, "An opaque id.", limit=100)


class Reference(NamedTuple):
    """A reference that was read: the way (`slug`), the value (`iran`), its place in the input."""

    way: str
    value: Any
    at: InputPath


@dataclass(frozen=True)
class NoRecord:
    """Stands for a reference that cannot lead to a record.

    `step`: the place of the problem within the reference. `given`: the input.
    """

    step: str
    message: str
    given: object

    def __repr__(self) -> str:
        return repr(self.given)


@lru_cache
def ways(target: str) -> tuple[str, ...]:
    """The ways to refer to a record of a concept: `id`, `slug`, `url`, `code`, `new`."""
    concept = CONCEPTS[target]
    unique = (a.name for a in concept.attributes if a.column.unique)
    items = (owned.singular for owned in concept.unique_lists)
    return ("id", *unique, *items, NEW)


def read_reference(target: Concept, value: Any, at: InputPath) -> Reference | None:
    """Reads the way and the value of a reference; returns None where a problem is reported.

    A string is an id or a slug: only ids contain an underscore. An object with an `id` beside other
    fields, as responses describe a record, means the record with that id.
    """
    if isinstance(value, NoRecord):
        at.below(value.step).report(Code.UNKNOWN_REFERENCE, value.message)
        return None
    known = ways(target.name)
    if isinstance(value, str):
        return Reference("slug" if "slug" in known and "_" not in value else "id", value, at)
    if not isinstance(value, Mapping):
        at.report(Code.WRONG_TYPE, f"{shown(value)} is not an object with one of {_listed(known)}.")
        return None
    names = ["id"] if value.get("id") is not None else list(value)
    for name in names:
        if name not in known:
            report_unknown(at, name, known)
            return None
    if len(names) != 1:
        at.report(Code.WRONG_TYPE, f"Give exactly one of {_listed(known)}, not {len(names)}.")
        return None
    return Reference(names[0], value[names[0]], at.below(names[0]))


def look_up(connection: Connection, target: Concept, reference: Reference) -> Key:
    """The key of the record that a reference other than `new` names; Unresolved for a problem."""
    way, value, at = reference
    key = _find(connection, target, reference)
    if key is None:
        message = f"There is no {target.noun} with the {way} {shown(value)}."
        at.report(Code.UNKNOWN_REFERENCE, f"{message} Name an existing one.")
    return Unresolved() if key is None else key


def _find(connection: Connection, target: Concept, reference: Reference) -> Key | None:
    way, value, at = reference
    for owned in target.unique_lists:
        if way == owned.singular:
            return _by_given_item(connection, target, owned, value, at)
    meaning = _ID if way == "id" else target.attribute(way).meaning
    wrong = fault(value, meaning)
    if wrong:
        at.report(wrong.code, wrong.message)
        return Unresolved()
    if way == "id":
        return by_id(connection, target, value)
    return by_own(connection, target, way, canonical(target.attribute(way).column, value))


def by_id(connection: Connection, target: Concept, value: str) -> int | None:
    """The key of the record with an opaque id; for a merged record, that of the kept one."""
    table, key = read_any_id(value)
    if table != target.table.name:
        return None
    found: int | None = find_value(connection, target.table, "id", {"id": key})
    return found or find_former(connection, target, "id", key)


def by_own(connection: Connection, target: Concept, name: str, value: str) -> int | None:
    """The key of the record whose unique attribute has this value, or had it as a former slug."""
    column = target.attribute(name).column.name
    found: int | None = find_value(connection, target.table, "id", {column: value})
    return found or find_former(connection, target, name, value)


def _by_given_item(
    connection: Connection, target: Concept, owned: Owned, value: Any, at: InputPath
) -> Key | None:
    read = read_item_key(owned, value, at)
    if read is None:
        return Unresolved()
    item, on = read
    held = holders(connection, list_tables(target.name)[owned.name], item)
    if on is not None:
        held = [each for each in held if may_hold(each.period, on)]
    return max(held, key=_latest).record if held else None


class Holder(NamedTuple):
    """A record that has an item in its list, and the start and end of the period."""

    record: int
    period: tuple[str | None, str | None] = (None, None)


def holders(connection: Connection, listed: ListTable, item: Values) -> list[Holder]:
    """The records that have an item; several may have a dated one, at different times.

    `item`: the item's values, at least those of the columns that identify it.
    """
    by = {name: item[name] for name in listed.identified_by}
    if not listed.is_dated:
        return [Holder(*row) for row in find_rows(connection, listed.table, (listed.near,), by)]
    wanted = (listed.near, "started_on", "ended_on")
    rows = find_rows(connection, listed.table, wanted, by)
    return [Holder(record, (start, end)) for record, start, end in rows]


def _latest(held: Holder) -> tuple[bool, str]:
    """A sort key: greatest for a holder without an end, else for the one that started last."""
    start, end = held.period
    return end is None, partial_date(start).earliest if start else ""


def _listed(known: tuple[str, ...]) -> str:
    return f"{', '.join(known[:-1])} or {known[-1]}"
