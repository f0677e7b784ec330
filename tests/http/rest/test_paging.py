"""Pages over REST: following `Link` returns every record once, forward and backward."""

from collections.abc import Callable, Iterator

import httpx
import pytest

Send = Callable[..., httpx.Response]

ORDERS = ["id", "-id", "speaker.name", "-quoted,text", "credibility"]


def ids(page: httpx.Response) -> list[str]:
    return [record["id"] for record in page.json()["data"]]


def follow(send: Send, address: str, relation: str) -> Iterator[httpx.Response]:
    """Yields the page at an address, and all pages that its links of one relation reach."""
    page = send("GET", address).raise_for_status()
    yield page
    while relation in page.links:
        page = send("GET", page.links[relation]["url"]).raise_for_status()
        yield page


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("size", [1, 3, 20])
def test_next_shows_every_record_once(send: Send, order: str, size: int) -> None:
    address = f"/api/v1/statements?orderBy={order}&fields=id"
    everything = ids(send("GET", f"{address}&first=500"))
    pages = list(follow(send, f"{address}&first={size}", "next"))
    assert sorted(everything) == sorted(f"statement_{number}" for number in range(1, 21))
    assert [id_ for page in pages for id_ in ids(page)] == everything
    assert {len(page.json()["data"]) for page in pages[:-1]} <= {size}


@pytest.mark.parametrize("order", ORDERS)
def test_prev_shows_the_same_pages_backwards(send: Send, order: str) -> None:
    address = f"/api/v1/statements?orderBy={order}&fields=id&first=4"
    forwards = list(follow(send, address, "next"))
    backwards = list(follow(send, str(forwards[-1].url), "prev"))
    assert [ids(page) for page in backwards] == [ids(page) for page in forwards][::-1]


def test_first_leads_to_the_beginning(send: Send) -> None:
    *_, last = follow(send, "/api/v1/statements?first=6&fields=id", "next")
    assert ids(send("GET", last.links["first"]["url"])) == [f"statement_{n}" for n in range(1, 7)]


def test_links_keep_the_question(send: Send) -> None:
    address = "/api/v1/supports?kind.in=DRONES,MISSILES&orderBy=-kind&first=1&fields=kind"
    pages = list(follow(send, address, "next"))
    assert [page.json()["data"] for page in pages] == [[{"kind": "MISSILES"}], [{"kind": "DRONES"}]]
    assert {page.json()["page"]["totalCount"] for page in pages} == {2}


def test_page_knows_where_it_lies(send: Send) -> None:
    first, middle, last = follow(send, "/api/v1/statements?first=8&fields=id", "next")
    facts = [page.json()["page"] for page in (first, middle, last)]
    assert [fact["hasPreviousPage"] for fact in facts] == [False, True, True]
    assert [fact["hasNextPage"] for fact in facts] == [True, True, False]
    assert ("prev" in first.links, "next" in last.links) == (False, False)


def test_last_records_are_in_the_usual_order(send: Send) -> None:
    page = send("GET", "/api/v1/statements?last=2&fields=id")
    assert ids(page) == ["statement_19", "statement_20"]
    assert {"first", "prev", "next"} & {*page.links} == {"first", "prev"}


def test_empty_page_has_no_neighbours(send: Send) -> None:
    page = send("GET", "/api/v1/actors?slug=atlantis")
    assert page.json()["data"] == []
    assert {"first", "prev", "next"} & {*page.links} == {"first"}
