"""The columns of a panel in a table: its units, and one column for each number of each cell."""

from collections.abc import Callable, Iterator, Mapping
from itertools import product
from typing import Any

from schema.analysis.panel import ACTOR_FIELDS, ACTOR_MEMBERS, CELL_FIELDS, UNITS
from service.engine.exporting.cells import Column, Kind, Record
from service.planning.panel import EVERY_KIND

OF_ACTOR = ("slug", "name", "code")
# The fields of a cell that have a column, each with the suffix of the column's name.
SUM = "sum"
_NUMBERS: Mapping[str, tuple[str, ...]] = {"certain": (), "possible": ("possible",), SUM: (SUM,)}


def numbers_of(arguments: Mapping[str, Any]) -> Mapping[str, tuple[str, ...]]:
    """Returns the fields of a cell that have a column; sums only if `amounts` requests them."""
    return {name: each for name, each in _NUMBERS.items() if name != SUM or "amounts" in arguments}


def panel_columns(arguments: Mapping[str, Any]) -> Iterator[Column]:
    """Yields the columns of a panel with these arguments."""
    yield Column("year", "The year.", Kind.INTEGER, _reader("year"))
    for actor, name in product(UNITS[arguments["unit"].value].actors, OF_ACTOR):
        text = f"{ACTOR_FIELDS[actor]} {ACTOR_MEMBERS[name].description}"
        yield Column(f"{actor}.{name}", text, Kind.TEXT, _reader(actor, name))
    for place, of in enumerate(_cells(arguments)):
        for number, suffix in numbers_of(arguments).items():
            text, read = CELL_FIELDS[number].description, _reader("cells", place, number)
            kind = Kind.DECIMAL if number == SUM else Kind.INTEGER
            yield Column(".".join((*of, *suffix)), text, kind, read)


def _reader(*steps: str | int) -> Callable[[Record], Any]:
    def read(row: Record) -> Any:
        value: Any = row
        for step in steps:
            value = value[step]
        return value

    return read


def _cells(arguments: Mapping[str, Any]) -> Iterator[tuple[str, ...]]:
    """Yields the parts of each cell's name, in the order of the cells."""
    sides = [each.lower() for each in UNITS[arguments["unit"].value].sides]
    kinds, phases = arguments.get("kinds", [EVERY_KIND]), arguments.get("phases", [""])
    for of in product(arguments["datasets"], kinds, phases, sides or [""]):
        yield tuple(filter(None, of))
