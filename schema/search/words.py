"""The index of the words of all entries, in the SQL of each database.

Both find entries by words, or by prefixes of words. Neither folds or splits text: the words are
those of `schema.values.folding`.
"""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from schema.search import BEGINNING_INDEXED, SEARCH_TYPES

WORDS = "search_word"

# SQLite reads the entries of an FTS5 table in the order of their keys, and stops when it has
# enough. A key therefore consists of the record type, the size of the text, and the id of the
# entry.
ENTRY_BITS, SIZE_BITS = 40, 20


def _key(row: str) -> str:
    size = f"min({row}.size, {2**SIZE_BITS - 1})"
    return f"({row}.type << {SIZE_BITS + ENTRY_BITS}) + ({size} << {ENTRY_BITS}) + {row}.id"


# Without positions of words and without the text, which the entry has.
_SQLITE = (
    "CREATE VIRTUAL TABLE search_word USING fts5(folded, content='', columnsize=0, detail=none, "
    f"tokenize='ascii', prefix='{' '.join(map(str, range(1, BEGINNING_INDEXED + 1)))}')",
    # SQLite jumps to a page in the list of a common word, and reads the page from its beginning.
    "INSERT INTO search_word (search_word, rank) VALUES ('pgsz', 512)",
    "CREATE TRIGGER search_word_insert AFTER INSERT ON search_entry BEGIN "
    f"INSERT INTO search_word (rowid, folded) VALUES ({_key('NEW')}, NEW.folded); END",
    "CREATE TRIGGER search_word_delete AFTER DELETE ON search_entry BEGIN "
    "INSERT INTO search_word (search_word, rowid, folded) "
    f"VALUES ('delete', {_key('OLD')}, OLD.folded); END",
)

# The lexemes are the folded words, independent of languages and the server's locale. Each type has
# an index, so that the few names are found without reading the hits in texts.
_POSTGRESQL = tuple(
    f"CREATE INDEX search_word_{place} ON search_entry "
    f"USING gin (array_to_tsvector(string_to_array(btrim(folded), ' '))) WHERE type = {place}"
    for place in range(len(SEARCH_TYPES))
)

CREATE_WORDS: Mapping[str, Sequence[str]] = MappingProxyType(
    {"sqlite": _SQLITE, "postgresql": _POSTGRESQL}
)


def is_of_words(name: str | None) -> bool:
    """Whether a table or an index belongs to this index, which SQLAlchemy's metadata lacks."""
    return name is not None and name.startswith(WORDS)
