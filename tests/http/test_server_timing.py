"""`Server-Timing` shows the stages of a request on demand."""

import re

import httpx
import pytest

from tests.http.editing import Editor

TIMING = {"allygraph-include": "timing"}
QUESTION = {"query": '{ actor(by: {slug: "russia"}) { name } }'}


def stages(answer: httpx.Response) -> list[str]:
    """Returns the milliseconds in the header, by name."""
    header = answer.headers["server-timing"]
    assert re.fullmatch(r"(cache;desc=\"hit\"|\w+;dur=\d+\.\d+)(, \w+;dur=\d+\.\d+)*", header)
    return re.findall(r"(\w+);", header)


def test_the_header_is_sent_only_on_request(editor: Editor) -> None:
    for answer in (
        editor.send("POST", "/graphql", json=QUESTION),
        editor.send("GET", "/api/v1/actors/russia"),
    ):
        assert "server-timing" not in answer.headers


@pytest.mark.parametrize("path", ["/graphql", "/api/v1/actors"])
def test_stages_are_reported_in_their_order_and_then_that_it_came_from_the_cache(
    editor: Editor, path: str
) -> None:
    def answer() -> httpx.Response:
        if path == "/graphql":
            return editor.send("POST", path, json=QUESTION, headers=TIMING)
        return editor.send("GET", path, headers=TIMING)

    assert stages(answer()) == ["parse", "plan", "sql", "encode", "total"]
    assert stages(answer()) == ["cache", "total"]


def test_a_write_reports_its_writing_time(editor: Editor) -> None:
    changed = editor.send("PATCH", "/api/v1/actors/iran", json={"name": "A"}, headers=TIMING)
    assert stages(changed) == ["plan", "write", "total"]


def test_an_error_reports_its_stages(editor: Editor) -> None:
    answer = editor.send("POST", "/graphql", json={"query": "{ no }"}, headers=TIMING)
    assert stages(answer) == ["parse", "total"]


def test_revision_and_timing_are_asked_for_together(editor: Editor) -> None:
    both = {"allygraph-include": "Timing, revision"}
    answer = editor.send("POST", "/graphql", json=QUESTION, headers=both)
    assert answer.json()["extensions"] == {"revision": editor.revision()}
    assert "total" in stages(answer)


def test_timing_is_not_kept_with_the_answer(editor: Editor) -> None:
    editor.send("POST", "/graphql", json=QUESTION, headers=TIMING)
    assert "server-timing" not in editor.send("POST", "/graphql", json=QUESTION).headers
