"""References of a data set's records: by a key of the data set, a slug, or a code.

All are looked at before anything is written, so that one load tells of all that lead nowhere.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from sqlalchemy import Connection, select

from schema.concepts import CONCEPTS, Concept
from schema.drafts import list_tables
from seeds.drafts import CodeReference, SeedRecord, edges, judge
from seeds.faults import Faults
from seeds.registry import Registry


@dataclass
class References:
    """Checks the references of all records, and puts keys in the place of codes."""

    connection: Connection
    drafts: Mapping[str, list[SeedRecord]]
    keys: Mapping[str, set[str]]
    registry: Registry
    _codes: dict[tuple[str, CodeReference], set[str]] = field(default_factory=dict)

    def check(self, faults: Faults) -> None:
        """Adds a fault for each reference that leads nowhere."""
        for there in self.drafts.values():
            for draft in there:
                self._check(draft, faults)

    def _check(self, draft: SeedRecord, faults: Faults) -> None:
        concept, has_codes = draft.entry.concept, False
        for edge in edges(concept):
            value = draft.row[edge.column.name]
            if value is not None:
                with faults.collecting():
                    draft.row[edge.column.name] = self._key(draft, edge.target, value, edge.name)
                has_codes |= isinstance(value, CodeReference)
        for listed in list_tables(concept).values():
            if listed.target and listed.name in draft.lists:
                rows = []
                for (value,) in draft.lists[listed.name]:
                    with faults.collecting():
                        rows.append((self._key(draft, listed.target, value, listed.name),))
                draft.lists[listed.name] = rows
        if has_codes:
            # Two references that look different may lead to one record.
            with faults.collecting():
                judge(draft)

    def _key(self, draft: SeedRecord, target: str, value: str | CodeReference, path: str) -> str:
        concept = CONCEPTS[target]
        if isinstance(value, CodeReference):
            return self._key_of_code(draft, concept, value, path)
        if value not in self.keys.get(target, ()) and not self.registry.has(concept, value):
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
            which = f"may be any of {', '.join(found)}" if found else f"is no {target.noun}'s"
            raise draft.entry.error(f"{code} {which}; name one by its key.", path)
        return found[0]

    def _own(self, target: Concept, code: CodeReference) -> Iterator[str]:
        """The keys of the data set's own records that have the code."""
        columns = list_tables(target.name)[code.list_name].columns
        for draft in self.drafts.get(target.name, ()):
            for item in draft.lists.get(code.list_name, ()):
                if code.may_be(dict(zip(columns, item, strict=True))):
                    yield draft.entry.key

    def _there(self, target: Concept, code: CodeReference) -> Iterator[str]:
        """The slugs of records that the database has with the code."""
        listed = list_tables(target.name)[code.list_name]
        query = (
            select(target.table.c.slug, *(listed.table.c[name] for name in listed.columns))
            .join_from(listed.table, target.table, listed.table.c[listed.near] == target.table.c.id)
            .where(*(listed.table.c[name] == value for name, value in code.values))
        )
        for slug, *item in self.connection.execute(query):
            if code.may_be(dict(zip(listed.columns, item, strict=True))):
                yield slug
