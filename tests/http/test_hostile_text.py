"""Texts that break other services are ordinary data, wherever a text is allowed."""

from collections.abc import Callable
from urllib.parse import quote

import httpx
import pytest

from tests.http.refused_queries import error_of

pytestmark = pytest.mark.usefixtures("goes_on")

Send = Callable[..., httpx.Response]
Post = Callable[..., httpx.Response]

NOBODY = {
    "quote": "'",
    "double quote": '"',
    "SQL": "'; DROP TABLE actor; --",
    "per cent, a wildcard of LIKE": "%",
    "underscore, a wildcard of LIKE": "_",
    "star, a wildcard of GLOB": "*",
    "backslash": "\\",
    "bracket": "[a-z]",
    "separator of our cursors": "\x1f",
    "beyond the first plane": "😀",
    "end of line": "\r\n\u2028",
    "long": "a" * 60_000,
}

# Every place of a GraphQL request where a text is allowed.
ASK = """
query ($text: String!) {
  bySlug: actor(by: {slug: $text}) { id }
  byCode: actor(by: {code: {scheme: COW, value: $text}}) { id }
  equal: actors(where: {name: {eq: $text}}) { totalCount }
  among: actors(where: {name: {in: [$text]}}) { totalCount }
  beginning: actors(where: {name: {startsWith: $text}}) { totalCount }
  within: actors(where: {name: {contains: $text}}) { totalCount }
  owned: actors(where: {codes: {some: {value: {contains: $text}}}}) { totalCount }
  beyond: supports(where: {supporter: {slug: {contains: $text}}}) { totalCount }
}
"""
NONE = {"totalCount": 0}
NOTHING = {"bySlug": None, "byCode": None} | dict.fromkeys(
    ("equal", "among", "beginning", "within", "owned", "beyond"), NONE
)


@pytest.mark.parametrize("text", NOBODY.values(), ids=NOBODY)
def test_text_of_no_record_is_not_found(post: Post, text: str) -> None:
    assert post(ASK, {"text": text}).json() == {"data": NOTHING}


@pytest.mark.parametrize("text", [text for text in NOBODY.values() if len(text) < 100])
def test_text_of_no_record_is_not_found_over_rest(send: Send, text: str) -> None:
    page = send("GET", "/api/v1/actors", params={"name.contains": text}).json()
    assert (page["data"], page["page"]["totalCount"]) == ([], 0)
    assert send("GET", f"/api/v1/actors/{quote(text, safe='')}").status_code == 404


def test_quote_is_found_where_it_stands(post: Post) -> None:
    document = (
        '{ actors(where: {aliases: {some: {name: {contains: "\'s rep"}}}}) { nodes { slug } } }'
    )
    found = [node["slug"] for node in post(document).json()["data"]["actors"]["nodes"]]
    assert found == ["china", "north-korea"]


@pytest.mark.parametrize("text", ["\0", "russia\0", "\0russia"])
@pytest.mark.parametrize(
    "document",
    [
        "query ($text: String!) { actor(by: {slug: $text}) { id } }",
        "query ($text: String!) { actor(by: {code: {scheme: COW, value: $text}}) { id } }",
        "query ($text: String!) { actors(where: {name: {eq: $text}}) { totalCount } }",
        "query ($text: String!) { actors(where: {name: {in: [$text]}}) { totalCount } }",
        "query ($text: String!) { actors(where: {name: {contains: $text}}) { totalCount } }",
        "query ($text: String!)"
        " { actors(where: {aliases: {some: {name: {eq: $text}}}}) { totalCount } }",
    ],
)
def test_nul_is_refused(post: Post, document: str, text: str) -> None:
    code, message = error_of(post(document, {"text": text}))
    assert code == "BAD_USER_INPUT"
    assert message == "A text contains the character NUL (U+0000); remove it."


def test_nul_is_refused_where_the_document_writes_it_out(post: Post) -> None:
    code, message = error_of(post('{ actor(by: {slug: "a\\u0000"}) { id } }'))
    assert (code, "NUL" in message) == ("BAD_USER_INPUT", True)


def test_id_with_nul_is_the_id_of_no_record(post: Post) -> None:
    answer = post('{ node(id: "actor_1\\u0000") { id } }')
    assert answer.json() == {"data": {"node": None}}


@pytest.mark.parametrize(
    "path", ["actors/a%00", "actors?slug=a%00", "actors?aliases.name.contains=%00"]
)
def test_nul_is_refused_over_rest(send: Send, path: str) -> None:
    answer = send("GET", f"/api/v1/{path}")
    assert (answer.status_code, answer.json()["code"]) == (400, "BAD_USER_INPUT")
    assert "NUL" in answer.json()["detail"]
