"""Checks the search index."""

from collections.abc import Mapping

from sqlalchemy import Engine, func, select
from sqlmodel import SQLModel

from schema.records import SearchEntry
from schema.search.words import CREATE_WORDS
from service.errors import AllyGraphError

_ENTRIES = SQLModel.metadata.tables[str(SearchEntry.__tablename__)]
# Counts the existing parts of the index of words.
_PARTS: Mapping[str, str] = {
    "sqlite": "SELECT count(*) FROM sqlite_master WHERE name IN "
    "('search_word', 'search_word_insert', 'search_word_delete')",
    "postgresql": "SELECT count(*) FROM pg_index WHERE indexrelid = ANY (ARRAY(SELECT "
    "to_regclass('search_word_' || place) FROM generate_series(0, 99) AS place))",
}


def search_index(engine: Engine) -> str:
    """Reports the number of texts. Raises AllyGraphError if a part of the index is missing."""
    database = engine.dialect.name
    with engine.connect() as connection:
        parts = connection.exec_driver_sql(_PARTS[database]).scalar_one()
        texts = connection.scalar(select(func.count()).select_from(_ENTRIES))
    if parts != sum(each.startswith("CREATE") for each in CREATE_WORDS[database]):
        raise AllyGraphError(
            "the index search_word is incomplete, so search fails or is slow; restore a backup, or "
            "go back to migration 0007 and migrate again"
        )
    return f"{texts} texts are indexed"
