"""Questions and files of REST as of a revision stay the same after merges, renames, deletes."""

import asyncio
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.http.editing import Editor
from tests.stores import copy_of

PANEL = "unit=ACTOR_YEAR&datasets=rutte-2024&from=2024&to=2024&actors=russia,iran&phases=DELIVERED"
QUESTIONS = (
    "totals?groupBy=SUPPORTER,KIND,UNIT",
    "totals.csv?groupBy=YEAR,RECIPIENT",
    "network?around=russia&hops=2",
    "network?measure=WORTH&currency=EUR",
    "network.graphml?around=iran",
    "network.gexf",
    "paths?from=iran&to=north-korea",
    "paths?from=iran&to=north-korea&time=FORWARD&validAt=2024",
    "search?text=north%20korea",
    "search?text=norht&types=ACTOR",
    "actors/russia/position",
    "actors/russia/position?from=2024&until=2024&validAt=2024-10",
    f"panel?{PANEL}",
    f"panel.csv?{PANEL}",
    "supports.csv?supporter.slug=iran",
    "supports.jsonl?validAt=2024-11",
    "supports?assessment.independentSources.gte=1&fields=id,assessment.asserting",
    "actors.csv",
    "datasets.jsonl",
    "cite?of=supports&supporter.slug=iran&format=bibtex",
    "cite?of=network&around=iran&format=csl",
)


@pytest.fixture
def editor(seeded: Path, tmp_path: Path, runner: asyncio.Runner) -> Iterator[Editor]:
    editor = Editor(copy_of(seeded, tmp_path), runner)
    yield editor
    editor.close()


def everything(editor: Editor, as_of: str = "") -> dict[str, bytes]:
    """The answers, without the revision that files name in the address of their own."""
    found = {}
    for question in QUESTIONS:
        sign = "&" if "?" in question else "?"
        answer = editor.send("GET", f"/api/v1/{question}{sign if as_of else ''}{as_of}")
        assert answer.status_code == 200, (question, answer.text)
        found[question] = re.sub(rb"[?&](amp;)?asOf=\d+", b"", answer.content)
    return found


def test_nothing_that_is_done_later_changes_an_answer(editor: Editor) -> None:
    revision = editor.revision()
    before = everything(editor)
    persia = {"slug": "persia", "name": "Persia", "kind": "STATE"}
    assert editor.rest("POST", "actors", persia).status_code == 201
    for method, path, body in (
        ("POST", "actors/persia/merge", {"merge": ["iran"]}),
        ("PATCH", "actors/north-korea", {"slug": "dprk", "name": "Norht", "aliases": []}),
        ("PATCH", "datasets/rutte-2024", {"slug": "article", "title": "Other", "version": "2"}),
        ("PATCH", "supports/support_5", {"phase": "PLEDGED", "startedOn": "1999"}),
        ("PATCH", "statements/statement_1", {"text": "Norht of Korea."}),
    ):
        assert editor.rest(method, path, body).status_code == 200, path
    for support in ("support_1", "support_2"):
        assert editor.send("DELETE", f"/api/v1/supports/{support}").status_code == 204
    # One that another actor may take now.
    iran = {"slug": "islamic-republic", "name": "Iran", "kind": "STATE"}
    assert editor.rest("POST", "actors", iran).status_code == 201
    now, after = everything(editor), everything(editor, f"asOf={revision}")
    assert [name for name in before if before[name] == now[name]] == []
    assert {name for name in before if before[name] != after[name]} == set()
