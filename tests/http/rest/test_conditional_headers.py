"""Conditional requests (RFC 9110, 13): lists on several lines, and conditions of writes."""

from datetime import datetime, timedelta
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


NDJSON = {"content-type": "application/x-ndjson"}
IRAN, CHINA, SOURCE = "/api/v1/actors/iran", "/api/v1/actors/china", "/api/v1/sources"
FRANCE = {"slug": "france", "name": "France", "kind": "STATE"}
# The routes whose target is one record, and those whose target is none.
OF_RECORDS: dict[str, tuple[str, str, dict[str, Any]]] = {
    "update": ("PATCH", IRAN, {"json": {"name": "Persia"}}),
    "delete": ("DELETE", f"{SOURCE}/source_99", {}),
    "merge": ("POST", f"{IRAN}/merge", {"json": {"merge": ["china"]}}),
}
OF_OTHERS: dict[str, tuple[str, str, dict[str, Any]]] = {
    "create": ("POST", "/api/v1/actors", {"json": FRANCE}),
    "record": (
        "POST",
        "/api/v1/statements",
        {
            "json": {
                "text": "So.",
                "speaker": "iran",
                "source": {"new": {"title": "A"}},
                "claims": [],
            }
        },
    ),
    "bulk": ("POST", "/api/v1/bulk", {"content": b'{"delete": "actor", "by": "france"}'}),
    "token": ("POST", "/api/v1/tokens", {"json": {"name": "ci", "role": "editor"}}),
    "revoke": ("DELETE", "/api/v1/tokens/2", {}),
}
LONG_AGO, LATER = "Mon, 01 Jan 1990 00:00:00 GMT", "Fri, 01 Jan 2100 00:00:00 GMT"
HOLDS, FAILS, IS_REFUSED = "holds", "fails", "is refused"
# For each header: the result for one record, and the result for other targets.
CONDITIONS: list[tuple[dict[str, str], str, str]] = [
    ({"if-match": "*"}, HOLDS, HOLDS),
    ({"if-match": '"999999-a"'}, FAILS, IS_REFUSED),
    ({"if-match": '"0-a"'}, FAILS, IS_REFUSED),
    ({"if-match": ""}, FAILS, IS_REFUSED),
    ({"if-match": 'W/"1-a"'}, FAILS, IS_REFUSED),
    ({"if-none-match": "*"}, FAILS, IS_REFUSED),
    ({"if-none-match": '"1-a"'}, FAILS, IS_REFUSED),
    ({"if-unmodified-since": LONG_AGO}, FAILS, IS_REFUSED),
    ({"if-unmodified-since": "Monday, 01-Jan-90 00:00:00 GMT"}, FAILS, IS_REFUSED),
    ({"if-unmodified-since": "Mon Jan  1 00:00:00 1990"}, FAILS, IS_REFUSED),
    ({"if-unmodified-since": LATER}, HOLDS, IS_REFUSED),
    # These two are ignored, as RFC 9110 requires.
    ({"if-unmodified-since": "yesterday"}, HOLDS, HOLDS),
    ({"if-match": "*", "if-unmodified-since": LONG_AGO}, HOLDS, HOLDS),
]


def prepared(editor: Editor, route: str) -> tuple[str, str, dict[str, Any]]:
    """Returns the request of a route, for a record of its own."""
    method, path, options = {**OF_RECORDS, **OF_OTHERS}[route]
    if route == "delete":
        made = editor.rest("POST", "sources", {"title": "For nobody"})
        path = made.headers["location"]
    elif route == "bulk":
        assert editor.rest("POST", "actors", FRANCE).status_code == 201
        options = options | {"headers": NDJSON}
    elif route == "revoke":
        made = editor.rest("POST", "tokens", {"name": "ci", "role": "editor"})
        path = f"/api/v1/tokens/{made.json()['id']}"
    return method, path, options


@pytest.mark.parametrize("route", [*OF_RECORDS, *OF_OTHERS])
@pytest.mark.parametrize(("headers", "for_a_record", "elsewhere"), CONDITIONS, ids=str)
def test_a_condition_of_a_write_is_compared_or_refused(
    editor: Editor, route: str, headers: dict[str, str], for_a_record: str, elsewhere: str
) -> None:
    method, path, options = prepared(editor, route)
    expected = for_a_record if route in OF_RECORDS else elsewhere
    before = editor.everything()
    sent = {**options, "headers": {**options.get("headers", {}), **headers}}
    answer = editor.send(method, path, **sent)
    if expected == HOLDS:
        assert answer.is_success, answer.text
        assert editor.everything() != before
        return
    assert (answer.status_code, answer.json()["code"]) == (412, "CONFLICT")
    (problem,) = answer.json()["errors"]
    if expected == IS_REFUSED:
        assert problem["path"][0].lower() in headers
        assert "leave it out" in problem["message"]
    assert editor.everything() == before


@pytest.mark.parametrize("route", ["update", "delete", "merge"])
@pytest.mark.parametrize(
    "headers",
    [{"if-match": "x"}, {"if-none-match": "*"}, {"if-unmodified-since": LONG_AGO}],
    ids=str,
)
def test_a_condition_on_what_is_not_there_is_ignored(
    editor: Editor, route: str, headers: dict[str, str]
) -> None:
    method, path, options = OF_RECORDS[route]
    missing = path.replace("/iran", "/nobody")
    assert editor.send(method, missing, headers=headers, **options).status_code == 404


def test_a_record_that_was_read_at_a_time_may_be_written_until_it_changes(editor: Editor) -> None:
    ((time,),) = editor.rows("SELECT max(time) FROM revision")
    read_at = datetime.fromisoformat(time).strftime("%a, %d %b %Y %H:%M:%S GMT")
    earlier = datetime.fromisoformat(time) - timedelta(seconds=1)
    before = {"if-unmodified-since": earlier.strftime("%a, %d %b %Y %H:%M:%S GMT")}
    body = {"json": {"name": "Persia"}}
    # All other bundled records have that time, but not this one.
    assert editor.send("PATCH", IRAN, headers=before, **body).status_code == 412
    since = {"if-unmodified-since": read_at}
    assert editor.send("PATCH", IRAN, headers=since, **body).status_code == 200


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
