"""Panels by hand, through both APIs and as CSV: zeros, empties, units, and what is refused."""

import asyncio
import csv
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from tests.http.editing import Editor
from tests.made_data_sets import MadeDataSet, load_made
from tests.stores import copy_of

# Old ends and new goes on with its code, in the first half of 2012; late comes in November 2011,
# gone ends with it.
ACTORS = """
    ally: {name: Ally, kind: STATE, codes: [{scheme: COW, value: 901}]}
    old: {name: Old, kind: STATE, codes: [{scheme: COW, value: 902, endedOn: 2012-03-31}]}
    new: {name: New, kind: STATE, codes: [{scheme: COW, value: 902, startedOn: 2012-04-01}]}
    late: {name: Late, kind: STATE, codes: [{scheme: COW, value: 903, startedOn: 2011-11-20}]}
    gone: {name: Gone, kind: STATE, codes: [{scheme: COW, value: 904, endedOn: 2011-12-31}]}
    vague:
      {name: Vague, kind: STATE, codes: [{scheme: GLEDITSCH_WARD, value: 905, startedOn: 200X}]}
    rebels: {name: "=Rebels", kind: ARMED_GROUP}
    army: {name: Army, kind: ARMED_GROUP}
"""
# By data set: what it says of itself, its supports, and its coverage.
DATASETS = {
    "whole": (
        "coversFrom: 2010-03\ncoversUntil: 2013\nsupportKinds: [ARTILLERY, TROOPS]",
        """
        guns: {supporter: ally, recipient: rebels, kind: ARTILLERY, phase: DELIVERED,
          startedOn: 2010-05, endedOn: 2011-02, sourceKey: "1"}
        more: {supporter: ally, recipient: rebels, kind: ARTILLERY, phase: DELIVERED,
          startedOn: 2011, endedOn: 2011, sourceKey: "2"}
        back: {supporter: rebels, recipient: ally, kind: ARTILLERY, phase: DELIVERED,
          startedOn: 2013, endedOn: 2013, sourceKey: "3"}
        some: {attribution: SOME_OF, candidates: [ally, late], recipient: rebels, kind: ARTILLERY,
          phase: DELIVERED, startedOn: 2012, endedOn: 2012, sourceKey: "4"}
        nobody: {attribution: UNKNOWN, recipient: rebels, kind: TROOPS, phase: DELIVERED,
          startedOn: 2012, endedOn: 2012, sourceKey: "5"}
        """,
        "",
    ),
    "hazy": (
        "coversFrom: 2000\ncoversUntil: 2019",
        """
        decade: {supporter: ally, recipient: rebels, kind: DRONES, phase: DELIVERED,
          startedOn: 201X, endedOn: 2012, sourceKey: "1"}
        broad: {supporter: ally, recipient: army, kind: MILITARY, phase: DELIVERED,
          startedOn: 2012, endedOn: 2012, sourceKey: "2"}
        cut: {supporter: ally, recipient: late, kind: DRONES, phase: DELIVERED,
          startedOn: 2012, endedOn: 2013, startCensored: true, endCensored: true, sourceKey: "3"}
        never: {supporter: rebels, recipient: army, kind: DRONES, phase: DELIVERED, sourceKey: "4"}
        pledged: {supporter: army, recipient: ally, kind: DRONES, phase: PLEDGED,
          startedOn: 2012, endedOn: 2012, sourceKey: "5"}
        given: {supporter: army, recipient: ally, kind: DRONES, phase: DELIVERED,
          startedOn: 2012, endedOn: 2013, sourceKey: "6"}
        """,
        "",
    ),
    "rows": (
        "coversFrom: 2000\ncoversUntil: 2019\nscope: Wars.",
        """
        one: {supporter: ally, recipient: rebels, kind: DRONES, phase: DELIVERED,
          startedOn: 2011, endedOn: 2011, endCensored: true, sourceKey: "1"}
        """,
        """
        early: {actor: rebels, role: AS_RECIPIENT, coversFrom: 2011, coversUntil: 2012}
        part: {actor: rebels, role: AS_RECIPIENT, coversFrom: 2014-02, coversUntil: 2015}
        """,
    ),
    "sums": (
        "coversFrom: 2009\ncoversUntil: 2014",
        """
        exact: {supporter: ally, recipient: rebels, kind: FUNDING, phase: DELIVERED,
          startedOn: 2011-07, endedOn: 2012, sourceKey: "1",
          worth: {value: 10, unit: CURRENCY, currency: EUR}}
        more: {supporter: ally, recipient: rebels, kind: FUNDING, phase: DELIVERED,
          startedOn: 2011, endedOn: 2011, sourceKey: "2",
          worth: {value: "0.5", unit: CURRENCY, currency: EUR}}
        dollars: {supporter: ally, recipient: rebels, kind: FUNDING, phase: DELIVERED,
          startedOn: 2013, endedOn: 2013, sourceKey: "3",
          worth: {value: 7, unit: CURRENCY, currency: USD}}
        some: {attribution: SOME_OF, candidates: [ally, army], recipient: rebels, kind: FUNDING,
          phase: DELIVERED, startedOn: 2011, endedOn: 2011, sourceKey: "4",
          worth: {value: 1000, unit: CURRENCY, currency: EUR}}
        undated: {supporter: army, recipient: rebels, kind: FUNDING, phase: DELIVERED,
          startedOn: 201X, endedOn: 2012, sourceKey: "5",
          worth: {value: 3, unit: CURRENCY, currency: EUR}}
        """,
        "",
    ),
    "towards": (
        "coversFrom: 2000\ncoversUntil: 2019\nscope: Aid to the rebels.",
        """
        one: {supporter: ally, recipient: rebels, kind: DRONES, phase: DELIVERED,
          startedOn: 2011, endedOn: 2011, sourceKey: "1"}
        """,
        """
        ally: {actor: ally, role: AS_SUPPORTER, counterpart: rebels, coversFrom: 2011,
          coversUntil: 2012}
        army: {actor: army, role: AS_EITHER, counterpart: rebels, coversFrom: 2011,
          coversUntil: 2012}
        """,
    ),
    "towards-several": (
        "coversFrom: 2000\ncoversUntil: 2019\nscope: Aid to some.",
        "",
        """
        ally: {actor: ally, role: AS_SUPPORTER, counterpart: rebels, coversFrom: 2011,
          coversUntil: 2012}
        army: {actor: army, role: AS_SUPPORTER, counterpart: ally, coversFrom: 2011,
          coversUntil: 2012}
        """,
    ),
    "unspecified": ("coversFrom: 200X\ncoversUntil: 201X", "", ""),
    "unspecified-rows": (
        "",
        "",
        "rebels: {actor: rebels, role: AS_EITHER, coversFrom: 200X, coversUntil: 201X}",
    ),
    "in-words": ("coversFrom: 2000\ncoversUntil: 2019\nscope: Wars.", "", ""),
}
UNITS = {
    "DIRECTED_DYAD_YEAR": ("supporter", "recipient"),
    "DYAD_YEAR": ("first", "second"),
    "ACTOR_YEAR": ("actor",),
}


@pytest.fixture(scope="module")
def editor(
    seeded: Path, tmp_path_factory: pytest.TempPathFactory, runner: asyncio.Runner
) -> Iterator[Editor]:
    tmp_path = tmp_path_factory.mktemp("panel")
    path = copy_of(seeded, tmp_path)
    made = []
    for slug, (about, supports, coverage) in DATASETS.items():
        actors = ACTORS if slug == "whole" else ""
        files = {"actors": actors, "supports": supports, "coverage": coverage}
        made.append(MadeDataSet(slug, {name: text for name, text in files.items() if text}, about))
    load_made(path, tmp_path, *made)
    editor = Editor(path, runner)
    yield editor
    editor.close()


Json = dict[str, Any]
NUMBERS = ("certain", "possible", "missing")


def address(**given: str) -> str:
    return "&".join(f"{name.rstrip('_')}={value}" for name, value in given.items())


def document(**given: str) -> str:
    """The same question for GraphQL, with all there is in an answer."""

    def written(name: str, value: str) -> str:
        listed = value.split(",")
        if name in ("after", "amounts"):
            return f'"{value}"'
        if name in ("datasets", "actors"):
            return "[" + ", ".join(f'"{each}"' for each in listed) + "]"
        return f"[{value}]" if name in ("kinds", "phases") else value

    arguments = ", ".join(
        f"{name.rstrip('_')}: {written(name, value)}" for name, value in given.items()
    )
    actors = " ".join(f"{name} {{ id slug name kind code }}" for name in UNITS[given["unit"]])
    numbers = "certain possible sum uncertain missing"
    cells = f"dataset kind phase side {numbers} supports possibleSupports"
    row = f"year {actors} cells {{ {cells} }}"
    size = "" if "first" in given else ", first: 500"
    return f"{{ panel({arguments}{size}) {{ totalCount nodes {{ {row} }} }} }}"


def panel(editor: Editor, unit: str, **given: str) -> list[Json]:
    """The rows that both APIs give, and whose numbers CSV gives too."""
    given = {"unit": unit} | given
    page = editor.ask(document(**given))["data"]["panel"]
    rest = editor.rest("GET", f"panel?{address(**given)}&first=500").json()
    assert rest["data"] == page["nodes"]
    assert page["totalCount"] == rest["page"]["totalCount"] == len(page["nodes"])
    file = editor.rest("GET", f"panel.csv?{address(**given)}")
    _, *lines = csv.reader(StringIO(file.text))
    assert len(lines) == len(page["nodes"])
    for line, row in zip(lines, page["nodes"], strict=True):
        names = ("certain", "possible", *(("sum",) if "amounts" in given else ()))
        numbers = [cell[name] for cell in row["cells"] for name in names]
        assert line[-len(numbers) :] == ["" if each is None else str(each) for each in numbers]
    rows: list[Json] = page["nodes"]
    return rows


def check_addresses(editor: Editor, cell: Json) -> None:
    """The addresses of a cell lead to as many supports as it counts."""
    unknown = 0
    for name, field in (("supports", "certain"), ("possibleSupports", "possible")):
        pages = [editor.send("GET", each).json()["page"] for each in cell[name]]
        assert sum(page["totalCount"] for page in pages) == (cell[field] or 0)
        unknown += sum(page["unknownCount"] for page in pages)
    assert cell["uncertain"] == unknown


def cells(rows: list[Json], *slugs: str) -> dict[int, list[tuple[Any, ...]]]:
    """By year: certain, possible and missing of each cell of one unit."""
    found: dict[int, list[tuple[Any, ...]]] = {}
    for row in rows:
        its = tuple(value["slug"] for value in row.values() if isinstance(value, dict))
        if its == slugs:
            found[row["year"]] = [tuple(cell[name] for name in NUMBERS) for cell in row["cells"]]
    return found


def one(rows: list[Json], *slugs: str) -> dict[int, tuple[Any, ...]]:
    """The same, where there is one cell."""
    return {year: cell for year, (cell,) in cells(rows, *slugs).items()}


ZERO = (0, 0, None)


def missing(why: str) -> tuple[Any, ...]:
    return (None, None, why)


YEARS = {"from_": "2009", "to": "2014"}


@pytest.mark.parametrize("unit", UNITS)
def test_the_addresses_of_a_cell_lead_to_what_it_counts(editor: Editor, unit: str) -> None:
    given = {"datasets": "whole,hazy", "kinds": "WEAPONS", "actors": "ally,rebels,army"}
    rows = panel(editor, unit, **given, phases="DELIVERED", from_="2012", to="2012")
    found = [cell for row in rows for cell in row["cells"]]
    assert {cell["certain"] for cell in found} >= {0, 1, None}
    for cell in found:
        check_addresses(editor, cell)


def test_zeros_where_a_data_set_looked_and_nothing_where_it_did_not(editor: Editor) -> None:
    given = {"datasets": "whole", "kinds": "WEAPONS", "actors": "ally,rebels", **YEARS}
    rows = panel(editor, "DIRECTED_DYAD_YEAR", **given)
    assert one(rows, "ally", "rebels") == {
        2009: missing("NOT_COVERED"),
        # It looked from March on: what it saw counts, what it did not see is no zero.
        2010: (1, None, None),
        2011: (2, 0, None),
        2012: (0, 1, None),
        2013: ZERO,
        2014: missing("NOT_COVERED"),
    }
    assert one(rows, "rebels", "ally")[2013] == (1, 0, None)
    assert one(rows, "rebels", "ally")[2010] == missing("NOT_COVERED")


def sums(rows: list[Json], *slugs: str) -> dict[int, tuple[Any, ...]]:
    """By year: the number of certain supports of a unit, and the sum of their amounts."""
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
        # What some of several gave is in no sum.
        2011: (2, "10.5"),
        # It went on, and its amount is of the year before.
        2012: (1, "0"),
        # Nobody knows how much it is in euros.
        2013: (1, None),
        2014: (0, "0"),
    }
    # Its amount may be of any of these years, and in which of them it was given is not known.
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
    # Of the given and the received side.
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
    # Whoever gave the troops, the rebels received them.
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
        # The code has passed to another actor by 1 July.
        2012: {"ally": "901", "late": "903", "new": "902"},
        2013: {"ally": "901", "late": "903", "new": "902"},
    }


def test_a_named_actor_that_was_not_there_is_not_observed(editor: Editor) -> None:
    given = {"datasets": "whole", "kinds": "WEAPONS", "actors": "gone,rebels"}
    rows = panel(editor, "DIRECTED_DYAD_YEAR", **given, from_="2011", to="2012")
    assert one(rows, "gone", "rebels") == {2011: ZERO, 2012: missing("NOT_THERE")}


def test_uncertain_dates_broader_kinds_and_censored_ends_hide_a_zero(editor: Editor) -> None:
    given = {"datasets": "hazy", "kinds": "WEAPONS", "actors": "ally,rebels,army,late"}
    rows = panel(editor, "DIRECTED_DYAD_YEAR", **given, phases="DELIVERED", from_="2009", to="2014")
    # It began in some year of the 2010s, before it ended in 2012.
    assert one(rows, "ally", "rebels") == {
        2009: ZERO,
        2010: missing("UNCERTAIN_DATE"),
        2011: missing("UNCERTAIN_DATE"),
        2012: (1, 0, None),
        2013: ZERO,
        2014: ZERO,
    }
    assert one(rows, "ally", "army")[2012] == missing("BROADER_KIND")
    assert one(rows, "ally", "army")[2013] == ZERO
    assert one(rows, "ally", "late") == {
        2009: missing("NOT_THERE"),
        2010: missing("NOT_THERE"),
        2011: missing("CENSORED"),
        2012: (1, 0, None),
        2013: (1, 0, None),
        2014: missing("CENSORED"),
    }
    assert set(one(rows, "rebels", "army").values()) == {missing("UNCERTAIN_DATE")}


def test_coverage_says_where_a_data_set_looked_whatever_its_period(editor: Editor) -> None:
    given = {"datasets": "rows,in-words", "kinds": "DRONES", "actors": "ally,rebels"}
    rows = panel(editor, "DIRECTED_DYAD_YEAR", **given, from_="2010", to="2015")
    in_words = missing("SCOPE_IN_WORDS")
    assert cells(rows, "ally", "rebels") == {
        2010: [missing("NOT_COVERED"), in_words],
        2011: [(1, 0, None), in_words],
        # The data of the support ended, and yet the data set looked at its recipient.
        2012: [ZERO, in_words],
        2013: [missing("NOT_COVERED"), in_words],
        # It looked at a part of the year.
        2014: [missing("NOT_COVERED"), in_words],
        2015: [ZERO, in_words],
    }
    assert {cell[0][2] for cell in cells(rows, "rebels", "ally").values()} == {"NOT_COVERED"}


def test_a_zero_is_within_the_years_that_a_data_set_surely_looked_at(editor: Editor) -> None:
    given = {"datasets": "unspecified,unspecified-rows", "kinds": "DRONES"}
    rows = panel(
        editor, "DIRECTED_DYAD_YEAR", **given, actors="ally,rebels", from_="2008", to="2011"
    )
    not_covered = missing("NOT_COVERED")
    assert cells(rows, "ally", "rebels") == {
        2008: [not_covered] * 2,
        2009: [ZERO] * 2,
        2010: [ZERO] * 2,
        2011: [not_covered] * 2,
    }
    # It may have looked at them in these years, so they are units, whatever is known of them.
    rows = panel(
        editor,
        "ACTOR_YEAR",
        datasets="unspecified-rows",
        covered="true",
        from_="1998",
        to="2021",
    )
    assert [row["year"] for row in rows] == list(range(2000, 2020))


def test_a_state_that_may_not_have_been_there_is_not_observed(editor: Editor) -> None:
    given = {"datasets": "hazy", "kinds": "DRONES", "phases": "DELIVERED"}
    rows = panel(
        editor, "DIRECTED_DYAD_YEAR", **given, actors="vague,rebels", from_="2008", to="2009"
    )
    assert one(rows, "vague", "rebels") == {2008: missing("NOT_THERE"), 2009: ZERO}


TOWARDS = {"datasets": "towards", "kinds": "DRONES", "from_": "2011", "to": "2012"}


def test_who_looked_at_support_to_one_actor_has_not_looked_at_that_to_others(
    editor: Editor,
) -> None:
    rows = panel(editor, "DIRECTED_DYAD_YEAR", **TOWARDS, actors="ally,rebels,army")
    not_covered = dict.fromkeys((2011, 2012), missing("NOT_COVERED"))
    assert one(rows, "ally", "rebels") == {2011: (1, 0, None), 2012: ZERO}
    assert one(rows, "ally", "army") == not_covered
    assert one(rows, "army", "ally") == not_covered
    # It looked at what the ally gives alone, and at what the army gives and receives.
    assert one(rows, "rebels", "ally") == not_covered
    assert one(rows, "army", "rebels") == {2011: ZERO, 2012: ZERO}
    assert one(rows, "rebels", "army") == {2011: ZERO, 2012: ZERO}


def test_coverage_with_a_counterpart_is_of_two_actors_in_either_direction_that_it_has(
    editor: Editor,
) -> None:
    rows = panel(editor, "DYAD_YEAR", **TOWARDS, actors="ally,rebels,army")
    assert one(rows, "ally", "rebels") == {2011: (1, None, None), 2012: missing("NOT_COVERED")}
    assert one(rows, "army", "rebels") == {2011: ZERO, 2012: ZERO}


def test_who_looked_at_support_to_several_actors_may_have_missed_some_that_another_gave(
    editor: Editor,
) -> None:
    towards = TOWARDS | {"datasets": "towards-several", "actors": "ally,army"}
    rows = panel(editor, "ACTOR_YEAR", **towards)
    not_covered = dict.fromkeys((2011, 2012), [missing("NOT_COVERED")] * 2)
    assert cells(rows, "ally") == cells(rows, "army") == not_covered


def test_coverage_with_one_counterpart_covers_its_own_actor_in_its_role(editor: Editor) -> None:
    rows = panel(editor, "ACTOR_YEAR", **TOWARDS, actors="ally,rebels,army")
    not_covered = missing("NOT_COVERED")
    assert cells(rows, "ally") == {2011: [(1, 0, None), not_covered], 2012: [ZERO, not_covered]}
    # Its supporters were looked at one by one, and it may have others.
    assert cells(rows, "rebels") == {2011: [not_covered, (1, None, None)], 2012: [not_covered] * 2}
    assert cells(rows, "army") == dict.fromkeys((2011, 2012), [ZERO] * 2)


def test_kinds_that_a_data_set_does_not_look_for(editor: Editor) -> None:
    given = {"datasets": "whole", "actors": "ally,late", "from_": "2012", "to": "2012"}
    rows = panel(editor, "DIRECTED_DYAD_YEAR", **given, kinds="SUPPORT,ARTILLERY,DRONES,FUNDING")
    assert cells(rows, "ally", "late")[2012] == [
        ZERO,
        ZERO,
        missing("OUT_OF_SCOPE"),
        missing("OUT_OF_SCOPE"),
    ]


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
    # Both ends of what a data set looked at.
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
    # A spreadsheet runs nothing.
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
