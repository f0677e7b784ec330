"""The index of words of migrations 0008 to 0010: sorted by size only, one for all types."""

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
