"""Texts and numbers in a statement: constants become literals, texts of a request are bound."""

from collections.abc import Iterable, Iterator

from sqlalchemy import Integer, Text, bindparam, literal_column

from schema.assessment import Computed
from schema.concepts import CONCEPTS, Group, Member, Owned
from service.sql.dialect import Expression


def _names(members: Iterable[Member]) -> Iterator[str]:
    for member in members:
        yield member.name
        match member:
            case Group(attributes=inner) | Owned(attributes=inner) | Computed(fields=inner):
                yield from inner


# The keys that the schema defines. Any other key is an alias of a request, and is bound.
_SCHEMA_KEYS = frozenset(
    {
        "edges",
        "node",
        "nodes",
        "cursor",
        "pageInfo",
        "totalCount",
        "unknownCount",
        "data",
        "page",
        "__typename",
        # The keys of the hits of a search.
        "matches",
        "start",
        "end",
    }
    | {"hasNextPage", "hasPreviousPage", "startCursor", "endCursor"}
    | {name for concept in CONCEPTS.values() for name in _names(concept.members.values())}
)


def own_text(text: str) -> Expression:
    """Writes a constant text as an SQL literal. Never use it for a text of a request."""
    return literal_column(f"'{text}'", Text())


def number(value: int) -> Expression:
    """Writes a constant number as an SQL literal. Never use it for a number of a request."""
    return literal_column(str(value), Integer())


def fixed_text(text: str) -> Expression:
    """Binds a text of the plan, because it may come from a request."""
    return bindparam(None, text, type_=Text())


def key_text(key: str) -> Expression:
    """Returns the key of a JSON object as text."""
    return own_text(key) if key in _SCHEMA_KEYS else fixed_text(key)


def key_piece(key: str) -> str | Expression:
    """Returns the key of a JSON object with quotes and colon."""
    json = f'"{key}":'
    return json if key in _SCHEMA_KEYS else fixed_text(json)
