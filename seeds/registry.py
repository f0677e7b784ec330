"""Resolves the keys of a data set to the ids of records."""

from dataclasses import dataclass, field

from sqlalchemy import Connection, and_, select

from schema.concepts import CONCEPTS, Concept
from schema.writing.drafts import list_tables
from seeds import tables
from seeds.drafts import SeedRecord, edges
from seeds.stage import Stage


@dataclass
class Registry:
    """The ids of a data set's records so far, by concept and key.

    Records with a slug are few and often referred to, so their ids are in memory as well.
    """

    connection: Connection
    stage: Stage
    _ids: dict[tuple[str, str], int] = field(default_factory=dict)
    _slugs: dict[str, dict[str, int]] = field(default_factory=dict)

    def add(self, draft: SeedRecord, record: int) -> None:
        """Registers the id of a record, so that other records can refer to it."""
        concept, key = draft.entry.concept, draft.entry.key
        self.stage.give_id(concept, key, record)
        if draft.concept.has_slug:
            self._ids[concept, key] = record

    def add_same(self, draft: SeedRecord, first: str) -> None:
        """Registers a record that is the same as the one with the key `first`.

        Raises LookupError if that record has no id yet.
        """
        record = self.stage.id_of(draft.entry.concept, first)
        if record is None:
            raise LookupError(f"{first} has no id yet.")
        self.add(draft, record)

    def resolve(self, draft: SeedRecord, *, own_concept: bool) -> bool:
        """Replaces keys by ids. Returns whether two keys resolved to the same record.

        That happens if actors have been merged. References to records of the draft's own concept
        are resolved by a second call with `own_concept`, when all of these have ids.
        """
        concept = draft.entry.concept
        ids: dict[tuple[str, str], int] = {}
        for edge in edges(concept):
            key = draft.row[edge.column.name]
            if key is not None and (edge.target == concept) is own_concept:
                found = self._id(draft, edge.target, key, edge.name)
                draft.row[edge.column.name] = ids[edge.target, key] = found
        for listed in () if own_concept else list_tables(concept).values():
            if listed.target and listed.name in draft.lists:
                for (key,) in draft.lists[listed.name]:
                    ids[listed.target, key] = self._id(draft, listed.target, key, listed.name)
                keys = (key for (key,) in draft.lists[listed.name])
                items = dict.fromkeys((ids[listed.target, key],) for key in keys)
                draft.lists[listed.name] = list(items)
        return len({(target, found) for (target, _), found in ids.items()}) < len(ids)

    def has(self, concept: Concept, slug: str) -> bool:
        """Whether the database has a record with the slug, current or former."""
        return concept.has_slug and slug in self._by_slug(concept)

    def _id(self, draft: SeedRecord, target: str, key: str, path: str) -> int:
        concept = CONCEPTS[target]
        if concept.has_slug:
            found = self._ids.get((target, key)) or self._by_slug(concept).get(key)
        else:
            found = self.stage.id_of(target, key)
        if found is None:
            raise draft.entry.error(f"There is no {concept.noun} {key!r}.", path)
        return found

    def _by_slug(self, concept: Concept) -> dict[str, int]:
        """Returns the ids of the concept's records in the database, by current and former slug."""
        if concept.name not in self._slugs:
            table, former = concept.table, tables.FORMER_SLUGS
            leads_on = and_(table.c.id == former.c.record_id, former.c.record_type == table.name)
            slugs = select(table.c.slug, table.c.id).union_all(
                select(former.c.slug, table.c.id).join_from(former, table, leads_on)
            )
            self._slugs[concept.name] = {row[0]: row[1] for row in self.connection.execute(slugs)}
        return self._slugs[concept.name]
