"""Citations are valid by the schema of the Citation Style Language."""

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.http.editing import Editor
from tests.readers.running import HERE, run
from tests.stores import copy_of

# The result is the same on both databases.
pytestmark = pytest.mark.sqlite

Json = dict[str, Any]

# Dates precise to a day, a month, a year and a decade, and an unknown one.
PUBLISHED = ("2019-06-03", "2019-06", "2019", "201X", "0987~", None)
CITED = (
    "datasets",
    "supports&kind.under=MILITARY&orderBy=-startedOn",
    "supports.parquet&summary.contains=%3Cb%3E%22%C3%BC",
    "totals&groupBy=KIND",
    "network&around=ukraine",
    "paths&from=nato&to=ukraine",
    "actors&asOf=0",
)


@pytest.fixture
def editor(seeded: Path, tmp_path: Path, runner: asyncio.Runner) -> Iterator[Editor]:
    editor = Editor(copy_of(seeded, tmp_path), runner)
    for number, published in enumerate(PUBLISHED):
        fields = {"publishedOn": published, "publisher": {"slug": "iran"}, "doi": "10.1000/a_b"}
        optional = fields if number % 2 else {"publishedOn": published}
        new = {"slug": f"set-{number}", "title": "名 <b>", "version": "1", "licence": "CC0"}
        answer = editor.rest("POST", "datasets", {**new, "citation": "Made up.", **optional})
        assert answer.status_code == 201, answer.text
    yield editor
    editor.close()


def items_of(editor: Editor, cited: str) -> list[Json]:
    answer = editor.send("GET", f"/api/v1/cite?of={cited}&format=csl")
    items: list[Json] = answer.raise_for_status().json()
    return items


def faults(items: list[Json]) -> list[str]:
    """Returns the schema errors of these items."""
    found: list[str] = json.loads(run(HERE / "citing.py", given=json.dumps(items)))
    return found


def test_csl_json_fits_the_schema_of_csl(editor: Editor) -> None:
    items = [item for cited in CITED for item in items_of(editor, cited)]
    assert {f"set-{number}" for number in range(len(PUBLISHED))} <= {item["id"] for item in items}
    assert faults(items) == []


def test_the_schema_finds_what_csl_has_no_variable_for() -> None:
    item = {"id": "one", "type": "dataset", "issued": {"date-parts": [[2019, 6, 3, 12]]}}
    (variable,) = faults([{"id": "two", "type": "dataset", "licence": "CC0"}])
    assert "licence" in variable
    assert len(faults([item])) == 1
