"""Bulk requests: many writes as lines, in one revision or not at all."""

import gzip
import json
from typing import Any

import httpx
import pytest

from service.auth.callers import Role
from tests.http.editing import Editor

Line = dict[str, Any]

NDJSON = "application/x-ndjson"
FRANCE: Line = {"create": "actor", "slug": "france", "name": "France", "kind": "STATE"}
MALI: Line = {"create": "actor", "ref": "m", "slug": "mali", "name": "Mali", "kind": "STATE"}
REPORT: Line = {
    "create": "statement",
    "ref": "said",
    "text": "France trains Mali.",
    "speaker": "france",
    "source": {"new": {"title": "A report"}},
    "mentions": [{"ref": "m"}],
}
TRAINING: Line = {
    "create": "support",
    "ref": "training",
    "supporter": {"slug": "france"},
    "recipient": {"ref": "m"},
    "kind": "TRAINING",
    "phase": "DELIVERED",
    "evidence": [{"statement": {"ref": "said"}, "stance": "ASSERTS"}],
}
WHOLE = [FRANCE, MALI, REPORT, TRAINING]


def body_of(lines: list[Line]) -> bytes:
    return b"".join(json.dumps(line).encode() + b"\n" for line in lines)


def bulk(
    editor: Editor, lines: list[Line] | bytes, query: str = "", **headers: str
) -> httpx.Response:
    body = lines if isinstance(lines, bytes) else body_of(lines)
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return editor.send(
        "POST", f"/api/v1/bulk{query}", content=body, headers={"content-type": NDJSON} | named
    )


def answers(response: httpx.Response) -> list[Any]:
    assert response.headers["content-type"] == NDJSON
    assert response.headers.get("content-length", str(len(response.content))) == str(
        len(response.content)
    )
    return [json.loads(line) for line in response.text.splitlines()]


def test_gzip_may_come_in_many_blocks_but_not_in_empty_ones(editor: Editor) -> None:
    # As block gzip (bgzip) makes it: blocks of some kilobytes, and an empty one at the end.
    lines = body_of([FRANCE]) + b"\n" * 10_000_000
    blocks = [gzip.compress(lines[at : at + 4_000]) for at in range(0, len(lines), 4_000)]
    zipped = b"".join([*blocks, gzip.compress(b"")])
    refused = bulk(editor, gzip.compress(b"") * 40_000, content_encoding="gzip")
    assert (refused.status_code, refused.json()["code"]) == (400, "BAD_REQUEST")
    few = b"".join([*blocks[:20], gzip.compress(b"")])
    assert bulk(editor, few, content_encoding="gzip").status_code == 200
    # So many lines are too many, and all blocks were decoded to count them.
    answer = bulk(editor, zipped, content_encoding="gzip")
    assert (answer.status_code, answer.json()["code"]) == (413, "BODY_TOO_LARGE")


def told(response: httpx.Response) -> list[tuple[int, list[tuple[str, str]]]]:
    """Returns the paths and codes of the problems of each refused line."""
    assert response.status_code == 422, response.text
    *lines, summary = answers(response)
    assert (summary["code"], summary["refused"] >= len(lines)) == ("INVALID_RECORD", True)
    return [
        (line["line"], [(".".join(each["path"]), each["code"]) for each in line["errors"]])
        for line in lines
    ]


def test_the_lines_are_one_revision(editor: Editor) -> None:
    before = editor.revision()
    response = bulk(editor, WHOLE, "?message=Training")
    assert response.status_code == 200, response.text
    *lines, summary = answers(response)
    assert [line["line"] for line in lines] == [1, 2, 3, 4]
    done = {"created": 4, "updated": 0, "deleted": 0, "unchanged": 0}
    assert summary == {"revision": before + 1, **done}
    assert response.headers["allygraph-revision"] == str(before + 1) == str(editor.revision())
    support = editor.rest(
        "GET", f"supports/{lines[3]['id']}?fields=recipient.slug,evidence.statement"
    ).json()
    assert support["recipient"] == {"slug": "mali"}
    assert editor.rows("SELECT author, message FROM revision ORDER BY number DESC LIMIT 1") == [
        ("ada", "Training")
    ]


def test_the_message_counts_what_was_done(editor: Editor) -> None:
    assert bulk(editor, WHOLE).status_code == 200
    assert editor.rows("SELECT message FROM revision ORDER BY number DESC LIMIT 1") == [
        ("Created 2 actors, 1 source, 1 statement, 1 support, 1 evidence.",)
    ]


def test_lines_update_and_delete(editor: Editor) -> None:
    lines = [
        *WHOLE,
        {"update": "support", "by": {"ref": "training"}, "place": "Bamako"},
        {"update": "actor", "by": "france", "description": "A republic."},
        {"update": "actor", "by": {"code": {"scheme": "COW", "value": "630"}}, "name": "Persia"},
        {"create": "actor", "ref": "none", "slug": "none", "name": "None", "kind": "PERSON"},
        {"delete": "actor", "by": {"ref": "none"}},
    ]
    response = bulk(editor, lines)
    *_, summary = answers(response)
    assert {name: summary[name] for name in ("created", "updated", "deleted")} == {
        "created": 5,
        "updated": 3,
        "deleted": 1,
    }
    assert editor.rows("SELECT description FROM actor WHERE slug = 'france'") == [("A republic.",)]
    assert editor.rows("SELECT name FROM actor WHERE slug = 'iran'") == [("Persia",)]
    assert editor.rows("SELECT count(*) FROM support WHERE place = 'Bamako'") == [(1,)]
    assert editor.rows("SELECT count(*) FROM actor WHERE slug = 'none'") == [(0,)]


def test_all_problems_of_all_lines_are_listed_and_nothing_is_written(editor: Editor) -> None:
    before = editor.revision(), editor.rows("SELECT count(*) FROM actor")
    lines = [
        FRANCE,
        {**FRANCE, "slug": "Not a slug", "kind": "PLANET", "colour": "red"},
        MALI,
        {**FRANCE, "name": "The same slug"},
        {"update": "actor", "by": "nobody-at-all", "name": "x"},
        {"delete": "actor", "by": "iran"},
        {"create": "planet"},
        {"create": "actor", "update": "actor"},
        {},
        {**TRAINING, "recipient": {"ref": "later"}, "colour": "red", "evidence": []},
        {**MALI, "slug": "bamako"},
        {"update": "actor", "by": "mali", "ifRevision": "x"},
        {"delete": "actor", "name": "x"},
    ]
    response = bulk(editor, lines)
    assert told(response) == [
        (2, [("colour", "UNKNOWN_FIELD"), ("slug", "BAD_SLUG"), ("kind", "UNKNOWN_TERM")]),
        (4, [("slug", "DUPLICATE")]),
        (5, [("by", "UNKNOWN_REFERENCE")]),
        (6, [("by", "IN_USE")]),
        (7, [("create", "UNKNOWN_TERM")]),
        (8, [("", "WRONG_TYPE")]),
        (9, [("", "MISSING")]),
        (10, [("colour", "UNKNOWN_FIELD"), ("recipient.ref", "UNKNOWN_REFERENCE")]),
        (11, [("ref", "DUPLICATE")]),
        (12, [("ifRevision", "WRONG_TYPE")]),
        (13, [("by", "MISSING"), ("name", "UNKNOWN_FIELD")]),
    ]
    assert (editor.revision(), editor.rows("SELECT count(*) FROM actor")) == before


def test_a_check_at_the_end_is_reported_for_its_line(editor: Editor) -> None:
    alone = {name: value for name, value in TRAINING.items() if name != "evidence"}
    evidence = {
        "create": "evidence",
        "support": {"ref": "training"},
        "statement": {"ref": "said"},
        "stance": "ASSERTS",
    }
    assert told(bulk(editor, [FRANCE, MALI, REPORT, alone])) == [
        (4, [("evidence", "WITHOUT_EVIDENCE")])
    ]
    assert bulk(editor, [FRANCE, MALI, REPORT, alone, evidence]).status_code == 200


def test_what_is_no_json_is_a_problem_of_its_line(editor: Editor) -> None:
    body = b"\xef\xbb\xbf" + body_of([FRANCE]) + b"\n   \r\n{\n[]\nnull\n" + body_of([MALI])[:-1]
    assert told(bulk(editor, body)) == [
        (4, [("", "WRONG_TYPE")]),
        (5, [("", "WRONG_TYPE")]),
        (6, [("", "WRONG_TYPE")]),
    ]


def test_the_first_thousand_refused_lines_are_listed(editor: Editor) -> None:
    response = bulk(editor, [{"create": "actor"}] * 1_200)
    assert [line for line, _ in told(response)] == list(range(1, 1_001))
    assert answers(response)[-1]["refused"] == 1_200


def test_a_dry_run_writes_nothing(editor: Editor) -> None:
    before = editor.revision()
    update = {"update": "actor", "by": "iran", "name": "Persia"}
    # A new record has no id before the end, even if a later line changes or deletes it.
    passing = [
        {"create": "actor", "ref": "p", "slug": "passing", "name": "Passing", "kind": "PERSON"},
        {"update": "actor", "by": {"ref": "p"}, "name": "Passing by"},
        {"delete": "actor", "by": "passing"},
    ]
    response = bulk(editor, [*WHOLE, update, *passing], "?dryRun=true", idempotency_key="dry")
    assert response.status_code == 200
    *lines, summary = answers(response)
    assert [line["id"] for line in lines[:4]] == [None] * 4
    assert lines[4]["id"].startswith("actor_")
    assert [line["id"] for line in lines[5:]] == [None] * 3
    assert summary == {
        "revision": None,
        "dryRun": True,
        "created": 5,
        "updated": 2,
        "deleted": 1,
        "unchanged": 0,
    }
    assert "allygraph-revision" not in response.headers
    assert editor.revision() == before
    refused = bulk(editor, [FRANCE, FRANCE], "?dryRun=true")
    assert told(refused) == [(2, [("slug", "DUPLICATE")])]
    assert bulk(editor, WHOLE, "?dryRun=false").status_code == 200


def test_the_same_key_gives_the_same_response_once_more(editor: Editor) -> None:
    first = bulk(editor, WHOLE, idempotency_key="one")
    revision = editor.revision()
    again = bulk(editor, WHOLE, idempotency_key="one")
    assert (again.status_code, again.content) == (200, first.content)
    assert again.headers["allygraph-revision"] == first.headers["allygraph-revision"]
    assert editor.revision() == revision
    other = bulk(editor, [FRANCE], idempotency_key="one")
    assert (other.status_code, other.json()["code"]) == (422, "IDEMPOTENCY_KEY_REUSED")


def test_a_body_may_be_compressed(editor: Editor) -> None:
    members = gzip.compress(body_of(WHOLE[:2])) + gzip.compress(body_of(WHOLE[2:]))
    assert bulk(editor, members, content_encoding="gzip").status_code == 200
    cut = bulk(editor, members[:-4], content_encoding="gzip")
    assert (cut.status_code, cut.json()["code"]) == (400, "BAD_REQUEST")
    wrong = bulk(editor, b"{}\n", content_encoding="br")
    assert (wrong.status_code, wrong.json()["code"]) == (415, "UNSUPPORTED_MEDIA_TYPE")


def test_a_conflict_is_a_problem_of_its_line(editor: Editor) -> None:
    editor.rest("PATCH", "actors/iran", {"name": "Persia"})
    line = {"update": "actor", "by": "iran", "ifRevision": editor.revision() - 1, "name": "Iran"}
    assert told(bulk(editor, [line])) == [(1, [("ifRevision", "CONFLICT")])]
    assert bulk(editor, [{**line, "ifRevision": editor.revision()}]).status_code == 200


@pytest.mark.parametrize(
    ("query", "headers", "status"),
    [
        ("?dryRun=yes", {}, 400),
        ("?fields=id", {}, 400),
        ("", {"content-type": "application/json"}, 415),
        ("", {"idempotency-key": ""}, 400),
    ],
)
def test_a_request_that_is_wrong_as_a_whole(
    editor: Editor, query: str, headers: dict[str, str], status: int
) -> None:
    response = bulk(editor, [FRANCE], query, **headers)
    assert response.status_code == status, response.text
    if status == 415:
        assert response.headers["accept-post"] == NDJSON


def test_only_editors_write(editor: Editor) -> None:
    content = {"content": body_of([FRANCE]), "headers": {"content-type": NDJSON}}
    for role, status in ((Role.READER, 403), (Role.EDITOR, 200)):
        token = {"authorization": f"Bearer {editor.token(role.value, role)}"}
        headers = content["headers"] | token
        response = editor.send_as(headers, "POST", "/api/v1/bulk", content=content["content"])
        assert response.status_code == status
    response = editor.send_as(content["headers"], "POST", "/api/v1/bulk", content=b"")
    assert response.status_code == 401


def test_nothing_is_no_revision(editor: Editor) -> None:
    before = editor.revision()
    response = bulk(editor, b"\n")
    assert answers(response) == [
        {"revision": before, "created": 0, "updated": 0, "deleted": 0, "unchanged": 0}
    ]
    assert response.headers["allygraph-revision"] == str(before) == str(editor.revision())
