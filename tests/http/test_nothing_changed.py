"""A write without effect returns the record, and creates no revision."""

import pytest

from tests.http.editing import Editor

UPDATE = """
mutation ($name: String!) {
  one: updateActor(id: "actor_1", input: {name: $name}, message: "Renamed") {
    actor { name } revision { number message } errors { code }
  }
  two: updateActor(id: "actor_1", input: {}) { revision { number } errors { code } }
}
"""


@pytest.fixture
def name(editor: Editor) -> str:
    ((found,),) = editor.rows("SELECT name FROM actor WHERE id = 1")
    return str(found)


def test_graphql_answers_with_the_record_and_the_newest_revision(editor: Editor, name: str) -> None:
    before = editor.everything()
    ((number, message),) = editor.rows(
        "SELECT number, message FROM revision ORDER BY number DESC LIMIT 1"
    )
    answer = editor.ask(UPDATE, {"name": name})["data"]
    assert answer == {
        "one": {
            "actor": {"name": name},
            "revision": {"number": number, "message": message},
            "errors": [],
        },
        "two": {"revision": {"number": number}, "errors": []},
    }
    assert editor.everything() == before
    changed = editor.ask(UPDATE, {"name": "Other"})["data"]
    assert changed["one"]["revision"] == {"number": number + 1, "message": "Renamed"}
    assert changed["two"]["revision"] == {"number": number + 1}


def test_rest_answers_with_the_record_and_the_newest_revision(editor: Editor) -> None:
    before = editor.everything()
    seen = editor.rest("GET", "actors/iran")
    tag = seen.headers["etag"]
    answer = editor.rest("PATCH", "actors/iran?message=Again", seen.json(), if_match=tag)
    assert (answer.status_code, answer.json()) == (200, seen.json())
    assert answer.headers["etag"] == tag
    assert answer.headers["allygraph-revision"] == str(editor.revision())
    assert editor.everything() == before
    # The tag is valid for the next write.
    changed = editor.rest("PATCH", "actors/iran", {"name": "Persia"}, if_match=tag)
    assert changed.status_code == 200
    assert changed.headers["allygraph-revision"] == str(editor.revision())


def test_a_statement_that_is_there_is_not_answered_as_created(editor: Editor) -> None:
    given = {
        "text": "So it is.",
        "speaker": "iran",
        "source": {"new": {"title": "Another report"}},
        "claims": [],
    }
    first = editor.rest("POST", "statements", given)
    before = editor.everything()
    again = editor.rest("POST", "statements", given)
    assert (first.status_code, again.status_code) == (201, 200)
    assert again.json() == first.json()
    assert again.headers["location"] == first.headers["location"]
    assert again.headers["allygraph-revision"] == first.headers["allygraph-revision"]
    assert editor.everything() == before
