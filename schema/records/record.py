"""What every record has in common."""

import re
from typing import Any, ClassVar

from sqlalchemy.orm import declared_attr
from sqlmodel import SQLModel

from schema.records import columns
from schema.records.collection import Collection


class Versioned(SQLModel):
    """A table of which every version of every row is kept, in a history table beside it."""


class Record(Versioned):
    """A row that can be asked for by its id."""

    __collection__: ClassVar[Collection]

    # Without this SQLite gives the id of a deleted last row again.
    __table_args__: Any = {"sqlite_autoincrement": True}

    id: int | None = columns.identity(
        "Opaque and stable: it never changes and is never given again."
    )

    @declared_attr  # type: ignore[arg-type]
    def __tablename__(cls) -> str:  # noqa: N805
        """`PeaceTreaty` -> `peace_treaty`: ids begin with it."""
        return re.sub("(?<!^)(?=[A-Z])", "_", cls.__name__).lower()
