"""Finds existing records: the one that `new` describes, or the one that a write would duplicate."""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache, partial
from typing import Any

from sqlalchemy import Column, Connection

from schema.concepts import CONCEPTS, Attribute, Concept, ToOne
from schema.records.columns import Scalar, meaning_of
from schema.records.derived import EARLIEST
from schema.rows import Row, Values
from schema.rules import Code
from schema.values.dates import partial_date, surely_meet
from schema.values.shown import shown
from schema.writing.drafts import fields_of, list_tables
from schema.writing.identity import identity, is_everything
from service.writing.pending_records import Key, PendingList, PendingRecord, Unresolved, opaque_id
from service.writing.references import by_own, holders
from service.writing.rows import find_rows, find_value, read_row

# The number of similar records that a message names.
_NAMED_MOST = 5


def equal_records(
    connection: Connection,
    concept: Concept,
    row: Values,
    lists: Sequence[PendingList] = (),
    key: int | None = None,
) -> list[int]:
    """The keys of the other records that are the same as a complete row with its lists.

    `key`: the key of the row's own record, if it is stored. A list that is not given counts as the
    stored record has it.
    """
    by = identity(concept.name, row)
    if by is None or Unresolved in map(type, by.values()):
        return []
    rows = find_rows(connection, concept.table, ("id",), with_first_days(concept.name, by))
    others = sorted(other for (other,) in rows if other != key)
    if is_everything(concept.name, by):
        given = {listed.table.name: set(listed.items) for listed in lists}
        same = partial(_has_same_lists, connection, concept, given, key)
        return [other for other in others if same(other)]
    return others


def with_first_days(concept: str, by: Values) -> Row:
    """The values with the first day of each date: the indexes contain the day, not the date."""
    days = {
        name + EARLIEST.suffix: partial_date(by[name]).earliest if by[name] else ""
        for name in _dates(concept)
        if name in by
    }
    return {**by, **days}


@lru_cache
def _dates(concept: str) -> tuple[str, ...]:
    attributes = CONCEPTS[concept].attributes
    return tuple(a.column.name for a in attributes if a.meaning.scalar is Scalar.DATE)


def _has_same_lists(
    connection: Connection,
    concept: Concept,
    given: Mapping[str, set[tuple[Any, ...]]],
    key: int | None,
    other: int,
) -> bool:
    for name, listed in list_tables(concept.name).items():
        theirs = set(find_rows(connection, listed.table, listed.columns, {listed.near: other}))
        own = {listed.near: key or 0}
        stored = given.get(name)
        if stored is None:
            stored = set(find_rows(connection, listed.table, listed.columns, own))
        if stored != theirs:
            return False
    return True


def find_same(connection: Connection, draft: PendingRecord) -> Key | None:
    """The key of the existing record that a valid draft describes; None if there is none.

    Unresolved where a problem is reported: several records match, or the one record differs from
    what was given.
    """
    found = _candidates(connection, draft)
    if len(found) > 1:
        alike = [key for key in found if not any(_differences(connection, draft, key))]
        found = alike if len(alike) == 1 else found
    if len(found) > 1:
        names = ", ".join(opaque_id(draft.concept, key) for key in found[:_NAMED_MOST])
        message = f"It may be any of {names}: name one by its id."
        draft.at.report(Code.AMBIGUOUS_REFERENCE, message)
        return Unresolved()
    return agreeing(connection, draft, found[0]) if found else None


def _candidates(connection: Connection, draft: PendingRecord) -> list[int]:
    concept, row = draft.concept, draft.row
    for name, column in _unique(concept.name):
        found = row[column] is not None and by_own(connection, concept, name, row[column])
        if found:
            return [found]
    known = _by_items(connection, draft)
    known = known or equal_records(connection, concept, row, draft.lists)
    together = _together(concept.name)
    if known or not together or _has_unique(draft):
        return known
    rows = find_rows(
        connection, concept.table, ("id",), {column: row[column] for column in together}
    )
    return sorted(key for (key,) in rows)


def _has_unique(draft: PendingRecord) -> bool:
    return any(draft.row[column] is not None for _, column in _unique(draft.concept.name))


def _by_items(connection: Connection, draft: PendingRecord) -> list[int]:
    """The keys of the records that have one of the draft's identifying items, such as a code."""
    found = set()
    for listed in draft.lists:
        for item in listed.items if listed.table.identified_by else ():
            values = dict(zip(listed.table.columns, item, strict=True))
            period = values.get("started_on"), values.get("ended_on")
            held = holders(connection, listed.table, values)
            found |= {each.record for each in held if surely_meet(each.period, period)}
    return sorted(found)


# --- the input must agree with the existing record ----------------------------------------------


def agreeing(connection: Connection, draft: PendingRecord, key: int) -> Key:
    """The key, if the record has all that was given; else reports each field that differs."""
    name, is_good = opaque_id(draft.concept, key), True
    for path, there in _differences(connection, draft, key):
        is_good = False
        message = f"{name} is that {draft.concept.noun} already, but {there}"
        draft.at.report_at(
            path, Code.CONTRADICTS, f"{message}. Leave it out, or change {name} first."
        )
    return key if is_good else Unresolved()


def _differences(
    connection: Connection, draft: PendingRecord, key: int
) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yields the path of each given value that the record does not have, and what it has, as text.

    Values in lists are compared too.
    """
    there = read_row(connection, draft.concept.table, key) or {}
    for path, column in fields_of(draft.concept.name):
        value = draft.row[column] if column in draft.given else None
        if value is None or value == there[column]:
            continue
        if not _is_another_name(connection, draft, key, column):
            yield path, _in_words(draft.concept.table.c[column], there[column])
    for listed in draft.lists:
        table = listed.table
        items = set(find_rows(connection, table.table, table.columns, {table.near: key}))
        own = len(draft.at.path)
        missing = "has no such item"
        yield from (
            (at.path[own:], missing) for item, at in listed.items.items() if item not in items
        )


def _in_words(column: Column[Any], value: Any) -> str:
    if value is None:
        return "there it is unknown"
    meaning = meaning_of(column)
    target = meaning.target if meaning else None
    return f"has {target}_{value} there" if target else f"has {shown(value)} there"


def _is_another_name(connection: Connection, draft: PendingRecord, key: int, column: str) -> bool:
    """Whether the value is another name of the record: an alias, or a former slug."""
    concept, value = draft.concept, draft.row[column]
    if column == "name" and "aliases" in list_tables(concept.name):
        aliases = list_tables(concept.name)["aliases"]
        by = {aliases.near: key, "name": value}
        return find_value(connection, aliases.table, aliases.near, by) is not None
    unique = {its_column: name for name, its_column in _unique(concept.name)}
    return column in unique and by_own(connection, concept, unique[column], value) == key


@lru_cache
def _unique(concept: str) -> tuple[tuple[str, str], ...]:
    """The names of the unique attributes, with their columns."""
    attributes = CONCEPTS[concept].attributes
    return tuple((a.name, a.column.name) for a in attributes if a.column.unique)


@lru_cache
def _together(concept: str) -> tuple[str, ...]:
    members = (
        CONCEPTS[concept].members[name] for name in CONCEPTS[concept].collection.identified_by
    )
    return tuple(m.column.name for m in members if isinstance(m, Attribute | ToOne))
