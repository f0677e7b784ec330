"""The oracle, compared with results computed by hand."""

from decimal import Decimal
from typing import Any

import pytest

from tests.oracle.data_sets.values import Date
from tests.oracle.data_sets.world import (
    Actor,
    ActorAlias,
    ActorCode,
    Dataset,
    Evidence,
    Membership,
    Quantity,
    Revision,
    Source,
    Statement,
    Support,
    World,
    Worth,
)
from tests.oracle.resolvers.resolvers import answer


def _world() -> World:
    """Three actors, three supports, three statements: few enough to count."""
    ada = Actor(
        row=2, slug="ada", name="Ada", kind="STATE", aliases=[ActorAlias("Zed"), ActorAlias("A")]
    )
    bob = Actor(row=10, slug="bob", name="bob", kind="PERSON", description="Of Ada's 100 %")
    cyr = Actor(row=9, slug="cyr", name="Ян", kind="STATE", codes=[ActorCode("COW", "369")])
    data = Dataset(row=1, slug="d", title="D", version="1", licence="MIT", citation="D (2024)")
    news = Source(row=1, title="News", publisher=bob, published_on=Date("2024-10"))
    book = Source(row=2, title="Book")
    troops = Support(
        row=1,
        supporter=ada,
        recipient=cyr,
        against=bob,
        kind="TROOPS",
        phase="DELIVERED",
        started_on=Date("2024-10"),
        quantity=Quantity(value=Decimal("100"), unit="PERSONS"),
    )
    money = Support(
        row=2,
        supporter=cyr,
        recipient=ada,
        kind="FUNDING",
        phase="PLEDGED",
        started_on=Date("2024"),
        in_return_for=troops,
        worth=Worth(value=Decimal("99.5"), unit="CURRENCY", currency="EUR"),
    )
    drones = Support(
        row=3, supporter=ada, recipient=cyr, kind="DRONES", phase="AGREED", dataset=data
    )
    yes = Statement(
        row=1, text="Yes", quoted=True, language="en", speaker=bob, source=news, credibility=3
    )
    also = Statement(
        row=2, text="Also", quoted=False, language="en", speaker=ada, source=news, mentions=[bob]
    )
    no = Statement(row=3, text="No", quoted=False, language="uk", speaker=cyr, source=book)
    evidence = [
        Evidence(
            row=1,
            support=troops,
            statement=yes,
            stance="ASSERTS",
            quantity=Quantity(value=Decimal("90"), unit="PERSONS"),
        ),
        Evidence(
            row=2,
            support=troops,
            statement=also,
            stance="ASSERTS",
            quantity=Quantity(low=Decimal("9"), high=Decimal("1000"), unit="PERSONS"),
        ),
        Evidence(
            row=3,
            support=troops,
            statement=no,
            stance="DENIES",
            quantity=Quantity(value=Decimal("1"), unit="PERSONS"),
        ),
    ]
    return World(
        revision=Revision(10, "2026-01-10", "b", "Ten"),
        actors=[ada, bob, cyr],
        memberships=[Membership(row=5, member=bob, organisation=ada, relation="PART")],
        datasets=[data],
        sources=[news, book],
        statements=[yes, also, no],
        supports=[troops, money, drones],
        evidence=evidence,
    )


WORLD = _world()


def _ids(name: str, row_numbers: list[int]) -> dict[str, Any]:
    return {"nodes": [{"id": f"{name}_{row}"} for row in row_numbers]}


SUPPORT_FILTERS = [
    ("{}", [1, 2, 3]),
    ('{id: {ne: "actor_1"}}', [1, 2, 3]),
    ('{id: {in: ["support_2", "support_02", "2"]}}', [2]),
    ("{kind: {under: MILITARY}}", [1, 3]),
    ("{kind: {under: TROOPS}}", [1]),
    ("{kind: {notIn: []}}", [1, 2, 3]),
    ('{startedOn: {eq: "2024"}}', [2]),
    ('{startedOn: {ne: "2024"}}', [1]),
    ('{startedOn: {gte: "2024-10"}}', [1]),
    ('{startedOn: {gte: "2024-01"}}', [1, 2]),
    ('{startedOn: {gt: "2024-09"}}', [1]),
    ('{startedOn: {lte: "2024-10-31"}}', [1]),
    ('{startedOn: {lt: "2025"}}', [1, 2]),
    ("{startedOn: {isNull: true}}", [3]),
    ("{against: {isNull: true}}", [2, 3]),
    ("{against: {isNull: false}}", [1]),
    ("{against: {}}", [1]),
    ("{against: {not: {isNull: true}}}", [1]),
    ('{not: {against: {slug: {eq: "bob"}}}}', [2, 3]),
    ('{supporter: {slug: {eq: "ada"}}, phase: {eq: AGREED}}', [3]),
    ('{quantity: {value: {gt: "99.50"}}}', [1]),
    ('{quantity: {value: {in: ["100.0", "7"]}}}', [1]),
    ('{worth: {currency: {ne: "USD"}}}', [2]),
    ('{worth: {value: {lte: "99.50"}}}', [2]),
    ("{evidence: {some: {}}}", [1]),
    ("{evidence: {none: {stance: {eq: DENIES}}}}", [2, 3]),
    ("{evidence: {every: {stance: {eq: ASSERTS}}}}", [2, 3]),
    ("{evidence: {some: {stance: {eq: DENIES}}, every: {note: {isNull: true}}}}", [1]),
    ("{returned: {some: {kind: {eq: FUNDING}}}}", [1]),
    ("{and: []}", [1, 2, 3]),
    ("{or: []}", []),
    ("{or: [{kind: {eq: DRONES}}, {inReturnFor: {kind: {eq: TROOPS}}}]}", [2, 3]),
    ("{isNull: true}", []),
]

ACTOR_FILTERS = [
    ('{name: {contains: "B"}}', [10]),
    ('{name: {startsWith: "a"}}', [2]),
    ('{name: {contains: "я"}}', []),
    ('{description: {contains: "0 %"}}', [10]),
    ('{description: {contains: "_"}}', []),
    ('{name: {gt: "a"}}', [9, 10]),
    ('{aliases: {some: {name: {eq: "Zed"}}}}', [2]),
    ('{aliases: {every: {name: {eq: "Zed"}}}}', [9, 10]),
    ('{codes: {some: {scheme: {eq: COW}, value: {startsWith: "3"}}}}', [9]),
    ("{mentionedIn: {some: {quoted: {eq: false}}}}", [10]),
    ('{memberOf: {some: {organisation: {slug: {eq: "ada"}}}}}', [10]),
]

SUPPORT_ORDERS = [
    ("[]", [1, 2, 3]),
    ("[{id: DESC}]", [3, 2, 1]),
    ("[{startedOn: ASC}]", [3, 2, 1]),
    ("[{supporter: {name: DESC}}]", [2, 3, 1]),
    ("[{supporter: {name: DESC}}, {id: ASC}, {kind: ASC}]", [2, 1, 3]),
    ("[{supporter: {id: ASC}}, {supporter: {id: DESC}}, {kind: ASC}]", [3, 1, 2]),
    ("[{quantity: {value: DESC}}]", [1, 3, 2]),
    ("[{worth: {value: DESC}}]", [2, 3, 1]),
    ("[{against: {name: ASC}}, {kind: DESC}]", [2, 3, 1]),
    ("[{inReturnFor: {startedOn: DESC}}]", [2, 3, 1]),
]


@pytest.mark.parametrize(("where", "rows"), SUPPORT_FILTERS)
def test_filters_supports(where: str, rows: list[int]) -> None:
    """Each filter matches the supports that it describes."""
    given = answer(WORLD, f"{{ supports(where: {where}) {{ nodes {{ id }} }} }}", None, None)
    assert given == {"data": {"supports": _ids("support", rows)}}


@pytest.mark.parametrize(("where", "rows"), ACTOR_FILTERS)
def test_filters_actors(where: str, rows: list[int]) -> None:
    """Text, lists and links are filtered as the schema describes."""
    given = answer(WORLD, f"{{ actors(where: {where}) {{ nodes {{ id }} }} }}", None, None)
    assert given == {"data": {"actors": _ids("actor", rows)}}


@pytest.mark.parametrize(("order_by", "rows"), SUPPORT_ORDERS)
def test_orders_supports(order_by: str, rows: list[int]) -> None:
    """Unknown values come first in ascending order; the id has the last key's direction."""
    given = answer(WORLD, f"{{ supports(orderBy: {order_by}) {{ nodes {{ id }} }} }}", None, None)
    assert given == {"data": {"supports": _ids("support", rows)}}


def _cursor(row: int) -> str:
    """A cursor of actors by id: the eight digits are sha256("Actor|id ASC"), cut."""
    return f"cca9ad50\x1f{row}".encode().hex()


PAGES = [
    ("first: 2", [2, 9], True, False),
    ("first: 3", [2, 9, 10], False, False),
    ("last: 2", [9, 10], False, True),
    ("last: 2, first: null", [9, 10], False, True),
    (f'after: "{_cursor(2)}"', [9, 10], False, True),
    (f'after: "{_cursor(1)}"', [2, 9, 10], False, False),
    (f'after: "{_cursor(10)}"', [], False, True),
    (f'first: 1, before: "{_cursor(10)}"', [2], True, False),
    (f'last: 1, before: "{_cursor(10)}"', [9], True, True),
    (f'last: 5, before: "{_cursor(11)}"', [2, 9, 10], False, False),
    (f'after: "{_cursor(2)}", before: "{_cursor(10)}"', [9], True, True),
    (f'after: "{_cursor(9)}", before: "{_cursor(9)}"', [], True, True),
]


@pytest.mark.parametrize(("arguments", "rows", "more", "less"), PAGES)
def test_pages(arguments: str, rows: list[int], more: bool, less: bool) -> None:
    """Pages begin and end as the Relay specification defines."""
    info = "hasNextPage hasPreviousPage startCursor endCursor"
    document = (
        f"{{ actors({arguments}) {{ totalCount edges {{ cursor }} pageInfo {{ {info} }} }} }}"
    )
    cursors = [_cursor(row) for row in rows]
    assert answer(WORLD, document, None, None)["data"]["actors"] == {
        "totalCount": 3,
        "edges": [{"cursor": cursor} for cursor in cursors],
        "pageInfo": {
            "hasNextPage": more,
            "hasPreviousPage": less,
            "startCursor": cursors[0] if cursors else None,
            "endCursor": cursors[-1] if cursors else None,
        },
    }


ANSWERS: list[tuple[str, dict[str, Any]]] = [
    (
        '{ support(id: "support_1") { assessment { asserting denying questioning sources contested'
        " bestCredibility low high } } }",
        {
            "support": {
                "assessment": {
                    "asserting": 2,
                    "denying": 1,
                    "questioning": 0,
                    "sources": 2,
                    "contested": True,
                    "bestCredibility": 3,
                    "low": "9",
                    "high": "1000",
                }
            }
        },
    ),
    (
        '{ support(id: "support_2") { worth { value } startedOn assessment { contested low } } }',
        {
            "support": {
                "worth": {"value": "99.5"},
                "startedOn": "2024",
                "assessment": {"contested": False, "low": None},
            }
        },
    ),
    ('{ support(id: "support_3") { quantity { unit } } }', {"support": {"quantity": None}}),
    ('{ support(id: "actor_2") { id } }', {"support": None}),
    (
        '{ actor(by: {slug: "ada"}) { aliases { name } codes { value } } }',
        {"actor": {"aliases": [{"name": "A"}, {"name": "Zed"}], "codes": []}},
    ),
    ('{ actor(by: {code: {scheme: COW, value: "369"}}) { name } }', {"actor": {"name": "Ян"}}),
    ('{ actor(by: {code: {scheme: COW, value: "0"}}) { name } }', {"actor": None}),
    ('{ dataset(by: {id: "dataset_1"}) { slug } }', {"dataset": {"slug": "d"}}),
    (
        '{ nodes(ids: ["source_2", "actor_02", "membership_5", "source_2"])'
        " { __typename id ... on Source { title } ... on Membership { relation } } }",
        {
            "nodes": [
                {"__typename": "Source", "id": "source_2", "title": "Book"},
                None,
                {"__typename": "Membership", "id": "membership_5", "relation": "PART"},
                {"__typename": "Source", "id": "source_2", "title": "Book"},
            ]
        },
    ),
    ("{ revision { number message } }", {"revision": {"number": 10, "message": "Ten"}}),
]


@pytest.mark.parametrize(("document", "expected"), ANSWERS)
def test_answers(document: str, expected: dict[str, Any]) -> None:
    """Single records, computed values and mixed types."""
    assert answer(WORLD, document, None, None) == {"data": expected}


def test_tree_of_kinds() -> None:
    """The roots come in the vocabulary's order, each with the kinds right below it."""
    below = "children { kind parent children { kind parent children { kind } } }"
    document = f"{{ supportKinds {{ kind parent {below} }} }}"
    (root,) = answer(WORLD, document, None, None)["data"]["supportKinds"]
    assert (root["kind"], root["parent"]) == ("SUPPORT", None)
    assert [child["kind"] for child in root["children"]] == [
        *("ECONOMY", "MILITARY", "HUMANITARIAN", "DIPLOMATIC", "OTHER", "UNKNOWN")
    ]
    economy, military = root["children"][:2]
    assert economy["parent"] == "SUPPORT"
    assert economy["children"] == [
        {"kind": kind, "parent": "ECONOMY", "children": []}
        for kind in ("FUNDING", "TRADE", "ENERGY")
    ]
    assert military["children"][0]["children"][0] == {"kind": "DRONES"}
