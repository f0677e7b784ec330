"""The conflicts in the database, by their codes."""

from sqlalchemy import Connection, select
from sqlmodel import SQLModel

from schema.records import Conflict
from schema.records.conflict import ConflictCode
from seeds.tables import KEYS, id_of_data_set

_CONFLICTS, _CODES = (
    SQLModel.metadata.tables[str(table.__tablename__)] for table in (Conflict, ConflictCode)
)


class Conflicts:
    """The conflicts that the imported data set does not own."""

    def __init__(self, connection: Connection, data_set: str) -> None:
        own = select(KEYS.c.record_id).where(
            KEYS.c.dataset_id == id_of_data_set(connection, data_set),
            KEYS.c.concept == Conflict.__name__,
        )
        codes = (
            select(_CODES.c.scheme, _CODES.c.value, _CONFLICTS.c.slug)
            .join_from(_CODES, _CONFLICTS, _CODES.c.conflict_id == _CONFLICTS.c.id)
            .where(_CONFLICTS.c.id.not_in(own))
        )
        self._slugs = {(scheme, value): slug for scheme, value, slug in connection.execute(codes)}

    def find(self, scheme: str, value: str) -> str | None:
        """Returns the slug of the conflict with a code, if any."""
        return self._slugs.get((scheme, value))
