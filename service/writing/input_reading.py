"""Reads an input object into a draft: checks its form, without the database.

The input may be any JSON. Whatever does not have the form of the concept becomes a problem;
`schema.rules` judges the values themselves.
"""

import difflib
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Table

from schema.concepts import Attribute, Concept, Group, Member, Owned, ToMany, ToOne
from schema.records.columns import Meaning, Scalar
from schema.rows import Values
from schema.rules import Code, default_of, problems
from schema.rules.values import fault
from schema.values.canonical import canonical
from schema.values.shown import shown
from schema.writing.drafts import list_tables, too_long, written_members
from service.writing.input_path import InputPath
from service.writing.pending_records import PendingList, PendingRecord, Unresolved

# A reference by a dated item, such as a code, may give a date beside what identifies the item.
_ON = "on"
_DATE = Meaning(Scalar.DATE, "A date.")

# Longer names are not misspelt field names.
_NAME_LONGEST = 60


def read(
    concept: Concept, given: object, at: InputPath, *, known: str = "", components: str = ""
) -> PendingRecord | None:
    """Reads the given fields; returns None, and reports a problem, for anything but an object.

    `known`: a field that the input must not have, since the record around it states the value.
    `components`: the field with the list of records that are given within the record.
    """
    if not isinstance(given, Mapping):
        at.report(Code.WRONG_TYPE, f"{shown(given)} is not an object of fields.")
        return None
    draft = PendingRecord(concept=concept, at=at, problems_before=len(at.findings))
    fields = written_members(concept.name)
    for name, value in given.items():
        if components and name == components:
            draft.components = value
        elif name in fields and name != known:
            _read_member(draft, fields[name], value)
        else:
            names = (*fields, components) if components else fields
            report_unknown(at, name, (each for each in names if each != known))
    return draft


def _read_member(draft: PendingRecord, member: Member, value: Any) -> None:
    match member:
        case Attribute():
            draft.row[member.column.name] = canonical_value(member, value)
        case ToOne():
            draft.row[member.column.name] = None if value is None else Unresolved()
            if value is not None:
                draft.references.append((member, value))
        case Group():
            _read_group(draft, member, value)
        case Owned() | ToMany():
            _read_list(draft, member, value)


def canonical_value(attribute: Attribute, value: Any) -> Any:
    """The value in its canonical spelling; values of a wrong type are left to the rules."""
    if isinstance(value, str):
        return canonical(attribute.column, value)
    # To JSON, 2 and 2.0 are the same number.
    if (
        attribute.meaning.scalar is Scalar.INTEGER
        and isinstance(value, float)
        and value.is_integer()
    ):
        return int(value)
    return value


def _read_group(draft: PendingRecord, group: Group, values: Any) -> None:
    at = draft.at.below(group.name)
    if values is None:
        draft.row.update({a.column.name: None for a in group.attributes.values()})
    elif not isinstance(values, Mapping):
        at.report(Code.WRONG_TYPE, f"{shown(values)} is not an object of fields.")
    else:
        for name, value in values.items():
            if name in group.attributes:
                attribute = group.attributes[name]
                draft.row[attribute.column.name] = canonical_value(attribute, value)
            else:
                report_unknown(at, name, group.attributes)


# --- lists --------------------------------------------------------------------------------------


def items_of(values: Any, at: InputPath) -> Iterable[tuple[InputPath, Any]]:
    """The items of an input list, each with its place; none for null.

    Reports a problem for anything else.
    """
    if values is None:
        return ()
    if not isinstance(values, list | tuple):
        at.report(Code.WRONG_TYPE, f"{shown(values)} is not a list.")
        return ()
    return ((at.below(str(position)), value) for position, value in enumerate(values))


def _read_list(draft: PendingRecord, member: Owned | ToMany, values: Any) -> None:
    listed = PendingList(list_tables(draft.concept.name)[member.name])
    draft.lists.append(listed)
    at = draft.at.below(member.name)
    wrong = too_long(len(values)) if isinstance(values, list | tuple) else None
    if wrong:
        # The items of a list that is too long are not read.
        at.report(Code.TOO_LONG, wrong)
        return
    items = items_of(values, at)
    if isinstance(member, ToMany):
        listed.references.extend(items)
        return
    for place, value in items:
        item = read_item(member, value, place)
        if item:
            add_item(listed, item, place)


def add_item(listed: PendingList, item: tuple[Any, ...], at: InputPath) -> None:
    """Adds a row to a list; reports a problem if the list has it already."""
    if item in listed.items:
        at.report(Code.DUPLICATE, "It is in the list twice; name it once.")
    else:
        listed.items[item] = at


def read_item(owned: Owned, value: Any, at: InputPath) -> tuple[Any, ...] | None:
    """Reads an item of an owned list as a row; returns None where a problem is reported."""
    if owned.value:
        value = canonical_value(owned.value, value)
        return (value,) if _judge_value(owned.value, value, at) else None
    if not isinstance(value, Mapping):
        at.report(Code.WRONG_TYPE, f"{shown(value)} is not an object of fields.")
        return None
    for name in value:
        if name not in owned.attributes:
            report_unknown(at, name, owned.attributes)
    row = {
        a.column.name: canonical_value(a, value.get(name, default_of(a.column)))
        for name, a in owned.attributes.items()
    }
    return tuple(row.values()) if judge(owned.table, row, at) else None


def read_item_key(owned: Owned, value: Any, at: InputPath) -> tuple[Values, str | None] | None:
    """Reads a reference to an item of a list: its identifying values by column, and the date.

    Returns None where a problem is reported.
    """
    if not isinstance(value, Mapping):
        at.report(Code.WRONG_TYPE, f"{shown(value)} is not an object of fields.")
        return None
    key = {n: a for n, a in owned.attributes.items() if a.column.name in owned.identified_by}
    known = (*key, *((_ON,) if owned.is_dated else ()))
    before = len(at.findings)
    for name in value:
        if name not in known:
            report_unknown(at, name, known)
    row = {a.column.name: canonical_value(a, value.get(name)) for name, a in key.items()}
    for name, attribute in key.items():
        _judge_key(attribute.meaning, row[attribute.column.name], at.below(name))
    on = value.get(_ON)
    if on is not None:
        _judge_key(_DATE, on, at.below(_ON))
    if len(at.findings) > before:
        return None
    return row, on


def _judge_key(meaning: Meaning, value: Any, at: InputPath) -> None:
    if value is None:
        at.report(Code.MISSING, "It is required.")
    elif wrong := fault(value, meaning):
        at.report(wrong.code, wrong.message)


def _judge_value(attribute: Attribute, value: Any, at: InputPath) -> bool:
    found = problems(attribute.column.table, {attribute.column.name: value})
    for problem in found:
        at.report(problem.code, problem.message)
    return not found


# --- problems -----------------------------------------------------------------------------------


def judge(table: Table, row: Values, at: InputPath) -> bool:
    """Reports the problems that `schema.rules` finds in a row; returns whether there are none."""
    found = problems(table, row)
    for problem in found:
        at.below(*problem.path).report(problem.code, problem.message)
    return not found


def report_unknown(at: InputPath, name: str, known: Iterable[str]) -> None:
    """Reports an unknown field, with the known fields that are spelt most like it."""
    names = list(known)
    near = difflib.get_close_matches(name, names, n=3) if len(name) <= _NAME_LONGEST else []
    hint = f"did you mean {' or '.join(near)}?" if near else f"known are: {', '.join(names)}."
    at.below(name).report(Code.UNKNOWN_FIELD, f"{shown(name)} can't be written here; {hint}")
