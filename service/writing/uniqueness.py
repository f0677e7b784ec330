"""Refuses values that another record has already: slugs, addresses, codes, equal records."""

from collections.abc import Collection
from functools import lru_cache

from sqlalchemy import Connection, Table, UniqueConstraint

from schema.concepts import Concept, camel_case
from schema.records.columns import Meaning, meaning_of
from schema.rules import Code
from schema.rules.values import fault
from schema.values.dates import surely_meet
from schema.writing.identity import identifying_columns, identity
from service.writing.former_names import former_owner
from service.writing.identities import equal_records
from service.writing.pending_records import PendingList, PendingRecord, Unresolved, opaque_id
from service.writing.references import holders
from service.writing.rows import find_value

# If more values than this identify a record, a duplicate is reported for the whole record.
_NAMED_MOST = 4


def refuse_duplicates(
    connection: Connection, draft: PendingRecord, changed: Collection[str], key: int | None = None
) -> None:
    """Reports every value that another record already has. `key`: the record's own, if stored."""
    for names in _unique(draft.concept.table):
        if any(name in changed for name in names) and _is_good(draft, names):
            _refuse_duplicate(connection, draft, names, key)
    _refuse_the_same(connection, draft, changed, key)
    for listed in draft.lists:
        if listed.table.identified_by:
            _refuse_taken_items(connection, draft.concept, listed, key)


def _refuse_duplicate(
    connection: Connection, draft: PendingRecord, names: tuple[str, ...], key: int | None
) -> None:
    concept, row = draft.concept, draft.row
    other = find_value(connection, concept.table, "id", {name: row[name] for name in names})
    # Reported at the last of the values that this request gave.
    given = next((name for name in reversed(names) if name in draft.given), names[-1])
    at = draft.at.below(_field(concept.table, given))
    if other is not None:
        fields = " and ".join(_field(concept.table, name) for name in names)
        message = f"{opaque_id(concept, other)} has the same {fields} already"
        at.report(Code.DUPLICATE, f"{message}; change that one instead, or give another.")
    elif names == ("slug",):
        owner = former_owner(connection, concept, "slug", row["slug"])
        if owner not in (None, key):
            message = f"The slug leads to {opaque_id(concept, owner)}, which had it before"
            at.report(Code.DUPLICATE, f"{message} or was merged with what had it; choose another.")


def _refuse_the_same(
    connection: Connection, draft: PendingRecord, changed: Collection[str], key: int | None
) -> None:
    """Reports another record that has the same identity."""
    concept = draft.concept
    by = identity(concept.name, draft.row) or {}
    # Removing a value may change which values identify the record: a source without its URL is
    # identified by others. So a change of any of them counts.
    names = (*by, *sorted(identifying_columns(concept.name) - by.keys())) if by else ()
    may_be = draft.lists or any(name in changed for name in names)
    if not may_be or not draft.is_good or tuple(by) in ((), *_unique(concept.table)):
        return
    same = equal_records(connection, concept, draft.row, draft.lists, key)
    if same:
        message = f"{opaque_id(concept, same[0])} is the same {concept.noun}"
        place = _place(draft, names)
        draft.at.report_at(
            place, Code.DUPLICATE, f"{message}; change that one, or say what differs."
        )


def _place(draft: PendingRecord, names: Collection[str]) -> tuple[str, ...]:
    """The path of the last given value among those that identify the record.

    Empty, for the record as a whole, if many values do.
    """
    if len(names) > _NAMED_MOST and draft.concept.collection.part_of is None:
        return ()
    table = draft.concept.table
    given = [name for name in names if name in draft.given]
    groups = [group.name for name in given if (group := _meaning(table, name).group)]
    alone = [_field(table, name) for name in given if not _meaning(table, name).group]
    return tuple((alone or groups)[-1:])


def _refuse_taken_items(
    connection: Connection, concept: Concept, listed: PendingList, key: int | None
) -> None:
    """Reports each item that another record has at the same time."""
    for item, at in listed.items.items():
        values = dict(zip(listed.table.columns, item, strict=True))
        period = values.get("started_on"), values.get("ended_on")
        for held in holders(connection, listed.table, values):
            if held.record != key and surely_meet(held.period, period):
                name = opaque_id(concept, held.record)
                at.report(Code.DUPLICATE, f"It is in the list of {name}; remove it there first.")
                break


@lru_cache
def _unique(table: Table) -> tuple[tuple[str, ...], ...]:
    """The sets of columns that are unique together."""
    constraints = (c for c in table.constraints if isinstance(c, UniqueConstraint))
    return tuple(tuple(column.name for column in each.columns) for each in constraints)


def _is_good(draft: PendingRecord, names: tuple[str, ...]) -> bool:
    """Whether these values are all known and valid, so that a query can compare them."""
    values = [(draft.row[name], _meaning(draft.concept.table, name)) for name in names]
    return not any(
        value is None or isinstance(value, Unresolved) or fault(value, meaning)
        for value, meaning in values
    )


def _field(table: Table, name: str) -> str:
    return camel_case(name.removesuffix("_id") if _meaning(table, name).target else name)


def _meaning(table: Table, name: str) -> Meaning:
    meaning = meaning_of(table.c[name])
    if meaning is None:
        raise LookupError(f"{table.name}.{name} has no writer.")
    return meaning
