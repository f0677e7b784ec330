"""REST: collections, single records, selected fields, and caching headers."""

from collections.abc import Callable
from typing import Any

import httpx
import pytest

Send = Callable[..., httpx.Response]


@pytest.fixture
def get(send: Send) -> Callable[[str], Any]:
    """Returns the JSON at an address below /api/v1."""
    return lambda path: send("GET", f"/api/v1/{path}").raise_for_status().json()


Get = Callable[[str], Any]


@pytest.mark.parametrize(
    ("collection", "count"),
    [("actors", 14), ("supports", 9), ("statements", 20), ("sources", 1), ("datasets", 1)],
)
def test_collection_holds_every_record(get: Get, collection: str, count: int) -> None:
    answer = get(f"{collection}?first=500&fields=id")
    assert list(answer) == ["data", "page", "revision"]
    assert len({record["id"] for record in answer["data"]}) == count
    assert answer["page"]["totalCount"] == count
    assert answer["revision"] == 1


def test_page_has_twenty_records_by_default(get: Get) -> None:
    assert len(get("statements")["data"]) == 20
    assert len(get("statements?first=3")["data"]) == 3


def test_record_is_returned_with_its_own_fields_and_references(get: Get) -> None:
    (troops,) = get("supports?kind=TROOPS")["data"]
    named = {name: troops[name] for name in ("kind", "phase", "place", "startedOn", "quantity")}
    assert named == {
        "kind": "TROOPS",
        "phase": "DELIVERED",
        "place": "Kursk region",
        "startedOn": "2024-10",
        "quantity": {
            "value": "12000",
            "low": None,
            "high": None,
            "unit": "PERSONS",
            "estimated": None,
        },
    }
    assert list(troops["supporter"]) == ["id", "slug", "name"]
    assert troops["supporter"]["name"] == "North Korea"
    assert troops["against"]["slug"] == "ukraine"
    assert troops["inReturnFor"] is None
    assert "evidence" not in troops


def test_actor_is_returned_with_its_lists(get: Get) -> None:
    ukraine = get("actors/ukraine")
    assert ukraine["aliases"] == []
    code = {"scheme": "ISO_3166_1_ALPHA_3", "value": "UKR", "startedOn": None, "endedOn": None}
    assert code in ukraine["codes"]
    assert len(ukraine["codes"]) == 4


@pytest.mark.parametrize("name", ["actors/russia", "datasets/rutte-2024"])
def test_record_has_two_addresses(get: Get, name: str) -> None:
    by_slug = get(name)
    collection, slug = name.split("/")
    assert by_slug["slug"] == slug
    assert get(f"{collection}/{by_slug['id']}") == by_slug


@pytest.mark.parametrize("collection", ["supports", "statements", "sources"])
def test_record_without_a_slug_is_found_by_its_id(get: Get, collection: str) -> None:
    first = get(f"{collection}?first=1")["data"][0]
    assert get(f"{collection}/{first['id']}") == first


def test_only_the_fields_asked_for_are_answered_in_their_order(get: Get) -> None:
    (funding,) = get("supports?kind=FUNDING&fields=phase,supporter.name,kind")["data"]
    assert list(funding.items()) == [
        ("phase", "PLEDGED"),
        ("supporter", {"name": "Russia"}),
        ("kind", "FUNDING"),
    ]


def test_fields_go_through_edges_to_many(get: Get) -> None:
    fields = "evidence.statement.speaker.slug,evidence.quantity.value"
    (troops,) = get(f"supports?kind=TROOPS&fields={fields}")["data"]
    said = [
        (each["statement"]["speaker"]["slug"], (each["quantity"] or {}).get("value"))
        for each in troops["evidence"]["data"]
    ]
    assert said == [
        ("mark-rutte", None),
        ("mark-rutte", None),
        ("defence-intelligence-of-ukraine", "12000"),
    ]
    assert troops["evidence"]["page"]["totalCount"] == 3


def test_edge_named_alone_is_a_reference(get: Get) -> None:
    (troops,) = get("supports?kind=TROOPS&fields=recipient")["data"]
    assert troops["recipient"]["slug"] == "russia"
    assert list(troops["recipient"]) == ["id", "slug", "name"]


def test_assessment_is_computed_when_asked_for(get: Get) -> None:
    (troops,) = get("supports?kind=TROOPS&fields=assessment.asserting,assessment.denying")["data"]
    assert troops == {"assessment": {"asserting": 3, "denying": 0}}


@pytest.mark.parametrize("address", ["actors/russia", "actors?first=2"])
def test_answer_the_client_has_is_not_sent_again(send: Send, address: str) -> None:
    full = send("GET", f"/api/v1/{address}")
    tag = full.headers["etag"]
    for known in (tag, f"W/{tag}", f'"another", {tag}', "*"):
        again = send("GET", f"/api/v1/{address}", headers={"if-none-match": known})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["etag"] == tag


def test_another_answer_is_sent_in_full(send: Send) -> None:
    tag = send("GET", "/api/v1/actors/russia?fields=slug").headers["etag"]
    other = send("GET", "/api/v1/actors/russia?fields=name", headers={"if-none-match": tag})
    assert (other.status_code, other.json()) == (200, {"name": "Russia"})


@pytest.mark.parametrize("address", ["actors/russia", "actors?first=2"])
def test_head_has_the_headers_of_get(send: Send, address: str) -> None:
    head, get = (send(method, f"/api/v1/{address}") for method in ("HEAD", "GET"))
    assert (head.status_code, head.headers) == (200, get.headers)
    assert head.content == b""
