"""The importer of the Ukraine Support Tracker, on made-up files of its formats."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from seeds.files import FileRefused
from seeds.importing.run import DoesNotAddUp
from seeds.kiel import importer as importer_of_kiel
from seeds.kiel.chart_files import DonorMonths
from seeds.source import Entry
from tests.seeds.importing.samples import answered, csv_text, imported, query, workbook, written

INFO = '"release","period","date","label"\n"30","05/2026","2026-10-01","Release 30"\n'
WEAPONS = (
    "donor,category,number_of_weapons,monetary_value_eur,weapons_list\r\n"
    'Freeland,Howitzers,9,"1,500","M1 (ours) (7); M2 (2)"\r\n'
    "Freeland,Tanks,3,10,T-1 (2)\r\n"
    "Freeland,Boats,1,1,B (1)\r\n"
)


def month(year: int, number: int, *amounts: str, **more: str) -> dict[str, Any]:
    financial, humanitarian, military, commitments = amounts
    total = sum(map(float, amounts[:3]))
    return {
        "country": "Freeland",
        "iso": "AUT",
        "year": year,
        "month": number,
        "total": f"{total:.6f}",
        "financial": financial,
        "humanitarian": humanitarian,
        "military": military,
        "commitments": commitments,
        "to_be_allocated": f"{float(commitments) - total:.6f}",
        "gdp": "1",
        "pct_gdp": "0.1",
    } | more


MONTHS = [
    month(2022, 2, "0", "0", "0.002645", "0.002645"),
    month(2022, 5, "1e-06", "0.5", "0", "2"),
    month(2022, 6, "0", "0", "0", "0"),
    month(2022, 6, "0", "0", "0", "0"),
    month(2022, 13, "0", "0", "0", "0"),
    month(2022, 7, "1", "0", "0", "1", total="2"),
    month(2022, 8, "0", "0", "0", "1", country="EU (Commission and Council)", iso="EU"),
]


def files(folder: Path, *names: str) -> list[Path]:
    content = {"months": csv_text(MONTHS), "weapons": WEAPONS, "info": INFO}
    return [written(folder / f"{name}.csv", content[name]) for name in names]


def test_a_donor_month_is_a_support_for_each_amount(engine: Engine, tmp_path: Path) -> None:
    (report,) = imported(engine, "kiel", *files(tmp_path, "info", "months"))
    found = query(
        engine,
        "SELECT a.name, s.kind, phase, started_on, worth_value, worth_currency, source_key"
        " FROM support s JOIN actor a ON a.id = supporter_id ORDER BY source_key",
    )
    assert found == [
        ("Freeland", "SUPPORT", "PLEDGED", "2022-02", "2645000", "EUR", "AUT 2022-02 commitments"),
        ("Freeland", "MILITARY", "ALLOCATED", "2022-02", "2645000", "EUR", "AUT 2022-02 military"),
        ("Freeland", "SUPPORT", "PLEDGED", "2022-05", "2000000000", "EUR", "AUT 2022-05 commitments"),  # noqa: E501
        ("Freeland", "FUNDING", "ALLOCATED", "2022-05", "1000", "EUR", "AUT 2022-05 financial"),
        ("Freeland", "HUMANITARIAN", "ALLOCATED", "2022-05", "500000000", "EUR", "AUT 2022-05 humanitarian"),  # noqa: E501
        ("EU (Commission and Council)", "SUPPORT", "PLEDGED", "2022-08", "1000000000", "EUR", "EU 2022-08 commitments"),  # noqa: E501
    ]  # fmt: skip
    coverage = query(
        engine,
        "SELECT a.name, role, c.name, covers_from, covers_until FROM coverage"
        " JOIN actor a ON a.id = actor_id JOIN actor c ON c.id = counterpart_id ORDER BY 4",
    )
    assert coverage == [
        # The row of month 13 may be that of March or April. Which of the two rows of June is right
        # is unknown.
        ("Freeland", "AS_SUPPORTER", "Ukraine", "2022-02", "2022-02"),
        ("Freeland", "AS_SUPPORTER", "Ukraine", "2022-05", "2022-05"),
        ("EU (Commission and Council)", "AS_SUPPORTER", "Ukraine", "2022-08", "2022-08"),
    ]
    assert (report.read, report.used, report.version) == (7, 4, "30")
    assert dict(report.rejections) == {
        5: "An earlier row has the same donor and month.",
        6: "There is no month 13.",
        7: "The total is 2; its parts are 1 together.",
    }
    assert query(engine, "SELECT kind FROM actor WHERE name LIKE 'EU %'") == [("ORGANISATION",)]


def test_an_allocation_is_one_of_its_month_and_of_no_later_one(
    engine: Engine, tmp_path: Path
) -> None:
    months = [
        month(2022, 1, "0", "0", "1", "0"),
        month(2022, 12, "2", "0", "1", "0"),
        month(2023, 1, "0", "0", "0", "0"),
        month(2024, 12, "0", "3", "0", "0"),
    ]
    (info,) = files(tmp_path, "info")
    imported(engine, "kiel", info, written(tmp_path / "months.csv", csv_text(months)))
    # 2023 is an observed zero: the donor's months are from January 2022 to December 2024.
    assert given(engine, "freeland", "ukraine") == [
        (2022, 3, "4000000000", None),
        (2023, 0, "0", None),
        (2024, 1, "3000000000", None),
    ]
    document = """{ panel(unit: ACTOR_YEAR, datasets: ["kiel-ukraine-support"], from: 2022,
      to: 2024, actors: ["freeland"], phases: [ALLOCATED]) { nodes { cells { side certain } } } }"""
    rows = answered(engine, document)["panel"]["nodes"]
    cells = [cell for row in rows for cell in row["cells"]]
    assert [cell["certain"] for cell in cells if cell["side"] == "GIVEN"] == [3, 0, 1]


def given(engine: Engine, supporter: str, recipient: str) -> list[tuple[Any, ...]]:
    """Returns the cells of one actor's allocations to another in a panel of 2022 to 2024."""
    document = f"""{{ panel(unit: DIRECTED_DYAD_YEAR, datasets: ["kiel-ukraine-support"],
      amounts: "EUR", from: 2022, to: 2024, covered: true, actors: ["{supporter}", "{recipient}"],
      phases: [ALLOCATED]) {{ nodes {{ year supporter {{ slug }} recipient {{ slug }}
      cells {{ certain sum missing }} }} }} }}"""
    return [
        (row["year"], *(cell[name] for name in ("certain", "sum", "missing")))
        for row in answered(engine, document)["panel"]["nodes"]
        for cell in row["cells"]
        if (row["supporter"]["slug"], row["recipient"]["slug"]) == (supporter, recipient)
    ]


def two_donors(folder: Path) -> list[Path]:
    """Files of two donors, the second of which gives nothing."""
    months = [
        month(year, number, "0", "0", "1" if donor == {} else "0", "1", **donor)
        for donor in ({}, {"country": "Otherland", "iso": "BEL"})
        for year in (2022, 2023, 2024)
        for number in (1, 6, 12)
    ]
    (info,) = files(folder, "info")
    return [info, written(folder / "months.csv", csv_text(months))]


NOT_COVERED = [(year, None, None, "NOT_COVERED") for year in (2022, 2023, 2024)]


def test_aid_to_others_than_ukraine_is_not_observed(engine: Engine, tmp_path: Path) -> None:
    imported(engine, "kiel", *two_donors(tmp_path))
    nothing = [(year, 0, "0", None) for year in (2022, 2023, 2024)]
    assert given(engine, "otherland", "ukraine") == nothing
    assert given(engine, "otherland", "freeland") == NOT_COVERED
    assert given(engine, "freeland", "otherland") == NOT_COVERED
    assert given(engine, "ukraine", "otherland") == NOT_COVERED


def test_what_an_earlier_version_imported_is_given_its_counterpart_by_one_revision(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = two_donors(tmp_path)

    def of_all(self: DonorMonths, *months: Any) -> Iterator[Entry]:
        for entry in coverage_of(self, *months):
            del entry.fields["counterpart"]  # type: ignore[attr-defined]
            yield entry

    coverage_of = DonorMonths._coverage
    with monkeypatch.context() as patched:
        patched.setattr(DonorMonths, "_coverage", of_all)
        patched.setattr(importer_of_kiel, "_KINDS", earlier_kinds("2"))
        imported(engine, "kiel", *paths)
    earlier = "SELECT id, actor_id FROM coverage WHERE counterpart_id IS NULL ORDER BY id"
    before = query(engine, earlier)
    supports = query(engine, "SELECT id FROM support ORDER BY id")
    assert len(before) == 2
    (report,) = imported(engine, "kiel", *paths)
    assert report.revision is not None
    assert query(engine, earlier) == []
    after = query(engine, "SELECT id, actor_id FROM coverage ORDER BY id")
    assert after == before
    assert query(engine, "SELECT id FROM support ORDER BY id") == supports
    assert query(engine, "SELECT mapping_version FROM dataset") == [("4",)]
    (again,) = imported(engine, "kiel", *paths)
    assert again.revision is None


def earlier_kinds(version: str) -> Any:
    """Reads files by an earlier version of the mapping."""
    return tuple(
        (columns, replace(about, mapping_version=version), reading)
        for columns, about, reading in importer_of_kiel._KINDS
    )


def test_a_month_of_which_a_row_is_rejected_is_not_observed(engine: Engine, tmp_path: Path) -> None:
    months = [
        month(2022, 1, "0", "0", "0", "0"),
        month(2023, 5, "1", "0", "0", "0", total="2"),
        month(2024, 12, "0", "0", "0", "0"),
    ]
    (info,) = files(tmp_path, "info")
    imported(engine, "kiel", info, written(tmp_path / "months.csv", csv_text(months)))
    assert given(engine, "freeland", "ukraine") == [
        (2022, 0, "0", None),
        (2023, None, None, "NOT_COVERED"),
        (2024, 0, "0", None),
    ]


@pytest.mark.parametrize(
    ("unread", "observed"),
    [
        # Another width: may be any donor, in any month without a row.
        ("Freeland,AUT,2023,5", [False, False]),
        # A control character: this donor in this month.
        ("Freeland,AUT,2023,5,1,1,1,1,1,1,1,\x7f", [False, True]),
        ("Otherland,,2023,5,1,1,1,1,1,1,1,\x7f", [True, False]),
        # No donor; no month.
        (",,2023,5,x,1,1,1,1,1,1,1", [False, False]),
        ("Freeland,AUT,2023,,1,1,1,1,1,1,1,1", [False, True]),
        # An unknown donor is not this donor.
        ("Thirdland,,2023,5,x,1,1,1,1,1,1,1", [True, True]),
    ],
)
def test_what_a_row_that_cannot_be_read_may_be_about_is_not_observed(
    engine: Engine, tmp_path: Path, unread: str, observed: list[bool]
) -> None:
    months = [
        month(*when, "0", "0", "0", "0", **who)
        for who in ({}, {"country": "Otherland", "iso": ""})
        for when in ((2022, 1), (2024, 12))
    ]
    (info,) = files(tmp_path, "info")
    path = written(tmp_path / "months.csv", csv_text(months) + unread)
    (report,) = imported(engine, "kiel", info, path)
    assert (report.used, len(report.rejections)) == (4, 1)
    is_of_any = "The actor and the time of a rejected row cannot be read" in " ".join(report.notes)
    assert is_of_any is (unread == "Freeland,AUT,2023,5")
    found = [given(engine, donor, "ukraine")[1][1] for donor in ("freeland", "otherland")]
    assert found == [0 if each else None for each in observed]


def test_weapons_are_a_part_of_the_allocations(engine: Engine, tmp_path: Path) -> None:
    paths = files(tmp_path, "weapons", "info", "months")
    _, report = imported(engine, "kiel", *paths)
    found = query(engine, "SELECT kind, quantity_value, worth_value FROM support WHERE phase ="
                  " 'ALLOCATED' AND quantity_unit = 'PIECES'")  # fmt: skip
    assert found == [("ARTILLERY", "9", "1500")]
    assert query(
        engine,
        "SELECT w.slug FROM dataset p JOIN dataset w ON w.id = p.part_of_id",
    ) == [("kiel-ukraine-support",)]
    assert report.counts["listed items"] == 2
    assert dict(report.rejections) == {
        3: "The listed items are 2 pieces, and number_of_weapons is 3.",
        4: "The category 'Boats' is not in the mapping.",
    }
    assert [each.revision for each in imported(engine, "kiel", *paths)] == [None, None]


def test_a_part_is_not_imported_without_the_whole(engine: Engine, tmp_path: Path) -> None:
    with pytest.raises(FileRefused, match="It is a part of kiel-ukraine-support"):
        imported(engine, "kiel", *files(tmp_path, "weapons", "info"))


def test_one_refused_file_leaves_nothing_of_the_others(engine: Engine, tmp_path: Path) -> None:
    paths = files(tmp_path, "months", "info")
    other = written(tmp_path / "other.csv", WEAPONS.replace("category", "kind"))
    with pytest.raises(FileRefused, match=r"other.csv: The expected columns are missing: category"):
        imported(engine, "kiel", *paths, other)
    assert query(engine, "SELECT count(*) FROM dataset") == [(0,)]


@pytest.mark.parametrize(
    ("header", "message"),
    [
        (
            "country,iso,year,month",
            r"The expected columns are missing: financial, .*to_be_allocated",
        ),
        (
            "DONOR,CATEGORY",
            r"No row has the columns of data_explorer.csv, of weapons.csv or of MAIN",
        ),
    ],
)
def test_another_file_is_compared_with_the_one_it_is_most_like(
    engine: Engine, tmp_path: Path, header: str, message: str
) -> None:
    other = written(tmp_path / "other.csv", f"{header}\n")
    with pytest.raises(FileRefused, match=message):
        imported(engine, "kiel", other)


def test_months_that_a_spreadsheet_has_saved_with_decimal_commas_are_refused(
    engine: Engine, tmp_path: Path
) -> None:
    """The sums of this row agree with the comma as either separator."""
    rows = [MONTHS[2], month(2022, 9, "0", "0", "1.500", "1.500", total="1.500")]
    content = csv_text(rows).replace(",", ";").replace("1.500", "1,500")
    with pytest.raises(FileRefused, match=r"Row 3 has '1,500', whose comma may be a decimal comma"):
        imported(engine, "kiel", *files(tmp_path, "info"), written(tmp_path / "m.csv", content))
    assert query(engine, "SELECT count(*) FROM support") == [(0,)]


def test_a_file_without_a_usable_row_does_not_empty_the_data_set(
    engine: Engine, tmp_path: Path
) -> None:
    imported(engine, "kiel", *files(tmp_path, "months", "info"))
    before = query(engine, "SELECT count(*) FROM support")
    unreadable = [row | {"year": "2,5"} for row in MONTHS]
    (info,) = files(tmp_path, "info")
    broken = written(tmp_path / "months.csv", csv_text(unreadable))
    with pytest.raises(
        DoesNotAddUp, match=r"None of its 7 rows can be used.* Row 2: .* not a year"
    ):
        imported(engine, "kiel", info, broken)
    assert query(engine, "SELECT count(*) FROM support") == before


def test_the_release_must_be_known(engine: Engine, tmp_path: Path) -> None:
    with pytest.raises(FileRefused, match=r"Add release_info.csv"):
        imported(engine, "kiel", *files(tmp_path, "months"))


ACTIVITY: dict[str, Any] = {
    "activity_id": "FRM1",
    "sub_activity_id": "FRM1_1",
    "donor": "Freeland",
    "announcement_date": "2022-03-01",
    "month": 3,
    "aid_type_general": "Military",
    "aid_type_specific": "Weapons and equipment",
    "measure": "Allocation",
    "item": "Howitzers",
    "item_type": "Heavy weapon",
    "item_numb": 4,
    "item_value_estimate_USD": 100,
    "source_reported_value": 500,
    "reporting_currency": "USD",
    "tot_sub_activity_value_EUR": 450.5,
    "tot_sub_activity_value_EUR_redistr": 450.5,
    "explanation": "Freeland sends howitzers.",
    "Source of Aid 1": "https://Example.org/news",
    "Source of Aid 2": "The Free Times",
    "Source of Aid 3": "",
    "Source of Aid 4": "",
}
ACTIVITIES = [
    ACTIVITY,
    # A word in another case, with blanks; not valued; without a date; its sources have one
    # statement.
    ACTIVITY | {"sub_activity_id": "FRM1_2", "aid_type_general": " military ", "measure": "ALLOCATION",  # noqa: E501
                "tot_sub_activity_value_EUR": 0, "item_numb": "."},
    ACTIVITY | {"sub_activity_id": "FRM2", "announcement_date": "", "month": 0,
                "tot_sub_activity_value_EUR": -50, "aid_type_general": "Financial aid",
                "measure": "Commitment", "reporting_currency": "Euro", "Source of Aid 1": "."},
    ACTIVITY | {"sub_activity_id": "FRM3", "aid_type_general": ""},
    ACTIVITY | {"sub_activity_id": "FRM4", "measure": "Rumour"},
    ACTIVITY | {"sub_activity_id": "FRM5", "reporting_currency": "Beads"},
    ACTIVITY,
    ACTIVITY | {"sub_activity_id": "FRM6", "announcement_date": "spring"},
    ACTIVITY | {"sub_activity_id": "FRM7", "donor": "Ukraine"},
]  # fmt: skip


def test_each_activity_has_its_sources(engine: Engine, tmp_path: Path) -> None:
    sheet = [tuple(ACTIVITY), *(tuple(row.values()) for row in ACTIVITIES)]
    book = workbook(tmp_path / "a.xlsx", {"Notes": [("x",)], "MAIN DATA": sheet})
    _, report = imported(engine, "kiel", book, *files(tmp_path, "months", "info"))
    found = query(
        engine,
        "SELECT source_key, kind, phase, agreed_on, quantity_value, worth_value FROM support"
        " WHERE source_category LIKE '%/%' ORDER BY source_key",
    )
    assert found == [
        ("FRM1_1", "MILITARY", "ALLOCATED", "2022-03-01", "4", "450.5"),
        ("FRM1_2", "MILITARY", "ALLOCATED", "2022-03-01", None, None),
        ("FRM2", "FUNDING", "PLEDGED", None, None, "-50"),
    ]
    assert query(engine, "SELECT title, url FROM source ORDER BY title") == [
        ("The Free Times", None),
        ("https://example.org/news", "https://example.org/news"),
    ]
    claims = query(
        engine,
        "SELECT s.source_key, said_on, text, stance, e.worth_value, e.worth_currency FROM evidence e"  # noqa: E501
        " JOIN support s ON s.id = support_id JOIN statement ON statement.id = statement_id"
        " JOIN source ON source.id = source_id WHERE title = 'The Free Times' ORDER BY 1",
    )
    text = "Freeland sends howitzers."
    assert claims == [
        ("FRM1_1", "2022-03-01", text, "ASSERTS", "500", "USD"),
        ("FRM1_2", "2022-03-01", text, "ASSERTS", "500", "USD"),
        ("FRM2", None, text, "ASSERTS", "500", "EUR"),
    ]
    assert query(engine, "SELECT count(*) FROM statement") == [(3,)]
    assert {**report.counts} == {"corrections": 1, "not valued": 1}
    assert (report.read, report.used) == (9, 3)
    assert dict(report.rejections) == {
        5: "aid_type_general '' is not in the mapping.",
        6: "The measure 'Rumour' is not in the mapping.",
        7: "The currency 'Beads' is not in the mapping.",
        8: "An earlier row has the same sub-activity 'FRM1_1'.",
        9: "announcement_date 'spring' is not a date such as 2022-02-28.",
        10: "'Ukraine' and 'Ukraine' (UKR) are one actor, 'ukraine'.",
    }
    paths = (book, *files(tmp_path, "months", "info"))
    assert [each.revision for each in imported(engine, "kiel", *paths)] == [None, None]


def test_text_from_the_wild_is_mended_or_its_row_rejected(engine: Engine, tmp_path: Path) -> None:
    long = "x" * 600
    odd: list[dict[str, Any]] = [
        # Saved on Windows: quotes contain the line ends of the file.
        {"explanation": "It sends\nhowitzers.", "item": "M1,\nM2"},
        # Copied from a page: direction marks, a combining accent, invisible characters.
        {"item": "\u200eHowitzers\u200f", "Source of Aid 2": "Cafe\u0301"},
        {"explanation": "\u200b\ufeff", "Source of Aid 2": "Caf\u00e9"},
        {"Source of Aid 1": f"https://example.org/{'a' * 2_000}", "Source of Aid 2": long},
        {"Source of Aid 1": long + "1", "Source of Aid 2": ""},
        # Windows-1252 that was decoded as Latin-1.
        {"explanation": "Freeland\u0092s howitzers"},
        {"tot_sub_activity_value_EUR": "1e-21"},
        {"item_numb": "1e30"},
        {"sub_activity_id": "y" * 301},
        {"announcement_date": "2022-03-01 to 2022-04-01"},
        {"announcement_date": "2022-03-01 00:00:00"},
    ]
    rows = [ACTIVITY | {"sub_activity_id": f"A{n:02}"} | each for n, each in enumerate(odd, 2)]
    data = written(tmp_path / "main.csv", csv_text(rows).replace("\n", "\r\n"))
    _, report = imported(engine, "kiel", data, *files(tmp_path, "months", "info"))
    assert dict(report.rejections) == {
        7: "It has the control character U+0092 in it.",
        8: "tot_sub_activity_value_EUR: 1E-21 has more than 24 digits before the point or 20 "
        "behind it.",
        9: "item_numb: 1E+30 has more than 24 digits before the point or 20 behind it.",
        10: "Its id has 301 characters, and may have 300.",
        11: "announcement_date '2022-03-01 to 2022-04-01' is not a date such as 2022-02-28.",
    }
    assert (report.read, report.used) == (11, 6)
    summaries = query(
        engine,
        "SELECT source_key, summary FROM support WHERE source_key LIKE 'A%' ORDER BY 1",
    )
    assert summaries[:2] == [("A02", "M1,\nM2"), ("A03", "Howitzers")]
    sources = [title for (title,) in query(engine, "SELECT title FROM source ORDER BY title")]
    address = f"https://example.org/{'a' * 477}..."
    assert sources == [
        "Caf\u00e9",
        "The Free Times",
        address,
        "https://example.org/news",
        f"{'x' * 497}...",
    ]
    texts = query(
        engine,
        "SELECT text FROM statement JOIN source s ON s.id = source_id WHERE title = 'Caf\u00e9'"
        " ORDER BY 1",
    )
    assert texts == [("Freeland sends howitzers.",), ("Howitzers",)]
