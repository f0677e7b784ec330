"""Malformed requests: each gets an error that says what to do, and the service continues."""

from collections.abc import Callable
from typing import Any

import httpx
import pytest

pytestmark = pytest.mark.usefixtures("goes_on")

Send = Callable[..., httpx.Response]

JSON = "application/json"
GRAPHQL_RESPONSE = "application/graphql-response+json"
QUESTION = b'{"query": "{ __typename }"}'


def code_of(answer: httpx.Response) -> str:
    (error,) = answer.json()["errors"]
    code: str = error["extensions"]["code"]
    return code


def message_of(answer: httpx.Response) -> str:
    message: str = answer.json()["errors"][0]["message"]
    return message


# A body and the expected message.
BAD_BODIES = {
    "empty": (b"", "The body is not JSON"),
    "malformed": (b'{"query": ', "The body is not JSON"),
    "more after its end": (QUESTION + b" {}", "The body is not JSON"),
    "in UTF-16": (QUESTION.decode().encode("utf-16"), "The body is not JSON"),
    "not UTF-8": (b'{"query": "\xff"}', "The body is not JSON"),
    "half a character": (b'{"query": "\\ud800"}', "The body is not JSON"),
    "an infinite number": (b'{"variables": {"n": 1e400}}', "The body is not JSON"),
    "nested 10,000 deep": (b"[" * 10_000 + b"]" * 10_000, "depth limit exceeded"),
    "null": (b"null", 'not a JSON object: send {"query": "..."}'),
    "without a query": (b"{}", "`query` is missing"),
    "query is a number": (b'{"query": 1}', "`query` is missing, or is not text"),
    "variables is a list": (b'{"query": "{a}", "variables": []}', "`variables` is not an object"),
    "operationName is a number": (b'{"query": "{a}", "operationName": 1}', "is not text"),
    "extensions is text": (b'{"query": "{a}", "extensions": "b"}', "is not an object"),
}


@pytest.mark.parametrize("accept", [JSON, GRAPHQL_RESPONSE])
@pytest.mark.parametrize(("body", "says"), BAD_BODIES.values(), ids=BAD_BODIES)
def test_body_is_refused(send: Send, body: bytes, says: str, accept: str) -> None:
    headers = {"content-type": JSON, "accept": accept}
    answer = send("POST", "/graphql", content=body, headers=headers)
    assert (answer.status_code, code_of(answer)) == (400, "BAD_REQUEST")
    assert says in message_of(answer)


@pytest.mark.parametrize(
    ("content_type", "says"),
    [
        ("", "Send the body as application/json"),
        ("text/plain", "Send the body as application/json"),
        ("application/graphql", "Send the body as application/json"),
        ("application/x-www-form-urlencoded", "Send the body as application/json"),
        ("json", "Send the body as application/json"),
        ("application/json; charset=utf-16", "Send the body in UTF-8"),
        ('application/json; a=b; charset="latin1"', "Send the body in UTF-8"),
    ],
)
def test_content_type_is_refused(send: Send, content_type: str, says: str) -> None:
    headers = {"content-type": content_type}
    answer = send("POST", "/graphql", content=QUESTION, headers=headers)
    assert (answer.status_code, code_of(answer)) == (415, "UNSUPPORTED_MEDIA_TYPE")
    assert says in message_of(answer)


@pytest.mark.parametrize(
    "content_type",
    [JSON, "Application/JSON;", 'application/json; charset="UTF-8"', "application/json; a=b"],
)
def test_content_type_is_taken(send: Send, content_type: str) -> None:
    headers = {"content-type": content_type}
    answer = send("POST", "/graphql", content=QUESTION, headers=headers)
    assert answer.json() == {"data": {"__typename": "Query"}}


@pytest.mark.parametrize(
    "accept", ["text/plain", "garbage", "/", ",,,", "application/json;q=0", "a/b," * 100_000]
)
def test_no_answer_in_a_type_that_is_not_ours(send: Send, accept: str) -> None:
    headers = {"content-type": JSON, "accept": accept}
    answer = send("POST", "/graphql", content=QUESTION, headers=headers)
    assert (answer.status_code, code_of(answer)) == (406, "NOT_ACCEPTABLE")
    assert "application/graphql-response+json; accept one of them" in message_of(answer)


@pytest.mark.parametrize("accept", ["Application/JSON", "APPLICATION/GraphQL-Response+json"])
def test_media_types_have_no_case(send: Send, accept: str) -> None:
    headers = {"content-type": "Application/JSON", "accept": accept}
    answer = send("POST", "/graphql", content=QUESTION, headers=headers)
    assert answer.status_code == 200
    assert answer.headers["content-type"].partition(";")[0] == accept.lower()


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "OPTIONS"])
def test_method_is_refused(send: Send, method: str) -> None:
    answer = send(method, "/graphql", content=QUESTION, headers={"content-type": JSON})
    assert (answer.status_code, code_of(answer)) == (405, "METHOD_NOT_ALLOWED")
    assert answer.headers["allow"] == "GET, HEAD, POST"
    assert message_of(answer) == "Send a POST or GET request."


def test_head_is_answered_like_get(send: Send) -> None:
    address = "/graphql?query={__typename}"
    head, get = send("HEAD", address), send("GET", address)
    assert (head.status_code, head.headers) == (get.status_code, get.headers)


# A query string and the expected message.
BAD_ADDRESSES: dict[str, tuple[str, str]] = {
    "empty": ("", "`query` is missing"),
    "not UTF-8": ("query=%ff", "The query string cannot be parsed"),
    "too many parameters": ("query={a}&" + "b=1&" * 30, "The query string cannot be parsed"),
    "variables that are no JSON": ("query={a}&variables={", "`variables` is not JSON"),
    "variables that are a list": ("query={a}&variables=[]", "`variables` is not an object"),
    "extensions that are a number": ("query={a}&extensions=1", "`extensions` is not an object"),
}


@pytest.mark.parametrize(("address", "says"), BAD_ADDRESSES.values(), ids=BAD_ADDRESSES)
def test_address_is_refused(send: Send, address: str, says: str) -> None:
    answer = send("GET", f"/graphql?{address}")
    assert (answer.status_code, code_of(answer)) == (400, "BAD_REQUEST")
    assert says in message_of(answer)


@pytest.mark.parametrize("given", [{"variables": ""}, {"variables": "null"}, {"extensions": ""}])
def test_empty_parameter_counts_as_absent(send: Send, given: dict[str, Any]) -> None:
    answer = send("GET", "/graphql", params={"query": "{ __typename }"} | given)
    assert answer.json() == {"data": {"__typename": "Query"}}


@pytest.mark.parametrize("operation", ["mutation { a }", "subscription { a }"])
def test_get_changes_nothing(send: Send, operation: str) -> None:
    answer = send(
        "GET", "/graphql", params={"query": operation}, headers={"accept": GRAPHQL_RESPONSE}
    )
    assert 400 <= answer.status_code < 500
    assert "data" not in answer.json()
