"""A table whose rows have a history, as the triggers need to know it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class KeptTable:
    """A table and its history: the columns a version is written with, and the key of a row.

    `is_record`: whether its rows are records. Parts of a record have no tombstones of their own.
    """

    name: str
    history: str
    columns: tuple[str, ...]
    key: tuple[str, ...]
    is_record: bool
