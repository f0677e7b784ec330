"""Revisions: the states that the data has been in."""

from sqlmodel import SQLModel

from schema.records import columns


class Revision(SQLModel, table=True):
    """One write: number 0 is the empty data set, each later one a transaction."""

    number: int = columns.integer("Counts up by one with each write.", primary_key=True)
    time: str = columns.time("When it was written.")
    author: str = columns.text("Who wrote it.", limit=200)
    message: str | None = columns.text("What it changed, in a sentence.", limit=2000, default=None)
