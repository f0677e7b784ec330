"""Computes the sums of a data set's supports from the database, after an import."""

from collections import defaultdict
from decimal import Decimal

from sqlalchemy import Connection, select
from sqlmodel import SQLModel

from schema.records import Support

_SUPPORTS = SQLModel.metadata.tables[str(Support.__tablename__)]
_COLUMNS = (
    "kind",
    "phase",
    "attribution",
    "started_on",
    "ended_on",
    "quantity_value",
    "quantity_unit",
    "worth_value",
    "worth_unit",
    "worth_currency",
)


def supports(attribution: str = "CERTAIN") -> str:
    """Returns the name of the number of supports with an attribution."""
    return f"supports, {attribution}"


def years(attribution: str = "CERTAIN") -> str:
    """Returns the name of the sum of the years that supports last, including the first and last."""
    return f"years of support, {attribution}"


def quantity(unit: str) -> str:
    """Returns the name of the sum of quantities in a unit."""
    return f"quantity, {unit}"


def worth(unit: str, kind: str = "", phase: str = "") -> str:
    """Returns the name of a sum of worths in a unit, for one kind and phase or for all."""
    return ", ".join(part for part in ("worth", unit, kind, phase) if part)


def asked_back(connection: Connection, data_set: int) -> dict[str, Decimal]:
    """Returns all these sums for the supports that belong to the data set, by name."""
    query = select(*(_SUPPORTS.c[name] for name in _COLUMNS)).where(
        _SUPPORTS.c.dataset_id == data_set
    )
    found: dict[str, Decimal] = defaultdict(Decimal)
    # Streamed, because a data set may have more supports than fit in memory.
    for row in connection.execute(query, execution_options={"stream_results": True}):
        found[supports(row.attribution)] += 1
        if row.started_on and row.ended_on:
            found[years(row.attribution)] += int(row.ended_on[:4]) - int(row.started_on[:4]) + 1
        if row.quantity_value is not None:
            found[quantity(row.quantity_unit)] += Decimal(row.quantity_value)
        if row.worth_value is not None:
            value, unit = Decimal(row.worth_value), row.worth_currency or row.worth_unit
            found[worth(unit)] += value
            found[worth(unit, phase=row.phase)] += value
            found[worth(unit, row.kind, row.phase)] += value
    return found
