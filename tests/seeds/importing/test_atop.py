"""The importer of ATOP's directed dyad-years, on a made-up file of its format."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from seeds.importing.actors import Settings
from seeds.importing.mapping_file import read_decisions
from tests.seeds.importing.samples import answered, csv_text, imported, query, written


def owed(first: int, second: int, year: Any, *pacts: int) -> dict[str, Any]:
    names = ("atop_defense", "atop_offense", "atop_neutral", "atop_nonagg", "atop_consul")
    return {"atopid1": 1, "ccode1": first, "ccode2": second, "year": year} | dict(
        zip(names, pacts, strict=True)
    )


ROWS = [
    # Mutual in 1815 and 1816; then only the first owes it; then a gap, and mutual until 2018.
    *(owed(2, 20, year, 1, 0, 0, 0, 1) for year in (1815, 1816, 1817, 2018)),
    *(owed(20, 2, year, 1, 0, 0, 0, 0) for year in (1815, 1816, 2018)),
    owed(20, 2, 1817, 0, 0, 0, 0, 0),
    # The other row is missing.
    owed(200, 2, 1900, 0, 0, 0, 1, 0),
    owed(200, 2, 1900, 0, 0, 0, 1, 0),
    owed(200, 2, 1901, 0, 0, 0, 2, 0),
    owed(200, 2, 2019, 0, 0, 0, 1, 0),
    owed(200, 200, 1900, 0, 0, 0, 1, 0),
    owed(200, 2, "now", 0, 0, 0, 1, 0),
    owed(200, 2, 1902, 0, 0, "", 1, 0),
    owed(200, 2, 1903, 0, 0, "NA", 1, 0),
]


def test_obligations_are_folded_and_mutual_where_both_owe_them(
    engine: Engine, tmp_path: Path
) -> None:
    path = written(tmp_path / "a.csv", csv_text(ROWS))
    (report,) = imported(engine, "atop", path)
    found = query(
        engine,
        "SELECT source_key, kind, mutual, start_censored, end_censored FROM support ORDER BY 1",
    )
    assert {(key, kind, *map(bool, flags)) for key, kind, *flags in found} == {
        ("2-20 1815-1816 atop_defense", "DEFENCE_PACT", True, True, False),
        ("2-20 1817-1817 atop_defense", "DEFENCE_PACT", False, False, False),
        ("2-20 2018-2018 atop_defense", "DEFENCE_PACT", True, False, True),
        ("2-20 1815-1817 atop_consul", "CONSULTATION_PACT", False, True, False),
        ("2-20 2018-2018 atop_consul", "CONSULTATION_PACT", False, False, True),
        ("20-2 1815-1816 atop_defense", "DEFENCE_PACT", True, True, False),
        ("20-2 2018-2018 atop_defense", "DEFENCE_PACT", True, False, True),
        # The row of 1901 is rejected, so it is unknown whether the obligation continues.
        ("200-2 1900-1900 atop_nonagg", "NON_AGGRESSION_PACT", False, False, True),
    }
    coverage = query(
        engine,
        "SELECT slug, role, covers_from, covers_until FROM coverage JOIN actor"
        " ON actor.id = actor_id ORDER BY slug, covers_from",
    )
    assert coverage == [
        # A rejected row of 2 and 200 has no readable year.
        ("cow-country-20", "AS_EITHER", "1815", "1817"),
        ("cow-country-20", "AS_EITHER", "2018", "2018"),
    ]
    assert dict(report.rejections) == {
        11: "An earlier row has the same two states and year.",
        12: "An obligation is '2', and not 0 or 1.",
        13: "The year 2019 is outside those of release 5.1.",
        14: "'COW country 200' (200) and 'COW country 200' (200) are one actor, 'cow-country-200'.",
        15: "A value cannot be read: 'now' is not a year.",
        16: "An obligation is '', and not 0 or 1.",
        17: "An obligation is 'NA', and not 0 or 1.",
    }
    assert (report.read, report.used) == (16, 9)
    assert report.sums["years of support, CERTAIN"] == 4 * 2 + 3 + 1
    assert (report.counts["mutual"], report.counts["one-sided"]) == (4, 4)
    (again,) = imported(engine, "atop", path)
    assert again.revision is None


def test_a_state_of_which_a_row_is_missing_is_covered_with_single_ones(
    engine: Engine, tmp_path: Path
) -> None:
    def both(first: int, second: int, year: int) -> list[dict[str, Any]]:
        return [owed(*ends, year, 0, 0, 0, 1, 0) for ends in ((first, second), (second, first))]

    rows = [
        # 2 and 20 are complete; in 1901 a row of 2 and 200 is missing, in 1902 one is rejected.
        *both(2, 20, 1900),
        *both(2, 20, 1901),
        *both(2, 200, 1900),
        *both(200, 220, 1901),
        owed(200, 2, 1901, 1, 0, 0, 0, 0),
        *both(2, 200, 1902),
        owed(2, 200, 1902, 1, 0, 0, 0, 0),
        owed(2, 20, 1902, 9, 0, 0, 0, 0),
        *both(20, 200, 1902),
    ]
    imported(engine, "atop", written(tmp_path / "a.csv", csv_text(rows)))
    found = query(
        engine,
        "SELECT a.slug, c.slug, covers_from, covers_until FROM coverage"
        " JOIN actor a ON a.id = actor_id LEFT JOIN actor c ON c.id = counterpart_id"
        " ORDER BY 3, 4, 1, 2",
    )
    named = [
        (*(end and end.removeprefix("cow-country-") for end in row[:2]), *row[2:]) for row in found
    ]
    assert named == [
        ("2", None, "1900", "1900"),
        ("200", None, "1900", "1900"),
        ("20", None, "1900", "1901"),
        ("220", None, "1901", "1901"),
        # Two rows of 2 and 200 contradict each other, and 2 and 20 have none.
        ("20", "200", "1902", "1902"),
    ]
    document = """{ panel(unit: DIRECTED_DYAD_YEAR, datasets: ["atop"], kinds: [DEFENCE_PACT],
      from: 1901, to: 1902, actors: ["cow-country-2", "cow-country-20", "cow-country-200"],
      first: 100) { nodes { year supporter { slug } recipient { slug } cells { certain } } } }"""
    cells = {}
    for row in answered(engine, document)["panel"]["nodes"]:
        ends = (row[end]["slug"].rpartition("-")[2] for end in ("supporter", "recipient"))
        (cells[row["year"], *ends],) = (cell["certain"] for cell in row["cells"])
    assert cells[1901, "2", "20"] == 0
    assert cells[1901, "200", "2"] == 1
    assert cells[1901, "2", "200"] is None
    assert cells[1902, "2", "20"] is None
    assert cells[1902, "20", "200"] == 0


@pytest.mark.parametrize(
    ("unread", "with_whomever"),
    [
        # Rows of 2 in an unknown year, of an unknown state in 1900, and of unknown states and year.
        ("1,2,x,1900x,1,0,0,0,0", []),
        ("1,2,20,x,1,0,0,0,0", []),
        ("1,2,x,1900,1,0,0,0,0", ["1901"]),
        ("1,2,20,1900,1,0,0,0,0,7", []),
        ("1,2,200,1902,1\x7f,0,0,0,0", ["1900", "1901"]),
    ],
)
def test_what_a_row_that_cannot_be_read_may_be_about_is_not_covered_with_whomever(
    engine: Engine, tmp_path: Path, unread: str, with_whomever: list[str]
) -> None:
    both = [
        owed(*ends, year, 1, 0, 0, 0, 0) for ends in ((2, 20), (20, 2)) for year in (1900, 1901)
    ]
    (report,) = imported(engine, "atop", written(tmp_path / "a.csv", csv_text(both) + unread))
    assert (report.used, len(report.rejections)) == (4, 1)
    found = query(
        engine,
        "SELECT covers_from, covers_until FROM coverage JOIN actor a ON a.id = actor_id"
        " WHERE a.slug = 'cow-country-2' AND counterpart_id IS NULL",
    )
    years = {str(y) for first, last in found for y in range(int(first), int(last) + 1)}
    assert years == set(with_whomever)


@pytest.mark.parametrize("code", ["0", "-1", "99999"])
def test_a_row_with_a_code_that_cow_does_not_have_is_rejected_alone(
    engine: Engine, tmp_path: Path, code: str
) -> None:
    good = [owed(2, 20, 1900, 1, 0, 0, 0, 0), owed(20, 2, 1900, 1, 0, 0, 0, 0)]
    spaced = [{name: f" {value} " for name, value in row.items()} for row in good]
    rows = [*spaced, owed(int(code), 20, 1900, 1, 0, 0, 0, 0)]
    (report,) = imported(engine, "atop", written(tmp_path / "a.csv", csv_text(rows)))
    assert report.used == 2
    ((row, reason),) = report.rejections
    assert row == 4
    assert f"'{code}' is not a code of COW" in reason


def test_a_rejected_row_is_of_the_state_that_its_code_has_been_decided_to_be(
    engine: Engine, tmp_path: Path
) -> None:
    with engine.begin() as connection:
        connection.exec_driver_sql(
            "INSERT INTO actor (slug, name, kind) VALUES ('germany', 'Germany', 'STATE')"
        )
    both = [
        owed(*ends, year, 1, 0, 0, 0, 0)
        for year in (1950, 1951)
        for pair in ((255, 2), (260, 20))
        for ends in (pair, pair[::-1])
    ]
    rows = [*both, owed(260, 200, 1951, 9, 0, 0, 0, 0)]
    decisions = "key,name,from,until,actor\n255,,,,germany\n260,,,,germany\n"
    settings = Settings(read_decisions(written(tmp_path / "n.csv", decisions)), create_missing=True)
    path = written(tmp_path / "a.csv", csv_text(rows))
    (report,) = imported(engine, "atop", path, settings=settings)
    assert (report.used, report.rejected) == (8, 1)
    found = query(
        engine,
        "SELECT covers_from, covers_until FROM coverage JOIN actor a ON a.id = actor_id"
        " WHERE a.slug = 'germany' AND counterpart_id IS NULL",
    )
    assert found == [("1950", "1950")]


def test_states_gain_no_names_from_a_file_that_names_none(engine: Engine, tmp_path: Path) -> None:
    with engine.begin() as connection:
        for code in ("2", "20"):
            connection.exec_driver_sql(
                f"INSERT INTO actor (slug, name, kind) VALUES ('s{code}', 'S{code}', 'STATE')"
            )
            connection.exec_driver_sql(
                "INSERT INTO actor_code (actor_id, scheme, value)"
                f" SELECT id, 'COW', '{code}' FROM actor WHERE slug = 's{code}'"
            )
    rows = [owed(2, 20, 1900, 1, 0, 0, 0, 0), owed(20, 2, 1900, 1, 0, 0, 0, 0)]
    (report,) = imported(engine, "atop", written(tmp_path / "a.csv", csv_text(rows)))
    assert (report.used, report.contradictions) == (2, [])
    assert query(engine, "SELECT name FROM actor_alias") == []
    found = query(
        engine, "SELECT slug, mutual FROM support JOIN actor ON actor.id = supporter_id ORDER BY 1"
    )
    assert [(slug, bool(mutual)) for slug, mutual in found] == [("s2", True), ("s20", True)]
