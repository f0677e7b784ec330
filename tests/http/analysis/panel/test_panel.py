"""Panels compared with values computed by hand: numbers, units, pages, and errors."""

import csv
from io import StringIO
from typing import Any

import pytest

from tests.http.analysis.panel.asking import (
    UNITS,
    YEARS,
    ZERO,
    Json,
    address,
    cells,
    check_addresses,
    document,
    missing,
    one,
    panel,
)
from tests.http.editing import Editor


@pytest.mark.parametrize("unit", UNITS)
def test_the_addresses_of_a_cell_lead_to_what_it_counts(editor: Editor, unit: str) -> None:
    given = {"datasets": "whole,hazy", "kinds": "WEAPONS", "actors": "ally,rebels,army"}
    rows = panel(editor, unit, **given, phases="DELIVERED", from_="2012", to="2012")
    found = [cell for row in rows for cell in row["cells"]]
    assert {cell["certain"] for cell in found} >= {0, 1, None}
    for cell in found:
        check_addresses(editor, cell)


def sums(rows: list[Json], *slugs: str) -> dict[int, tuple[Any, ...]]:
    """Returns, by year, the number of certain supports of a unit, and the sum of their amounts."""
    return {
        row["year"]: (row["cells"][0]["certain"], row["cells"][0]["sum"])
        for row in rows
        if tuple(value["slug"] for value in row.values() if isinstance(value, dict)) == slugs
    }


def test_sums_of_the_amounts_of_a_year(editor: Editor) -> None:
    given = {"datasets": "sums", "kinds": "FUNDING", "actors": "ally,rebels,army", **YEARS}
    rows = panel(editor, "DIRECTED_DYAD_YEAR", **given, amounts="EUR")
    assert sums(rows, "ally", "rebels") == {
        2009: (0, "0"),
        2010: (0, "0"),
        # Supports with candidates are in no sum.
        2011: (2, "10.5"),
        # The support continued, and its amount belongs to the year before.
        2012: (1, "0"),
        # Its amount in euros is unknown.
        2013: (1, None),
        2014: (0, "0"),
    }
    # The amount may belong to any of these years.
    assert sums(rows, "army", "rebels") == {
        2009: (0, "0"),
        2010: (None, None),
        2011: (None, None),
        2012: (1, None),
        2013: (0, "0"),
        2014: (0, "0"),
    }
    dollars = panel(editor, "DIRECTED_DYAD_YEAR", **given, amounts="USD")
    assert sums(dollars, "ally", "rebels")[2013] == (1, "7")
    received = panel(editor, "ACTOR_YEAR", **given, amounts="EUR")
    (in_2011,) = [r for r in received if (r["year"], r["actor"]["slug"]) == (2011, "rebels")]
    # Of the sides given and received.
    assert [cell["sum"] for cell in in_2011["cells"]] == ["0", None]


def test_without_a_unit_there_are_no_sums(editor: Editor) -> None:
    given = {"datasets": "sums", "kinds": "FUNDING", "actors": "ally,rebels", **YEARS}
    rows = panel(editor, "DIRECTED_DYAD_YEAR", **given)
    assert {cell["sum"] for row in rows for cell in row["cells"]} == {None}


def test_what_either_of_two_gives_is_in_one_row(editor: Editor) -> None:
    given = {"datasets": "whole", "kinds": "WEAPONS", "actors": "rebels,ally", **YEARS}
    assert one(panel(editor, "DYAD_YEAR", **given), "ally", "rebels") == {
        2009: missing("NOT_COVERED"),
        2010: (1, None, None),
        2011: (2, 0, None),
        2012: (0, 1, None),
        2013: (1, 0, None),
        2014: missing("NOT_COVERED"),
    }


def test_what_an_actor_gives_and_what_it_receives_are_apart(editor: Editor) -> None:
    given = {"datasets": "whole", "kinds": "WEAPONS,TROOPS", "actors": "ally,rebels"}
    rows = panel(editor, "ACTOR_YEAR", **given, from_="2012", to="2013")
    sides = [(cell["kind"], cell["side"]) for cell in rows[0]["cells"]]
    assert sides == [
        ("WEAPONS", "GIVEN"),
        ("WEAPONS", "RECEIVED"),
        ("TROOPS", "GIVEN"),
        ("TROOPS", "RECEIVED"),
    ]
    assert cells(rows, "ally")[2012] == [(0, 1, None), ZERO, ZERO, ZERO]
    # The rebels received the troops, although their supporter is unknown.
    assert cells(rows, "rebels")[2012] == [ZERO, (0, 1, None), ZERO, (1, 0, None)]
    assert cells(rows, "ally")[2013] == [ZERO, (1, 0, None), ZERO, ZERO]


def test_units_are_the_states_of_a_year_each_by_one_code(editor: Editor) -> None:
    given = {"datasets": "whole", "codes": "COW", "from_": "2010", "to": "2013"}
    rows = panel(editor, "ACTOR_YEAR", **given)
    found: dict[int, dict[str, str]] = {}
    for row in rows:
        if row["actor"]["code"].startswith("90"):
            found.setdefault(row["year"], {})[row["actor"]["slug"]] = row["actor"]["code"]
    assert found == {
        2010: {"ally": "901", "gone": "904", "old": "902"},
        2011: {"ally": "901", "gone": "904", "late": "903", "old": "902"},
        # Another actor has the code on 1 July.
        2012: {"ally": "901", "late": "903", "new": "902"},
        2013: {"ally": "901", "late": "903", "new": "902"},
    }


def test_phases_have_cells_of_their_own(editor: Editor) -> None:
    given = {"datasets": "hazy", "kinds": "DRONES", "actors": "army,ally"}
    years = {"from_": "2012", "to": "2013"}
    rows = panel(editor, "DIRECTED_DYAD_YEAR", **given, **years, phases="PLEDGED,DELIVERED")
    assert [cell["phase"] for cell in rows[0]["cells"]] == ["PLEDGED", "DELIVERED"]
    assert cells(rows, "army", "ally") == {2012: [(1, 0, None)] * 2, 2013: [ZERO, (1, 0, None)]}
    parameters = address(unit="DIRECTED_DYAD_YEAR", **given, **years)
    refused = editor.rest("GET", f"panel?{parameters}").json()
    assert refused["code"] == "BAD_USER_INPUT"
    assert "hazy" in refused["detail"]
    assert "phases" in refused["detail"]


def test_covered_actors_are_units_in_those_years(editor: Editor) -> None:
    given = {"datasets": "rows", "covered": "true", "from_": "2010", "to": "2015"}
    rows = panel(editor, "ACTOR_YEAR", **given)
    assert [(row["year"], row["actor"]["slug"]) for row in rows] == [
        (2011, "rebels"),
        (2012, "rebels"),
        (2014, "rebels"),
        (2015, "rebels"),
    ]
    # Both ends of the coverage.
    rows = panel(editor, "ACTOR_YEAR", datasets="towards", covered="true", from_="2012", to="2013")
    assert [row["actor"]["slug"] for row in rows] == ["ally", "army", "rebels"]


def test_pages_are_the_whole_panel_in_order(editor: Editor) -> None:
    given = {"datasets": "whole", "codes": "COW", "actors": "rebels,army"}
    for unit in UNITS:
        parameters = address(unit=unit, **given, from_="2010", to="2013")
        whole = editor.rest("GET", f"panel?{parameters}&first=500").json()["data"]
        keys = [(row["year"], *(row[name]["slug"] for name in UNITS[unit])) for row in whole]
        assert keys == sorted(set(keys))
        for size in (1, 17):
            read, after = [], ""
            while len(read) < min(len(whole), 4 * size):
                page = editor.rest("GET", f"panel?{parameters}&first={size}{after}").json()
                read += page["data"]
                assert page["page"]["totalCount"] == len(whole)
                assert page["page"]["hasNextPage"] is (len(read) < len(whole))
                after = f"&after={page['page']['endCursor']}"
            assert read == whole[: len(read)]


def test_an_earlier_state_has_its_own_panel(editor: Editor) -> None:
    given = {"unit": "DIRECTED_DYAD_YEAR", "datasets": "whole", "actors": "army,gone"}
    given |= {"from_": "2011", "to": "2011"}
    before = editor.rest("GET", f"panel.csv?{address(**given)}")
    revision = before.headers["allygraph-revision"]
    support = {"supporter": "army", "recipient": "gone", "kind": "TROOPS", "phase": "DELIVERED"}
    support |= {"startedOn": "2011", "endedOn": "2011", "dataset": "whole", "sourceKey": "new"}
    assert editor.rest("POST", "supports", support).status_code == 201
    after = editor.rest("GET", f"panel.csv?{address(**given)}")
    assert (before.text.count(",0,0"), after.text.count(",0,0")) == (2, 1)
    as_of = editor.rest("GET", f"panel.csv?{address(**given)}&asOf={revision}")
    assert as_of.text == before.text
    question = document(**given)
    question = question[: question.index("nodes")] + "nodes { cells { certain } } } }"
    found = []
    for state in ("", f"@asOf(revision: {revision})"):
        rows = editor.ask(f"query {state} {question}")["data"]["panel"]["nodes"]
        found.append([row["cells"][0]["certain"] for row in rows])
    assert found == [[1, 0], [0, 0]]


def test_units_are_named_by_any_id_and_slug_that_they_have_or_had(editor: Editor) -> None:
    given = {"datasets": "whole", "from_": "2011", "to": "2011"}
    army = panel(editor, "ACTOR_YEAR", actors="army", **given)
    id_ = army[0]["actor"]["id"]
    old = {"slug": "old-army", "name": "Old army", "kind": "ARMED_GROUP"}
    old_id = editor.rest("POST", "actors", old).json()["id"]
    before = editor.revision()
    assert editor.rest("POST", "actors/army/merge", {"merge": ["old-army"]}).status_code == 200
    assert editor.rest("PATCH", "actors/army", {"slug": "new-army"}).status_code == 200
    for name in ("army", "new-army", "old-army", id_, old_id, f"{id_},old-army,new-army"):
        (row,) = panel(editor, "ACTOR_YEAR", actors=name, **given)
        assert (row["actor"]["slug"], row["actor"]["id"]) == ("new-army", id_)
    (then,) = editor.rest(
        "GET", f"panel?{address(unit='ACTOR_YEAR', actors=old_id, asOf=str(before), **given)}"
    ).json()["data"]
    assert then["actor"]["slug"] == "old-army"
    for name in ("actor_99999", "support_1", "nobody"):
        parameters = address(unit="ACTOR_YEAR", actors=f"{id_},{name}", **given)
        refused = editor.rest("GET", f"panel?{parameters}").json()
        assert refused["detail"] == f"`actors`: there is no actor '{name}'."


def test_csv_has_the_units_and_a_column_for_each_number(editor: Editor) -> None:
    parameters = address(
        unit="ACTOR_YEAR",
        datasets="whole",
        kinds="WEAPONS",
        phases="DELIVERED",
        actors="rebels",
        codes="COW",
        from_="2012",
        to="2012",
    )
    file = editor.rest("GET", f"panel.csv?{parameters}")
    assert file.headers["content-type"] == "text/csv; charset=utf-8; header=present"
    assert 'rel="cite-as"' in file.headers["link"]
    header, *lines = csv.reader(StringIO(file.text))
    of = "whole.WEAPONS.DELIVERED"
    assert header == [
        *("year", "actor.slug", "actor.name", "actor.code"),
        *(f"{of}.given", f"{of}.given.possible", f"{of}.received", f"{of}.received.possible"),
    ]
    # A spreadsheet must not evaluate any cell.
    assert ["2012", "rebels", "'=Rebels", "", "0", "0", "0", "1"] in lines


NEEDED = {"unit": "DYAD_YEAR", "datasets": "whole", "codes": "COW", "from_": "2010", "to": "2011"}
REFUSED = [
    ({"unit": "MONTH"}, "BAD_USER_INPUT"),
    ({"datasets": "nowhere"}, "BAD_USER_INPUT"),
    ({"datasets": "whole,whole"}, "BAD_USER_INPUT"),
    ({"kinds": "LOVE"}, "BAD_USER_INPUT"),
    ({"kinds": "DRONES,DRONES"}, "BAD_USER_INPUT"),
    ({"phases": "SOON"}, "BAD_USER_INPUT"),
    ({"codes": "POSTAL"}, "BAD_USER_INPUT"),
    ({"actors": "nobody"}, "BAD_USER_INPUT"),
    ({"actors": "ally,ally"}, "BAD_USER_INPUT"),
    ({"from_": "2012"}, "BAD_USER_INPUT"),
    ({"from_": "0"}, "BAD_USER_INPUT"),
    ({"to": "10000"}, "BAD_USER_INPUT"),
    ({"first": "0"}, "BAD_USER_INPUT"),
    ({"first": "501"}, "BAD_USER_INPUT"),
    ({"amounts": "eur"}, "BAD_USER_INPUT"),
    ({"after": "x"}, "BAD_CURSOR"),
]


@pytest.mark.parametrize(("wrong", "code"), REFUSED)
def test_what_makes_no_sense_is_refused(editor: Editor, wrong: dict[str, str], code: str) -> None:
    given = NEEDED | wrong
    refused = editor.rest("GET", f"panel?{address(**given)}")
    assert (refused.status_code, refused.json()["code"]) == (400, code)
    if "first" not in wrong:
        assert editor.rest("GET", f"panel.csv?{address(**given)}").status_code == 400
    if given["unit"] in UNITS:
        (error,) = editor.ask(document(**given))["errors"][:1]
        assert error["extensions"]["code"] in (code, "GRAPHQL_VALIDATION_FAILED")


def test_a_panel_of_too_many_rows_is_refused_before_it_is_made(editor: Editor) -> None:
    records = editor.rest("GET", "actors?first=100&fields=slug").json()["data"]
    actors = ",".join(each["slug"] for each in records)
    given = NEEDED | {"actors": actors, "from_": "1", "to": "9999"}
    for name in ("panel", "panel.csv"):
        refused = editor.rest("GET", f"{name}?{address(**given)}").json()
        assert refused["code"] == "NODE_BUDGET_EXCEEDED"
        assert "`from`" in refused["detail"]


def test_a_panel_of_too_many_pairs_is_refused(
    editor: Editor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("service.sql.panel.refusal.ROWS_MOST", 5)
    given = NEEDED | {"actors": "ally,rebels,army", "phases": "DELIVERED", "to": "2010"}
    del given["codes"]
    assert editor.rest("GET", f"panel?{address(**given)}").status_code == 200
    refused = editor.rest("GET", f"panel?{address(**given | {'to': '2011'})}").json()
    assert refused["code"] == "NODE_BUDGET_EXCEEDED"
    assert "6 rows" in refused["detail"]


@pytest.mark.parametrize("name", ["unit", "datasets", "from_", "to"])
def test_what_is_missing_is_named(editor: Editor, name: str) -> None:
    given = {each: value for each, value in NEEDED.items() if each != name}
    refused = editor.rest("GET", f"panel?{address(**given)}").json()
    assert refused["code"] == "BAD_USER_INPUT"
    assert f"`{name.rstrip('_')}`" in refused["detail"]


def test_a_panel_needs_units(editor: Editor) -> None:
    given = {each: value for each, value in NEEDED.items() if each != "codes"}
    refused = editor.rest("GET", f"panel?{address(**given)}").json()
    assert refused["code"] == "BAD_USER_INPUT"
    assert "`covered`" in refused["detail"]
