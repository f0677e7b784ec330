"""The statements by which the loader reads and writes: many rows at a time."""

from collections.abc import Callable, Iterable
from typing import Any

from sqlalchemy import Column, Connection, Table, and_, bindparam, delete, select, update
from sqlmodel import SQLModel

from schema.concepts import Concept
from schema.drafts import ListTable, written_columns
from schema.many_rows import batches, many_rows
from schema.records import Dataset, FormerSlug, SeedKey
from schema.relations import PARTS
from schema.rows import Row

FORMER_SLUGS = SQLModel.metadata.tables[str(FormerSlug.__tablename__)]
KEYS = SQLModel.metadata.tables[str(SeedKey.__tablename__)]
_DATASETS = SQLModel.metadata.tables[str(Dataset.__tablename__)]


def owned(connection: Connection, dataset: int, concept: str, table: Table) -> dict[str, Row]:
    """The rows that the data set has of a concept, by its keys."""
    query = (
        select(KEYS.c.key.label("seed_key"), table.c.id, *_written(table))
        .join_from(KEYS, table, table.c.id == KEYS.c.record_id)
        .where(KEYS.c.dataset_id == dataset, KEYS.c.concept == concept)
    )
    rows = (dict(row) for row in connection.execute(query).mappings())
    return {row.pop("seed_key"): row for row in rows}


def owned_lists(
    connection: Connection, dataset: int, concept: str, listed: ListTable
) -> set[tuple[Any, ...]]:
    """The list rows of those records, each with the id of its record first."""
    near = listed.table.c[listed.near]
    query = (
        select(near, *(listed.table.c[name] for name in listed.columns))
        .join_from(KEYS, listed.table, near == KEYS.c.record_id)
        .where(KEYS.c.dataset_id == dataset, KEYS.c.concept == concept)
    )
    return {tuple(row) for row in connection.execute(query)}


def list_of(connection: Connection, listed: ListTable, record: int) -> set[tuple[Any, ...]]:
    """The rows of the list of one record, each with the id of the record first."""
    near = listed.table.c[listed.near]
    query = select(near, *(listed.table.c[name] for name in listed.columns)).where(near == record)
    return {tuple(row) for row in connection.execute(query)}


def found_by(
    connection: Connection, table: Table, column: str, values: Iterable[Any]
) -> dict[Any, Row]:
    """The rows whose unique column has one of these values."""
    found: dict[Any, Row] = {}
    for batch in batches(values):
        query = select(table.c.id, *_written(table)).where(table.c[column].in_(batch))
        for row in connection.execute(query).mappings():
            found[row[column]] = dict(row)
    return found


def _written(table: Table) -> list[Column[Any]]:
    return [table.c[name] for name in written_columns(table)]


def former_records(
    connection: Connection, concept: Concept, slugs: Iterable[str]
) -> dict[str, int | None]:
    """By former slugs: the ids of the records to which they lead; None where that is deleted."""
    found: dict[str, int | None] = {}
    table = concept.table
    for batch in batches(slugs):
        query = (
            select(FORMER_SLUGS.c.slug, table.c.id)
            .join_from(FORMER_SLUGS, table, table.c.id == FORMER_SLUGS.c.record_id, isouter=True)
            .where(FORMER_SLUGS.c.record_type == table.name, FORMER_SLUGS.c.slug.in_(batch))
        )
        found.update((slug, key) for slug, key in connection.execute(query))
    return found


def insert_rows(
    connection: Connection, table: Table, rows: list[Row], progress: Callable[[int], None]
) -> list[int]:
    """Writes new rows; gives their ids in the same order.

    The loader has the lock of writers, so that it can give them their ids itself.
    """
    if not rows:
        return []
    many = many_rows(connection)
    first = many.last_key(connection, table) + 1
    ids = list(range(first, first + len(rows)))
    many.keep_last_key(connection, table, ids[-1])
    names = tuple(rows[0])
    done = 0
    for batch in batches(zip(ids, rows, strict=True)):
        values = ((id_, *(row[name] for name in names)) for id_, row in batch)
        many.insert(connection, table, ("id", *names), values)
        done += len(batch)
        progress(done)
    return ids


def update_rows(connection: Connection, table: Table, rows: list[Row]) -> None:
    """Gives rows that have their id the values beside it."""
    if rows:
        values: Row = {name: bindparam(name) for name in rows[0] if name != "id"}
        statement = update(table).where(table.c.id == bindparam("row_id")).values(values)
        connection.execute(statement, [{**row, "row_id": row["id"]} for row in rows])


def write_plain(connection: Connection, table: Table, rows: list[Row]) -> None:
    """Writes rows whose ids nobody needs."""
    if not rows:
        return
    names = tuple(rows[0])
    values = (tuple(row[name] for name in names) for row in rows)
    many_rows(connection).insert(connection, table, names, values)


def delete_plain(connection: Connection, table: Table, rows: list[Row]) -> None:
    """Removes the rows that have exactly these values."""
    if rows:
        same = and_(
            *(
                column.is_not_distinct_from(bindparam(f"the_{column.name}", type_=column.type))
                if column.nullable
                else column == bindparam(f"the_{column.name}")
                for column in (table.c[name] for name in rows[0])
            )
        )
        found = [{f"the_{name}": value for name, value in row.items()} for row in rows]
        connection.execute(delete(table).where(same), found)


def delete_ids(connection: Connection, table: Table, ids: Iterable[int]) -> None:
    """Removes rows by their ids."""
    delete_plain(connection, table, [{"id": id_} for id_ in ids])


def referred(connection: Connection, table: Table, ids: Iterable[int]) -> set[int]:
    """Those of the rows that another record refers to. Its parts do not count."""
    found: set[int] = set()
    for batch in batches(ids):
        for other in SQLModel.metadata.sorted_tables:
            for key in other.foreign_keys:
                is_part = PARTS.get(other.name, ("", ""))[1] == key.parent.name
                if key.column.table is table and not is_part:
                    query = select(key.parent).where(key.parent.in_(batch)).distinct()
                    found.update(connection.scalars(query))
    return found


def id_of_data_set(connection: Connection, slug: str) -> int | None:
    """The id of a data set, if it is there."""
    found: int | None = connection.scalar(select(_DATASETS.c.id).where(_DATASETS.c.slug == slug))
    return found
