"""The position of an actor compared with values computed by hand: degrees, shares, unknowns."""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.http.application import code_of
from tests.http.editing import Editor
from tests.made_data_sets import load_made, whole_and_part
from tests.stores import copy_of

ACTORS = ("army", "ally", "friend", "patron", "rebels")
SUPPORTS = {
    "sums": """
        a1: {supporter: ally, recipient: army, kind: DRONES, phase: DELIVERED, startedOn: 2010,
          endedOn: 2012, quantity: {value: 5, unit: PIECES}, sourceKey: "1"}
        a2: {supporter: ally, recipient: army, kind: ARTILLERY, phase: DELIVERED, startedOn: 2011,
          endedOn: 2011, quantity: {value: 1, unit: PIECES},
          worth: {value: 9, unit: TIV}, sourceKey: "2"}
        f1: {supporter: friend, recipient: army, kind: DRONES, phase: DELIVERED, startedOn: 2011,
          endedOn: 2011, quantity: {value: 3, unit: PIECES}, sourceKey: "3"}
        p1: {supporter: patron, recipient: army, kind: DRONES, phase: DELIVERED, agreedOn: 2012,
          quantity: {value: 1, unit: PIECES}, sourceKey: "4"}
        range: {supporter: patron, recipient: army, kind: DRONES, phase: DELIVERED,
          startedOn: 2011, endedOn: 2011, quantity: {low: 1, high: 9, unit: PIECES},
          sourceKey: "5"}
        nobody: {attribution: UNKNOWN, recipient: army, kind: DRONES, phase: DELIVERED,
          startedOn: 2011, endedOn: 2011, quantity: {value: 100, unit: PIECES}, sourceKey: "6"}
        some: {attribution: SOME_OF, candidates: [ally, rebels], recipient: army, kind: DRONES,
          phase: DELIVERED, startedOn: 2011, endedOn: 2011,
          quantity: {value: 100, unit: PIECES}, sourceKey: "7"}
        sometime: {supporter: friend, recipient: army, kind: DRONES, phase: DELIVERED,
          startedOn: 201X, quantity: {value: 10, unit: PIECES}, sourceKey: "8"}
        given: {supporter: army, recipient: rebels, kind: TROOPS, phase: DELIVERED,
          startedOn: 2011, endedOn: 2011, sourceKey: "9"}
        pledged: {supporter: patron, recipient: army, kind: DRONES, phase: PLEDGED,
          quantity: {value: 50, unit: PIECES}, sourceKey: "10"}
        taken-back: {supporter: ally, recipient: rebels, kind: FUNDING, phase: DELIVERED,
          worth: {value: -2, unit: CURRENCY, currency: EUR}, sourceKey: "11"}
        paid: {supporter: friend, recipient: rebels, kind: FUNDING, phase: DELIVERED,
          worth: {value: 5, unit: CURRENCY, currency: EUR}, sourceKey: "12"}
        nothing: {supporter: friend, recipient: rebels, kind: FUNDING, phase: DELIVERED,
          worth: {value: 0, unit: CURRENCY, currency: USD}, sourceKey: "13"}
    """,
    "sums-part": """
        part: {supporter: ally, recipient: army, kind: DRONES, phase: DELIVERED, startedOn: 2011,
          endedOn: 2011, quantity: {value: 7, unit: PIECES}, sourceKey: "1"}
    """,
}


@pytest.fixture
def editor(seeded: Path, tmp_path: Path, runner: asyncio.Runner) -> Iterator[Editor]:
    path = copy_of(seeded, tmp_path)
    load_made(path, tmp_path, *whole_and_part(SUPPORTS, ACTORS, "coversUntil: 2013"))
    editor = Editor(path, runner)
    yield editor
    editor.close()


DEGREES = "given received recipients suppliers possibleGiven possibleReceived"
SUPPLY = "total supports unknownAmount unknownSupplier suppliers tied largestShare herfindahl"


def positions(editor: Editor, slug: str, arguments: str = "", parameters: str = "") -> Any:
    """Returns the position in both APIs, which must have the same numbers under the same names."""
    document = f"""{{ actor(by: {{slug: "{slug}"}}) {{ position{arguments} {{
      dataset {{ id slug title }} phase {DEGREES} undated unknownCount
      kinds {{ kind {DEGREES} }}
      supply {{ {SUPPLY} largestSupplier {{ id slug name kind }} }} }} }} }}"""
    graphql = editor.ask(document)["data"]["actor"]["position"]
    answer = editor.rest("GET", f"actors/{slug}/position?{parameters}").json()
    assert _shortened(answer["data"]) == _shortened(graphql)
    assert answer["revision"] > 1
    return {(each["dataset"]["slug"], each["phase"]): each for each in graphql}


def _shortened(value: Any) -> Any:
    """Returns the records by slug."""
    if isinstance(value, list):
        return [_shortened(each) for each in value]
    if isinstance(value, dict):
        return value.get("slug") or {name: _shortened(each) for name, each in value.items()}
    return value


def test_data_sets_and_phases_are_apart(editor: Editor) -> None:
    found = positions(editor, "army")
    assert {place: (each["given"], each["received"]) for place, each in found.items()} == {
        ("sums", "DELIVERED"): (1, 7),
        ("sums", "PLEDGED"): (0, 1),
        ("sums-part", "DELIVERED"): (0, 1),
    }


def test_degrees_by_kind_count_each_actor_once(editor: Editor) -> None:
    found = positions(editor, "army")["sums", "DELIVERED"]
    assert [found[name] for name in DEGREES.split()] == [1, 7, 1, 3, 0, 1]
    kinds = {each["kind"]: [each[name] for name in DEGREES.split()] for each in found["kinds"]}
    assert kinds == {
        "ARTILLERY": [0, 1, 0, 1, 0, 0],
        "DRONES": [0, 6, 0, 3, 0, 1],
        "TROOPS": [1, 0, 1, 0, 0, 0],
    }


def test_a_candidate_may_give_and_is_no_supplier(editor: Editor) -> None:
    found = positions(editor, "rebels")["sums", "DELIVERED"]
    assert (found["given"], found["possibleGiven"]) == (0, 1)


def test_shares_of_what_is_counted(editor: Editor) -> None:
    supply = positions(editor, "army")["sums", "DELIVERED"]["supply"]
    assert supply["largestSupplier"] is None
    del supply["largestSupplier"]
    # Three actors give two supports each; the supporter of another one is unknown.
    assert supply == {
        "total": "6",
        "supports": 6,
        "unknownAmount": 0,
        "unknownSupplier": 1,
        "suppliers": 3,
        "tied": 3,
        "largestShare": "0.333333",
        "herfindahl": "0.333333",
    }


def test_shares_of_a_quantity(editor: Editor) -> None:
    found = positions(editor, "army", '(unit: "PIECES")', "unit=PIECES")
    supply = found["sums", "DELIVERED"]["supply"]
    # 6 of 20 from the ally, 13 from the friend, 1 from the patron, whose range is no value.
    assert supply["largestSupplier"]["slug"] == "friend"
    assert (supply["total"], supply["largestShare"]) == ("20", "0.65")
    # (36 + 169 + 1) / 400
    assert supply["herfindahl"] == "0.515"
    assert (supply["supports"], supply["unknownAmount"], supply["unknownSupplier"]) == (5, 1, 1)
    # In the part of the data set, the ally gives all.
    part = found["sums-part", "DELIVERED"]["supply"]
    assert (part["total"], part["largestShare"], part["herfindahl"]) == ("7", "1", "1")


def test_amounts_count_in_the_year_of_their_date(editor: Editor) -> None:
    arguments = '(unit: "PIECES", from: 2011, until: 2012)'
    found = positions(editor, "army", arguments, "unit=PIECES&from=2011&until=2012")
    position = found["sums", "DELIVERED"]
    # The support of 2010 to 2012 counts, and its amount is of 2010.
    assert (position["received"], position["undated"]) == (6, 1)
    supply = position["supply"]
    assert (supply["total"], supply["supports"], supply["unknownAmount"]) == ("5", 3, 2)
    # 1 from the ally, 3 from the friend, 1 from the patron: (1 + 9 + 1) / 25
    assert (supply["largestShare"], supply["herfindahl"]) == ("0.6", "0.44")


def test_a_period_without_supports_has_what_is_undated_alone(editor: Editor) -> None:
    found = positions(editor, "army", "(from: 1990, until: 1999)", "from=1990&until=1999")
    assert {place: (each["received"], each["undated"]) for place, each in found.items()} == {
        ("sums", "DELIVERED"): (0, 1),
        ("sums", "PLEDGED"): (0, 1),
    }


def test_worths_of_another_unit_are_left_out(editor: Editor) -> None:
    found = positions(editor, "army", '(unit: "TIV")', "unit=TIV")
    supply = found["sums", "DELIVERED"]["supply"]
    assert (supply["total"], supply["unknownAmount"], supply["herfindahl"]) == ("9", 5, "1")


@pytest.mark.parametrize(("unit", "total"), [("EUR", "3"), ("USD", "0"), ("TIV", None)])
def test_without_a_whole_there_are_no_shares(editor: Editor, unit: str, total: str | None) -> None:
    found = positions(editor, "rebels", f'(unit: "{unit}")', f"unit={unit}")
    supply = found["sums", "DELIVERED"]["supply"]
    assert (supply["total"], supply["largestShare"], supply["herfindahl"]) == (total, None, None)


def test_only_what_matches_a_filter(editor: Editor) -> None:
    where = '(where: {dataset: {slug: {eq: "sums"}}, kind: {under: MILITARY}}, first: 1)'
    found = positions(editor, "army", where, "dataset.slug=sums&kind.under=MILITARY&first=1")
    assert {place: each["received"] for place, each in found.items()} == {("sums", "DELIVERED"): 7}


def test_supports_of_unknown_validity_are_counted_in_their_position(
    editor: Editor,
) -> None:
    """In 2011 may have been what began in 201X, and what was agreed in 2012."""
    found = positions(editor, "army", '(where: {validAt: "2011"})', "validAt=2011")
    assert {place: (each["received"], each["unknownCount"]) for place, each in found.items()} == {
        ("sums", "DELIVERED"): (5, 2),
        ("sums", "PLEDGED"): (0, 1),
        ("sums-part", "DELIVERED"): (1, 0),
    }
    assert found["sums", "DELIVERED"]["supply"]["total"] == "4"
    assert {each["kind"]: each["received"] for each in found["sums", "DELIVERED"]["kinds"]} == {
        "ARTILLERY": 1,
        "DRONES": 4,
        "TROOPS": 0,
    }
    both = '(from: 2010, until: 2012, where: {validAt: "2011"})'
    found = positions(editor, "army", both, "from=2010&until=2012&validAt=2011")
    # A support that the filter excludes is not counted as excluded by the period.
    sums = found["sums", "DELIVERED"]
    assert (sums["received"], sums["undated"], sums["unknownCount"]) == (5, 0, 2)


def test_as_of_before_the_supports_there_were_none(editor: Editor) -> None:
    newest = editor.rest("GET", "actors/army/position").json()["revision"]
    before = editor.rest("GET", f"actors/army/position?asOf={newest - 1}").json()["data"]
    assert [each["dataset"]["slug"] for each in before] == ["sums", "sums"]


@pytest.mark.parametrize(
    ("arguments", "parameters", "message"),
    [
        ('unit: "eur"', "unit=eur", "`unit`"),
        ('unit: "CURRENCY"', "unit=CURRENCY", "`unit`"),
        ("from: 0", "from=0", "`from` must be a year between 1 and 9999"),
        ("from: 2012, until: 2011", "from=2012&until=2011", "`until` is 2011, before `from`"),
        ("first: 0", "first=0", "`first` must be between 1 and 200"),
    ],
)
def test_what_is_refused(editor: Editor, arguments: str, parameters: str, message: str) -> None:
    # Also for an actor without supports, and if no shares are selected.
    document = f'{{ actor(by: {{slug: "nobody"}}) {{ position({arguments}) {{ given }} }} }}'
    answer = editor.send("POST", "/graphql", json={"query": document})
    assert (code_of(answer), message in answer.text) == ("BAD_USER_INPUT", True)
    refused = editor.rest("GET", f"actors/army/position?{parameters}")
    assert (refused.status_code, message in refused.json()["detail"]) == (400, True)


def test_an_unknown_actor_has_no_position(editor: Editor) -> None:
    assert code_of(editor.rest("GET", "actors/nobody/position")) == "NOT_FOUND"


def test_its_cost_is_known_before(editor: Editor) -> None:
    document = """{ actors(first: 500) { nodes {
      position(first: 200) { supply { largestSupplier { name } } } } } }"""
    assert (
        code_of(editor.send("POST", "/graphql", json={"query": document})) == "NODE_BUDGET_EXCEEDED"
    )


def test_a_write_answers_with_the_position_it_leaves(editor: Editor) -> None:
    document = """mutation { createSupport(input: {supporter: {slug: "patron"},
      recipient: {slug: "army"}, kind: DRONES, phase: AGREED, attribution: CERTAIN,
      quantity: {value: "3", unit: PIECES}, dataset: {slug: "sums"}}) {
      errors { message } support { recipient { position(unit: "PIECES",
        where: {phase: {eq: AGREED}}) { supply { total herfindahl } } } } } }"""
    answer = editor.ask(document)
    assert answer["data"]["createSupport"]["support"]["recipient"]["position"] == [
        {"supply": {"total": "3", "herfindahl": "1"}}
    ]
