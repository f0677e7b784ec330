"""What every record has in common."""

from typing import Any

from sqlmodel import SQLModel

from schema.records import columns


class Record(SQLModel):
    """A row that can be asked for by its id."""

    # Without this SQLite gives the id of a deleted last row again.
    __table_args__: Any = {"sqlite_autoincrement": True}

    id: int | None = columns.identity(
        "Opaque and stable: it never changes and is never given again."
    )
