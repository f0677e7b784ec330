"""Records of a data set that are one: as it states them, or since somebody has merged actors."""

from collections.abc import Iterable, Iterator

from schema.identity import identity, is_everything
from schema.rows import Row
from seeds.drafts import SeedRecord
from seeds.registry import Registry
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


def became_one(draft: SeedRecord, first: str, stage: Stage, registry: Registry) -> bool:
    """Whether the data set states two records, which are one since others that they name are.

    They must say the same but for their notes: what only one of them says would be lost.
    """
    other, own = (stage.get(draft.entry.concept, key) for key in (first, draft.entry.key))
    if other is None or own is None or _said(other) == _said(own):
        return False
    registry.resolve(other, own_concept=False)
    return _said(other) == _said(draft)


def _said(draft: SeedRecord) -> tuple[Row, dict[str, set[object]]]:
    # All records of a data set are of that data set.
    row = {name: value for name, value in draft.row.items() if name not in (_NOTE, "dataset_id")}
    return row, {name: set(rows) for name, rows in draft.lists.items()}
