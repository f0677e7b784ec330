"""The base class of all records."""

from typing import Any, ClassVar

from sqlalchemy.orm import declared_attr
from sqlmodel import SQLModel

from schema.nouns import snake_case
from schema.records import columns
from schema.records.collection import Collection


class Versioned(SQLModel):
    """A table with a history table that has every version of every row."""


class Record(Versioned):
    """A row that clients can fetch by its id."""

    __collection__: ClassVar[Collection]

    # Without AUTOINCREMENT, SQLite reuses the id of the last row after it is deleted.
    __table_args__: Any = {"sqlite_autoincrement": True}

    id: int | None = columns.identity("Opaque identifier. It never changes and is never reused.")

    @declared_attr  # type: ignore[arg-type]
    def __tablename__(cls) -> str:  # noqa: N805
        """The name of the table, with which ids begin: `peace_treaty` for `PeaceTreaty`."""
        return snake_case(cls.__name__)
