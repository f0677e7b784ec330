"""The data sets' own names for records, kept true while people delete and merge these."""

from sqlalchemy import Connection
from sqlmodel import SQLModel

from schema import shared_records
from schema.concepts import Concept
from schema.records import SeedKey
from service.writing.rows import delete_rows, find_value, update_rows

_SEED_KEYS = SQLModel.metadata.tables[str(SeedKey.__tablename__)]


def forget_key(connection: Connection, concept: Concept, record: int) -> None:
    """The record is gone; no data set has it."""
    _forget_own(connection, concept, record)
    shared_records.forget(connection, concept.name, record)


def _forget_own(connection: Connection, concept: Concept, record: int) -> None:
    delete_rows(connection, _SEED_KEYS, {"concept": concept.name, "record_id": record})


def hand_on_key(connection: Connection, concept: Concept, record: int, to: int) -> None:
    """What a data set calls one record is another now, unless a data set has that one already."""
    shared_records.hand_on(connection, concept.name, record, to)
    present = {"concept": concept.name, "record_id": to}
    if find_value(connection, _SEED_KEYS, "key", present) is not None:
        _forget_own(connection, concept, record)
        return
    by = {"concept": concept.name, "record_id": record}
    update_rows(connection, _SEED_KEYS, {"record_id": to}, by)
