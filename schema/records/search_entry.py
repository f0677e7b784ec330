"""The index of search: every text that can be found, folded, and when its record had it."""

from typing import Any

from sqlalchemy import DDL, Index, event
from sqlmodel import Field, SQLModel

from schema.records.sql_types import BIG_INTEGER, TEXT
from schema.search.words import CREATE_WORDS


class SearchEntry(SQLModel, table=True):
    """A text that a record had from one revision until another.

    `type` and `field` are places in `schema.search`: which record, and which of its texts. `folded`
    has the words of the text, `words` each of them with its start and end, as JSON. `size` is the
    number of characters of `folded`.
    """

    __tablename__ = "search_entry"
    __table_args__ = (
        Index("ix_search_entry_record", "type", "record_id"),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, primary_key=True, sa_type=BIG_INTEGER)
    type: int
    record_id: int = Field(sa_type=BIG_INTEGER)
    field: int
    text: str = Field(sa_type=TEXT)
    folded: str = Field(sa_type=TEXT)
    size: int
    words: str = Field(sa_type=TEXT)
    from_revision: int = Field(sa_type=BIG_INTEGER)
    until_revision: int = Field(sa_type=BIG_INTEGER)


class SearchVocabulary(SQLModel, table=True):
    """A word that some text has or had, if it is longer than a beginning that the index has."""

    __tablename__ = "search_vocabulary"
    __table_args__ = {"sqlite_with_rowid": False}

    word: str = Field(primary_key=True, sa_type=TEXT)


class SearchForm(SQLModel, table=True):
    """A form of a word that some name has or had; words that share one are alike."""

    __tablename__ = "search_form"

    form: str = Field(primary_key=True, sa_type=TEXT)
    word: str = Field(primary_key=True, sa_type=TEXT)


def _with_words(table: Any) -> None:
    """The index of words is made with the table."""
    for dialect, statements in CREATE_WORDS.items():
        for statement in statements:
            made: Any = DDL(statement)  # type: ignore[no-untyped-call]
            event.listen(table, "after_create", made.execute_if(dialect=dialect))


_with_words(SQLModel.metadata.tables["search_entry"])
