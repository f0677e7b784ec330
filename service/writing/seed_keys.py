"""Updates the data sets' keys of records when clients delete and merge records."""

from sqlalchemy import Connection
from sqlmodel import SQLModel

from schema.concepts import Concept
from schema.records import SeedKey
from schema.writing import shared_records
from service.writing.rows import delete_rows, find_value, update_rows

_SEED_KEYS = SQLModel.metadata.tables[str(SeedKey.__tablename__)]


def forget_key(connection: Connection, concept: Concept, record: int) -> None:
    """Removes the data sets' keys of a deleted record."""
    _forget_own(connection, concept, record)
    shared_records.forget(connection, concept.name, record)


def _forget_own(connection: Connection, concept: Concept, record: int) -> None:
    delete_rows(connection, _SEED_KEYS, {"concept": concept.name, "record_id": record})


def hand_on_key(connection: Connection, concept: Concept, record: int, to: int) -> None:
    """Moves a data set's key from a merged record to the record `to`.

    If a data set has a key of the record `to` already, removes the merged record's key instead.
    """
    shared_records.hand_on(connection, concept.name, record, to)
    present = {"concept": concept.name, "record_id": to}
    if find_value(connection, _SEED_KEYS, "key", present) is not None:
        _forget_own(connection, concept, record)
        return
    by = {"concept": concept.name, "record_id": record}
    update_rows(connection, _SEED_KEYS, {"record_id": to}, by)
