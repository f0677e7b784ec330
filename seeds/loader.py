"""Loads a data set completely or not at all, and writes only what has changed.

One transaction a data set. Rows keep their ids from one version to the next; records that a version
no longer has are removed. A load that changed something is one revision.
"""

from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass, field, replace
from functools import partial

from sqlalchemy import Connection, Engine, delete, select, update
from sqlmodel import SQLModel

from schema.concepts import COLLECTIONS
from schema.records import Dataset, Revision
from schema.records.columns import Meaning, Scalar
from schema.records.revision import announce, lock_for_writing, next_revision
from schema.rules.values import fault
from schema.writing.changed_records import ChangedRecords
from seeds.additions import SharedConcepts
from seeds.drafts import SeedRecord, read_draft
from seeds.faults import Faults
from seeds.garbage import rare_collections
from seeds.references import References
from seeds.refusals import refusals_told
from seeds.registry import Registry
from seeds.source import CONCEPTS_IN_ORDER, DataSet, Description, Entry, SeedError
from seeds.stage import BATCH_RECORDS, Stage
from seeds.upsert import Counts, Upsert
from seeds.written_dataset import WrittenDataset

# Called with what is being written ("actors"), the number done, and the total; 0 if unknown.
Progress = Callable[[str, int, int], None]

_DATASETS = SQLModel.metadata.tables[str(Dataset.__tablename__)]
_REVISIONS = SQLModel.metadata.tables[str(Revision.__tablename__)]
_KEY = Meaning(Scalar.TEXT, "What a data set calls a record.")


def silent(_: str, __: int, ___: int) -> None:
    """Shows no progress."""


@dataclass(frozen=True)
class Loaded:
    """The result of a load. `revision` is None if nothing changed.

    `differences`: one line for each value that the data set states differently for a record of
    another owner.
    """

    revision: int | None = None
    counts: Mapping[str, Counts] = field(default_factory=dict)
    message: str | None = None
    differences: tuple[str, ...] = ()


def load(
    engine: Engine, data_set: DataSet, *, author: str = "seed", progress: Progress = silent
) -> Loaded:
    """Updates the database to the data set. Does nothing if this version is loaded already.

    Raises SeedError if the data set is invalid, and then stores nothing.
    """
    digest = data_set.digest()
    with engine.connect() as connection:
        if _is_loaded(connection, digest):
            return Loaded()
    with closing(Stage()) as stage, rare_collections():
        stated = _read(data_set, stage, progress)
        with engine.begin() as connection:
            # A second loader of the same data set waits here, so that only one of them loads it.
            lock_for_writing(connection)
            if _is_loaded(connection, digest):
                return Loaded()
            return _load_stated(connection, stated, digest, author, progress)


def load_within(
    connection: Connection, data_set: DataSet, *, author: str, progress: Progress = silent
) -> Loaded:
    """Loads a data set in a transaction that holds the lock of writers, even if loaded before.

    The data set may read the database while it yields its records. Raises SeedError; the caller
    must then roll back the transaction.
    """
    with closing(Stage()) as stage, rare_collections():
        stated = _read(data_set, stage, progress)
        return _load_stated(connection, stated, data_set.digest(), author, progress)


def _load_stated(
    connection: Connection, stated: "_Stated", digest: str, author: str, progress: Progress
) -> Loaded:
    description, faults, stage = stated.description, stated.faults, stated.stage
    stage.add(_dataset(stated, digest))
    with refusals_told(description):
        registry = Registry(connection, stage)
        if stated.is_whole:
            References(connection, stage, registry).check(faults)
        faults.refuse()
        # The history triggers need the number of the revision, so it is written first.
        revision = next_revision(connection, author, None)
        counts, differences = _write(connection, stage, registry, progress)
        loaded = _complete_revision(connection, revision, description, counts)
        return replace(loaded, differences=differences)


def _is_loaded(connection: Connection, digest: str) -> bool:
    found = connection.scalar(select(_DATASETS.c.id).where(_DATASETS.c.digest == digest))
    return found is not None


@dataclass
class _Stated:
    """The records of a data set, and the errors found in them.

    `is_whole`: whether all entries could be read, so that a key that is not staged does not exist.
    """

    description: Description
    stage: Stage
    faults: Faults = field(default_factory=Faults)
    is_whole: bool = True


def _dataset(stated: _Stated, digest: str) -> SeedRecord:
    """Returns the record of the data set. Read last, because it may count the entries."""
    draft = read_draft(stated.description.entry(), stated.faults)
    draft.row["digest"] = digest
    return draft


def _read(data_set: DataSet, stage: Stage, progress: Progress) -> _Stated:
    """Reads and validates every record before anything is written."""
    description = data_set.description()
    stated = _Stated(description, stage)
    faults = stated.faults
    expected, count = sum((description.expected or {}).values()), 0
    for entry in data_set.entries():
        if isinstance(entry, SeedError):
            faults.add(entry)
            stated.is_whole = False
            continue
        with faults.collecting():
            _check_entry(entry)
            stage.add(read_draft(entry, faults))
            count += 1
        if count % BATCH_RECORDS == 0:
            progress("read", count, expected)
    progress("read", count, expected)
    if stated.is_whole and description.expected is not None:
        _compare_counts(stated, description.expected)
    return stated


def _check_entry(entry: Entry) -> None:
    if entry.concept not in CONCEPTS_IN_ORDER:
        raise entry.error("A data set has no records of this kind.")
    wrong = fault(entry.key, _KEY)
    if wrong:
        raise entry.error(f"Its key can't be kept. {wrong.message}")


def _compare_counts(stated: _Stated, expected: Mapping[str, int]) -> None:
    """Adds a fault for each number of records that differs from the expected one.

    Records that were lost or duplicated would otherwise go unnoticed.
    """
    counts = ((plural, stated.stage.count(name)) for name, plural in CONCEPTS_IN_ORDER.items())
    found = {plural: count for plural, count in counts if count}
    for name in sorted(found.keys() | expected.keys()):
        must, there = expected.get(name, 0), found.get(name, 0)
        if must != there:
            message = f"There are {there}, and there must be {must}."
            file = stated.description.file
            stated.faults.add(SeedError(message, file=file, path=f"expected.{name}"))


def _write(
    connection: Connection, stage: Stage, registry: Registry, progress: Progress
) -> tuple[dict[str, Counts], tuple[str, ...]]:
    """Returns counts by collection, and the differences from records of others."""
    (dataset,) = (draft for batch in stage.batches(Dataset.__name__) for draft in batch)
    written = WrittenDataset(connection, dataset, registry)
    sharing = SharedConcepts.of(connection, written.id)
    upserts = {
        name: Upsert(connection, written.id, name, registry, sharing) for name in CONCEPTS_IN_ORDER
    }
    for concept, upsert in upserts.items():
        report = partial(_report, progress, CONCEPTS_IN_ORDER[concept], stage.count(concept))
        upsert.write(stage, report)
    # Before anything is removed, because the data set may still refer to an earlier publisher.
    own = written.complete()
    # In reverse order, so that records that refer to a record are removed before it.
    for upsert in reversed(upserts.values()):
        upsert.remove(stage)
    counts = {CONCEPTS_IN_ORDER[concept]: upsert.counts for concept, upsert in upserts.items()}
    differing = tuple(line for upsert in upserts.values() for line in upsert.differences)
    return {**counts, "datasets": own}, differing


def _report(progress: Progress, name: str, total: int, done: int) -> None:
    progress(name, done, total)


def _complete_revision(
    connection: Connection, revision: int, description: Description, counts: dict[str, Counts]
) -> Loaded:
    """Writes the message of the revision. Deletes the revision if nothing changed."""
    changes = _in_words(counts)
    this = _REVISIONS.c.number == revision
    if not changes:
        connection.execute(delete(_REVISIONS).where(this))
        return Loaded(counts=counts)
    message = f"Loaded {description.slug} {description.version}: {changes}."
    connection.execute(update(_REVISIONS).where(this).values(message=message))
    changed = ChangedRecords()
    changed.look_in_history()
    changed.complete(connection, revision)
    announce(connection, revision)
    return Loaded(revision, counts, message)


def _in_words(counts: Mapping[str, Counts]) -> str:
    """Returns, for example, `14 actors, 1 source created; 2 statements removed`."""
    parts = []
    for verb, words in _DONE.items():
        done = {name: getattr(count, verb) for name, count in counts.items()}
        things = ", ".join(_number_of(name, n) for name, n in done.items() if n)
        parts += [f"{things} {words}"] if things else []
    return "; ".join(parts)


_DONE = {
    "created": "created",
    "updated": "updated",
    "removed": "removed",
    "kept": "kept without the data set",
}


def _number_of(name: str, number: int) -> str:
    return f"{number} {COLLECTIONS[name].noun if number == 1 else name}"
