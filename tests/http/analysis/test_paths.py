"""Paths compared with paths found by hand: the shortest, their times, errors."""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.http.editing import Editor
from tests.made_data_sets import MadeDataSet, armed_groups, load_made
from tests.stores import copy_of

# a -> b -> d, in the wrong order; a -> c -> d; a longer path a -> b -> e -> d; and a loop.
SUPPORTS = """
ab: {supporter: a, recipient: b, kind: DRONES, phase: DELIVERED, startedOn: 2012-05,
  endedOn: 2013, sourceKey: "1"}
bd: {supporter: b, recipient: d, kind: DRONES, phase: DELIVERED, startedOn: 2010-01-01,
  endedOn: 2011, sourceKey: "2"}
ac: {supporter: a, recipient: c, kind: TROOPS, phase: PLEDGED, startedOn: 2014, endedOn: 2015,
  sourceKey: "3"}
cd: {supporter: c, recipient: d, kind: DRONES, phase: DELIVERED, startedOn: 2016, endedOn: 2016,
  sourceKey: "4"}
be: {supporter: b, recipient: e, kind: DRONES, phase: DELIVERED, startedOn: 2013, endedOn: 2013,
  sourceKey: "5"}
ed: {supporter: e, recipient: d, kind: DRONES, phase: DELIVERED, startedOn: 2013-06,
  endedOn: 2020, sourceKey: "6"}
ba: {supporter: b, recipient: a, kind: DRONES, phase: DELIVERED, sourceKey: "7"}
df: {attribution: SOME_OF, candidates: [d, e], recipient: f, kind: DRONES, phase: DELIVERED,
  startedOn: 2013, endedOn: 2013, sourceKey: "8"}
late: {supporter: c, recipient: d, kind: DRONES, phase: DELIVERED, startedOn: 2011, endedOn: 2011,
  sourceKey: "9"}
"""


@pytest.fixture
def editor(seeded: Path, tmp_path: Path, runner: asyncio.Runner) -> Iterator[Editor]:
    path = copy_of(seeded, tmp_path)
    files = {"actors": armed_groups("abcdef"), "supports": SUPPORTS}
    load_made(path, tmp_path, MadeDataSet("net", files))
    editor = Editor(path, runner)
    yield editor
    editor.close()


STEPS = "steps { supporter { slug } recipient { slug } supports { nodes { sourceKey } } }"


def paths(editor: Editor, arguments: str) -> list[Any]:
    answer = editor.ask(f"{{ paths({arguments}) {{ hops year {STEPS} }} }}")
    assert "errors" not in answer, answer
    found: list[Any] = answer["data"]["paths"]
    return found


def chain(path: Any) -> str:
    steps = path["steps"]
    return "".join([steps[0]["supporter"]["slug"], *(s["recipient"]["slug"] for s in steps)])


def keys(path: Any) -> list[list[str]]:
    return [[s["sourceKey"] for s in step["supports"]["nodes"]] for step in path["steps"]]


A_TO_D = 'from: {slug: "a"}, to: {slug: "d"}'


def test_only_the_shortest_paths_are_found(editor: Editor) -> None:
    found = paths(editor, A_TO_D)
    assert [(chain(path), path["hops"], path["year"]) for path in found] == [
        ("abd", 2, None),
        ("acd", 2, None),
    ]
    assert [chain(path) for path in paths(editor, f"{A_TO_D}, first: 1")] == ["abd"]
    assert paths(editor, f"{A_TO_D}, maxHops: 1") == []


def test_in_one_year_a_longer_path_may_be_the_shortest(editor: Editor) -> None:
    (found,) = paths(editor, f"{A_TO_D}, time: SAME_YEAR")
    assert (chain(found), found["year"]) == ("abed", 2013)
    assert keys(found) == [["1"], ["5"], ["6"]]


def test_forward_no_step_is_over_before_an_earlier_one_begins(editor: Editor) -> None:
    """b's support ended before a's began; one of the two supports of c did too."""
    (found,) = paths(editor, f"{A_TO_D}, time: FORWARD")
    assert chain(found) == "acd"
    assert keys(found) == [["3"], ["4"]]


def test_steps_match_the_filter(editor: Editor) -> None:
    found = paths(editor, f"{A_TO_D}, where: {{phase: {{eq: DELIVERED}}}}")
    assert [chain(path) for path in found] == ["abd"]


def test_possible_supports_are_no_steps_and_unknown_actors_on_no_path(editor: Editor) -> None:
    assert paths(editor, 'from: {slug: "a"}, to: {slug: "f"}, maxHops: 4') == []
    assert paths(editor, 'from: {slug: "a"}, to: {slug: "nobody"}') == []


def test_one_actor_under_two_names_has_no_path(editor: Editor) -> None:
    id_ = editor.ask('{ actor(by: {slug: "a"}) { id } }')["data"]["actor"]["id"]
    assert paths(editor, f'from: {{slug: "a"}}, to: {{id: "{id_}"}}') == []


def test_rest_gives_the_same_paths(editor: Editor) -> None:
    answer = editor.rest("GET", "paths?from=a&to=d&time=SAME_YEAR&maxHops=4").json()
    (found,) = answer["data"]
    assert (chain(found), found["hops"], found["year"]) == ("abed", 3, 2013)
    supports = [step["supports"] for step in found["steps"]]
    assert [page["data"][0]["sourceKey"] for page in supports] == ["1", "5", "6"]
    assert [page["page"]["totalCount"] for page in supports] == [1, 1, 1]
    assert answer["revision"] > 0


@pytest.mark.parametrize(
    ("time", "where", "parameters", "unknown"),
    [
        # The time of "7" is unknown.
        ("ANY", "{kind: {eq: DRONES}}", "kind=DRONES", 0),
        ("SAME_YEAR", "{kind: {eq: DRONES}}", "kind=DRONES", 1),
        ("FORWARD", "{kind: {eq: DRONES}}", "kind=DRONES", 1),
        ("FORWARD", "{kind: {eq: TROOPS}}", "kind=TROOPS", 0),
        # By "1" and "3", what may have been valid in January 2012 or 2014 does not match.
        ("ANY", '{validAt: "2012-01"}', "validAt=2012-01", 1),
        ("ANY", '{validAt: "2014-01"}', "validAt=2014-01", 2),
        # "7" is counted once.
        ("SAME_YEAR", '{validAt: "2014-01"}', "validAt=2014-01", 2),
    ],
)
def test_records_left_out_for_unknown_dates_are_counted(
    editor: Editor, time: str, where: str, parameters: str, unknown: int
) -> None:
    where = f'{{and: [{where}, {{dataset: {{slug: {{eq: "net"}}}}}}]}}'
    answer = editor.ask(f"{{ pathsUnknownCount(where: {where}, time: {time}) }}")
    assert answer["data"] == {"pathsUnknownCount": unknown}
    address = f"paths?from=a&to=d&time={time}&dataset.slug=net&{parameters}"
    assert editor.rest("GET", address).json()["unknownCount"] == unknown


REFUSED = [
    ('from: {slug: "a"}, to: {slug: "a"}', "from=a&to=a"),
    ('from: {slug: "a"}, to: {slug: "d"}, maxHops: 99', "from=a&to=d&maxHops=99"),
    ('from: {slug: "a"}, to: {slug: "d"}, maxHops: 0', "from=a&to=d&maxHops=0"),
    ('from: {slug: "a"}, to: {slug: "d"}, first: 1000000000', "from=a&to=d&first=999999999"),
    ('from: {slug: "a"}, to: {slug: "d"}, time: SOON', "from=a&to=d&time=SOON"),
    ('from: {slug: "a"}', "from=a"),
    ("", ""),
]


@pytest.mark.parametrize(("arguments", "parameters"), REFUSED)
def test_what_makes_no_sense_is_refused(editor: Editor, arguments: str, parameters: str) -> None:
    given = f"({arguments})" if arguments else ""
    answer = editor.ask(f"{{ paths{given} {{ hops }} }}")
    codes = {error["extensions"]["code"] for error in answer["errors"]}
    assert codes <= {"BAD_USER_INPUT", "GRAPHQL_VALIDATION_FAILED"}
    refused = editor.rest("GET", f"paths?{parameters}")
    assert (refused.status_code, refused.json()["code"]) == (400, "BAD_USER_INPUT")
