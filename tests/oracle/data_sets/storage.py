"""Writes a data set of plain objects into a database, state by state."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import pairwise
from typing import Any

from sqlalchemy import Connection, Engine, Table, delete, insert, inspect, update
from sqlmodel import SQLModel

from schema.migrations import upgrade
from schema.search.entries import enter_history
from schema.writing.support_counts import count_all
from tests.oracle.data_sets.values import Date, spelled
from tests.oracle.data_sets.world import (
    TO_ONE,
    TYPES,
    Actor,
    Group,
    Item,
    Record,
    Revision,
    World,
)

_TABLES = SQLModel.metadata.tables
# Lists that a record owns, by record and field; lists of plain values with their column.
_LISTS = {
    ("actor", "aliases"): ("actor_alias", ""),
    ("actor", "codes"): ("actor_code", ""),
    ("conflict", "codes"): ("conflict_code", ""),
    ("dataset", "actor_kinds"): ("dataset_actor_kind", "kind"),
    ("dataset", "support_kinds"): ("dataset_support_kind", "kind"),
    ("dataset", "counts"): ("dataset_count", ""),
}
# Links to other records, by record and field.
_LINKS = {("statement", "mentions"): "mention", ("support", "candidates"): "candidate"}
# Tables whose rows are deleted and inserted, never updated.
_PARTS = (*(table for table, _ in _LISTS.values()), *_LINKS.values())
# Each table after those it refers to.
_RECORDS = ("actor", *(type_.singular() for type_ in TYPES if type_ is not Actor))
_FORMER = ("former_id", "former_slug")

Row = dict[str, Any]
# Rows by the name of the table and the primary key.
Rows = Mapping[tuple[str, tuple[Any, ...]], Row]
# The ids of items in tables with ids, by table and values.
Numbers = dict[tuple[Any, ...], int]


def store(world: World, engine: Engine) -> None:
    """Creates the tables, and writes every revision of the data set."""
    upgrade(engine)
    worlds = list(world.past())[::-1]
    numbers: Numbers = {}
    with engine.begin() as connection:
        connection.execute(delete(_TABLES["revision"]))
        _defer_references(connection)
        for each in worlds:
            _write_revision(connection, each.revision)
            states = [each.before, *each.passed, each] if each.before else [each]
            rows = [_rows(state, numbers) for state in states]
            for before, after in pairwise(rows):
                _write(connection, before, after)
        enter_history(connection)
        count_all(connection)


def _defer_references(connection: Connection) -> None:
    """Defers foreign keys, because a support may repay one that is written later."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        return
    for table in _TABLES.values():
        for key in inspect(connection).get_foreign_keys(table.name):
            connection.exec_driver_sql(
                f"ALTER TABLE {table.name} ALTER CONSTRAINT {key['name']} "
                "DEFERRABLE INITIALLY DEFERRED"
            )


def _write_revision(connection: Connection, revision: Revision) -> None:
    connection.execute(insert(_TABLES["revision"]).values(vars(revision)))


def _write(connection: Connection, before: Rows, after: Rows) -> None:
    """Updates the tables from one state to the next, so that every reference stays valid."""
    gone = [place for place in before if place not in after]
    new = [place for place in after if place not in before]
    changed = [place for place in after if place in before and before[place] != after[place]]
    for name in (*_PARTS, *_FORMER):
        _delete(connection, [place for place in gone if place[0] == name])
    for name in (*_RECORDS, *_FORMER):
        for place in (place for place in new if place[0] == name):
            connection.execute(insert(_TABLES[name]).values(after[place]))
    for name, key in changed:
        table = _TABLES[name]
        row = after[name, key]
        connection.execute(update(table).where(*_has_key(table, key)).values(row))
    for name in _PARTS:
        for place in (place for place in new if place[0] == name):
            connection.execute(insert(_TABLES[name]).values(after[place]))
    for name in reversed(_RECORDS):
        _delete(connection, [place for place in gone if place[0] == name])


def _delete(connection: Connection, places: list[tuple[str, tuple[Any, ...]]]) -> None:
    for name, key in places:
        table = _TABLES[name]
        connection.execute(delete(table).where(*_has_key(table, key)))


def _has_key(table: Table, key: tuple[Any, ...]) -> Iterator[Any]:
    return (column == value for column, value in zip(table.primary_key, key, strict=True))


def _rows(world: World, numbers: Numbers) -> Rows:
    """Returns the rows of the tables in this state."""
    return {
        (name, tuple(row[column.name] for column in _TABLES[name].primary_key)): row
        for name, row in _named_rows(world, numbers)
    }


def _named_rows(world: World, numbers: Numbers) -> Iterator[tuple[str, Row]]:
    for record in world.records():
        yield record.singular(), {"id": record.row, **dict(_columns(record))}
    for record in world.records():
        yield from _parts(record, numbers)
    for former in world.former:
        name = "id" if isinstance(former.name, int) else "slug"
        row = {"record_type": former.type_.singular(), name: former.name, "record_id": former.row}
        yield f"former_{name}", row


def _parts(record: Record, numbers: Numbers) -> Iterator[tuple[str, Row]]:
    """Yields the rows of a record's lists and links."""
    near = {f"{record.singular()}_id": record.row}
    for name in record.own_fields:
        place = record.singular(), name
        for item in getattr(record, name) if place in _LISTS | _LINKS else ():
            if place in _LINKS:
                yield _LINKS[place], {**near, f"{item.singular()}_id": item.row}
                continue
            table, column = _LISTS[place]
            said = vars(item) if isinstance(item, Item) else {column: item}
            row = {**near, **{key: _stored(value) for key, value in said.items()}}
            if "id" in _TABLES[table].c:
                row["id"] = numbers.setdefault((table, *row.values()), len(numbers) + 1)
            yield table, row


def _columns(record: Record) -> Iterator[tuple[str, Any]]:
    """Yields the columns of a record with their values, without its lists."""
    for name in record.own_fields:
        value = getattr(record, name)
        if isinstance(value, Group):
            for part, known in vars(value).items():
                yield f"{name}_{part}", _stored(known)
        elif name in TO_ONE:
            yield f"{name}_id", value and value.row
        elif not isinstance(value, list):
            yield name, _stored(value)


def _stored(value: object) -> object:
    if isinstance(value, Date):
        return value.text
    return spelled(value) if isinstance(value, Decimal) else value
