"""A cached response is sent as long as the data is the same, whichever process writes."""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from schema.records.revision import announce, lock_for_writing, next_revision
from service.engine.answer_cache import AnswerCache
from tests.http.editing import Editor
from tests.stores import copy_of, database_of
from tests.tracing import traced_statements

RUSSIA = '{ actor(by: {slug: "russia"}) { name } }'
BEFORE = 'query @asOf(revision: 1) { actor(by: {slug: "russia"}) { name } }'


@pytest.fixture
def path(seeded: Path, tmp_path: Path) -> Path:
    return copy_of(seeded, tmp_path)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Returns every statement that reads."""
    return traced_statements(monkeypatch)


@pytest.fixture
def editor(path: Path, asked: list[str], runner: asyncio.Runner) -> Iterator[Editor]:
    editor = Editor(path, runner)
    yield editor
    editor.close()


def rename_from_outside(editor: Editor, path: Path, name: str) -> None:
    """Writes as another process, about which this service learns only by a notification."""
    engine = database_of(path).engine()
    with engine.begin() as connection:
        lock_for_writing(connection)
        revision = next_revision(connection, "outside", None)
        renamed = {"slug": "russia", "name": name}
        connection.execute(text("UPDATE actor SET name = :name WHERE slug = :slug"), renamed)
        announce(connection, revision)
    engine.dispose()
    editor.catch_up()


def name_in(answer: Any) -> str:
    name: str = answer["data"]["actor"]["name"]
    return name


def test_question_asked_again_does_not_reach_the_data(editor: Editor, asked: list[str]) -> None:
    first = editor.ask(RUSSIA)
    before = len(asked)
    assert editor.ask(RUSSIA) == first
    assert len(asked) == before


def test_same_over_rest(editor: Editor, asked: list[str]) -> None:
    first = editor.rest("GET", "actors/russia")
    before = len(asked)
    assert editor.rest("GET", "actors/russia").text == first.text
    assert len(asked) == before


def test_write_of_another_process_is_seen_in_the_next_answer(editor: Editor, path: Path) -> None:
    assert name_in(editor.ask(RUSSIA)) == "Russia"
    rename_from_outside(editor, path, "Rossiya")
    assert name_in(editor.ask(RUSSIA)) == "Rossiya"
    assert editor.rest("GET", "actors/russia?fields=name").json() == {"name": "Rossiya"}


def test_own_write_is_seen_in_the_next_answer(editor: Editor) -> None:
    assert name_in(editor.ask(RUSSIA)) == "Russia"
    editor.rest("PATCH", "actors/russia", {"name": "Rossiya"})
    assert name_in(editor.ask(RUSSIA)) == "Rossiya"


def test_answer_about_an_earlier_state_stays(editor: Editor, path: Path) -> None:
    assert name_in(editor.ask(BEFORE)) == "Russia"
    rename_from_outside(editor, path, "Rossiya")
    assert name_in(editor.ask(BEFORE)) == "Russia"


def test_mutation_is_done_each_time_it_is_sent(editor: Editor) -> None:
    document = """mutation { createActor(input: {slug: "a", name: "A", kind: STATE}) {
      actor { slug } errors { code } } }"""
    assert editor.ask(document)["data"]["createActor"]["errors"] == []
    (error,) = editor.ask(document)["data"]["createActor"]["errors"]
    assert error == {"code": "DUPLICATE"}


def test_answer_with_the_revision_is_another_one(editor: Editor) -> None:
    plain = editor.ask(RUSSIA)
    told = editor.ask(RUSSIA, headers={"AllyGraph-Include": "revision"})
    assert told == {**plain, "extensions": {"revision": 1}}
    assert editor.ask(RUSSIA) == plain


def test_same_bytes_in_another_media_type_say_so(editor: Editor) -> None:
    types = ("application/json", "application/graphql-response+json")
    for wanted in (*types, *types):
        answer = editor.send("POST", "/graphql", json={"query": RUSSIA}, headers={"accept": wanted})
        assert answer.headers["content-type"].partition(";")[0] == wanted


def test_get_is_not_modified_until_the_data_is(editor: Editor, path: Path) -> None:
    address = '/graphql?query={actor(by:{slug:"russia"}){name}}'
    tag = editor.send("GET", address).headers["etag"]
    same = editor.send("GET", address, headers={"if-none-match": tag})
    assert (same.status_code, same.content, same.headers["etag"]) == (304, b"", tag)
    rename_from_outside(editor, path, "Rossiya")
    other = editor.send("GET", address, headers={"if-none-match": tag})
    assert other.status_code == 200
    assert other.headers["etag"] != tag


def test_page_over_rest_is_not_modified_until_the_data_is(editor: Editor, path: Path) -> None:
    tag = editor.rest("GET", "actors/russia").headers["etag"]
    assert editor.rest("GET", "actors/russia", if_none_match=tag).status_code == 304
    rename_from_outside(editor, path, "Rossiya")
    assert editor.rest("GET", "actors/russia", if_none_match=tag).status_code == 200


def test_nothing_is_kept_where_there_is_no_room(
    path: Path, asked: list[str], runner: asyncio.Runner
) -> None:
    editor = Editor(path, runner, cache_bytes=0)
    editor.ask(RUSSIA)
    before = len(asked)
    editor.ask(RUSSIA)
    editor.close()
    assert len(asked) == before + 1


def test_oldest_answers_make_room_for_new_ones() -> None:
    cache = AnswerCache(most_bytes=10_000)
    for number in range(100):
        cache.keep(1, number, 500, f"answer {number}")
    kept = [number for number in range(100) if cache.get(1, number)]
    assert kept == list(range(90, 100))


def test_answer_that_would_take_much_of_the_room_is_not_kept() -> None:
    cache = AnswerCache(most_bytes=10_000)
    cache.keep(1, "large", 5_000, "large")
    assert cache.get(1, "large") is None


def test_answer_is_found_at_its_own_revision_alone() -> None:
    cache = AnswerCache(most_bytes=100_000)
    cache.keep(3, "question", 10, "answer")
    assert [cache.get(revision, "question") for revision in (2, 3, 4)] == [None, "answer", None]
