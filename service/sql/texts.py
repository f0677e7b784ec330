"""Texts in a statement: ours stand in it as they are, those that came with a request are bound."""

from collections.abc import Iterable, Iterator

from sqlalchemy import Text, bindparam, literal_column

from schema.assessment import Computed
from schema.concepts import CONCEPTS, Group, Member, Owned
from service.sql.dialect import Expression


def _names(members: Iterable[Member]) -> Iterator[str]:
    for member in members:
        yield member.name
        match member:
            case Group(attributes=inner) | Owned(attributes=inner) | Computed(fields=inner):
                yield from inner


# Every key that an answer has by itself. Any other is an alias, which came with a request.
_OWN_KEYS = frozenset(
    {"edges", "node", "nodes", "cursor", "pageInfo", "totalCount", "data", "page", "__typename"}
    | {"hasNextPage", "hasPreviousPage", "startCursor", "endCursor"}
    | {name for concept in CONCEPTS.values() for name in _names(concept.members.values())}
)


def own_text(text: str) -> Expression:
    """A text of ours, in the statement itself. Never for anything that came with a request."""
    return literal_column(f"'{text}'", Text())


def fixed_text(text: str) -> Expression:
    """A text that is the same in every request of the plan, but bound like a value."""
    return bindparam(None, text, type_=Text())


def key_text(key: str) -> Expression:
    """The key of an object."""
    return own_text(key) if key in _OWN_KEYS else fixed_text(key)


def key_piece(key: str) -> str | Expression:
    """The key of an object as JSON has it, with its colon."""
    json = f'"{key}":'
    return json if key in _OWN_KEYS else fixed_text(json)
