"""Search: the searched record types and texts, and the limits.

GraphQL types, REST and OpenAPI are derived from this; `entries.py` maintains the index of all
texts, and `service/sql/search/` searches it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True)
class SearchedText:
    """A column with texts of a record. `near`: the column with the id of the record.

    `is_name`: whether similar words match too, so that typing errors are tolerated.
    """

    table: str
    near: str
    column: str
    is_name: bool = False


@dataclass(frozen=True)
class SearchType:
    """A searched record type, and its texts in order of importance."""

    concept: str
    table: str
    texts: tuple[SearchedText, ...]


# The order in which hits of equal rank are listed.
_TYPES = (
    SearchType(
        "Actor",
        "actor",
        (
            SearchedText("actor", "id", "name", is_name=True),
            SearchedText("actor_alias", "actor_id", "name", is_name=True),
            SearchedText("actor_code", "actor_id", "value"),
        ),
    ),
    SearchType(
        "Conflict",
        "conflict",
        (
            SearchedText("conflict", "id", "name", is_name=True),
            SearchedText("conflict_code", "conflict_id", "value"),
        ),
    ),
    SearchType(
        "Dataset",
        "dataset",
        (SearchedText("dataset", "id", "title"), SearchedText("dataset", "id", "slug")),
    ),
    SearchType("Support", "support", (SearchedText("support", "id", "summary"),)),
    SearchType("Statement", "statement", (SearchedText("statement", "id", "text"),)),
    SearchType("Source", "source", (SearchedText("source", "id", "title"),)),
)
# By the code of the type in the APIs. An entry stores the positions of its type and its text.
SEARCH_TYPES: Mapping[str, SearchType] = MappingProxyType(
    {each.concept.upper(): each for each in _TYPES}
)

# The columns of an entry, in the order in which both databases insert them.
ENTRY_COLUMNS = (
    *("size", "type", "field", "record_id", "text", "folded", "words"),
    *("from_revision", "until_revision"),
)

# The maximum length of the searched text, in characters and in words.
TEXT_MOST, WORDS_MOST = 300, 32
# The maximum number of texts of each type that one search reads, the shortest first, which limits
# its cost.
HITS_MOST = 100
# The index of words has prefixes of up to this many letters. For a longer prefix, the vocabulary
# has the words that begin with it, and up to this many of them, the first by code point, are
# searched.
BEGINNING_INDEXED, BEGINNINGS_MOST = 4, 50
# A longer text is shown as a passage around its first match. Both are in characters.
PASSAGE_MOST, BEFORE_MATCH = 300, 80
# Words of this many letters or more also match similar words of names.
FORGIVEN_LEAST = 5
