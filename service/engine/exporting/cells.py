"""The columns of an export: the type of their values, and how CSV writes a value."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Any

import orjson

from schema.records.columns import Scalar
from schema.vocabulary import Vocabulary

Record = Mapping[str, Any]
Cell = str | int | None

SEPARATOR = ";"

# A spreadsheet reads a text that begins with one of these as a formula; the last four are the
# full-width forms that some keyboards type.
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
    """One column: its name, its description, and a function that reads its value from a record.

    `fields`: the types of the fields of an object in a list. `terms`: the vocabulary of the values.
    """

    name: str
    description: str
    kind: Kind
    read: Callable[[Record], Any]
    fields: Mapping[str, Kind] = field(default_factory=dict)
    terms: Vocabulary | None = None

    def cells(self, records: Iterable[Record]) -> Iterable[Cell]:
        """Returns the values of these records as CSV writes them; None is an empty cell."""
        values = map(self.read, records)
        as_cells = _CELLS.get(self.kind)
        return as_cells(values) if as_cells else values


def as_text(text: str) -> str:
    """Puts a quote in front of a text that a spreadsheet would read as a formula.

    A text that begins with quotes and would be a formula without them gets one more, so a reader
    that removes one quote gets every text back.
    """
    return _QUOTE + text if text.lstrip(_QUOTE).startswith(_FORMULA) else text


# The first characters of texts that may need a quote: a quick test that most texts fail.
_PERHAPS = frozenset((*_FORMULA, _QUOTE))


_BOOLEANS = {None: None, False: "false", True: "true"}


def _text_cells(texts: Iterable[Any]) -> Iterable[Cell]:
    return [as_text(text) if text and text[0] in _PERHAPS else text for text in texts]


def _boolean_cells(values: Iterable[Any]) -> Iterable[Cell]:
    return map(_BOOLEANS.__getitem__, values)


def _texts_cells(lists: Iterable[Any]) -> Iterable[Cell]:
    return [as_text(SEPARATOR.join(map(str, texts))) if texts else None for texts in lists]


def _json_cells(values: Iterable[Any]) -> Iterable[Cell]:
    return [orjson.dumps(value).decode() if value else None for value in values]


_CELLS: Mapping[Kind, Callable[[Iterable[Any]], Iterable[Cell]]] = {
    Kind.TEXT: _text_cells,
    Kind.BOOLEAN: _boolean_cells,
    Kind.TEXTS: _texts_cells,
    Kind.OBJECTS: _json_cells,
    Kind.JSON: _json_cells,
}
