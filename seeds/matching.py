"""Finds the row of each record of a data set: its own, one of another owner, or none yet."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection

from schema.rows import Row
from seeds import tables
from seeds.additions import differences
from seeds.alike import refused, told_apart
from seeds.drafts import SeedRecord
from seeds.faults import Faults
from seeds.registry import Registry
from seeds.shared import SharedRecords, former_records, keep_names


@dataclass(frozen=True)
class Matched:
    """The data set's existing records by id, with their rows, and its new records."""

    own: Mapping[int, SeedRecord]
    rows: Mapping[int, Row]
    new: list[SeedRecord]


class Matching:
    """Matches the records of one concept. `shared` has those of other owners, by id.

    The references in drafts must already be ids, except references to the same concept. `names`:
    the names of the shared records. `differences`: one line for each value that the data set states
    differently for them.
    """

    def __init__(
        self, connection: Connection, dataset: int, concept: str, registry: Registry
    ) -> None:
        """Reads only whether the data set has records of the concept."""
        self._connection, self._dataset, self._concept = connection, dataset, concept
        self._registry = registry
        self._has_own = any(tables.keys_in_order(connection, dataset, concept))
        self.shared: dict[int, SeedRecord] = {}
        self.names: dict[int, str] = {}
        self.differences: list[str] = []

    def match(self, drafts: list[SeedRecord]) -> Matched:
        """Finds the rows of records, and registers the ids of those that have one."""
        before = self._owned(drafts)
        own: dict[int, SeedRecord] = {}
        rows = {row["id"]: row for row in before.values()}
        unknown = self._match_own(drafts, before, own)
        shared = SharedRecords(self._connection, self._concept, unknown)
        found = [(draft, shared.named(draft), shared.alike(draft)) for draft in unknown]
        mine = self._mine([row["id"] for _, *rows in found for row in rows if row is not None])
        new, faults = [], Faults()
        for draft, named, alike in found:
            # The record only equals one of the data set's own: `alike` compares the two later.
            is_own = named is None and alike is not None and alike["id"] in mine
            row = None if is_own else named or alike
            if row is None:
                self.give_data_set(draft)
                new.append(draft)
            elif row["id"] in mine:
                # The data set now uses another key for one of its own records.
                rows[row["id"]] = row
                with faults.collecting():
                    self._keep(draft, row["id"], own)
            elif row["id"] in self.shared:
                with faults.collecting():
                    self._keep_same(draft, row["id"])
            else:
                with faults.collecting():
                    shared.refuse_contradictions(draft, row)
                self.differences += differences(draft, row)
                self.names[row["id"]] = row.get("name") or ""
                self.shared[row["id"]] = draft
                self._registry.add(draft, row["id"])
        faults.refuse()
        return Matched(own, rows, new)

    def give_data_set(self, draft: SeedRecord) -> None:
        """Sets the data set as the owner of the record."""
        if "dataset_id" in draft.row:
            draft.row["dataset_id"] = self._dataset

    def _owned(self, drafts: list[SeedRecord]) -> dict[str, Row]:
        if not self._has_own:
            return {}
        keys = [draft.entry.key for draft in drafts]
        return tables.owned(self._connection, self._dataset, self._concept, keys)

    def _mine(self, ids: list[int]) -> set[int]:
        """Returns those ids whose records the data set owns, including ones of earlier batches."""
        return tables.ids_owned(self._connection, self._dataset, self._concept, ids)

    def _match_own(
        self, drafts: list[SeedRecord], before: Mapping[str, Row], own: dict[int, SeedRecord]
    ) -> list[SeedRecord]:
        """Matches the data set's own rows, also if renamed or merged. Returns the other drafts."""
        unknown, merged, faults = [], [], Faults()
        former = former_records(self._connection, self._concept, drafts)
        for draft in drafts:
            row, kept = before.get(draft.entry.key), former.get(draft.entry.key)
            if row:
                # After a merge, the record that is kept has its own slug, which stays.
                draft.row |= {} if kept is None else {"slug": row["slug"]}
                self._keep(draft, row["id"], own)
            elif kept is not None:
                self._registry.add(draft, kept)
                merged.append((kept, draft))
            elif draft.entry.key in former:
                faults.add(draft.entry.error("The slug was that of a record that is deleted."))
            else:
                unknown.append(draft)
        faults.refuse()
        for kept, draft in merged:
            if kept in own:
                keep_names(own[kept], draft)
        return unknown

    def _keep_same(self, draft: SeedRecord, record: int) -> None:
        """Registers a further key for a record that has one; a person may have merged two records.

        Raises SeedError if the two drafts differ.
        """
        first = self.shared[record].entry.key
        error = refused(draft, first, self._registry.stage, self._registry)
        if error is not None:
            raise error
        self._registry.add(draft, record)

    def _keep(self, draft: SeedRecord, record: int, own: dict[int, SeedRecord]) -> None:
        if record in own:
            raise told_apart(draft, own[record])
        self.give_data_set(draft)
        own[record] = draft
        self._registry.add(draft, record)
