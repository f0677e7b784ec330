"""The Ukraine Support Tracker: its three files, each of them a data set, and their importer."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

from seeds.files import Columns, FileRefused, Table, open_table
from seeds.files.table import Cells
from seeds.importing import sums
from seeds.importing.declared import About, MappingTable, Publisher, Reading
from seeds.importing.release import Release
from seeds.importing.report import Report
from seeds.kiel.chart_files import DELIVERIES, MONTHS, DonorMonths, HeavyWeapons
from seeds.kiel.main_data import ACTIVITIES, MainData
from seeds.kiel.mapping import AID_TYPES, CELLS, CURRENCIES, MEASURES, VERSION, WEAPONS

_INFO = Columns(("release", "period", "date"))
_KIEL = Publisher("kiel-institute", "Kiel Institute for the World Economy")

MONTHLY = About(
    slug="kiel-ukraine-support",
    title="Ukraine Support Tracker: donor-months",
    publisher=_KIEL,
    licence="None stated; cite the publisher.",
    citation="Kiel Institute for the World Economy, Ukraine Support Tracker.",
    url="https://www.kiel-institute.de/ukraine",
    covers_from="2022-01",
    scope="Military, financial and humanitarian aid of governments to the government of Ukraine.",
    unit_of_observation="A donor and a month.",
    mapping_version=VERSION,
    support_kinds=tuple(kind for kind, _ in CELLS.values()),
    releases=(
        Release(
            "29",
            1_079,
            MappingProxyType(
                {
                    sums.supports(): 2_265,
                    sums.worth("EUR", phase="ALLOCATED"): 358_399_501_000,
                    sums.worth("EUR", "FUNDING", "ALLOCATED"): 159_684_195_000,
                    sums.worth("EUR", "HUMANITARIAN", "ALLOCATED"): 25_722_310_000,
                    sums.worth("EUR", "MILITARY", "ALLOCATED"): 172_992_996_000,
                    sums.worth("EUR", phase="PLEDGED"): 547_983_846_000,
                }
            ),
        ),
    ),
)

WEAPONS_SET = replace(
    MONTHLY,
    slug="kiel-ukraine-weapons",
    title="Ukraine Support Tracker: heavy weapons",
    scope="Heavy weapons of five categories that governments have allocated to Ukraine.",
    unit_of_observation="A donor and a category of heavy weapons.",
    support_kinds=tuple(sorted(set(WEAPONS.values()))),
    part_of=MONTHLY.slug,
    releases=(
        Release(
            "29",
            61,
            MappingProxyType(
                {
                    "listed items": 101,
                    sums.supports(): 61,
                    sums.quantity("PIECES"): 3_327,
                    sums.worth("EUR"): 17_949_980_893,
                }
            ),
        ),
    ),
)

ACTIVITY_SET = replace(
    MONTHLY,
    slug="kiel-ukraine-activities",
    title="Ukraine Support Tracker: activities",
    unit_of_observation="An activity of a donor, or a part of one.",
    support_kinds=tuple(sorted(set(AID_TYPES.values()))),
    part_of=MONTHLY.slug,
    releases=(),
)

_KINDS: tuple[tuple[Columns, About, Callable[[About, Table, Report, str], Reading]], ...] = (
    (MONTHS, MONTHLY, DonorMonths),
    (DELIVERIES, WEAPONS_SET, HeavyWeapons),
    (ACTIVITIES, ACTIVITY_SET, MainData),
)


class Kiel:
    """Reads the chart files of the website, and the sheet MAIN DATA of the workbook."""

    name = "kiel"
    folder = "kiel"
    title = "the Ukraine Support Tracker"
    notice = ""

    def abouts(self) -> Sequence[About]:
        """Returns three data sets. Two are parts of the first, so that no total adds them to it."""
        return (MONTHLY, WEAPONS_SET, ACTIVITY_SET)

    def mapping(self) -> Sequence[MappingTable]:
        """Returns the mapping of amounts, categories of weapons, and words of the sheet."""
        return (
            MappingTable(
                "Columns of `data_explorer.csv`, in billions of euros",
                ("column", "kind", "phase"),
                (
                    *((name, kind, phase) for name, (kind, phase) in CELLS.items()),
                    ("year, month", "startedOn, endedOn", ""),
                    ("total, to_be_allocated", "derived: compared, not imported", ""),
                    (
                        "0",
                        "an observed zero: coverage of the donor, with Ukraine as the counterpart",
                        "",
                    ),
                    ("a row that is rejected", "no coverage of the donor in that month", ""),
                ),
            ),
            MappingTable(
                "Categories of `weapons.csv`", ("category", "kind"), tuple(WEAPONS.items())
            ),
            MappingTable(
                "`aid_type_general` of MAIN DATA, in any case",
                ("word", "kind"),
                tuple(AID_TYPES.items()),
            ),
            MappingTable(
                "`measure` of MAIN DATA, in any case", ("word", "phase"), tuple(MEASURES.items())
            ),
            MappingTable(
                "`reporting_currency` of MAIN DATA",
                ("word", "currency"),
                (*CURRENCIES.items(), ("any other", "itself, if it is a code of ISO 4217")),
            ),
            _RULES,
        )

    def readings(self, files: Sequence[Path]) -> Sequence[Reading]:
        """Returns the readings in the order in which the data sets refer to each other.

        `release_info.csv` has the release; without it, the number of rows determines the release.
        Raises FileRefused for unknown or duplicate files.
        """
        release, opened = None, {}
        for path in files:
            table = _opened(path, _INFO)
            if table is not None:
                release = _release(table)
                continue
            place, table = _recognised(path)
            if place in opened:
                raise FileRefused(path, "Another file of the same columns stands beside it.")
            opened[place] = table
        return [_reading(place, table, release) for place, table in sorted(opened.items())]


_RULES = MappingTable(
    "Other columns of MAIN DATA",
    ("column", "field"),
    (
        ("sub_activity_id", "sourceKey"),
        ("donor", "supporter"),
        ("announcement_date", "agreedOn; `month` is not read, and 0 there is unknown"),
        ("tot_sub_activity_value_EUR", "worth; 0 is not valued, a negative value a correction"),
        ("item_numb", "quantity in pieces, of military aid"),
        ("item", "summary"),
        ("aid_type_general, aid_type_specific, item_type", "sourceCategory"),
        ("Source of Aid 1..4", "a source each, with a statement of the donor in it"),
        ("explanation", "text of these statements"),
        ("source_reported_value, reporting_currency", "worth of their evidence"),
    ),
)


def _opened(path: Path, columns: Columns) -> Table | None:
    try:
        return open_table(path, columns)
    except FileRefused:
        return None


def _recognised(path: Path) -> tuple[int, Table]:
    """Returns the position of the file's kind, and the table.

    Raises FileRefused with the differences from the most similar kind.
    """
    refused: list[FileRefused] = []
    for place, (columns, _, _) in enumerate(_KINDS):
        try:
            return place, open_table(path, columns)
        except FileRefused as error:
            refused.append(error)
    nearest = min(refused, key=lambda error: error.lacking)
    if nearest.lacking < 1:
        raise nearest
    message = "No row has the columns of data_explorer.csv, of weapons.csv or of MAIN DATA."
    raise FileRefused(path, f"{message} Give these files as they are published.")


def _release(table: Table) -> str:
    def refuse(row: int, reason: str, _: Cells) -> None:
        raise FileRefused(table.path, f"Row {row}: {reason}")

    rows = [cells[table.places["release"]].strip() for _, cells in table.rows(refuse)]
    if len(rows) != 1 or not rows[0]:
        raise FileRefused(table.path, "It must have one row, with the number of the release.")
    return rows[0]


def _reading(place: int, table: Table, release: str | None) -> Reading:
    _, about, kind = _KINDS[place]
    if release is None:
        rows = sum(1 for _ in table.rows(lambda *_: None))
        release = next((each.version for each in about.releases if each.rows == rows), None)
    if release is None:
        message = "Which release it is cannot be seen. Add release_info.csv of the same release."
        raise FileRefused(table.path, message)
    return kind(about, table, Report(table.path.name), release)
