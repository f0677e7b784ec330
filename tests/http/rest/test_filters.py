"""Filters and orders: REST and GraphQL return the same records in the same order.

The expected records were read from the seed files by hand. A support is named by its supporter and
its kind.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

import httpx
import pytest

Send = Callable[..., httpx.Response]

ECONOMY, DRONES, MISSILES = "china ECONOMY", "iran DRONES", "iran MISSILES"
AMMUNITION, TROOPS = "north-korea AMMUNITION", "north-korea TROOPS"
TECHNOLOGY, FUNDING = "russia MILITARY_TECHNOLOGY", "russia FUNDING"
SHARE, THIS_YEAR = "nato MILITARY DELIVERED", "nato MILITARY PLEDGED"
# In the order of ids, which is that of the seed file.
EVERY = [
    ECONOMY,
    DRONES,
    MISSILES,
    AMMUNITION,
    TROOPS,
    TECHNOLOGY,
    FUNDING,
    SHARE,
    THIS_YEAR,
]
RUSSIA = {"recipient": {"slug": {"eq": "russia"}}}
IRANIAN = {"kind": {"in": ["DRONES", "MISSILES"]}}


class Case(NamedTuple):
    """The same filter in both APIs, and the supports it must match."""

    query: str
    where: dict[str, Any]
    found: list[str]


def said_by(slug: str) -> dict[str, Any]:
    return {"evidence": {"some": {"statement": {"speaker": {"slug": {"eq": slug}}}}}}


CASES = [
    Case("", {}, EVERY),
    Case("recipient.slug=russia", RUSSIA, [ECONOMY, DRONES, MISSILES, AMMUNITION, TROOPS]),
    Case("recipient.slug.eq=russia&kind.in=DRONES,MISSILES", RUSSIA | IRANIAN, [DRONES, MISSILES]),
    Case("kind.in=DRONES&kind.in=MISSILES", IRANIAN, [DRONES, MISSILES]),
    Case(
        "kind.notIn=ECONOMY,MILITARY&kind.notIn=FUNDING",
        {"kind": {"notIn": ["ECONOMY", "MILITARY", "FUNDING"]}},
        [DRONES, MISSILES, AMMUNITION, TROOPS, TECHNOLOGY],
    ),
    Case("kind.under=WEAPONS", {"kind": {"under": "WEAPONS"}}, [DRONES, MISSILES, AMMUNITION]),
    Case("kind.under=ECONOMY", {"kind": {"under": "ECONOMY"}}, [ECONOMY, FUNDING]),
    Case("phase.ne=DELIVERED", {"phase": {"ne": "DELIVERED"}}, [TECHNOLOGY, FUNDING, THIS_YEAR]),
    Case("startedOn.gte=2024", {"startedOn": {"gte": "2024"}}, [TROOPS, THIS_YEAR]),
    Case("startedOn.gte=2024-10", {"startedOn": {"gte": "2024-10"}}, [TROOPS]),
    Case("startedOn.lt=2025", {"startedOn": {"lt": "2025"}}, [TROOPS, THIS_YEAR]),
    Case("startedOn.gt=2024", {"startedOn": {"gt": "2024"}}, []),
    Case("startedOn.isNull=false", {"startedOn": {"isNull": False}}, [TROOPS, THIS_YEAR]),
    Case("against.isNull=false", {"against": {"isNull": False}}, [TROOPS]),
    Case("against.isNull=true", {"against": {"isNull": True}}, [e for e in EVERY if e != TROOPS]),
    Case("against.slug=ukraine", {"against": {"slug": {"eq": "ukraine"}}}, [TROOPS]),
    # As text, 99 would sort after 12000.
    Case("quantity.value.gte=12000", {"quantity": {"value": {"gte": "12000"}}}, [TROOPS]),
    Case("worth.value.gte=12000", {"worth": {"value": {"gte": "12000"}}}, [THIS_YEAR]),
    Case("assessment.low.gt=11999.5", {"assessment": {"low": {"gt": "11999.5"}}}, [TROOPS]),
    Case("assessment.high.eq=12000", {"assessment": {"high": {"eq": "12000"}}}, [TROOPS]),
    Case("assessment.asserting.gte=2", {"assessment": {"asserting": {"gte": 2}}}, [TROOPS]),
    Case("worth.currency=EUR", {"worth": {"currency": {"eq": "EUR"}}}, [THIS_YEAR]),
    Case("quantity.unit=PER_CENT", {"quantity": {"unit": {"eq": "PER_CENT"}}}, [SHARE]),
    Case("place.contains=KURSK", {"place": {"contains": "KURSK"}}, [TROOPS]),
    Case("place.startsWith=region", {"place": {"startsWith": "region"}}, []),
    Case(
        "supporter.codes.value=IRN",
        {"supporter": {"codes": {"some": {"value": {"eq": "IRN"}}}}},
        [DRONES, MISSILES],
    ),
    # Both conditions apply to the same code.
    Case(
        "supporter.codes.value=IRN&supporter.codes.scheme=COW",
        {"supporter": {"codes": {"some": {"value": {"eq": "IRN"}, "scheme": {"eq": "COW"}}}}},
        [],
    ),
    Case(
        "supporter.aliases.name=DPRK",
        {"supporter": {"aliases": {"some": {"name": {"eq": "DPRK"}}}}},
        [AMMUNITION, TROOPS],
    ),
    Case(
        "supporter.members.member.slug=mark-rutte",
        {"supporter": {"members": {"some": {"member": {"slug": {"eq": "mark-rutte"}}}}}},
        [SHARE, THIS_YEAR],
    ),
    Case("evidence.statement.speaker.slug=the-independent", said_by("the-independent"), [FUNDING]),
    Case(
        "inReturnFor.kind=TROOPS",
        {"inReturnFor": {"kind": {"eq": "TROOPS"}}},
        [TECHNOLOGY, FUNDING],
    ),
    Case("returned.kind=FUNDING", {"returned": {"some": {"kind": {"eq": "FUNDING"}}}}, [TROOPS]),
]


def told(support: dict[str, Any]) -> str:
    name = f"{support['supporter']['slug']} {support['kind']}"
    return f"{name} {support['phase']}" if name == "nato MILITARY" else name


def over_rest(send: Send, query: str) -> list[str]:
    path = f"/api/v1/supports?{query}&fields=supporter.slug,kind,phase"
    return [told(support) for support in send("GET", path).raise_for_status().json()["data"]]


def over_graphql(post: Send, where: dict[str, Any], order: list[Any]) -> list[str]:
    document = """
      query ($where: SupportFilter, $orderBy: [SupportOrder!]) {
        supports(where: $where, orderBy: $orderBy) { nodes { supporter { slug } kind phase } }
      }"""
    answer = post(document, {"where": where, "orderBy": order}).json()
    return [told(support) for support in answer["data"]["supports"]["nodes"]]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.query or "all")
def test_filter_over_rest(send: Send, case: Case) -> None:
    assert over_rest(send, case.query) == case.found


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.query or "all")
def test_filter_over_graphql(post: Send, case: Case) -> None:
    assert over_graphql(post, case.where, []) == case.found


# Unknown values sort below all others.
ORDERS = [
    ("-id", [{"id": "DESC"}], EVERY[::-1]),
    (
        "-startedOn,supporter.name",
        [{"startedOn": "DESC"}, {"supporter": {"name": "ASC"}}],
        [TROOPS, THIS_YEAR, ECONOMY, DRONES, MISSILES, SHARE, AMMUNITION, TECHNOLOGY, FUNDING],
    ),
    (
        "-quantity.value,id",
        [{"quantity": {"value": "DESC"}}, {"id": "ASC"}],
        [TROOPS, SHARE, ECONOMY, DRONES, MISSILES, AMMUNITION, TECHNOLOGY, FUNDING, THIS_YEAR],
    ),
]


@pytest.mark.parametrize(("query", "order", "found"), ORDERS, ids=[query for query, *_ in ORDERS])
def test_order(
    send: Send, post: Send, query: str, order: list[dict[str, Any]], found: list[str]
) -> None:
    assert over_rest(send, f"orderBy={query}") == found
    assert over_graphql(post, {}, order) == found


@pytest.mark.parametrize(
    ("query", "slugs"),
    [
        ("slug=russia", ["russia"]),
        ("slug.in=russia,iran&slug.in=nato", ["russia", "iran", "nato"]),
        ("kind=PERSON", ["mark-rutte", "unnamed-author"]),
        ("aliases.name.contains=korea", ["north-korea", "south-korea"]),
        ("aliases.name.isNull=false&kind=RESEARCH_INSTITUTE", ["institute-for-the-study-of-war"]),
        ("codes.scheme=COW&codes.value=365", ["russia"]),
        ("memberOf.organisation.slug=nato", ["mark-rutte"]),
        ("memberOf.role=Secretary%20General&memberOf.startedOn.gte=2024", ["mark-rutte"]),
        ("statements.quoted=true", ["mark-rutte"]),
        ("orderBy=name&first=2", ["china", "defence-intelligence-of-ukraine"]),
    ],
)
def test_actors_are_found(send: Send, query: str, slugs: list[str]) -> None:
    page = send("GET", f"/api/v1/actors?{query}&fields=slug").json()
    assert [actor["slug"] for actor in page["data"]] == slugs


@pytest.mark.parametrize(
    ("repeated", "joined"),
    [
        ("actors?orderBy=-kind&orderBy=name", "actors?orderBy=-kind,name"),
        ("actors?fields=slug&fields=kind,name", "actors?fields=slug,kind,name"),
        ("actors/iran?fields=slug&fields=kind", "actors/iran?fields=slug,kind"),
        ("actors?slug.in=russia&slug.in=nato", "actors?slug.in=russia,nato"),
        ("changes?since=0&types=ACTOR&types=SOURCE", "changes?since=0&types=ACTOR,SOURCE"),
    ],
)
def test_list_may_be_sent_as_several_parameters(send: Send, repeated: str, joined: str) -> None:
    answer, expected = (send("GET", f"/api/v1/{address}") for address in (repeated, joined))
    assert answer.status_code == 200
    assert answer.content == expected.content


def test_limit_of_a_list_holds_for_all_its_parameters(send: Send) -> None:
    fields = "&".join(["fields=" + ",".join(["kind"] * 101)] * 2)
    answer = send("GET", f"/api/v1/supports?{fields}")
    assert answer.status_code == 400
    assert "`fields` has 202 values; the limit is 200." in answer.json()["detail"]
