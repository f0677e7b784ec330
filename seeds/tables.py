"""The loader's statements, which read and write many rows at once."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import Column, Connection, Table, and_, bindparam, delete, select, update
from sqlmodel import SQLModel

from schema.concepts import CONCEPTS, Concept
from schema.many_rows import batches, find_many, last_keys, many_rows
from schema.records import Dataset, FormerSlug, SeedKey
from schema.relations import PARTS
from schema.rows import Row
from schema.writing.drafts import ListTable, written_columns

FORMER_SLUGS = SQLModel.metadata.tables[str(FormerSlug.__tablename__)]
KEYS = SQLModel.metadata.tables[str(SeedKey.__tablename__)]
_DATASETS = SQLModel.metadata.tables[str(Dataset.__tablename__)]

_KEYS_AT_ONCE = 10_000


def owned(
    connection: Connection, dataset: int, concept: str, keys: Iterable[str]
) -> dict[str, Row]:
    """Returns the data set's rows of a concept that have these keys, by key."""
    table, found = CONCEPTS[concept].table, dict[str, Row]()
    query = (
        select(KEYS.c.key.label("seed_key"), table.c.id, *_written(table))
        .join_from(KEYS, table, table.c.id == KEYS.c.record_id)
        .where(KEYS.c.dataset_id == dataset, KEYS.c.concept == concept)
    )
    for batch in batches(keys):
        for row in connection.execute(query.where(KEYS.c.key.in_(batch))).mappings():
            found[row["seed_key"]] = {name: row[name] for name in row if name != "seed_key"}
    return found


def keys_in_order(
    connection: Connection, dataset: int, concept: str
) -> Iterator[list[tuple[str, int]]]:
    """Yields the data set's keys of a concept in batches, each key with the id of its row."""
    table = CONCEPTS[concept].table
    query = (
        select(KEYS.c.key, KEYS.c.record_id)
        .join_from(KEYS, table, table.c.id == KEYS.c.record_id)
        .where(KEYS.c.dataset_id == dataset, KEYS.c.concept == concept)
        .order_by(KEYS.c.key)
        .limit(_KEYS_AT_ONCE)
    )
    found = connection.execute(query).all()
    while found:
        yield [(key, record) for key, record in found]
        found = connection.execute(query.where(KEYS.c.key > found[-1][0])).all()


def found_by_ids(
    connection: Connection, table: Table, names: Sequence[str], ids: Iterable[int]
) -> Iterator[Row]:
    """Yields these columns and the id of each row with one of these ids."""
    wanted = ("id", *names)
    for row in find_many(connection, table, wanted, ("id",), [(id_,) for id_ in ids]):
        yield dict(zip(wanted, row, strict=True))


def ids_owned(connection: Connection, dataset: int, concept: str, ids: Iterable[int]) -> set[int]:
    """Returns those ids whose records the data set owns."""
    by = [(dataset, concept, id_) for id_ in ids]
    columns = ("dataset_id", "concept", "record_id")
    return {id_ for (id_,) in find_many(connection, KEYS, ("record_id",), columns, by)}


def keys_of(connection: Connection, concept: str, ids: Iterable[int]) -> set[tuple[str, int]]:
    """Returns the keys that data sets have for these records, each with the id."""
    by = [(concept, id_) for id_ in ids]
    return set(find_many(connection, KEYS, ("key", "record_id"), ("concept", "record_id"), by))


def lists_of(
    connection: Connection, listed: ListTable, records: Iterable[int]
) -> set[tuple[Any, ...]]:
    """Returns the list rows of records. Each row begins with the id of its record."""
    wanted = (listed.near, *listed.columns)
    by = [(id_,) for id_ in records]
    return set(find_many(connection, listed.table, wanted, (listed.near,), by))


def list_of(connection: Connection, listed: ListTable, record: int) -> set[tuple[Any, ...]]:
    """Returns the list rows of one record. Each row begins with the id of the record."""
    near = listed.table.c[listed.near]
    query = select(near, *(listed.table.c[name] for name in listed.columns)).where(near == record)
    return {tuple(row) for row in connection.execute(query)}


def found_by(
    connection: Connection, table: Table, column: str, values: Iterable[Any]
) -> dict[Any, Row]:
    """Returns the rows whose unique column has one of these values, by value."""
    return {row[column]: row for row in rows_with(connection, table, column, values)}


def rows_with(
    connection: Connection, table: Table, column: str, values: Iterable[Any]
) -> Iterator[Row]:
    """Yields the rows whose column has one of these values, ordered by id within a batch."""
    for batch in batches(values):
        query = select(table.c.id, *_written(table)).where(table.c[column].in_(batch))
        for row in connection.execute(query.order_by(table.c.id)).mappings():
            yield dict(row)


def _written(table: Table) -> list[Column[Any]]:
    return [table.c[name] for name in written_columns(table)]


def former_records(
    connection: Connection, concept: Concept, slugs: Iterable[str]
) -> dict[str, int | None]:
    """Returns record ids by former slug; None if the record has been deleted."""
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


def insert_rows(connection: Connection, table: Table, rows: list[Row]) -> list[int]:
    """Inserts rows and returns their ids in the same order.

    The loader assigns the ids itself, because it holds the lock of writers.
    """
    if not rows:
        return []
    many = many_rows(connection)
    first = last_keys(connection, (table,))[table] + 1
    ids = list(range(first, first + len(rows)))
    many.keep_last_keys(connection, {table: ids[-1]})
    names = tuple(rows[0])
    values = ((id_, *(row[name] for name in names)) for id_, row in zip(ids, rows, strict=True))
    many.insert(connection, table, ("id", *names), values)
    return ids


def update_rows(connection: Connection, table: Table, rows: list[Row]) -> None:
    """Updates rows, which include their ids."""
    if rows:
        values: Row = {name: bindparam(name) for name in rows[0] if name != "id"}
        statement = update(table).where(table.c.id == bindparam("row_id")).values(values)
        connection.execute(statement, [{**row, "row_id": row["id"]} for row in rows])


def write_plain(connection: Connection, table: Table, rows: list[Row]) -> None:
    """Inserts rows whose ids the caller does not need."""
    if not rows:
        return
    names = tuple(rows[0])
    values = (tuple(row[name] for name in names) for row in rows)
    many_rows(connection).insert(connection, table, names, values)


def delete_plain(connection: Connection, table: Table, rows: list[Row]) -> None:
    """Deletes the rows that have exactly these values."""
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
    """Deletes rows by their ids."""
    delete_plain(connection, table, [{"id": id_} for id_ in ids])


def referred(connection: Connection, table: Table, ids: Iterable[int]) -> set[int]:
    """Returns those ids to which other records refer. Parts of the record itself do not count."""
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
    """Returns the id of the data set that has or had a slug; None if there is none."""
    found: int | None = connection.scalar(select(_DATASETS.c.id).where(_DATASETS.c.slug == slug))
    if found is None:
        found = former_records(connection, CONCEPTS[Dataset.__name__], [slug]).get(slug)
    return found
