"""Finds records of one data set that are the same, as stated or because actors were merged."""

from collections.abc import Iterable, Iterator

from schema.writing.drafts import fields_of, list_tables
from schema.writing.identity import identity, is_everything
from seeds.drafts import SeedRecord
from seeds.registry import Registry
from seeds.source import SeedError
from seeds.stage import Stage

_NOTE = "note"


def alike(drafts: Iterable[SeedRecord], stage: Stage) -> Iterator[tuple[SeedRecord, str]]:
    """Yields each record that is the same as an earlier one, with the key of that one.

    The references in the identifying columns must already be ids.
    """
    for draft in drafts:
        by = identity(draft.concept.name, draft.row)
        if by is None:
            return
        lists = draft.lists if is_everything(draft.concept.name, by) else {}
        items = ((name, sorted(set(rows), key=repr)) for name, rows in sorted(lists.items()))
        first = stage.first_alike(draft.entry.concept, (*by.values(), *items), draft.entry.key)
        if first != draft.entry.key:
            yield draft, first


def refused(draft: SeedRecord, first: str, stage: Stage, registry: Registry) -> SeedError | None:
    """Returns the error for a record that is the same as the record with the key `first`.

    Returns None if the data set states two different records that became the same because actors
    they refer to were merged. The two may differ in nothing but their notes, because the other
    values of the second would be lost.
    """
    other, own = (stage.get(draft.entry.concept, key) for key in (first, draft.entry.key))
    if other is None or own is None or not any(_differences(other, own)):
        return draft.entry.error(f"It is the same as {first}.")
    registry.resolve(other, own_concept=False)
    return told_apart(draft, other) if any(_differences(other, draft)) else None


def told_apart(draft: SeedRecord, other: SeedRecord) -> SeedError:
    """Returns the error that two records are the same. Lists the fields in which they differ."""
    message = f"It is the same as {other.entry.key}"
    fields = ", ".join(f"`{name}`" for name in _differences(other, draft))
    if fields:
        message = f"{message}, and they differ in {fields}; change one of them first"
    return draft.entry.error(f"{message}.")


def _differences(one: SeedRecord, other: SeedRecord) -> Iterator[str]:
    """Yields the fields in which two records differ."""
    for path, column in fields_of(one.concept.name):
        # `dataset_id` is equal for all records of a data set; notes may differ.
        is_own = column not in (_NOTE, "dataset_id")
        if is_own and one.row.get(column) != other.row.get(column):
            yield ".".join(path)
    for name in list_tables(one.concept.name):
        if set(one.lists.get(name, ())) != set(other.lists.get(name, ())):
            yield name
