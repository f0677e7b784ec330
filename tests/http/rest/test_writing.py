"""Writes over REST: what they store and return, and how they use HTTP."""

from typing import Any

import pytest

from schema.concepts import COLLECTIONS
from tests.http.editing import Editor
from tests.names import names

FRANCE = {"slug": "france", "name": "France", "kind": "STATE"}
MERGE_PATCH = "application/merge-patch+json"

# A body for each collection.
NEW: dict[str, dict[str, Any]] = {
    "actors": FRANCE,
    "sources": {"title": "A paper", "publisher": "the-independent", "publishedOn": "2026-03"},
    "statements": {"text": "All is well.", "speaker": "mark-rutte", "source": "source_1"},
    "supports": {
        "supporter": "iran",
        "recipient": {"slug": "russia"},
        "kind": "TRADE",
        "phase": "PLEDGED",
        "evidence": [{"statement": "statement_1", "stance": "ASSERTS"}],
    },
    "evidence": {"support": "support_1", "statement": "statement_1", "stance": "DENIES"},
    "conflicts": {"slug": "korean-war", "name": "Korean War", "kind": "INTERSTATE"},
    "datasets": {"slug": "d", "title": "D", "version": "1", "licence": "CC0", "citation": "D"},
    "successions": {"predecessor": "iran", "successor": "russia", "kind": "RENAMED"},
    "coverage": {"dataset": "rutte-2024", "actor": "iran", "role": "AS_EITHER"},
    "memberships": {"member": "iran", "organisation": {"slug": "nato"}, "relation": "MEMBER"},
}


def told(editor: Editor) -> Any:
    """Returns the author and the message of the newest revision."""
    return editor.rows("SELECT author, message FROM revision ORDER BY number DESC LIMIT 1")[0]


# --- creating -----------------------------------------------------------------------------------


def test_each_writable_collection_is_tried_here() -> None:
    assert set(NEW) == set(COLLECTIONS)


@pytest.mark.parametrize("collection", COLLECTIONS)
def test_a_created_record_is_answered_as_get_answers_it(editor: Editor, collection: str) -> None:
    before = editor.revision()
    created = editor.rest("POST", collection, NEW[collection])
    assert created.status_code == 201, created.text
    assert created.headers["location"] == f"/api/v1/{collection}/{created.json()['id']}"
    assert created.headers["allygraph-revision"] == str(before + 1) == str(editor.revision())
    got = editor.send("GET", created.headers["location"])
    assert (got.status_code, got.content) == (200, created.content)
    assert got.headers["etag"] == created.headers["etag"]
    table = COLLECTIONS[collection].table.name
    key = int(created.json()["id"].rpartition("_")[2])
    assert editor.rows(f"SELECT max(id) FROM {table}") == [(key,)]


def test_what_is_given_is_kept(editor: Editor) -> None:
    key = editor.rest("POST", "supports", NEW["supports"]).json()["id"].removeprefix("support_")
    assert editor.rows(
        """SELECT giver.slug, taker.slug, support.kind, phase, stance, statement_id
           FROM support JOIN actor giver ON giver.id = supporter_id
           JOIN actor taker ON taker.id = recipient_id
           JOIN evidence ON support_id = support.id WHERE support.id = ?""",
        key,
    ) == [("iran", "russia", "TRADE", "PLEDGED", "ASSERTS", 1)]


def test_a_whole_number_may_be_written_with_a_point(editor: Editor) -> None:
    """JSON has one type of number: Python's 2.0 is JavaScript's 2."""
    given = NEW["statements"] | {"credibility": 2.0}
    assert editor.rest("POST", "statements", given).json()["credibility"] == 2


def test_a_statement_is_created_with_all_that_it_claims(editor: Editor) -> None:
    claimed = {
        "text": "They delivered.",
        "speaker": "mark-rutte",
        "source": {"new": {"title": "A paper", "url": "https://example.org/a"}},
        "mentions": ["iran", {"code": {"scheme": "COW", "value": "365"}}],
        "claims": [{"stance": "ASSERTS", "support": "support_2", "quantity": {"value": "7.0"}}],
    }
    path = "statements?fields=mentions.slug,evidence.support.id,evidence.quantity.value"
    answer = editor.rest("POST", path, claimed).json()
    assert [each["slug"] for each in answer["mentions"]["data"]] == ["russia", "iran"]
    assert answer["evidence"]["data"] == [
        {"support": {"id": "support_2"}, "quantity": {"value": "7"}}
    ]


def test_only_the_fields_asked_for_are_answered(editor: Editor) -> None:
    answer = editor.rest("POST", "actors?fields=name,slug", FRANCE)
    assert answer.json() == {"name": "France", "slug": "france"}
    assert list(answer.json()) == ["name", "slug"]
    assert answer.headers["location"].startswith("/api/v1/actors/actor_")


def test_the_revision_has_the_author_and_the_message(editor: Editor) -> None:
    editor.rest("POST", "actors?message=Added%20France", FRANCE)
    assert told(editor) == ("ada", "Added France")
    id = editor.rest("POST", "actors", {**FRANCE, "slug": "f"}).json()["id"]
    assert told(editor) == ("ada", f"Created {id}.")


# --- changing -----------------------------------------------------------------------------------


@pytest.mark.parametrize("media_type", [MERGE_PATCH, "application/json; charset=utf-8"])
@pytest.mark.parametrize("name", ["iran", "actor_4"])
def test_only_what_is_given_changes(editor: Editor, name: str, media_type: str) -> None:
    before = editor.rest("GET", f"actors/{name}").json()
    answer = editor.send(
        "PATCH",
        f"/api/v1/actors/{name}",
        content=b'{"description": "A state."}',
        headers={"content-type": media_type},
    )
    assert (answer.status_code, answer.json()) == (200, {**before, "description": "A state."})
    assert answer.headers["allygraph-revision"] == str(editor.revision())
    assert editor.rows("SELECT description FROM actor WHERE slug = 'iran'") == [("A state.",)]


def test_null_makes_unknown_and_objects_are_merged(editor: Editor) -> None:
    ((key,),) = editor.rows("SELECT id FROM support WHERE kind = 'TROOPS'")
    change = {"place": None, "quantity": {"value": None, "low": "10000"}}
    answer = editor.rest("PATCH", f"supports/support_{key}?fields=place,quantity", change).json()
    assert answer["place"] is None
    known = {name: value for name, value in answer["quantity"].items() if value is not None}
    assert known == {"low": "10000", "unit": "PERSONS"}
    columns = "place, quantity_value, quantity_low, quantity_unit"
    assert editor.rows(f"SELECT {columns} FROM support WHERE id = ?", key) == [
        (None, None, "10000", "PERSONS")
    ]


@pytest.mark.parametrize("collection", COLLECTIONS)
def test_what_get_answered_can_be_sent_back_whole(editor: Editor, collection: str) -> None:
    id = editor.rest("POST", collection, NEW[collection]).json()["id"]
    got = editor.rest("GET", f"{collection}/{id}").json()
    again = editor.rest("PATCH", f"{collection}/{id}", got)
    assert (again.status_code, again.json()) == (200, got)


# --- conflicts ----------------------------------------------------------------------------------


def test_a_record_that_is_as_it_was_read_is_changed(editor: Editor) -> None:
    tag = editor.rest("GET", "actors/iran?fields=name").headers["etag"]
    editor.rest("PATCH", "actors/russia", {"name": "Another one"})
    answer = editor.rest("PATCH", "actors/iran", {"name": "One"}, if_match=tag)
    assert answer.status_code == 200
    # The tag of the response is valid for the next change.
    next_one = editor.rest("PATCH", "actors/iran", {"name": "Two"}, if_match=answer.headers["etag"])
    assert (next_one.status_code, next_one.json()["name"]) == (200, "Two")


@pytest.mark.parametrize("method", ["PATCH", "DELETE"])
def test_a_record_that_was_changed_meanwhile_is_left_alone(editor: Editor, method: str) -> None:
    id = editor.rest("POST", "actors", FRANCE).json()["id"]
    tag = editor.rest("GET", f"actors/{id}").headers["etag"]
    editor.rest("PATCH", f"actors/{id}", {"aliases": names("Gaul")})
    before = editor.everything()
    body = {"name": "Two"} if method == "PATCH" else None
    answer = editor.rest(method, f"actors/{id}", body, if_match=tag)
    problem = answer.json()
    assert (answer.status_code, problem["code"]) == (412, "CONFLICT")
    assert problem["errors"][0]["path"] == ["ifRevision"]
    assert "ada changed" in problem["detail"]
    assert editor.everything() == before


@pytest.mark.parametrize(
    "tag", ['W/"1-abc"', '"abc"', "1", '""', '"-1-abc"', '"1', f'"{"9" * 40}-a"', '"99-abc"', "a,b"]
)
def test_a_tag_that_no_state_has_is_refused(editor: Editor, tag: str) -> None:
    before = editor.everything()
    answer = editor.rest("PATCH", "actors/iran", {"name": "One"}, if_match=tag)
    assert (answer.status_code, answer.json()["code"]) == (412, "CONFLICT")
    assert editor.everything() == before


def test_of_several_tags_one_is_enough(editor: Editor) -> None:
    tag = editor.rest("GET", "actors/iran").headers["etag"]
    tags = f'"0-abc", W/"7-abc" ,{tag}'
    assert editor.rest("PATCH", "actors/iran", {"name": "One"}, if_match=tags).status_code == 200


def test_any_state_will_do_as_long_as_there_is_one(editor: Editor) -> None:
    assert editor.rest("PATCH", "actors/iran", {"name": "A"}, if_match="*").status_code == 200
    assert editor.rest("PATCH", "actors/nobody", {"name": "A"}, if_match="*").status_code == 404


def test_concurrent_changes_of_a_record_without_a_condition_succeed(editor: Editor) -> None:
    requests = [
        ("PATCH", "/api/v1/actors/iran", {"aliases": names(name)}) for name in ("a", "b", "c")
    ]
    before = editor.revision()
    answers = editor.send_together(*requests)
    assert [answer.status_code for answer in answers] == [200] * 3
    assert {answer.headers["allygraph-revision"] for answer in answers} == {
        str(before + step) for step in (1, 2, 3)
    }


# --- deleting and merging -----------------------------------------------------------------------


@pytest.mark.parametrize("collection", COLLECTIONS)
def test_a_deleted_record_is_gone(editor: Editor, collection: str) -> None:
    place = editor.rest("POST", collection, NEW[collection]).headers["location"]
    answer = editor.send("DELETE", f"{place}?message=Never%20mind")
    assert (answer.status_code, answer.content) == (204, b"")
    assert answer.headers["allygraph-revision"] == str(editor.revision())
    assert told(editor) == ("ada", "Never mind")
    assert editor.send("GET", place).status_code == 404
    assert editor.send("DELETE", place).status_code == 404


def test_a_deleted_data_set_says_which_of_its_records_stay(editor: Editor) -> None:
    editor.rest("POST", "datasets", NEW["datasets"])
    support = editor.rest("POST", "supports", NEW["supports"] | {"dataset": "d"}).json()["id"]
    deleted = editor.send("DELETE", "/api/v1/datasets/d?message=Superseded")
    assert deleted.status_code == 200
    assert deleted.headers["allygraph-revision"] == str(editor.revision())
    assert deleted.json() == {"deletedId": "dataset_2", "kept": [support], "keptCount": 1}
    assert editor.send("GET", f"/api/v1/supports/{support}").json()["dataset"] is None


def test_actors_that_are_the_same_are_merged(editor: Editor) -> None:
    france = editor.rest("POST", "actors", FRANCE).json()["id"]
    other = editor.rest("POST", "actors", {**FRANCE, "slug": "f", "name": "F"}).json()["id"]
    answer = editor.rest("POST", "actors/iran/merge?fields=slug", {"merge": [france, "f"]})
    assert (answer.status_code, answer.json()) == (200, {"slug": "iran"})
    former = editor.rows("SELECT 'actor_' || id, record_id FROM former_id ORDER BY id")
    assert former == [(france, 4), (other, 4)]
    assert editor.rows("SELECT slug FROM former_slug ORDER BY slug") == [("f",), ("france",)]
    # A write by the old name changes the record that was kept.
    editor.rest("PATCH", "actors/france", {"description": "Both."})
    assert editor.rows("SELECT description FROM actor WHERE slug = 'iran'") == [("Both.",)]


# --- sent again ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", "actors", FRANCE),
        ("PATCH", "actors/iran", {"name": "One"}),
        ("DELETE", "sources/source_2", None),
        ("POST", "actors/iran/merge", {"merge": ["china"]}),
    ],
)
def test_a_write_that_comes_again_is_answered_and_not_done_again(
    editor: Editor, method: str, path: str, body: Any
) -> None:
    editor.rest("POST", "sources", NEW["sources"])
    first = editor.rest(method, path, body, idempotency_key="a-key")
    assert first.is_success
    before = editor.everything()
    again = editor.rest(method, path, body, idempotency_key="a-key")
    assert (again.status_code, again.content) == (first.status_code, first.content)
    assert again.headers == first.headers
    assert editor.everything() == before


def test_a_key_is_for_one_request(editor: Editor) -> None:
    editor.rest("POST", "actors", FRANCE, idempotency_key="a-key")
    for path, body in (
        ("actors", {**FRANCE, "slug": "f"}),
        ("actors?fields=name", FRANCE),
        ("sources", NEW["sources"]),
    ):
        answer = editor.rest("POST", path, body, idempotency_key="a-key")
        assert (answer.status_code, answer.json()["code"]) == (422, "IDEMPOTENCY_KEY_REUSED")


def test_a_refused_write_may_be_mended_under_its_key(editor: Editor) -> None:
    wrong = editor.rest("POST", "actors", {**FRANCE, "slug": "F"}, idempotency_key="a-key")
    right = editor.rest("POST", "actors", FRANCE, idempotency_key="a-key")
    assert (wrong.status_code, right.status_code) == (422, 201)
