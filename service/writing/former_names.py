"""Former slugs and ids of records: stored when a record is renamed or merged into another."""

from typing import Any

from sqlalchemy import Connection
from sqlmodel import SQLModel

from schema.concepts import Concept
from schema.records import FormerId, FormerSlug
from service.writing.rows import delete_rows, find_value, insert_row, update_rows

SLUGS = SQLModel.metadata.tables[str(FormerSlug.__tablename__)]
IDS = SQLModel.metadata.tables[str(FormerId.__tablename__)]
_TABLES = {"slug": SLUGS, "id": IDS}


def former_owner(connection: Connection, concept: Concept, name: str, value: Any) -> int | None:
    """The key of the record to which a former id or slug leads, even if the record was deleted."""
    table = _TABLES.get(name)
    if table is None:
        return None
    by = {"record_type": concept.table.name, name: value}
    found: int | None = find_value(connection, table, "record_id", by)
    return found


def find_former(connection: Connection, concept: Concept, name: str, value: Any) -> int | None:
    """The key of the existing record to which a former id or slug leads; None if there is none."""
    owner = former_owner(connection, concept, name, value)
    if owner is None:
        return None
    found: int | None = find_value(connection, concept.table, "id", {"id": owner})
    return found


def remember_slug(
    connection: Connection, concept: Concept, key: int, before: str, after: str
) -> None:
    """Stores a record's slug `before` as a former one, and removes `after` from the former ones.

    A record may take back a slug that it had before.
    """
    record_type = {"record_type": concept.table.name}
    delete_rows(connection, SLUGS, {**record_type, "slug": after})
    insert_row(connection, SLUGS, {**record_type, "slug": before, "record_id": key})


def pass_on_names(
    connection: Connection, concept: Concept, merged: int, kept: int, slug: str | None = None
) -> None:
    """Makes the id, the slug and all former names of a merged record lead to the kept record."""
    record_type = {"record_type": concept.table.name}
    for table in _TABLES.values():
        by = {**record_type, "record_id": merged}
        update_rows(connection, table, {"record_id": kept}, by)
    insert_row(connection, IDS, {**record_type, "id": merged, "record_id": kept})
    if slug is not None:
        insert_row(connection, SLUGS, {**record_type, "slug": slug, "record_id": kept})
