"""Recognises supports that some of several candidates give."""

from sqlmodel import SQLModel

from service.sql.dialect import Expression, Source
from service.sql.texts import own_text

CANDIDATES = SQLModel.metadata.tables["candidate"]


def is_possible(supports: Source) -> Expression:
    """Whether the row's supports have a list of candidates, of which some give the support.

    A partial index matches the condition in this form.
    """
    is_it: Expression = supports.c.attribution == own_text("SOME_OF")
    return is_it
