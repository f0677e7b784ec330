"""The index of words as migration 0008 made it, until 0010: by size only, for all types at once."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

_SQLITE = (
    "CREATE VIRTUAL TABLE search_word USING fts5(folded, content='', columnsize=0, detail=none, "
    "tokenize='ascii', prefix='1 2 3')",
    "CREATE TRIGGER search_word_insert AFTER INSERT ON search_entry BEGIN "
    "INSERT INTO search_word (rowid, folded) VALUES (NEW.size << 40 | NEW.id, NEW.folded); END",
    "CREATE TRIGGER search_word_delete AFTER DELETE ON search_entry BEGIN "
    "INSERT INTO search_word (search_word, rowid, folded) "
    "VALUES ('delete', OLD.size << 40 | OLD.id, OLD.folded); END",
)
_POSTGRESQL = (
    "CREATE INDEX search_word ON search_entry "
    "USING gin (array_to_tsvector(string_to_array(btrim(folded), ' ')))",
)

CREATE_FIRST_WORDS: Mapping[str, Sequence[str]] = MappingProxyType(
    {"sqlite": _SQLITE, "postgresql": _POSTGRESQL}
)
