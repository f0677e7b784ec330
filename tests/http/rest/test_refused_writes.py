"""Refused writes over REST: each error has the path and the reason, and nothing is stored."""

from typing import Any, NamedTuple

import pytest

from schema.concepts import COLLECTIONS
from service.auth.callers import Role
from tests.http.editing import Editor


class Refused(NamedTuple):
    """A request, and the paths and codes of its problems."""

    method: str
    path: str
    body: Any
    problems: dict[str, str]
    status: int = 422


FRANCE = {"slug": "france", "name": "France", "kind": "STATE"}
EVIDENCE = [{"stance": "ASSERTS", "statement": "statement_1"}]
SUPPORT = {"supporter": "iran", "recipient": "russia", "kind": "TRADE", "phase": "PLEDGED"}
STATEMENT = {"text": "So.", "speaker": "mark-rutte", "source": "source_1"}


def support(problems: dict[str, str], **given: Any) -> Refused:
    body = {**SUPPORT, "evidence": EVIDENCE, **given}
    return Refused("POST", "supports", body, problems)


REFUSED = {
    "nothing at all": Refused(
        "POST", "actors", {}, {"slug": "MISSING", "name": "MISSING", "kind": "MISSING"}
    ),
    "a slug that is taken": Refused(
        "POST", "actors", {**FRANCE, "slug": "iran"}, {"slug": "DUPLICATE"}
    ),
    "a slug changed to one that is taken": Refused(
        "PATCH", "actors/iran", {"slug": "russia"}, {"slug": "DUPLICATE"}
    ),
    "a field that is not there": Refused(
        "POST", "actors", {**FRANCE, "nme": "F"}, {"nme": "UNKNOWN_FIELD"}
    ),
    "an id of its own choice": Refused(
        "POST", "actors", {**FRANCE, "id": "actor_77"}, {"id": "UNKNOWN_FIELD"}
    ),
    "the id of another": Refused(
        "PATCH", "actors/iran", {"id": "actor_1"}, {"id": "UNKNOWN_FIELD"}
    ),
    "a number for a text": Refused("PATCH", "actors/iran", {"name": 7}, {"name": "WRONG_TYPE"}),
    "an object for a text": Refused(
        "PATCH", "actors/iran", {"name": {"en": "Iran"}}, {"name": "WRONG_TYPE"}
    ),
    "a text for a list": Refused(
        "PATCH", "actors/iran", {"aliases": "Persia"}, {"aliases": "WRONG_TYPE"}
    ),
    "a text for a group": support({"quantity": "WRONG_TYPE"}, quantity="7"),
    "a number for a reference": support({"supporter": "WRONG_TYPE"}, supporter=4),
    "a text over its limit": Refused(
        "PATCH", "actors/iran", {"description": "x" * 2001}, {"description": "TOO_LONG"}
    ),
    "a character that no text has": Refused(
        "PATCH", "actors/iran", {"name": "a\0b"}, {"name": "BAD_CHARACTER"}
    ),
    "an unknown term": support({"kind": "UNKNOWN_TERM"}, kind="BALLOONS"),
    "an unknown unit": support(
        {"quantity.unit": "UNKNOWN_TERM"}, quantity={"value": "1", "unit": "PARSECS"}
    ),
    "a currency without an amount": support(
        {"worth.currency": "CURRENCY_WITHOUT_AMOUNT"},
        worth={"currency": "EUR", "unit": "CURRENCY"},
    ),
    "an amount that is none": support(
        {"quantity.value": "BAD_DECIMAL"}, quantity={"value": "many"}
    ),
    "a date that is none": support({"startedOn": "BAD_DATE"}, startedOn="2024-02-30"),
    "an end before its start": support(
        {"endedOn": "ENDS_BEFORE_START"}, startedOn="2024-10", endedOn="2023"
    ),
    "an unknown actor": support({"supporter": "UNKNOWN_REFERENCE"}, supporter="atlantis"),
    "an unknown id": support({"supporter": "UNKNOWN_REFERENCE"}, supporter="actor_999"),
    "an id of something else": support(
        {"supporter.id": "UNKNOWN_REFERENCE"}, supporter={"id": "support_1"}
    ),
    "two ways to name an actor": support(
        {"supporter": "WRONG_TYPE"}, supporter={"slug": "iran", "code": {}}
    ),
    "a supporter of itself": support({"recipient": "SUPPORTS_ITSELF"}, recipient={"slug": "iran"}),
    "support without evidence": Refused(
        "POST", "supports", SUPPORT, {"evidence": "WITHOUT_EVIDENCE"}
    ),
    "a problem deep within": Refused(
        "POST",
        "statements",
        {**STATEMENT, "claims": [{"stance": "ASSERTS", "support": {"new": {"kind": "TRADE"}}}]},
        {"claims.0.support.new.phase": "MISSING"},
    ),
    "claims of no statement": Refused(
        "POST", "actors", {**FRANCE, "claims": []}, {"claims": "UNKNOWN_FIELD"}
    ),
    "an actor in use": Refused("DELETE", "actors/iran", None, {"id": "IN_USE"}),
    "nothing to merge": Refused("POST", "actors/iran/merge", {}, {"merge": "MISSING"}),
    "a merge with what is no list": Refused(
        "POST", "actors/iran/merge", {"merge": "russia"}, {"merge": "WRONG_TYPE"}
    ),
    "a merge with itself": Refused(
        "POST", "actors/iran/merge", {"merge": ["iran"]}, {"merge.0": "DUPLICATE"}
    ),
    "a merge with nobody": Refused(
        "POST",
        "actors/iran/merge",
        {"merge": ["china", {"slug": "atlantis"}]},
        {"merge.1.slug": "UNKNOWN_REFERENCE"},
    ),
    "a merge that says more": Refused(
        "POST", "actors/iran/merge", {"merge": ["russia"], "into": 1}, {"into": "UNKNOWN_FIELD"}
    ),
    "an empty message": Refused("POST", "actors?message=", FRANCE, {"message": "EMPTY_TEXT"}),
    "a message over its limit": Refused(
        "POST", f"actors?message={'x' * 2001}", FRANCE, {"message": "TOO_LONG"}
    ),
}


@pytest.mark.parametrize("refused", REFUSED.values(), ids=list(REFUSED))
def test_a_refused_write_says_why_and_leaves_nothing(editor: Editor, refused: Refused) -> None:
    before = editor.everything()
    answer = editor.rest(refused.method, refused.path, refused.body)
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert (answer.status_code, problem["status"], problem["code"]) == (422, 422, "INVALID_RECORD")
    told = {".".join(each["path"]): each["code"] for each in problem["errors"]}
    assert told == refused.problems
    assert all(each["message"] in problem["detail"] for each in problem["errors"])
    assert editor.everything() == before


def test_the_last_evidence_of_a_support_stays(editor: Editor) -> None:
    fields = "fields=evidence.id"
    made = editor.rest("POST", f"supports?{fields}", {**SUPPORT, "evidence": EVIDENCE}).json()
    before = editor.everything()
    answer = editor.rest("DELETE", f"evidence/{made['evidence']['data'][0]['id']}")
    (problem,) = answer.json()["errors"]
    assert (answer.status_code, problem["path"], problem["code"]) == (
        422,
        ["id"],
        "WITHOUT_EVIDENCE",
    )
    assert editor.everything() == before


# The address below /api/v1/, the status, the code, and words of the detail.
BAD: dict[str, tuple[str, str, dict[str, Any], int, str, str]] = {
    "no such record": (
        "PATCH",
        "actors/atlantis",
        {"json": {"name": "A"}},
        404,
        "NOT_FOUND",
        "There is no actor 'atlantis'.",
    ),
    "nothing to delete": ("DELETE", "supports/support_999", {}, 404, "NOT_FOUND", "support_999"),
    "an id of something else": ("DELETE", "supports/actor_1", {}, 404, "NOT_FOUND", "actor_1"),
    "nobody to merge into": (
        "POST",
        "actors/atlantis/merge",
        {"json": {"merge": ["iran"]}},
        404,
        "NOT_FOUND",
        "atlantis",
    ),
    "no JSON": (
        "POST",
        "actors",
        {"content": "{", "headers": {"content-type": "application/json"}},
        400,
        "BAD_REQUEST",
        "not JSON",
    ),
    "no object": ("POST", "actors", {"json": [FRANCE]}, 400, "BAD_REQUEST", "not a JSON object"),
    "no body": (
        "POST",
        "actors",
        {"headers": {"content-type": "application/json"}},
        400,
        "BAD_REQUEST",
        "not JSON",
    ),
    "a body over the limit": (
        "POST",
        "actors",
        {"json": {"name": "x" * 1_000_000}},
        413,
        "BODY_TOO_LARGE",
        "longer than 1000000 bytes",
    ),
    "a form": (
        "POST",
        "actors",
        {"data": FRANCE},
        415,
        "UNSUPPORTED_MEDIA_TYPE",
        "application/json",
    ),
    "a merge patch that creates": (
        "POST",
        "actors",
        {"json": FRANCE, "headers": {"content-type": "application/merge-patch+json"}},
        415,
        "UNSUPPORTED_MEDIA_TYPE",
        "Send the body as application/json.",
    ),
    "an object that nests too deep": (
        "POST",
        "supports",
        {
            "content": '{"inReturnFor":' * 30 + "{}" + "}" * 30,
            "headers": {"content-type": "application/json"},
        },
        400,
        "QUERY_TOO_COMPLEX",
        "more than 20 levels",
    ),
    "an unknown field to answer with": (
        "POST",
        "actors?fields=nme",
        {"json": FRANCE},
        400,
        "BAD_USER_INPUT",
        "unknown 'nme'; the fields of Actor",
    ),
    "an unknown parameter": (
        "POST",
        "actors?asOf=1",
        {"json": FRANCE},
        400,
        "BAD_USER_INPUT",
        "parameters: message, fields",
    ),
    "a parameter given twice": (
        "POST",
        "actors?message=a&message=b",
        {"json": FRANCE},
        400,
        "BAD_USER_INPUT",
        "`message` occurs twice",
    ),
    "fields of what is gone": (
        "DELETE",
        "actors/iran?fields=id",
        {},
        400,
        "BAD_USER_INPUT",
        "parameters: message.",
    ),
    "an answer that is too large": (
        "PATCH",
        "actors/iran?fields=" + ".".join(["members.member"] * 4),
        {"json": {}},
        400,
        "NODE_BUDGET_EXCEEDED",
        "Use a smaller `first`",
    ),
    "an empty key": (
        "POST",
        "actors",
        {"json": FRANCE, "headers": {"idempotency-key": ""}},
        400,
        "BAD_REQUEST",
        "Idempotency-Key",
    ),
}


@pytest.mark.parametrize("bad", BAD.values(), ids=list(BAD))
def test_a_request_that_cannot_be_read_writes_nothing(
    editor: Editor, bad: tuple[str, str, dict[str, Any], int, str, str]
) -> None:
    method, path, options, status, code, says = bad
    before = editor.everything()
    answer = editor.send(method, f"/api/v1/{path}", **options)
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert (answer.status_code, problem["status"], problem["code"]) == (status, status, code)
    assert says in problem["detail"]
    assert "errors" not in problem
    assert editor.everything() == before


@pytest.mark.parametrize(
    ("method", "path", "header", "taken"),
    [
        ("POST", "actors", "accept-post", "application/json"),
        ("PATCH", "actors/iran", "accept-patch", "application/merge-patch+json, application/json"),
        ("POST", "actors/iran/merge", "accept-post", "application/json"),
    ],
)
def test_the_error_names_the_accepted_media_types(
    editor: Editor, method: str, path: str, header: str, taken: str
) -> None:
    answer = editor.send(method, f"/api/v1/{path}", content=b"{}")
    assert (answer.status_code, answer.headers[header]) == (415, taken)


WRITES = [
    (method, path)
    for name in COLLECTIONS
    for method, path in (("POST", name), ("PATCH", f"{name}/x"), ("DELETE", f"{name}/x"))
] + [("POST", "actors/iran/merge")]


@pytest.mark.parametrize(("method", "path"), WRITES)
def test_only_editors_write(editor: Editor, method: str, path: str) -> None:
    """A missing permission is reported before any other error."""
    reader = {"authorization": f"Bearer {editor.token('reader', Role.READER)}"}
    nobody = editor.send_as({}, method, f"/api/v1/{path}?nonsense=1", content=b"{")
    weak = editor.send_as(reader, method, f"/api/v1/{path}?nonsense=1", content=b"{")
    assert (nobody.status_code, nobody.json()["code"]) == (401, "UNAUTHENTICATED")
    assert nobody.headers["www-authenticate"].startswith("Bearer")
    assert (weak.status_code, weak.json()["code"]) == (403, "FORBIDDEN")
