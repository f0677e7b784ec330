"""From a record as a data set states it to rows as the tables keep them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from sqlalchemy import Table

from schema.canonical import canonical
from schema.concepts import CONCEPTS, Attribute, Concept, Group, Member, Owned, ToMany, ToOne
from schema.drafts import Draft, ListTable, defaults, list_tables, too_long
from schema.records.columns import Scalar
from schema.rows import Values
from schema.rules import problems
from seeds.source import Entry

# What the loader itself gives to a record.
GIVEN = frozenset({"id", "slug", "dataset"})


@dataclass(slots=True, kw_only=True)
class SeedRecord(Draft):
    """A record that a data set states.

    Until the references are resolved, `row` and `lists` hold the keys of the data set in the place
    of ids. `lists` holds the rows of each list table, without the id of the record itself.
    """

    entry: Entry
    lists: dict[str, list[tuple[Any, ...]]] = field(default_factory=dict)


@lru_cache
def edges(concept_name: str) -> tuple[ToOne, ...]:
    """The references to one other record that a concept has."""
    members = CONCEPTS[concept_name].members.values()
    return tuple(m for m in members if isinstance(m, ToOne) and m.name not in GIVEN)


def draft(entry: Entry) -> SeedRecord:
    """The rows of a record; raises SeedError for whatever it may not say."""
    concept = CONCEPTS[entry.concept]
    made = SeedRecord(concept=concept, entry=entry, row=dict(defaults(concept.table)))
    if concept.has_slug:
        made.row["slug"] = entry.key
    for name, value in entry.fields.items():
        _write(made, concept, name, value)
    _refuse_problems(made, concept.table, made.row, "")
    return made


def _write(made: SeedRecord, concept: Concept, name: str, value: Any) -> None:
    member = None if name in GIVEN else concept.members.get(name)
    if isinstance(member, Attribute):
        made.row[member.column.name] = _typed(member, value)
    elif isinstance(member, ToOne):
        made.row[member.column.name] = value if value is None else _key(made, value, name)
    elif isinstance(member, Group):
        _write_group(made, member, value)
    elif listed := list_tables(concept.name).get(name):
        made.lists[name] = list(_list_rows(made, listed, concept, value))
    else:
        raise made.entry.error("There is no such field.", name)


def _key(made: SeedRecord, value: Any, path: str) -> str:
    if not isinstance(value, str):
        raise made.entry.error(f"{value!r} is not the key of a record.", path)
    return value


def _typed(attribute: Attribute, value: Any) -> Any:
    """Files give numbers as text, lest amounts and dates be taken for numbers."""
    if not isinstance(value, str):
        return value
    if attribute.meaning.scalar is Scalar.INTEGER and value.isdecimal():
        return int(value)
    return canonical(attribute.column, value)


def _write_group(made: SeedRecord, group: Group, values: Any) -> None:
    if not isinstance(values, Mapping):
        raise made.entry.error("It is not an object of fields.", group.name)
    for name, value in values.items():
        attribute = group.attributes.get(name)
        if attribute is None:
            raise made.entry.error("There is no such field.", f"{group.name}.{name}")
        made.row[attribute.column.name] = _typed(attribute, value)


def _list_rows(
    made: SeedRecord, listed: ListTable, concept: Concept, values: Any
) -> Iterator[tuple[Any, ...]]:
    if not isinstance(values, list):
        raise made.entry.error("It is not a list.", listed.name)
    if wrong := too_long(len(values)):
        raise made.entry.error(wrong, listed.name)
    seen = set()
    for position, value in enumerate(values):
        path = f"{listed.name}.{position}"
        row = _list_row(made, concept.members[listed.name], value, path)
        _refuse_problems(made, listed.table, dict(zip(listed.columns, row, strict=True)), path)
        if row in seen:
            raise made.entry.error("It is there twice.", path)
        seen.add(row)
        yield row


def _list_row(made: SeedRecord, member: Member, value: Any, path: str) -> tuple[Any, ...]:
    if isinstance(member, ToMany):
        return (_key(made, value, path),)
    if not isinstance(member, Owned):
        return (value,)
    if member.value:
        return (_typed(member.value, value),)
    if not isinstance(value, Mapping) or set(value) != set(member.attributes):
        names = " and ".join(member.attributes)
        raise made.entry.error(f"It is not an object of {names}.", path)
    return tuple(_typed(each, value[name]) for name, each in member.attributes.items())


def _refuse_problems(made: SeedRecord, table: Table, row: Values, path: str) -> None:
    for problem in problems(table, row):
        raise made.entry.error(problem.message, ".".join([path, *problem.path]).lstrip("."))
