"""Validates the values of a request and converts them to the form of their columns."""

import re
import unicodedata
from collections.abc import Callable
from functools import cache, partial
from typing import Any, NamedTuple

from schema.assessment import ComputedField
from schema.concepts import Attribute
from schema.operators import OPERATORS_BY_NAME, Takes
from schema.records.columns import Meaning, Scalar
from schema.values.canonical import canonical
from schema.values.dates import partial_date
from schema.values.decimals import canonical_decimal
from schema.vocabulary import Vocabulary
from service.errors import BadInput
from service.plan import Parameter
from service.planning.arguments import Argument, as_list

ReadValue = Callable[[Any], Any]

# No record has this id, because ids are positive. A malformed id is read as this one.
NO_ID = -1

# The id of a record is a table and a key: `actor_1`, `peace_treaty_12`.
_ID = re.compile(r"([a-z]+(?:_[a-z]+)*)_([1-9][0-9]{0,17})", re.ASCII)

# The id of a change has the revision and the id of the record: `change_12_actor_1`.
CHANGE_PREFIX = "change_"
_CHANGE_ID = re.compile(rf"{CHANGE_PREFIX}([1-9][0-9]{{0,17}})_(.*)", re.ASCII)


def read_text(value: str) -> str:
    """Returns a text that the database can store. Raises BadInput."""
    if "\0" in value:
        raise BadInput("A text contains the character NUL (U+0000); remove it.")
    return value


@cache
def read_id(table: str) -> ReadValue:
    """Returns a function that reads an opaque id of `table` as a key, and other texts as NO_ID."""

    def read(value: Any) -> int:
        found = _ID.fullmatch(str(value))
        return int(found[2]) if found and found[1] == table else NO_ID

    return read


def read_any_id(value: Any) -> tuple[str, int]:
    """Reads an opaque id as its table and key; any other text as NO_ID."""
    found = _ID.fullmatch(str(value))
    return (found[1], int(found[2])) if found else ("", NO_ID)


class NodeId(NamedTuple):
    """The meaning of an opaque id: a record, or the change that a revision made to it.

    `revision`: of the change; 0, which changed nothing, if the id is of the record itself.
    """

    table: str
    key: int
    revision: int


def read_node_id(value: Any) -> NodeId:
    """Reads the id of a record or of a change."""
    change = _CHANGE_ID.fullmatch(str(value))
    if change is None:
        return NodeId(*read_any_id(value), revision=0)
    return NodeId(*read_any_id(change[2]), revision=int(change[1]))


def read_date(value: str) -> str:
    """Reads a partial date, and returns its stored form."""
    return _checked(lambda text: partial_date(text).text, value)


def read_earliest(value: str) -> str:
    """Reads the first day that a partial date can mean."""
    return _checked(lambda text: partial_date(text).earliest, value)


def read_latest(value: str) -> str:
    """Reads the last day that a partial date can mean."""
    return _checked(lambda text: partial_date(text).latest, value)


def read_decimal(value: str) -> str:
    """Reads a decimal, and returns its canonical form."""
    return _checked(canonical_decimal, value)


def _checked(read: Callable[[str], str], value: str) -> str:
    try:
        return read(value)
    except ValueError as error:
        raise BadInput(str(error)) from None


def read_term(value: Any) -> str:
    """Returns the code of a term, which may be GraphQL's enum member or text."""
    return str(getattr(value, "value", value))


@cache
def _under(vocabulary: Vocabulary) -> ReadValue:
    return lambda value: list(vocabulary.under(read_term(value)))


def _plain_reader(meaning: Meaning) -> ReadValue:
    if meaning.vocabulary:
        return read_term
    readers: dict[Scalar, ReadValue] = {
        Scalar.INTEGER: int,
        Scalar.BOOLEAN: bool,
        Scalar.DATE: read_date,
        Scalar.DECIMAL: read_decimal,
    }
    return readers.get(meaning.scalar, read_text)


# These operators compare with a whole value; the others compare with a part of a value, or with its
# position in an order.
_WHOLE = frozenset({"eq", "ne", "in", "notIn"})


@cache
def _text_reader(attribute: Attribute | ComputedField, *, is_whole: bool) -> ReadValue:
    """Returns a function that reads a text in the spelling in which it is stored."""
    spell: Callable[[str], str] = partial(unicodedata.normalize, "NFC")
    if is_whole and isinstance(attribute, Attribute):
        spell = partial(canonical, attribute.column)
    return lambda value: spell(read_text(value))


@cache
def _each(read: ReadValue) -> ReadValue:
    return lambda values: [read(value) for value in values]


# "Before 2024" means before its first day, "after 2024" after its last.
_DATE_BOUNDS = {"lt": read_earliest, "gte": read_earliest, "lte": read_latest, "gt": read_latest}


def operand(attribute: Attribute | ComputedField, operator: str, source: Argument) -> Parameter:
    """Returns the operand of an operator on an attribute or a computed field."""
    meaning = attribute.meaning
    if operator == "under" and meaning.vocabulary:
        return Parameter(source, _under(meaning.vocabulary))
    if meaning.scalar is Scalar.DATE and operator in _DATE_BOUNDS:
        return Parameter(source, _DATE_BOUNDS[operator])
    if meaning.scalar is Scalar.TEXT:
        read = _text_reader(attribute, is_whole=operator in _WHOLE)
    elif meaning.scalar is Scalar.ID and isinstance(attribute, Attribute):
        read = read_id(attribute.column.table.name)
    else:
        read = _plain_reader(meaning)
    if OPERATORS_BY_NAME[operator].takes is Takes.MANY:
        return Parameter(as_list(source), _each(read))
    return Parameter(source, read)
