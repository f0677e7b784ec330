"""Builds JSON as text, for the dialects that do so.

A dialect concatenates pieces: constant texts, and expressions whose value is JSON text.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from sqlalchemy import case, func

from service.sql.chains import concatenated
from service.sql.dialect import Content, Expression, Json, Order, Pairs, Piece
from service.sql.texts import own_text

# The text "null": concatenation with SQL's null returns null, or omits it.
NULL = own_text("null")


class JsonText(ABC):
    """Derives other methods of `Dialect` from the methods for objects and arrays."""

    @abstractmethod
    def json_object(self, pairs: Pairs) -> Json:
        """Implements `Dialect`."""

    @abstractmethod
    def json_array(self, item: Content, order: Order) -> Json:
        """Implements `Dialect`."""

    @abstractmethod
    def answer(self, json: Content) -> Expression:
        """Implements `Dialect`."""

    def json_where(self, condition: Expression, json: Json) -> Json:
        """The JSON, or the text `null` instead of SQL's null."""
        return Json((case((condition, self.answer(json)), else_=NULL),))

    def list_text(self, item: Content, order: Order) -> Expression:
        """The array as text; arrays in this dialect have no white space."""
        return func.nullif(self.answer(self.json_array(item, order)), own_text("[]"))


def object_of(members: Iterable[Sequence[Piece]]) -> Json:
    """A JSON object as pieces, with each member's key and value."""
    pieces: list[Piece] = ["{"]
    for number, member in enumerate(members):
        pieces += [*([","] if number else []), *member]
    return Json((*pieces, "}"))


def array_of(values: Iterable[Sequence[Piece]]) -> Json:
    """A JSON array as pieces."""
    pieces: list[Piece] = ["["]
    for number, value in enumerate(values):
        pieces += [*([","] if number else []), *value]
    return Json((*pieces, "]"))


def chained(pieces: Iterable[Piece]) -> Expression:
    """Concatenates the pieces; the result is null if a piece is null."""
    return concatenated(expressions(pieces))


def expressions(pieces: Iterable[Piece]) -> Iterator[Expression]:
    """The pieces as SQL expressions, with adjacent constants merged."""
    for is_text, run in groupby(pieces, key=lambda piece: isinstance(piece, str)):
        if is_text:
            yield own_text("".join(str(piece) for piece in run))
        else:
            yield from (piece for piece in run if not isinstance(piece, str))
