"""Records of a data set that are one: as it states them, or since somebody has merged actors."""

from collections.abc import Iterable, Iterator

from schema.drafts import fields_of, list_tables
from schema.identity import identity, is_everything
from seeds.drafts import SeedRecord
from seeds.registry import Registry
from seeds.source import SeedError
from seeds.stage import Stage

_NOTE = "note"


def alike(drafts: Iterable[SeedRecord], stage: Stage) -> Iterator[tuple[SeedRecord, str]]:
    """The records that are the same as one of another key, each with that key.

    What tells them apart has ids in the place of keys.
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
    """What is wrong with a record that is the same as one of another key.

    None where the data set states two, which are one since others that they name are. They must say
    the same but for their notes: what only one of them says would be lost.
    """
    other, own = (stage.get(draft.entry.concept, key) for key in (first, draft.entry.key))
    if other is None or own is None or not any(_differences(other, own)):
        return draft.entry.error(f"It is the same as {first}.")
    registry.resolve(other, own_concept=False)
    return told_apart(draft, other) if any(_differences(other, draft)) else None


def told_apart(draft: SeedRecord, other: SeedRecord) -> SeedError:
    """A record is the same as another one; in what they differ."""
    message = f"It is the same as {other.entry.key}"
    fields = ", ".join(f"`{name}`" for name in _differences(other, draft))
    if fields:
        message = f"{message}, and they differ in {fields}; change one of them first"
    return draft.entry.error(f"{message}.")


def _differences(one: SeedRecord, other: SeedRecord) -> Iterator[str]:
    """The fields that two records say differently."""
    for path, column in fields_of(one.concept.name):
        # All records of a data set are of that data set.
        is_own = column not in (_NOTE, "dataset_id")
        if is_own and one.row.get(column) != other.row.get(column):
            yield ".".join(path)
    for name in list_tables(one.concept.name):
        if set(one.lists.get(name, ())) != set(other.lists.get(name, ())):
            yield name
