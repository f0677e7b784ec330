"""Converts a record as a data set states it into rows of the tables."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from sqlalchemy import Table

from schema.concepts import CONCEPTS, Attribute, Concept, Group, Member, Owned, ToMany, ToOne
from schema.records.columns import Meaning, Scalar
from schema.rows import Values
from schema.rules import default_of, problems
from schema.rules.across import candidates_agree
from schema.rules.values import fault
from schema.values.canonical import canonical
from schema.values.dates import may_hold
from schema.writing.drafts import Draft, ListTable, defaults, list_tables, too_long
from seeds.faults import Faults, all_of
from seeds.source import Entry, SeedError

_DATE = Meaning(Scalar.DATE, "A date.")

# A placeholder for the id of the data set until its row is written. No record has this id.
_UNWRITTEN = 0

# The fields that the loader sets.
GIVEN = frozenset({"id", "slug", "dataset"})


@dataclass(slots=True, kw_only=True)
class SeedRecord(Draft):
    """A record that a data set states, as rows.

    Until the references are resolved, `row` and `lists` hold keys of the data set instead of ids.
    `lists` has the rows of each list table, without the id of the record. `entry` has no fields:
    their values are in `row` and `lists`, and `stated` has their names.
    """

    entry: Entry
    stated: tuple[str, ...] = ()
    lists: dict[str, list[tuple[Any, ...]]] = field(default_factory=dict)


@lru_cache
def edges(concept_name: str) -> tuple[ToOne, ...]:
    """Returns a concept's to-one references, without those that the loader sets."""
    members = CONCEPTS[concept_name].members.values()
    return tuple(m for m in members if isinstance(m, ToOne) and m.name not in GIVEN)


@dataclass(frozen=True, slots=True)
class CodeReference:
    """A reference to a record by an item of one of its lists, such as a code.

    `values`: columns of the item and their values. `on`: a date at which the record has the item.
    """

    list_name: str
    values: tuple[tuple[str, str], ...]
    on: str | None = None

    def may_be(self, item: Mapping[str, Any]) -> bool:
        """Whether an item of the list, given by its columns, matches the reference."""
        if any(item[name] != value for name, value in self.values):
            return False
        period = item.get("started_on"), item.get("ended_on")
        return self.on is None or may_hold(period, self.on)

    def __str__(self) -> str:
        return " ".join(value for _, value in self.values)


def draft(entry: Entry) -> SeedRecord:
    """Returns the rows of a record. Raises SeedError or SeedErrors for invalid fields."""
    faults = Faults()
    made = read_draft(entry, faults)
    faults.refuse()
    return made


def read_draft(entry: Entry, faults: Faults) -> SeedRecord:
    """Returns the rows of a record as far as they can be read. Adds a fault for each error."""
    concept = CONCEPTS[entry.concept]
    made = SeedRecord(
        concept=concept,
        entry=Entry(entry.concept, entry.key, {}, entry.file),
        stated=tuple(entry.fields),
        row=dict(defaults(concept.table)),
    )
    if concept.has_slug:
        made.row["slug"] = entry.key
    if "dataset_id" in made.row:
        made.row["dataset_id"] = _UNWRITTEN
    unread = set[str]()
    for name, value in entry.fields.items():
        try:
            _write(made, concept, name, value)
        except SeedError as error:
            faults.add(error)
            unread |= {each.path for each in all_of(error)}
    # A field that could not be read is not reported as missing.
    with faults.collecting():
        judge(made, unread)
    return made


def judge(made: SeedRecord, but: Collection[str] = ()) -> None:
    """Raises SeedError for problems with the row, except problems with the fields in `but`."""
    # The record's key stands for its id, just as references hold the keys of other records.
    row = {**made.row, "id": made.entry.key}
    _refuse_problems(made, made.concept.table, row, "", but)
    if "candidates" in list_tables(made.concept.name) and "candidates" not in but:
        candidates = [key for (key,) in made.lists.get("candidates", ())]
        for problem in candidates_agree(made.row, candidates):
            raise made.entry.error(problem.message, ".".join(problem.path))


def _write(made: SeedRecord, concept: Concept, name: str, value: Any) -> None:
    member = None if name in GIVEN else concept.members.get(name)
    if isinstance(member, Attribute):
        made.row[member.column.name] = _typed(member, value)
    elif isinstance(member, ToOne):
        known = None if value is None else _key(made, CONCEPTS[member.target], value, name)
        made.row[member.column.name] = known
    elif isinstance(member, Group):
        _write_group(made, member, value)
    elif listed := list_tables(concept.name).get(name):
        made.lists[name] = list(_list_rows(made, listed, concept, value))
    else:
        raise made.entry.error("Unknown field.", name)


def _key(made: SeedRecord, target: Concept, value: Any, path: str) -> str | CodeReference:
    """Returns a record's key, or a reference by a code: `{code: {scheme: COW, value: 365}}`."""
    if isinstance(value, str):
        return value
    if isinstance(value, Mapping) and len(value) == 1:
        ((way, item),) = value.items()
        for owned in target.unique_lists if target.has_slug else ():
            if way == owned.singular:
                return _code(made, owned, item, f"{path}.{way}")
    raise made.entry.error(f"{value!r} is not the key of a record.", path)


def _code(made: SeedRecord, owned: Owned, item: Any, path: str) -> CodeReference:
    key = [a for a in owned.attributes.values() if a.column.name in owned.identified_by]
    names = [attribute.name for attribute in key]
    if not isinstance(item, Mapping) or not set(names) <= set(item) <= {*names, "on"}:
        raise made.entry.error(f"It is not an object of {' and '.join(names)}.", path)
    typed = {a.column.name: _typed(a, item[a.name]) for a in key}
    if not all(isinstance(value, str) for value in typed.values()):
        raise made.entry.error("Its fields are not text.", path)
    on = item.get("on")
    if on is not None and fault(on, _DATE):
        raise made.entry.error(f"{on!r} is not a date.", f"{path}.on")
    return CodeReference(owned.name, tuple(typed.items()), on)


def _typed(attribute: Attribute, value: Any) -> Any:
    """Converts a value to the type of its column.

    Files give numbers as text, so that amounts and dates are not read as numbers.
    """
    if not isinstance(value, str):
        return value
    if attribute.meaning.scalar is Scalar.INTEGER and value.isdecimal():
        return int(value)
    return canonical(attribute.column, value)


def _write_group(made: SeedRecord, group: Group, values: Any) -> None:
    if not isinstance(values, Mapping):
        raise made.entry.error("It is not an object of fields.", group.name)
    faults = Faults()
    for name, value in values.items():
        attribute = group.attributes.get(name)
        if attribute is None:
            faults.add(made.entry.error("Unknown field.", f"{group.name}.{name}"))
        else:
            made.row[attribute.column.name] = _typed(attribute, value)
    faults.refuse()


def _list_rows(
    made: SeedRecord, listed: ListTable, concept: Concept, values: Any
) -> Iterator[tuple[Any, ...]]:
    if not isinstance(values, list):
        raise made.entry.error("It is not a list.", listed.name)
    if wrong := too_long(len(values)):
        raise made.entry.error(wrong, listed.name)
    seen = set()
    faults = Faults()
    for position, value in enumerate(values):
        path = f"{listed.name}.{position}"
        with faults.collecting():
            row = _list_row(made, concept.members[listed.name], value, path)
            _refuse_problems(made, listed.table, dict(zip(listed.columns, row, strict=True)), path)
            if row in seen:
                raise made.entry.error("It is there twice.", path)
            seen.add(row)
            yield row
    faults.refuse()


def _list_row(made: SeedRecord, member: Member, value: Any, path: str) -> tuple[Any, ...]:
    if isinstance(member, ToMany):
        return (_key(made, CONCEPTS[member.target], value, path),)
    if not isinstance(member, Owned):
        return (value,)
    if member.value:
        return (_typed(member.value, value),)
    if not isinstance(value, Mapping) or not set(value) <= set(member.attributes):
        names = " and ".join(member.attributes)
        raise made.entry.error(f"It is not an object of {names}.", path)
    # The rules report a required value that is missing.
    return tuple(
        _typed(attribute, value.get(name, default_of(attribute.column)))
        for name, attribute in member.attributes.items()
    )


def _refuse_problems(
    made: SeedRecord, table: Table, row: Values, path: str, but: Collection[str] = ()
) -> None:
    faults = Faults()
    for problem in problems(table, row):
        if problem.path[0] not in but:
            place = ".".join([path, *problem.path]).lstrip(".")
            faults.add(made.entry.error(problem.message, place))
    faults.refuse()
