"""Networks compared with values computed by hand: actors reached, folded edges, errors."""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.http.editing import Editor
from tests.made_data_sets import MadeDataSet, armed_groups, load_made
from tests.stores import copy_of

# ally -> rebels <- friend -> army -> cell; possibly ally or army -> cell.
SUPPORTS = """
guns: {supporter: ally, recipient: rebels, kind: ARTILLERY, phase: DELIVERED, sourceKey: "1",
  startedOn: 2010-05, endedOn: 2011-02, worth: {value: 3, unit: CURRENCY, currency: EUR}}
more: {supporter: ally, recipient: rebels, kind: ARTILLERY, phase: DELIVERED, sourceKey: "2",
  agreedOn: 2009, worth: {value: "0.5", unit: CURRENCY, currency: EUR}}
pledge: {supporter: ally, recipient: rebels, kind: DRONES, phase: PLEDGED, sourceKey: "3",
  startedOn: 2012, endCensored: true, worth: {value: 3, unit: CURRENCY, currency: EUR}}
pact: {supporter: friend, recipient: rebels, kind: DEFENCE_PACT, phase: AGREED, sourceKey: "4",
  startedOn: 2013-04-05, mutual: true, worth: {value: 3.2, unit: CURRENCY, currency: EUR}}
train: {supporter: friend, recipient: army, kind: TRAINING, phase: DELIVERED, sourceKey: "5"}
some: {attribution: SOME_OF, candidates: [ally, army], candidatesAtLeast: 1, recipient: cell,
  kind: TROOPS, phase: DELIVERED, sourceKey: "6"}
nobody: {attribution: UNKNOWN, recipient: cell, kind: TROOPS, phase: DELIVERED, sourceKey: "7"}
"""
OURS = 'where: {dataset: {slug: {eq: "net"}}}'


@pytest.fixture
def editor(seeded: Path, tmp_path: Path, runner: asyncio.Runner) -> Iterator[Editor]:
    path = copy_of(seeded, tmp_path)
    actors = armed_groups(("ally", "friend", "rebels", "army", "cell"))
    files = {"actors": actors, "supports": SUPPORTS}
    load_made(path, tmp_path, MadeDataSet("net", files))
    editor = Editor(path, runner)
    yield editor
    editor.close()


def network(editor: Editor, arguments: str, selected: str) -> Any:
    answer = editor.ask(f"{{ network({arguments}, {OURS}) {{ {selected} }} }}")
    assert "errors" not in answer, answer
    return answer["data"]["network"]


def ends(edge: Any) -> tuple[str, str]:
    return edge["supporter"]["slug"], edge["recipient"]["slug"]


ENDS = "supporter { slug } recipient { slug }"
OF_PARTS = "startCensored endCensored candidatesAtLeast candidates"
HOPS = {
    1: {"ally": 0, "cell": 1, "rebels": 1},
    2: {"ally": 0, "cell": 1, "rebels": 1, "army": 2, "friend": 2},
}


@pytest.mark.parametrize("hops", HOPS)
def test_hops_follow_edges_in_both_directions(editor: Editor, hops: int) -> None:
    selected = f"nodes {{ actor {{ slug }} hop }} edges {{ {ENDS} }}"
    found = network(editor, f'around: [{{slug: "ally"}}], hops: {hops}', selected)
    assert {each["actor"]["slug"]: each["hop"] for each in found["nodes"]} == HOPS[hops]
    # The candidates of one support are not joined with each other.
    near = {("ally", "rebels"), ("ally", "cell")}
    far = {("friend", "rebels"), ("army", "cell")}
    assert set(map(ends, found["edges"])) == (near if hops == 1 else near | far)


def test_an_edge_folds_all_supports_from_one_actor_to_another(editor: Editor) -> None:
    shared = "certain possible mutual contested firstOn lastOn"
    selected = f"""{ENDS} strength kinds phases {shared} datasets {{ slug }}
        parts {{ kind phase {shared} {OF_PARTS} }}"""
    found = network(editor, "first: 1", f"edges {{ {selected} }} complete edgeCount")
    (edge,) = found["edges"]
    assert (found["complete"], found["edgeCount"]) == (False, 5)
    part = {
        "mutual": False,
        "contested": False,
        "startCensored": False,
        "endCensored": False,
        "candidatesAtLeast": None,
        "candidates": None,
        "possible": 0,
    }
    assert edge == {
        "supporter": {"slug": "ally"},
        "recipient": {"slug": "rebels"},
        "strength": "3",
        "kinds": ["ARTILLERY", "DRONES"],
        "phases": ["DELIVERED", "PLEDGED"],
        "certain": 3,
        "possible": 0,
        "mutual": False,
        "contested": False,
        "firstOn": "2009-01-01",
        "lastOn": "2012-12-31",
        "datasets": [{"slug": "net"}],
        "parts": [
            part
            | {"kind": "ARTILLERY", "phase": "DELIVERED", "certain": 2}
            | {"firstOn": "2009-01-01", "lastOn": "2011-02-28"},
            part
            | {"kind": "DRONES", "phase": "PLEDGED", "certain": 1, "endCensored": True}
            | {"firstOn": "2012-01-01", "lastOn": "2012-12-31"},
        ],
    }


def test_a_part_says_how_many_of_how_many_candidates_give_it(editor: Editor) -> None:
    selected = f"edges {{ {ENDS} parts {{ candidatesAtLeast candidates }} }}"
    edges = network(editor, 'around: [{slug: "cell"}]', selected)["edges"]
    assert {ends(edge): edge["parts"] for edge in edges} == {
        (candidate, "cell"): [{"candidatesAtLeast": 1, "candidates": 2}]
        for candidate in ("ally", "army")
    }


def test_worth_is_never_added_across_phases(editor: Editor) -> None:
    """Pledges are not added to deliveries: the sum 6.5 would exceed 3.5."""
    found = network(
        editor,
        "measure: WORTH, currency: EUR".replace("EUR", '"EUR"'),
        f"""
        edges {{ {ENDS} strength }}""",
    )
    assert [(*ends(each), each["strength"]) for each in found["edges"]] == [
        ("ally", "rebels", "3.5"),
        ("friend", "rebels", "3.2"),
        # Edges without a worth in the currency are ranked by certain supports.
        ("friend", "army", None),
        ("ally", "cell", None),
        ("army", "cell", None),
    ]


def test_a_possible_support_is_counted_once_and_one_without_supporter_is_on_no_edge(
    editor: Editor,
) -> None:
    selected = "nodeCount edgeCount supportCount nodes { actor { slug } given received }"
    found = network(editor, "first: 5000", selected)
    counts = {name: found[name] for name in ("nodeCount", "edgeCount", "supportCount")}
    assert counts == {"nodeCount": 5, "edgeCount": 5, "supportCount": 6}
    cell = {each["actor"]["slug"]: each for each in found["nodes"]}["cell"]
    assert (cell["given"], cell["received"]) == (0, 1)


def test_an_unknown_actor_adds_nothing(editor: Editor) -> None:
    nobody = network(editor, 'around: [{slug: "nobody"}]', "nodeCount edges { certain }")
    assert nobody == {"nodeCount": 0, "edges": []}
    both = network(editor, 'around: [{slug: "nobody"}, {slug: "army"}]', "edgeCount")
    assert both == {"edgeCount": 2}


def test_rest_gives_the_same_network(editor: Editor) -> None:
    address = (
        "network?around=ally,nobody&hops=2&measure=WORTH&currency=EUR&first=2&dataset.slug=net"
    )
    answer = editor.rest("GET", address).json()
    shared = "certain possible mutual contested firstOn lastOn"
    actor = "{ id slug name }"
    selected = f"""
        nodes {{ actor {actor} hop given received }}
        edges {{ supporter {actor} recipient {actor} {shared} strength kinds phases
          datasets {{ id slug title }} parts {{ kind phase {shared} {OF_PARTS} }} }}
        nodeCount edgeCount supportCount unknownCount complete"""
    arguments = (
        'around: [{slug: "ally"}, {slug: "nobody"}], hops: 2, measure: WORTH, currency: "EUR",'
        " first: 2"
    )
    assert answer["data"] == network(editor, arguments, selected)
    assert answer["revision"] > 0


REFUSED = [
    ('around: [{slug: "ally"}], hops: 99', "around=ally&hops=99"),
    ('around: [{slug: "ally"}], hops: 0', "around=ally&hops=0"),
    ("around: []", "around="),
    ("first: 1000000000", "first=999999999"),
    ("first: 0", "first=0"),
    ("measure: FAME", "measure=FAME"),
    ("measure: WORTH", "measure=WORTH"),
    ('measure: WORTH, currency: "XTS"', "measure=WORTH&currency=XTS"),
    ('measure: COUNT, currency: "EUR"', "currency=EUR"),
    ("hops: -1", "hops=-1"),
    ('where: {validAt: "soon"}', "validAt=soon"),
]


@pytest.mark.parametrize(("arguments", "parameters"), REFUSED)
def test_what_makes_no_sense_is_refused(editor: Editor, arguments: str, parameters: str) -> None:
    answer = editor.ask(f"{{ network({arguments}) {{ edgeCount edges {{ certain }} }} }}")
    codes = {error["extensions"]["code"] for error in answer["errors"]}
    assert codes <= {"BAD_USER_INPUT", "GRAPHQL_VALIDATION_FAILED"}
    refused = editor.rest("GET", f"network?{parameters}")
    assert (refused.status_code, refused.json()["code"]) == (400, "BAD_USER_INPUT")


def test_a_network_that_could_be_too_large_is_refused_before_it_runs(editor: Editor) -> None:
    nested = "supporter { supportsGiven(first: 500) { nodes { id } } }"
    answer = editor.ask(f"{{ network(first: 5000) {{ edges {{ {nested} }} }} }}")
    (error,) = answer["errors"]
    assert error["extensions"]["code"] == "NODE_BUDGET_EXCEEDED"


def test_a_list_is_selected_once(editor: Editor) -> None:
    answer = editor.ask("{ network { a: edges { certain } b: edges { possible } } }")
    (error,) = answer["errors"]
    assert error["extensions"]["code"] == "QUERY_TOO_COMPLEX"
    assert "limit is 1" in error["message"]
