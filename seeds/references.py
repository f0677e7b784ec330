"""Checks the references of a data set's records: by a key, a slug, or a code.

All are checked before anything is written, so that one load reports all invalid references.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from sqlalchemy import Connection, select

from schema.concepts import CONCEPTS, Concept, ToOne
from schema.writing.circles import CODES, wrong_way
from schema.writing.drafts import list_tables
from seeds.drafts import CodeReference, SeedRecord, edges, judge
from seeds.faults import Faults
from seeds.registry import Registry
from seeds.source import CONCEPTS_IN_ORDER
from seeds.stage import Stage


@dataclass
class References:
    """Checks the references of all records, and replaces codes by keys."""

    connection: Connection
    stage: Stage
    registry: Registry
    _codes: dict[tuple[str, CodeReference], set[str]] = field(default_factory=dict)
    # The items of each list that contains codes, with the keys of their records.
    _items: dict[tuple[str, str], list[tuple[str, dict[str, Any]]]] = field(default_factory=dict)

    def check(self, faults: Faults) -> None:
        """Adds a fault for each reference to a record that does not exist."""
        for concept in (*CONCEPTS_IN_ORDER, "Dataset"):
            for batch in self.stage.batches(concept):
                for draft in batch:
                    self._check(draft, faults)

    def _check(self, draft: SeedRecord, faults: Faults) -> None:
        concept, has_codes, is_changed = draft.entry.concept, False, False
        for edge in edges(concept):
            value = draft.row[edge.column.name]
            if value is not None:
                with faults.collecting():
                    draft.row[edge.column.name] = self._key(draft, edge.target, value, edge.name)
                    self._refuse_circle(draft, edge)
                has_codes |= isinstance(value, CodeReference)
        for listed in list_tables(concept).values():
            if listed.target and listed.name in draft.lists:
                rows = []
                for (value,) in draft.lists[listed.name]:
                    is_changed |= isinstance(value, CodeReference)
                    with faults.collecting():
                        rows.append((self._key(draft, listed.target, value, listed.name),))
                draft.lists[listed.name] = rows
        if has_codes:
            # Two different references may resolve to the same record.
            with faults.collecting():
                judge(draft)
        if has_codes or is_changed:
            self.stage.put(draft)

    def _refuse_circle(self, draft: SeedRecord, edge: ToOne) -> None:
        """Raises SeedError if a chain of references leads back to the record.

        A data set states only one record of a data set, so `written_dataset.py` follows that chain
        in the database.
        """
        concept, column, key = draft.entry.concept, edge.column.name, draft.entry.key
        start = draft.row[column]
        # The rules of a single record report a record that refers to itself.
        if column in CODES and start != key:
            following = partial(self._following, concept, column)
            message = wrong_way(key, start, edge.name, following)
            if message:
                raise draft.entry.error(message, edge.name)

    def _following(self, concept: str, column: str, key: str) -> str | None:
        stated = self.stage.get(concept, key)
        found: str | None = stated.row[column] if stated else None
        return found

    def _key(self, draft: SeedRecord, target: str, value: str | CodeReference, path: str) -> str:
        concept = CONCEPTS[target]
        if isinstance(value, CodeReference):
            return self._key_of_code(draft, concept, value, path)
        if not self.registry.has(concept, value) and not self.stage.has(target, value):
            raise draft.entry.error(f"There is no {concept.noun} {value!r}.", path)
        return value

    def _key_of_code(
        self, draft: SeedRecord, target: Concept, code: CodeReference, path: str
    ) -> str:
        name = (target.name, code)
        if name not in self._codes:
            self._codes[name] = {*self._own(target, code), *self._there(target, code)}
        found = sorted(self._codes[name])
        if len(found) != 1:
            which = f"may be any of {', '.join(found)}" if found else f"belongs to no {target.noun}"
            raise draft.entry.error(f"{code} {which}; name one by its key.", path)
        return found[0]

    def _own(self, target: Concept, code: CodeReference) -> Iterator[str]:
        """Yields the keys of the data set's own records that have the code."""
        name = (target.name, code.list_name)
        if name not in self._items:
            columns = list_tables(target.name)[code.list_name].columns
            self._items[name] = [
                (draft.entry.key, dict(zip(columns, item, strict=True)))
                for batch in self.stage.batches(target.name)
                for draft in batch
                for item in draft.lists.get(code.list_name, ())
            ]
        return (key for key, item in self._items[name] if code.may_be(item))

    def _there(self, target: Concept, code: CodeReference) -> Iterator[str]:
        """Yields the slugs of records in the database that have the code."""
        listed = list_tables(target.name)[code.list_name]
        query = (
            select(target.table.c.slug, *(listed.table.c[name] for name in listed.columns))
            .join_from(listed.table, target.table, listed.table.c[listed.near] == target.table.c.id)
            .where(*(listed.table.c[name] == value for name, value in code.values))
        )
        for slug, *item in self.connection.execute(query):
            if code.may_be(dict(zip(listed.columns, item, strict=True))):
                yield slug
