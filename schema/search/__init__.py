"""Search: what is searched, by which limits.

GraphQL types, REST and OpenAPI are derived from this; `entries.py` keeps the index of all texts,
`service/sql/search/` searches it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True)
class SearchedText:
    """A column with texts of a record: `near` is the key of the record in the table.

    `is_name`: whether errors in typing are forgiven.
    """

    table: str
    near: str
    column: str
    is_name: bool = False


@dataclass(frozen=True)
class SearchType:
    """A type of record that is found: its texts, the most important first."""

    concept: str
    table: str
    texts: tuple[SearchedText, ...]


# In the order in which hits of equal rank are listed.
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
# By the code of the type in the APIs. An entry has the place of its type, and that of its text.
SEARCH_TYPES: Mapping[str, SearchType] = MappingProxyType(
    {each.concept.upper(): each for each in _TYPES}
)

# The columns of an entry, in the order in which both databases take them.
ENTRY_COLUMNS = (
    *("size", "type", "field", "record_id", "text", "folded", "words"),
    *("from_revision", "until_revision"),
)

# Of a text that is searched for, in characters and in words.
TEXT_MOST, WORDS_MOST = 300, 32
# The most texts of each type that one search looks at, the shortest first: so its cost is bounded.
HITS_MOST = 100
# A beginning of at most so many letters is in the index of words itself. Of a longer one, the
# vocabulary has the words that begin so; of these the first are looked for, by their code points.
BEGINNING_INDEXED, BEGINNINGS_MOST = 4, 50
# A longer text is shown as the passage around its first match, in characters.
PASSAGE_MOST, BEFORE_MATCH = 300, 80
# Words of at least so many letters also find words of names that are alike.
FORGIVEN_LEAST = 5
