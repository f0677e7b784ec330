"""Removes or passes on what a data set states about records that it shares with others.

The loader and the deletion of a data set both call this. A record passes to another data set that
states it; items that only the removed data set had added to records of others are deleted.
"""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

import orjson
from sqlalchemy import Connection, Table, and_, delete, insert, select, update
from sqlmodel import SQLModel

from schema.concepts import CONCEPTS
from schema.records import Dataset, SeedItem, SeedKey, SeedShare
from schema.writing.drafts import ListTable, list_tables


def _table(model: type[SQLModel]) -> Table:
    return SQLModel.metadata.tables[str(model.__tablename__)]


KEYS, SHARES, ITEMS = _table(SeedKey), _table(SeedShare), _table(SeedItem)
_DATASETS = _table(Dataset)


def shared_lists(concept: str) -> dict[str, ListTable]:
    """Returns the lists of a concept to which several data sets may add: aliases and codes."""
    return {name: each for name, each in list_tables(concept).items() if each.target is None}


def item_text(columns: Collection[str], values: Collection[Any]) -> str:
    """Returns an item of a list as JSON: its known columns, in the order of their names."""
    known = {name: value for name, value in zip(columns, values, strict=True) if value is not None}
    return orjson.dumps(known, option=orjson.OPT_SORT_KEYS).decode()


def pass_on(
    connection: Connection, concept: str, dataset: int, records: Collection[int] | None = None
) -> set[int]:
    """Passes records of the data set to other data sets that state them too.

    `records`: only these; default: all. Returns the ids of the records passed on. Clears the digest
    of each other data set, so that its next load updates these records.
    """
    query = (
        select(SHARES.c.record_id, SHARES.c.dataset_id, SHARES.c.key)
        .where(SHARES.c.concept == concept)
        .order_by(SHARES.c.record_id, SHARES.c.dataset_id, SHARES.c.key)
    )
    if records is None:
        own = and_(KEYS.c.record_id == SHARES.c.record_id, KEYS.c.concept == concept)
        query = query.join(KEYS, own).where(KEYS.c.dataset_id == dataset)
    heirs: dict[int, tuple[int, str]] = {}
    for record, heir, key in connection.execute(query):
        if records is None or record in records:
            heirs.setdefault(record, (heir, key))
    for record, (heir, key) in heirs.items():
        _give(connection, concept, record, heir, key)
    for heir in {heir for heir, _ in heirs.values()}:
        connection.execute(update(_DATASETS).where(_DATASETS.c.id == heir).values(digest=None))
    return set(heirs)


def _give(connection: Connection, concept: str, record: int, heir: int, key: str) -> None:
    row = {"concept": concept, "record_id": record}
    connection.execute(delete(KEYS).where(_same(KEYS, row)))
    connection.execute(insert(KEYS).values({**row, "dataset_id": heir, "key": key}))
    for table in (SHARES, ITEMS):
        connection.execute(delete(table).where(_same(table, {**row, "dataset_id": heir})))
    naming = CONCEPTS[concept].table
    if "dataset_id" in naming.c:
        connection.execute(update(naming).where(naming.c.id == record).values(dataset_id=heir))


def withdraw(connection: Connection, dataset: int) -> None:
    """Removes what a data set states about records of others, and the items it added to them."""
    added = connection.execute(select(ITEMS).where(ITEMS.c.dataset_id == dataset)).mappings().all()
    for row in added:
        withdraw_item(connection, dict(row))
    for table in (ITEMS, SHARES):
        connection.execute(delete(table).where(table.c.dataset_id == dataset))


def withdraw_item(connection: Connection, row: Mapping[str, Any]) -> bool:
    """Removes an item from its list, unless the owner or another data set has it too.

    `row`: the row of `seed_item`. Returns whether the list has changed.
    """
    same = {name: row[name] for name in ("concept", "record_id", "list_name", "item")}
    others = and_(_same(ITEMS, same), ITEMS.c.dataset_id != row["dataset_id"])
    own = _same(ITEMS, {**same, "dataset_id": row["dataset_id"]})
    is_others = connection.scalar(select(ITEMS.c.item).where(others).limit(1)) is not None
    connection.execute(delete(ITEMS).where(own))
    if row["is_shared"] or is_others:
        return False
    listed = shared_lists(row["concept"])[row["list_name"]]
    values = {**dict.fromkeys(listed.columns), **orjson.loads(row["item"])}
    condition = _same(listed.table, {listed.near: row["record_id"], **values})
    return connection.execute(delete(listed.table).where(condition)).rowcount > 0


def forget(connection: Connection, concept: str, record: int) -> None:
    """Removes what data sets state about a deleted record."""
    for table in (SHARES, ITEMS):
        connection.execute(
            delete(table).where(_same(table, {"concept": concept, "record_id": record}))
        )


def hand_on(connection: Connection, concept: str, record: int, to: int) -> None:
    """Moves what data sets state about a merged record to the record it was merged into."""
    of_record = {"concept": concept, "record_id": record}
    for table, key in ((SHARES, ("key",)), (ITEMS, ("list_name", "item"))):
        for row in connection.execute(select(table).where(_same(table, of_record))).mappings():
            named = {name: row[name] for name in ("dataset_id", "concept", *key)}
            there = _same(table, {**named, "record_id": to})
            connection.execute(delete(table).where(_same(table, {**named, **of_record})))
            if connection.scalar(select(table.c.record_id).where(there)) is None:
                connection.execute(insert(table).values({**row, "record_id": to}))


def _same(table: Table, values: Mapping[str, Any]) -> Any:
    return and_(*_conditions(table, values))


def _conditions(table: Table, values: Mapping[str, Any]) -> Iterator[Any]:
    for name, value in values.items():
        column = table.c[name]
        yield column.is_(None) if value is None else column == value
