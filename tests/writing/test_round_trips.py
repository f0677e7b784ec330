"""A write sends few statements, because PostgreSQL takes a round trip for each."""

import asyncio
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.http.editing import Editor
from tests.names import names
from tests.stores import ON_POSTGRESQL, copy_of
from tests.writing.sent import Sent
from tests.writing.world import DRONES

CREATE_SUPPORT = """
mutation ($input: CreateSupportInput!) {
  createSupport(input: $input) {
    support { id supporter { id } evidence(first: 10) { nodes { id stance } } }
    revision { number message }
    errors { code }
  }
}
"""
CLAIM = {"statement": {"id": "statement_1"}, "stance": "ASSERTS"}
TEN = {"value": "10", "unit": "PIECES"}
SUPPORT = DRONES | {"summary": "Drones for the front.", "evidence": [CLAIM]}
ACTOR = {"name": "Nobel Committee", "kind": "ORGANISATION", "aliases": names("Nobelkomiteen")}
# SQLite runs a statement for ended entries, for new ones, for words, and for forms.
WRITES = 1 if ON_POSTGRESQL else 4


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Sent:
    return Sent(monkeypatch, tmp_path)


@pytest.fixture
def editor(sent: Sent, beginning: Path, tmp_path: Path, runner: asyncio.Runner) -> Iterator[Editor]:
    editor = Editor(copy_of(beginning, tmp_path), runner)
    # The first write opens the connection.
    assert editor.rest("PATCH", "actors/iran", {"slug": "iran"}).status_code == 200
    yield editor
    editor.close()


def of_search(statements: list[str]) -> tuple[list[str], list[str]]:
    """Returns the statements that read and write the index."""
    ours = [each for each in statements if "search_" in each]
    writes = [each for each in ours if re.search("(INSERT|UPDATE|DELETE).* search_", each)]
    return [each for each in ours if each not in writes], writes


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("PATCH", "actors/iran", {"slug": "persia"}),
        ("PATCH", "supports/support_1", {"place": "Tehran", "phase": "PLEDGED"}),
        ("POST", "evidence", CLAIM | {"support": {"id": "support_1"}, "quantity": TEN}),
        ("POST", "supports", {**SUPPORT, "summary": None, "place": "There"}),
        ("PATCH", "sources/source_1", {"reliability": "B"}),
    ],
)
def test_a_write_that_changes_no_searched_text_sends_nothing_to_its_index(
    editor: Editor, sent: Sent, method: str, path: str, body: dict[str, Any]
) -> None:
    def write() -> None:
        assert editor.rest(method, path, body).status_code in (200, 201)

    statements = sent.by(write)
    assert len(statements) > 3
    assert of_search(statements) == ([], [])


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", "actors", {**ACTOR, "slug": "nobel"}),
        ("PATCH", "actors/iran", {"name": "Islamic Republic", "aliases": names("Eran", "Iran")}),
        ("POST", "supports", SUPPORT),
        ("PATCH", "supports/support_1", {"summary": "Drones."}),
        (
            "POST",
            "statements",
            {
                "text": "Drones again.",
                "speaker": {"new": {**ACTOR, "slug": "nobel"}},
                "source": {"new": {"title": "Another report"}},
            },
        ),
    ],
)
def test_a_write_of_searched_texts_writes_the_index_once_and_reads_it_for_changes(
    editor: Editor, sent: Sent, method: str, path: str, body: dict[str, Any]
) -> None:
    def write() -> None:
        assert editor.rest(method, path, body).status_code in (200, 201)

    reads, writes = of_search(sent.by(write))
    # New records have no entries yet.
    assert len(reads) == (method == "PATCH")
    assert 1 <= len(writes) <= WRITES


@pytest.mark.postgresql
def test_a_support_with_evidence_takes_few_round_trips(editor: Editor, sent: Sent) -> None:
    def write() -> None:
        payload = editor.ask(CREATE_SUPPORT, {"input": SUPPORT})["data"]["createSupport"]
        assert payload["support"]["evidence"]["nodes"][0]["stance"] == "ASSERTS"
        assert payload["errors"] == []

    sent.by(write)
    # The round trips: begin, lock and revision; the references; the check for duplicates; the rows,
    # what follows from them, and the result; the commit.
    assert sent.round_trips <= 5


@pytest.mark.postgresql
def test_an_update_takes_few_round_trips(editor: Editor, sent: Sent) -> None:
    def write() -> None:
        assert editor.rest("PATCH", "supports/support_1", {"place": "Tehran"}).status_code == 200

    sent.by(write)
    assert sent.round_trips <= 9
