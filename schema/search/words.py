"""The index of the words of all entries, as each database has it.

Both find the entries with some words, or with words that begin with them. Neither folds or divides
anything: the words are those of `schema.folding`.
"""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

WORDS = "search_word"

# SQLite reads the entries of an FTS5 table in the order of their keys, and stops once it has
# enough: so the key of the shortest text is the least. The rest of it is the key of the entry.
ENTRY_BITS = 40


# Only for words without positions, and without the text: that is in the entry.
_SQLITE = (
    "CREATE VIRTUAL TABLE search_word USING fts5(folded, content='', columnsize=0, detail=none, "
    "tokenize='ascii', prefix='1 2 3')",
    "CREATE TRIGGER search_word_insert AFTER INSERT ON search_entry BEGIN "
    "INSERT INTO search_word (rowid, folded) VALUES (NEW.size << 40 | NEW.id, NEW.folded); END",
    "CREATE TRIGGER search_word_delete AFTER DELETE ON search_entry BEGIN "
    "INSERT INTO search_word (search_word, rowid, folded) "
    "VALUES ('delete', OLD.size << 40 | OLD.id, OLD.folded); END",
)

# The lexemes are the words, whatever the languages and the locale of the server.
_POSTGRESQL = (
    "CREATE INDEX search_word ON search_entry "
    "USING gin (array_to_tsvector(string_to_array(btrim(folded), ' ')))",
)

CREATE_WORDS: Mapping[str, Sequence[str]] = MappingProxyType(
    {"sqlite": _SQLITE, "postgresql": _POSTGRESQL}
)


def is_of_words(name: str | None) -> bool:
    """Whether a table or an index is a part of this index, which SQLAlchemy does not have."""
    return name is not None and name.startswith(WORDS)
