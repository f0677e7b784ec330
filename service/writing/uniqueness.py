"""What no two records may share: slugs, addresses, codes, and what evidence joins."""

from collections.abc import Collection
from functools import lru_cache

from sqlalchemy import Connection, Table, UniqueConstraint

from schema.concepts import Concept, camel_case
from schema.dates import surely_meet
from schema.identity import identifying_columns, identity
from schema.records.columns import Meaning, meaning_of
from schema.rules import Code
from schema.rules.values import fault
from service.writing.former_names import former_owner
from service.writing.identities import equal_records
from service.writing.pending_records import PendingList, PendingRecord, Unresolved, opaque_id
from service.writing.references import holders
from service.writing.rows import find_value

# A record of which more values count is the same as a whole.
_NAMED_MOST = 4


def refuse_duplicates(
    connection: Connection, draft: PendingRecord, changed: Collection[str], key: int | None = None
) -> None:
    """Tells of every value that another record has. `key`: the record's own, if it has one."""
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
    # Of those that make it the same, the one that was given here.
    given = next((name for name in reversed(names) if name in draft.given), names[-1])
    at = draft.at.below(_field(concept.table, given))
    if other is not None:
        fields = " and ".join(_field(concept.table, name) for name in names)
        message = f"{opaque_id(concept, other)} has the same {fields} already"
        at.tell(Code.DUPLICATE, f"{message}; change that one instead, or give another.")
    elif names == ("slug",):
        owner = former_owner(connection, concept, "slug", row["slug"])
        if owner not in (None, key):
            message = f"The slug leads to {opaque_id(concept, owner)}, which had it before"
            at.tell(Code.DUPLICATE, f"{message} or was merged with what had it; choose another.")


def _refuse_the_same(
    connection: Connection, draft: PendingRecord, changed: Collection[str], key: int | None
) -> None:
    """Tells of a record that is the same in all that tells records apart."""
    concept = draft.concept
    by = identity(concept.name, draft.row) or {}
    # Without a value that told it apart, others do: those of a source without its URL.
    names = (*by, *sorted(identifying_columns(concept.name) - by.keys())) if by else ()
    may_be = draft.lists or any(name in changed for name in names)
    if not may_be or not draft.is_good or tuple(by) in ((), *_unique(concept.table)):
        return
    same = equal_records(connection, concept, draft.row, draft.lists, key)
    if same:
        message = f"{opaque_id(concept, same[0])} is the same {concept.noun}"
        place = _place(draft, names)
        draft.at.tell_at(place, Code.DUPLICATE, f"{message}; change that one, or say what differs.")


def _place(draft: PendingRecord, names: Collection[str]) -> tuple[str, ...]:
    """Of few values that make it the same, the last that was given here; else the whole."""
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
    """An item belongs to one record at a time."""
    for item, at in listed.items.items():
        values = dict(zip(listed.table.columns, item, strict=True))
        period = values.get("started_on"), values.get("ended_on")
        for held in holders(connection, listed.table, values):
            if held.record != key and surely_meet(held.period, period):
                name = opaque_id(concept, held.record)
                at.tell(Code.DUPLICATE, f"It is in the list of {name}; remove it there first.")
                break


@lru_cache
def _unique(table: Table) -> tuple[tuple[str, ...], ...]:
    """The columns whose values together no two rows share."""
    constraints = (c for c in table.constraints if isinstance(c, UniqueConstraint))
    return tuple(tuple(column.name for column in each.columns) for each in constraints)


def _is_good(draft: PendingRecord, names: tuple[str, ...]) -> bool:
    """Whether the database can be asked for values that may have problems."""
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
        raise LookupError(f"{table.name}.{name} is written by nobody.")
    return meaning
