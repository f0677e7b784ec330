"""The search index: every searchable text, folded, with the revisions in which it is valid."""

from typing import Any

from sqlalchemy import DDL, Index, event
from sqlmodel import Field, SQLModel

from schema.records.sql_types import BIG_INTEGER, TEXT
from schema.search.words import CREATE_WORDS


class SearchEntry(SQLModel, table=True):
    """A text of a record, from one revision until another.

    `type` and `field` are positions in `schema.search`: of the record type, and of the text in it.
    `folded` has the words of the text; `words` has each word with its start and end, as JSON.
    `size` is the number of characters of `folded`.
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
    """A word of a current or former text that is longer than the indexed prefixes."""

    __tablename__ = "search_vocabulary"
    __table_args__ = {"sqlite_with_rowid": False}

    word: str = Field(primary_key=True, sa_type=TEXT)


class SearchForm(SQLModel, table=True):
    """A form of a word of a current or former name. Similar words share a form."""

    __tablename__ = "search_form"

    form: str = Field(primary_key=True, sa_type=TEXT)
    word: str = Field(primary_key=True, sa_type=TEXT)


def _with_words(table: Any) -> None:
    """Creates the index of words after the table."""
    for dialect, statements in CREATE_WORDS.items():
        for statement in statements:
            made: Any = DDL(statement)  # type: ignore[no-untyped-call]
            event.listen(table, "after_create", made.execute_if(dialect=dialect))


_with_words(SQLModel.metadata.tables["search_entry"])
