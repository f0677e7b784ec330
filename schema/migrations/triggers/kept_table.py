"""The description of a table with a history, for the triggers."""

from dataclasses import dataclass


@dataclass(frozen=True)
class KeptTable:
    """A table and its history: the columns of a version, and the key of a row.

    `is_record`: whether the rows are records. Parts of a record have no tombstones.
    """

    name: str
    history: str
    columns: tuple[str, ...]
    key: tuple[str, ...]
    is_record: bool
