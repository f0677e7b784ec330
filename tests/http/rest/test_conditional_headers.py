"""Conditional requests (RFC 9110, 13): lists on several lines, and conditions of writes."""

from typing import Any

import httpx
import pytest

from tests.http.editing import Editor

READS = ["/api/v1/actors/iran", "/api/v1/actors?first=1", "/graphql?query={__typename}"]


def get(editor: Editor, path: str, *tags: str) -> httpx.Response:
    lines: Any = [("if-none-match", tag) for tag in tags]
    return editor.send_as(lines, "GET", path)


@pytest.mark.parametrize("path", READS)
def test_a_tag_is_found_on_any_line(editor: Editor, path: str) -> None:
    tag = get(editor, path).headers["etag"]
    assert get(editor, path, '"x"', tag, '"y"').status_code == 304
    assert get(editor, path, tag, '"x"').status_code == 304
    assert get(editor, path, '"x"', '"y"').status_code == 200


@pytest.mark.parametrize("method", ["PATCH", "DELETE"])
@pytest.mark.parametrize(
    "headers",
    [{"if-match": ""}, {"if-match": 'W/"1-a"'}, {"if-none-match": "*"}, {"if-none-match": '"1-a"'}],
    ids=str,
)
def test_a_condition_that_cannot_hold_refuses_a_write(
    editor: Editor, method: str, headers: dict[str, str]
) -> None:
    body: dict[str, Any] = {"json": {"name": "Persia"}} if method == "PATCH" else {}
    answer = editor.send(method, "/api/v1/actors/iran", headers=headers, **body)
    assert (answer.status_code, answer.json()["code"]) == (412, "CONFLICT")
    assert editor.rows("SELECT name FROM actor WHERE slug = ?", "iran") == [("Iran",)]


def test_a_merge_is_for_the_state_that_was_seen(editor: Editor) -> None:
    seen = get(editor, "/api/v1/actors/iran").headers["etag"]
    editor.rest("PATCH", "actors/iran", {"name": "Persia"})
    path, body = "/api/v1/actors/iran/merge", {"merge": ["china"]}
    answer = editor.send("POST", path, headers={"if-match": seen}, json=body)
    assert (answer.status_code, answer.json()["code"]) == (412, "CONFLICT")
    seen = get(editor, "/api/v1/actors/iran").headers["etag"]
    assert editor.send("POST", path, headers={"if-match": seen}, json=body).status_code == 200


def test_a_link_is_a_whole_address(editor: Editor) -> None:
    answer = editor.send("GET", "/api/v1/actors?first=1")
    assert answer.links["next"]["url"].startswith("http://allygraph.test/api/v1/actors?first=1")
