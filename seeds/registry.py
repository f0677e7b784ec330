"""Which record each key of a data set stands for."""

from dataclasses import dataclass, field

from sqlalchemy import Connection, and_, select

from schema.concepts import CONCEPTS, Concept
from schema.drafts import list_tables
from seeds import tables
from seeds.drafts import SeedRecord, edges
from seeds.stage import Stage


@dataclass
class Registry:
    """The ids of a data set's records, as far as they are known, by concept and key.

    Records with a slug are few and are referred to again and again: their ids are in memory too.
    """

    connection: Connection
    stage: Stage
    _ids: dict[tuple[str, str], int] = field(default_factory=dict)
    _slugs: dict[str, dict[str, int]] = field(default_factory=dict)

    def add(self, draft: SeedRecord, record: int) -> None:
        """From now on other records can refer to this one."""
        concept, key = draft.entry.concept, draft.entry.key
        self.stage.give_id(concept, key, record)
        if draft.concept.has_slug:
            self._ids[concept, key] = record

    def add_same(self, draft: SeedRecord, first: str) -> None:
        """The record is the one that another key stands for."""
        record = self.stage.id_of(draft.entry.concept, first)
        if record is None:
            raise LookupError(f"{first} has no id yet.")
        self.add(draft, record)

    def resolve(self, draft: SeedRecord, *, own_concept: bool) -> bool:
        """Puts ids in the place of keys; says whether two keys led to one record.

        They do where somebody has merged actors. References to records of its own concept wait
        until all of these have ids.
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
        """Whether the database has a record that the data set need not state."""
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
        """Records that the database has without the data set's stating them, former ones too."""
        if concept.name not in self._slugs:
            table, former = concept.table, tables.FORMER_SLUGS
            leads_on = and_(table.c.id == former.c.record_id, former.c.record_type == table.name)
            slugs = select(table.c.slug, table.c.id).union_all(
                select(former.c.slug, table.c.id).join_from(former, table, leads_on)
            )
            self._slugs[concept.name] = {row[0]: row[1] for row in self.connection.execute(slugs)}
        return self._slugs[concept.name]
