"""The figures of the files that publishers offer, where these are beside the project.

Each is counted here once more, by a script that shares nothing with the importers.
"""

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from python_calamine import CalamineWorkbook
from sqlalchemy import Engine

from tests.seeds.importing.conftest import DATA
from tests.seeds.importing.samples import CATEGORIES, imported, query

ESD = DATA / "ucdp-esd" / "ucdp-esd-ay-181.xlsx"


def runs(years: set[int]) -> int:
    return sum(1 for year in years if year - 1 not in years)


def esd_rows(path: Path) -> Iterator[dict[str, str]]:
    header, *rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
    for row in rows:
        yield {
            str(name): str(int(cell)) if isinstance(cell, float) else str(cell)
            for name, cell in zip(header, row, strict=True)
        }


def counted(path: Path) -> dict[str, int]:
    """The figures of external support, by the rules of the issue alone."""
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
    (again,) = imported(on_sqlite, "ucdp-esd", ESD)
    assert again.revision is None
