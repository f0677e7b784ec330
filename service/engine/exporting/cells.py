"""What a column is, which type its values have, and how CSV writes a value."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Any

import orjson

from schema.records.columns import Scalar
from schema.vocabulary import Vocabulary

Record = Mapping[str, Any]
Cell = str | int | None

SEPARATOR = ";"

# With these characters a spreadsheet begins a formula; some languages type them in full width.
_FORMULA = tuple("=+-@\t\r\n＝＋－＠")  # noqa: RUF001
_QUOTE = "'"


class Kind(Enum):
    """The type of the values of a column, as JSON has them."""

    TEXT = auto()
    """Any text: a spreadsheet may read it as a formula."""
    PLAIN = auto()
    """A term, an id or a time: nothing that a spreadsheet runs."""
    INTEGER = auto()
    BOOLEAN = auto()
    DECIMAL = auto()
    """An exact decimal, as text."""
    DATE = auto()
    """A date in EDTF, as text."""
    DAY = auto()
    """A day in ISO 8601, as text."""
    TEXTS = auto()
    """A list of texts or terms."""
    OBJECTS = auto()
    """A list of objects; `Column.fields` has their types."""
    JSON = auto()
    """Any other value."""


KINDS: Mapping[Scalar, Kind] = {
    Scalar.TEXT: Kind.TEXT,
    Scalar.INTEGER: Kind.INTEGER,
    Scalar.BOOLEAN: Kind.BOOLEAN,
    Scalar.DECIMAL: Kind.DECIMAL,
    Scalar.DATE: Kind.DATE,
    **dict.fromkeys((Scalar.ID, Scalar.TERM, Scalar.TIME), Kind.PLAIN),
}


@dataclass(frozen=True)
class Column:
    """One column: its name, what it says, and how to read its value from a record of a page.

    `fields`: the types of the objects in a list. `terms`: the values that there are.
    """

    name: str
    description: str
    kind: Kind
    read: Callable[[Record], Any]
    fields: Mapping[str, Kind] = field(default_factory=dict)
    terms: Vocabulary | None = None

    def cell(self, record: Record) -> Cell:
        """The value as CSV has it; None is an empty cell."""
        value = self.read(record)
        if value is None:
            return None
        match self.kind:
            case Kind.TEXT:
                return as_text(value)
            case Kind.BOOLEAN:
                return ("false", "true")[value]
            case Kind.TEXTS:
                return as_text(SEPARATOR.join(map(str, value))) if value else None
            case Kind.OBJECTS | Kind.JSON:
                return orjson.dumps(value).decode() if value else None
        plain: Cell = value
        return plain


def as_text(text: str) -> str:
    """The text with a quote in front if a spreadsheet would read it as a formula.

    So does a text that has such quotes already: who takes one quote away gets every text back.
    """
    return _QUOTE + text if text.lstrip(_QUOTE).startswith(_FORMULA) else text
