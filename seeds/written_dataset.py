"""Writes the record of the data set itself, to which all its records refer."""

from sqlalchemy import Connection, select
from sqlmodel import SQLModel

from schema.concepts import CONCEPTS
from schema.records import Dataset
from schema.rows import Row
from schema.writing.circles import FIELDS, wrong_way
from schema.writing.drafts import list_tables, written_columns
from seeds import tables
from seeds.drafts import SeedRecord, edges
from seeds.registry import Registry
from seeds.upsert import Counts, rows_of

_TABLE = SQLModel.metadata.tables[str(Dataset.__tablename__)]
_NAME = Dataset.__name__


class WrittenDataset:
    """A data set's record, which is written before its other records and completed after them."""

    def __init__(self, connection: Connection, draft: SeedRecord, registry: Registry) -> None:
        """Finds the record, or inserts it without references, which may be to its own records."""
        self._connection, self._draft, self._registry = connection, draft, registry
        self._before = self._find()
        self.id: int = self._before["id"] if self._before else self._insert()
        registry.add(draft, self.id)

    def _find(self) -> Row | None:
        """Returns the row of the data set, if any. Keeps a slug that a user has changed."""
        slug = self._draft.row["slug"]
        known = tables.id_of_data_set(self._connection, slug)
        if known is not None:
            names = written_columns(_TABLE)
            (before,) = tables.found_by_ids(self._connection, _TABLE, names, [known])
            self._draft.row["slug"] = before["slug"]
            return before
        if tables.former_records(self._connection, CONCEPTS[_NAME], [slug]):
            raise self._draft.entry.error("The slug was that of a data set that is deleted.")
        return None

    def _insert(self) -> int:
        unknown = {edge.column.name: None for edge in edges(_NAME)}
        row = {**self._draft.row, **unknown}
        (id_,) = tables.insert_rows(self._connection, _TABLE, [row])
        return id_

    def complete(self) -> Counts:
        """Writes references and lists. Raises SeedError for an unknown reference."""
        for own_concept in (False, True):
            self._registry.resolve(self._draft, own_concept=own_concept)
        self._refuse_circle()
        row = {"id": self.id, **self._draft.row}
        tables.update_rows(self._connection, _TABLE, [row])
        has_changed = self._write_lists()
        if self._before is None:
            return Counts(created=1)
        # The APIs do not show the digest, so a new digest alone is no change.
        is_same = row == {**self._before, "digest": row["digest"]} and not has_changed
        return Counts(unchanged=1) if is_same else Counts(updated=1)

    def _refuse_circle(self) -> None:
        """Raises SeedError if the data set would be a part of itself."""
        whole = self._draft.row["part_of_id"]
        if whole is not None:
            column = FIELDS["part_of_id"]
            message = wrong_way(self.id, whole, column, self._whole_of, self._called)
            if message:
                raise self._draft.entry.error(message, column)

    def _whole_of(self, dataset: int) -> int | None:
        query = select(_TABLE.c.part_of_id).where(_TABLE.c.id == dataset)
        found: int | None = self._connection.scalar(query)
        return found

    def _called(self, dataset: int) -> str:
        return str(self._connection.scalar(select(_TABLE.c.slug).where(_TABLE.c.id == dataset)))

    def _write_lists(self) -> bool:
        has_changed = False
        for listed in list_tables(_NAME).values():
            before = tables.list_of(self._connection, listed, self.id)
            now = {(self.id, *item) for item in self._draft.lists.get(listed.name, ())}
            names = (listed.near, *listed.columns)
            gone: list[Row] = rows_of(names, before - now)
            tables.delete_plain(self._connection, listed.table, gone)
            tables.write_plain(self._connection, listed.table, rows_of(names, now - before))
            has_changed |= before != now
        return has_changed
