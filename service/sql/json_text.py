"""JSON put together as text: what is the same in every database that writes it so.

A database sets pieces one behind the other: texts of ours, and expressions whose text is JSON.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from sqlalchemy import case, func

from service.sql.dialect import Content, Expression, Json, Order, Pairs, Piece
from service.sql.texts import own_text

# Null is a word of JSON here: a null of SQL is no text, or swallows the text around it.
NULL = own_text("null")


class JsonText(ABC):
    """What follows from how a database writes objects and arrays."""

    @abstractmethod
    def json_object(self, pairs: Pairs) -> Json:
        """As in `Dialect`."""

    @abstractmethod
    def json_array(self, item: Content, order: Order) -> Json:
        """As in `Dialect`."""

    @abstractmethod
    def answer(self, json: Content) -> Expression:
        """As in `Dialect`."""

    def json_where(self, condition: Expression, json: Json) -> Json:
        """Either the text, or the word for null."""
        return Json((case((condition, self.answer(json)), else_=NULL),))

    def list_text(self, item: Content, order: Order) -> Expression:
        """JSON is written without white space anyway."""
        return func.nullif(self.answer(self.json_array(item, order)), own_text("[]"))


def object_of(members: Iterable[Sequence[Piece]]) -> Json:
    """Members, each with its key, between braces."""
    pieces: list[Piece] = ["{"]
    for number, member in enumerate(members):
        pieces += [*([","] if number else []), *member]
    return Json((*pieces, "}"))


def chained(pieces: Iterable[Piece]) -> Expression:
    """The pieces, one behind the other: null where one of them is."""
    whole, *rest = expressions(pieces)
    for piece in rest:
        whole = whole.concat(piece)
    return whole


def expressions(pieces: Iterable[Piece]) -> Iterator[Expression]:
    """The pieces as SQL; texts of ours that meet become one."""
    for ours, run in groupby(pieces, key=lambda piece: isinstance(piece, str)):
        if ours:
            yield own_text("".join(str(piece) for piece in run))
        else:
            yield from (piece for piece in run if not isinstance(piece, str))
