"""Made-up files in the formats of SIPRI and ATOP, of any size."""

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import StrEnum
from itertools import islice
from pathlib import Path
from random import Random
from types import MappingProxyType

from bench.data import SEED

Cells = tuple[object, ...]


class Format(StrEnum):
    """The values of `--only`: the names of importers."""

    SIPRI = "sipri"
    ATOP = "atop"


_REGISTER = (
    *("SIPRI AT Database ID", "Supplier", "Recipient", "Designation", "Description"),
    *("Armament category", "Order date", "Order date is estimate", "Numbers delivered"),
    *("Numbers delivered is estimate", "Delivery year", "Delivery year is estimate", "Status"),
    *("SIPRI estimate", "TIV deal unit", "TIV delivery values", "Local production"),
)
_DYAD_YEARS = (
    *("ccode1", "ccode2", "year", "atop_defense", "atop_offense", "atop_neutral"),
    *("atop_nonagg", "atop_consul"),
)
_CATEGORIES = ("Armoured vehicles", "Aircraft", "Missiles", "Ships", "Artillery", "Sensors")
_YES_NO = ("Yes", "No")
_STATES = range(2, 902)


def written(format_: Format, rows: int, folder: Path) -> Path:
    """A file with so many rows: the same each time."""
    header, made = _FORMATS[format_]
    path = folder / f"{format_}.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        writer.writerows(islice(made(Random(SEED)), rows))
    return path


def read(path: Path) -> Iterator[list[str]]:
    """The cells of each row, as a program without checks would read them."""
    with path.open(newline="", encoding="utf-8") as file:
        yield from csv.reader(file)


def _deliveries(random: Random) -> Iterator[Cells]:
    number = 0
    while True:
        number += 1
        supplier, recipient = random.sample(range(200), 2)
        year = random.randrange(1950, 2025)
        yield (
            *(1_000 + number // 2, f"State {supplier:03}", f"State {recipient:03}"),
            *(f"M-{random.randrange(3_000)}", "tank", random.choice(_CATEGORIES)),
            *(year - random.randrange(4), random.choice(_YES_NO), random.randrange(1, 400)),
            *(random.choice(_YES_NO), year, random.choice(_YES_NO), "New", "1.25", "0.5"),
            *(f"{random.randrange(1, 90_000) / 100}", "No"),
        )


def _dyad_years(random: Random) -> Iterator[Cells]:
    """Each pair of states once, for some years."""
    pairs = [(a, b) for a in _STATES for b in _STATES if a < b]
    random.shuffle(pairs)
    for first, second in pairs:
        start = random.randrange(1815, 1995)
        owed = [int(random.random() < share) for share in (0.5, 0.05, 0.1, 0.5, 0.7)]
        returned = owed if random.random() < 0.8 else [0] * len(owed)
        for year in range(start, start + random.randrange(4, 24)):
            yield (first, second, year, *owed)
            yield (second, first, year, *returned)


_FORMATS: Mapping[Format, tuple[Iterable[str], Callable[[Random], Iterator[Cells]]]]
_FORMATS = MappingProxyType(
    {Format.SIPRI: (_REGISTER, _deliveries), Format.ATOP: (_DYAD_YEARS, _dyad_years)}
)
