"""Updates the rows of one concept to a data set's records, keeping the ids of existing rows."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from schema.concepts import CONCEPTS
from schema.many_rows import last_keys
from schema.rows import Row
from schema.writing.drafts import ListTable, list_tables, written_columns
from schema.writing.shared_records import item_text, pass_on
from seeds import tables
from seeds.additions import Additions, SharedConcepts, items_of_others, set_shared
from seeds.alike import alike, refused, told_apart
from seeds.drafts import SeedRecord, edges, judge
from seeds.faults import Faults
from seeds.matching import Matching
from seeds.registry import Registry
from seeds.shared import refuse_contradictory_codes
from seeds.stage import Stage

# A row of a list: the id of its record, then the columns of the list.
Item = tuple[Any, ...]


@dataclass
class Counts:
    """The number of records of one concept that a load created, updated, and so on.

    `kept`: records that the data set no longer has, but to which others refer or which another data
    set states.
    """

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    removed: int = 0
    kept: int = 0


class Upsert:
    """Writes the records of one concept, batch by batch."""

    def __init__(
        self,
        connection: Connection,
        dataset: int,
        concept: str,
        registry: Registry,
        sharing: SharedConcepts,
    ) -> None:
        """Reads the highest id of the table; writes nothing."""
        self.sharing = sharing
        self.connection, self.dataset, self.concept = connection, dataset, concept
        self.table = CONCEPTS[concept].table
        self.registry = registry
        self.matching = Matching(connection, dataset, concept, registry)
        # Higher ids are those of records that this load creates.
        self._last_before = last_keys(connection, (self.table,))[self.table]
        self._faults = Faults()
        self.counts = Counts()

    @property
    def differences(self) -> list[str]:
        """The differences from records of others, one line each."""
        return self.matching.differences

    def write(self, stage: Stage, progress: Callable[[int], None]) -> None:
        """Creates and updates records. `remove` deletes those that the data set no longer has."""
        done = 0
        for drafts in stage.batches(self.concept):
            self._write(drafts, stage)
            progress(done)
            done += len(drafts)
        progress(done)
        for drafts in stage.batches_put_off(self.concept):
            self._write_put_off(drafts, stage)
        self._faults.refuse()
        self.counts.updated += len(self._add_to_shared())
        self.counts.unchanged = done - self.counts.updated - self.counts.created

    def _write(self, drafts: list[SeedRecord], stage: Stage) -> None:
        crowded = self._resolve(drafts)
        found = self.matching.match(drafts)
        stated = [*found.own.values(), *found.new]
        self._judge(draft for draft in stated if draft.entry.key in crowded)
        same = self._became_one(stated, stage)
        own = {id_: draft for id_, draft in found.own.items() if draft.entry.key not in same}
        new = [draft for draft in found.new if draft.entry.key not in same]
        records = {**own, **self._create(new)}
        for draft, first in same.values():
            self.registry.add_same(draft, first)
        if self.concept == "Actor":
            refuse_contradictory_codes(self.connection, self.dataset, records, self.matching.shared)
        # The records that these refer to may have no id yet.
        waiting = {id_: draft for id_, draft in records.items() if self._refers_to_own(draft)}
        stage.put_off(waiting.values())
        now = {id_: draft for id_, draft in records.items() if id_ not in waiting}
        self._complete(now, found.rows)

    def _resolve(self, drafts: list[SeedRecord]) -> set[str]:
        """Replaces keys by ids. Returns the keys of records in which two keys became one id."""
        resolve = self.registry.resolve
        return {draft.entry.key for draft in drafts if resolve(draft, own_concept=False)}

    def _judge(self, drafts: Iterable[SeedRecord]) -> None:
        """Validates records again: after a merge of actors, too few may be left in a list."""
        for draft in drafts:
            with self._faults.collecting():
                judge(draft)

    def _became_one(
        self, drafts: list[SeedRecord], stage: Stage
    ) -> dict[str, tuple[SeedRecord, str]]:
        """Returns, by key, the drafts that are the same as another record, and its key."""
        found = {}
        known = (draft for draft in drafts if not self._refers_to_own(draft))
        for draft, first in alike(known, stage):
            error = refused(draft, first, stage, self.registry)
            if error is None:
                found[draft.entry.key] = draft, first
            else:
                self._faults.add(error)
        return found

    def _write_put_off(self, drafts: list[SeedRecord], stage: Stage) -> None:
        records = {}
        for draft in drafts:
            for own_concept in (False, True):
                self.registry.resolve(draft, own_concept=own_concept)
            self.matching.give_data_set(draft)
            id_ = stage.id_of(self.concept, draft.entry.key)
            if id_ is not None:
                records[id_] = draft
        names = written_columns(self.table)
        rows = tables.found_by_ids(self.connection, self.table, names, records)
        for draft, first in alike(records.values(), stage):
            other = stage.get(self.concept, first)
            if other is not None:
                for own_concept in (False, True):
                    self.registry.resolve(other, own_concept=own_concept)
                self._faults.add(told_apart(draft, other))
        self._complete(records, {row["id"]: row for row in rows})

    def _refers_to_own(self, draft: SeedRecord) -> bool:
        return any(draft.row[name] is not None for name in self._own_references())

    def _create(self, new: list[SeedRecord]) -> dict[int, SeedRecord]:
        own = dict.fromkeys(self._own_references())
        rows = [{**draft.row, **own} for draft in new]
        created = tables.insert_rows(self.connection, self.table, rows)
        for draft, record in zip(new, created, strict=True):
            self.registry.add(draft, record)
        self.counts.created += len(created)
        return dict(zip(created, new, strict=True))

    def _complete(self, records: Mapping[int, SeedRecord], before: Mapping[int, Row]) -> None:
        """Updates rows and lists of records that have ids, when their references have ids too."""
        if self._faults.found:
            # The load fails: further batches are only checked for errors.
            return
        touched = self._update(records, before)
        for listed in list_tables(self.concept).values():
            touched |= self._write_list(listed, records)
        self._write_keys(records)
        # Lists of a record that this load created are not an update.
        self.counts.updated += len(self._older(touched))

    def _older(self, ids: set[int]) -> set[int]:
        return {id_ for id_ in ids if id_ <= self._last_before}

    def _update(self, records: Mapping[int, SeedRecord], before: Mapping[int, Row]) -> set[int]:
        now = ({"id": id_, **draft.row} for id_, draft in records.items() if id_ in before)
        changed: list[Row] = [row for row in now if row != before[row["id"]]]
        tables.update_rows(self.connection, self.table, changed)
        return {row["id"] for row in changed}

    def _write_list(self, listed: ListTable, records: Mapping[int, SeedRecord]) -> set[int]:
        """Updates a list table to the data set's items. Returns the ids of changed records."""
        there = tables.lists_of(self.connection, listed, self._older({*records}))
        now = {
            (record, *row)
            for record, draft in records.items()
            for row in draft.lists.get(listed.name, ())
        }
        added = self._added_by_others(listed, there, now)
        before, after = there - added, now - added
        names = (listed.near, *listed.columns)
        gone, new = rows_of(names, before - after), rows_of(names, after - before)
        tables.delete_plain(self.connection, listed.table, gone)
        tables.write_plain(self.connection, listed.table, new)
        return {row[0] for row in before ^ after}

    def _added_by_others(self, listed: ListTable, there: set[Item], now: set[Item]) -> set[Item]:
        """Returns the rows that must stay because other data sets state them."""
        if self.concept not in self.sharing.others or listed.target:
            return set()
        records = {row[0] for row in there}
        others = items_of_others(self.connection, self.dataset, self.concept, listed, records)
        texts = {(row[0], item_text(listed.columns, row[1:])): row for row in there}
        stated = {name for name, row in texts.items() if row in now}
        for is_on, names in ((True, stated), (False, texts.keys() - stated)):
            change = {name for name in names if others.get(name, is_on) is not is_on}
            set_shared(self.connection, self.concept, listed, change, on=is_on)
        return {texts[name] for name in others if name in texts}

    def _write_keys(self, records: Mapping[int, SeedRecord]) -> None:
        before = tables.keys_of(self.connection, self.concept, self._older({*records}))
        now = {(draft.entry.key, record) for record, draft in records.items()}
        self._delete_keys(before - now)
        new = rows_of(("key", "record_id"), now - before)
        tables.write_plain(self.connection, tables.KEYS, [self._of_own(row) for row in new])

    def _delete_keys(self, keys: set[tuple[str, int]]) -> None:
        gone = rows_of(("key", "record_id"), keys)
        tables.delete_plain(self.connection, tables.KEYS, [self._of_own(row) for row in gone])

    def _of_own(self, row: Row) -> Row:
        return {"dataset_id": self.dataset, "concept": self.concept, **row}

    def _add_to_shared(self) -> set[int]:
        """Adds the items of shared records. Returns the ids of the records that changed."""
        shared = self.matching.shared
        if not shared and self.concept not in self.sharing.mine:
            return set()
        additions = Additions(self.connection, self.dataset, self.concept)
        added = additions.write(shared, self.matching.names)
        self.differences.extend(additions.differences)
        return added

    def _own_references(self) -> list[str]:
        return [edge.column.name for edge in edges(self.concept) if edge.target == self.concept]

    # --- what the data set no longer has ----------------------------------------------------------

    def remove(self, stage: Stage) -> None:
        """Deletes the records that the data set no longer has.

        A record to which others refer stays, but no longer belongs to the data set. Records of the
        data set that referred to it must have been removed before.
        """
        keys = set(self._keys_gone(stage))
        self._delete_keys(keys)
        gone = {record for _, record in keys}
        if gone and self.concept in self.sharing.others:
            passed = pass_on(self.connection, self.concept, self.dataset, gone)
            self.counts.kept = len(passed)
            gone -= passed
        own = self._own_references()
        referring = list(tables.found_by_ids(self.connection, self.table, own, gone)) if own else []
        without = [{**row, **dict.fromkeys(own)} for row in referring]
        tables.update_rows(self.connection, self.table, without)
        kept = tables.referred(self.connection, self.table, gone)
        self._part(kept, gone - kept, {row["id"]: row for row in referring})
        for listed in list_tables(self.concept).values():
            rows = [{listed.near: id_} for id_ in gone - kept]
            tables.delete_plain(self.connection, listed.table, rows)
        tables.delete_ids(self.connection, self.table, gone - kept)
        self.counts.removed = len(gone - kept)
        self.counts.kept += len(kept)

    def _keys_gone(self, stage: Stage) -> Iterator[tuple[str, int]]:
        for batch in tables.keys_in_order(self.connection, self.dataset, self.concept):
            for key, record in batch:
                if stage.id_of(self.concept, key) != record:
                    yield key, record

    def _part(self, kept: set[int], removed: set[int], before: Mapping[int, Row]) -> None:
        """Detaches kept records from the data set; restores references to records that remain."""
        own = self._own_references()
        given = {"dataset_id": None} if "dataset_id" in self.table.c else {}
        rows = [
            {
                "id": id_,
                **{name: before[id_][name] for name in own if before[id_][name] not in removed},
                **given,
            }
            for id_ in kept
        ]
        rows = [{**dict.fromkeys(own), **row} for row in rows]
        if own or given:
            tables.update_rows(self.connection, self.table, rows)


def rows_of(names: tuple[str, ...], values: set[tuple[Any, ...]]) -> list[Row]:
    """Returns rows made of their values, in a stable order."""
    ordered = sorted(values, key=lambda row: [(value is not None, value) for value in row])
    return [dict(zip(names, row, strict=True)) for row in ordered]
