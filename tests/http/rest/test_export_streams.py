"""Exports of many pages: one revision, little memory, limits, and an end that clients can see."""

import asyncio
import tracemalloc
from pathlib import Path
from typing import Any

import pytest

from service.auth.callers import Role
from service.engine.exporting import exports
from service.errors import TimedOut
from service.http import token_watch
from service.http.rest import exporting
from service.http.rest.addresses import PREFIX
from tests.http.editing import Editor
from tests.http.rest.exported import (
    MANY,
    Json,
    Reader,
    Send,
    add_actors,
    lines,
    table,
)
from tests.stores import copy_of


@pytest.mark.parametrize("extension", ["csv", "jsonl"])
def test_thousands_of_records_are_all_there_once(editor: Editor, extension: str) -> None:
    add_actors(editor, 3_001)
    text = editor.send("GET", f"/api/v1/actors.{extension}?{MANY}").text
    rows = table(text) if extension == "csv" else lines(text)
    assert [row["slug"] for row in rows] == [f"many-{n:05}" for n in reversed(range(3_001))]
    assert {row["name"] for row in rows} == {f"Many {n}" for n in range(3_001)}


@pytest.mark.parametrize("extension", ["csv", "jsonl"])
def test_a_write_between_two_pages_changes_nothing(editor: Editor, extension: str) -> None:
    add_actors(editor, 1_600)
    address = f"/api/v1/actors.{extension}?{MANY}"
    before = editor.send("GET", address)
    revision = before.headers["allygraph-revision"]
    statuses = []

    async def write(chunk: int) -> None:
        """Changes, deletes and creates records that the export has not read yet."""
        if chunk == 2:
            new = {"slug": "many-00000-a", "name": "New", "kind": "PERSON"}
            for method, path, body in (
                ("PATCH", "actors/many-00000", {"name": "Changed"}),
                ("DELETE", "actors/many-00001", None),
                ("POST", "actors", new),
            ):
                answer = await editor.sent(method, f"/api/v1/{path}", json=body)
                statuses.append(answer.status_code)

    reader = Reader(write)
    assert reader.read(editor, address) == before.content
    assert statuses == [200, 204, 201]
    assert reader.is_complete
    after = editor.send("GET", address)
    assert after.content != before.content
    # The file of a revision is the same later, by the address that cites it.
    assert editor.send("GET", before.links["cite-as"]["url"]).content == before.content
    header = editor.send("GET", address, headers={"allygraph-as-of": revision})
    assert header.content == before.content


def test_an_export_of_an_unknown_revision_is_refused(send: Send) -> None:
    refused = send("GET", "/api/v1/actors.csv?asOf=999999")
    assert (refused.status_code, refused.json()["code"]) == (400, "UNKNOWN_REVISION")
    conflict = send("GET", "/api/v1/actors.csv?asOf=1", headers={"allygraph-as-of": "0"})
    assert conflict.json()["code"] == "AS_OF_CONFLICT"
    assert send("GET", "/api/v1/actors.csv?asOf=0&fields=slug").text == "slug\r\n"


def test_memory_does_not_grow_with_the_number_of_records(editor: Editor) -> None:
    add_actors(editor, 6_000)

    def peak(prefix: str, count: int) -> int:
        """Returns the maximum memory beyond the chunks, which the test stores."""
        tracemalloc.start()
        reader = Reader()
        text = reader.read(editor, f"/api/v1/actors.csv?slug.startsWith={prefix}&orderBy=-slug")
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert text.count(b"\r\n") == count + 1
        # The chunks, and the joined text.
        return most - 2 * len(text)

    # The first export fills caches, so the second is measured.
    peak("many-00", 1_000)
    assert peak("many-0", 6_000) < peak("many-00", 1_000) + 300_000


def test_an_export_that_fails_midway_has_no_end(
    editor: Editor, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_actors(editor, 1_600)

    async def fail(*_: Any) -> Any:
        raise TimedOut("The database takes too long.")

    monkeypatch.setattr(exports._Pages, "after", fail)
    reader = Reader()
    assert len(table(reader.read(editor, f"/api/v1/actors.csv?{MANY}").decode())) == 500
    # The client can see that the file is incomplete.
    assert (reader.is_aborted, reader.is_complete) == (True, False)
    monkeypatch.undo()
    assert len(table(editor.send("GET", f"/api/v1/actors.csv?{MANY}").text)) == 1_600


@pytest.mark.parametrize("limit", ["_EXPORTS_MOST", "_EXPORTS_OF_A_CLIENT"])
def test_only_some_exports_run_at_a_time(
    seeded: Path,
    tmp_path: Path,
    runner: asyncio.Runner,
    monkeypatch: pytest.MonkeyPatch,
    limit: str,
) -> None:
    monkeypatch.setattr(exporting, limit, 0)
    editor = Editor(copy_of(seeded, tmp_path, "first.db"), runner)
    refused = editor.send("GET", f"{PREFIX}/actors.csv")
    assert (refused.status_code, refused.json()["code"]) == (503, "OVERLOADED")
    editor.close()
    monkeypatch.setattr(exporting, limit, 1)
    editor = Editor(copy_of(seeded, tmp_path, "second.db"), runner)
    for _ in range(3):
        assert editor.send("GET", f"{PREFIX}/actors.csv?fields=id").status_code == 200
        assert editor.send("HEAD", f"{PREFIX}/actors.csv?fields=id").status_code == 200
        assert editor.send("GET", f"{PREFIX}/actors.csv?fields=nme").status_code == 400
    editor.close()


def test_an_export_ends_once_its_token_is_revoked(
    editor: Editor, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_actors(editor, 1_600)
    monkeypatch.setattr(token_watch, "CHECK_SECONDS", 0.01)
    secret = editor.token("reader", Role.READER)
    (number,) = [each["id"] for each in tokens_of(editor) if each["name"] == "reader"]

    async def revoke(chunk: int) -> None:
        if chunk == 1:
            await editor.sent("DELETE", f"/api/v1/tokens/{number}")
            # The client reads nothing for a while.
            await asyncio.sleep(5)

    reader = Reader(revoke, secret)
    reader.read(editor, f"/api/v1/actors.csv?{MANY}")
    assert (reader.is_aborted, reader.is_complete) == (True, False)
    anybody = Reader()
    anybody.read(editor, f"/api/v1/actors.csv?{MANY}")
    assert anybody.is_complete


def tokens_of(editor: Editor) -> list[Json]:
    listed: list[Json] = editor.send("GET", "/api/v1/tokens").json()["data"]
    return listed
