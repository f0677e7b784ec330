"""Writes a data set of plain objects into the tables of a database."""

from collections.abc import Iterator
from dataclasses import fields
from decimal import Decimal
from typing import Any

from sqlalchemy import Engine, insert
from sqlmodel import SQLModel

from schema import records

from .values import Date, spelled
from .world import TO_ONE, Quantity, Record, World

TABLES: dict[str, type[SQLModel]] = {
    "Actor": records.Actor,
    "Membership": records.Membership,
    "Dataset": records.Dataset,
    "Source": records.Source,
    "Statement": records.Statement,
    "Support": records.Support,
    "Evidence": records.Evidence,
}


def store(world: World, engine: Engine) -> None:
    """Makes the tables and writes every record."""
    SQLModel.metadata.create_all(engine)
    with engine.begin() as connection:
        for table, row in _rows(world):
            connection.execute(insert(table).values(row))


def _rows(world: World) -> Iterator[tuple[type[SQLModel], dict[str, Any]]]:
    for record in world.records():
        yield TABLES[type(record).__name__], dict(_columns(record))
    for actor in world.actors:
        for name in actor.aliases:
            yield records.ActorAlias, {"actor_id": actor.row, "name": name}
        for code in actor.codes:
            row = {"actor_id": actor.row, "scheme": code.scheme, "value": code.value}
            yield records.ActorCode, row
    for statement in world.statements:
        for actor in statement.mentions:
            yield records.Mention, {"statement_id": statement.row, "actor_id": actor.row}
    for revision in world.revisions:
        yield records.Revision, vars(revision)


def _columns(record: Record) -> Iterator[tuple[str, Any]]:
    """The columns of a record. What it holds a list of stands in other tables."""
    for field in fields(record):
        value = getattr(record, field.name)
        if isinstance(value, Quantity):
            for part in fields(value):
                yield f"quantity_{part.name}", _stored(getattr(value, part.name))
        elif field.name in TO_ONE:
            yield f"{field.name}_id", value and value.row
        elif not isinstance(value, list):
            yield {"row": "id"}.get(field.name, field.name), _stored(value)


def _stored(value: object) -> object:
    if isinstance(value, Date):
        return value.text
    return spelled(value) if isinstance(value, Decimal) else value
