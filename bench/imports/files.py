"""Made-up files in the formats of four data sets, of any size."""

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from enum import StrEnum
from itertools import count, islice, product
from pathlib import Path
from random import Random
from types import MappingProxyType

from bench.generated.data import SEED

Cells = tuple[object, ...]


class Format(StrEnum):
    """The values of `--only`: the names of importers."""

    SIPRI = "sipri"
    ATOP = "atop"
    ESD = "ucdp-esd"
    KIEL = "kiel"


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
_DONOR_MONTHS = (
    *("country", "iso", "year", "month", "financial", "humanitarian", "military"),
    *("commitments", "total", "to_be_allocated"),
)
# The letters of the categories of support in the data of UCDP.
_LETTERS = "xpywmtfilou"
_ACTOR_YEARS = (
    *("id", "year", "actor_id", "actor_name", "oppo_id", "oppo_name", "civil", "conflict_id"),
    *("location", "ext_id", "ext_name", "ext_sup", "ext_count", "ext_count_s", "ext_count_ns"),
    *(
        f"ext_{letter}{end}"
        for letter in _LETTERS
        for end in ("", "_count", "_count_s", "_count_ns")
    ),
)
_RELEASE = (("release", "period", "date"), ("29", "04/2026", "2026-08-04"))
_CATEGORIES = ("Armoured vehicles", "Aircraft", "Missiles", "Ships", "Artillery", "Sensors")
_YES_NO = ("Yes", "No")
_STATES = range(2, 902)
_CAPITALS = "ABCDEFGHIJKL"


def written(format_: Format, rows: int, folder: Path) -> Sequence[Path]:
    """Writes a file of this number of rows, and its release file if it needs one.

    The rows are the same each time.
    """
    header, made = _FORMATS[format_]
    files = [_write(folder / f"{format_}.csv", (header, *islice(made(Random(SEED)), rows)))]
    if format_ is Format.KIEL:
        files.append(_write(folder / "release_info.csv", _RELEASE))
    return files


def _write(path: Path, rows: Iterable[Iterable[object]]) -> Path:
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(rows)
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


def _actor_years(random: Random) -> Iterator[Cells]:
    """Each group fights one government for some years; up to three others support it."""
    number = 0
    for group in count(1_000):
        enemy, *supporters = random.sample(range(1, 181), 1 + random.randrange(4))
        start = random.randrange(1975, 2013)
        for year in range(start, min(start + random.randrange(2, 12), 2018)):
            number += 1
            yield (
                *(number, year, group, f"Group {group}", enemy, _government(enemy), 1),
                *(group, f"State {enemy:03}: Government", ",".join(map(str, supporters))),
                *(",".join(map(_government, supporters)), int(bool(supporters))),
                *(len(supporters), len(supporters), 0),
                *(cell for letter in _LETTERS for cell in _given(letter, len(supporters))),
            )


def _government(state: int) -> str:
    return f"Government of State {state:03}"


def _given(letter: str, supporters: int) -> Cells:
    """All supporters give weapons, and one of them training."""
    number = {"w": supporters, "t": min(supporters, 1)}.get(letter, 0)
    return int(number > 0), number, number, 0


def _donor_months(random: Random) -> Iterator[Cells]:
    for year in count(2022):
        for month, donor in product(range(1, 13), product(_CAPITALS, repeat=2)):
            parts = [Decimal(random.randrange(3) * random.randrange(10**6)) / 10**6 for _ in "fhm"]
            code = f"Q{''.join(donor)}"
            yield (f"State {code}", code, year, month, *parts, sum(parts), sum(parts), 0)


_FORMATS: Mapping[Format, tuple[Iterable[str], Callable[[Random], Iterator[Cells]]]]
_FORMATS = MappingProxyType(
    {
        Format.SIPRI: (_REGISTER, _deliveries),
        Format.ATOP: (_DYAD_YEARS, _dyad_years),
        Format.ESD: (_ACTOR_YEARS, _actor_years),
        Format.KIEL: (_DONOR_MONTHS, _donor_months),
    }
)
