"""Exports have the same content as the API, read by common programs."""

import asyncio
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from schema.concepts import COLLECTIONS
from service.cli.exporting import export
from tests.http.editing import Editor
from tests.http.rest.exported import HOSTILE, everything, in_cell
from tests.http.rest.test_citing import add_dataset, add_support
from tests.readers.running import HERE, run
from tests.stores import copy_of, url_of

# The result is the same on both databases.
pytestmark = pytest.mark.sqlite


@pytest.fixture
def editor(seeded: Path, tmp_path: Path, runner: asyncio.Runner) -> Iterator[Editor]:
    editor = Editor(copy_of(seeded, tmp_path), runner)
    yield editor
    editor.close()


def add_records(editor: Editor) -> None:
    """Texts that files must escape, an amount with a date, and supports without a data set."""
    # Readers interpret the names of some folders as numbers.
    add_dataset(editor, "2024", publishedOn="2024")
    add_support(editor, "2024", "russia")
    support = {
        "supporter": {"slug": "china"},
        "recipient": {"slug": "russia"},
        "kind": "SENSORS",
        "phase": "DELIVERED",
        "evidence": [{"statement": "statement_1", "stance": "ASSERTS"}],
    }
    answer = editor.rest("POST", "supports", support)
    assert answer.status_code == 201, answer.text
    for number, text in enumerate([*HOSTILE, "名" * 200]):
        new = {"slug": f"hostile-{number:02}", "name": text, "kind": "PERSON"}
        assert editor.rest("POST", "actors", new).status_code == 201
    support = {
        "supporter": {"slug": "hostile-01"},
        "recipient": {"slug": "hostile-00"},
        "dataset": {"slug": "rutte-2024"},
        "kind": "FUNDING",
        "phase": "DELIVERED",
        "startedOn": "201X~",
        "worth": {"value": "12.5", "unit": "CURRENCY", "currency": "EUR"},
    }
    answer = editor.rest("POST", "supports", support)
    assert answer.status_code == 201, answer.text


def ids_of(editor: Editor, name: str) -> list[str]:
    records = everything(editor.send, f"/api/v1/{name}?first=500&fields=id")
    return sorted(record["id"] for record in records)


def test_other_programs_read_a_whole_export(editor: Editor, tmp_path: Path) -> None:
    add_records(editor)
    folders = {form: tmp_path / form for form in ("csv", "parquet")}
    for form, folder in folders.items():
        export(folder, form=form, database_url=url_of(editor.path))
    found: dict[str, Any] = json.loads(run(HERE / "reading.py", *folders.values()))
    actors, supports = (
        everything(editor.send, f"/api/v1/{name}?first=500") for name in ("actors", "supports")
    )
    assert found["frictionless"] == {"errors": [], "tables": len(COLLECTIONS)}
    ids = {name: ids_of(editor, name) for name in COLLECTIONS}
    assert found["croissant"] == found["croissant of Parquet"] == {"issues": [], "ids": ids}
    totals = Counter(((each["supporter"] or {}).get("slug"), each["kind"]) for each in supports)
    expected = [[*key, count] for key, count in totals.items()]
    assert sorted(found["duckdb"], key=str) == sorted(expected, key=str)
    assert sorted(found["duckdb of Parquet"], key=str) == sorted(expected, key=str)
    new = supports[-1]["id"]
    assert [row for row in found["dates"] if row[0] == new] == [[new, "2010-01-01", 12.5]]
    by_dataset = sorted(
        [support["id"], (support["dataset"] or {}).get("slug", "no_dataset")]
        for support in supports
    )
    assert {slug for _, slug in by_dataset} == {"2024", "no_dataset", "rutte-2024"}
    pandas = found["pandas"]
    assert found["by dataset"] == pandas["by dataset"] == by_dataset
    assert found["frictionless of Parquet"] == {"errors": [], "rows": pandas["rows"]}
    assert pandas["rows"] == pandas["typed"]
    assert pandas["rows"]["actors"] == len(actors)
    assert pandas["names"] == sorted(in_cell(actor["name"]) for actor in actors)
    assert pandas["typed_names"] == sorted(actor["name"] for actor in actors)
