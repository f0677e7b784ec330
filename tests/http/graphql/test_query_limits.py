"""Queries that exceed a limit: the error names it, and the service continues."""

import asyncio
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest

from service.database.executor import Executor
from service.database.executors import open_executor
from service.errors import TimedOut
from tests.http.application import DOORS, code_of, service
from tests.http.editing import Editor
from tests.http.refused_queries import GRAPHQL_RESPONSE, JSON, Bad, check_refused, too_complex

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
    """Each fragment spreads the next one twice, so the last one is spread 2 ** count times."""
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
        "has more than 20 levels",
    ),
    "filter 100 deep in a variable": too_complex(
        ACTORS, "has more than 20 levels", where=nested_filter(100)
    ),
    "variable 900 deep": too_complex(ACTORS, "has more than 20 levels", where=nested_filter(900)),
    "filter 100 deep as a default": too_complex(
        f"query ($where: ActorFilter = {nested_filter_text(100)})"
        " { actors(where: $where) { totalCount } }",
        "has more than 20 levels",
    ),
    "10,000 aliases": too_complex(
        "{" + " ".join(f"a{i}:id" for i in range(10_000)) + "}", "more than 5000 tokens"
    ),
    "201 aliases": too_complex(
        BY_ID % " ".join(f"a{i}: id" for i in range(201)), "201 aliases; the limit is 200"
    ),
    "51 root fields": too_complex(
        "{" + " __typename" * 51 + "}", "51 root fields; the limit is 50"
    ),
    "2,001 fields": too_complex(BY_ID % ("id " * 2_000), "2001 fields; the limit is 2000"),
    "fields 21 deep": too_complex(
        BY_ID % ("supportsGiven { nodes { supporter { " * 7 + "id" + "}}}" * 7),
        "levels of fields; the limit is 20",
    ),
    "fragments that double 30 times": too_complex(
        doubling_fragments(30), "fields; the limit is 2000"
    ),
    "250,500 records": Bad(
        LARGE,
        "NODE_BUDGET_EXCEEDED",
        "250500 records; the limit is 50000. Use a smaller `first`, or nest fewer levels.",
    ),
}


@pytest.mark.parametrize("bad", DOCUMENTS.values(), ids=DOCUMENTS)
def test_question_is_refused(post: Post, bad: Bad) -> None:
    plain, telling = (
        post(bad.document, bad.variables, accept=accept) for accept in (JSON, GRAPHQL_RESPONSE)
    )
    check_refused(bad, plain, telling)


# Each is one condition on an edge, used once for each root field.
EDGES = {"or": [{"supportsGiven": {"some": {}}}] * 100}
FIFTY_USES = " ".join(f"a{n}: actors(where: $where) {{ totalCount }}" for n in range(50))
COSTLY = {
    "a variable used fifty times": (f"query ($where: ActorFilter) {{ {FIFTY_USES} }}", EDGES),
    "a default used fifty times": (
        f"query ($where: ActorFilter = {{or: [{'{supportsGiven: {some: {}}} ' * 100}]}})"
        f" {{ {FIFTY_USES} }}",
        None,
    ),
    "the changes of all records, fifty times": (
        "{" + " ".join(f"a{n}: changes(since: 0) {{ totalCount }}" for n in range(50)) + "}",
        None,
    ),
    "their fields, thirty times": (
        "{"
        + " ".join(
            f"a{n}: changes(since: 0) {{ nodes {{ fields {{ field }} }} }}" for n in range(30)
        )
        + "}",
        None,
    ),
}


@pytest.mark.parametrize(("document", "where"), COSTLY.values(), ids=COSTLY)
def test_complexity_is_known_before_the_query_is_compiled(
    post: Post, document: str, where: dict[str, object] | None
) -> None:
    variables = {} if where is None else {"where": where}
    answer = post(document, variables, accept=GRAPHQL_RESPONSE)
    assert (answer.status_code, code_of(answer)) == (400, "QUERY_TOO_COMPLEX")
    assert re.search(r"the limit is 3000|more than 3000 values", answer.text)


def test_question_with_900_conditions_is_answered(post: Post) -> None:
    where = {"or": [{"slug": {"eq": f"a{i}"}} for i in range(900)]}
    answer = post(ACTORS, {"where": where})
    assert answer.json() == {"data": {"actors": {"totalCount": 0}}}


# 125, and 399 of each.
MANY = "actors(first: 125) { nodes { supportsGiven(first: 399) { nodes { id } } } }"
# An actor, six times three fields, and one more.
TWENTY_DEEP = BY_ID % ("supportsGiven(first: 1) { nodes { supporter { " * 6 + "%s" + "}}}" * 6)

# A support with 39 fields.
ENDS = " ".join(f"{end} {{ id slug name kind description }}" for end in ("supporter", "recipient"))
PLAIN = "id kind phase summary place startedOn endedOn note agreedOn startCensored endCensored"
SUPPORT = (
    f'support(id: "support_1") {{ {PLAIN} mutual sourceKey sourceCategory {ENDS} '
    "against { id slug name kind description } dataset { id slug name } inReturnFor { id kind } }"
)

ALLOWED = {
    "100,000 characters": "{__typename}" + " " * (100_000 - 12),
    "5,000 tokens": f"query ($a: [Int!] = [{'1 ' * 4_984}]) {{ __typename }}",
    "1,000 comments": "#\n" * 1_000 + "{__typename}",
    "filter 20 deep": f"{{ actors(where: {nested_filter_text(18)}) {{ totalCount }} }}",
    "200 aliases": BY_ID % " ".join(f"a{i}: id" for i in range(200)),
    "50 root fields": "{" + " __typename" * 50 + "}",
    "2,000 fields": "{" + " ".join(f"a{i}: {SUPPORT}" for i in range(50)) + "}",
    "fields 20 deep": TWENTY_DEEP % "id",
    "50,000 records": f"{{ {MANY} }}",
}


# The same query with one more of it.
TOO_MUCH = {
    "5,001 tokens": f"query ($a: [Int!] = [{'1 ' * 4_985}]) {{ __typename }}",
    "filter 21 deep": f"{{ actors(where: {nested_filter_text(19)}) {{ totalCount }} }}",
    "fields 21 deep": TWENTY_DEEP % "codes { value }",
    "50,001 records": f'{{ {MANY} actor(by: {{slug: "iran"}}) {{ id }} }}',
}


@pytest.mark.parametrize("document", TOO_MUCH.values(), ids=TOO_MUCH)
def test_question_just_over_the_limit_is_too_much(post: Post, document: str) -> None:
    assert code_of(post(document)) in ("QUERY_TOO_COMPLEX", "NODE_BUDGET_EXCEEDED")


@pytest.mark.parametrize("document", ALLOWED.values(), ids=ALLOWED)
def test_question_at_the_limit_is_not_too_much(post: Post, document: str) -> None:
    assert "QUERY_TOO_COMPLEX" not in (answer := post(document)).text
    assert "NODE_BUDGET_EXCEEDED" not in answer.text


def test_filter_at_the_limit_is_answered(post: Post) -> None:
    assert post(ACTORS, {"where": nested_filter(18)}).json()["data"]


class TestRest:
    """Checks the same limits in REST, as far as they apply."""

    def test_answer_may_hold_so_many_records_and_no_more(
        self, seeded: Path, runner: asyncio.Runner
    ) -> None:
        fields = "fields=name,supportsGiven.kind"
        with service(seeded, runner, node_budget=2_100) as running:
            allowed = running.send("GET", f"/api/v1/actors?first=100&{fields}")
            refused = running.send("GET", f"/api/v1/actors?first=101&{fields}")
        assert allowed.status_code == 200
        assert (refused.status_code, code_of(refused)) == (400, "NODE_BUDGET_EXCEEDED")

    @pytest.mark.parametrize(("more", "status"), [(0, 201), (1, 413)])
    def test_body_may_have_so_many_bytes_and_no_more(
        self, editor: Editor, more: int, status: int
    ) -> None:
        actor = b'{"slug": "a", "name": "A", "kind": "STATE"}'
        body = actor + b" " * (1_000_000 + more - len(actor))
        answer = editor.send(
            "POST", "/api/v1/actors", content=body, headers={"content-type": "application/json"}
        )
        assert answer.status_code == status

    def test_body_may_nest_so_deep_and_no_deeper(self, editor: Editor) -> None:
        def sent(depth: int) -> str:
            nested: Any = []
            for _ in range(depth - 1):
                nested = [nested]
            return code_of(editor.rest("POST", "actors", {"slug": nested, "kind": "STATE"}))

        assert sent(20) == "INVALID_RECORD"
        assert sent(21) == "QUERY_TOO_COMPLEX"


@pytest.mark.parametrize(("more", "status"), [(0, 200), (1, 413)])
def test_body_of_a_question_may_have_so_many_bytes_and_no_more(
    send: Post, more: int, status: int
) -> None:
    question = b'{"query": "{ __typename }"}'
    body = question + b" " * (1_000_000 + more - len(question))
    answer = send("POST", "/graphql", content=body, headers={"content-type": JSON})
    assert answer.status_code == status


class Slow:
    """An executor that exceeds the time limit on every query."""

    def __init__(self, executor: Executor) -> None:
        self._executor = executor

    def __getattr__(self, name: str) -> Any:
        return getattr(self._executor, name)

    def run_here(self, *_: object) -> None:
        """No statement counts as fast."""

    async def run(self, *_: object) -> None:
        raise TimedOut("The answer took longer than 10 seconds.")


@pytest.mark.parametrize("door", DOORS.values(), ids=DOORS)
def test_response_that_takes_too_long_is_an_error(
    seeded: Path, runner: asyncio.Runner, door: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another test, with a query that really takes long, checks that its SQL is cancelled."""
    monkeypatch.setattr(
        "service.engine.engine.open_executor", lambda *of, **how: Slow(open_executor(*of, **how))
    )
    with service(seeded, runner) as running:
        answer = running.send(**door)
    assert (answer.status_code, code_of(answer)) == (504, "TIMEOUT")


UNBOUNDED = {
    "a fragment that nobody uses": "{ revision { number } } fragment f on Actor { "
    + "supportsGiven { nodes { id } } " * 700
    + "}",
    "fields that have to be compared with each other": "{ supports { nodes { "
    + "supporter { supportsGiven { nodes { id kind } } } " * 150
    + "} } }",
    "introspection in fifty root fields": "{"
    + " ".join(
        f"a{n}: __schema {{ types {{ fields {{ type {{ fields {{ args {{ name }} }} }} }} }} }}"
        for n in range(50)
    )
    + "}",
}


@pytest.mark.parametrize("document", UNBOUNDED.values(), ids=UNBOUNDED)
def test_what_validation_or_introspection_would_cost_is_limited(post: Post, document: str) -> None:
    answer = post(document, accept=GRAPHQL_RESPONSE)
    assert (answer.status_code, code_of(answer)) == (400, "QUERY_TOO_COMPLEX")


def test_list_of_10_000_ids_is_compared(post: Post) -> None:
    document = "query ($ids: [ID!]) { actors(where: {id: {in: $ids}}) { totalCount } }"
    answer = post(document, {"ids": [f"actor_{number}" for number in range(10_000, 20_000)]})
    assert answer.json() == {"data": {"actors": {"totalCount": 0}}}


def test_list_counts_as_often_as_it_is_used(post: Post) -> None:
    uses = "{name: {in: $names}} " * 11
    document = f"query ($names: [String!]) {{ actors(where: {{or: [{uses}]}}) {{ totalCount }} }}"
    answer = post(document, {"names": ["a"] * 10_000}, accept=GRAPHQL_RESPONSE)
    assert (answer.status_code, code_of(answer)) == (400, "QUERY_TOO_COMPLEX")
    assert "110000 values" in answer.text


@pytest.mark.parametrize("first", [{}, "a", [], None], ids=["object", "text", "list", "null"])
def test_objects_of_a_variable_are_counted_whatever_is_first_in_their_list(
    post: Post, first: object
) -> None:
    filters = {"or": [first, *([{}] * 60_000)]}
    answer = post("query($w: ActorFilter) { actors(where: $w) { totalCount } }", {"w": filters})
    assert "The variables have more than 6000 objects" in answer.text
