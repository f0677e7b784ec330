"""Brings the rows of one concept to what a data set says, keeping the ids of those it has."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from schema.concepts import CONCEPTS
from schema.drafts import ListTable, list_tables
from schema.rows import Row
from schema.shared_records import item_text, pass_on
from seeds import tables
from seeds.additions import Additions, SharedConcepts, differences, items_of_others, set_shared
from seeds.drafts import SeedRecord, edges
from seeds.faults import Faults
from seeds.registry import Registry
from seeds.shared import (
    SharedRecords,
    former_records,
    keep_names,
    refuse_contradictory_codes,
    refuse_the_same,
)

# A row of a list: the id of its record, then its columns.
Item = tuple[Any, ...]


@dataclass
class Counts:
    """What a load did to the records of one concept.

    `kept`: those that the data set no longer has, but something else refers to, or another data set
    states.
    """

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    removed: int = 0
    kept: int = 0


class Upsert:
    """The records of one concept on their way into the database."""

    def __init__(
        self,
        connection: Connection,
        dataset: int,
        concept: str,
        registry: Registry,
        sharing: SharedConcepts,
    ) -> None:
        """Reads what the data set has of the concept so far."""
        self.sharing = sharing
        self.connection, self.dataset, self.concept = connection, dataset, concept
        self.table = CONCEPTS[concept].table
        self.registry = registry
        self.before = tables.owned(connection, dataset, concept, self.table)
        self.rows_before = {row["id"]: row for row in self.before.values()}
        self.drafts: dict[int, SeedRecord] = {}
        self.shared: dict[int, SeedRecord] = {}
        self.names: dict[int, str] = {}
        self.differences: list[str] = []
        self.counts = Counts()

    def write(self, drafts: list[SeedRecord], progress: Callable[[int], None]) -> None:
        """Creates and updates; what the data set no longer has waits for `remove`."""
        new = self._match(drafts)
        for draft in (*self.drafts.values(), *new):
            self.registry.resolve(draft, own_concept=False)
        created = self._create(new, progress)
        for draft in self.drafts.values():
            self.registry.resolve(draft, own_concept=True)
        refuse_the_same(self.drafts.values())
        if self.concept == "Actor":
            refuse_contradictory_codes(self.connection, self.drafts, self.shared)
        touched = self._update() | self._complete(created)
        for listed in list_tables(self.concept).values():
            touched |= self._write_list(listed)
        self._write_keys()
        added = self._add_to_shared()
        # A list that goes with its record, or comes with it, is no update.
        own = touched & self.rows_before.keys() & self.drafts.keys()
        self.counts.updated = len(own) + len(added)
        self.counts.created = len(created)
        self.counts.unchanged = len(drafts) - self.counts.updated - self.counts.created
        progress(len(drafts))

    def _add_to_shared(self) -> set[int]:
        """What the data set says of records of others; gives those that it changed."""
        if not self.shared and self.concept not in self.sharing.mine:
            return set()
        additions = Additions(self.connection, self.dataset, self.concept)
        added = additions.write(self.shared, self.names)
        self.differences += additions.differences
        return added

    def remove(self) -> None:
        """Removes what the data set no longer has. What something else refers to stays without it.

        What refers to it and was the data set's has been removed before.
        """
        gone = self._gone()
        if gone and self.concept in self.sharing.others:
            passed = pass_on(self.connection, self.concept, self.dataset, gone)
            self.counts.kept = len(passed)
            gone -= passed
        own = self._own_references()
        tables.update_rows(
            self.connection, self.table, [{"id": id_, **dict.fromkeys(own)} for id_ in gone if own]
        )
        kept = tables.referred(self.connection, self.table, gone)
        self._part(kept, gone - kept)
        for listed in list_tables(self.concept).values():
            rows = [{listed.near: id_} for id_ in gone - kept]
            tables.delete_plain(self.connection, listed.table, rows)
        tables.delete_ids(self.connection, self.table, gone - kept)
        self.counts.removed = len(gone - kept)
        self.counts.kept += len(kept)

    def _gone(self) -> set[int]:
        return {row["id"] for row in self.before.values() if row["id"] not in self.drafts}

    def _part(self, kept: set[int], removed: set[int]) -> None:
        """Those that stay are the data set's no more, and refer to what there is."""
        names = [*self._own_references(), *(["dataset_id"] if "dataset_id" in self.table.c else [])]
        rows = [
            {"id": id_, **{name: self.rows_before[id_][name] for name in names}} for id_ in kept
        ]
        for row in rows:
            row |= {name: None for name in names if row[name] in removed or name == "dataset_id"}
        if names:
            tables.update_rows(self.connection, self.table, rows)

    def _match(self, drafts: list[SeedRecord]) -> list[SeedRecord]:
        """Finds the row of each record; gives those that have none yet."""
        shared = SharedRecords(self.connection, self.concept, self._match_own(drafts))
        new, faults = [], Faults()
        for draft in shared.drafts:
            row = shared.find(draft)
            if row is None:
                new.append(draft)
            elif row["id"] in self.rows_before:
                # The data set calls a record of its own by another key than before.
                self._keep(draft, row["id"])
            else:
                with faults.collecting():
                    shared.refuse_contradictions(draft, row)
                self.differences += differences(draft, row)
                self.names[row["id"]] = row.get("name") or ""
                self.shared[row["id"]] = draft
                self.registry.add(draft, row["id"])
        faults.refuse()
        return new

    def _match_own(self, drafts: list[SeedRecord]) -> list[SeedRecord]:
        """Finds the data set's own rows, and what became of them; gives the other records."""
        unknown, merged, faults = [], [], Faults()
        former = former_records(self.connection, self.concept, drafts)
        for draft in drafts:
            row, kept = self.before.get(draft.entry.key), former.get(draft.entry.key)
            if row:
                # What somebody has merged into an actor of theirs goes by the slug of that one.
                draft.row |= {} if kept is None else {"slug": row["slug"]}
                self._keep(draft, row["id"])
            elif kept is not None:
                self.registry.add(draft, kept)
                merged.append((kept, draft))
            elif draft.entry.key in former:
                faults.add(draft.entry.error("The slug was that of a record that is deleted."))
            else:
                unknown.append(draft)
        faults.refuse()
        for kept, draft in merged:
            if kept in self.drafts:
                keep_names(self.drafts[kept], draft)
        return unknown

    def _keep(self, draft: SeedRecord, record: int) -> None:
        if "dataset_id" in draft.row:
            draft.row["dataset_id"] = self.dataset
        self.drafts[record] = draft
        self.registry.add(draft, record)

    def _create(self, new: list[SeedRecord], progress: Callable[[int], None]) -> list[int]:
        own = dict.fromkeys(self._own_references())
        given = {"dataset_id": self.dataset} if "dataset_id" in self.table.c else {}
        rows = [{**draft.row, **own, **given} for draft in new]
        created = tables.insert_rows(self.connection, self.table, rows, progress)
        for draft, record in zip(new, created, strict=True):
            self._keep(draft, record)
        return created

    def _complete(self, created: Iterable[int]) -> set[int]:
        """Gives new records their references to others of their own concept."""
        own = self._own_references()
        rows = [
            {"id": id_, **{name: self.drafts[id_].row[name] for name in own}} for id_ in created
        ]
        known = [row for row in rows if any(row[name] is not None for name in own)]
        tables.update_rows(self.connection, self.table, known)
        return {row["id"] for row in known}

    def _update(self) -> set[int]:
        changed: list[Row] = []
        for record, draft in self.drafts.items():
            before = self.rows_before.get(record)
            if before and before != {"id": record, **draft.row}:
                changed.append({"id": record, **draft.row})
        tables.update_rows(self.connection, self.table, changed)
        return {row["id"] for row in changed}

    def _write_list(self, listed: ListTable) -> set[int]:
        """Brings a list table to what the data set says; gives the records it changed."""
        found = tables.owned_lists(self.connection, self.dataset, self.concept, listed)
        there = {row for row in found if row[0] in self.drafts}
        now = {
            (record, *row)
            for record, draft in self.drafts.items()
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
        """The rows that stay in any case: other data sets state them too."""
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

    def _write_keys(self) -> None:
        before = {(key, row["id"]) for key, row in self.before.items()}
        now = {(draft.entry.key, record) for record, draft in self.drafts.items()}
        common = {"dataset_id": self.dataset, "concept": self.concept}
        names = ("key", "record_id")
        gone = [{**common, **row} for row in rows_of(names, before - now)]
        new = [{**common, **row} for row in rows_of(names, now - before)]
        tables.delete_plain(self.connection, tables.KEYS, gone)
        tables.write_plain(self.connection, tables.KEYS, new)

    def _own_references(self) -> list[str]:
        return [edge.column.name for edge in edges(self.concept) if edge.target == self.concept]


def rows_of(names: tuple[str, ...], values: set[tuple[Any, ...]]) -> list[Row]:
    """Rows from their values, in an order that is the same each time."""
    ordered = sorted(values, key=lambda row: [(value is not None, value) for value in row])
    return [dict(zip(names, row, strict=True)) for row in ordered]
