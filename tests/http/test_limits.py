"""Questions that ask too much: each is told the limit, and the service goes on."""

from collections.abc import Callable
from typing import Any

import httpx
import pytest

from tests.http.asking import GRAPHQL_RESPONSE, JSON, Bad, check_refused, too_complex

pytestmark = pytest.mark.usefixtures("goes_on")

Post = Callable[..., httpx.Response]

ACTORS = "query ($where: ActorFilter) { actors(where: $where) { totalCount } }"
BY_ID = '{ actor(by: {id: "actor_1"}) { %s } }'
LARGE = "{ actors(first: 500) { nodes { supportsGiven(first: 500) { nodes { id } } } } }"


def nested_filter(depth: int) -> dict[str, Any]:
    where: dict[str, Any] = {"slug": {"eq": "iran"}}
    for _ in range(depth):
        where = {"not": where}
    return where


def nested_filter_text(depth: int) -> str:
    return "{not: " * depth + '{slug: {eq: "iran"}}' + "}" * depth


def doubling_fragments(count: int) -> str:
    """Each opens the next one twice, so that the last one is opened 2 ** count times."""
    fragments = (f"fragment f{i} on Actor {{ id ...f{i + 1} ...f{i + 1} }}" for i in range(count))
    last = f"fragment f{count} on Actor {{ id }}"
    return " ".join(["{ actors { nodes { ...f0 } } }", *fragments, last])


DOCUMENTS = {
    "100,001 characters": too_complex("#" * 100_001, "more than 100000"),
    "5,001 tokens": too_complex("{" + " id" * 5_001 + "}", "more than 5000 tokens"),
    "1,001 comments": too_complex("#\n" * 1_001 + "{a}", "more than 1000 comments"),
    "too deep to parse": too_complex("{a" * 2_000 + "}" * 2_000, "nested too deep"),
    "filter 100 deep": too_complex(
        f"{{ actors(where: {nested_filter_text(100)}) {{ totalCount }} }}",
        "nests more than 20 deep",
    ),
    "filter 100 deep in a variable": too_complex(
        ACTORS, "nests more than 20 deep", where=nested_filter(100)
    ),
    "variable 900 deep": too_complex(ACTORS, "nests more than 20 deep", where=nested_filter(900)),
    "filter 100 deep as a default": too_complex(
        f"query ($where: ActorFilter = {nested_filter_text(100)})"
        " { actors(where: $where) { totalCount } }",
        "nests",
    ),
    "3,000 conditions": too_complex(
        ACTORS, "nests too deep", where={"or": [{"slug": {"eq": f"a{i}"}} for i in range(3_000)]}
    ),
    "10,000 aliases": too_complex(
        "{" + " ".join(f"a{i}:id" for i in range(10_000)) + "}", "more than 5000 tokens"
    ),
    "201 aliases": too_complex(
        BY_ID % " ".join(f"a{i}: id" for i in range(201)), "201 aliases; 200 is the most"
    ),
    "51 root fields": too_complex("{" + " __typename" * 51 + "}", "51 root fields; 50 is the most"),
    "2,001 fields": too_complex(BY_ID % ("id " * 2_000), "2001 fields; 2000 is the most"),
    "fields 21 deep": too_complex(
        BY_ID % ("supportsGiven { nodes { supporter { " * 7 + "id" + "}}}" * 7), "20 is the most"
    ),
    "fragments that double 30 times": too_complex(doubling_fragments(30), "2000 is the most"),
    "250,500 records": Bad(
        LARGE,
        "NODE_BUDGET_EXCEEDED",
        "250500 records; 50000 is the most. Ask for fewer with `first`, or nest less.",
    ),
}


@pytest.mark.parametrize("bad", DOCUMENTS.values(), ids=DOCUMENTS)
def test_question_is_refused(post: Post, bad: Bad) -> None:
    plain, telling = (
        post(bad.document, bad.variables, accept=accept) for accept in (JSON, GRAPHQL_RESPONSE)
    )
    check_refused(bad, plain, telling)
