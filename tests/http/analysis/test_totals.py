"""Totals compared with values computed by hand: sums, separate groups, errors."""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.http.editing import Editor
from tests.made_data_sets import load_made, whole_and_part
from tests.stores import copy_of

DATASETS = ("sums", "sums-part")
ACTORS = ("ally", "friend", "rebels", "army")
SUPPORTS = {
    "sums": """
        guns: {supporter: ally, recipient: rebels, kind: ARTILLERY, phase: DELIVERED,
          startedOn: 2010-05, endedOn: 2011-02, quantity: {value: 10, unit: PIECES},
          worth: {value: "0.1", unit: CURRENCY, currency: EUR}, sourceKey: "1"}
        more: {supporter: friend, recipient: rebels, kind: DRONES, phase: DELIVERED,
          startedOn: 2011, endedOn: 2011, quantity: {low: 5, high: 7, unit: PIECES},
          worth: {value: "0.2", unit: CURRENCY, currency: EUR}, sourceKey: "2"}
        most: {supporter: ally, recipient: rebels, kind: DRONES, phase: DELIVERED,
          worth: {value: "999999999999999999999999.00000000000000000001", unit: CURRENCY,
            currency: EUR}, agreedOn: 2012-03-04, sourceKey: "3"}
        dollars: {supporter: ally, recipient: army, kind: FUNDING, phase: DELIVERED,
          startedOn: 2013, worth: {value: 5, unit: CURRENCY, currency: USD}, sourceKey: "4"}
        pledged: {supporter: ally, recipient: rebels, kind: DRONES, phase: PLEDGED,
          quantity: {value: 100, unit: PIECES}, sourceKey: "5"}
        some: {attribution: SOME_OF, candidates: [ally, friend], recipient: rebels, kind: TROOPS,
          phase: DELIVERED, startedOn: 201X, quantity: {value: 3, unit: PERSONS}, sourceKey: "6"}
    """,
    "sums-part": """
        part: {supporter: ally, recipient: rebels, kind: DRONES, phase: DELIVERED,
          startedOn: 2010-05, quantity: {value: 4, unit: PIECES}, sourceKey: "1"}
    """,
}


@pytest.fixture
def editor(seeded: Path, tmp_path: Path, runner: asyncio.Runner) -> Iterator[Editor]:
    path = copy_of(seeded, tmp_path)
    load_made(
        path, tmp_path, *whole_and_part(SUPPORTS, ACTORS, "coversFrom: 2010\ncoversUntil: 2013")
    )
    editor = Editor(path, runner)
    yield editor
    editor.close()


COUNTS = "supports supporters recipients"
SUMS = "value low high valued"
OF_SUMS = 'where: {dataset: {slug: {in: ["sums", "sums-part"]}}}'
IN_REST = "dataset.slug.in=sums,sums-part"


def totals(editor: Editor, group_by: str, where: str = "", parameters: str = "") -> Any:
    """Returns the groups of both APIs, which must have the same numbers under the same names."""
    of = 'dataset: {slug: {in: ["sums", "sums-part"]}}'
    own = "year quantityUnit worthUnit worthCurrency kind phase"
    records = " ".join(f"{name} {{ id slug }}" for name in ("supporter", "recipient"))
    sums = f"quantity {{ {SUMS} }} worth {{ {SUMS} }}" if "UNIT" in group_by else ""
    part = f"{{ {COUNTS} {sums} }}"
    document = f"""{{ supportTotals(groupBy: [{group_by}], where: {{{of} {where}}}) {{
      nodes {{ {records} {own} dataset {{ slug }} certain {part} possible {part} }} }} }}"""
    graphql = editor.ask(document)["data"]["supportTotals"]["nodes"]
    address = f"totals?groupBy={group_by}&dataset.slug.in=sums,sums-part{parameters}"
    rest = editor.rest("GET", address).json()["data"]
    assert len(rest) == len(graphql)
    for one, other in zip(rest, graphql, strict=True):
        assert {name: _reduced(value) for name, value in one.items()} == {
            name: _reduced(other[name]) for name in one
        }
    return graphql


def _reduced(value: Any) -> Any:
    return value.get("slug", value) if isinstance(value, dict) else value


def test_data_sets_and_phases_are_never_added_together(editor: Editor) -> None:
    found = [
        (each["dataset"]["slug"], each["phase"], each["certain"]["supports"])
        for each in totals(editor, "")
    ]
    assert sorted(found) == [
        ("sums", "DELIVERED", 4),
        ("sums", "PLEDGED", 1),
        ("sums-part", "DELIVERED", 1),
    ]


def test_distinct_supporters_and_recipients(editor: Editor) -> None:
    given = ', phase: {eq: DELIVERED}, sourceKey: {ne: "0"}'
    whole, _ = totals(editor, "", given, "&phase=DELIVERED&sourceKey.ne=0")
    assert whole["certain"] == {"supports": 4, "supporters": 2, "recipients": 2}
    assert whole["possible"] == {"supports": 1, "supporters": 2, "recipients": 1}


def test_amounts_of_one_unit_are_added_exactly(editor: Editor) -> None:
    groups = totals(editor, "UNIT", ", phase: {eq: DELIVERED}", "&phase=DELIVERED")
    by_unit = {
        (each["dataset"]["slug"], each["quantityUnit"], each["worthCurrency"]): each
        for each in groups
    }
    pieces = by_unit["sums", "PIECES", None]["certain"]
    assert (pieces["supports"], pieces["worth"]) == (2, None)
    assert pieces["quantity"] == {"value": "10", "low": "15", "high": "17", "valued": 1}
    euros = by_unit["sums", None, "EUR"]["certain"]
    assert (euros["supports"], euros["quantity"]) == (3, None)
    assert euros["worth"]["value"] == "999999999999999999999999.30000000000000000001"
    assert by_unit["sums", None, "USD"]["certain"]["worth"]["value"] == "5"
    assert by_unit["sums-part", "PIECES", None]["certain"]["quantity"]["value"] == "4"
    some = by_unit["sums", "PERSONS", None]
    assert (some["certain"]["supports"], some["possible"]["quantity"]["value"]) == (0, "3")


def test_a_period_counts_in_each_year_and_its_amounts_in_one(editor: Editor) -> None:
    groups = totals(editor, "YEAR,UNIT", ", phase: {eq: DELIVERED}", "&phase=DELIVERED")
    found = {
        (each["year"], each["quantityUnit"]): (
            each["certain"]["supports"],
            each["certain"]["quantity"]["value"],
        )
        for each in groups
        if each["dataset"]["slug"] == "sums" and each["quantityUnit"] == "PIECES"
    }
    # The guns of 2010 were given until 2011; the drones of 2011 have a range but no value.
    assert found == {(2010, "PIECES"): (1, "10"), (2011, "PIECES"): (2, None)}
    part = [each["year"] for each in groups if each["dataset"]["slug"] == "sums-part"]
    # A support without an end lasts until the end of the data set's coverage.
    assert part == [2010, 2011, 2012, 2013]
    euros = {
        each["year"]: each["certain"]["worth"]["value"]
        for each in groups
        if each["worthCurrency"] == "EUR"
    }
    # A support without start and end is dated by its agreement.
    assert euros == {
        2010: "0.1",
        2011: "0.2",
        2012: "999999999999999999999999.00000000000000000001",
    }
    # The year in the 2010s in which it began is unknown.
    assert [each["year"] for each in groups if each["quantityUnit"] == "PERSONS"] == [None]


def test_what_some_of_several_gave_is_possible_for_each(editor: Editor) -> None:
    groups = totals(editor, "SUPPORTER", ", kind: {eq: TROOPS}", "&kind=TROOPS")
    assert {each["supporter"]["slug"]: each["possible"]["supports"] for each in groups} == {
        "ally": 1,
        "friend": 1,
    }
    assert {each["certain"]["supports"] for each in groups} == {0}


@pytest.mark.parametrize(
    ("level", "kinds"),
    [
        (0, {"SUPPORT": 5}),
        (1, {"ECONOMY": 1, "MILITARY": 4}),
        (2, {"FUNDING": 1, "WEAPONS": 4}),
        (3, {"ARTILLERY": 1, "DRONES": 3, "FUNDING": 1}),
    ],
)
def test_kinds_at_a_level(editor: Editor, level: int, kinds: dict[str, int]) -> None:
    where = 'dataset: {slug: {eq: "sums"}}, attribution: {eq: CERTAIN}'
    document = f"""{{ supportTotals(groupBy: [KIND], kindLevel: {level}, where: {{{where}}}) {{
      nodes {{ kind certain {{ supports }} }} }} }}"""
    found: dict[str, int] = {}
    for each in editor.ask(document)["data"]["supportTotals"]["nodes"]:
        found[each["kind"]] = found.get(each["kind"], 0) + each["certain"]["supports"]
    assert found == kinds
    address = f"totals?groupBy=KIND&kindLevel={level}&dataset.slug=sums&attribution=CERTAIN"
    rest = editor.rest("GET", address).json()["data"]
    assert {each["kind"] for each in rest} == set(kinds)


def test_pages_in_an_order(editor: Editor) -> None:
    address = f"totals?groupBy=RECIPIENT,UNIT&orderBy=-certain.worth.value&{IN_REST}&first=2"
    first = editor.rest("GET", address).json()
    worths = [each["certain"]["worth"] for each in first["data"]]
    assert [each["value"] for each in worths] == [
        "999999999999999999999999.30000000000000000001",
        "5",
    ]
    assert first["page"]["hasNextPage"] is True
    second = editor.rest("GET", f"{address}&after={first['page']['endCursor']}").json()
    assert second["data"]
    assert not [each for each in second["data"] if each in first["data"]]
    other = f"totals?groupBy=RECIPIENT&{IN_REST}&after={first['page']['endCursor']}"
    assert editor.rest("GET", other).json()["code"] == "BAD_CURSOR"


REFUSED = [
    ("groupBy: [RECIPIENT, RECIPIENT]", "groupBy=RECIPIENT,RECIPIENT"),
    ("groupBy: [COLOUR]", "groupBy=COLOUR"),
    ("", ""),
    ("groupBy: [RECIPIENT], kindLevel: 1", "groupBy=RECIPIENT&kindLevel=1"),
    ("groupBy: [KIND], kindLevel: 9", "groupBy=KIND&kindLevel=9"),
    ("groupBy: [KIND], kindLevel: -1", "groupBy=KIND&kindLevel=-1"),
    ("groupBy: [], first: 501", "groupBy=&first=501"),
    ("groupBy: [], first: 0", "groupBy=&first=0"),
    ('groupBy: [], after: "x"', "groupBy=&after=x"),
    ("groupBy: [], orderBy: {year: ASC}", "groupBy=&orderBy=year"),
    ("groupBy: [], orderBy: {supporter: {name: ASC}}", "groupBy=&orderBy=supporter.name"),
    (
        "groupBy: [], orderBy: {certain: {worth: {value: ASC}}}",
        "groupBy=&orderBy=certain.worth.value",
    ),
    ("groupBy: [], orderBy: {colour: ASC}", "groupBy=&orderBy=colour"),
    ('groupBy: [], where: {validAt: "soon"}', "groupBy=&validAt=soon"),
]


@pytest.mark.parametrize(("arguments", "parameters"), REFUSED)
def test_what_makes_no_sense_is_refused(editor: Editor, arguments: str, parameters: str) -> None:
    given = f"({arguments})" if arguments else ""
    answer = editor.ask(f"{{ supportTotals{given} {{ totalCount nodes {{ kind }} }} }}")
    codes = {error["extensions"]["code"] for error in answer["errors"]}
    assert codes <= {"BAD_USER_INPUT", "BAD_CURSOR", "GRAPHQL_VALIDATION_FAILED"}
    refused = editor.rest("GET", f"totals?{parameters}")
    assert refused.status_code == 400
    assert refused.json()["code"] in ("BAD_USER_INPUT", "BAD_CURSOR")


def test_sums_say_what_to_group_by(editor: Editor) -> None:
    answer = editor.ask("{ supportTotals(groupBy: []) { nodes { certain { worth { value } } } } }")
    (error,) = answer["errors"]
    assert error["extensions"]["code"] == "BAD_USER_INPUT"
    assert "UNIT" in error["message"]
