"""How a value that came in is read for the database: checked, and in the form of its column."""

import re
from collections.abc import Callable
from typing import Any

from schema.concepts import Attribute
from schema.dates import partial_date
from schema.decimals import canonical_decimal
from schema.operators import OPERATORS_BY_NAME, Takes
from schema.records.columns import Meaning, Scalar
from schema.vocabulary import Vocabulary
from service.errors import BadInput
from service.plan import Parameter
from service.planning.arguments import Argument, as_list

Reader = Callable[[Any], Any]

# Ids are positive: this one stands for "no such record" where an id is malformed.
NO_ID = -1

# A table and a key: `actor_1`, `peace_treaty_12`.
_ID = re.compile(r"([a-z]+(?:_[a-z]+)*)_([1-9][0-9]{0,17})", re.ASCII)


def read_text(value: str) -> str:
    """Text that the database can hold."""
    if "\0" in value:
        raise BadInput("A text holds the character NUL (U+0000); leave it out.")
    return value


def read_id(table: str) -> Reader:
    """An opaque id of a record of `table` -> its key; any other text -> a key no record has."""

    def read(value: Any) -> int:
        found = _ID.fullmatch(str(value))
        return int(found[2]) if found and found[1] == table else NO_ID

    return read


def read_any_id(value: Any) -> tuple[str, int]:
    """An opaque id -> its table and key, whatever record it is of."""
    found = _ID.fullmatch(str(value))
    return (found[1], int(found[2])) if found else ("", NO_ID)


def read_date(value: str) -> str:
    """A partial date as it is stored."""
    return _checked(lambda text: partial_date(text).text, value)


def read_earliest(value: str) -> str:
    """The first day a partial date can mean."""
    return _checked(lambda text: partial_date(text).earliest, value)


def read_latest(value: str) -> str:
    """The last day a partial date can mean."""
    return _checked(lambda text: partial_date(text).latest, value)


def read_decimal(value: str) -> str:
    """A decimal in its one spelling."""
    return _checked(canonical_decimal, value)


def _checked(read: Callable[[str], str], value: str) -> str:
    try:
        return read(value)
    except ValueError as error:
        raise BadInput(str(error)) from None


def read_term(value: Any) -> str:
    """The code of a term, from GraphQL's enum member or from text."""
    return str(getattr(value, "value", value))


def _under(vocabulary: Vocabulary) -> Reader:
    return lambda value: list(vocabulary.under(read_term(value)))


def _plain_reader(table: str, meaning: Meaning) -> Reader:
    if meaning.vocabulary:
        return read_term
    if meaning.scalar is Scalar.ID:
        return read_id(table)
    readers: dict[Scalar, Reader] = {
        Scalar.INTEGER: int,
        Scalar.BOOLEAN: bool,
        Scalar.DATE: read_date,
        Scalar.DECIMAL: read_decimal,
    }
    return readers.get(meaning.scalar, read_text)


# "Before 2024" is before its first day, "after 2024" after its last.
_DATE_BOUNDS = {"lt": read_earliest, "gte": read_earliest, "lte": read_latest, "gt": read_latest}


def operand(attribute: Attribute, operator: str, source: Argument) -> Parameter:
    """What an attribute is compared with by an operator."""
    meaning = attribute.meaning
    if operator == "under" and meaning.vocabulary:
        return Parameter(source, _under(meaning.vocabulary))
    if meaning.scalar is Scalar.DATE and operator in _DATE_BOUNDS:
        return Parameter(source, _DATE_BOUNDS[operator])
    read = _plain_reader(attribute.column.table.name, meaning)
    if OPERATORS_BY_NAME[operator].takes is Takes.MANY:
        return Parameter(as_list(source), lambda values: [read(value) for value in values])
    return Parameter(source, read)
