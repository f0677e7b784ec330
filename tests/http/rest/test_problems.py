"""Errors over REST are problem documents (RFC 9457) that say what to do."""

from collections.abc import Callable

import httpx
import pytest

pytestmark = pytest.mark.usefixtures("goes_on")

Send = Callable[..., httpx.Response]

DEEP = ".".join(["evidence.support"] * 200)
BACK = ".".join(["inReturnFor"] * 70)

# Addresses below /api/v1/, and a part of the message.
BAD_PARAMETERS = {
    "supports?knd=DRONES": "`knd`: unknown 'knd'; did you mean kind?",
    "supports?recipient.slg=russia": "unknown 'slg'; did you mean slug?",
    "supports?kind.undr=MILITARY": "did you mean under?",
    "supports?kind=DRONE": "`kind`: unknown 'DRONE'; did you mean DRONES?",
    "supports?kind.in=DRONES,MISSILE": "did you mean MISSILES?",
    "statements?quoted.in=true": "known: eq, ne, isNull.",
    "supports?recipient=russia": "`recipient` is not a single value; add one of: id, slug,",
    "supports?assessment.contested.eq=yes": "must be true or false, but is 'yes'",
    "supports?kind.isNull=maybe": "`kind.isNull` must be true or false, but is 'maybe'.",
    "supports?quantity.isNull=true": "known: value, low, high, unit,",
    "supports?evidence.isNull=true": "known: id, support, statement,",
    "supports?startedOn=2024-02-30": "2024, 2024-10 or 2024-10-28",
    "supports?startedOn.gte=yesterday": "2024, 2024-10 or 2024-10-28",
    "supports?quantity.value=many": "not a decimal such as",
    "supports?quantity.estimated=maybe": "must be true or false",
    "supports?kind=DRONES&kind=MISSILES": "`kind` occurs twice; send it once.",
    "supports?kind=DRONES&kind.eq=MISSILES": "`kind.eq` occurs twice; send it once.",
    "supports?first=0": "`first` must be between 1 and 500, but is 0.",
    "supports?first=501": "`first` must be between 1 and 500, but is 501.",
    "supports?first=-1": "`first` must be between 1 and 500, but is -1.",
    "supports?first=many": "must be an integer of at most nine digits",
    "supports?first=99999999999999999999": "must be an integer of at most nine digits",
    "supports?first=1&last=1": "Use `first` or `last`, not both.",
    "supports?orderBy=evidence": "orderBy: cannot sort by `evidence`",
    "supports?orderBy=supporter": "`supporter` is not a single value; add one of its fields.",
    f"supports?orderBy={BACK}.kind": "has 71 steps; the limit is 8.",
    "supports?fields=kinds": "fields: unknown 'kinds'; the fields of Support are: id, supporter,",
    "supports?fields=kind.code": "fields: Support.kind is a single value",
    "supports?fields=supporter.slg": "fields: unknown 'slg'; the fields of Actor are: id, slug,",
    f"supports?fields={DEEP}": "has 400 steps; the limit is 8.",
    "supports?fields=": "`fields` has an empty name; separate names by single commas.",
    "supports?fields=kind,,phase": "`fields` has an empty name",
    "supports?orderBy=kind,": "`orderBy` has an empty name",
    f"supports?fields={','.join(['kind'] * 201)}": "`fields` has 201 values; the limit is 200.",
    "supports?a.b.c.d.e.f.g.h.i=1": "has 9 steps; the limit is 8.",
    f"supports?{'kind.in=DRONES&' * 101}": "The query string cannot be parsed",
    "supports?kind=%ff": "The query string cannot be parsed",
    "supports/support_1?first=1": "Unknown parameter `first`; known: fields, asOf.",
    "actors/russia?fields=nme": "fields: unknown 'nme'",
}


def problem_in(answer: httpx.Response) -> dict[str, str | int]:
    assert answer.headers["content-type"] == "application/problem+json"
    problem: dict[str, str | int] = answer.json()
    assert list(problem) == ["type", "title", "status", "detail", "code", "requestId"]
    assert problem["status"] == answer.status_code
    return problem


@pytest.mark.parametrize(
    ("path", "says"), BAD_PARAMETERS.items(), ids=[path[:40] for path in BAD_PARAMETERS]
)
def test_parameter_is_refused(send: Send, path: str, says: str) -> None:
    problem = problem_in(send("GET", f"/api/v1/{path}"))
    assert (problem["status"], problem["code"]) == (400, "BAD_USER_INPUT")
    assert says in str(problem["detail"])


@pytest.mark.parametrize("cursor", ["", "garbage", "00"])
def test_cursor_is_refused(send: Send, cursor: str) -> None:
    problem = problem_in(send("GET", f"/api/v1/supports?after={cursor}"))
    assert (problem["status"], problem["code"]) == (400, "BAD_CURSOR")


def test_cursor_of_another_order_is_refused(send: Send) -> None:
    page = send("GET", "/api/v1/supports?first=1&orderBy=kind").json()["page"]
    answer = send("GET", f"/api/v1/supports?orderBy=phase&after={page['endCursor']}")
    assert "cursor of another order; omit it to start over" in str(problem_in(answer)["detail"])


def test_question_over_the_budget_is_refused(send: Send) -> None:
    fields = "supportsGiven.evidence.statement.mentions.name"
    problem = problem_in(send("GET", f"/api/v1/actors?first=500&fields={fields}"))
    assert (problem["status"], problem["code"]) == (400, "NODE_BUDGET_EXCEEDED")
    assert "Use a smaller `first`" in str(problem["detail"])


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("actors/atlantis", "There is no actor 'atlantis'."),
        ("actors/actor_999", "There is no actor 'actor_999'."),
        ("actors/support_1", "There is no actor 'support_1'."),
        ("supports/china-russia-economy", "There is no support 'china-russia-economy'."),
        ("allies", "There is nothing at /api/v1/allies; see /docs."),
        ("actors/russia/friends", "There is nothing at /api/v1/actors/russia/friends; see /docs."),
    ],
)
def test_nothing_is_there(send: Send, path: str, says: str) -> None:
    problem = problem_in(send("GET", f"/api/v1/{path}"))
    assert (problem["status"], problem["code"], problem["detail"]) == (404, "NOT_FOUND", says)


ALLOWED = {
    "/api/v1/actors": {"GET", "HEAD", "POST"},
    "/api/v1/actors/russia": {"GET", "HEAD", "PATCH", "DELETE"},
    "/api/v1/actors/russia/merge": {"POST"},
    "/api/v1/changes": {"GET", "HEAD"},
    "/healthz": {"GET", "HEAD"},
}
REFUSED = [
    (path, method)
    for path, allowed in ALLOWED.items()
    for method in ("GET", "POST", "PUT", "PATCH", "DELETE")
    if method not in allowed
]


@pytest.mark.parametrize(("path", "method"), REFUSED)
def test_method_is_refused(send: Send, path: str, method: str) -> None:
    answer = send(method, path)
    problem = problem_in(answer)
    assert (problem["status"], problem["code"]) == (405, "METHOD_NOT_ALLOWED")
    assert problem["detail"] == f"{path} does not take {method}."
    assert set(answer.headers["allow"].split(", ")) == ALLOWED[path]
