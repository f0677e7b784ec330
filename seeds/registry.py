"""Which record each key of a data set stands for."""

from dataclasses import dataclass, field

from sqlalchemy import Connection, select

from schema.concepts import CONCEPTS
from seeds.drafts import Draft, edges, list_tables
from seeds.tables import FORMER_ACTORS


@dataclass
class Registry:
    """The ids of a data set's records, as far as they are known, by concept and key."""

    connection: Connection
    _ids: dict[tuple[str, str], int] = field(default_factory=dict)
    _slugs: dict[str, int] | None = None

    def add(self, draft: Draft, record: int) -> None:
        """From now on other records can refer to this one."""
        self._ids[draft.entry.concept, draft.entry.key] = record

    def resolve(self, draft: Draft, *, own_concept: bool) -> None:
        """Puts ids in the place of keys.

        References to records of its own concept wait until all of these have ids.
        """
        concept = draft.entry.concept
        for edge in edges(concept):
            key = draft.row[edge.column.name]
            if key is not None and (edge.target == concept) is own_concept:
                draft.row[edge.column.name] = self._id(draft, edge.target, key, edge.name)
        for listed in () if own_concept else list_tables(concept):
            if listed.target and listed.name in draft.lists:
                draft.lists[listed.name] = [
                    (self._id(draft, listed.target, key, listed.name),)
                    for (key,) in draft.lists[listed.name]
                ]

    def _id(self, draft: Draft, target: str, key: str, path: str) -> int:
        found = self._ids.get((target, key))
        if found is None and target == "Actor":
            found = self._actors_by_slug().get(key)
        if found is None:
            raise draft.entry.error(f"There is no {target.lower()} {key!r}.", path)
        return found

    def _actors_by_slug(self) -> dict[str, int]:
        """Actors that the database has without the data set's stating them, former ones too."""
        if self._slugs is None:
            actor, former = CONCEPTS["Actor"].table, FORMER_ACTORS
            slugs = select(actor.c.slug, actor.c.id).union_all(
                select(former.c.slug, former.c.actor_id)
            )
            self._slugs = {row.slug: row.id for row in self.connection.execute(slugs)}
        return self._slugs
