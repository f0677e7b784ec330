"""Finds amounts in currencies that were not in use at the time: probably a wrong code.

This is a warning only: a source may state the value of an earlier gift in a later currency.
"""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, FromClause, and_, or_, select

from schema.concepts import CONCEPTS, Attribute, Concept, Group
from schema.records.columns import Scalar
from schema.records.derived import EARLIEST, LATEST
from schema.values.currencies import Use, currencies
from service.maintenance.doctor.finding import Finding

_WHAT = "currencies"

# The maximum number of records that a finding names.
_NAMED_MOST = 5

Expression = ColumnElement[Any]


def currency_finding(engine: Engine) -> Finding:
    """Reports records whose amount is in a currency that was not in use on any of their dates."""
    with engine.connect() as connection:
        found = list(_records(connection))
    if not found:
        return Finding(_WHAT, "each was in use at the time")
    named = "; ".join(found[:_NAMED_MOST])
    more = "; and more" if len(found) > _NAMED_MOST else ""
    return Finding(_WHAT, f"{named}{more}: check the code and the dates", is_warning=True)


def _records(connection: Connection) -> Iterator[str]:
    for concept in CONCEPTS.values():
        for currency in _currency_columns(concept):
            yield from _records_in(connection, concept, concept.table.c[currency])


def _currency_columns(concept: Concept) -> Iterator[str]:
    for member in concept.members.values():
        if isinstance(member, Group) and "currency" in member.attributes:
            yield member.attributes["currency"].column.name


def _records_in(connection: Connection, concept: Concept, currency: Expression) -> Iterator[str]:
    source, dates = _dated(concept)
    used = connection.scalars(select(currency).where(currency.is_not(None)).distinct()).all()
    for code in sorted(used):
        use = currencies().get(code, Use())
        if use != Use():
            known = or_(*(date.is_not(None) for date, *_ in dates))
            never = and_(*(_is_outside(use, *date) for date in dates))
            query = select(concept.table.c.id).select_from(source)
            query = query.where(currency == code, known, never).order_by(concept.table.c.id)
            for key in connection.scalars(query.limit(_NAMED_MOST + 1)):
                yield f"{concept.id_prefix}{key} is in {code}, which was in use {_in_words(use)}"


def _dated(concept: Concept) -> tuple[FromClause, list[tuple[Expression, ...]]]:
    """The table joined with the tables of its dates, and each date with its first and last day.

    Evidence has the dates of its support and of its statement.
    """
    holders = [CONCEPTS[name] for name in ("Support", "Statement")]
    if concept.name != "Evidence":
        return concept.table, list(_dates(concept))
    source: FromClause = concept.table
    for holder in holders:
        key = concept.table.c[f"{holder.table.name}_id"]
        source = source.join(holder.table, holder.table.c.id == key)
    return source, [date for holder in holders for date in _dates(holder)]


def _dates(concept: Concept) -> Iterator[tuple[Expression, ...]]:
    for member in concept.members.values():
        if isinstance(member, Attribute) and member.meaning.scalar is Scalar.DATE:
            columns, name = concept.table.c, member.column.name
            yield columns[name], columns[name + EARLIEST.suffix], columns[name + LATEST.suffix]


def _is_outside(use: Use, date: Expression, earliest: Expression, latest: Expression) -> Expression:
    bounds: list[Expression] = [date.is_(None)]
    if use.first:
        bounds.append(latest < use.first)
    if use.last:
        bounds.append(earliest > use.last)
    return or_(*bounds)


def _in_words(use: Use) -> str:
    parts = [f"from {use.first}" if use.first else "", f"until {use.last}" if use.last else ""]
    return " ".join(part for part in parts if part)
