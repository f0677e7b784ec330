"""The index of the words of all entries, as each database has it.

Both find the entries with some words, or with words that begin with them. Neither folds or divides
anything: the words are those of `schema.folding`.
"""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from schema.search import BEGINNING_INDEXED, SEARCH_TYPES

WORDS = "search_word"

# SQLite reads the entries of an FTS5 table in the order of their keys, and stops once it has
# enough. So a key has the type of the record, the size of the text, and the key of the entry.
ENTRY_BITS, SIZE_BITS = 40, 20


def _key(row: str) -> str:
    size = f"min({row}.size, {2**SIZE_BITS - 1})"
    return f"({row}.type << {SIZE_BITS + ENTRY_BITS}) + ({size} << {ENTRY_BITS}) + {row}.id"


# Only for words without positions, and without the text: that is in the entry.
_SQLITE = (
    "CREATE VIRTUAL TABLE search_word USING fts5(folded, content='', columnsize=0, detail=none, "
    f"tokenize='ascii', prefix='{' '.join(map(str, range(1, BEGINNING_INDEXED + 1)))}')",
    # In the list of a common word SQLite jumps to a page, and reads that from its beginning.
    "INSERT INTO search_word (search_word, rank) VALUES ('pgsz', 512)",
    "CREATE TRIGGER search_word_insert AFTER INSERT ON search_entry BEGIN "
    f"INSERT INTO search_word (rowid, folded) VALUES ({_key('NEW')}, NEW.folded); END",
    "CREATE TRIGGER search_word_delete AFTER DELETE ON search_entry BEGIN "
    "INSERT INTO search_word (search_word, rowid, folded) "
    f"VALUES ('delete', {_key('OLD')}, OLD.folded); END",
)

# The lexemes are the words, whatever the languages and the locale of the server. An index for each
# type: names are few, and are found without reading what is found of texts.
_POSTGRESQL = tuple(
    f"CREATE INDEX search_word_{place} ON search_entry "
    f"USING gin (array_to_tsvector(string_to_array(btrim(folded), ' '))) WHERE type = {place}"
    for place in range(len(SEARCH_TYPES))
)

CREATE_WORDS: Mapping[str, Sequence[str]] = MappingProxyType(
    {"sqlite": _SQLITE, "postgresql": _POSTGRESQL}
)


def is_of_words(name: str | None) -> bool:
    """Whether a table or an index is a part of this index, which SQLAlchemy does not have."""
    return name is not None and name.startswith(WORDS)
