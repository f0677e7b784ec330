"""Supports that some of several candidates give: how a statement recognises them."""

from sqlmodel import SQLModel

from service.sql.dialect import Expression, Source
from service.sql.texts import own_text

CANDIDATES = SQLModel.metadata.tables["candidate"]


def is_possible(supports: Source) -> Expression:
    """Whether a row is of supports that some of several candidates give.

    In this form a partial index finds them.
    """
    is_it: Expression = supports.c.attribution == own_text("SOME_OF")
    return is_it
