"""The importer of SIPRI's trade register, on a made-up file of its format."""

import tracemalloc
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from seeds import stage
from seeds.sipri.mapping import kind_of
from tests.commands import run
from tests.seeds.importing.samples import answered, csv_text, imported, query, written

PREAMBLE = (
    "Trade register\r\n\r\nInformation generated: 11 March 2026\r\n" + "A line\r\n" * 7 + "\r\n"
)
DEAL: dict[str, Any] = {
    "SIPRI AT Database ID": 101,
    "Supplier": "Freeland",
    "Recipient": "Norland",
    "Designation": "M-1",
    "Description": "tank",
    "Armament category": "Armoured vehicles",
    "Order date": 1989,
    "Order date is estimate": "Yes",
    "Numbers delivered": "1,020",
    "Numbers delivered is estimate": "Yes",
    "Delivery year": 1990,
    "Delivery year is estimate": "No",
    "Status": "Second hand",
    "SIPRI estimate": "1.25",
    "TIV deal unit": "0.5",
    # The value is not recomputed as pieces times the unit.
    "TIV delivery values": "509.90",
    "Local production": "No",
}
DEALS = [
    DEAL,
    DEAL | {"Numbers delivered": 2, "TIV delivery values": 1, "Numbers delivered is estimate": "No"},  # noqa: E501
    DEAL | {"SIPRI AT Database ID": 102, "Supplier": "unknown supplier(s)", "Order date": "",
            "Recipient": "Hezbollah (Lebanon)*", "Designation": "Shahed-136", "Description": "SSM",
            "Armament category": "Missiles", "Delivery year is estimate": "Yes", "Status": "New",
            "Numbers delivered": "", "Local production": "Yes"},
    DEAL | {"SIPRI AT Database ID": 103, "Recipient": "Unknown country", "Supplier": "Côte d'Or"},
    DEAL | {"Armament category": "Balloons"},
    DEAL | {"Delivery year": ""},
    DEAL | {"Recipient": "Freeland"},
    DEAL | {"Order date is estimate": "Perhaps"},
    DEAL | {"Numbers delivered": "some"},
]  # fmt: skip


def register(folder: Path) -> Path:
    content = PREAMBLE + csv_text(DEALS).replace("\n", "\r\n")
    return written(folder / "a.csv", content.encode("cp1252"))


def test_each_delivery_is_a_support_in_the_words_of_the_file(
    engine: Engine, tmp_path: Path
) -> None:
    (report,) = imported(engine, "sipri", register(tmp_path))
    found = query(
        engine,
        "SELECT source_key, g.name, r.name, s.kind, agreed_on, started_on, quantity_value,"
        " quantity_estimated, worth_value, worth_unit, summary, attribution FROM support s"
        " LEFT JOIN actor g ON g.id = supporter_id LEFT JOIN actor r ON r.id = recipient_id"
        " ORDER BY s.id",
    )
    tank = ("ARMOUR", "1989~", "1990")
    used = "M-1 (second hand)"
    assert [(*row[:7], None if row[7] is None else bool(row[7]), *row[8:]) for row in found] == [
        ("101 1990", "Freeland", "Norland", *tank, "1020", True, "509.9", "TIV", used, "CERTAIN"),
        ("101 1990 #2", "Freeland", "Norland", *tank, "2", False, "1", "TIV", used, "CERTAIN"),
        ("102 1990", None, "Hezbollah (Lebanon)", "DRONES", None, "1990~", None, None, "509.9",
         "TIV", "Shahed-136; made locally", "UNKNOWN"),
        ("103 1990", "Côte d'Or", None, *tank, "1020", True, "509.9", "TIV", used, "CERTAIN"),
    ]  # fmt: skip
    assert query(engine, "SELECT DISTINCT source_category FROM support ORDER BY 1") == [
        ("Armoured vehicles: tank",),
        ("Missiles: SSM",),
    ]
    assert query(engine, "SELECT kind FROM actor WHERE name LIKE 'Hez%'") == [("ARMED_GROUP",)]
    # Rows are numbered as in a spreadsheet: the header is the twelfth.
    assert dict(report.rejections) == {
        17: "The armament category 'Balloons' is not in the mapping.",
        18: "It has no delivery year.",
        19: "'Freeland' and 'Freeland' are one actor, 'freeland'.",
        20: "Order date is estimate: 'perhaps' is neither Yes nor No.",
        21: "A value cannot be read: 'some' is not a number such as 1234.5 or 1,234.5.",
    }
    assert (report.read, report.used, report.version) == (9, 4, "11 March 2026")
    assert report.asked_back["worth, TIV"] == report.sums["worth, TIV"]
    (again,) = imported(engine, "sipri", register(tmp_path))
    assert again.revision is None


def test_a_delivery_without_a_name_is_rejected_alone(engine: Engine, tmp_path: Path) -> None:
    deals = [
        DEAL,
        DEAL | {"Supplier": " "},
        DEAL | {"Recipient": "**"},
        DEAL | {"Supplier": "x" * 301},
    ]
    (report,) = imported(engine, "sipri", written(tmp_path / "a.csv", PREAMBLE + csv_text(deals)))
    assert report.used == 1
    assert dict(report.rejections) == {
        14: "The name of an actor is missing.",
        15: "The name of an actor is missing.",
        16: f"The actor '{'x' * 301}' is not known: its name has 301 characters, and may have 1"
        " to 300.",
    }


def test_what_rejected_deliveries_are_about_is_no_observed_zero(
    engine: Engine, tmp_path: Path
) -> None:
    """The file does not say which actors SIPRI covers, so a panel has no zeros."""
    deals = [DEAL, DEAL | {"Delivery year": 1991, "Numbers delivered": "some"}]
    imported(engine, "sipri", written(tmp_path / "a.csv", PREAMBLE + csv_text(deals)))
    document = """{ panel(unit: DIRECTED_DYAD_YEAR, datasets: ["sipri-arms-transfers"],
      from: 1989, to: 1991, actors: ["freeland", "norland"], first: 100) {
      nodes { year supporter { slug } cells { certain missing } } } }"""
    cells = {
        (row["year"], row["supporter"]["slug"]): tuple(row["cells"][0].values())
        for row in answered(engine, document)["panel"]["nodes"]
    }
    unseen = (None, "SCOPE_IN_WORDS")
    assert cells == {
        (year, giver): (1, None) if (year, giver) == (1990, "freeland") else unseen
        for year in (1989, 1990, 1991)
        for giver in ("freeland", "norland")
    }


@pytest.mark.parametrize(
    ("category", "description", "designation", "kind"),
    [
        ("Aircraft", "armed UAV", "CH-4", "DRONES"),
        ("Aircraft", "maritime patrol UAV", "Hermes", "DRONES"),
        ("Missiles", "loitering munition", "Harop", "DRONES"),
        ("Missiles", "SSM", "Shahed-136/Geran-2", "DRONES"),
        ("Missiles", "SSM", "Geran-2", "DRONES"),
        ("Missiles", "SSM", "Geran-21", "MISSILES"),
        ("Aircraft", "UAV jammer aircraft", "X", "AIRCRAFT"),
        ("Anti-submarine warfare weapons", "ASW mortar", "X", "NAVAL_WEAPONS"),
        ("Ships", "frigate", "X", "NAVAL"),
        ("Rafts", "raft", "X", None),
    ],
)
def test_kinds(category: str, description: str, designation: str, kind: str | None) -> None:
    assert kind_of(category, description, designation) == kind


def test_the_terms_of_use_are_printed(tmp_path: Path) -> None:
    done = run("import", "sipri", "--mapping")
    assert "SIPRI allows no redistribution" in done.out


def test_the_memory_of_an_import_does_not_grow_with_its_file(
    on_sqlite: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # As if the file of some thousand rows had millions.
    monkeypatch.setattr(stage, "BATCH_RECORDS", 200)
    peaks = []
    for count in (1_000, 4_000):
        deals = [DEAL | {"SIPRI AT Database ID": number} for number in range(count)]
        file = written(tmp_path / "a.csv", PREAMBLE + csv_text(deals))
        tracemalloc.start()
        try:
            (report,) = imported(on_sqlite, "sipri", file)
            peaks.append(tracemalloc.get_traced_memory()[1])
        finally:
            tracemalloc.stop()
        assert report.used == count
    # In memory these records would take 10 MB more.
    assert peaks[1] - peaks[0] < 3_000_000
