"""The figures of publishers' files, if these exist beside the project.

Each is counted again here by a script that shares no code with the importers.
"""

import csv
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from python_calamine import CalamineWorkbook
from sqlalchemy import Engine

from tests.seeds.importing.conftest import DATA
from tests.seeds.importing.samples import CATEGORIES, answered, imported, query

KIEL = DATA / "kiel-ukraine-support-tracker"
ESD = DATA / "ucdp-esd" / "ucdp-esd-ay-181.xlsx"


def runs(years: set[int]) -> int:
    return sum(1 for year in years if year - 1 not in years)


def totals(engine: Engine, group_by: str, numbers: str = "supports") -> list[Any]:
    selected = f"kind phase dataset {{ slug }} certain {{ {numbers} }} possible {{ supports }}"
    found = f"supportTotals(groupBy: [{group_by}], first: 500) {{ nodes {{ {selected} }} }}"
    return answered(engine, f"{{ {found} }}")["supportTotals"]["nodes"]


def esd_rows(path: Path) -> Iterator[dict[str, str]]:
    header, *rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
    for row in rows:
        yield {
            str(name): str(int(cell)) if isinstance(cell, float) else str(cell)
            for name, cell in zip(header, row, strict=True)
        }


def counted(path: Path) -> dict[str, int]:
    """Computes the figures of external support, by the rules of the issue alone."""
    rows = list(esd_rows(path))
    names = {row["ext_id"]: row["ext_name"] for row in rows if row["ext_count"] == "1"}
    for row in rows:
        parts, ids = row["ext_name"].split(","), row["ext_id"].split(",")
        if len(parts) == len(ids):
            names |= dict(zip(ids, parts, strict=True))
    certain, some = defaultdict(set), defaultdict(set)
    pairs = 0
    for row in rows:
        ids = row["ext_id"].split(",") if row["ext_id"] else []
        states = {
            i
            for i in ids
            if names.get(i, "").startswith("Government of") or "elements" in names.get(i, "")
        }
        for c in CATEGORIES:
            if row[f"ext_{c}"] != "1":
                continue
            pairs += int(row[f"ext_{c}_count"])
            by = row["actor_id"], row["oppo_id"], c
            if row["ext_count"] in ("1", row[f"ext_{c}_count"]):
                sides = [(set(ids), True, 0)]
            else:
                sides = []
                for side, members in (("s", states), ("ns", set(ids) - states)):
                    number = int(row[f"ext_{c}_count_{side}"])
                    if number:
                        is_all = number == int(row[f"ext_count_{side}"])
                        sides.append((members, is_all, number))
            for members, is_all, number in sides:
                if is_all:
                    for member in members:
                        certain[*by, member].add(int(row["year"]))
                else:
                    some[*by, frozenset(members), number].add(int(row["year"]))
    return {
        "supporter-category pairs": pairs,
        "years of support, CERTAIN": sum(map(len, certain.values())),
        "years of support, SOME_OF": sum(map(len, some.values())),
        "supports, CERTAIN": sum(map(runs, certain.values())),
        "supports, SOME_OF": sum(map(runs, some.values())),
    }


def test_external_support(on_sqlite: Engine) -> None:
    expected = {
        "supporter-category pairs": 16_830,
        "years of support, CERTAIN": 7_659,
        "years of support, SOME_OF": 3_864,
        "supports, CERTAIN": 3_093,
        "supports, SOME_OF": 2_549,
    }
    assert counted(ESD) == expected
    (report,) = imported(on_sqlite, "ucdp-esd", ESD)
    assert (report.read, report.used, report.rejections) == (4_781, 4_781, [])
    found = {**report.counts, **report.sums}
    assert {name: found[name] for name in expected} == expected
    assert query(on_sqlite, "SELECT count(*) FROM support") == [(5_642,)]
    (total,) = totals(on_sqlite, "PHASE")
    assert total["certain"]["supports"] == expected["supports, CERTAIN"]
    assert total["possible"]["supports"] == expected["supports, SOME_OF"]
    years = totals(on_sqlite, "YEAR")
    for part, attribution in (("certain", "CERTAIN"), ("possible", "SOME_OF")):
        counted_in = sum(year[part]["supports"] for year in years)
        assert counted_in == expected[f"years of support, {attribution}"]
    (again,) = imported(on_sqlite, "ucdp-esd", ESD)
    assert again.revision is None


def kiel_rows(name: str) -> list[dict[str, str]]:
    with (KIEL / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_ukraine_support(on_sqlite: Engine) -> None:
    names = ("financial", "humanitarian", "military", "commitments")
    rows = kiel_rows("data_explorer.csv")
    euros = {name: sum(Decimal(row[name]) * 1_000_000_000 for row in rows) for name in names}
    assert sum(1 for row in rows for name in names if Decimal(row[name])) == 2_265
    assert euros == {
        "financial": 159_684_195_000,
        "humanitarian": 25_722_310_000,
        "military": 172_992_996_000,
        "commitments": 547_983_846_000,
    }
    weapons = kiel_rows("weapons.csv")
    assert sum(int(row["number_of_weapons"]) for row in weapons) == 3_327
    assert sum(int(row["monetary_value_eur"]) for row in weapons) == 17_949_980_893
    paths = (KIEL / "data_explorer.csv", KIEL / "weapons.csv")
    months, listed = imported(on_sqlite, "kiel", *paths)
    assert (months.used, listed.used, months.version) == (1_079, 61, "29")
    assert months.asked_back["worth, EUR, ALLOCATED"] == 358_399_501_000
    assert months.asked_back["worth, EUR, MILITARY, ALLOCATED"] == euros["military"]
    assert months.asked_back["worth, EUR, SUPPORT, PLEDGED"] == euros["commitments"]
    assert months.asked_back["supports, CERTAIN"] == 2_265
    assert listed.asked_back["quantity, PIECES"] == 3_327
    assert listed.asked_back["worth, EUR"] == 17_949_980_893
    assert listed.counts["listed items"] == 101
    found = {
        (each["phase"], each["kind"]): Decimal(each["certain"]["worth"]["value"])
        for each in totals(on_sqlite, "KIND, UNIT", "worth { value }")
        if each["dataset"]["slug"] == "kiel-ukraine-support"
    }
    assert found == {
        ("ALLOCATED", "FUNDING"): euros["financial"],
        ("ALLOCATED", "HUMANITARIAN"): euros["humanitarian"],
        ("ALLOCATED", "MILITARY"): euros["military"],
        ("PLEDGED", "SUPPORT"): euros["commitments"],
    }


def test_what_each_donor_allocates_in_a_year(on_sqlite: Engine) -> None:
    """Compares months with an amount, and their sums. A donor-year without any is a zero.

    Support between donors is not observed.
    """
    names = ("financial", "humanitarian", "military")
    counts, sums = defaultdict[Any, int](int), defaultdict[Any, Decimal](Decimal)
    for row in kiel_rows("data_explorer.csv"):
        for name in names:
            counts[row["country"], int(row["year"])] += Decimal(row[name]) != 0
            sums[row["country"], int(row["year"])] += Decimal(row[name]) * 1_000_000_000
    imported(on_sqlite, "kiel", KIEL / "data_explorer.csv")
    rows = [row for year in (2023, 2024, 2025) for row in panel_of_donors(on_sqlite, year)]
    zeros = 0
    for row in rows:
        (given,) = row["cells"]
        if row["recipient"]["name"] != "Ukraine":
            assert (given["certain"], given["missing"]) == (None, "NOT_COVERED")
        elif given["certain"] is not None:
            unit = row["supporter"]["name"], row["year"]
            assert (given["certain"], Decimal(given["sum"])) == (counts[unit], sums[unit])
            zeros += given["certain"] == 0
    assert 0 < zeros < len(rows) / 40


def panel_of_donors(engine: Engine, year: int) -> list[Any]:
    """Returns the rows between any two actors that Kiel covers."""
    rows: list[Any] = []
    after = ""
    while True:
        document = f"""{{ panel(unit: DIRECTED_DYAD_YEAR, datasets: ["kiel-ukraine-support"],
          amounts: "EUR", from: {year}, to: {year}, covered: true, phases: [ALLOCATED], first: 500
          {after}) {{ nodes {{ year supporter {{ name }} recipient {{ name }}
          cells {{ certain sum missing }} }} pageInfo {{ hasNextPage endCursor }} }} }}"""
        page = answered(engine, document)["panel"]
        rows += page["nodes"]
        if not page["pageInfo"]["hasNextPage"]:
            return rows
        after = f'after: "{page["pageInfo"]["endCursor"]}"'


def test_how_concentrated_the_supply_of_ukraine_is(on_sqlite: Engine) -> None:
    """Compares the shares of donors: the largest one, and the sum of squared shares."""
    given: dict[str, Decimal] = defaultdict(Decimal)
    for row in kiel_rows("data_explorer.csv"):
        amounts = (Decimal(row[name]) for name in ("financial", "humanitarian", "military"))
        given[row["country"]] += sum(amounts)
    total = sum(given.values())
    shares = sorted(each / total for each in given.values() if each)
    imported(on_sqlite, "kiel", KIEL / "data_explorer.csv")
    document = """{ actor(by: {slug: "ukraine"}) { position(unit: "EUR", where: {
      phase: {eq: ALLOCATED}}) { supply { total suppliers unknownAmount largestSupplier { slug }
      tied largestShare herfindahl } } } }"""
    (found,) = answered(on_sqlite, document)["actor"]["position"]
    assert found["supply"] == {
        "total": "358399501000",
        "suppliers": len(shares),
        "unknownAmount": 0,
        "largestSupplier": {"slug": "united-states"},
        "tied": 1,
        "largestShare": f"{shares[-1]:.6f}",
        "herfindahl": f"{sum(each * each for each in shares):.6f}",
    }
